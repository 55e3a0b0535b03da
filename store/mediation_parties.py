"""Who takes part in a mediation, and what each has agreed to. Nobody speaks for another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlite_utils import Database

from store import mediation_sessions
from store.database import now
from store.keys import Keyring
from store.mediation_records import (
    OTHER,
    ROLES,
    STARTER,
    Answer,
    Helper,
    Mediation,
    NotAllowed,
    Party,
    going,
    keep,
    next_id,
)

WAYS = ("in_person", "phone", "bot")


def add(db: Database, keys: Keyring, code: str, who: str, name: str, contact: str) -> Mediation:
    """Note who the other side is. Nobody is contacted with this. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    party = Party(next_id(found.parties), OTHER, _wanted(name), contact.strip())
    return keep(db, keys, found.with_party(party), who, f"party {party.id} noted")


def describe(db: Database, keys: Keyring, code: str, who: str, id: int, name: str, contact: str) -> Mediation:
    """Change a party's name and contact. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    party = replace(found.party(id), name=_wanted(name), contact=contact.strip())
    return keep(db, keys, found.with_party(party), who, f"party {id} changed")


def answered(
    db: Database,
    keys: Keyring,
    code: str,
    who: str,
    id: int,
    take_part: bool,
    named: bool,
    how: str,
    at: str,
) -> Mediation:
    """Note what a party said: whether they take part, and whether they may be named to the others.

    Of the other side only after the starter agreed to be named: before that, nobody may have asked them. A yes that
    is taken back cancels the sessions it was needed for. Raises NoSuchReferral, NotAllowed.
    """
    found = going(db, keys, code)
    party = found.party(id)
    if how not in WAYS:
        raise NotAllowed("unknown_choice")
    if at > now():
        raise NotAllowed("in_future")
    if party.side != STARTER:
        wants_open_door(found)
    party = replace(
        party, take_part=Answer(take_part, how, at, who), named=Answer(take_part and named, how, at, who)
    )
    found = found.with_party(party)
    if not take_part and found.agreement:  # what someone steps back from is no agreement of all any more
        others = tuple(one for one in found.agreement.accepted_by if one != id)
        found = replace(found, status="running", agreement=replace(found.agreement, accepted_by=others))
    changed = keep(db, keys, found, who, f"party {id} answered")
    mediation_sessions.cancel_refused(db, keys, changed, who)
    return changed


def wants_open_door(mediation: Mediation) -> None:
    """Whether the other side may hear of it. Raises NotAllowed while the starter has not agreed to be named."""
    if not mediation.starter.is_willing:
        raise NotAllowed("starter_not_willing")
    if not mediation.starter.may_be_named:
        raise NotAllowed("starter_not_named")


def add_helper(db: Database, keys: Keyring, code: str, who: str, name: str, role: str) -> Mediation:
    """Propose someone who could sit with them. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    if role not in ROLES:
        raise NotAllowed("unknown_choice")
    helper = Helper(next_id(found.helpers), _wanted(name), role)
    return keep(db, keys, found.with_helper(helper), who, f"helper {helper.id} noted")


def accept_helper(
    db: Database, keys: Keyring, code: str, who: str, id: int, parties: Collection[int]
) -> Mediation:
    """Note which parties want this helper there; who once did may think again. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    accepted = tuple(found.party(one).id for one in sorted(set(parties)))
    helper = replace(found.helper(id), accepted_by=accepted)
    changed = keep(db, keys, found.with_helper(helper), who, f"helper {id} answered")
    mediation_sessions.cancel_refused(db, keys, changed, who)
    return changed


def _wanted(name: str) -> str:
    if not name.strip():
        raise NotAllowed("no_name")
    return " ".join(name.split())

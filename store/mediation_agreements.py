"""What the parties of a mediation agree on, in words, and each one's yes to these words."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring
from store.mediation_records import Agreement, Mediation, NotAllowed, going, keep


def write(db: Database, keys: Keyring, code: str, who: str, text: str) -> Mediation:
    """Put down what they agree on. Other words than before are agreed to anew, by everyone.

    Raises NoSuchReferral, NotAllowed.
    """
    found = going(db, keys, code)
    if not text.strip():
        raise NotAllowed("no_text")
    if len({party.side for party in found.parties if party.is_willing}) < 2:
        raise NotAllowed("one_side_only")
    if found.agreement and found.agreement.text == text.strip():
        return found
    agreement = Agreement(text.strip(), now(), who)
    return keep(db, keys, replace(found, status="running", agreement=agreement), who, "agreement written")


def accept(db: Database, keys: Keyring, code: str, who: str, id: int, yes: bool) -> Mediation:
    """Note a party's yes (or no) to the words as they stand; with the yes of all who take part they have agreed.

    Raises NoSuchReferral, NotAllowed.
    """
    found = going(db, keys, code)
    party = found.party(id)
    if found.agreement is None:
        raise NotAllowed("no_text")
    if yes and not party.is_willing:
        raise NotAllowed("party_not_willing", str(id))
    accepted = {*found.agreement.accepted_by} - {id} | ({id} if yes else set())
    agreement = replace(found.agreement, accepted_by=tuple(sorted(accepted)))
    willing = {one.id for one in found.parties if one.is_willing}
    status = "agreed" if willing and willing <= accepted else "running"
    changed = replace(found, status=status, agreement=agreement)
    return keep(db, keys, changed, who, f"agreement party {id} {'yes' if yes else 'no'}")

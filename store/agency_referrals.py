"""The way of a referral to an agency: planned, agreed to by the person, sent, answered, ended.

What the form's consent question says ("juga lembaga") is a wish to be asked, never the consent to one referral.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Literal

from sqlite_utils import Database

from store import audit, referrals, sharing
from store.agency_records import OPEN, AgencyReferral, Consent, Plan, add, keep, one
from store.database import now
from store.keys import Keyring

HANDOVERS = ("warm", "cold")
WAYS = ("in_person", "phone", "bot")  # how the person said yes
# Where a referral may go from where it stands. No answer is no end: people call back.
NEXT = {
    "prepared": ("sent", "withdrawn"),
    "sent": ("accepted", "refused", "no_answer", "withdrawn"),
    "no_answer": ("accepted", "refused", "no_answer", "withdrawn"),
    "accepted": ("done", "refused", "withdrawn"),
}

Why = Literal[
    "nothing_asked", "unknown_choice", "must_not_know", "no_consent", "identity_not_agreed", "in_future",
    "before_the_case", "nothing_written", "not_now", "no_reason", "no_follow_up",
]  # fmt: skip


class NotAllowed(ValueError):
    """The step is refused; `why` tells the reason, `words` what gave rise to it."""

    def __init__(self, why: Why, words: Collection[str] = ()) -> None:
        super().__init__(why)
        self.why: Why = why
        self.words = tuple(words)


def prepare(
    db: Database, keys: Keyring, code: str, staff: str, plan: Plan, called: Collection[str]
) -> AgencyReferral:
    """Write down a referral; nothing goes out with it. `called`: the words the agency is called by.

    Raises NoSuchReferral, NotAllowed.
    """
    _check(db, keys, code, plan, called)
    return add(db, keys, code, plan, staff)


def change(
    db: Database, keys: Keyring, code: str, id: int, staff: str, plan: Plan, called: Collection[str]
) -> AgencyReferral:
    """Plan it otherwise, before it goes out. Whoever agreed to the old plan is asked again.

    Raises NoSuchReferral, NoSuchAgencyReferral, NotAllowed.
    """
    found = _prepared(db, keys, code, id)
    _check(db, keys, code, plan, called)
    return keep(db, keys, replace(found, plan=plan, consent=None), staff, "changed")


def agree(
    db: Database, keys: Keyring, code: str, id: int, staff: str, how: str, given_at: str, identity: bool
) -> AgencyReferral:
    """Note that the person agreed to this referral as it is planned. `identity`: also to being named to the agency.

    Raises NoSuchReferral, NoSuchAgencyReferral, NotAllowed.
    """
    found = _prepared(db, keys, code, id)
    filed = next(db.query("select created_at from referrals where code = ?", [found.code]))["created_at"]
    if how not in WAYS:
        raise NotAllowed("unknown_choice")
    if given_at > now():
        raise NotAllowed("in_future")
    if given_at[:16] < filed[:16]:  # people note hours and minutes
        raise NotAllowed("before_the_case")
    if how == "bot" and not _has_written(db, found.code, given_at):
        raise NotAllowed("nothing_written")
    if found.plan.tells_identity and not identity:
        raise NotAllowed("identity_not_agreed")
    consent = Consent(how, given_at, identity, staff, now())
    return keep(db, keys, replace(found, consent=consent), staff, "agreed")


def send(
    db: Database, keys: Keyring, code: str, id: int, staff: str, follow_up_on: str, words: str = ""
) -> AgencyReferral:
    """It has gone out: the agency was spoken to (warm), or the person has our letter (cold). What was shared is kept
    as it was. `words`: whom we spoke with. Raises NoSuchReferral, NoSuchAgencyReferral, NotAllowed."""
    found = _prepared(db, keys, code, id)
    _wants_consent(found)
    _wants_day(follow_up_on)
    gone = replace(found, shared=shares(db, keys, found), status="sent", follow_up_on=follow_up_on)
    return keep(db, keys, gone, staff, "sent", words)


def went_on(
    db: Database,
    keys: Keyring,
    code: str,
    id: int,
    staff: str,
    status: str,
    words: str = "",
    follow_up_on: str | None = None,
) -> AgencyReferral:
    """What the agency answered, how it ended, or that the person took the consent back.

    A refusal and an end want words; what stays open wants a day to look again.
    Raises NoSuchReferral, NoSuchAgencyReferral, NotAllowed.
    """
    found = one(db, keys, code, id)
    if status == "sent" or status not in NEXT.get(found.status, ()):
        raise NotAllowed("not_now")
    if status in ("refused", "done") and not words.strip():
        raise NotAllowed("no_reason")
    if status in OPEN:
        _wants_day(follow_up_on)
    day = follow_up_on if status in OPEN else None
    return keep(db, keys, replace(found, status=status, follow_up_on=day), staff, status, words)


def shares(db: Database, keys: Keyring, referral: AgencyReferral) -> dict[str, str]:
    """What the agency is told, or was told once it has gone out. Without consent to be named, nobody's name."""
    if referral.shared is not None:
        return referral.shared
    told = referrals.content_of(db, keys, referral.code)["told"]
    return sharing.shared(told, referral.plan.fields, bool(referral.consent and referral.consent.identity))


def letter(
    db: Database, keys: Keyring, code: str, id: int, staff: str
) -> tuple[AgencyReferral, dict[str, str]]:
    """The referral and what its letter tells, for printing; recorded. Wants consent, as sending does.

    Raises NoSuchReferral, NoSuchAgencyReferral, NotAllowed.
    """
    found = one(db, keys, code, id)
    if found.status == "withdrawn":
        raise NotAllowed("not_now")
    _wants_consent(found)
    audit.record(db, staff, f"agency referral {id} letter opened", found.code)
    return found, shares(db, keys, found)


def clashes(db: Database, keys: Keyring, code: str, called: Collection[str]) -> list[str]:
    """The words for this agency that the person used for who must not know. Raises NoSuchReferral."""
    told = referrals.content_of(db, keys, code)["told"]
    return sharing.named_among(told.get("must_not_know", ""), called)


def _check(db: Database, keys: Keyring, code: str, plan: Plan, called: Collection[str]) -> None:
    told = referrals.content_of(db, keys, code)["told"]
    if not plan.asks.strip():
        raise NotAllowed("nothing_asked")
    if plan.handover not in HANDOVERS or not set(plan.fields) <= set(sharing.offered(told)):
        raise NotAllowed("unknown_choice")
    named = clashes(db, keys, code, called)
    if named and not plan.despite.strip():
        raise NotAllowed("must_not_know", named)


def _prepared(db: Database, keys: Keyring, code: str, id: int) -> AgencyReferral:
    found = one(db, keys, code, id)
    if found.status != "prepared":
        raise NotAllowed("not_now")
    return found


def _wants_consent(referral: AgencyReferral) -> None:
    if referral.consent is None:
        raise NotAllowed("no_consent")


def _wants_day(day: str | None) -> None:
    try:
        date.fromisoformat(day or "")
    except ValueError:
        raise NotAllowed("no_follow_up") from None


def _has_written(db: Database, code: str, until: str) -> bool:
    return bool(
        db.table("messages").count_where(
            "code = ? and direction = 'in' and substr(created_at, 1, 16) <= substr(?, 1, 16)", [code, until]
        )
    )

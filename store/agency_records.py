"""What is known of a case's referral to an agency, and how it lies in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from store import audit, referrals, sharing
from store.database import now
from store.keys import Keyring

OPEN = ("prepared", "sent", "no_answer", "accepted")
ASKED_WITHIN = timedelta(days=3)  # a plan nobody asked the person about comes back to mind after these


class NoSuchAgencyReferral(LookupError):
    """This case has no referral with that number."""


@dataclass(frozen=True)
class Plan:
    """What is meant to be done. `agency`: its id in the directory; `fields`: the answers it is told; `asks`: what is
    asked of it, in our words; `despite`: why it is asked although the person's words seem to exclude it."""

    agency: str
    handover: str  # warm: we speak with them | cold: the person goes with our letter
    fields: tuple[str, ...]
    asks: str
    despite: str = ""

    @property
    def tells_identity(self) -> bool:
        return any(name in sharing.IDENTITY for name in self.fields)


@dataclass(frozen=True)
class Consent:
    """That the person agreed to one plan: how and when they said so, whether they may be named, who noted it."""

    how: str  # in_person | phone | bot
    given_at: str
    identity: bool
    noted_by: str
    noted_at: str


@dataclass(frozen=True)
class Step:
    """One thing that happened on the way; `words`: a reason, an outcome, whom we spoke with."""

    what: str
    at: str
    staff: str
    words: str = ""


@dataclass(frozen=True)
class AgencyReferral:
    """One referral, decrypted. `shared`: what the agency was told, exactly; None while nothing has gone out.
    `follow_up_on`: the day to look again, which every open one has, and no other."""

    id: int
    code: str
    plan: Plan
    status: str
    consent: Consent | None
    shared: dict[str, str] | None
    follow_up_on: str | None
    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


def of_case(db: Database, keys: Keyring, code: str) -> list[AgencyReferral]:
    """All referrals of a case, oldest first. Raises NoSuchReferral."""
    case = referrals.key_of(db, keys, code)
    rows = db.query(
        "select * from agency_referrals where code = ? order by id", [referrals.canonical(db, code)]
    )
    return [_read(case, row) for row in rows]


def one(db: Database, keys: Keyring, code: str, id: int) -> AgencyReferral:
    """One referral of this case. Raises NoSuchReferral, NoSuchAgencyReferral."""
    found = next((referral for referral in of_case(db, keys, code) if referral.id == id), None)
    if found is None:
        raise NoSuchAgencyReferral(id)
    return found


def add(db: Database, keys: Keyring, code: str, plan: Plan, staff: str) -> AgencyReferral:
    """A new referral that only stands on our paper. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    moment = now()
    remind = (date.fromisoformat(moment[:10]) + ASKED_WITHIN).isoformat()
    made = AgencyReferral(0, code, plan, "prepared", None, None, remind, ())
    row = {
        "code": code,
        "staff": staff,
        "created_at": moment,
        "updated_at": moment,
        **_columns(db, keys, made),
    }
    added = db.table("agency_referrals").insert(row)
    assert added.last_pk is not None
    return keep(db, keys, replace(made, id=int(added.last_pk)), staff, "prepared")


def keep(
    db: Database, keys: Keyring, referral: AgencyReferral, staff: str, what: str, words: str = ""
) -> AgencyReferral:
    """Store a referral as it is now, with the step that led there; the audit names the step and no agency."""
    moment = now()
    kept = replace(referral, steps=(*referral.steps, Step(what, moment, staff, words.strip())))
    db.table("agency_referrals").update(kept.id, {**_columns(db, keys, kept), "updated_at": moment})
    db.execute("update referrals set updated_at = ? where code = ?", [moment, kept.code])
    audit.record(db, staff, f"agency referral {kept.id} {what}", kept.code)
    return kept


def _columns(db: Database, keys: Keyring, referral: AgencyReferral) -> dict[str, Any]:
    consent = referral.consent
    body = {
        "fields": referral.plan.fields,
        "asks": referral.plan.asks,
        "despite": referral.plan.despite,
        "consent": asdict(consent) if consent else None,
        "shared": referral.shared,
        "steps": [asdict(step) for step in referral.steps],
    }
    return {
        "agency": referral.plan.agency,
        "handover": referral.plan.handover,
        "status": referral.status,
        "consent_at": consent.given_at if consent else None,
        "body": referrals.key_of(db, keys, referral.code).seal(body),
        "follow_up_on": referral.follow_up_on,
    }


def _read(case: Keyring, row: dict[str, Any]) -> AgencyReferral:
    body = case.unseal(row["body"])
    return AgencyReferral(
        id=row["id"],
        code=row["code"],
        plan=Plan(row["agency"], row["handover"], tuple(body["fields"]), body["asks"], body["despite"]),
        status=row["status"],
        consent=Consent(**body["consent"]) if body["consent"] else None,
        shared=body["shared"],
        follow_up_on=row["follow_up_on"],
        steps=tuple(Step(**step) for step in body["steps"]),
    )

"""Cases for practice: invented, marked, never counted, and gone without a trace but their audit rows.

They belong to no chat: whatever staff write there while they practise goes out to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from store import deadlines, evidence, referrals
from store.agency_records import AgencyReferral
from store.database import now
from store.keys import Keyring
from store.mediation_records import Mediation
from store.mediation_sessions import Session
from store.referrals import NewReferral


@dataclass(frozen=True)
class Written:
    """A message or a note; `author`: a login, "" for the person."""

    at: str
    author: str
    text: str


@dataclass(frozen=True)
class Invented:
    """A whole case as it would be after some days of work. All moments are as stored."""

    filed: NewReferral
    filed_at: str
    status: str
    assigned_to: str | None
    closed_at: str | None
    outcome: str | None
    restricted: bool
    tags: Sequence[str]
    messages: Sequence[Written]
    notes: Sequence[Written]
    files: Sequence[tuple[str, str, bytes]]  # kind, mime, content
    agencies: Sequence[AgencyReferral]
    mediation: Mediation | None
    sessions: Sequence[Session]


def add(db: Database, keys: Keyring, case: Invented) -> str:
    """Store an invented case; returns its code. One row of the audit tells that the operator made it."""
    code = referrals.add(db, keys, case.filed, by="operator")
    sealed = referrals.key_of(db, keys, code)
    for said in case.messages:
        _message(db, sealed, code, said)
    for note in case.notes:
        row = {"code": code, "staff": note.author, "body": sealed.seal(note.text), "created_at": note.at}
        db.table("case_notes").insert(row)
    for tag in sorted(set(case.tags)):
        db.table("case_tags").insert({"code": code, "tag": tag})
    for kind, mime, content in case.files:
        _file(db, keys, code, kind, mime, content, case.filed_at)
    for referral in case.agencies:
        _agency(db, sealed, code, referral)
    if case.mediation:
        _mediation(db, sealed, code, case.mediation, case.sessions)
    _set_back(db, code, case)
    return code


def remove_all(db: Database) -> int:
    """Erase every case for practice. Returns how many there were."""
    codes = [row["code"] for row in db.query("select code from referrals where practice = 1")]
    for code in codes:
        referrals.erase(db, code, "operator", "erased: practice is over")
    return len(codes)


def count(db: Database) -> int:
    """How many cases for practice there are."""
    return db.table("referrals").count_where("practice = 1")


def is_practice(db: Database, code: str) -> bool:
    """Whether a case is invented: nobody is to be called because of it (`code` as it is stored)."""
    return db.table("referrals").count_where("code = ? and practice = 1", [code]) > 0


def _set_back(db: Database, code: str, case: Invented) -> None:
    """The plain columns, as if all had happened when it is said to have."""
    answers = [said.at for said in case.messages if said.author]
    last = [case.filed_at, *(written.at for written in (*case.messages, *case.notes))]
    unread = 0
    for said in case.messages:
        unread = 0 if said.author else unread + 1
    db.table("referrals").update(
        code,
        {
            "practice": 1,
            "created_at": case.filed_at,
            "updated_at": case.closed_at or max(last),
            "due_at": deadlines.due(case.filed.kind, case.filed.priority, case.filed_at),
            "status": case.status,
            "assigned_to": case.assigned_to,
            # Taken just now: house-keeping must not put it back into the queue while people look at it.
            "assigned_at": now() if case.assigned_to else None,
            "answered_at": min(answers) if answers else None,
            "closed_at": case.closed_at,
            "outcome": case.outcome,
            "restricted": int(case.restricted),
            "unread": unread if case.status != "closed" else 0,
        },
    )


def _message(db: Database, sealed: Keyring, code: str, said: Written) -> None:
    row: dict[str, Any] = {
        "code": code,
        "direction": "out" if said.author else "in",
        "author": said.author,
        "body": sealed.seal(said.text),
        "delivery": "sent" if said.author else "",
        "created_at": said.at,
        "read_at": said.at if said.author else None,
    }
    db.table("messages").insert(row)


def _file(db: Database, keys: Keyring, code: str, kind: str, mime: str, content: bytes, at: str) -> None:
    if kind == "text":
        evidence.add(db, keys, code, {"kind": kind, "mime": mime, "text": content.decode()})
    else:
        evidence.add(
            db, keys, code, {"kind": kind, "mime": mime, "size": len(content), "file_id": "practice"}
        )
        id = next(db.query("select max(id) id from evidence where code = ?", [code]))["id"]
        evidence.keep(db, keys, id, content, mime)
    db.execute("update evidence set created_at = ? where code = ?", [at, code])


def _agency(db: Database, sealed: Keyring, code: str, referral: AgencyReferral) -> None:
    plan = asdict(referral.plan)
    body = {
        **{name: plan[name] for name in ("fields", "asks", "despite")},
        "consent": asdict(referral.consent) if referral.consent else None,
        "shared": referral.shared,
        "steps": [asdict(step) for step in referral.steps],
    }
    db.table("agency_referrals").insert(
        {
            "code": code,
            "agency": referral.plan.agency,
            "handover": referral.plan.handover,
            "status": referral.status,
            "consent_at": referral.consent.given_at if referral.consent else None,
            "body": sealed.seal(body),
            "follow_up_on": referral.follow_up_on,
            "staff": referral.steps[0].staff,
            "created_at": referral.steps[0].at,
            "updated_at": referral.steps[-1].at,
        }
    )


def _mediation(
    db: Database, sealed: Keyring, code: str, mediation: Mediation, sessions: Sequence[Session]
) -> None:
    plain = ("code", "mediator", "status")
    body = {name: value for name, value in asdict(mediation).items() if name not in plain}
    db.table("mediations").insert(
        {
            "code": code,
            "mediator": mediation.mediator,
            "status": mediation.status,
            "body": sealed.seal(body),
            "updated_at": mediation.steps[-1].at,
        }
    )
    for session in sessions:
        told = {name: value for name, value in asdict(session).items() if name not in ("id", "day", "status")}
        db.table("mediation_sessions").insert(
            {
                "code": code,
                "day": session.day,
                "status": session.status,
                "body": sealed.seal(told),
                "created_at": mediation.steps[-1].at,
            }
        )

"""Everything the case page shows, gathered in one transaction; gathering it is a reading, and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from hotline import agencies, mediation
from hotline.circle import Circle, circle_of
from hotline.deeds import in_words
from hotline.desk import Desk
from hotline.facts import Facts, facts_of
from locales import LANGUAGES, Translate
from store import (
    assignment,
    audit,
    casework,
    deadlines,
    delivery,
    evidence,
    messages,
    openings,
    patterns,
    referrals,
    spoken,
    staff,
    timeline,
)  # fmt: skip
from store.evidence import Item
from store.messages import Message
from store.openings import Opening
from store.referrals import Note
from store.staff import Member
from store.visibility import EXCLUDES, MANAGERS

_COLUMNS = (
    "code, kind, priority, status, regency, source, consent, created_at, updated_at, due_at, answered_at, closed_at,"
    " outcome, assigned_to, assigned_at, practice, restricted, unread"
)


@dataclass(frozen=True)
class Happened:
    """One line of the timeline, in words."""

    at: str
    who: str
    text: str
    words: str


@dataclass(frozen=True)
class CaseView:
    """A case as it is shown to one member of staff. `row`: its plain columns."""

    row: dict[str, Any]
    lang: str  # in which the person reads
    facts: Facts
    minor: bool
    secret_from: str  # who outside must not know, as told
    hours: str  # at which the person may be written to, as told; empty: at any time
    way: str  # how an answer would go out now (delivery.way_to)
    spoken: spoken.Spoken | None
    talk: tuple[Message, ...]
    notes: tuple[Note, ...]
    files: tuple[Item, ...]
    happened: tuple[Happened, ...]
    tags: tuple[str, ...]
    alike: tuple[str, ...]
    circle: Circle
    candidates: tuple[Member, ...]
    names: dict[str, str]  # shown names by login
    identity_open: bool
    openings: tuple[Opening, ...]
    agencies: agencies.Section
    mediation: mediation.Section
    manages: bool

    @property
    def code(self) -> str:
        return str(self.row["code"])

    @property
    def overdue(self) -> bool:
        return deadlines.is_overdue(self.row["status"], self.row["due_at"], self.row["answered_at"])

    @property
    def open_until(self) -> datetime | None:
        """When the open identity folds itself again for whoever opened it last."""
        last = self.openings[-1] if self.openings and self.identity_open else None
        return datetime.fromisoformat(last.opened_at) + openings.LASTS if last else None


def read(db: Database, desk: Desk, member: Member, code: str, say: Translate, what: str = "read") -> CaseView:
    """The case for this member (`code` as it is stored, and seen to be for her eyes); recorded as `what`."""
    audit.record(db, member.login, what, code)
    row: dict[str, Any] = dict(next(db.query(f"select {_COLUMNS} from referrals where code = ?", [code])))
    if row["assigned_to"] == member.login:  # others looking in do not make a message old
        messages.seen_by_staff(db, code)
        row["unread"] = 0
    told = referrals.content_of(db, desk.keys, code)["told"]
    people = staff.listed(db)
    names = {person.login: person.shown_name for person in people}
    identity_open = openings.is_open(db, code, member.login)
    case = referrals.key_of(db, desk.keys, code)
    notes = db.query("select * from case_notes where code = ? order by id", [code])
    return CaseView(
        row=row,
        lang=str(told.get("lang", "id")) if told.get("lang", "id") in LANGUAGES else "id",
        facts=facts_of(row["kind"], told, say, identity_open),
        minor=referrals.is_minor(told),
        secret_from=told.get("must_not_know", ""),
        hours=told.get("reply_hours", ""),
        way=delivery.way_to(db, desk.keys, code),
        spoken=spoken.of(db, desk.keys, code),
        talk=tuple(messages.thread(db, desk.keys, code)),
        notes=tuple(Note(n["staff"], case.unseal(n["body"]), n["created_at"]) for n in notes),
        files=tuple(evidence.listed(db, code)),
        happened=tuple(_happened(db, desk, code, say, names)),
        tags=tuple(casework.tags_of(db, code)),
        alike=tuple(patterns.alike(db, code, member)),
        circle=circle_of(db, code, row, told.get(EXCLUDES, ""), member, people),
        candidates=tuple(assignment.candidates(db, code)),
        names=names,
        identity_open=identity_open,
        openings=tuple(o for o in openings.of_case(db, desk.keys, code) if o.staff == member.login),
        agencies=agencies.section(db, desk.keys, desk.library, code, say),
        mediation=mediation.section(db, desk.keys, code),
        manages=member.role in MANAGERS,
    )


def _happened(db: Database, desk: Desk, code: str, say: Translate, names: dict[str, str]) -> list[Happened]:
    lines = []
    for event in timeline.of_case(db, desk.keys, code):
        text = in_words(event.what, say, names)
        if event.times > 1:
            text = say("{text} ({times} kali)").format(text=text, times=event.times)
        who = {"bot": say("Bot"), "": say("Orangnya")}.get(event.who) or names.get(event.who, event.who)
        # What was written to each other stands in the conversation.
        words = "" if event.what in ("wrote", "answered") else event.words
        lines.append(Happened(event.at, who, text, words))
    return lines

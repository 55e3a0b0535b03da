"""What the pages of one mediation show, and how a step on them is taken or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import danger, deeds, mediation, told
from hotline.desk import Desk
from hotline.given import AnyRequest
from hotline.in_case import in_case, typed_now
from hotline.language import language_of, words
from hotline.people import shown_names
from knowledge.render import may_be_shown
from store import audit, mediation_records, mediation_sessions, mediations, openings, referrals, staff
from store.mediation_records import Mediation, NotAllowed, Party
from store.mediation_sessions import Session
from store.staff import Member
from store.visibility import MANAGERS

SEES = (*MANAGERS, "mediator")
_FROM_FORM = (
    "kind",
    "settles",
    "mediators",
    "other_knows",
    "named",
)  # what a mediator has to know of the request


@dataclass(frozen=True)
class Room:
    """All that is known of one mediation. `against`: why there must be none, from what was told."""

    code: str
    mediation: Mediation | None
    sessions: list[Session]
    told: dict[str, str]
    against: str | None
    candidates: list[Member]
    identity_open: bool
    restricted: bool  # only leads see the case until they have said who must not know
    practice: bool
    people: dict[str, str]

    def party(self, number: int) -> Party | None:
        """The party of that number."""
        return next((p for p in self.mediation.parties if p.id == number), None) if self.mediation else None

    def session(self, number: int) -> Session | None:
        """The session of that number."""
        return next((s for s in self.sessions if s.id == number), None)


def enter(db: Database, desk: Desk, member: Member, code: str) -> Room:
    """Look at a mediation; recorded. Raises NoSuchReferral, and NotAllowed for a case of another kind."""
    row = next(db.query("select kind, restricted, practice from referrals where code = ?", [code]))
    if row["kind"] != mediations.KIND:
        raise referrals.NoSuchReferral(code)
    audit.record(db, member.login, "mediation read", code)
    answers = referrals.content_of(db, desk.keys, code)["told"]
    able = mediations.mediators(db, code)
    return Room(
        code=code,
        mediation=mediation_records.find(db, desk.keys, code),
        sessions=mediation_sessions.of_case(db, desk.keys, code),
        told=answers,
        against=mediations.against(answers),
        candidates=[one for one in staff.listed(db) if one.login in able],
        identity_open=openings.is_open(db, code, member.login),
        restricted=bool(row["restricted"]),
        practice=bool(row["practice"]),
        people=shown_names(db),
    )


Typed = Mapping[str, list[str]]
Draw = Callable[[Room, str, Typed], Template]  # the room, why a step was refused, what was typed for it


async def look(request: AnyRequest, desk: Desk, member: Member, typed: str, draw: Draw) -> Template:
    """A page of the mediation. Raises NotFoundException."""
    return draw(await in_case(desk, member, typed, lambda db, code: enter(db, desk, member, code)), "", {})


async def step(
    request: AnyRequest,
    desk: Desk,
    member: Member,
    typed: str,
    work: Callable[[Database, str], object],
    draw: Draw,
    back: str = "",
) -> Response[Any]:
    """Take a step and go back to the mediation (`back`: a place on it); a refused one shows the page again, with the
    reason and all that was typed. Raises NotFoundException."""
    say = words(request)

    def whole(db: Database, code: str) -> str | tuple[Room, str]:
        try:
            work(db, code)
            return code
        except NotAllowed as error:  # nothing was written: steps are checked before they are taken
            room = enter(db, desk, member, code)
            return room, mediation.refusal(error, say, room.mediation)

    done = await in_case(desk, member, typed, whole)
    if isinstance(done, str):
        flash(request, say("Tersimpan."), "good")
        return Redirect(f"/kasus/{done}/mediasi{back}", status_code=303)
    room, reason = done
    form = await request.form()
    page = draw(room, reason, {name: [str(one) for one in form.getall(name)] for name in form})
    page.status_code = 422
    return page


def common(request: AnyRequest, desk: Desk, room: Room, refused: str, typed: Typed) -> dict[str, Any]:
    """What every page of a mediation needs."""
    say = words(request)
    lines = told.lines(mediations.KIND, {n: room.told[n] for n in _FROM_FORM if room.told.get(n)}, say)
    people = room.mediation.parties if room.mediation else ()
    return {
        "room": room,
        "found": room.mediation,
        "lines": lines,
        "names": {party.id: mediation.called(party, say, room.identity_open) for party in people},
        "helper_names": {one.id: one.name for one in room.mediation.helpers} if room.mediation else {},
        "words": mediation,
        "done": lambda what: deeds.in_words(f"mediation {what}", say, room.people),
        "person": lambda login: room.people.get(login, login),
        "ways": [(value, say(label)) for value, label in mediation.WAYS.items()],
        "now": typed_now(),
        "refused": refused,
        "typed": lambda name, otherwise="": next(iter(typed.get(name, ())), otherwise),
        "ticked": lambda name, value: str(value) in typed.get(name, ()),
        "help": _help(request, desk, room),
    }


def _help(request: AnyRequest, desk: Desk, room: Room) -> dict[str, Any] | None:
    """Whom to call and where to refer instead, when there must be no mediation."""
    ending = room.mediation.ending if room.mediation else None
    reason = ending.reason if ending and ending.reason else room.against
    if not reason:
        return None
    say, lang = words(request), language_of(request)
    crisis, more = mediation.HELP[reason]
    numbers = danger.numbers(desk.library, crisis, lang, say)
    ids = [*numbers.contacts, *(id for id in more if id in desk.library.contacts)]
    contacts = [(id, desk.library.contacts[id]) for id in dict.fromkeys(ids)]
    agencies = [
        (id, contact.name_en if lang == "en" else contact.name)
        for id, contact in contacts
        if id in more or (may_be_shown(contact) and contact.kind not in ("police", "ambulance"))
    ]
    return {"reason": say(mediation.REASONS[reason]), "numbers": numbers, "agencies": agencies}

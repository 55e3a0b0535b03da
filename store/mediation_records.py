"""What is known of a mediation, and how it lies in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from sqlite_utils import Database

from store import audit, referrals
from store.database import now
from store.keys import Keyring

STARTER, OTHER = "starter", "other"
ROLES = ("kelian", "bendesa", "kaling", "community", "church", "other")  # of helpers; the words of the form

Why = Literal[
    "not_a_mediation", "unsafe", "not_screened", "not_begun", "ended", "not_a_mediator", "no_reason", "no_name",
    "unknown_choice", "in_future", "starter_not_willing", "starter_not_named", "party_not_willing", "party_not_named",
    "helper_not_accepted", "nobody_invited", "no_mediator", "no_day", "no_place", "not_planned", "one_side_only",
    "no_text", "not_all_agreed",
]  # fmt: skip


class NotAllowed(ValueError):
    """The step is refused; `why` tells the reason. `about`: a reason of NEVER_FOR, or the number of a party."""

    def __init__(self, why: Why, about: str = "") -> None:
        super().__init__(why)
        self.why: Why = why
        self.about = about


@dataclass(frozen=True)
class Answer:
    """What someone said when asked, how and when; `by`: who noted it."""

    yes: bool
    how: str  # form | in_person | phone | bot
    at: str
    by: str


@dataclass(frozen=True)
class Party:
    """One of those who have something to settle. `named`: may be named to the other side and to helpers."""

    id: int
    side: str
    name: str = ""
    contact: str = ""
    take_part: Answer | None = None
    named: Answer | None = None

    @property
    def is_willing(self) -> bool:
        return bool(self.take_part and self.take_part.yes)

    @property
    def may_be_named(self) -> bool:
        return bool(self.named and self.named.yes)


@dataclass(frozen=True)
class Helper:
    """Someone who sits with them: a kelian, a bendesa, an elder. `accepted_by`: the parties who want them there."""

    id: int
    name: str
    role: str
    accepted_by: tuple[int, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """What they agree on, and which parties have said yes to these very words."""

    text: str
    at: str
    by: str
    accepted_by: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How it ended: agreed, not_agreed, withdrawn, or stopped for a `reason` of NEVER_FOR."""

    how: str
    words: str
    at: str
    by: str
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """One thing that happened on the way; the same word stands in the audit."""

    what: str
    at: str
    staff: str


@dataclass(frozen=True)
class Mediation:
    """A whole mediation, decrypted."""

    code: str
    mediator: str | None
    status: str  # preparing | running | agreed | ended
    screened: Step | None
    parties: tuple[Party, ...] = ()
    helpers: tuple[Helper, ...] = ()
    agreement: Agreement | None = None
    ending: Ending | None = None
    steps: tuple[Step, ...] = ()

    def party(self, id: int) -> Party:
        """The party of that number. Raises NotAllowed."""
        return _found(self.parties, id)

    def helper(self, id: int) -> Helper:
        """The helper of that number. Raises NotAllowed."""
        return _found(self.helpers, id)

    @property
    def starter(self) -> Party:
        return next(party for party in self.parties if party.side == STARTER)

    def with_party(self, party: Party) -> "Mediation":
        """The same mediation with this party in place of the one of its number, or added."""
        return replace(self, parties=tuple({p.id: p for p in (*self.parties, party)}.values()))

    def with_helper(self, helper: Helper) -> "Mediation":
        """The same mediation with this helper in place of the one of its number, or added."""
        return replace(self, helpers=tuple({h.id: h for h in (*self.helpers, helper)}.values()))


def find(db: Database, keys: Keyring, code: str) -> Mediation | None:
    """The mediation of a case; None when none was begun. Raises NoSuchReferral."""
    case = referrals.key_of(db, keys, code)
    row = next(db.query("select * from mediations where code = ?", [referrals.canonical(db, code)]), None)
    return _read(case, row) if row else None


def going(db: Database, keys: Keyring, code: str) -> Mediation:
    """The mediation of a case that has not ended. Raises NoSuchReferral, NotAllowed."""
    found = find(db, keys, code)
    if found is None:
        raise NotAllowed("not_begun")
    if found.status == "ended":
        raise NotAllowed("ended")
    return found


def keep(db: Database, keys: Keyring, mediation: Mediation, staff: str, what: str) -> Mediation:
    """Store a mediation as it is now, with the step that led there; the audit names the step and nobody's name."""
    moment = now()
    kept = replace(mediation, steps=(*mediation.steps, Step(what, moment, staff)))
    plain = {"code": kept.code, "mediator": kept.mediator, "status": kept.status, "updated_at": moment}
    body = {name: value for name, value in asdict(kept).items() if name not in ("code", "mediator", "status")}
    sealed = referrals.key_of(db, keys, kept.code).seal(body)
    db.table("mediations").upsert({**plain, "body": sealed}, pk="code")
    db.execute("update referrals set updated_at = ? where code = ?", [moment, kept.code])
    audit.record(db, staff, f"mediation {what}", kept.code)
    return kept


def next_id(those: tuple[Party, ...] | tuple[Helper, ...]) -> int:
    """A number nobody of them had before."""
    return max((one.id for one in those), default=0) + 1


def _read(case: Keyring, row: Mapping[str, Any]) -> Mediation:
    body = case.unseal(row["body"])
    return Mediation(
        code=row["code"],
        mediator=row["mediator"],
        status=row["status"],
        screened=_maybe(Step, body["screened"]),
        parties=tuple(
            Party(**{**p, "take_part": _maybe(Answer, p["take_part"]), "named": _maybe(Answer, p["named"])})
            for p in body["parties"]
        ),
        helpers=tuple(Helper(**{**h, "accepted_by": tuple(h["accepted_by"])}) for h in body["helpers"]),
        agreement=_agreement(body["agreement"]),
        ending=_maybe(Ending, body["ending"]),
        steps=tuple(Step(**step) for step in body["steps"]),
    )


def _agreement(stored: Mapping[str, Any] | None) -> Agreement | None:
    return Agreement(**{**stored, "accepted_by": tuple(stored["accepted_by"])}) if stored else None


def _maybe[T](shape: Callable[..., T], stored: Mapping[str, Any] | None) -> T | None:
    return shape(**stored) if stored else None


def _found[T: (Party, Helper)](those: tuple[T, ...], id: int) -> T:
    found = next((one for one in those if one.id == id), None)
    if found is None:
        raise NotAllowed("unknown_choice")
    return found

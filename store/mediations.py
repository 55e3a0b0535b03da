"""The standing of a mediation: opened after a check that it is safe, given to a mediator, stopped or ended.

Never for violence at home, sexual violence, trafficking, children or hate violence: who is pressed to sit down with
the one who hurts them is in danger once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from store import alerts, mediation_sessions, referrals, spoken, staff, visibility
from store.database import now
from store.keys import Keyring
from store.mediation_records import (
    STARTER,
    Answer,
    Ending,
    Mediation,
    NotAllowed,
    Party,
    Step,
    find,
    going,
    keep,
)

KIND = "mediation"
NEVER_FOR = ("home", "sexual", "trafficking", "child", "hate")  # the same words as in the form's screening
ENDINGS = ("agreed", "not_agreed", "withdrawn")


def against(told: Mapping[str, Any]) -> str | None:
    """The reason of NEVER_FOR that what was told gives by itself; None when it gives none."""
    if referrals.is_minor(told):
        return "child"
    if told.get("about") in ("violence", "trafficking"):
        return {"violence": "home", "trafficking": "trafficking"}[told["about"]]
    return str(told["screening"]) if told.get("screening") in NEVER_FOR else None


def begin(db: Database, keys: Keyring, code: str, who: str, none_applies: bool) -> Mediation:
    """Open a mediation, or one that ended, after `who` has confirmed that nothing of NEVER_FOR is in it.

    Raises NoSuchReferral, NotAllowed.
    """
    told = _told(db, keys, code)
    reason = against(told)
    if reason:
        raise NotAllowed("unsafe", reason)
    if not none_applies:
        raise NotAllowed("not_screened")
    found = find(db, keys, code)
    if found is not None and found.status != "ended":
        return found
    fresh = found or _new(db, keys, code, told)
    screened = Step("screened", now(), who)
    return keep(db, keys, replace(fresh, status="preparing", screened=screened, ending=None), who, "begun")


def mediators(db: Database, code: str) -> list[str]:
    """Logins of those who may be given this mediation: active mediators whom its reporter has not excluded."""
    hidden = visibility.excluded(db, code)
    return [m.login for m in staff.listed(db) if m.active and m.role == "mediator" and m.login not in hidden]


def assign(db: Database, keys: Keyring, code: str, login: str, who: str) -> Mediation:
    """Give the mediation to a mediator, who sees the case from now on, and no other mediator does.

    Raises NoSuchReferral, NotAllowed.
    """
    found = going(db, keys, code)
    if login not in mediators(db, found.code):
        raise NotAllowed("not_a_mediator")
    return keep(db, keys, replace(found, mediator=login), who, f"given to {login}")


def stop(db: Database, keys: Keyring, code: str, who: str, reason: str, words: str = "") -> Mediation:
    """Stop because something of NEVER_FOR is in it, also before it has begun. Nobody meets any more, and the case is
    urgent: somebody has to lead on to the right help. Raises NoSuchReferral, NotAllowed."""
    if reason not in NEVER_FOR:
        raise NotAllowed("no_reason")
    found = find(db, keys, code) or _new(db, keys, code, _told(db, keys, code))
    stopped = _ended(db, keys, found, Ending("stopped", words.strip(), now(), who, reason), "stopped")
    referrals.make_urgent(db, found.code)
    alerts.raise_alert(db, "urgent_referral", found.code)
    return stopped


def finish(db: Database, keys: Keyring, code: str, who: str, how: str, words: str) -> Mediation:
    """End it: with an agreement all have said yes to, without one, or because someone does not want to go on.
    `words`: what is kept of the outcome. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    if how not in ENDINGS or not words.strip():
        raise NotAllowed("no_reason")
    if how == "agreed" and found.status != "agreed":
        raise NotAllowed("not_all_agreed")
    return _ended(db, keys, found, Ending(how, words.strip(), now(), who), f"ended {how}")


def _ended(db: Database, keys: Keyring, mediation: Mediation, ending: Ending, what: str) -> Mediation:
    mediation_sessions.cancel_planned(db, keys, mediation.code, ending.by)
    return keep(db, keys, replace(mediation, status="ended", ending=ending), ending.by, what)


def _told(db: Database, keys: Keyring, code: str) -> dict[str, Any]:
    kind = next(db.query("select kind from referrals where code = ?", [referrals.canonical(db, code)]))[
        "kind"
    ]
    if kind != KIND:
        raise NotAllowed("not_a_mediation")
    told: dict[str, Any] = referrals.content_of(db, keys, code)["told"]
    return told


def _new(db: Database, keys: Keyring, code: str, told: Mapping[str, Any]) -> Mediation:
    """Whoever asked for it wants to take part; whether they may be named, the form has asked."""
    code = referrals.canonical(db, code)
    filed = next(db.query("select created_at from referrals where code = ?", [code]))
    heard = spoken.of(db, keys, code)  # by whom, when it was no form in the bot
    how, by = (heard.source, heard.by) if heard else ("form", "bot")
    takes_part, named = (
        Answer(yes, how, filed["created_at"], by) for yes in (True, told.get("named") == "yes")
    )
    starter = Party(1, STARTER, contact=told.get("contact", ""), take_part=takes_part, named=named)
    return Mediation(code, None, "preparing", None, (starter,))

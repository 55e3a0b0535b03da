"""When and where people meet for a mediation, and who came. Nobody is put at a table they have not agreed to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any

from sqlite_utils import Database

from store import audit, referrals
from store.database import now
from store.keys import Keyring
from store.mediation_records import Mediation, NotAllowed, going, keep


@dataclass(frozen=True)
class Session:
    """One meeting. `parties`, `helpers`: the numbers of those invited, once it was held of those who came; `words`:
    what may be kept of it."""

    id: int
    day: str
    time: str
    place: str
    parties: tuple[int, ...]
    helpers: tuple[int, ...]
    status: str = "planned"  # planned | held | cancelled
    words: str = ""


def of_case(db: Database, keys: Keyring, code: str) -> list[Session]:
    """All sessions of a case by day, cancelled ones too. Raises NoSuchReferral."""
    case = referrals.key_of(db, keys, code)
    rows = db.query(
        "select * from mediation_sessions where code = ? order by day, id", [referrals.canonical(db, code)]
    )
    return [_read(case, row) for row in rows]


def plan(
    db: Database,
    keys: Keyring,
    code: str,
    who: str,
    day: str,
    at: str,
    place: str,
    parties: Collection[int],
    helpers: Collection[int],
) -> Session:
    """Set a meeting. Everyone invited must have agreed to take part; where they meet each other, to be named; and to
    each helper. A mediator talks with one party alone without that. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    if found.mediator is None:
        raise NotAllowed("no_mediator")
    if not place.strip():
        raise NotAllowed("no_place")
    session = Session(0, *_moment(day, at), place.strip(), tuple(sorted(parties)), tuple(sorted(helpers)))
    _wants_consent(found, session)
    row = {"code": found.code, "created_at": now(), **_columns(db, keys, found.code, session)}
    added = db.table("mediation_sessions").insert(row)
    assert added.last_pk is not None
    id = int(added.last_pk)
    running = "running" if found.status == "preparing" else found.status
    keep(db, keys, replace(found, status=running), who, f"session {id} planned")
    return replace(session, id=id)


def held(
    db: Database,
    keys: Keyring,
    code: str,
    who: str,
    id: int,
    parties: Collection[int],
    helpers: Collection[int],
    words: str,
) -> Session:
    """They met: who came, and what may be kept of it. What happened is noted as it was, with or without consent.

    Raises NoSuchReferral, NotAllowed.
    """
    found = going(db, keys, code)
    session = _planned(db, keys, code, id)
    came = tuple(found.party(one).id for one in sorted(set(parties)))
    sat = tuple(found.helper(one).id for one in sorted(set(helpers)))
    if not came:
        raise NotAllowed("nobody_invited")
    changed = replace(session, status="held", parties=came, helpers=sat, words=words.strip())
    return _keep(db, keys, found.code, changed, who)


def cancel(db: Database, keys: Keyring, code: str, who: str, id: int) -> Session:
    """They will not meet. Raises NoSuchReferral, NotAllowed."""
    found = going(db, keys, code)
    return _keep(db, keys, found.code, replace(_planned(db, keys, code, id), status="cancelled"), who)


def cancel_planned(db: Database, keys: Keyring, code: str, who: str) -> None:
    """The mediation is over: nobody meets any more. Raises NoSuchReferral."""
    for session in of_case(db, keys, code):
        if session.status == "planned":
            _keep(db, keys, code, replace(session, status="cancelled"), who)


def cancel_refused(db: Database, keys: Keyring, mediation: Mediation, who: str) -> None:
    """Somebody took a yes back: cancel the planned sessions it was needed for."""
    for session in of_case(db, keys, mediation.code):
        if session.status == "planned":
            try:
                _wants_consent(mediation, session)
            except NotAllowed:
                _keep(db, keys, mediation.code, replace(session, status="cancelled"), who)


def _wants_consent(mediation: Mediation, session: Session) -> None:
    parties = [mediation.party(one) for one in session.parties]
    helpers = [mediation.helper(one) for one in session.helpers]
    if not parties:
        raise NotAllowed("nobody_invited")
    for party in parties:
        if not party.is_willing:
            raise NotAllowed("party_not_willing", str(party.id))
        if not party.may_be_named and (helpers or len(parties) > 1):
            raise NotAllowed("party_not_named", str(party.id))
        if any(party.id not in helper.accepted_by for helper in helpers):
            raise NotAllowed("helper_not_accepted", str(party.id))


def _planned(db: Database, keys: Keyring, code: str, id: int) -> Session:
    found = next((s for s in of_case(db, keys, code) if s.id == id and s.status == "planned"), None)
    if found is None:
        raise NotAllowed("not_planned")
    return found


def _moment(day: str, at: str) -> tuple[str, str]:
    try:
        return date.fromisoformat(day).isoformat(), time.fromisoformat(at).isoformat("minutes")
    except ValueError:
        raise NotAllowed("no_day") from None


def _keep(db: Database, keys: Keyring, code: str, session: Session, who: str) -> Session:
    db.table("mediation_sessions").update(session.id, _columns(db, keys, code, session))
    audit.record(db, who, f"mediation session {session.id} {session.status}", code)
    return session


def _columns(db: Database, keys: Keyring, code: str, session: Session) -> dict[str, Any]:
    sealed = {name: value for name, value in asdict(session).items() if name not in ("id", "day", "status")}
    return {
        "day": session.day,
        "status": session.status,
        "body": referrals.key_of(db, keys, code).seal(sealed),
    }


def _read(case: Keyring, row: dict[str, Any]) -> Session:
    body = case.unseal(row["body"])
    body |= {name: tuple(body[name]) for name in ("parties", "helpers")}
    return Session(id=row["id"], day=row["day"], status=row["status"], **body)

"""Who may see which case. Every page and every query of the hotline asks here, and nowhere else.

A reader sees no case; a mediator the mediations assigned to her; reviewers, leads and admins every case but those
whose reporter named them. A case one may not see is answered exactly like one that does not exist.
"""

from __future__ import annotations

from typing import Protocol

from sqlite_utils import Database

from store import alerts, audit, referrals
from store.database import now
from store.keys import Keyring
from store.named import named
from store.referrals import NoSuchReferral

EXCLUDES = "staff_excluded"  # the answer of a form that says, in words, who of the staff must not know

LEADS = ("lead", "admin")
MANAGERS = ("reviewer", *LEADS)  # who may take cases on and decide about them

# Only leads see a restricted case, until one of them has said who else may. Where the reporter named every lead, it
# must not lie unread for ever: then it is for all who were not named.
_LEADS_LEFT = (
    "exists (select 1 from staff s where s.active = 1 and s.role in ('lead', 'admin') and not exists"
    " (select 1 from case_exclusions x where x.code = {case}.code and x.login = s.login))"
)


class Viewer(Protocol):
    """Whoever looks: an account of the hotline."""

    @property
    def login(self) -> str: ...

    @property
    def role(self) -> str: ...


def clause(viewer: Viewer, case: str = "r") -> tuple[str, list[str]]:
    """A condition on the table `referrals`, known by the alias `case`, and its values: the cases this viewer may see."""
    if viewer.role not in (*MANAGERS, "mediator"):
        return "0", []
    # Asked case by case: a list of all that is hidden from her would be made anew for each query, however few it needs.
    wanted = [f"not exists (select 1 from case_exclusions x where x.code = {case}.code and x.login = ?)"]
    values = [viewer.login]
    if viewer.role not in LEADS:
        wanted.append(f"({case}.restricted = 0 or not {_LEADS_LEFT.format(case=case)})")
    if viewer.role == "mediator":
        mine = "(select m.code from mediations m where m.mediator = ?)"
        wanted.append(f"{case}.kind = 'mediation' and {case}.code in {mine}")
        values.append(viewer.login)
    return " and ".join(wanted), values


def may_see(db: Database, viewer: Viewer, code: str) -> bool:
    """Whether this viewer may know that the case exists (`code` as it is stored)."""
    seen, values = clause(viewer)
    return bool(list(db.query(f"select 1 from referrals r where r.code = ? and {seen}", [code, *values])))


def find(db: Database, viewer: Viewer, typed: str) -> str:
    """The code of a case as it is stored, from what was typed. Raises NoSuchReferral, no matter why."""
    code = referrals.canonical(db, typed)
    if not may_see(db, viewer, code):
        raise NoSuchReferral(typed)
    return code


def known_to_all(db: Database, code: str) -> bool:
    """Whether a group of staff may be told of this case: nobody is excluded, nor may anybody turn out to be."""
    row = next(db.query("select restricted from referrals where code = ?", [code]), None)
    return row is not None and not row["restricted"] and not excluded(db, code)


def excluded(db: Database, code: str) -> list[str]:
    """Logins of those who must never learn that this case exists."""
    rows = db.query("select login from case_exclusions where code = ? order by login", [code])
    return [row["login"] for row in rows]


def exclude(db: Database, code: str, login: str, by: str = "bot") -> None:
    """Hide the case from a member of staff for good, and take it from their hands. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    if login in excluded(db, code):
        return
    db.table("case_exclusions").insert({"code": code, "login": login})
    db.execute(
        "update referrals set assigned_to = null, assigned_at = null,"
        " status = case status when 'in_progress' then 'new' else status end"
        " where code = ? and assigned_to = ?",
        [code, login],
    )
    db.execute("update mediations set mediator = null where code = ? and mediator = ?", [code, login])
    db.execute("update referrals set updated_at = ? where code = ?", [now(), code])
    audit.record(db, by, f"excluded {login}", code)


def admit(db: Database, code: str, login: str, by: str) -> None:
    """Take back an exclusion that was a mistake. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    if login in excluded(db, code):
        db.execute("delete from case_exclusions where code = ? and login = ?", [code, login])
        db.execute("update referrals set updated_at = ? where code = ?", [now(), code])
        audit.record(db, by, f"admitted {login}", code)


def hold_back(db: Database, keys: Keyring, code: str, names: str) -> None:
    """At filing: hide the case from everybody the reporter's words may mean, and from all but the leads until one of
    them has confirmed the list. Empty words change nothing. Raises NoSuchReferral."""
    if not names.strip():
        return
    code = referrals.canonical(db, code)
    content = referrals.content_of(db, keys, code)
    if not content["told"].get(EXCLUDES):  # told otherwise than in a form: the lead needs the very words
        content["told"][EXCLUDES] = names
        referrals.put_content(db, keys, code, content)
    for login in named(db, names):
        exclude(db, code, login)
    db.execute("update referrals set restricted = 1, updated_at = ? where code = ?", [now(), code])
    audit.record(db, "bot", "held back", code)
    alerts.raise_alert(db, "held_back", code)


def confirm(db: Database, code: str, by: str) -> None:
    """A lead has read the reporter's words: all who are not excluded may see the case now. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    db.execute("update referrals set restricted = 0, updated_at = ? where code = ?", [now(), code])
    audit.record(db, by, "confirmed who must not know", code)

"""The hotline of the scripts: its people, what they do with a case, and what is stored of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from store import alerts, assignment, casework, delivery, evidence, referrals, staff, visibility
from store.database import write
from store.keys import Keyring
from store.staff import Member

NAME, CONTACT = "LBH Contoh", "halo@contoh.id"
# Whom a person may name as somebody who must not read.
PEOPLE = (
    ("maria", "reviewer", "Maria Wea"),
    ("yanti", "reviewer", "Yanti Bere"),
    ("agus", "lead", "Agus Raga"),
)
SOMEBODY_ELSE = "a chat of somebody else"


class Desk:
    """What staff do and see, on the database the bot writes to."""

    def __init__(self, db: Database, keys: Keyring) -> None:
        self._db, self._keys = db, keys

    def opens(self) -> None:
        """From now on somebody is there to read."""
        with write(self._db):
            for login, role, name in PEOPLE:
                staff.add(self._db, login, role, name)

    def does(self, deed: str, code: str, words: str | None) -> str | None:
        """One thing staff do with a case, as their console does it; how a reply goes out."""
        with write(self._db):
            who = self._somebody(code)
            if deed == "takes":
                assignment.take(self._db, self._keys, code, who)
            elif deed == "closes":
                casework.set_status(self._db, self._keys, code, who, "closed", "resolved")
            else:
                return self._replies(code, words or "", who.login, deed.endswith("safe hour"))
        return None

    def codes(self, chat: str) -> list[str]:
        """The cases of a chat, oldest first."""
        return [case.code for case in reversed(referrals.of_chat(self._db, chat))]

    def foreign_code(self) -> str:
        """A code that exists and belongs to somebody else."""
        known = self.codes(SOMEBODY_ELSE)
        if known:
            return known[0]
        with write(self._db):
            return referrals.add(
                self._db,
                self._keys,
                referrals.NewReferral("message", "normal", {"lang": "id"}, SOMEBODY_ELSE, None, None, None),
            )

    def stored(self, code: str) -> dict[str, Any]:
        """What a script may ask about a case: the answers, and what `script.OF_A_CASE` names."""
        row = next(self._db.query("select * from referrals where code = ?", [code]))
        content = referrals.content_of(self._db, self._keys, code)
        told: dict[str, Any] = content["told"]
        return told | {
            "kind": row["kind"],
            "urgent": row["priority"] == "urgent",
            "regency": row["regency"],
            "status": row["status"],
            "files": evidence.count_of(self._db, code),
            "hidden_from": visibility.excluded(self._db, code),
            "announced": any(alert["subject"] == code for alert in alerts.unseen(self._db)),
            "may_write_first": content["reply_to"] is not None,
        }

    def _replies(self, code: str, words: str, login: str, at_safe_hour: bool) -> str:
        try:
            return delivery.reply(self._db, self._keys, code, words, login, safe_hours_looked_at=at_safe_hour)
        except delivery.OnlyAtHours:
            return "only at hours"

    def _somebody(self, code: str) -> Member:
        """A member of staff who may know of this case; a lead, as long as the person has not named her."""
        return next(who for who in self._able() if visibility.may_see(self._db, who, code))

    def _able(self) -> Iterator[Member]:
        for login, _role, _name in reversed(PEOPLE):
            yield staff.active(self._db, login)

"""Cases for the tests of the console."""

from __future__ import annotations

from typing import Any

from store import evidence, mediations, referrals
from store.staff import Member, find
from tests.hotline.console import Console

PERSON = 7001  # Telegram's number of the one who writes
STORY = "Bos tahan upah dua bulan dan bilang orang timur tidak boleh mengeluh"
CONTACT = "Ana Bere, 0812 3456 7890"


def file_case(
    console: Console,
    kind: str = "help",
    priority: str = "normal",
    reply_to: int | None = PERSON,
    source: str = "bot",
    **told: Any,
) -> str:
    """A case as the bot files it; returns its code."""
    body = {
        "consent": "with_agencies", "about": "work", "danger": "no", "happened": STORY, "place": "Dalung",
        "reply": "any_time", "contact": CONTACT, "lang": "id", **told,
    }  # fmt: skip
    new = referrals.NewReferral(
        kind, priority, body, "chat" if source == "bot" else None, reply_to, "Badung", "2026-11-22", source
    )
    return console.write(referrals.add, console.keys, new)


def row(console: Console, code: str) -> dict[str, Any]:
    """The plain columns of a case."""
    return dict(next(console.db.query("select * from referrals where code = ?", [code])))


def deeds(console: Console, code: str) -> list[tuple[str, str]]:
    """(who, what) of a case's audit rows, oldest first, but for filing, readings and what `give_to_mediator` does."""
    rows = console.db.query("select * from audit where code = ? order by id", [code])
    told = [(r["who"], r["what"]) for r in rows if r["what"] not in ("read", "filed")]
    return [(who, what) for who, what in told if not what.startswith("mediation ")]


def member(console: Console, login: str) -> Member:
    """An account."""
    found = find(console.db, login)
    assert found is not None
    return found


def give_to_mediator(console: Console, code: str, login: str = "yosef") -> None:
    """A mediation in a mediator's hands."""
    console.write(mediations.begin, console.keys, code, "lusia", True)
    console.write(mediations.assign, console.keys, code, login, "lusia")


def add_file(
    console: Console, code: str, content: bytes, kind: str = "photo", mime: str = "image/png"
) -> int:
    """A file the bot has fetched."""
    attachment = {"kind": kind, "mime": mime, "size": len(content), "file_id": "x"}
    console.write(evidence.add, console.keys, code, attachment)
    id = evidence.listed(console.db, code)[-1].id
    console.write(evidence.keep, console.keys, id, content, mime)
    return id

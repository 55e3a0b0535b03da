"""Articles that are missing: what staff want written, until someone has written it. In the words of staff alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlite_utils import Database

from store import audit
from store.database import now

LONGEST_TITLE = 48  # as in an article: more does not fit on a button
LONGEST_NOTE = 2000
_SLUG = re.compile(r"[a-z_]+/[a-z0-9]+(-[a-z0-9]+)*")


class DraftError(ValueError):
    """The draft cannot be opened; `why`: slug, title, note, there (one of that name is open already)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Draft:
    """`slug`: <intent>/<name>, as the article will be called; `note`: what it has to tell."""

    id: int
    slug: str
    title: str
    note: str
    staff: str
    created_at: str


def begin(db: Database, slug: str, title: str, note: str, login: str) -> None:
    """Open a draft. Raises DraftError."""
    title, note = " ".join(title.split()), note.strip()
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        raise DraftError("slug")
    if not title or len(title) > LONGEST_TITLE:
        raise DraftError("title")
    if not note or len(note) > LONGEST_NOTE:
        raise DraftError("note")
    if db.table("article_drafts").count_where("slug = ?", [slug]):
        raise DraftError("there")
    db.table("article_drafts").insert(
        {"slug": slug, "title": title, "note": note, "staff": login, "created_at": now()}
    )
    audit.record(db, login, f"draft begun: {slug}")


def listed(db: Database) -> list[Draft]:
    """All open drafts, oldest first."""
    rows = db.query("select id, slug, title, note, staff, created_at from article_drafts order by id")
    return [Draft(**row) for row in rows]


def find(db: Database, id: int) -> Draft | None:
    """The draft of this number, None when there is none."""
    return next((draft for draft in listed(db) if draft.id == id), None)


def drop(db: Database, id: int, login: str) -> bool:
    """It is written, or will not be. False when there is no such draft."""
    draft = find(db, id)
    if draft is None:
        return False
    db.execute("delete from article_drafts where id = ?", [id])
    audit.record(db, login, f"draft dropped: {draft.slug}")
    return True

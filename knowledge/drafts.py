"""A missing article as a file to begin with: the right place, the right head, and gaps where facts are needed."""

from __future__ import annotations

from datetime import date, timedelta

import yaml

REVIEWED_FOR = timedelta(days=365)


def place(slug: str) -> str:
    """Where the file goes."""
    return f"knowledge/articles/{slug}.id.md"


def draft_text(slug: str, title: str, note: str, today: date) -> str:
    """The file. `kawan knowledge check` names what is still missing: facts, steps, sources, the English version."""
    head = {
        "id": slug,
        "intent": slug.split("/")[0],
        "title": title,
        "facts": [],
        "contacts": [],
        "offers": ["talk_to_staff"],
        "related": [],
        "reviewed": today,
        "reviewed_by": None,
        "review_by": today + REVIEWED_FOR,
        "status": "draft",
    }
    front = yaml.safe_dump(head, sort_keys=False, allow_unicode=True)
    lines = "\n".join(f"> {line}" for line in note.splitlines())
    return (
        f"---\n{front}---\n\n{lines}\n\n(Jawaban singkat, paling banyak 350 karakter.)\n\n"
        "## Langkah\n\n1. …\n2. …\n\n## Sumber\n\n- …\n"
    )

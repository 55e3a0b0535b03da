"""A small knowledge base that is valid until a test changes something in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.check import check_all
from knowledge.check_lists import CRISES
from knowledge.library import FOLDER, Library, load_library

TODAY = date(2026, 11, 22)
PAGE = "housing/deposit"
LANGUAGES = ("id", "en")


def _fact(**changes: Any) -> dict[str, Any]:
    fact = {
        "status": "verified", "says": "Uang jaminan tergantung perjanjian.", "says_en": "It is agreed.",
        "law": None, "source": "KUHPerdata 1338", "checked": TODAY, "valid_until": None,
    }  # fmt: skip
    return fact | changes


def _contact(number: str, **changes: Any) -> dict[str, Any]:
    contact = {
        "name": f"Layanan {number}", "name_en": f"Line {number}", "kind": "police", "helps": "Menolong.",
        "helps_en": "Helps.", "area": "Bali", "area_en": "Bali", "source": ["polri.go.id"],
        "channels": [{"type": "phone", "value": number, "confidence": "verified"}],
        "verified_on": TODAY, "confidence": "verified",
    }  # fmt: skip
    return contact | changes


def _article(id: str, **changes: Any) -> dict[str, Any]:
    article = {
        "id": id, "intent": id.split("/")[0], "title": "Uang jaminan", "facts": ["deposit"],
        "contacts": ["line-1", "line-2"], "offers": ["talk_to_staff"], "related": [], "reviewed": TODAY,
        "reviewed_by": None, "review_by": date(2027, 5, 22), "status": "published",
    }  # fmt: skip
    return article | changes


def day(**changes: Any) -> dict[str, Any]:
    """A holy day that PAGE speaks of."""
    day = {
        "date": date(2027, 3, 8), "name": "Nyepi", "article": PAGE, "source": "SKB 3 Menteri", "status": "verified",
        "note": "Tinggal di rumah.", "note_en": "Stay at home.",
    }  # fmt: skip
    return day | changes


@dataclass
class Small:
    """Change `facts`, `contacts`, `days`, `heads` or the body, then ask for `library()` or `problems()`."""

    folder: Path
    facts: dict[str, Any] = field(default_factory=lambda: {"deposit": _fact()})
    contacts: dict[str, Any] = field(
        default_factory=lambda: {"line-1": _contact("110"), "line-2": _contact("112")}
    )
    days: list[dict[str, Any]] = field(default_factory=list)
    heads: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            PAGE: _article(PAGE),
            **{f"{crisis}/now": _article(f"{crisis}/now", title="Bahaya") for crisis in CRISES},
        }
    )
    short: str = "Uang jaminan harus kembali."
    steps: list[str] = field(default_factory=lambda: ["Kumpulkan bukti.", "Minta tertulis."])
    basis: list[str] = field(default_factory=lambda: ["KUHPerdata Pasal 1338."])
    only: dict[str, str] = field(default_factory=dict)  # article id → the one language it has
    english: dict[str, Any] = field(default_factory=dict)  # front matter of PAGE that differs in English
    examples: dict[str, int] = field(default_factory=lambda: {PAGE: 9})  # training examples per label
    forbidden: list[dict[str, Any]] = field(default_factory=list)  # rules besides the real ones

    @property
    def page(self) -> dict[str, Any]:
        """Front matter of the article that tests change."""
        return self.heads[PAGE]

    def write(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self._yaml("facts.yml", self.facts)
        self._yaml("directory.yml", self.contacts)
        self._yaml("calendar.yml", {"days": self.days})
        self._yaml("regencies.yml", {"Denpasar": ["Renon"]})
        real = yaml.safe_load((FOLDER / "forbidden.yml").read_text("utf-8"))
        self._yaml("forbidden.yml", [*real, *self.forbidden])
        for id, head in self.heads.items():
            for lang in LANGUAGES:
                if self.only.get(id, lang) == lang:
                    changes = self.english if lang == "en" and id == PAGE else {}
                    self._article(id, lang, head | changes)
        return self.folder

    def library(self) -> Library:
        return load_library(self.write())

    def problems(self) -> list[str]:
        return check_all(self.library(), TODAY, self.examples, self.folder)

    def _yaml(self, name: str, content: Any) -> None:
        (self.folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    def _article(self, id: str, lang: str, head: dict[str, Any]) -> None:
        path = self.folder / "articles" / f"{id}.{lang}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        ours = id == PAGE  # the crisis pages keep a body of their own
        steps = self.steps if ours else ["Menjauh.", "Telepon."]
        basis = self.basis if ours else ["KUHP Pasal 1."]
        titles = ("Langkah", "Dasar hukum") if lang == "id" else ("Steps", "Legal basis")
        lines = [self.short if ours else "Pergi ke tempat aman.", "", f"## {titles[0]}"]
        lines += [f"{n}. {step}" for n, step in enumerate(steps, 1)]
        lines += ["", f"## {titles[1]}", *(f"- {item}" for item in basis)]
        front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
        path.write_text(f"---\n{front}---\n" + "\n".join(lines) + "\n", "utf-8")

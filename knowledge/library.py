"""Load the knowledge base from its folder and look things up in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.model import Article, CalendarDay, Contact, Fact, FrontMatter, Language

FOLDER = Path(__file__).parent
STEPS = {"Langkah", "Steps"}
BASIS = {"Dasar hukum", "Sumber", "Legal basis", "Sources"}
_FILE_NAME = re.compile(r"(?P<slug>[a-z0-9-]+)\.(?P<lang>id|en)\.md")
_ITEM = re.compile(r"(?m)^(?:\d+\.|-)\s+")


class KnowledgeError(ValueError):
    """A file of the knowledge base is wrong; `str()` names the file and what to change."""


@dataclass(frozen=True)
class Library:
    """Everything that may be told. Articles are keyed by (id, language)."""

    articles: dict[tuple[str, str], Article]
    facts: dict[str, Fact]
    contacts: dict[str, Contact]
    days: list[CalendarDay]
    regencies: dict[str, str]  # place in lower case → regency of Bali

    def article(self, id: str, lang: str) -> Article | None:
        """A published article, in Indonesian when `lang` lacks it; None when there is none."""
        found = self.articles.get((id, lang)) or self.articles.get((id, "id"))
        return found if found and found.status == "published" else None

    def published(self, lang: str = "id") -> list[Article]:
        """All published articles of a language, by id."""
        return [a for (_, at), a in sorted(self.articles.items()) if at == lang and a.status == "published"]

    def of_intent(self, intent: str, lang: str) -> list[Article]:
        """The published articles of a topic."""
        return [a for a in self.published(lang) if a.intent == intent]

    def expired_facts(self, article: Article, today: date) -> list[str]:
        """Ids of facts this article rests on whose time is over."""
        ends = ((id, self.facts[id].valid_until) for id in article.facts if id in self.facts)
        return [id for id, end in ends if end is not None and end < today]

    def regency_of(self, place: str) -> str | None:
        """The regency of Bali a place lies in, None when unknown or ambiguous."""
        whole = place.strip().lower()
        parts = [whole, *reversed([part.strip() for part in re.split(r"[,;/]| dekat | di ", whole)])]
        return next((self.regencies[part] for part in parts if part in self.regencies), None)


def load_library(folder: Path = FOLDER) -> Library:
    """Read the whole knowledge base. Raises KnowledgeError at the first file that cannot be read."""
    facts = _mapping(folder / "facts.yml", Fact)
    contacts = _mapping(folder / "directory.yml", Contact)
    calendar = folder / "calendar.yml"
    days = [
        _validated(calendar, CalendarDay, day, f"day {n}")
        for n, day in enumerate(_keyed(calendar).get("days") or [], 1)
    ]
    articles: dict[tuple[str, str], Article] = {}
    for path in sorted((folder / "articles").rglob("*.md")):
        article = read_article(path)
        articles[article.id, article.lang] = article
    regencies = {
        place.lower(): regency
        for regency, places in _keyed(folder / "regencies.yml").items()
        for place in [regency, *places]
    }
    return Library(articles, facts, contacts, days, regencies)


def read_article(path: Path) -> Article:
    """Read one article file. Raises KnowledgeError saying what is missing."""
    name = _FILE_NAME.fullmatch(path.name)
    if name is None:
        raise KnowledgeError(f"{path}: the name must be <slug>.id.md or <slug>.en.md")
    parts = _text(path).split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise KnowledgeError(f"{path}: must begin with front matter between two lines of ---")
    try:
        head = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: front matter is not YAML: {error}") from None
    short, sections = _sections(parts[2])
    lang: Language = "en" if name["lang"] == "en" else "id"
    front = _validated(path, FrontMatter, head)
    if front.id != f"{path.parent.name}/{name['slug']}":
        raise KnowledgeError(f"{path}: id is '{front.id}', the file's place says otherwise")
    return Article(
        **front.model_dump(),
        lang=lang,
        short=short,
        steps=_items(sections, STEPS),
        basis=_items(sections, BASIS),
    )


def _sections(body: str) -> tuple[str, dict[str, str]]:
    first, *rest = re.split(r"(?m)^## ", body)
    sections = {}
    for chunk in rest:
        title, _, text = chunk.partition("\n")
        sections[title.strip()] = text
    return " ".join(first.split()), sections


def _items(sections: dict[str, str], titles: set[str]) -> list[str]:
    text = "\n".join(sections[t] for t in sections if t in titles)
    return [" ".join(item.split()) for item in _ITEM.split(text) if item.strip()]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from None


def _keyed(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(_text(path))
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: {error}") from None
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: must hold entries of the form 'name: …'")
    return content


def _mapping[T: BaseModel](path: Path, shape: type[T]) -> dict[str, T]:
    return {id: _validated(path, shape, entry, id) for id, entry in _keyed(path).items()}


def _validated[T: BaseModel](path: Path, shape: type[T], data: Any, where: str = "") -> T:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        place = f"{path}: {where}: " if where else f"{path}: "
        raise KnowledgeError(f"{place}{field}: {first['msg']}") from None

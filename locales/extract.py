"""Collect what the assistant says and bring locales/*.po up to date: python -m locales.extract (make messages).

Texts stand in the code and the console's templates as _("…") or say("…"), and in the forms' YAML. A text that changed loses its translation; empty ones are what a translator has to fill in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).parent.parent
ROOMS = ("actions", "bot", "hotline", "knowledge")
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
FORM_TEXTS = {"ask", "label", "note", "refuses", "opening", "done"}


def source_texts() -> list[tuple[str, str]]:
    """(file, text) of everything that needs a translation, in a stable order."""
    found = []
    for room in ROOMS:
        for file, _line, text, _comments, _context in extract_from_dir(
            PROJECT / room, method_map=METHODS, keywords={"_": None, "say": None}
        ):
            found.append((f"{room}/{file}", str(text)))
    for path in sorted((PROJECT / "actions" / "forms").glob("*.yml")):
        for text in _form_texts(yaml.safe_load(path.read_text("utf-8"))):
            found.append((f"actions/forms/{path.name}", text))
    return sorted(set(found))


def update(lang: str) -> None:
    """Rewrite locales/<lang>.po with the present texts, keeping what is translated."""
    path = Path(__file__).parent / f"{lang}.po"
    template = Catalog(project="Kawan Rantau", charset="utf-8")
    for file, text in source_texts():
        template.add(text, locations=[(file, 0)])
    if path.exists():
        with path.open("rb") as old:
            catalogue = read_po(old, locale=lang, charset="utf-8")
        catalogue.update(template, no_fuzzy_matching=True)
    else:
        catalogue = Catalog(locale=lang, project="Kawan Rantau", charset="utf-8")
        catalogue.update(template)
    with path.open("wb") as new:
        write_po(new, catalogue, width=110, omit_header=True, include_lineno=False, ignore_obsolete=True)


def _form_texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in FORM_TEXTS and isinstance(value, str):
                yield value
            else:
                yield from _form_texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _form_texts(item)


if __name__ == "__main__":
    update("en")

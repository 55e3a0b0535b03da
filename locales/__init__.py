"""What the assistant says, by language. The source texts are Indonesian; <lang>.po holds the translations."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
Translate = Callable[[str], str]


@cache
def translator(lang: str) -> Translate:
    """The function that turns a source text into `lang` (the source itself for Indonesian)."""
    path = FOLDER / f"{lang}.po"
    if not path.exists():
        return lambda text: text
    with path.open("rb") as po:
        catalogue = read_po(po, locale=lang, charset="utf-8")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled).gettext

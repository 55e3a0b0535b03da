"""Nothing is said in the wrong language, and no name or number is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from locales import FOLDER, LANGUAGES, translator
from locales.extract import source_texts

TEXTS = sorted({text for _file, text in source_texts()})
TAG = re.compile(r"</?\w+>")


def _catalogue() -> Catalog:
    with (FOLDER / "en.po").open("rb") as po:
        return read_po(po, locale="en", charset="utf-8", abort_invalid=True)


MESSAGES: dict[str, Message] = {str(message.id): message for message in _catalogue() if message.id}
TRANSLATED = {id: str(message.string) for id, message in MESSAGES.items() if message.string}


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_texts_of_code_and_forms_are_found() -> None:
    files = {file.partition("/")[0] for file, _text in source_texts()}
    assert files == {"actions", "bot", "hotline", "knowledge"}
    assert any(file.endswith(".yml") for file, _text in source_texts())
    assert len(TEXTS) > 80


def test_every_text_has_a_translation() -> None:
    assert [text for text in TEXTS if text not in TRANSLATED] == []


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    assert sorted(set(MESSAGES) - set(TEXTS)) == []
    assert not _catalogue().obsolete


def test_no_translation_is_a_guess() -> None:
    assert [id for id, message in MESSAGES.items() if message.fuzzy] == []


@pytest.mark.parametrize("text", sorted(TRANSLATED))
def test_a_translation_holds_the_same_placeholders(text: str) -> None:
    english = TRANSLATED[text]
    assert set(placeholders(text)) == set(placeholders(english))
    assert Counter(TAG.findall(text)) == Counter(TAG.findall(english))
    assert text.startswith("/") == english.startswith("/")


def test_indonesian_is_said_as_it_is_written() -> None:
    assert set(LANGUAGES) == {"id", "en"}
    assert translator("id")("Belum ada") == "Belum ada"


def test_english_is_said_in_translation() -> None:
    for text, english in TRANSLATED.items():
        assert translator("en")(text) == english
    assert translator("en")("Belum diterjemahkan sama sekali") == "Belum diterjemahkan sama sekali"

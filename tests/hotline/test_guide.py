"""The guide of the staff names what is on the screen: words in «…» stand there, addresses lead somewhere, roles agree."""

from __future__ import annotations

import re

import pytest

from bot.commands import PLAIN
from bot.telegram.staff_group import MINE
from hotline.roles import ROLES
from kawan import PROJECT
from locales.extract import source_texts
from tests.hotline.console import Console

GUIDE = (PROJECT / "docs" / "panduan-petugas.md").read_text("utf-8")
BODY = GUIDE.partition("**Cara membaca.**")[2]
ON_A_SCREEN = {text for file, text in source_texts() if file.startswith(("hotline/", "actions/forms/"))} | {
    MINE
}
SCREEN_WORDS = sorted({" ".join(words.split()) for words in re.findall(r"«([^»]+)»", BODY)} - {"…"})
# /status, /hapus … are the bot's own; n/kota is no address.
ADDRESSES = sorted(
    {path for path in re.findall(r"(?<![\w`])/[a-z][a-z-]+\b", BODY) if path[1:] not in {*PLAIN, "status"}}
    | {"/mediasi"}  # of both: the bot's command and the console's page
)


def test_the_guide_names_screens_and_pages_at_all() -> None:
    assert len(SCREEN_WORDS) > 60
    assert {"/akun", "/jejak", "/kasus-baru", "/masuk", "/pembukaan", "/rujukan"} <= set(ADDRESSES)


@pytest.mark.parametrize("words", SCREEN_WORDS)
def test_words_in_marks_are_on_a_screen(words: str) -> None:
    assert words in ON_A_SCREEN


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_address_leads_to_a_page(console: Console, path: str) -> None:
    assert console.signed_in("lusia").get(path).status_code == (303 if path == "/masuk" else 200)


def test_roles_are_called_as_the_console_calls_them() -> None:
    assert dict(re.findall(r"^\| ([a-z ]+) \(`([a-z]+)`\) \|", GUIDE, re.M)) == {
        word: role for role, word in ROLES.items()
    }


def test_nobody_is_called_by_a_word_the_console_does_not_know() -> None:
    """«Ketua» is of a neighbourhood, a court, an association; of ours it is the coordinator."""
    for page in ("panduan-petugas.md", "penilaian-dampak-data.md"):
        text = " ".join((PROJECT / "docs" / page).read_text("utf-8").split())
        others = re.sub(r"ketua (?:paguyuban|RT/RW|Pengadilan|banjar)", "", text)
        assert not re.search(r"ketua|pimpinan", others, re.I), page

"""`kawan nlu inbox`: staff teach the assistant in their own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from kawan.cli import main
from kawan.commands import nlu_inbox as command
from knowledge.examples import add_learned, examples_of, nearness
from store import nlu_inbox, staff
from store.database import open_database, write
from store.keys import load_keyring

TOLD = "[nama] kasi tau katong musti bayar lai tiap bulan ko sonde"


@pytest.fixture
def id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with one message, an account, and a place for what is learned; the message's id."""
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KAWAN_KEY_FILE", str(tmp_path / "key"))
    learned = tmp_path / "learned.yml"
    monkeypatch.setattr(command, "add_learned", lambda taught: add_learned(taught, learned))
    keys, db = load_keyring(tmp_path / "key", create=True), open_database(tmp_path / "data")
    with write(db):
        staff.add(db, "maria")
        nlu_inbox.keep(db, keys, "fell_back", TOLD, 1, [("adat_rules", 0.3)], date(2026, 11, 20))
        nlu_inbox.keep(db, keys, "clarified", "sonde ada nama di sini", 0, [], date(2026, 11, 20))
        found = next(entry.id for entry in nlu_inbox.listed(db, keys) if entry.text)
    db.close()
    return found


def kawan(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["nlu", "inbox", *arguments])


def test_the_list_shows_guesses_and_folds_what_may_hold_a_name(id: str) -> None:
    shown = kawan("list").output
    assert TOLD in shown
    assert "adat_rules 0.30" in shown
    assert "sonde ada nama" not in shown
    assert "2 messages, 0 sentences" in shown


def test_a_paraphrase_becomes_training_data_and_the_message_is_gone(id: str, tmp_path: Path) -> None:
    words = "apakah iuran desa harus dibayar terus setiap bulan"
    done = kawan("paraphrase", id, words, "--label", "adat_rules/dudukan", "--as", "maria")
    assert done.exit_code == 0, done.output
    assert "1 messages, 1 sentences" in kawan("list").output
    assert "1 sentences added" in kawan("export").output
    assert examples_of(tmp_path / "learned.yml") == [("adat_rules/dudukan", words)]
    assert "1 messages, 0 sentences" in kawan("list").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (TOLD.replace("[nama]", "dia"), "nearly the person's own sentence"),
        ("kata Pak Wayan Sudarma harus bayar terus", "holds a name"),
        ("bayar", "2 words"),
    ],
)
def test_what_could_give_the_person_away_is_refused(id: str, words: str, said: str) -> None:
    done = kawan("paraphrase", id, words, "--label", "adat_rules/dudukan", "--as", "maria")
    assert done.exit_code == 2
    assert said in done.output
    assert "2 messages, 0 sentences" in kawan("list").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["paraphrase", "{id}", "dua kata", "--label", "adat_rules/nothing", "--as", "maria"], "neither an intent"),
        (["paraphrase", "00000000", "dua kata", "--label", "rights", "--as", "maria"], "There is no message"),
        (["show", "{id}", "--as", "nobody"], "not an active staff account"),
        (["drop", "00000000", "--as", "maria"], "There is no message"),
    ],
)  # fmt: skip
def test_mistakes_get_a_sentence(id: str, arguments: list[str], said: str) -> None:
    done = kawan(*(argument.format(id=id) for argument in arguments))
    assert done.exit_code == 2
    assert said in done.output


def test_show_and_drop(id: str) -> None:
    assert TOLD in kawan("show", id, "--as", "maria").output
    assert kawan("drop", id, "--as", "maria").exit_code == 0
    assert "1 messages" in kawan("list").output


def test_what_is_learned_is_added_to_what_was_learned_before(tmp_path: Path) -> None:
    path = tmp_path / "learned.yml"
    add_learned([("housing", "sewa kamar naik"), ("rights", "hak saya apa")], path)
    add_learned([("housing", "kamar bocor\n  lagi"), ("housing", "sewa kamar naik")], path)
    assert yaml.safe_load(path.read_text("utf-8"))["version"] == "3.1"
    assert examples_of(path) == [
        ("housing", "kamar bocor lagi"),
        ("housing", "sewa kamar naik"),
        ("rights", "hak saya apa"),
    ]


def test_nearness() -> None:
    assert nearness("gaji belum dibayar", "gaji belum dibayar") == 1
    assert nearness("gaji belum dibayar", "xyz") == 0

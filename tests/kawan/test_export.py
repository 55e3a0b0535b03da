"""`kawan referrals export`: a person gets her own case, whole; that it left is recorded."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kawan.cli import main
from store import audit, delivery, evidence, messages, referrals, staff, visibility
from store.database import open_database, write
from store.keys import load_keyring
from store.referrals import NewReferral

TOLD = {"happened": "Saya ditolak.", "contact": "Yublina", "lang": "id"}


def kawan(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["referrals", "export", *arguments])


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KAWAN_KEY_FILE", str(tmp_path / "key"))
    keys, db = load_keyring(tmp_path / "key", create=True), open_database(tmp_path / "data")
    with write(db):
        for login, role in (
            ("maria", "reviewer"),
            ("bram", "reviewer"),
            ("rini", "reader"),
            ("yosef", "mediator"),
        ):
            staff.add(db, login, role)
        code = referrals.add(db, keys, NewReferral("help", "normal", TOLD, keys.name_of(7), 7, "Badung", "1"))
        messages.from_person(db, keys, code, "Ada kabar?")
        delivery.reply(db, keys, code, "Sedang kami urus.", "maria")
        referrals.add_note(db, keys, code, "maria", "Sudah telepon LBH.")
        evidence.add(db, keys, code, {"kind": "text", "mime": "text/plain", "text": "chat pemilik kos"})
        db.table("case_tags").insert({"code": code, "tag": "kos"})
        case = referrals.key_of(db, keys, code)
        row = {"code": code, "agency": "komnas-ham", "handover": "warm", "status": "sent", "staff": "maria",
               "created_at": "x", "updated_at": "x", "body": case.seal({"shared": ["happened"]})}  # fmt: skip
        db.table("agency_referrals").insert(row)
        visibility.exclude(db, code, "bram")
    db.close()
    return code


def exported(code: str, *more: str) -> dict[str, Any]:
    done = kawan(code, "--as", "maria", *more)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_is_whole(code: str) -> None:
    found = exported(code)
    assert found["told"] == TOLD
    assert (found["code"], found["regency"], found["reply_to"], found["tags"]) == (code, "Badung", 7, ["kos"])
    assert [(m["from"], m["text"]) for m in found["messages"]] == [
        ("person", "Ada kabar?"),
        ("maria", "Sedang kami urus."),
    ]
    assert found["notes"][0]["text"] == "Sudah telepon LBH."
    assert found["agency_referrals"][0]["shared"] == ["happened"]
    assert base64.b64decode(found["evidence"][0]["content"]).decode() == "chat pemilik kos"
    assert ("maria", "replied") in {(deed["who"], deed["what"]) for deed in found["who_did_what"]}


def test_it_can_leave_out_what_staff_noted(code: str) -> None:
    assert "notes" not in exported(code, "--without-notes")


def test_that_it_left_is_recorded(code: str, tmp_path: Path) -> None:
    exported(code)
    db = open_database(tmp_path / "data")
    last = next(db.query("select who, what, code from audit order by id desc limit 1"))
    assert last == {"who": "maria", "what": "exported", "code": code}
    assert audit.first_broken(db) is None
    db.close()


@pytest.mark.parametrize("login", ["bram", "rini", "yosef"])
def test_who_may_not_see_the_case_is_told_that_there_is_none(code: str, login: str) -> None:
    foreign, nothing = kawan(code, "--as", login), kawan("KR-0000-0000", "--as", login)
    assert foreign.exit_code == nothing.exit_code == 2
    assert foreign.output.replace(code, "X") == nothing.output.replace("KR-0000-0000", "X")


def test_only_staff_may_ask(code: str) -> None:
    assert "not an active staff account" in kawan(code, "--as", "nobody").output

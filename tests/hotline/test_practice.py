"""`kawan demo`: invented cases that look and work like real ones, are always marked, never counted, and go away."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from hotline.practice import model
from hotline.practice.build import fill
from kawan.cli import main
from knowledge.library import load_library
from language.anonymise import anonymised
from store import (
    agency_records,
    assignment,
    audit,
    evidence,
    mediation_records,
    mediation_sessions,
    mediations,
    messages,
    openings,
    practice,
    referrals,
    statistics,
)
from store.clock import today_in_bali
from store.database import open_database, write
from store.keys import load_keyring
from store.quarters import Quarter
from tests.hotline.console import Console

LIBRARY = load_library()
CASES = model.cases()


def kawan(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["demo", *arguments])


@pytest.fixture
def filled(console: Console) -> list[str]:
    """The codes of all invented cases, in a running console."""
    return console.write(fill, console.keys, LIBRARY)


# --- the cases themselves ------------------------------------------------------------------------------


def test_there_are_cases_of_every_kind_and_standing() -> None:
    assert len(CASES) >= 40
    assert min(Counter(case.kind for case in CASES).values()) >= 5
    assert {case.status for case in CASES} == {"new", "in_progress", "waiting", "closed"}
    assert {case.source for case in CASES} == {"bot", "phone", "in_person"}
    assert sum(case.is_urgent for case in CASES) >= 5
    assert sum(bool(case.files) for case in CASES) >= 8
    assert sum(bool(case.agencies) for case in CASES) >= 8
    assert sum(bool(case.messages) for case in CASES) >= 20
    assert {case.mediation.status for case in CASES if case.mediation} == {
        "preparing",
        "running",
        "agreed",
        "ended",
    }
    assert any(case.restricted for case in CASES)
    assert {case.told.get("lang") for case in CASES} >= {"en"}


def test_no_case_names_a_number_that_could_be_called() -> None:
    for path in model.FOLDER.glob("*.yml"):
        text = re.sub(r"\b(110|119|129|112|137|175)\b", "", path.read_text("utf-8"))
        assert not re.search(r"\b(?:08|\+62|62)\d[\d -]{5,}", text), path.name


def test_no_story_gives_a_persons_full_name_away() -> None:
    """What stands in them is free of names as our own anonymiser finds them, but where it says that one is invented."""
    for case in CASES:
        for text in (case.told.get("happened", ""), *(said.text for said in case.messages)):
            removed = re.findall(r"\[(nama|telepon|nomor|email)\]", anonymised(text).text)
            assert removed in ([], ["nama"]), text


def test_every_agency_and_place_is_known() -> None:
    for case in CASES:
        for one in case.agencies:
            assert one.agency in LIBRARY.contacts
            assert set(one.fields) <= set(case.told)
        if place := case.told.get("place"):
            assert LIBRARY.regency_of(place), place


# --- in the store --------------------------------------------------------------------------------------


def test_all_that_hangs_on_them_can_be_read_as_if_it_were_real(console: Console, filled: list[str]) -> None:
    db, keys = console.db, console.keys
    for code, case in zip(filled, CASES, strict=True):
        assert referrals.content_of(db, keys, code)["told"]["lang"] in ("id", "en")
        assert [m.text for m in messages.thread(db, keys, code)] == [said.text for said in case.messages]
        found = agency_records.of_case(db, keys, code)
        assert [one.plan.agency for one in found] == [one.agency for one in case.agencies]
        mediation = mediation_records.find(db, keys, code)
        assert (mediation is None) == (case.mediation is None)
        if mediation and case.mediation:
            assert mediation.mediator == "yosef"
            assert len(mediation.parties) == len(case.mediation.parties)
            assert len(mediation_sessions.of_case(db, keys, code)) == len(case.mediation.sessions)
        for item in evidence.listed(db, code):
            _item, content = evidence.opened(db, keys, code, item.id, "maria")
            if item.kind == "photo":
                assert Image.open(BytesIO(content)).size == (720, 960)
    assert audit.first_broken(db) is None


def test_nothing_about_them_goes_out_or_calls_anybody(console: Console, filled: list[str]) -> None:
    assert console.db.table("outbox").count == 0
    assert console.db.table("alerts").count == 0
    assert console.db.table("referrals").count_where("chat is not null") == 0
    assert all(practice.is_practice(console.db, code) for code in filled)


def test_working_on_them_calls_nobody_either(console: Console, filled: list[str]) -> None:
    for code, case in zip(filled, CASES, strict=True):
        if case.kind == "mediation" and case.status != "closed":
            console.write(mediations.stop, console.keys, code, "maria", "home", "latihan")
    db = console.db
    db.execute("update referrals set assigned_at = '2020-01-01' where assigned_to is not null")
    console.write(assignment.return_silent, timedelta(hours=1))
    assert db.table("alerts").count == db.table("outbox").count == 0


def test_they_are_never_counted(console: Console, filled: list[str]) -> None:
    for quarter in (Quarter.of(today_in_bali()),):
        assert statistics.figures(console.db, quarter, today_in_bali()).of("cases") == {(): 0}
    assert statistics.keep_finished(console.db, today_in_bali()) == []


# --- in the console ------------------------------------------------------------------------------------


def test_every_case_can_be_opened_and_is_marked(console: Console, filled: list[str]) -> None:
    lusia = console.signed_in("lusia")
    for code in filled:
        page = lusia.get(f"/kasus/{code}")
        assert page.status_code == 200, code
        assert "Latihan" in page.text, code


def test_the_queue_leads_to_them_while_there_are_any(console: Console) -> None:
    lusia = console.signed_in("lusia")
    assert "/?latihan=ya" not in lusia.get("/").text
    codes = console.write(fill, console.keys, LIBRARY)
    assert f'<a href="/?latihan=ya">Antrean latihan</a>: {len(codes)} kasus karangan' in lusia.get("/").text
    assert "Ke antrean sungguhan" in lusia.get("/?latihan=ya").text


def test_a_look_behind_the_fold_of_one_is_marked_for_the_lead(console: Console, filled: list[str]) -> None:
    real = console.write(
        referrals.add,
        console.keys,
        referrals.NewReferral("help", "normal", {"happened": "x", "lang": "id"}, None, None, None, "1"),
    )
    for code in (filled[0], real):
        console.write(openings.open_identity, console.keys, code, "maria", "ditelepon balik malam ini")
    page = console.signed_in("lusia").get("/pembukaan").text
    rows = {code: row for row in page.split("<tr>") for code in (filled[0], real) if f">{code}<" in row}
    assert "Latihan" in rows[filled[0]]
    assert "Latihan" not in rows[real]


def test_all_that_hangs_on_them_is_marked_too(console: Console, filled: list[str]) -> None:
    """A plan for an agency, a mediation with its people, meetings and the paper to sign; where it is real, it is not."""
    lusia = console.signed_in("lusia")
    real = console.write(
        referrals.add,
        console.keys,
        referrals.NewReferral("help", "normal", {"happened": "x", "lang": "id"}, None, None, None, "1"),
    )
    seen = set()
    for code, case in zip(filled, CASES, strict=True):
        pages = [f"rujukan/{one.id}" for one in agency_records.of_case(console.db, console.keys, code)]
        pages += ["rujukan/baru"]
        if case.kind == "mediation":
            found = mediation_records.find(console.db, console.keys, code)
            pages += ["mediasi"]
            pages += [f"mediasi/pihak/{one.id}" for one in found.parties] if found else []
            meetings = mediation_sessions.of_case(console.db, console.keys, code)
            pages += [f"mediasi/pertemuan/{one.id}" for one in meetings]
            pages += ["mediasi/kesepakatan/cetak"] if found and found.agreement else []
        for page in pages:
            answer = lusia.get(f"/kasus/{code}/{page}")
            said = "LATIHAN" if page.endswith("cetak") else "Latihan: kasus ini karangan"
            assert (code, page, answer.status_code, said in answer.text) == (code, page, 200, True)
            seen.add(re.sub(r"\d+", "1", page))
    assert seen == {
        "rujukan/baru", "rujukan/1", "mediasi", "mediasi/pihak/1", "mediasi/pertemuan/1",
        "mediasi/kesepakatan/cetak",
    }  # fmt: skip
    assert "Latihan" not in lusia.get(f"/kasus/{real}/rujukan/baru").text


def test_they_stand_in_the_queue_of_practice_and_in_no_other(console: Console, filled: list[str]) -> None:
    maria = console.signed_in("maria")
    restricted = {code for code, case in zip(filled, CASES, strict=True) if case.restricted}
    new = {code for code, case in zip(filled, CASES, strict=True) if case.status == "new"} - restricted
    page = maria.get("/?latihan=ya").text
    assert all(code in page for code in new)
    assert "karangan untuk latihan" in page
    assert not any(code in maria.get("/").text for code in filled)


def test_a_reader_and_a_stranger_see_none(console: Console, filled: list[str]) -> None:
    rini = console.signed_in("rini")
    for code in filled[:3]:
        assert rini.get(f"/kasus/{code}").status_code == 404
        assert console.stranger().get(f"/kasus/{code}").status_code == 303


# --- the command ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KAWAN_KEY_FILE", str(tmp_path / "key"))
    return tmp_path


def test_the_command_adds_them_once_and_removes_them_all(folder: Path) -> None:
    done = kawan()
    assert done.exit_code == 0, done.output
    assert f"{len(CASES)} invented cases" in done.output
    again = kawan()
    assert (again.exit_code, "already" in again.output) == (2, True)
    assert f"{len(CASES)} cases for practice are erased" in kawan("--remove").output
    assert "There are no cases for practice" in kawan("--remove").output
    assert kawan().exit_code == 0


def test_removing_leaves_real_cases_alone_and_nothing_else_behind(folder: Path) -> None:
    kawan()
    keys, db = load_keyring(folder / "key", create=False), open_database(folder / "data")
    with write(db):
        real = referrals.add(
            db, keys, referrals.NewReferral("help", "normal", {"a": "b"}, None, None, None, "1")
        )
    kawan("--remove")
    assert [row["code"] for row in db.query("select code from referrals")] == [real]
    for table in referrals.CASE_TABLES:
        assert db.table(table).count == 0, table
    assert audit.first_broken(db) is None
    db.close()

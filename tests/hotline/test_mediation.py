"""Mediation in the console: safety first, nobody contacted or named without a yes, and only the right eyes."""

from __future__ import annotations

import re

import pytest

from hotline.in_case import typed_now
from hotline.mediation import HELP, REASONS
from knowledge.library import load_library
from store import (
    mediation_agreements,
    mediation_parties,
    mediation_records,
    mediation_sessions,
    mediations,
    openings,
    referrals,
    visibility,
)
from store.clock import today_in_bali
from store.database import now
from store.referrals import NewReferral
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console, Visitor

TOLD = {
    "consent": "yes", "kind": "landlord", "screening": "none", "age": "18_up", "happened": "Uang jaminan tidak kembali",
    "other_knows": "no", "named": "yes", "reply": "any_time", "contact": "Yohana 081234567890", "lang": "id",
}  # fmt: skip
SECRETS = ("Pak Made", "Yohana", "0813", "081234567890", "Bale banjar", "Jero Bendesa")
DAY = today_in_bali().isoformat()


def filed(console: Console, kind: str = "mediation", **told: str) -> str:
    case = NewReferral(kind, "normal", {**TOLD, **told}, "ana", 7001, "Denpasar", "2026-11")
    return console.write(referrals.add, console.keys, case)


@pytest.fixture
def code(console: Console) -> str:
    """A mediation of Yosef's with the other side, a helper and a meeting noted."""
    code = filed(console)
    keys = console.keys
    console.write(mediations.begin, keys, code, "maria", none_applies=True)
    console.write(mediations.assign, keys, code, "yosef", "maria")
    console.write(mediation_parties.add, keys, code, "yosef", "Pak Made", "0813")
    console.write(mediation_parties.add_helper, keys, code, "yosef", "Jero Bendesa", "bendesa")
    console.write(mediation_sessions.plan, keys, code, "yosef", DAY, "16:00", "Bale banjar", [1], [])
    return code


def found(console: Console, code: str) -> mediation_records.Mediation:
    mediation = mediation_records.find(console.db, console.keys, code)
    assert mediation is not None
    return mediation


def says_yes(console: Console, code: str, party: int) -> None:
    console.write(mediation_parties.answered, console.keys, code, "yosef", party, True, True, "phone", now())


def paths(code: str) -> list[str]:
    base = f"/kasus/{code}/mediasi"
    return [base, f"{base}/pihak/1", f"{base}/pihak/2", f"{base}/pertemuan/1"]


STEPS = (
    "mulai", "mediator", "hentikan", "selesai", "pihak", "pihak/2", "pihak/2/jawaban", "pendamping", "pendamping/1",
    "pertemuan", "pertemuan/1/jadi", "pertemuan/1/batal", "kesepakatan", "kesepakatan/1",
)  # fmt: skip


def test_a_mediator_it_is_not_given_to_a_reader_and_a_stranger_see_nothing(
    console: Console, code: str
) -> None:
    console.add_member("dewi", "mediator")
    before = found(console, code)
    visitors: list[tuple[Visitor, int]] = [
        (console.signed_in("dewi"), 404), (console.signed_in("rini"), 404), (console.stranger(), 303),
    ]  # fmt: skip
    for visitor, status in visitors:
        for path in paths(code):
            answer = visitor.get(path)
            assert answer.status_code == status
            assert not [secret for secret in SECRETS if secret in answer.text]
        for step in STEPS:
            assert visitor.post(f"/kasus/{code}/mediasi/{step}", {"periksa": "none"}).status_code == status
        assert code not in visitor.get("/mediasi").text
    assert found(console, code) == before


def test_a_colleague_the_reporter_excluded_sees_nothing(console: Console, code: str) -> None:
    console.write(visibility.exclude, code, "bram")
    bram = console.signed_in("bram")
    assert [bram.get(path).status_code for path in paths(code)] == [404] * 4
    assert code not in bram.get("/mediasi").text


def test_the_mediator_it_is_given_to_works_on_it_but_does_not_decide_who_does(
    console: Console, code: str
) -> None:
    yosef = console.signed_in("yosef")
    assert code in yosef.get("/mediasi").text
    page = yosef.get(f"/kasus/{code}/mediasi").text
    assert "Bale banjar" in page
    assert 'action="/kasus/' + code + '/mediasi/mediator"' not in page
    for step in ("mulai", "mediator"):
        answer = yosef.post(f"/kasus/{code}/mediasi/{step}", {"periksa": "none", "mediator": "yosef"})
        assert answer.status_code == 404


def test_other_kinds_of_cases_have_no_such_page(console: Console) -> None:
    code = filed(console, kind="help")
    maria = console.signed_in("maria")
    assert maria.get(f"/kasus/{code}/mediasi").status_code == 404
    for form in ({"periksa": "none"}, {"periksa": "home"}):
        assert maria.post(f"/kasus/{code}/mediasi/mulai", form).status_code == 404
    assert console.db.table("mediations").count == 0


def test_from_the_check_to_an_agreement(console: Console) -> None:
    code = filed(console)
    base = f"/kasus/{code}/mediasi"
    maria = console.signed_in("maria")
    assert "Belum dimulai" in maria.get(base).text
    refused = maria.post(f"{base}/mulai", {})
    assert (refused.status_code, "Pilih dulu" in refused.text) == (422, True)
    assert maria.post(f"{base}/mulai", {"periksa": "none"}).status_code == 303
    assert maria.post(f"{base}/mediator", {"mediator": "yosef"}).status_code == 303
    yosef = console.signed_in("yosef")
    for step, form in (
        ("pihak", {"pihak_nama": "Pak Made", "pihak_kontak": "0813"}),
        ("pihak/2/jawaban", {"ikut": "ya", "disebut": "ya", "cara": "in_person", "waktu": typed_now()}),
        ("pendamping", {"pendamping_nama": "Jero Bendesa", "pendamping_peran": "bendesa"}),
        ("pendamping/1", {"diterima": ["1", "2"]}),
        (
            "pertemuan",
            {"tanggal": DAY, "jam": "16:00", "tempat": "Bale banjar", "undang": ["1", "2"], "dampingi": "1"},
        ),
        ("pertemuan/1/jadi", {"hadir": ["1", "2"], "mendampingi": "1", "catatan": "Bicara baik"}),
        ("kesepakatan", {"kesepakatan": "Pihak 2 mengembalikan uang hari Jumat"}),
        ("kesepakatan/1", {"setuju": "ya"}),
        ("kesepakatan/2", {"setuju": "ya"}),
        ("selesai", {"hasil": "agreed", "hasil_kata": "Uang kembali"}),
    ):
        answer = yosef.post(f"{base}/{step}", form)
        assert answer.status_code == 303, (step, re.findall(r'role="alert">([^<]+)', answer.text))
    kept = found(console, code)
    assert (kept.status, kept.ending is not None and kept.ending.how) == ("ended", "agreed")
    page = yosef.get(base).text
    assert "Pihak 2 mengembalikan uang hari Jumat" in page
    assert "Sepakat" in page


@pytest.mark.parametrize(
    ("step", "form", "sentence"),
    [
        ("pihak", {"pihak_nama": " ", "pihak_kontak": "0813 999"}, "Tulis namanya"),
        ("pertemuan", {"tanggal": DAY, "jam": "16:00", "tempat": "Kafe", "undang": ["1", "2"]}, "Pihak 2 (pihak lain) belum setuju ikut"),
        ("pertemuan", {"tanggal": "", "jam": "16:00", "tempat": "Kafe", "undang": "1"}, "tanggal dan jamnya"),
        ("pertemuan", {"tanggal": DAY, "jam": "16:00", "tempat": "Kafe"}, "Pilih siapa"),
        ("kesepakatan", {"kesepakatan": "Uang kembali"}, "dua pihak"),
        ("selesai", {"hasil": "agreed", "hasil_kata": "Beres"}, "belum semua pihak setuju"),
        ("selesai", {"hasil": "withdrawn"}, "Pilih bagaimana berakhirnya"),
        ("hentikan", {"alasan": "bored"}, "Pilih bagaimana berakhirnya"),
        ("pihak/2/jawaban", {"ikut": "ya", "waktu": typed_now()}, "Pilihan itu tidak ada"),
        ("pihak/2/jawaban", {"ikut": "ya", "cara": "phone", "waktu": ""}, "belum diisi"),
        ("mediator", {"mediator": "rini"}, "Pilih seorang mediator"),
    ],
)  # fmt: skip
def test_a_refused_step_says_why_keeps_what_was_typed_and_changes_nothing(
    console: Console, code: str, step: str, form: dict[str, str], sentence: str
) -> None:
    before = found(console, code)
    answer = console.signed_in("maria").post(f"/kasus/{code}/mediasi/{step}", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    for name in ("pihak_kontak", "tempat", "kesepakatan", "hasil_kata"):
        if name in form:
            assert form[name] in answer.text
    assert found(console, code) == before


def test_the_other_side_is_not_asked_before_the_starter_agreed_to_be_named(console: Console) -> None:
    code = filed(console, named="no")
    console.write(mediations.begin, console.keys, code, "maria", none_applies=True)
    console.write(mediation_parties.add, console.keys, code, "maria", "Pak Made", "")
    maria = console.signed_in("maria")
    base = f"/kasus/{code}/mediasi"
    assert "Pihak lain jangan dihubungi" in maria.get(base).text
    yes = {"ikut": "ya", "disebut": "ya", "cara": "phone", "waktu": typed_now()}
    refused = maria.post(f"{base}/pihak/2/jawaban", yes)
    assert (refused.status_code, "belum mengizinkan namanya disebut" in refused.text) == (422, True)
    assert maria.post(f"{base}/pihak/1/jawaban", yes).status_code == 303
    assert maria.post(f"{base}/pihak/2/jawaban", yes).status_code == 303
    assert "Pihak lain jangan dihubungi" not in maria.get(base).text


@pytest.mark.parametrize("reason", list(REASONS))
def test_what_must_not_be_mediated_leads_to_the_right_help(console: Console, reason: str) -> None:
    code = filed(console)
    maria = console.signed_in("maria")
    assert maria.post(f"/kasus/{code}/mediasi/mulai", {"periksa": reason}).status_code == 303
    page = maria.get(f"/kasus/{code}/mediasi").text
    assert "Bantuan yang lebih tepat" in page
    links = re.findall(rf"/kasus/{code}/rujukan/baru\?lembaga=([\w-]+)", page)
    assert set(HELP[reason][1]) <= set(links)
    assert maria.get(f"/kasus/{code}/rujukan/baru?lembaga={links[0]}").status_code == 200
    assert referrals.opened(console.db, console.keys, code, "test").summary.priority == "urgent"


def test_a_mediator_stops_it_and_the_meetings_fall(console: Console, code: str) -> None:
    yosef = console.signed_in("yosef")
    form = {"alasan": "home", "alasan_kata": "Pernah dipukul"}
    assert yosef.post(f"/kasus/{code}/mediasi/hentikan", form).status_code == 303
    page = yosef.get(f"/kasus/{code}/mediasi").text
    assert "Jangan hubungi pihak lain" in page
    assert "/rujukan/baru" not in page  # a mediator hands nobody over; the case is urgent now
    assert [s.status for s in mediation_sessions.of_case(console.db, console.keys, code)] == ["cancelled"]


def test_only_a_lead_may_find_that_a_stop_was_a_mistake(console: Console, code: str) -> None:
    console.write(mediations.stop, console.keys, code, "yosef", "home")
    for login, status in (("yosef", 404), ("maria", 422), ("lusia", 303)):
        visitor = console.signed_in(login)
        offered = "/mediasi/mulai" in visitor.get(f"/kasus/{code}/mediasi").text
        assert offered == (login == "lusia")
        assert visitor.post(f"/kasus/{code}/mediasi/mulai", {"periksa": "none"}).status_code == status
    assert found(console, code).status == "preparing"


def test_the_sheet_for_signing_names_no_party(console: Console, code: str) -> None:
    yosef = console.signed_in("yosef")
    sheet = f"/kasus/{code}/mediasi/kesepakatan/cetak"
    assert yosef.get(sheet).status_code == 404  # nothing is agreed on yet
    says_yes(console, code, 2)
    console.write(mediation_agreements.write, console.keys, code, "yosef", "Pihak 2 mengembalikan uang")
    page = yosef.get(sheet).text
    assert "Pihak 2 mengembalikan uang" in page
    assert "Jero Bendesa" in page
    assert "Pak Made" not in page
    assert console.signed_in("rini").get(sheet).status_code == 404


def test_what_was_told_may_forbid_it_from_the_start(console: Console) -> None:
    code = filed(console, age="under_18")
    maria = console.signed_in("maria")
    assert "Bantuan yang lebih tepat" in maria.get(f"/kasus/{code}/mediasi").text
    refused = maria.post(f"/kasus/{code}/mediasi/mulai", {"periksa": "none"})
    assert (refused.status_code, "Mediasi tidak boleh" in refused.text) == (422, True)


def test_all_help_is_in_the_directory() -> None:
    contacts = load_library().contacts
    assert set(HELP) == set(mediations.NEVER_FOR)
    assert all(id in contacts for _crisis, ids in HELP.values() for id in ids)


def test_names_stay_folded_until_they_are_opened_with_a_reason(console: Console, code: str) -> None:
    yosef = console.signed_in("yosef")
    for path in paths(code):
        assert not [s for s in ("Pak Made", "Yohana", "0813") if s in yosef.get(path).text]
    assert f'action="/kasus/{code}/buka"' in yosef.get(paths(code)[2]).text
    console.write(openings.open_identity, console.keys, code, "yosef", "Menelepon Pak Made")
    assert "0813" in yosef.get(paths(code)[2]).text
    assert "Yohana" in yosef.get(paths(code)[1]).text
    assert "Pak Made" in yosef.get(paths(code)[0]).text
    form = {"pihak_nama": "I Made Putra", "pihak_kontak": "0899"}
    assert yosef.post(f"/kasus/{code}/mediasi/pihak/2", form).status_code == 303
    assert found(console, code).party(2).name == "I Made Putra"


def test_a_reason_opens_a_party_and_leads_back_to_it(console: Console, code: str) -> None:
    yosef = console.signed_in("yosef")
    party = paths(code)[2]
    form = dict(re.findall(r'type="hidden" name="(kembali)" value="([^"]+)"', yosef.get(party).text))
    opened = yosef.post(f"/kasus/{code}/buka", {**form, "alasan": "Menelepon untuk jadwal"})
    assert (opened.status_code, opened.headers["location"]) == (303, party)
    assert "Pak Made" in yosef.get(party).text


def test_a_name_cannot_be_changed_blindly(console: Console, code: str) -> None:
    form = {"pihak_nama": "Orang lain", "pihak_kontak": ""}
    answer = console.signed_in("yosef").post(f"/kasus/{code}/mediasi/pihak/2", form)
    assert answer.status_code == 404
    assert found(console, code).party(2).name == "Pak Made"


def test_numbers_of_nobody_are_answered_as_not_there(console: Console, code: str) -> None:
    maria = console.signed_in("maria")
    for path in ("pihak/9", "pertemuan/9"):
        assert maria.get(f"/kasus/{code}/mediasi/{path}").status_code == 404


def test_every_look_and_every_step_is_recorded(console: Console, code: str) -> None:
    start = console.db.table("audit").count
    yosef = console.signed_in("yosef")
    yosef.get(f"/kasus/{code}/mediasi")
    yosef.post(f"/kasus/{code}/mediasi/kesepakatan", {"kesepakatan": "x"})
    yosef.post(f"/kasus/{code}/mediasi/pertemuan/1/batal")
    deeds = [
        row["what"]
        for row in console.db.query("select what from audit where code = ? and id > ?", [code, start])
    ]
    assert deeds == ["mediation read", "mediation read", "mediation session 1 cancelled"]


def test_it_is_accessible_and_fits_a_phone(console: Console, code: str, browsing: Browsing) -> None:
    says_yes(console, code, 2)
    console.write(mediation_agreements.write, console.keys, code, "yosef", "Pihak 2 mengembalikan uang")
    page = browsing.signed_in("yosef", PHONE)
    for path in (*paths(code), f"/kasus/{code}/mediasi/kesepakatan/cetak", "/mediasi"):
        page.goto(path)
        assert fits_the_screen(page), path
        assert findings(page) == [], path
    page = browsing.signed_in("maria", PHONE)
    for one in (code, filed(console), filed(console, age="under_18")):
        page.goto(f"/kasus/{one}/mediasi")
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        assert fits_the_screen(page)
        assert findings(page) == []

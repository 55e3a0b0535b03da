"""Referrals to agencies in the console: three actors, consent before anything goes out, nothing shown that is folded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from hotline.in_case import stored_moment, typed_now
from store import agency_records, agency_referrals, referrals, visibility
from store.agency_records import Plan
from store.clock import today_in_bali
from store.database import now
from store.referrals import NewReferral
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console, Visitor

TOLD = {
    "consent": "with_agencies", "about": "housing", "danger": "no", "age": "18_up", "happened": "Diusir dari kos, kata Yohana",
    "place": "Sesetan", "must_not_know": "polisi", "reply": "any_time", "contact": "Yohana 081234567890", "lang": "id",
}  # fmt: skip
PLAN = {
    "lembaga": "lbh-bali", "cara": "cold", "minta": "Pendampingan hukum",
    "bagikan": ["about", "happened"],
}  # fmt: skip
SECRETS = ("Diusir", "Sesetan", "Yohana", "081234567890", "Pendampingan hukum")


@pytest.fixture
def code(console: Console) -> str:
    return console.write(
        referrals.add, console.keys, NewReferral("help", "normal", TOLD, "ana", 7001, "Denpasar", "2026-11")
    )


@pytest.fixture
def number(console: Console, code: str) -> int:
    plan = Plan("lbh-bali", "cold", ("about", "happened"), "Pendampingan hukum")
    made = console.write(agency_referrals.prepare, console.keys, code, "maria", plan, set())
    return made.id


def agrees(console: Console, code: str, number: int, identity: bool = False) -> None:
    console.write(agency_referrals.agree, console.keys, code, number, "maria", "phone", now(), identity)


def plain(answer: httpx.Response) -> str:
    """A page without what differs each time: its address, protection and clock."""
    text = answer.text.replace(answer.url.path, "")
    return re.sub(r'data-ends="\d+"|[0-9a-f]{64,}', "", text)


def paths(code: str, number: int) -> list[str]:
    home = f"/kasus/{code}/rujukan"
    return [f"{home}/baru", f"{home}/{number}", f"{home}/{number}/ubah", f"{home}/{number}/surat"]


def test_a_colleague_with_another_role_and_a_stranger_see_nothing(
    console: Console, code: str, number: int
) -> None:
    agrees(console, code, number)
    visitors: list[tuple[Visitor, int]] = [
        (console.signed_in("yosef"), 404), (console.signed_in("rini"), 404), (console.stranger(), 303),
    ]  # fmt: skip
    for visitor, status in visitors:
        for path in paths(code, number):
            answer = visitor.get(path)
            assert answer.status_code == status
            assert not [secret for secret in SECRETS if secret in answer.text]
        for step in ("izin", "kirim", "lanjut", "ubah"):
            assert visitor.post(f"/kasus/{code}/rujukan/{number}/{step}", PLAN).status_code == status
        assert visitor.post(f"/kasus/{code}/rujukan/baru", PLAN).status_code == status
        assert code not in visitor.get("/rujukan").text
    assert len(agency_records.of_case(console.db, console.keys, code)) == 1


def test_whom_the_reporter_excluded_is_answered_as_if_there_were_no_case(
    console: Console, code: str, number: int
) -> None:
    agrees(console, code, number)
    console.write(visibility.exclude, code, "bram")
    bram = console.signed_in("bram")
    for path, nowhere in zip(paths(code, number), paths("KR-0000-0000", 1), strict=True):
        assert bram.get(path).status_code == 404
        assert plain(bram.get(path)) == plain(bram.get(nowhere))
    assert code not in bram.get("/rujukan").text
    assert console.signed_in("maria").get(paths(code, number)[1]).status_code == 200


def test_a_number_of_another_case_opens_nothing(console: Console, code: str, number: int) -> None:
    other = console.write(
        referrals.add, console.keys, NewReferral("help", "normal", TOLD, "bos", None, None, None)
    )
    maria = console.signed_in("maria")
    for path in paths(other, number)[1:]:
        assert maria.get(path).status_code == 404


def test_from_plan_over_consent_to_outcome(console: Console, code: str) -> None:
    maria = console.signed_in("maria")
    page = maria.get(f"/kasus/{code}/rujukan/baru").text
    assert "Tidak boleh tahu: polisi" in page
    assert "Itu belum izin untuk satu rujukan" in page
    made = maria.post(f"/kasus/{code}/rujukan/baru", PLAN)
    here = made.headers["location"]
    assert re.fullmatch(rf"/kasus/{code}/rujukan/\d+", here)
    shown = maria.get(here).text
    assert "Belum ada yang dikirim" in shown
    assert "kirim" not in re.findall(
        r'action="[^"]*/(\w+)"', shown
    )  # nothing to send before there is consent
    moment = typed_now()
    assert maria.post(f"{here}/izin", {"cara": "phone", "waktu": moment}).status_code == 303
    day = (today_in_bali() + timedelta(days=3)).isoformat()
    assert maria.post(f"{here}/kirim", {"tengok": day}).status_code == 303
    assert maria.post(f"{here}/lanjut", {"keadaan": "no_answer", "tengok": day}).status_code == 303
    assert (
        maria.post(f"{here}/lanjut", {"keadaan": "accepted", "kata": "Bu Sari", "tengok": day}).status_code
        == 303
    )
    assert maria.post(f"{here}/lanjut", {"keadaan": "done", "kata": "Uang kembali"}).status_code == 303
    (kept,) = agency_records.of_case(console.db, console.keys, code)
    assert (kept.status, kept.shared) == (
        "done",
        {"about": "housing", "happened": "Diusir dari kos, kata […]"},
    )
    assert kept.consent is not None
    assert kept.consent.given_at == stored_moment(moment)
    shown = maria.get(here).text
    assert "Uang kembali" in shown
    assert "Bu Sari" in shown


@pytest.mark.parametrize(
    ("step", "form", "sentence"),
    [
        ("kirim", {"tengok": "2026-12-01"}, "belum setuju untuk rujukan ini"),
        ("izin", {"cara": "phone", "waktu": "2999-01-01T00:00"}, "belum tiba"),
        ("izin", {"cara": "phone", "waktu": ""}, "belum diisi"),
        ("izin", {"cara": "phone", "waktu": "2020-01-01T00:00"}, "sebelum kasus ini ada"),
        ("izin", {"cara": "bot", "waktu": ""}, "belum diisi"),
        ("izin", {"cara": "dream"}, "belum diisi"),
        ("lanjut", {"keadaan": "accepted"}, "tidak bisa diambil"),
        ("lanjut", {}, "tidak bisa diambil"),
    ],
)
def test_a_refused_step_says_why_and_changes_nothing(
    console: Console, code: str, number: int, step: str, form: dict[str, str], sentence: str
) -> None:
    maria = console.signed_in("maria")
    answer = maria.post(f"/kasus/{code}/rujukan/{number}/{step}", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert agency_records.one(console.db, console.keys, code, number).status == "prepared"


def test_an_agency_that_must_not_know_is_warned_of_and_wants_a_reason(console: Console, code: str) -> None:
    maria = console.signed_in("maria")
    police = {**PLAN, "lembaga": "police-110"}
    answer = maria.post(f"/kasus/{code}/rujukan/baru", police)
    assert answer.status_code == 422
    assert "siapa yang tidak boleh tahu" in answer.text
    assert "Pendampingan hukum" in answer.text  # what was typed is still there
    reason = {**police, "meski": "Ditanya lagi: hanya polisi di desanya"}
    assert maria.post(f"/kasus/{code}/rujukan/baru", reason).status_code == 303
    assert agency_records.of_case(console.db, console.keys, code)[0].plan.despite == reason["meski"]


@pytest.mark.parametrize(
    "change",
    [{"lembaga": ""}, {"lembaga": "no-such"}, {"minta": " "}, {"bagikan": ["reply"]}, {"cara": "hot"}],
)
def test_a_plan_without_what_it_needs_is_not_kept(
    console: Console, code: str, change: dict[str, object]
) -> None:
    answer = console.signed_in("maria").post(f"/kasus/{code}/rujukan/baru", {**PLAN, **change})
    assert answer.status_code == 422
    assert agency_records.of_case(console.db, console.keys, code) == []


def test_a_changed_plan_loses_its_consent(console: Console, code: str, number: int) -> None:
    agrees(console, code, number)
    maria = console.signed_in("maria")
    assert "Pendampingan hukum" in maria.get(f"/kasus/{code}/rujukan/{number}/ubah").text
    assert maria.post(f"/kasus/{code}/rujukan/{number}/ubah", {**PLAN, "bagikan": "place"}).status_code == 303
    kept = agency_records.one(console.db, console.keys, code, number)
    assert (kept.plan.fields, kept.consent) == (("place",), None)


def letter(visitor: Visitor, code: str, number: int) -> httpx.Response:
    return visitor.get(f"/kasus/{code}/rujukan/{number}/surat")


def test_the_letter_wants_consent_and_names_nobody_without_it(
    console: Console, code: str, number: int
) -> None:
    maria = console.signed_in("maria")
    assert letter(maria, code, number).status_code == 303
    agrees(console, code, number)
    text = letter(maria, code, number).text
    assert "LBH Bali" in text
    assert "Diusir dari kos, kata […]" in text
    assert not [secret for secret in ("Yohana", "081234567890", "Sesetan", "polisi") if secret in text]
    assert console.db.table("audit").count_where("what like '%letter opened' and who = 'maria'") == 1


def test_a_letter_with_a_name_opens_only_with_the_identity(console: Console, code: str) -> None:
    plan = Plan("lbh-bali", "warm", ("contact",), "Pendampingan hukum")
    number = console.write(agency_referrals.prepare, console.keys, code, "maria", plan, set()).id
    agrees(console, code, number, identity=True)
    maria = console.signed_in("maria")
    here = f"/kasus/{code}/rujukan/{number}"
    assert letter(maria, code, number).headers["location"] == here
    page = maria.get(here).text
    assert "Yohana" not in page
    assert f'action="/kasus/{code}/buka"' in page
    opened = maria.post(
        f"/kasus/{code}/buka", {"alasan": "Surat rujukan ke lembaga", "kembali": f"{here}/surat"}
    )
    assert opened.headers["location"] == f"{here}/surat"
    assert "Yohana 081234567890" in letter(maria, code, number).text
    assert letter(console.signed_in("bram"), code, number).status_code == 303  # each opens for herself


def test_consent_to_a_plan_with_a_name_is_consent_to_the_name(console: Console, code: str) -> None:
    plan = Plan("lbh-bali", "warm", ("contact",), "Pendampingan hukum")
    number = console.write(agency_referrals.prepare, console.keys, code, "maria", plan, set()).id
    maria = console.signed_in("maria")
    form = {"cara": "phone", "waktu": typed_now()}
    answer = maria.post(f"/kasus/{code}/rujukan/{number}/izin", form)
    assert answer.status_code == 422
    assert "belum mengizinkan itu" in answer.text
    assert maria.post(f"/kasus/{code}/rujukan/{number}/izin", {**form, "nama": "ya"}).status_code == 303


def test_every_look_and_every_step_is_recorded(console: Console, code: str, number: int) -> None:
    maria = console.signed_in("maria")
    maria.get(f"/kasus/{code}/rujukan/{number}")
    maria.post(f"/kasus/{code}/rujukan/{number}/izin", {"cara": "phone", "waktu": typed_now()})
    deeds = [
        r["what"] for r in console.db.query("select what from audit where who = 'maria' and code = ?", [code])
    ]
    assert deeds == [f"agency referral {number} {what}" for what in ("prepared", "read", "agreed")]


def test_the_list_shows_what_is_due_first(console: Console, code: str, number: int) -> None:
    plan = replace(agency_records.one(console.db, console.keys, code, number).plan, agency="obh-bali")
    second = console.write(agency_referrals.prepare, console.keys, code, "maria", plan, set()).id
    for one, day in ((number, today_in_bali() + timedelta(days=9)), (second, today_in_bali())):
        agrees(console, code, one)
        console.write(agency_referrals.send, console.keys, code, one, "maria", day.isoformat())
    page = console.signed_in("maria").get("/rujukan").text
    assert re.findall(rf"/kasus/{code}/rujukan/(\d+)", page) == [str(second), str(number)]
    assert "Sudah waktunya ditengok lagi: 1" in page
    assert page.count(">sekarang<") == 1
    assert console.signed_in("maria").get("/rujukan?mulai=x").status_code == 200


def test_it_is_accessible_and_fits_a_phone(
    console: Console, code: str, number: int, browsing: Browsing
) -> None:
    agrees(console, code, number)
    page = browsing.signed_in("maria", PHONE)
    for path in (*paths(code, number), "/rujukan"):
        page.goto(path)
        assert page.get_by_role("heading", level=1).is_visible()
        assert fits_the_screen(page), path
        assert findings(page) == [], path


def test_by_keyboard_alone_a_referral_is_planned_agreed_to_and_sent(
    console: Console, code: str, browsing: Browsing
) -> None:
    page = browsing.signed_in("maria")
    page.goto(f"/kasus/{code}/rujukan/baru")
    page.get_by_label("Lembaga", exact=True).focus()
    page.keyboard.type("LBH Bali (")
    page.get_by_label("Apa yang diminta dari lembaga ini?").focus()
    page.keyboard.type("Pendampingan hukum")
    page.get_by_role("button", name="Simpan rencana").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Lewat telepon").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Catat izin").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sudah bicara dengan lembaga").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Dikirim, menunggu jawaban").first.wait_for()
    (kept,) = agency_records.of_case(console.db, console.keys, code)
    assert kept.status == "sent"

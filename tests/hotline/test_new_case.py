"""Cases entered by staff for someone on the phone or before them: the bot's own forms and rules, nothing kept early."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from actions.forms.model import form_names, load_form
from hotline import phone_form, phone_rules
from hotline.entry_page import address_of
from store import alerts, audit, mediations, referrals, spoken, visibility
from store.codes import read_code
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console, Visitor

HELP = {
    "source": "phone",
    "jawab-consent": "with_agencies",
    "jawab-about": "housing",
    "jawab-danger": "no",
    "jawab-age": "18_up",
    "jawab-happened": "Diusir dari kos malam-malam",
    "jawab-place": "Badung",
    "jawab-reply": "only_when_i_write",
    "jawab-contact": "Yohana, 0812",
}
MEDIATION = {
    "source": "in_person",
    "jawab-consent": "yes",
    "jawab-kind": "landlord",
    "jawab-screening": "none",
    "jawab-happened": "Uang jaminan tidak kembali",
    "jawab-other_knows": "no",
    "jawab-reply": "only_when_i_write",
}


def without(form: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in names}


def codes(console: Console) -> list[str]:
    return [row["code"] for row in console.db.query("select code from referrals")]


def sent(visitor: Visitor, address: str, form: dict[str, Any]) -> httpx.Response:
    visitor.get(f"/kasus-baru/{address}")
    return visitor.post(f"/kasus-baru/{address}", form)


def case(console: Console) -> referrals.Case:
    (code,) = codes(console)
    return referrals.opened(console.db, console.keys, code, "test")


def test_a_call_becomes_a_case_as_the_bot_would_have_filed_it(console: Console) -> None:
    assert sent(console.signed_in("maria"), "bantuan", HELP).headers["location"] == "/kasus-baru/tersimpan"
    found = case(console)
    assert found.body == {
        "consent": "with_agencies", "about": "housing", "danger": "no", "age": "18_up", "place": "Badung",
        "happened": "Diusir dari kos malam-malam", "reply": "only_when_i_write", "contact": "Yohana, 0812", "lang": "id",
    }  # fmt: skip
    assert (found.summary.kind, found.summary.priority, found.summary.regency) == ("help", "normal", "Badung")
    assert (found.reply_to, found.consent) == (None, load_form("help_request").consent_version)
    row = next(console.db.query("select source, chat, due_at from referrals"))
    assert (row["source"], row["chat"]) == ("phone", None)
    assert row["due_at"] is not None
    assert [a["kind"] for a in alerts.unseen(console.db)] == []  # the queue shows it


def test_it_keeps_who_heard_the_consent(console: Console) -> None:
    sent(console.signed_in("maria"), "bantuan", HELP)
    (code,) = codes(console)
    heard = spoken.of(console.db, console.keys, code)
    assert heard is not None
    assert (heard.by, heard.source) == ("maria", "phone")
    deeds = [
        (r["who"], r["what"]) for r in console.db.query("select who, what from audit where code = ?", [code])
    ]
    assert deeds[0] == ("maria", "filed")
    assert audit.first_broken(console.db) is None


def test_the_code_is_shown_once_and_spelled_for_reading_out(console: Console) -> None:
    maria = console.signed_in("maria")
    sent(maria, "bantuan", HELP)
    (code,) = codes(console)
    page = maria.get("/kasus-baru/tersimpan").text
    assert code in page
    for sign in code.replace("-", ""):
        assert f"<strong>{sign}</strong>" in page
    again = maria.get("/kasus-baru/tersimpan")
    assert (again.status_code, again.headers["location"]) == (303, "/kasus-baru")


def test_a_page_sent_twice_is_one_case(console: Console) -> None:
    maria = console.signed_in("maria")
    entry = re.search(r'name="entry" value="([^"]+)"', maria.get("/kasus-baru/bantuan").text)
    assert entry is not None
    for _ in range(2):
        assert maria.post("/kasus-baru/bantuan", {**HELP, "entry": entry[1]}).status_code == 303
    assert len(codes(console)) == 1


@pytest.mark.parametrize("login", ["yosef", "rini", None])
@pytest.mark.parametrize("path", ["", "/bantuan", "/bantuan/tampilan.css", "/tersimpan"])
def test_only_those_who_take_cases_on_enter_any(console: Console, login: str | None, path: str) -> None:
    visitor = console.signed_in(login) if login else console.stranger()
    looked = visitor.get(f"/kasus-baru{path}")
    assert looked.status_code == (404 if login else 303)
    assert "jawab-" not in looked.text
    assert sent(visitor, "bantuan", HELP).status_code == (404 if login else 303)
    assert codes(console) == []


@pytest.mark.parametrize("login", ["maria", "lusia", "ani"])
def test_reviewers_leads_and_admins_enter_cases(console: Console, login: str) -> None:
    assert sent(console.signed_in(login), "bantuan", HELP).status_code == 303
    assert len(codes(console)) == 1


def test_nothing_is_kept_while_an_answer_is_missing_and_nothing_typed_is_lost(console: Console) -> None:
    maria = console.signed_in("maria")
    for name, needed in (("source", "source"), ("jawab-happened", "happened"), ("jawab-consent", "consent")):
        answer = sent(maria, "bantuan", without({**HELP, "jawab-place": "Kuta <b>"}, name))
        assert answer.status_code == 422
        assert f'href="#tanya-{needed}"' in answer.text
        assert "Kuta &lt;b&gt;" in answer.text
        assert "Yohana, 0812" in answer.text
    assert codes(console) == []


def test_without_a_yes_nothing_is_kept(console: Console) -> None:
    answer = sent(console.signed_in("maria"), "bantuan", {**HELP, "jawab-consent": "no"})
    assert answer.status_code == 200
    assert "Tidak ada yang disimpan" in answer.text
    assert codes(console) == []


def test_under_18_no_contact_is_kept_and_the_case_is_urgent(console: Console) -> None:
    maria = console.signed_in("maria")
    sent(maria, "bantuan", {**HELP, "jawab-age": "under_18"})
    found = case(console)
    assert "contact" not in found.body
    assert found.summary.priority == "urgent"
    assert [a["kind"] for a in alerts.unseen(console.db)] == ["urgent_referral"]
    assert "SAPA 129" in maria.get("/kasus-baru/tersimpan").text


def test_violence_is_urgent_asks_carefully_and_shows_whom_to_call(console: Console) -> None:
    maria = console.signed_in("maria")
    sent(maria, "bantuan", {**HELP, "jawab-about": "violence"})
    found = case(console)
    assert found.summary.priority == "urgent"
    assert (
        "reply" not in found.body
    )  # the careful question stands in its place, and its default is: do not call
    assert found.body["safe_reply"] == "only_when_i_write"
    assert "Bacakan nomor ini sekarang" in maria.get("/kasus-baru/tersimpan").text


def test_danger_staff_heard_hurries_the_case_and_is_not_filed_as_the_persons_word(console: Console) -> None:
    sent(console.signed_in("maria"), "bantuan", {**HELP, "heard": ["self_harm"]})
    found = case(console)
    assert (found.summary.priority, "heard" in found.body) == ("urgent", False)
    assert found.body["safe_reply"] == "only_when_i_write"


@pytest.mark.parametrize("reason", ["home", "sexual", "trafficking", "child", "hate"])
def test_mediation_is_refused_as_in_the_bot_and_leads_to_the_right_help(
    console: Console, reason: str
) -> None:
    maria = console.signed_in("maria")
    answer = sent(maria, "mediasi", {**MEDIATION, "jawab-screening": reason})
    assert answer.status_code == 200
    assert codes(console) == []
    assert "Bacakan nomor ini sekarang" in answer.text
    told = dict(re.findall(r'name="(told-\w+)" value="([^"]*)"', answer.text))
    assert told["told-happened"] == MEDIATION["jawab-happened"]
    onward = maria.post("/kasus-baru/bantuan/lanjut", {**told, "source": "in_person"}).text
    assert MEDIATION["jawab-happened"] in onward
    about = "trafficking" if reason == "trafficking" else "violence"
    assert re.search(rf'name="jawab-about" value="{about}" checked', onward)
    assert re.search(r'name="source" value="in_person" checked', onward)


def test_after_danger_was_heard_mediation_asks_once_more(console: Console) -> None:
    maria = console.signed_in("maria")
    heard = {**MEDIATION, "heard": ["gender_violence"]}
    answer = sent(maria, "mediasi", heard)
    assert (answer.status_code, codes(console)) == (422, [])
    assert 'href="#tanya-asked_again"' in answer.text
    assert sent(maria, "mediasi", {**heard, "asked_again": "ya"}).status_code == 303
    assert case(console).body["named"] == "no"  # what is left out has the form's default


def test_who_took_the_call_stands_behind_the_starters_answers(console: Console) -> None:
    sent(console.signed_in("maria"), "mediasi", {**MEDIATION, "jawab-named": "yes"})
    (code,) = codes(console)
    begun = console.write(mediations.begin, console.keys, code, "bram", none_applies=True)
    assert begun.starter.named is not None
    assert (begun.starter.named.yes, begun.starter.named.how, begun.starter.named.by) == (
        True,
        "in_person",
        "maria",
    )


def test_whom_the_person_does_not_trust_does_not_see_the_case(console: Console) -> None:
    maria = console.signed_in("maria")
    sent(maria, "bantuan", {**HELP, "jawab-staff_excluded": "jangan Bram"})
    (code,) = codes(console)
    assert visibility.excluded(console.db, code) == ["bram"]
    done = maria.get("/kasus-baru/tersimpan").text
    assert code in done  # to be read out
    assert f"/kasus/{code}" not in done  # only leads open it until one of them has looked


def test_an_answer_no_option_has_is_no_answer(console: Console) -> None:
    answer = sent(console.signed_in("maria"), "bantuan", {**HELP, "jawab-about": "party"})
    assert (answer.status_code, codes(console)) == (422, [])


def test_every_form_of_the_bot_has_a_page_and_its_rules_name_what_is_there(console: Console) -> None:
    maria = console.signed_in("maria")
    chooser = maria.get("/kasus-baru").text
    for name in form_names():
        form, address = load_form(name), address_of(name)
        assert f'href="/kasus-baru/{address}"' in chooser
        page = maria.get(f"/kasus-baru/{address}").text
        for slot in form.slots:
            assert (f'id="tanya-{slot.name}"' in page) == (slot.kind != "files")
        hidden = {s.name for s in form.slots if (s.ask_if or s.skip_if) and s.kind != "files"}
        rules = phone_rules.rules(form)
        assert hidden <= set(re.findall(r"#tanya-(\w+)", rules))
        for id in set(re.findall(r"#(kalau-[\w-]+|dengar-\w+)", rules)):
            assert f'id="{id}"' in page
    assert maria.get("/kasus-baru/rahasia").status_code == 404


def test_a_form_at_its_emptiest_asks_for_all_that_has_no_default() -> None:
    sheet = phone_form.filled(load_form("mediation_request"), {})
    assert sheet.missing == ["consent", "kind", "screening", "happened", "other_knows", "reply"]


def test_nothing_personal_stands_in_an_address(console: Console) -> None:
    maria = console.signed_in("maria")
    location = sent(maria, "bantuan", HELP).headers["location"]
    assert read_code(location) is None
    assert "?" not in location


def ready(page: Page) -> None:
    page.get_by_label("Telepon").check()
    page.get_by_label("Ya, petugas saja").check()


def test_a_whole_case_by_keyboard_and_mouse_with_questions_that_follow_the_answers(
    console: Console, browsing: Browsing
) -> None:
    page = browsing.signed_in("maria")
    page.goto("/kasus-baru")
    assert findings(page) == []
    page.get_by_role("link", name="Permintaan bantuan").click()
    assert findings(page) == []
    ready(page)
    contact = page.locator("#jawab-contact")
    assert contact.is_visible()
    page.get_by_label("Di bawah 18").check()
    assert not contact.is_visible()
    page.get_by_label("18 ke atas").check()
    numbers = page.locator("#kalau-about-violence")
    assert not numbers.is_visible()
    page.get_by_label("Kekerasan", exact=True).check()
    assert numbers.is_visible()
    assert "Bacakan nomor ini sekarang" in numbers.inner_text()
    assert page.locator("#tanya-safe_reply").is_visible()
    assert not page.locator("#tanya-reply").is_visible()
    page.locator("#tanya-danger").get_by_label("Tidak").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    assert page.get_by_role("alert").get_by_role("link").all_inner_texts() == ["Cerita"]
    assert findings(page) == []
    page.locator("#jawab-happened").fill("Dipukul pacar")
    page.get_by_role("button", name="Simpan", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tersimpan. Bacakan kodenya"
    assert findings(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert fits_the_screen(page)
    assert case(console).body["about"] == "violence"


@pytest.mark.parametrize("address", ["", "/bantuan", "/mediasi"])
def test_on_a_phone_of_360_pixels_it_fits(browsing: Browsing, address: str) -> None:
    page = browsing.signed_in("maria", PHONE)
    page.goto(f"/kasus-baru{address}")
    assert fits_the_screen(page)
    assert findings(page) == []


def test_a_refusal_fits_and_is_accessible_on_a_phone(browsing: Browsing) -> None:
    page = browsing.signed_in("maria", PHONE)
    page.goto("/kasus-baru/mediasi")
    page.get_by_label("Kekerasan di rumah").check()
    assert page.locator("#kalau-screening-home").is_visible()
    page.get_by_label("Ya, boleh").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tidak ada yang disimpan"
    assert fits_the_screen(page)
    assert findings(page) == []

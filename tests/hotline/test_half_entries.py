"""A call that breaks off: what was written down is there again for whoever wrote it, and for nobody else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from hotline import server
from store import half_entries
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console, Visitor
from tests.hotline.test_new_case import HELP, MEDIATION, codes, without
from tests.store.test_silence import bytes_of

ENTRY = "entry-of-this-page"
HALF = {**without(HELP, "jawab-reply", "jawab-danger"), "entry": ENTRY, "heard": ["self_harm"]}


def keeps(
    visitor: Visitor, form: dict[str, Any] = HALF, address: str = "bantuan", scripts: bool = True
) -> str:
    """What the page is answered when it is kept for now."""
    visitor.get("/kasus-baru")
    headers = {"hx-request": "true"} if scripts else {}
    return visitor.post(f"/kasus-baru/{address}/sementara", form, **headers).text


def unfinished(console: Console, login: str = "maria") -> list[str]:
    return [one.entry for one in half_entries.of_member(console.db, console.keys, login)]


def test_it_is_offered_to_whoever_comes_back_and_goes_on_where_it_was(console: Console) -> None:
    assert "Disimpan sementara" in keeps(console.signed_in("maria"))
    maria = console.signed_in("maria")  # another session: the first ran out, its tab is gone
    for path in ("/kasus-baru", "/kasus-baru/bantuan", "/kasus-baru/mediasi"):
        page = maria.get(path).text
        assert f'href="/kasus-baru/bantuan/isian/{ENTRY}"' in page
        assert "Lanjutkan isian tadi" in page
        assert "Buang" in page
        assert "Diusir dari kos" not in page
    page = maria.get(f"/kasus-baru/bantuan/isian/{ENTRY}").text
    assert "Diusir dari kos malam-malam" in page
    assert "Yohana, 0812" in page
    for name, value in (("source", "phone"), ("jawab-about", "housing"), ("heard", "self_harm")):
        assert re.search(rf'name="{name}" value="{value}" checked', page)
    assert f'name="entry" value="{ENTRY}"' in page


def test_what_is_sent_is_a_case_and_no_longer_unfinished(console: Console) -> None:
    maria = console.signed_in("maria")
    whole = {**HELP, "entry": "entry-that-is-sent"}
    keeps(maria, whole)
    assert unfinished(console) == ["entry-that-is-sent"]
    assert maria.post("/kasus-baru/bantuan", whole).status_code == 303
    assert (len(codes(console)), unfinished(console)) == (1, [])


@pytest.mark.parametrize("login", ["bram", "lusia", "ani", "yosef", "rini", None])
def test_nobody_else_is_offered_it_opens_it_or_throws_it_away(console: Console, login: str | None) -> None:
    keeps(console.signed_in("maria"))
    visitor = console.signed_in(login) if login else console.stranger()
    for path in ("/kasus-baru", "/kasus-baru/bantuan", f"/kasus-baru/bantuan/isian/{ENTRY}"):
        answer = visitor.get(path)
        assert ENTRY not in answer.text
        assert "Diusir" not in answer.text
    assert answer.status_code == (404 if login else 303)
    visitor.post("/kasus-baru/buang", {"entry": ENTRY})
    keeps(visitor, {**HALF, "jawab-happened": "lain"})
    [kept] = half_entries.of_member(console.db, console.keys, "maria")
    assert kept.posted["jawab-happened"] == ["Diusir dari kos malam-malam"]
    may = login in ("bram", "lusia", "ani")
    assert console.db.table("half_entries").count == (2 if may else 1)


def test_without_a_yes_nothing_is_kept_and_a_no_takes_back_what_was(console: Console) -> None:
    maria = console.signed_in("maria")
    for form in (without(HALF, "jawab-consent"), {**HALF, "jawab-consent": "no"}):
        assert "belum memberi izin" in keeps(maria, form)
        assert unfinished(console) == []
    keeps(maria)
    assert unfinished(console) == [ENTRY]
    keeps(maria, {**HALF, "jawab-consent": "no"})
    assert unfinished(console) == []
    keeps(maria)
    maria.post("/kasus-baru/bantuan", {**HALF, "jawab-consent": "no"})
    assert unfinished(console) == []


def test_the_wrong_form_keeps_nothing_either(console: Console) -> None:
    maria = console.signed_in("maria")
    form = {**MEDIATION, "entry": ENTRY}
    keeps(maria, form, "mediasi")
    assert unfinished(console) == [ENTRY]
    assert (
        "Tidak ada yang disimpan"
        in maria.post("/kasus-baru/mediasi", {**form, "jawab-screening": "home"}).text
    )
    assert unfinished(console) == []


def test_a_child_leaves_no_contact_in_it(console: Console) -> None:
    keeps(console.signed_in("maria"), {**HALF, "jawab-age": "under_18"})
    [kept] = half_entries.of_member(console.db, console.keys, "maria")
    assert "jawab-contact" not in kept.posted
    assert kept.posted["jawab-age"] == ["under_18"]


def test_a_late_request_does_not_bring_back_what_was_sent(console: Console) -> None:
    maria = console.signed_in("maria")
    maria.get("/kasus-baru/bantuan")
    whole = {**HELP, "entry": "entry-with-a-late-one"}
    assert maria.post("/kasus-baru/bantuan", whole).status_code == 303
    keeps(maria, whole)
    assert (len(codes(console)), unfinished(console)) == (1, [])


def test_without_scripts_there_is_a_button_and_an_incomplete_page_is_kept_when_sent(console: Console) -> None:
    maria = console.signed_in("maria")
    assert 'formaction="/kasus-baru/bantuan/sementara"' in maria.get("/kasus-baru/bantuan").text
    keeps(maria, scripts=False)
    assert "Tersimpan sementara, paling lama 24 jam" in maria.get("/kasus-baru").text
    maria.post("/kasus-baru/buang", {"entry": ENTRY})
    assert unfinished(console) == []
    refused = keeps(maria, without(HALF, "jawab-consent"), scripts=False)
    assert "Diusir dari kos malam-malam" in refused  # nothing typed is lost on the screen
    assert maria.post("/kasus-baru/bantuan", HALF).status_code == 422
    assert unfinished(console) == [ENTRY]


def test_it_lies_sealed_and_house_keeping_takes_it_after_a_day(console: Console, data_dir: Path) -> None:
    keeps(console.signed_in("maria"))
    stored = bytes_of(data_dir)
    assert ENTRY.encode() in stored
    assert [words for words in (b"Diusir", b"Yohana", b"housing") if words in stored] == []
    console.write(server._forget)
    assert unfinished(console) == [ENTRY]
    console.db.execute("update half_entries set begun_at = '2026-01-01T00:00:00.000000+00:00'")
    assert console.signed_in("maria").get(f"/kasus-baru/bantuan/isian/{ENTRY}").status_code == 404
    console.write(server._forget)
    assert console.db.table("half_entries").count == 0


def test_it_is_a_page_of_its_own_form_alone(console: Console) -> None:
    maria = console.signed_in("maria")
    keeps(maria)
    assert maria.get(f"/kasus-baru/mediasi/isian/{ENTRY}").status_code == 404
    assert maria.get(f"/kasus-baru/rahasia/isian/{ENTRY}").status_code == 404


def test_a_closed_tab_in_a_browser_loses_nothing(console: Console, browsing: Browsing) -> None:
    page = browsing.signed_in("maria", PHONE)
    page.goto("/kasus-baru/bantuan")
    page.get_by_label("Telepon").check()
    page.locator("#jawab-happened").fill("Majikan menahan KTP")
    expect(page.get_by_text("Belum disimpan: orangnya belum memberi izin.")).to_be_visible()
    assert unfinished(console) == []
    page.get_by_label("Ya, petugas saja").check()
    expect(page.get_by_text("Disimpan sementara")).to_be_visible()
    assert findings(page) == []
    page.close()
    again = browsing.signed_in("maria", PHONE)
    again.goto("/kasus-baru")
    assert findings(again) == []
    assert fits_the_screen(again)
    again.get_by_role("link", name="Lanjutkan isian tadi").click()
    assert again.locator("#jawab-happened").input_value() == "Majikan menahan KTP"
    assert fits_the_screen(again)
    again.get_by_role("button", name="Batal").click()
    expect(again.get_by_text("Isian itu dibuang.")).to_be_visible()
    assert unfinished(console) == []

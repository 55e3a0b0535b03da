"""The queue as staff see it: their own groups and filters, never a case that is hidden from them."""

from __future__ import annotations

import re

import pytest

from store import assignment, casework, messages, visibility
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.cases import CONTACT, STORY, deeds, file_case, give_to_mediator, member, row
from tests.hotline.console import Console


def codes_on(html: str) -> list[str]:
    """The cases a queue page lists, in order."""
    return re.findall(r'<h3><a href="/kasus/([^"]+)">', html)


def test_each_sees_the_queue_that_is_hers(console: Console) -> None:
    help_case, mediation = file_case(console), file_case(console, "mediation", "urgent")
    give_to_mediator(console, mediation)
    assert codes_on(console.signed_in("maria").get("/").text) == [mediation, help_case]
    assert codes_on(console.signed_in("lusia").get("/").text) == [mediation, help_case]
    assert codes_on(console.signed_in("yosef").get("/").text) == [mediation]
    assert console.signed_in("rini").get("/").status_code == 404
    stranger = console.stranger().get("/")
    assert stranger.status_code == 303
    assert help_case not in stranger.text


def test_the_list_shows_nothing_of_what_was_told(console: Console) -> None:
    file_case(console)
    html = console.signed_in("maria").get("/").text
    for secret in (STORY, CONTACT, "Dalung", "upah"):
        assert secret not in html


def test_the_button_to_take_a_case_is_short_and_still_says_which(
    console: Console, browsing: Browsing
) -> None:
    code = file_case(console)
    page = browsing.signed_in("maria")
    page.goto("/")
    button = page.get_by_role("button", name=f"Ambil {code}", exact=True)
    size = button.bounding_box()
    assert size
    assert size["width"] < 100  # the code stands in the same row already
    button.click()
    page.wait_for_url(f"**/kasus/{code}")
    assert row(console, code)["assigned_to"] == "maria"


def test_an_excluded_reviewer_finds_no_trace(console: Console) -> None:
    code = file_case(console)
    console.write(visibility.exclude, code, "maria")
    maria = console.signed_in("maria")
    assert code not in maria.get("/").text
    assert '<span class="count">0</span>' in maria.get("/").text
    hidden, nothing = maria.post("/cari", {"kode": code}), maria.post("/cari", {"kode": "KR-0000-0000"})
    assert hidden.headers["location"] == nothing.headers["location"] == "/"
    assert codes_on(console.signed_in("bram").get("/").text) == [code]


def test_a_restricted_case_is_in_the_queue_of_leads_alone(console: Console) -> None:
    code = file_case(console)
    console.write(visibility.hold_back, console.keys, code, "seseorang di kantor")
    assert codes_on(console.signed_in("maria").get("/").text) == []
    html = console.signed_in("lusia").get("/").text
    assert codes_on(html) == [code]
    assert "Terbatas" in html


def test_groups_filters_and_counts(console: Console) -> None:
    first, second, third = file_case(console), file_case(console, "message"), file_case(console)
    console.write(assignment.take, console.keys, second, member(console, "maria"))
    console.write(messages.from_person, console.keys, third, "Halo?")
    console.write(casework.set_tags, first, member(console, "maria"), {"wages"})
    maria = console.signed_in("maria")
    assert codes_on(maria.get("/?kelompok=in_progress").text) == [second]
    assert codes_on(maria.get("/?kelompok=nonsense").text) == [first, third]
    assert codes_on(maria.get("/?kelompok=in_progress&petugas=maria").text) == [second]
    assert codes_on(maria.get("/?kelompok=in_progress&petugas=bram").text) == []
    assert codes_on(maria.get("/?petugas=-").text) == [first, third]
    assert codes_on(maria.get("/?tanda=wages").text) == [first]
    assert codes_on(maria.get("/?belum=ya").text) == [third]
    assert codes_on(maria.get("/?jenis=message&kelompok=in_progress").text) == [second]
    assert codes_on(maria.get("/?wilayah=Gianyar").text) == []
    assert "1 pesan baru" in maria.get("/").text
    assert re.findall(r'<span class="count">(\d+)</span>', maria.get("/").text) == ["2", "1", "0", "0"]


def test_practice_cases_have_a_queue_of_their_own(console: Console) -> None:
    code = file_case(console)
    console.db.execute("update referrals set practice = 1 where code = ?", [code])
    maria = console.signed_in("maria")
    assert codes_on(maria.get("/").text) == []
    html = maria.get("/?latihan=ya").text
    assert codes_on(html) == [code]
    assert "Ini kasus karangan untuk latihan" in html


def test_the_queue_is_leafed_through(console: Console) -> None:
    for _ in range(53):
        file_case(console)
    maria = console.signed_in("maria")
    first = maria.get("/").text
    assert len(codes_on(first)) == 50
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = maria.get(following[1].replace("&amp;", "&")).text
    assert len(codes_on(second)) == 3
    assert not set(codes_on(first)) & set(codes_on(second))
    preceding = re.search(r'rel="prev" href="([^"]+)"', second)
    assert preceding is not None
    assert codes_on(maria.get(preceding[1].replace("&amp;", "&")).text) == codes_on(first)


@pytest.mark.parametrize("write", ["{code}", "{lower}", "{spaced}", "{bare}", " {code} "])
def test_a_code_is_found_however_it_is_typed(console: Console, write: str) -> None:
    code = file_case(console)
    typed = write.format(
        code=code,
        lower=code.lower(),
        spaced=code.replace("-", " "),
        bare=code.removeprefix("KR-").replace("-", ""),
    )
    answer = console.signed_in("maria").post("/cari", {"kode": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/kasus/{code}")


def test_a_case_is_taken_from_the_list_and_the_second_hears_who_was_quicker(console: Console) -> None:
    code = file_case(console)
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    assert maria.post(f"/kasus/{code}/ambil").headers["location"] == f"/kasus/{code}"
    assert (row(console, code)["assigned_to"], row(console, code)["status"]) == ("maria", "in_progress")
    again = bram.post(f"/kasus/{code}/ambil")
    assert "Kasus ini sudah diambil Maria Bere." in bram.get(again.headers["location"]).text
    assert deeds(console, code) == [("maria", "took")]


def test_the_queue_works_on_a_phone_and_by_keyboard(console: Console, browsing: Browsing) -> None:
    code = file_case(console, priority="urgent")
    file_case(console)
    page = browsing.signed_in("maria", PHONE)
    page.goto("/")
    assert fits_the_screen(page)
    assert findings(page) == []
    page.get_by_label("Kode kasus").focus()
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/kasus/{code}")
    assert fits_the_screen(page)
    assert findings(page) == []

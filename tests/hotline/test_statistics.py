"""/statistik: who sees figures, what is never told, and that charts are pictures with their tables."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from store import referrals, statistics, tallies, visibility
from store.clock import today_in_bali
from store.quarters import Quarter, moment_of
from store.referrals import NewReferral
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console

PRESENT = Quarter.of(today_in_bali())
LAST = Quarter.of(PRESENT.begins - timedelta(days=1))


def file(
    console: Console, times: int, regency: str = "Badung", kind: str = "help", practice: int = 0
) -> list[str]:
    """Cases of the first week of the quarter before this one."""
    made = []
    for _ in range(times):
        case = NewReferral(kind, "normal", {"happened": "rahasia sekali"}, None, None, regency, "1")
        code = console.write(referrals.add, console.keys, case)
        moment = (datetime.fromisoformat(moment_of(LAST.begins)) + timedelta(hours=9)).isoformat()
        with console.db.conn:
            console.db.execute(
                "update referrals set created_at = ?, practice = ? where code = ?", [moment, practice, code]
            )
        made.append(code)
    return made


@pytest.fixture
def counted(console: Console) -> Console:
    """A quarter with large and small counts."""
    file(console, 20, "Badung", "help")
    file(console, 3, "Bangli", "help")
    file(console, 11, "Badung", "mediation")
    file(console, 6, "Bangli", "mediation")
    for _ in range(9):
        console.write(tallies.count, LAST.begins, "topic", "housing", "id")
        for decision in ("answer", "clarify", "fallback", "handover"):
            console.write(tallies.count, LAST.begins, "decision", decision, "id")
    return console


def cells(page: str, title: str) -> list[list[str]]:
    """The rows of a table of the page."""
    part = page.split(f'aria-label="{title}"', 1)[1].split("</table>", 1)[0]
    rows = re.findall(r"<tr.*?</tr>", part, re.S)[1:]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows
    ]


@pytest.mark.parametrize("login", ["rini", "maria", "lusia", "ani"])
def test_readers_and_staff_see_the_figures(counted: Console, login: str) -> None:
    answer = counted.signed_in(login).get(f"/statistik?kuartal={LAST}")
    assert answer.status_code == 200
    table = cells(answer.text, "Kasus menurut wilayah dan jenis")
    assert table == [
        ["Badung", "×", "×", "31"],
        ["Bangli", "&lt;5", "×", "9"],
        ["Jumlah", "23", "17", "40"],
    ]


def test_a_mediator_and_a_stranger_see_nothing(counted: Console) -> None:
    for path in (f"/statistik?kuartal={LAST}", f"/statistik/{LAST}/csv", f"/statistik/{LAST}/grafik/week"):
        assert counted.signed_in("yosef").get(path).status_code == 404
        answer = counted.stranger().get(path)
        assert answer.status_code == 303
        assert "31" not in answer.text


def test_the_figures_are_all_a_reader_has(counted: Console) -> None:
    rini = counted.signed_in("rini")
    assert 'href="/statistik"' in rini.get("/akun").text
    for path in (
        "/",
        "/jejak",
        "/pengetahuan",
        "/pesan-belum-dipahami",
        "/rujukan",
        "/mediasi",
        "/kasus-baru",
    ):
        assert rini.get(path).status_code in (303, 404), path
    for code in file(counted, 1):
        assert rini.get(f"/kasus/{code}").status_code == 404


def test_practice_is_not_counted(counted: Console) -> None:
    file(counted, 30, practice=1)
    assert cells(counted.signed_in("rini").get(f"/statistik?kuartal={LAST}").text, "Kasus menurut minggu")[
        -1
    ] == [
        "Jumlah",
        "40",
    ]


def test_who_was_excluded_counts_no_case_too_many(counted: Console) -> None:
    counted.write(visibility.exclude, file(counted, 1)[0], "maria")
    for login, total in (("maria", "40"), ("bram", "41"), ("rini", "41")):
        page = counted.signed_in(login).get(f"/statistik?kuartal={LAST}").text
        assert cells(page, "Kasus menurut minggu")[-1][1] == total


def test_the_share_answered_without_staff_is_told(counted: Console) -> None:
    assert "25 % dijawab langsung" in counted.signed_in("rini").get(f"/statistik?kuartal={LAST}").text


def test_the_file_holds_what_the_page_shows_and_nothing_of_a_person(counted: Console) -> None:
    codes = file(counted, 1)
    answer = counted.signed_in("rini").get(f"/statistik/{LAST}/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="kawan-rantau-{LAST}.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["tabel", "baris", "kolom", "angka"]
    assert ["Kasus menurut wilayah dan jenis", "Bangli", "Permintaan bantuan", "<5"] in rows
    assert ["Pertanyaan menurut topik dan bahasa", "Kos & kontrakan", "Bahasa Indonesia", "9"] in rows
    for secret in (*codes, "rahasia", "maria"):
        assert secret not in answer.text


def test_a_name_that_a_spreadsheet_would_run_is_only_text(counted: Console) -> None:
    for _ in range(6):
        counted.write(tallies.count, LAST.begins, "campaign", "=1+1", "id")
    assert ",'=1+1," in counted.signed_in("rini").get(f"/statistik/{LAST}/csv").text


def test_a_chart_is_a_picture_without_script_and_tells_only_what_may_be_told(counted: Console) -> None:
    answer = counted.signed_in("rini").get(f"/statistik/{LAST}/grafik/regency")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "script" not in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "31" in answer.text
    kinds = counted.signed_in("rini").get(f"/statistik/{LAST}/grafik/topic").text
    assert "Kos &amp; kontrakan" in kinds


def test_a_withheld_count_has_no_bar(console: Console) -> None:
    file(console, 3, "Bangli")
    file(console, 20, "Badung")
    picture = console.signed_in("rini").get(f"/statistik/{LAST}/grafik/regency").text
    assert "Bangli: &lt;5" in picture
    assert picture.count('class="rect') <= 1


@pytest.mark.parametrize("path", ["grafik/nothing", "grafik/hours", "grafik/..%2f..%2fkey"])
def test_a_chart_that_is_not_there_is_not_there(counted: Console, path: str) -> None:
    assert counted.signed_in("rini").get(f"/statistik/{LAST}/{path}").status_code == 404


@pytest.mark.parametrize("written", ["2026-q9", "x", str(PRESENT.next), "2026-q1'"])
def test_a_quarter_that_is_none_or_to_come_is_not_there(console: Console, written: str) -> None:
    assert console.signed_in("rini").get("/statistik").status_code == 200
    assert console.signed_in("rini").get(f"/statistik?kuartal={written}").status_code == 404


def test_a_quarter_that_is_over_says_that_its_figures_stay(counted: Console) -> None:
    counted.write(statistics.keep_finished, LAST.ends + timedelta(days=40))
    file(counted, 30)
    page = counted.signed_in("rini").get(f"/statistik?kuartal={LAST}").text
    assert "Angka akhir" in page
    assert cells(page, "Kasus menurut minggu")[-1] == ["Jumlah", "40"]


def test_it_reads_well_for_everyone(counted: Console, browsing: Browsing) -> None:
    page: Page = browsing.signed_in("rini", PHONE)
    page.goto(f"/statistik?kuartal={LAST}")
    assert fits_the_screen(page)
    assert findings(page) == []
    page.locator("img.chart").first.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].slice(0, 1).every(i => i.complete && i.naturalWidth > 100)")

"""/pengetahuan: staff read what people read, see what readers found wanting, and note whom they have called."""

from __future__ import annotations

import re

import pytest

from knowledge.library import load_library
from knowledge.render import answer_text
from store import article_drafts, confirmations, nlu_inbox, tallies
from store.clock import today_in_bali
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console

LIBRARY = load_library()
ARTICLE = "housing/deposit-not-returned"
PAGE = f"/pengetahuan/artikel/{ARTICLE}"
CONTACT = "/pengetahuan/kontak/police-110"
PATHS = ("/pengetahuan", PAGE, "/pengetahuan/jatuh-tempo", "/pengetahuan/kontak", CONTACT)


def row_of(page: str, title: str) -> list[str]:
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if title in row)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
    ]


@pytest.mark.parametrize("path", PATHS)
def test_staff_may_read_others_may_not(console: Console, path: str) -> None:
    for login in ("maria", "lusia", "ani"):
        assert console.signed_in(login).get(path).status_code == 200
    for login in ("yosef", "rini"):
        assert console.signed_in(login).get(path).status_code == 404
    assert console.stranger().get(path).status_code == 303


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_article_reads_as_people_see_it(console: Console, lang: str) -> None:
    page = console.signed_in("maria").get(f"{PAGE}?bahasa={lang}").text
    article = LIBRARY.article(ARTICLE, lang)
    assert article is not None
    for line in answer_text(article, LIBRARY, today_in_bali()).splitlines():
        assert line.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;") in page
    for fact in article.facts:
        assert LIBRARY.facts[fact].says.replace("&", "&amp;")[:20] in page


def test_it_tells_how_often_an_article_was_read_and_why_it_was_not_liked(console: Console) -> None:
    for _ in range(7):
        console.write(tallies.count, today_in_bali(), "article", ARTICLE, "id")
    for verdict in ("good", "good", "unclear", "unclear", "unclear", "outdated"):
        console.write(nlu_inbox.rate, ARTICLE, verdict, today_in_bali())
    article = LIBRARY.article(ARTICLE, "id")
    assert article is not None
    page = console.signed_in("maria").get("/pengetahuan").text
    assert row_of(page, article.title)[1:7] == ["7", "2", "4", "0", "3", "1"]
    assert page.index(article.title) < page.index("adat_rules/")  # the most criticised stands first
    assert re.search(r"Kurang jelas</dt><dd>3<", console.signed_in("maria").get(PAGE).text)


def test_articles_can_be_found_by_words(console: Console) -> None:
    page = console.signed_in("maria").get("/pengetahuan?cari=uang+jaminan+kos").text
    assert PAGE in page
    assert "Tidak ada halaman yang cocok" in console.signed_in("maria").get("/pengetahuan?cari=qqqq").text


@pytest.mark.parametrize("path", ["artikel/housing/none", "kontak/none", "draf/99", "artikel/..%2f..%2fx/y"])
def test_what_is_not_there_is_not_there(console: Console, path: str) -> None:
    assert console.signed_in("maria").get(f"/pengetahuan/{path}").status_code == 404


def test_a_call_is_noted_with_who_when_and_result(console: Console) -> None:
    maria = console.signed_in("maria")
    assert "belum pernah" in row_of(maria.get("/pengetahuan/kontak").text, "Polisi 110")[3]
    maria.get(CONTACT)
    assert maria.post(CONTACT, {"hasil": "reached"}).status_code == 303
    noted = confirmations.latest(console.db)["police-110"]
    assert (noted.confirmed_by, noted.result) == ("maria", "reached")
    row = row_of(maria.get("/pengetahuan/kontak").text, "Polisi 110")
    assert row[3].startswith("Tersambung dan benar Maria Bere, ")
    assert "Maria Bere" in maria.get(CONTACT).text
    assert "police-110" not in maria.get("/pengetahuan/jatuh-tempo").text
    assert (
        "Menelepon kontak police-110: Tersambung dan benar" in console.signed_in("lusia").get("/jejak").text
    )


@pytest.mark.parametrize("result", ["", "maybe"])
def test_a_call_without_a_result_is_not_noted(console: Console, result: str) -> None:
    maria = console.signed_in("maria")
    maria.get(CONTACT)
    answer = maria.post(CONTACT, {"hasil": result})
    assert (answer.status_code, "Pilih apa yang terjadi" in answer.text) == (422, True)
    assert confirmations.latest(console.db) == {}


def test_others_cannot_note_a_call(console: Console) -> None:
    for login in ("yosef", "rini"):
        visitor = console.signed_in(login)
        visitor.get("/akun")
        assert visitor.post(CONTACT, {"hasil": "reached"}).status_code == 404
    assert confirmations.latest(console.db) == {}


def test_numbers_of_a_crisis_that_nobody_called_are_counted(console: Console) -> None:
    crisis = [id for id, contact in LIBRARY.contacts.items() if contact.crisis]
    lusia = console.signed_in("lusia")
    assert f"{len(crisis)} nomor darurat belum pernah dicoba" in lusia.get("/pengetahuan/kontak").text
    for id in crisis:
        console.write(confirmations.confirm, id, "reached", "maria")
    assert "belum pernah dicoba" not in lusia.get("/pengetahuan/kontak").text


def test_a_draft_reads_well_for_everyone(console: Console, browsing: Browsing) -> None:
    note = "Berapa kali dan sampai kapan dibayar."
    console.write(article_drafts.begin, "adat_rules/iuran-desa-wajib", "Iuran desa, wajib?", note, "maria")
    page = browsing.signed_in("maria", PHONE)
    answer = page.goto("/pengetahuan/draf/1")
    assert answer
    assert answer.status == 200
    assert fits_the_screen(page)
    assert findings(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_it_reads_well_for_everyone(console: Console, browsing: Browsing, path: str) -> None:
    page = browsing.signed_in("maria", PHONE)
    page.goto(path)
    assert fits_the_screen(page)
    assert findings(page) == []

"""/jejak: a lead follows a case or a person; nobody else does, and what is hidden from her stays hidden here."""

from __future__ import annotations

import re

import pytest

from store import audit, audit_trail, practice, referrals, visibility
from store.referrals import NewReferral
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console

FILED = NewReferral("help", "normal", {"happened": "rahasia sekali"}, None, None, "Badung", "1")

INVENTED = practice.Invented(
    FILED, "2026-11-20T00:00:00.000000+00:00", "new", None, None, None, False, (), (), (), (), (), None, ()
)


@pytest.fixture
def code(console: Console) -> str:
    code = console.write(referrals.add, console.keys, FILED)
    console.write(referrals.opened, console.keys, code, "maria")
    console.write(audit.record, "lusia", "assigned to bram", code)
    return code


def rows(page: str) -> list[list[str]]:
    body = page.split("<tbody>", 1)[1].split("</tbody>", 1)[0] if "<tbody>" in page else ""
    found = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        ]
        for row in found
    ]


def test_a_lead_sees_who_did_what(console: Console, code: str) -> None:
    page = console.signed_in("lusia").get(f"/jejak?kasus={code}").text
    assert [row[1:] for row in rows(page)] == [
        ["Lusia Hoar", "Menugaskan ke Bram Tokan", code],
        ["Maria Bere", "Membuka kasus", code],
        ["bot", "Kasus dicatat", code],
    ]
    assert f'href="/kasus/{code}"' in page
    assert "rahasia" not in page


def test_a_person_and_a_typed_code_narrow_it(console: Console, code: str) -> None:
    other = console.write(referrals.add, console.keys, FILED)
    lusia = console.signed_in("lusia")
    typed = code.lower().replace("-", "+")
    assert {row[3] for row in rows(lusia.get(f"/jejak?kasus={typed}").text)} == {code}
    assert [row[1:3] for row in rows(lusia.get("/jejak?orang=maria").text) if row[3] == code] == [
        ["Maria Bere", "Membuka kasus"]
    ]
    assert other not in lusia.get("/jejak?orang=maria").text
    assert "Tidak ada jejak yang cocok" in lusia.get("/jejak?kasus=KR-0000-0000").text


@pytest.mark.parametrize("login", ["maria", "yosef", "rini"])
def test_other_roles_and_strangers_find_no_such_page(console: Console, code: str, login: str) -> None:
    answer = console.signed_in(login).get(f"/jejak?kasus={code}")
    assert (answer.status_code, code in answer.text) == (404, False)
    assert '"/jejak"' not in console.signed_in(login).get("/akun").text
    stranger = console.stranger().get(f"/jejak?kasus={code}")
    assert (stranger.status_code, code in stranger.text) == (303, False)


def test_a_lead_who_was_excluded_finds_nothing_of_the_case(console: Console, code: str) -> None:
    console.write(visibility.exclude, code, "lusia")
    lusia = console.signed_in("lusia")
    assert code not in lusia.get("/jejak").text
    assert rows(lusia.get(f"/jejak?kasus={code}").text) == []
    assert code in console.signed_in("ani").get("/jejak").text


def test_an_erased_case_leaves_its_trace_but_no_link(console: Console, code: str) -> None:
    console.write(referrals.erase, code, "bot", "erased at the person's wish")
    page = console.signed_in("lusia").get("/jejak").text
    assert ["bot", "Dihapus atas permintaan orangnya", code] in [row[1:] for row in rows(page)]
    assert f'href="/kasus/{code}"' not in page


def test_pages_follow_one_another(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(audit_trail.PAGE + 7):
        console.write(audit.record, "bram", f"deed {number}", "")
    lusia = console.signed_in("lusia")
    first = lusia.get("/jejak?orang=bram")
    assert len(rows(first.text)) == audit_trail.PAGE
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older is not None
    second = lusia.get(older[1].replace("&amp;", "&"))
    deeds = [row[2] for row in rows(first.text) + rows(second.text)]
    assert [deed for deed in deeds if deed.startswith("deed")] == [
        f"deed {number}" for number in range(audit_trail.PAGE + 6, -1, -1)
    ]
    assert 'rel="prev"' in second.text


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "1;drop", "²"])
def test_odd_numbers_in_the_address_do_no_harm(console: Console, before: str) -> None:
    assert console.signed_in("lusia").get(f"/jejak?sebelum={before}").status_code == 200


def test_it_reads_well_for_everyone(console: Console, code: str, browsing: Browsing) -> None:
    page = browsing.signed_in("lusia", PHONE)
    page.goto("/jejak")
    assert fits_the_screen(page)
    assert findings(page) == []


def test_deeds_of_practice_are_marked(console: Console, code: str) -> None:
    invented = console.write(practice.add, console.keys, INVENTED)
    page = console.signed_in("lusia").get("/jejak").text
    assert f"{invented} latihan" in {row[3] for row in rows(page)}
    assert code in {row[3] for row in rows(page)}

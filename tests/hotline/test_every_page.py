"""Whatever stands in the menu: readable, fitting a phone, no mistakes of the browser's, for every role."""

from __future__ import annotations

import pytest

from hotline.pages import full_menu
from store import staff
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen, without_one
from tests.hotline.console import MEMBERS, Console


@pytest.mark.parametrize("login", MEMBERS)
def test_every_page_in_the_menu_opens_and_fits_a_phone(
    console: Console, browsing: Browsing, login: str
) -> None:
    page = browsing.signed_in(login, PHONE)
    for entry in full_menu().of(staff.active(console.db, login)):
        answer = page.goto(entry.path)
        assert answer
        assert (entry.path, answer.status) == (entry.path, 200)
        assert (entry.path, fits_the_screen(page)) == (entry.path, True)


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_in_the_menu_is_accessible(console: Console, browsing: Browsing, dark: bool) -> None:
    seen = set()
    for login in ("lusia", "rini", "yosef", "ani"):
        page = browsing.signed_in(login, dark=dark)
        for entry in full_menu().of(staff.active(console.db, login)):
            if entry.path not in seen:
                seen.add(entry.path)
                page.goto(entry.path)
                assert (entry.path, findings(page)) == (entry.path, [])


def test_the_menu_stands_in_one_line_on_a_desk(browsing: Browsing) -> None:
    page = browsing.signed_in("ani")  # an admin has the longest
    for language in ("Bahasa Indonesia", "English"):
        page.goto("/")
        page.get_by_role("contentinfo").get_by_role("button", name=language).click()
        page.locator(f"button[aria-current]:has-text('{language}')").wait_for()
        tops = page.locator(".head nav li").evaluate_all("all => all.map(one => one.offsetTop)")
        assert len(tops) == 10
        assert len(set(tops)) == 1


@pytest.mark.parametrize("login", MEMBERS)
def test_pages_of_other_roles_are_not_there(console: Console, login: str) -> None:
    visitor = console.signed_in(login)
    allowed = {entry.path for entry in full_menu().of(staff.active(console.db, login))}
    everything = {entry.path for role in staff.ROLES for entry in full_menu().of(member_with(role))}
    for path in everything - allowed:
        assert (path, visitor.get(path).status_code) == (path, 404)


def member_with(role: str) -> staff.Member:
    return staff.Member("anyone", role, True, "")


def test_without_a_browser_tests_are_skipped_but_never_on_the_gates_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        without_one("none")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception):
        without_one("none")

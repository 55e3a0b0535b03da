"""A real Chromium for the tests: the system's, or the one Playwright has downloaded (scripts/browser.sh gets one)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from kawan import PROJECT
from tests.hotline.console import Console

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium for the whole run. Without one the test is skipped; with CI=true that is a failure."""
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(PROJECT / ".cache" / "playwright"))
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found_here(), args=SWITCHES)
        except Error as error:
            without_one(str(error).partition("\n")[0])
        yield browser
        browser.close()


def found_here() -> str | None:
    """The system's Chromium; None lets Playwright take its own."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def without_one(why: str) -> NoReturn:
    """Skips the test, or fails it where a browser is a must."""
    missing = f"there is no Chromium that starts ({why}); scripts/browser.sh gets one"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


class Browsing:
    """Pages of a browser at one console; each person has cookies of her own."""

    def __init__(self, browser: Browser, console: Console) -> None:
        self._browser = browser
        self._console = console
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []  # what the console of the browser says: blocked styles, script errors

    def stranger(
        self, size: dict[str, int] = DESK, dark: bool = False, lang: str = "id", scripts: bool = True
    ) -> Page:
        """A window in which nobody is signed in."""
        context = self._browser.new_context(
            base_url=self._console.url,
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="dark" if dark else "light",
            locale="id-ID" if lang == "id" else "en-GB",
            java_script_enabled=scripts,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self._hear("error", str(error)))
        return page

    def signed_in(self, login: str, size: dict[str, int] = DESK, dark: bool = False) -> Page:
        """A window of a member with an open session."""
        page = self.stranger(size, dark)
        visitor = self._console.signed_in(login)
        page.context.add_cookies(
            [
                {"name": cookie.name, "value": cookie.value or "", "url": self._console.url}
                for cookie in visitor.http.cookies.jar
            ]
        )
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:  # a refused form is no mistake of the page
            self.complaints.append(text)


def fits_the_screen(page: Page) -> bool:
    """Whether nothing sticks out to the right (tables scroll inside their frame)."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))

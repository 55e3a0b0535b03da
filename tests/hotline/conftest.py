"""A running console per test, one Chromium per run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.hotline.browser import Browsing, chromium
from tests.hotline.console import Console


@pytest.fixture
def console(data_dir: Path) -> Iterator[Console]:
    """A console with a member of every role: maria and bram (reviewer), yosef, lusia, ani, rini."""
    with Console(data_dir) as running:
        yield running


@pytest.fixture(scope="package")
def chromium_of_this_run() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def browsing(chromium_of_this_run: Browser, console: Console) -> Iterator[Browsing]:
    """Windows of a real browser at the console; what the browser complains about fails the test."""
    opened = Browsing(chromium_of_this_run, console)
    yield opened
    opened.close()
    assert opened.complaints == []

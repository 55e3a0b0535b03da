"""People to talk with: one with a hotline behind the assistant, one without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.turn import Hotline
from tests.bot.person import Person


@pytest.fixture
def person() -> Iterator[Person]:
    someone = Person(Hotline(practice=True))
    yield someone
    someone.services.db.close()


@pytest.fixture
def without_hotline() -> Iterator[Person]:
    someone = Person(Hotline())
    yield someone
    someone.services.db.close()

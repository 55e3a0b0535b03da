"""Somebody floods the bot: they are told once, others notice nothing, and danger is never held back."""

from __future__ import annotations

import pytest

from bot.limits import CAPACITY
from tests.botapi import BotApiServer, Person
from tests.telegram.errands import all_on_screen, waits_until
from tests.telegram.process import BotProcess

WARNING = "Pelan-pelan ya, Kak"
MANY = int(CAPACITY) + 10


def floods(telegram: BotApiServer, person: Person) -> None:
    """As fast as a thumb can: each is a turn of its own, and its answer is one short message."""
    for _ in range(MANY):
        person.sends("/bahasa")
    waits_until(lambda: not telegram.pending, "all updates confirmed", timeout=60)


@pytest.fixture
def flooding(telegram: BotApiServer, bot: BotProcess) -> Person:
    sari = telegram.person(id=13_000 + len(telegram.calls))
    floods(telegram, sari)
    return sari


def test_a_flood_gets_one_warning_while_danger_is_answered(
    telegram: BotApiServer, bot: BotProcess, flooding: Person
) -> None:
    nus = telegram.person(id=1302)
    nus.sends("/menu")
    assert nus.waits_for()  # nobody else is slowed down
    flooding.sends("tolong, mereka bawa parang di depan kos")
    flooding.waits_for(containing="☎ 110", timeout=90)  # before all that still waits to be sent
    flooding.waits_for(containing=WARNING, timeout=90)
    warnings = [text for text in all_on_screen(flooding) if WARNING in text]
    assert len(warnings) == 1
    assert "darurat" in warnings[0]
    assert "110" in warnings[0]
    answered = [text for text in all_on_screen(flooding) if text.startswith("Bahasa")]
    assert len(answered) < MANY


def test_who_floods_can_still_hide_the_screen(
    telegram: BotApiServer, bot: BotProcess, flooding: Person
) -> None:
    flooding.sends("sembunyikan")
    flooding.waits_for(containing="hari raya di Bali", timeout=90)


def test_the_word_for_emergencies_works_in_a_flood(
    telegram: BotApiServer, bot: BotProcess, flooding: Person
) -> None:
    """The warning itself says: write «darurat»."""
    flooding.sends("darurat")
    flooding.waits_for(containing="☎ 110", timeout=90)

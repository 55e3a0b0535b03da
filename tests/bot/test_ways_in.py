"""How people come to the request for help and to mediation, with a hotline and without one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import BotCommand

from bot.telegram import system
from tests.bot.person import LIBRARY, Person, labels, said

HELP, MEDIATION = "form:help_request", "form:mediation_request"


def datas(person: Person) -> list[str]:
    return [b.data for part in person.last.parts for b in part.buttons]


@pytest.mark.parametrize("way", ["/bantu", "/gethelp", "/start help"])
def test_help_is_offered_not_begun(person: Person, way: str) -> None:
    person.writes(way)
    assert datas(person)[0] == HELP
    assert person.tracker.form is None
    person.taps("Minta bantuan petugas")
    assert person.asked == "consent"


@pytest.mark.parametrize("way", ["/mediasi", "/mediation", "/start mediation"])
def test_mediation_is_offered_with_what_it_is_not_for(person: Person, way: str) -> None:
    reply = person.writes(way)
    assert "Bukan untuk kekerasan di rumah" in said(reply)
    assert datas(person)[:3] == [MEDIATION, "article:mediation/how-it-runs", HELP]
    assert person.tracker.form is None
    person.taps("Minta mediasi")
    assert person.asked == "consent"


def test_the_further_menu_leads_to_both(person: Person) -> None:
    person.presses("more")
    assert {"help", "mediation"} <= set(datas(person))
    person.taps("🤝 Minta mediasi")
    assert MEDIATION in datas(person)
    person.presses("help")
    assert HELP in datas(person)


def test_the_way_to_staff_offers_help_beside_a_plain_message(person: Person) -> None:
    person.writes("mau bicara dengan orang", ("talk_to_staff", 0.9))
    assert datas(person)[:2] == [HELP, "form:message_to_staff"]


@pytest.mark.parametrize("crisis", ["emergency", "gender_violence", "trafficking", "self_harm"])
def test_after_danger_help_is_offered(person: Person, crisis: str) -> None:
    person.writes("x", (crisis, 0.9))
    person.taps("Ya, aman")
    assert HELP in datas(person)


@pytest.mark.parametrize("article", sorted({a.id for a in LIBRARY.published() if a.intent == "mediation"}))
def test_pages_on_mediation_offer_it_but_for_the_one_on_when_not_to(person: Person, article: str) -> None:
    person.presses(f"article:{article}")
    assert (MEDIATION in datas(person)) == (article != "mediation/when-not")
    assert "staff" in datas(person)


def test_other_pages_offer_no_mediation(person: Person) -> None:
    for page in LIBRARY.published():
        if page.intent != "mediation":
            person.presses(f"article:{page.id}")
            assert MEDIATION not in datas(person), page.id


def test_danger_in_a_command_comes_before_its_offer(person: Person) -> None:
    assert person.writes("/bantu suami pukul saya").decision == "crisis"


@pytest.mark.parametrize("way", ["/bantu", "/mediasi", "/start help", "/start mediation"])
def test_without_a_hotline_agencies_are_shown(without_hotline: Person, way: str) -> None:
    reply = without_hotline.writes(way)
    assert reply.decision == "handover"
    assert "belum ada petugas" in said(reply)
    assert not {"Minta bantuan petugas", "Minta mediasi"} & set(labels(reply))


@pytest.mark.parametrize("form", [HELP, MEDIATION])
def test_without_a_hotline_no_form_begins(without_hotline: Person, form: str) -> None:
    assert without_hotline.presses(form).decision == "handover"
    assert without_hotline.tracker.form is None


@pytest.mark.parametrize("way", ["/bantu", "/mediasi", "/start mediation", "help"])
def test_an_open_form_waits_and_asks_on(person: Person, way: str) -> None:
    person.presses(HELP)
    person.taps("Ya, petugas saja", "Lain")
    reply = person.presses(way) if way == "help" else person.writes(way)
    assert "Kita lanjutkan formulirnya" in said(reply)
    assert person.asked == "danger"
    assert "formulir yang terbuka" in said(person.presses(MEDIATION))


def test_help_names_both_commands(person: Person) -> None:
    assert "/bantu " in said(person.writes("/bantuan"))
    assert "/mediasi " in said(person.last)


class Bot:
    """Takes what the real one would send."""

    def __init__(self) -> None:
        self.commands: dict[str | None, list[BotCommand]] = {}
        self.descriptions: dict[str | None, str] = {}
        self.short_descriptions: dict[str | None, str] = {}

    async def initialize(self) -> None: ...

    async def set_my_commands(self, commands: list[BotCommand], language_code: str | None) -> None:
        self.commands[language_code] = commands

    async def set_my_description(self, description: str, language_code: str | None) -> None:
        self.descriptions[language_code] = description

    async def set_my_short_description(self, short_description: str, language_code: str | None) -> None:
        self.short_descriptions[language_code] = short_description


@pytest.fixture
def told_to_telegram() -> Bot:
    bot: Any = Bot()
    asyncio.run(system._reach_telegram(bot, asyncio.Event()))
    assert isinstance(bot, Bot)
    return bot


def test_both_commands_are_told_to_telegram_in_both_languages(told_to_telegram: Bot) -> None:
    for lang, words in ((None, "minta bantuan petugas"), ("en", "ask our staff for help")):
        told = {command.command: command.description for command in told_to_telegram.commands[lang]}
        assert told["bantu"] == words
        assert {"mediasi", "lanjut", "data", "sembunyikan"} <= set(told)


@pytest.mark.parametrize("lang", [None, "en"])
def test_whoever_opens_the_chat_reads_what_it_is_and_what_to_do_in_danger(
    told_to_telegram: Bot, lang: str | None
) -> None:
    about = told_to_telegram.descriptions[lang]
    short = told_to_telegram.short_descriptions[lang]
    assert "110" in about
    assert "110" in short
    assert len(about) <= 512  # Telegram refuses more
    assert len(short) <= 120

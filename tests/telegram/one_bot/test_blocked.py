"""Somebody blocks the bot: it is noticed, what matters is parked, and delivered when they return."""

from __future__ import annotations

import pytest

from store import outbox
from tests.botapi import BotApiServer, Person
from tests.telegram.errands import (
    calls_in,
    files_a_message,
    staff_write,
    store_of,
    thread_of,
    waits_until,
)
from tests.telegram.process import BotProcess


def is_blocked(bot: BotProcess, person: Person) -> bool:
    with store_of(bot) as (db, keys):
        return outbox.is_blocked(db, keys.name_of(person.id))


def refuses_the_next(telegram: BotApiServer, bot: BotProcess) -> None:
    """Telegram refuses the next message; nothing of before is still on its way, so that it meets the right one."""

    def quiet() -> bool:
        with store_of(bot) as (db, _keys):
            return db.table("outbox").count_where("status in ('queued', 'sending')") == 0

    waits_until(quiet, "everything is sent")
    telegram.fails_next("sendMessage", 403, "Forbidden: bot was blocked by the user")


def deliveries(bot: BotProcess, code: str) -> list[str]:
    return [message.delivery for message in thread_of(bot, code)]


def test_news_for_who_blocked_the_bot_goes_out_on_return(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1401)
    code = files_a_message(sari)
    sari.blocks_bot()
    waits_until(lambda: is_blocked(bot, sari), "the bot knows")
    calls = len(calls_in(telegram, "sendMessage", sari.id))
    assert "The person has blocked the bot" in staff_write(bot, code, "Kami sudah bicara dengan LBH.")
    assert deliveries(bot, code) == ["blocked"]
    assert len(calls_in(telegram, "sendMessage", sari.id)) == calls  # not even tried
    sari.unblocks_bot()
    [notice] = sari.waits_for(containing="Ada kabar")
    assert notice.text == f"Ada kabar untuk {code}."
    sari.presses("Baca")
    sari.waits_for(containing="Kami sudah bicara dengan LBH.")
    assert deliveries(bot, code) == ["sent"]
    assert not is_blocked(bot, sari)


def test_who_was_found_to_have_blocked_it_only_by_the_refusal_is_met_the_same_way(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1402)
    code = files_a_message(sari)
    refuses_the_next(telegram, bot)
    staff_write(bot, code, "Kami sudah baca.")
    waits_until(lambda: deliveries(bot, code) == ["blocked"], "the message is parked")
    sari.sends("/menu")  # writes again: so the bot may write, too
    assert sari.waits_for(containing="Ada kabar untuk KR")
    waits_until(lambda: deliveries(bot, code) == ["sent"], "the message is sent")


def test_ordinary_answers_are_not_saved_up_but_danger_is_answered_on_return(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1403)
    refuses_the_next(telegram, bot)
    sari.sends("/menu")
    waits_until(lambda: is_blocked(bot, sari), "the bot knows")
    sari.sends("/status")
    assert [m.text for m in sari.waits_for()] == ["Belum ada yang Kakak kirim dari percakapan ini."]
    refuses_the_next(telegram, bot)
    sari.sends("tolong, mereka bawa parang di depan kos")
    waits_until(lambda: is_blocked(bot, sari), "the bot knows")
    sari.blocks_bot()
    sari.unblocks_bot()
    assert any("110" in message.text for message in sari.waits_for(3, timeout=20))


def test_it_is_remembered_over_a_restart(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1404)
    code = files_a_message(sari)
    sari.blocks_bot()
    waits_until(lambda: is_blocked(bot, sari), "the bot knows")
    staff_write(bot, code, "Kami sudah baca.")
    bot.kill()
    bot.start()
    assert deliveries(bot, code) == ["blocked"]
    sari.unblocks_bot()
    sari.waits_for(containing="Ada kabar")


def test_one_who_blocked_it_holds_up_no_one(telegram: BotApiServer, bot: BotProcess) -> None:
    gone, sari = telegram.person(id=1405), telegram.person(id=1406)
    code = files_a_message(gone)
    gone.blocks_bot()
    staff_write(bot, code, "halo")
    sari.sends("/menu")
    assert sari.waits_for()[0].buttons


@pytest.mark.parametrize("times", [3])
def test_blocking_and_returning_again_and_again_sends_nothing_twice(
    telegram: BotApiServer, bot: BotProcess, times: int
) -> None:
    sari = telegram.person(id=1407)
    code = files_a_message(sari)
    sari.blocks_bot()
    waits_until(lambda: is_blocked(bot, sari), "the bot knows")
    staff_write(bot, code, "Kami sudah baca.")
    sari.unblocks_bot()
    sari.waits_for(containing="Ada kabar")
    for _ in range(times):
        sari.blocks_bot()
        waits_until(lambda: is_blocked(bot, sari), "the bot knows")
        sari.unblocks_bot()
        waits_until(lambda: not is_blocked(bot, sari), "the bot knows")
    sari.sends("/status")
    sari.waits_for(containing=code)
    assert len([m for m in sari.received() if m.text.startswith("Ada kabar untuk KR")]) == 1

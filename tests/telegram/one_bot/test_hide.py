"""A shared phone: one word takes the conversation off the screen, and nothing that comes later brings it back."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.messages import deletions
from store import messages, outbox
from store.database import write
from tests.botapi import BotApiServer, Person
from tests.telegram.errands import (
    STORY,
    all_on_screen,
    calls_in,
    files_a_message,
    opens_a_message,
    staff_write,
    store_of,
    thread_of,
    waits_until,
)
from tests.telegram.process import BotProcess

HARMLESS = "Mau tahu soal adat dan hari raya di Bali?"
ONLY_WHEN_I_WRITE = "Hanya kalau saya menulis dulu"


def hides(person: Person, word: str = "sembunyikan") -> str:
    """The word is sent; what then stands on the screen."""
    person.sends(word)
    return cleared(person)


def cleared(person: Person) -> str:
    """Waits until a single message is left on the screen, and gives it."""
    person.waits_for(containing=HARMLESS, timeout=20)
    waits_until(lambda: len(all_on_screen(person)) == 1, f"one message left of {all_on_screen(person)}")
    return all_on_screen(person)[0]


@pytest.mark.parametrize("word", ["sembunyikan", "/sembunyikan"])
def test_one_word_takes_everything_off_the_screen(telegram: BotApiServer, bot: BotProcess, word: str) -> None:
    sari = telegram.person(id=1100 if word.startswith("/") else 1001)
    sari.sends("suami saya memukul saya")
    sari.waits_for(3, timeout=20)
    sari.presses("Ya, aman")
    sari.waits_for(containing="Syukurlah")
    sari.sends_sticker()
    sari.waits_for(containing="stikernya")
    sari.sends_photo("memar")
    sari.waits_for(containing="Fotonya")
    assert len(all_on_screen(sari)) > 6
    left = hides(sari, word)
    assert left.startswith(HARMLESS)
    assert "48 jam" in left
    assert [call.status for call in calls_in(telegram, "deleteMessages", sari.id)] == [200]


def test_a_form_goes_too_with_what_was_chosen_and_typed(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1002)
    opens_a_message(sari)
    assert any("✓ Ya, boleh" in text for text in all_on_screen(sari))
    assert STORY in " ".join(all_on_screen(sari))
    assert hides(sari).startswith(HARMLESS)
    sari.sends("/lanjut")  # only its owner knows
    sari.waits_for(containing="Ada bukti?")


def test_what_was_being_sent_at_that_moment_does_not_appear_afterwards(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1003)
    sari.sends("suami saya memukul saya")
    sari.waits_for(1, timeout=20)  # two more are on their way, a second apart
    assert hides(sari).startswith(HARMLESS)
    time.sleep(4)
    assert all_on_screen(sari) == [text for text in all_on_screen(sari) if text.startswith(HARMLESS)]
    assert len(all_on_screen(sari)) == 1


def test_the_numbers_asked_for_right_behind_the_word_stay(telegram: BotApiServer, bot: BotProcess) -> None:
    """They may overtake whatever waits, but not the deletion: it would take them with it."""
    sari = telegram.person(id=1013)
    sari.sends("suami saya memukul saya")
    sari.waits_for(1, timeout=20)
    telegram.fails_next("deleteMessages", 502, "Bad Gateway", times=2)  # so that the numbers wait behind it
    sari.sends("sembunyikan")
    sari.sends("darurat")
    sari.waits_for(containing=HARMLESS, timeout=20)
    time.sleep(3)
    shown = all_on_screen(sari)
    assert any("☎ 110" in text for text in shown)
    assert not any("memukul" in text for text in shown)


def test_the_word_counts_right_behind_another_message(telegram: BotApiServer, bot: BotProcess) -> None:
    """Who writes it in haste sends it in the same second as the sentence before."""
    sari = telegram.person(id=1004)
    sari.sends("/start")
    sari.waits_for(2)
    sari.sends("dia pulang")
    sari.sends("sembunyikan")
    assert cleared(sari).startswith(HARMLESS)


def test_what_was_said_before_a_restart_goes_as_well(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1005)
    code = files_a_message(sari)
    last = sari.received()[-1].message_id
    with store_of(bot) as (
        db,
        keys,
    ):  # a message whose number was not written down before a kill cannot be found
        waits_until(lambda: last in outbox.on_screen(db, keys.name_of(sari.id)), "it is noted as sent")
    bot.kill()
    bot.start()
    left = hides(sari)
    assert code not in left
    assert left.startswith(HARMLESS)


def test_what_telegram_no_longer_deletes_is_left_alone(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1006)
    sari.sends("/menu")
    [old] = sari.waits_for()
    with store_of(bot) as (db, keys):
        waits_until(
            lambda: outbox.on_screen(db, keys.name_of(sari.id)) == [old.message_id], "it is noted as sent"
        )
    with store_of(bot) as (db, keys), write(db):
        moment = (datetime.now(UTC) - timedelta(hours=49)).isoformat(timespec="microseconds")
        db.execute("update outbox set finished_at = ? where message_id = ?", [moment, old.message_id])
        db.execute("update inbox set received_at = ? where chat = ?", [moment, keys.name_of(sari.id)])
    sari.sends("sembunyikan")
    sari.waits_for(containing=HARMLESS)
    waits_until(lambda: len(calls_in(telegram, "deleteMessages", sari.id)) == 1, "the deletion")
    [call] = calls_in(telegram, "deleteMessages", sari.id)
    assert old.message_id not in call.parameters["message_ids"]
    assert old.message_id in [message.message_id for message in sari.received()]


def test_another_chat_loses_nothing(telegram: BotApiServer, bot: BotProcess) -> None:
    sari, nus = telegram.person(id=1007), telegram.person(id=1008)
    nus.sends("/start")
    nus.waits_for(2)
    sari.sends("/start")
    sari.waits_for(2)
    hides(sari)
    assert len(all_on_screen(nus)) == 3
    assert calls_in(telegram, "deleteMessages", nus.id) == []


def test_hiding_twice_is_no_error(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1009)
    sari.sends("/menu")
    sari.waits_for()
    hides(sari)
    assert hides(sari).startswith(HARMLESS)


def test_after_a_talk_was_hidden_words_of_the_staff_do_not_appear(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    """The answer to somebody who is at the phone comes in full; who has hidden the screen is not at the phone."""
    sari = telegram.person(id=1010)
    code = files_a_message(sari, reply=ONLY_WHEN_I_WRITE)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    sari.sends("dia di rumah, tolong")
    sari.waits_for(containing="✓ Diteruskan")
    hides(sari)
    staff_write(bot, code, "Kami jemput Kakak jam lima.")
    time.sleep(3)
    assert not [text for text in all_on_screen(sari) if "jemput" in text or code in text]
    assert "jemput" in thread_of(bot, code)[-1].text


def test_nothing_typed_after_hiding_reaches_the_case(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1011)
    code = files_a_message(sari)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    hides(sari)
    sari.sends("kamu tulis apa sama mereka?")
    [*_, answer] = sari.waits_for(timeout=20)
    assert "Diteruskan" not in answer.text
    assert thread_of(bot, code) == []


def test_pages_opened_from_the_harmless_menu_tell_nothing(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1012)
    code = files_a_message(sari, reply=ONLY_WHEN_I_WRITE)
    staff_write(bot, code, "Kami sudah baca.")
    hides(sari)
    sari.presses("Nyepi")
    waits_until(lambda: any("Nyepi:" in text or "Nyepi" in text for text in all_on_screen(sari)), "the page")
    time.sleep(2)
    shown = " ".join([*all_on_screen(sari), *(label for m in sari.received() for label in m.buttons)])
    assert code not in shown
    assert "kabar" not in shown


# --- /hapus ---------------------------------------------------------------------------------------------


def test_erasing_takes_the_screen_and_the_store(telegram: BotApiServer, bot: BotProcess) -> None:
    sari, nus = telegram.person(id=1020), telegram.person(id=1021)
    code, stays = files_a_message(sari), files_a_message(nus)
    sari.sends("/hapus")
    sari.waits_for(containing="1 laporan")
    sari.presses("Ya, hapus semuanya")
    sari.waits_for(containing="Sudah dihapus", timeout=20)
    waits_until(lambda: len(all_on_screen(sari)) == 1, "one message left")
    assert code not in all_on_screen(sari)[0]
    listed = bot.kawan("referrals", "list").stdout
    assert code not in listed
    assert stays in listed
    with store_of(bot) as (db, keys):
        chat = keys.name_of(sari.id)
        assert db.table("inbox").count_where("chat = ? and status = 'new'", [chat]) == 0
        assert db.table("referrals").count_where("chat = ?", [chat]) == 0
        assert messages.codes_with_news(db, chat) == []
    assert len(all_on_screen(nus)) > 5


def test_after_erasing_the_code_is_unknown_and_staff_cannot_write(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1022)
    code = files_a_message(sari)
    sari.sends("/hapus")
    sari.waits_for(containing="1 laporan")
    sari.sends("ya")
    sari.waits_for(containing="Sudah dihapus", timeout=20)
    sari.sends(f"/status {code}")
    told = sari.waits_for()[0].text
    sari.sends("/status KR-0000-0000")
    assert sari.waits_for()[0].text == told
    assert bot.kawan("referrals", "reply", code, "halo", "--as", "maria").returncode == 2


def test_a_hundred_messages_go_in_one_call_and_more_in_several() -> None:
    calls = list(deletions(7, [*range(1, 251), 5, 5]))
    assert [method for method, _ in calls] == ["deleteMessages"] * 3
    assert [len(parameters["message_ids"]) for _, parameters in calls] == [100, 100, 50]
    assert sorted(id for _, p in calls for id in p["message_ids"]) == list(range(1, 251))
    assert {p["chat_id"] for _, p in calls} == {7}
    assert list(deletions(7, [])) == []

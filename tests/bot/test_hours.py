"""When the hotline is staffed: how an operator may write it, and what people are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions import handover
from actions.hours import Hours, day_names
from actions.turn import Hotline, Reply, Turn
from locales import translator
from store import referrals
from store.trackers import Tracker
from tests.bot.person import Person, labels, said

BALI = ZoneInfo("Asia/Makassar")
MONDAY = datetime(2026, 11, 23, tzinfo=BALI)
SAY = translator("id")
USUAL = Hours.read("Mon-Fri 08:00-20:00, Sat 09:00-13:00")


def at(day: int, clock: str) -> datetime:
    """A moment of the week; day 0 is Monday."""
    return datetime.combine(MONDAY.date() + timedelta(days=day), time.fromisoformat(clock), BALI)


# --- how it is written ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 08:00-20:00, Sat 09:00-13:00",
        "Sen-Jum 08:00-20:00, Sab 09:00-13:00",
        "mon-fri 08:00-20:00,sat 09:00-13:00",
        "MON-FRI 08:00-20:00, SAT 09:00-13:00",
        "  Mon - Fri   08:00 - 20:00 ,  Sab  09:00 - 13:00  ",
        "Mon-Jum 08:00-20:00, Sat 09:00-13:00",
    ],
)
def test_the_same_hours_may_be_written_in_many_ways(text: str) -> None:
    assert Hours.read(text) == USUAL


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [("Mon", "Sen"), ("Tue", "Sel"), ("Wed", "Rab"), ("Thu", "Kam"), ("Fri", "Jum"), ("Sat", "Sab"), ("Sun", "Min")],
)  # fmt: skip
def test_every_day_has_an_english_and_an_indonesian_name(english: str, indonesian: str) -> None:
    assert Hours.read(f"{english} 08:00-16:00") == Hours.read(f"{indonesian} 08:00-16:00")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Wed 10:00-11:00", (2,)),
        ("Wed-Wed 10:00-11:00", (2,)),
        ("Mon-Sun 10:00-11:00", (0, 1, 2, 3, 4, 5, 6)),
        ("Sat-Mon 10:00-11:00", (5, 6, 0)),
        ("Jum-Min 10:00-11:00", (4, 5, 6)),
        ("Sun-Mon 10:00-11:00", (6, 0)),
    ],
)
def test_days_run_over_the_end_of_the_week(text: str, days: tuple[int, ...]) -> None:
    assert Hours.read(text).spans[0].days == days


def test_a_break_at_noon_is_two_spans_of_the_same_days() -> None:
    hours = Hours.read("Mon-Fri 08:00-12:00, Mon-Fri 13:00-17:00")
    assert hours.open_at(at(0, "11:59"))
    assert not hours.open_at(at(0, "12:30"))
    assert hours.next_opening(at(0, "12:30")) == at(0, "13:00")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not understood"),
        ("   ", "not understood"),
        ("08:00-20:00", "not understood"),
        ("Mon-Fri", "not understood"),
        ("Mon-Fri 8:00-20:00", "not understood"),
        ("Mon-Fri 08.00-20.00", "not understood"),
        ("Monday-Friday 08:00-20:00", "not understood"),
        ("Senin 08:00-20:00", "not understood"),
        ("Xyz 08:00-20:00", "not understood"),
        ("Mon-Xyz 08:00-20:00", "not understood"),
        ("Mon-Fri 08:00", "not understood"),
        ("Mon-Fri 08:00-20:00,", "not understood"),
        ("Mon-Fri 08:00-20:00; Sat 09:00-13:00", "not understood"),
        ("Mon-Fri 25:00-26:00", "names an hour that is none"),
        ("Mon-Fri 08:61-20:00", "names an hour that is none"),
        ("Mon-Fri 20:00-08:00", "ends before it begins"),
        ("Mon-Fri 08:00-08:00", "ends before it begins"),
    ],
)
def test_what_is_written_wrongly_is_said_in_a_sentence_that_names_it(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as raised:
        Hours.read(text)
    assert str(raised.value).startswith("'")
    assert text.split(",")[-1].strip() in str(raised.value) or text.split(",")[0].strip() in str(raised.value)


def test_the_sentence_shows_how_to_write_it() -> None:
    with pytest.raises(ValueError, match="Mon-Fri 08:00-20:00, Sat 09:00-13:00"):
        Hours.read("setiap hari kerja")


# --- what it means --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "clock", "open_then"),
    [
        (0, "07:59", False), (0, "08:00", True), (0, "19:59", True), (0, "20:00", False), (4, "12:00", True),
        (5, "08:59", False), (5, "09:00", True), (5, "13:00", False), (6, "10:00", False),
    ],
)  # fmt: skip
def test_it_is_open_from_the_first_minute_to_before_the_last(day: int, clock: str, open_then: bool) -> None:
    assert USUAL.open_at(at(day, clock)) is open_then


@pytest.mark.parametrize(
    ("day", "clock", "next_day", "opens"),
    [
        (0, "06:00", 0, "08:00"),  # still today
        (0, "20:00", 1, "08:00"),
        (4, "21:30", 5, "09:00"),  # Friday night: Saturday, later in the morning
        (5, "13:00", 7, "08:00"),  # Saturday noon: Monday
        (6, "23:59", 7, "08:00"),
        (7, "00:00", 7, "08:00"),
    ],
)
def test_over_a_weekend_it_names_the_next_opening(day: int, clock: str, next_day: int, opens: str) -> None:
    assert USUAL.next_opening(at(day, clock)) == at(next_day, opens)


def test_a_hotline_of_one_day_a_week_opens_again_a_week_later() -> None:
    hours = Hours.read("Rab 10:00-12:00")
    assert hours.next_opening(at(2, "12:00")) == at(9, "10:00")
    assert hours.next_opening(at(2, "09:59")) == at(2, "10:00")


def test_it_is_described_in_words() -> None:
    assert USUAL.described(SAY) == "Senin–Jumat 08.00–20.00, Sabtu 09.00–13.00 WITA"
    assert Hours.read("Sat-Mon 10:00-11:00").described(SAY) == "Sabtu–Senin 10.00–11.00 WITA"


def test_days_are_named_from_monday() -> None:
    assert day_names(SAY)[MONDAY.weekday()] == "Senin"
    assert day_names(SAY)[at(6, "10:00").weekday()] == "Minggu"


# --- what people are told -------------------------------------------------------------------------------


@pytest.fixture
def person() -> Iterator[Person]:
    someone = Person(Hotline("LBH Contoh", "halo@contoh.id", hours=USUAL, practice=True))
    yield someone
    someone.services.db.close()


def asks_for_staff(person: Person, moment: datetime) -> Reply:
    turn = Turn("", "id", Tracker(), moment.date(), person.chat, moment=moment)
    return handover.talk_to_staff(turn, person.services)


def test_within_the_hours_it_says_that_somebody_is_there(person: Person) -> None:
    reply = asks_for_staff(person, at(2, "10:00"))
    assert "Petugas ada sekarang (Senin–Jumat 08.00–20.00" in said(reply)
    assert "LBH Contoh (halo@contoh.id)" in said(reply)
    assert said(reply).startswith("Petugas kami manusia")
    assert "110" in said(reply)


def test_outside_the_hours_emergency_numbers_come_first_and_the_next_opening_is_named(person: Person) -> None:
    reply = asks_for_staff(person, at(4, "22:00"))
    first, *rest = reply.parts[0].text.split("\n\n")
    assert first.startswith("Kalau ada bahaya sekarang")
    assert "☎ 110" in first + rest[0]
    assert "di luar jam petugas" in said(reply)
    assert "dibaca mulai Sabtu jam 09.00" in said(reply)
    assert {"Minta bantuan petugas", "Tulis pesan untuk petugas", "🆘 Darurat"} <= set(labels(reply))


def test_a_hotline_that_has_not_told_its_hours_promises_none(without_hotline: Person) -> None:
    services = without_hotline.services
    turn = Turn("", "id", Tracker(), MONDAY.date(), "chat", moment=MONDAY)
    assert handover.when_read(turn, services) == ""
    assert not handover.nobody_there(turn, services)


def test_the_receipt_tells_the_place_in_the_queue(person: Person) -> None:
    for count in range(2):
        person.presses("form:message_to_staff")
        person.taps("Ya, boleh", "Lewati")
        for text in (f"pesan {count}", "lewati", "aman"):
            person.writes(text)
        sent = person.taps("✅ Kirim")
        assert ("Di depan Kakak ada" in said(sent)) is bool(count)
        assert "petugas" in said(sent).lower()
    assert "Di depan Kakak ada 1 yang menunggu" in said(sent)
    assert "Urutan ke-2" in said(person.writes("/status"))
    oldest = referrals.of_chat(person.services.db, person.chat)[-1]
    assert f"{oldest.code}: sudah diterima, menunggu dibaca. Urutan ke-1" in said(person.last)

"""Messages that only name a matter open what there is about it; those that say more are left to the model."""

import pytest

from bot.doors import door


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("kos", "topic:housing"),
        ("KTP?", "topic:residency"),
        ("tanya soal adat", "topic:adat_rules"),
        ("Kak, mau tanya soal kos dong", "topic:housing"),
        ("masalah sama polisi", "topic:police_encounter"),
        ("beta ada masalah karja", "topic:employment"),
        ("mo batanya soal skola do", "topic:education"),
        ("can i ask about my job", "topic:employment"),
        ("tanya soal kerja di bali", "topic:employment"),
        ("tanya status", "status"),
        ("kak, mau tanya dong", "menu"),
        ("beta ada masalah", "menu"),
        ("can i ask", "menu"),
    ],
)
def test_a_matter_that_is_only_named_opens_its_door(text: str, opens: str) -> None:
    assert door(text) == opens


@pytest.mark.parametrize(
    "text",
    [
        "",
        "masalah",
        "saya mau itu",
        "tidak ada masalah",
        "ada polisi",  # perhaps a raid
        "polisi tolong",
        "masalah kos sama kerja",  # two
        "KTP hilang",
        "tanya KTP hilang",
        "sa tanya soal kos dijawab nyepi",
        "tidak ada masalah kos",
        "saya bukan polisi",
    ],
)
def test_what_says_more_or_less_is_left_to_the_model(text: str) -> None:
    assert door(text) is None

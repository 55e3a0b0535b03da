"""Small talk, and what lies outside the assistant's field."""

from __future__ import annotations

from actions import feedback
from actions.menu import bot_help, menu_part
from actions.refusals import refused_wish
from actions.turn import Button, Part, Reply, Services, Turn


def greet(turn: Turn, services: Services) -> Reply:
    _ = turn.say
    hello = _("Halo Kak! Saya Kawan Rantau. Ada yang bisa saya bantu hari ini?")
    return Reply((Part(hello), menu_part(turn)), "talk")


def goodbye(turn: Turn, services: Services) -> Reply:
    _ = turn.say
    return Reply(
        (Part(_("Sampai jumpa, Kak. Jaga diri baik-baik. Kapan pun perlu, tulis saja lagi.")),), "talk"
    )


def thank(turn: Turn, services: Services) -> Reply:
    _ = turn.say
    return Reply((Part(_("Sama-sama, Kak. Senang bisa membantu. Masih ada yang mau ditanyakan?")),), "talk")


def affirm(turn: Turn, services: Services) -> Reply:
    _ = turn.say
    return Reply(
        (Part(_("Baik, Kak. Boleh tulis sedikit lebih jelas, mau dibantu soal apa?")), menu_part(turn)),
        "talk",
    )


def deny(turn: Turn, services: Services) -> Reply:
    _ = turn.say
    return Reply((Part(_("Baik, tidak apa-apa, Kak. Kalau ada hal lain, tulis saja.")),), "talk")


def feedback_negative(turn: Turn, services: Services) -> Reply:
    """Said in words: as a thumbs-down, without asking for a reason the person may just have given."""
    _ = turn.say
    feedback.keep_question(turn, services)
    text = _(
        "Maaf, Kak, jawaban saya belum pas. Coba tulis dengan kata lain, satu masalah dulu. "
        "Atau pilih topik, atau bicara dengan petugas."
    )
    buttons = (Button(_("Bicara dengan petugas"), "staff"), Button(_("« Menu"), "menu"))
    return Reply((Part(text, buttons),), "talk")


def out_of_scope(turn: Turn, services: Services) -> Reply:
    """A wish that must be refused gets its own words (actions/refusals.py)."""
    refused = refused_wish(turn, services)
    if refused is not None:
        return refused
    _ = turn.say
    text = _(
        "Itu di luar yang saya tahu, Kak. Saya bisa bantu soal kos, kerja dan upah, KTP, adat Bali, polisi, "
        "bantuan hukum, kesehatan, sekolah, dan kalau diperlakukan tidak adil."
    )
    return Reply((Part(text), menu_part(turn)), "refuse")


ACTIONS = {
    "greet": greet,
    "goodbye": goodbye,
    "thank": thank,
    "affirm": affirm,
    "deny": deny,
    "bot_help": bot_help,
    "feedback_negative": feedback_negative,
    "out_of_scope": out_of_scope,
}

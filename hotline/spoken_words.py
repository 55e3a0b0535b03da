"""The questions of the forms as they are read out on the phone: where the bot speaks of "this chat", of writing and of
buttons, a voice needs other words. All else is read as it stands."""

from __future__ import annotations

from actions.forms.model import Option, Slot
from actions.turn import Hotline
from locales import Translate


def opening(hotline: Hotline, say: Translate) -> str:
    """What is said before the first question: whose ears these are, and what happens with the words."""
    _ = say
    return _(
        "Ini bukan layanan darurat. Kalau ada bahaya sekarang, telepon 110.\n\nCerita Kakak dibaca hanya oleh petugas "
        "{operator}. Biasanya ada kabar dalam {answers_within}. Isinya disimpan terenkripsi, boleh tanpa nama, dan "
        "dihapus kapan saja kalau Kakak minta dengan menyebut kodenya. Kakak boleh berhenti kapan saja."
    ).format(operator=hotline.described(say), answers_within=hotline.within(say))


def question(slot: Slot, say: Translate) -> str:
    """The question of a slot, for reading out."""
    _ = say
    other = {
        "reply": _("Boleh kami menghubungi Kakak lagi?"),
        "safe_reply": _(
            "Aman kalau kami menghubungi Kakak lagi? Kalau HP Kakak bisa dilihat atau diangkat orang lain, pilih yang "
            "pertama."
        ),
        "reply_hours": _("Jam berapa yang aman? Misalnya «sore setelah jam 5»."),
        "message": _("Apa pesan Kakak untuk petugas?"),
        "staff_excluded": _(
            "Adakah petugas kami yang Kakak kenal dan tidak boleh membaca ini? Siapa namanya?"
        ),
    }
    return other.get(slot.name) or _(slot.ask)


def answer(slot: Slot, option: Option, say: Translate) -> str:
    """An option of a slot, for reading out."""
    _ = say
    if slot.name in ("reply", "safe_reply") and option.value == "only_when_i_write":
        return _("Hanya kalau Kakak menghubungi dulu")
    return _(option.label)


_LETTERS = (
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima", "Mike",
    "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee",
    "Zulu",
)  # fmt: skip


def spelled(code: str, say: Translate) -> list[tuple[str, str]]:
    """Each sign of a code with the word that makes it clear on a bad line."""
    _ = say
    digits = (
        _("nol"), _("satu"), _("dua"), _("tiga"), _("empat"), _("lima"), _("enam"), _("tujuh"), _("delapan"),
        _("sembilan"),
    )  # fmt: skip
    words = {letter[0]: letter for letter in _LETTERS} | {str(n): word for n, word in enumerate(digits)}
    return [(sign, words[sign]) for sign in code if sign in words]

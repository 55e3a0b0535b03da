"""Typed answers in place of buttons: "1", "iya", "di bawah 18", "lewati"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.forms.model import Option, Slot
from language.normalise import normalise
from locales import Translate

# Words that steer a form, in Indonesian, Kupang Malay and English.
STEERING = {
    "back": {"kembali", "balik", "mundur", "back"},
    "skip": {"lewati", "lewat", "skip", "kosong", "tidak ada", "sonde ada", "lompat"},
    "send": {"kirim", "send", "ya", "iya", "ok", "oke", "yes"},
    "edit": {"ubah", "edit", "ganti", "change"},
    "done": {"selesai", "sudah", "cukup", "itu saja", "done", "thats all"},
    "pause": {"nanti", "nanti saja", "nanti dulu", "nanti lagi", "jeda", "pause", "later"},
    "resume": {"lanjut", "lanjutkan", "teruskan", "sambung", "continue", "resume"},
    "cancel": {"batal", "cancel", "berhenti", "stop", "keluar"},
}


NEGATIONS = {
    "tidak",
    "belum",
    "jangan",
    "bukan",
    "tanpa",
    "sonde",
    "tra",
    "no",
    "not",
    "never",
    "don",
    "kurang",
    "gak",
    "nggak",
    "tida",
    "none",
}
# A yes with a condition is none of the plain answers: the button has to be pressed.
CONDITIONS = {
    "kalau", "kalo", "klo", "kl", "asal", "asalkan", "kadang", "kadang-kadang", "tapi", "tp", "kecuali", "cuma", "hanya",
    "mungkin", "nanti", "tergantung", "selama", "if", "but", "only", "unless", "sometimes", "maybe", "depends", "except",
}  # fmt: skip
BELOW = {
    "<",
    "bawah",
    "dibawah",
    "belum",
    "kurang",
    "hampir",
    "under",
    "below",
    "not",
    "almost",
    "younger",
    "less",
}
# Words beside a no that change nothing about it.
_NO_TOO = {
    "ada",
    "punya",
    "kak",
    "kaka",
    "ya",
    "dulu",
    "bukti",
    "apa",
    "saya",
    "sa",
    "i",
    "have",
    "any",
    "yet",
    "thanks",
}
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_BETWEEN = re.compile(r"[,;/&+\n]|\b(?:dan|dengan|deng|sama|and)\b|(?<=\d)\s+(?=\d)", re.IGNORECASE)


def says_word(text: str, what: str) -> bool:
    """Whether the whole message is one of the words that steer a form."""
    plain = re.sub(r"[^\w\s]", "", text.lower()).strip()
    return plain in STEERING[what]


def says_one_of(text: str, phrases: set[str]) -> bool:
    """Whether the whole message is one of these phrases, whatever its capitals and signs."""
    return _plain(text) in {_plain(phrase) for phrase in phrases}


def says_no(text: str) -> bool:
    """Whether a message is nothing but a no: "tidak", "belum ada kak", "nggak punya"."""
    words = set(_plain(text).split())
    standard = set(normalise(text).split())
    return (
        bool((words | standard) & NEGATIONS)
        and min(words - _NO_TOO, standard - _NO_TOO, key=len) <= NEGATIONS
    )


def typed_option(text: str, slot: Slot, say: Translate) -> Option | None:
    """The option a person means: its number, its label, or one of its other words; None when unclear."""
    named = named_option(text, slot, say)
    if named is not None:
        return named
    plain = _plain(text)
    number = _NUMBER.search(plain)
    if number is not None:
        before = plain[: number.start()]
        # "belum 18" is not yet 18: whoever is under age must never pass for grown up.
        meant = int(number[0]) - bool(
            BELOW & {*before.replace("<", " < ").split(), *normalise(before).split()}
        )
        in_range = [o for o in slot.options if o.numbers and o.numbers[0] <= meant <= o.numbers[1]]
        if in_range:
            return in_range[0]
        if plain == number[0] and 1 <= meant <= len(slot.options):
            return slot.options[meant - 1]
    words = set(plain.split()) | set(normalise(text).split())
    own = {word for option in slot.options for name in _names(option, say) for word in name.split()}
    if words & (
        NEGATIONS | (CONDITIONS - own)
    ):  # "belum aman", "aman kalau pagi saja" must never pass for "aman"
        return None
    partly = [o for o in slot.options if words & {n for n in _names(o, say) if " " not in n}]
    return partly[0] if len(partly) == 1 else None


def named_option(text: str, slot: Slot, say: Translate) -> Option | None:
    """The option whose name is the whole message: whoever writes that answers the question and says nothing else."""
    for candidate in (_plain(text), normalise(text)):
        for option in slot.options:
            if candidate in _names(option, say):
                return option
    return None


def typed_options(text: str, slot: Slot, say: Translate) -> list[Option]:
    """All options of "1 dan 3" or "kelian, gereja"; none when any part of it is unclear: nothing may be dropped."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    found = [typed_option(piece, slot, say) for piece in pieces]
    clear = [option for option in found if option is not None]
    return [o for o in slot.options if o in clear] if len(clear) == len(pieces) else []


def told_answer(slot: Slot, known: Mapping[str, str]) -> str | None:
    """The answer that was told before; never one that a form refuses, for that has to be said to it."""
    value = known.get(slot.from_told or "")
    if value is None or slot.kind == "text":
        return value
    option = slot.option(value) or typed_option(value, slot, lambda text: text)
    return option.value if option and not option.refuses else None


def _names(option: Option, say: Translate) -> set[str]:
    names = {option.value, option.label, say(option.label), *option.also}
    return {_plain(name) for name in names}


def _plain(text: str) -> str:
    return re.sub(r"[^\w\s<+]", " ", text.lower()).strip()

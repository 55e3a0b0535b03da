"""Typed answers in place of buttons: "1", "iya", "di bawah 18", "lewati"."""

from __future__ import annotations

import re

from actions.forms.model import Option, Slot
from language.normalise import normalise
from locales import Translate

# Words that steer a form, in Indonesian, Kupang Malay and English.
STEERING = {
    "back": {"kembali", "balik", "mundur", "back"},
    "skip": {"lewati", "lewat", "skip", "kosong", "tidak ada", "sonde ada", "lompat"},
    "send": {"kirim", "send", "ya", "iya", "ok", "oke", "yes"},
    "edit": {"ubah", "edit", "ganti", "change"},
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
}
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


def says_word(text: str, what: str) -> bool:
    """Whether the whole message is one of the words that steer a form."""
    plain = re.sub(r"[^\w\s]", "", text.lower()).strip()
    return plain in STEERING[what]


def typed_option(text: str, slot: Slot, say: Translate) -> Option | None:
    """The option a person means: its number, its label, or one of its other words; None when unclear."""
    plain = re.sub(r"[^\w\s<+]", " ", text.lower()).strip()
    number = _NUMBER.search(plain)
    if number is not None:
        meant = int(number[0])
        in_range = [o for o in slot.options if o.numbers and o.numbers[0] <= meant <= o.numbers[1]]
        if in_range:
            return in_range[0]
        if plain == number[0] and 1 <= meant <= len(slot.options):
            return slot.options[meant - 1]
    for candidate in (plain, normalise(text)):
        exact = [o for o in slot.options if candidate in _names(o, say)]
        if exact:
            return exact[0]
    words = set(plain.split()) | set(normalise(text).split())
    if words & NEGATIONS:  # "belum aman" must never pass for "aman"
        return None
    partly = [o for o in slot.options if words & {n for n in _names(o, say) if " " not in n}]
    return partly[0] if len(partly) == 1 else None


def _names(option: Option, say: Translate) -> set[str]:
    names = {option.value, option.label, say(option.label), *option.also}
    return {re.sub(r"[^\w\s<+]", " ", name.lower()).strip() for name in names}

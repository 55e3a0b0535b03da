"""Single words that steer the conversation. Sent behind other words they still are turns of their own."""

from __future__ import annotations

import re

MENU = re.compile(r"\W*(menu|bantuan|help|mulai|start)\W*", re.IGNORECASE)
EMERGENCY = re.compile(r"\W*(darurat|emergency|sos|bahaya)\W*", re.IGNORECASE)
HIDE = re.compile(r"\W*(sembunyi|sembunyikan|hide|tutup layar|hapus layar)\W*", re.IGNORECASE)
END = re.compile(r"\W*(selesai|sudah selesai|cukup|done|batal|stop|akhiri)\W*", re.IGNORECASE)
# What a person who floods may still do: get help, and get the conversation off the screen.
_ALWAYS = re.compile(r"/(darurat|emergency|sembunyi|sembunyikan|hide|hapus|delete)\b", re.IGNORECASE)
_BUTTONS = ("crisis", "safe:", "hide", "erase")


def steers(text: str) -> bool:
    """Whether a message is nothing but such a word."""
    return any(word.fullmatch(text) for word in (EMERGENCY, HIDE, END, MENU))


def never_held_back(text: str | None, button: str | None) -> bool:
    """Whether this is answered however many messages came before."""
    if button is not None:
        return button.startswith(_BUTTONS)
    plain = text or ""
    return bool(EMERGENCY.fullmatch(plain) or HIDE.fullmatch(plain) or _ALWAYS.match(plain))

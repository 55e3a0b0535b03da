"""A message that names a matter and asks nothing yet: "kos", "mau tanya soal adat kak", "masalah sama polisi".

What there is about it is shown; the model would have to guess what the question is going to be. "Kak, mau tanya dong"
names nothing, and gets the menu with its "just tell me".
"""

from __future__ import annotations

import re

_DOORS = {
    "kos": "topic:housing", "kost": "topic:housing", "kontrakan": "topic:housing", "kerja": "topic:employment",
    "karja": "topic:employment", "pekerjaan": "topic:employment", "kerjaan": "topic:employment",
    "loker": "topic:employment", "adat": "topic:adat_rules", "polisi": "topic:police_encounter",
    "razia": "topic:police_encounter", "sekolah": "topic:education", "skola": "topic:education",
    "kesehatan": "topic:health", "lapor": "report", "laporan": "report", "mediasi": "mediation", "petugas": "staff",
    "status": "status", "hak": "topic:rights", "surat": "topic:residency", "ktp": "topic:residency",
    "rooms": "topic:housing", "job": "topic:employment", "police": "topic:police_encounter",
    "school": "topic:education", "report": "report", "staff": "staff",
}  # fmt: skip
# One of these beside the matter makes it a matter only named. Without one, "ada polisi" may be a raid.
_ABOUT = re.compile(
    "soal|tentang|ttg|perihal|masalah|masala|mslh|urusan|tanya|nanya|tny|batanya|bertanya|about|problem|question|ask"
)
# What else may stand there. No word that tells something ("hilang"), denies, or calls for help.
_BESIDE = re.compile(
    "kak|kaka|kakak|kk|min|admin|bang|bu|pak|om|halo|hai|hi|hello|selamat|pagi|siang|sore|malam|permisi|maaf|mau|mo|pengen|"
    "ingin|boleh|bole|bisa|bs|saya|sy|sa|beta|be|b|aku|my|i|want|to|have|can|please|ada|ini|itu|ni|yang|dong|do|dulu|dolo|"
    "di|bali|sini|ya|e|na|ko|kah|sadiki|sedikit|numpang|sama|deng|dengan|dgn|with|the|a"
)
_WORD = re.compile(r"[^\W\d_]+")


def door(text: str) -> str | None:
    """Callback data of what a message names, or None when it says more, or names two things."""
    words = _WORD.findall(text.lower())
    named = [word for word in words if not _ABOUT.fullmatch(word) and not _BESIDE.fullmatch(word)]
    only_named = len(words) == 1 or any(map(_ABOUT.fullmatch, words))
    if not only_named or len(named) > 1:
        return None
    if named:
        return _DOORS.get(named[0])
    return "menu" if len(words) > 1 else None

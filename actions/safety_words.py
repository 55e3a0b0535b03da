"""What people type on "Sekarang aman?": that it is, that it is not, or that whoever threatened them has left."""

from __future__ import annotations

import re

LONGEST_ANSWER = 9  # words
_NO = {
    "belum", "blm", "blom", "balom", "tidak", "tdk", "tak", "gak",
    "ga", "nggak", "ngga", "sonde", "son", "tra", "no", "not",
}  # fmt: skip
_AFRAID = {"takut", "taku", "tako", "scared", "afraid", "sembunyi", "hiding"}
_IF = {
    "kalau", "kalo", "klo", "tapi", "kadang", "mungkin",
    "if", "but", "maybe", "sometimes", "apa", "apakah", "is",
}  # fmt: skip
_HARMLESS = re.compile(
    r"\b(?:tidak|gak|ga|nggak|sonde|tra) (?:apa apa|apa2|bahaya|ada apa apa)\b|\bno problem\b"
)
_NOW_SAFE = re.compile(
    r"^(?:ya |iya |yes |ok |oke |puji tuhan )?(?:saya |sa |beta |kami |katong |i am |im |we are )?"
    r"(?:sudah |su |udah |udh |sdh |now |already |sekarang )*(?:aman|safe)\b"
)
_SAFE = {
    "ya", "iya", "aman", "ya aman", "iya aman", "sudah aman", "su aman", "aman kak", "ya kak", "iya kak",
    "yes", "safe", "yes safe", "i am safe", "im safe",
}  # fmt: skip
_NOT_SAFE = {
    "belum", "tidak", "belum aman", "tidak aman", "belum kak", "tidak kak", "sonde", "sonde aman", "balom",
    "tra aman", "tra", "gak aman", "ga aman", "no", "not safe", "not yet", "no not safe",
}  # fmt: skip

# "Dia sudah pergi": after violence the other one has left. Whoever is held is not free when the guard goes out, but may
# have a moment to call. After words of dying it may be a farewell, and is left to those who listen for that.
_WHO_LEFT = {"emergency": True, "gender_violence": True, "trafficking": False}
_HE = (
    r"(?:si |the |my |pak |bapak |yang )?(?:dia|di[ae] orang|ia|de|dy|dong|dorang|mereka|mrk|mreka|orang|orangnya|org|orgnya|orang2|"
    r"orang orang|pelaku|pelakunya|preman|massa|warga|rombongan|pemabuk|suami|suamiku|laki|lakinya|paitua|pacar|pacarku|mantan|bos|"
    r"majikan|pemilik kos|tetangga|penagih|penagihnya|debt collector|he|she|they|man|men|guy|guys|mob|crowd|husband|boyfriend|ex|boss)"
    r"(?: (?:itu|tu|tadi|saya|sa|sy|beta|aku|ku|semua|smua|samua|dong|s|re|ve|all))*"
)
_ALREADY = (
    r"(?:(?:sudah|su|udah|udh|sdh|dah|baru|baru saja|barusan|br|tadi|akhirnya|sekarang|skrg|"
    r"has|have|had|already|just|finally|is|are|now) )"
)
_GONE = (
    r"(?:pergi|prgi|pigi|kabur|bubar|menjauh|keluar (?:dari )?(?:rumah|ruma|kos|kost|sini)|di ?tangkap|"
    r"diamankan|diusir|di ?bawa polisi|(?:tidak|tdk|gak|ga|sonde|son|tra) ada (?:lagi |lai )?(?:di sini|disini)|"
    r"left|gone|went|got arrested|arrested|not here any ?more)"
)
# These alone may mean that he is on his way here.
_HAS_GONE = (
    r"(?:sudah|su|udah|udh|sdh|dah|has|have|had|already|just|finally) (?:pi|pg|lari|jalan|leave|go|ran|run)"
)
_BESIDE = (
    r"(?:ya|iya|io|yes|yeah|ok|oke|kak|kaka|kk|ka|e|syukur|syukurlah|puji tuhan|untung|untungnya|aman|thank god|thanks|"
    r"tadi|barusan|baru saja|sekarang|skrg|semua|samua|polisi|oleh polisi|lagi|lai|jauh|kerja|ke (?:kantor|pasar)|naik motor|"
    r"pakai motor|pake motor|(?:dari|dr) (?:sini|rumah|ruma|kos|kost|sana)|"
    r"now|already|away|to work|from here|from the (?:house|room|kos)|by (?:the )?police)"
)
_LEAVING = re.compile(
    rf"(?:{_BESIDE} )*"
    rf"(?:{_HE} {_GONE}|(?:{_HE} )?(?:{_ALREADY}+{_GONE}|{_HAS_GONE})|(?:{_ALREADY}+{_GONE}|{_HAS_GONE}) {_HE})"
    rf"(?: {_BESIDE})*"
)


def typed_safety(text: str, danger: str) -> bool | None:
    """A typed answer to "Sekarang aman?" after that kind of danger: True, False, or None when the message says
    something else."""
    if danger in _WHO_LEFT and tells_of_leaving(text):
        return _WHO_LEFT[danger]
    plain = _plain(text)
    if plain in _NOT_SAFE:
        return False
    if plain in _SAFE:
        return True
    words = _HARMLESS.sub(" ", plain).split()
    if len(words) > LONGEST_ANSWER:
        return None
    if _NO.intersection(words) or _AFRAID.intersection(words):
        return False
    safe = _NOW_SAFE.search(plain) is not None and not _IF.intersection(words)
    return True if safe else None


def tells_of_leaving(text: str) -> bool:
    """Whether a message says nothing but that the other one has left: "dia su pi", "he's gone"."""
    plain = _plain(text)
    return len(plain.split()) <= LONGEST_ANSWER and _LEAVING.fullmatch(plain) is not None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))

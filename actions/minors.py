"""Someone under 18 at work or in danger: who protects children is named beside the answer."""

from __future__ import annotations

import re

from actions.turn import Button, Part, Services, Turn
from knowledge.render import contacts_text

# Where it matters that the person is a child; in a school question it does not.
WHERE = ("employment", "trafficking", "gender_violence", "emergency", "pre_migration", "police_encounter")
CONTACTS = ["sapa-129", "kpai"]

_AGE = r"(?:1[0-7]|[6-9])"
_YEARS = r"(?:tahun|thn|taon|taong|th|yo|y/o|years?(?: old)?)"
_NO_YEARS = r"(?!\W*(?:km|min|hour|day|week|month|people|m\b|%))"
_OF_AGE = re.compile(
    rf"\b(?:umur|usia|umurnya|usianya|umurku|berumur|berusia|aged?)\W+(?:[^\W\d]+\W+){{0,3}}{_AGE}\b"
    rf"|\b(?:i'?m|i am|she is|he is|she's|he's)\W+(?:only\W+|just\W+)?{_AGE}\b{_NO_YEARS}"
    r"|\bmy\W+(?:\w+\W+)?(?:cousin|sister|brother|daughter|son|niece|nephew|friend|child|kid|girl|boy|neighbou?r)(?:'s|\W+is|\W+was)"
    rf"\W+(?:only\W+|just\W+|still\W+)?{_AGE}\b{_NO_YEARS}"
    rf"|\b(?:masih|baru|anak|adik|ade|adek|keponakan|saya|sa|beta|be|dia|i'?m|i am|she'?s|he'?s|she is|he is|only|just)"
    rf"\W+(?:baru\W+|masih\W+|only\W+|just\W+|nona\W+|laki\W+|perempuan\W+|saya\W+)?{_AGE}\s*{_YEARS}\b"
    r"|\bdi ?bawah (?:umur|usia|18)\b|\bunder (?:18|age)\b|\bunderage\b|\banak (?:sd|smp)\b|\bkelas [1-3] smp\b",
    re.IGNORECASE,
)
# "I have worked here for 16 years": a stretch of time, not an age.
_STRETCH = re.compile(
    rf"\b(?:selama|sudah|su|udah|for|kerja|tinggal|lewat)\W+(?:\w+\W+)?{_AGE}\s*{_YEARS}\b", re.IGNORECASE
)


def tells_of_a_minor(text: str) -> bool:
    """Whether a message says that somebody in it is under 18."""
    return _OF_AGE.search(_STRETCH.sub(" ", text)) is not None


def protection(turn: Turn, services: Services, intent: str | None) -> Part | None:
    """Who protects children, when a message of this intent tells of one at work or in danger; else None."""
    if intent not in WHERE or not tells_of_a_minor(turn.text):
        return None
    _ = turn.say
    text = _(
        "Kalau umurnya di bawah 18, ada perlindungan khusus anak. Ini bukan salahnya, dan ia tidak akan dihukum karena "
        "bercerita. Yang bisa dihubungi:"
    )
    contacts = contacts_text(
        [c for c in CONTACTS if c in services.library.contacts], services.library, turn.lang
    )
    buttons = (Button(_("Bicara dengan petugas"), "staff"), Button(_("🆘 Darurat"), "crisis"))
    return Part(f"{text}\n\n{contacts}", buttons)

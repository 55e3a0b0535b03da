"""Messages that lean on what was said before: "kalau kontrakan bagaimana?", "nomornya berapa?", "iya", "yang kedua"."""

from __future__ import annotations

import re

from sqlite_utils import Database

from actions import answer, feedback, unsure
from actions.turn import TOPICS, Button, Part, Reply, Services, Turn, Understanding
from bot.bands import band
from bot.nlu import NluClient
from language.normalise import normalise
from store import trackers
from store.keys import Keyring

LONGEST = 9  # words: who writes more says what it is about
MOST_CHOICES = 16
CLEAR = 0.85  # a message that names another topic this clearly is not about the one before

_LEANS = re.compile(
    r"^\W*(?:(?:terus|trus|trs|lalu|lantas|nah|oh|ok|oke|tapi|tp|dan|and|so|but)\W+)*"
    r"(?:kalau|kalo|klo|klu|kl|bagaimana (?:dengan|kalau)|gimana (?:kalau|dengan)|what (?:about|if)|how about|if\b|and if)"
    r"|\b(?:yang|yg) (?:tadi|itu)\b|\bsama (?:juga|saja)\b.*\?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\bsiapa (?:yang |yg )?(?:bisa |dapat )?(?:bantu|tolong|membantu)\b|\bwho can help\b|"
    r"\b(?:nomor|nomornya|nmr|nmor|no\.? (?:hp|telp|wa)|kontak|kontaknya|telepon|telpon|telp|tlp|wa|alamat|alamatnya|dihubungi|hubungi|"
    r"number|contact|call|phone|address)\b",
    re.IGNORECASE,
)
_ABOUT_BEFORE = re.compile(
    r"\b(?:tadi|itu|nya|mereka|dong|nomornya|kontaknya|alamatnya|mana|siapa|berapa|brp|apa|their|that|which|who|them)\b|\?",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"\b(?:dasar hukum(?:nya)?|sumber(?:nya)?|pasal(?:nya)? (?:berapa|apa)|undang.undang(?:nya)? (?:apa|yang mana|berapa)|"
    r"uu (?:apa|berapa)|what law|which law|source|legal basis)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^\W*(?:ulang(?:i)?|tolong ulang(?:i)?|yang tadi|kirim lagi|again|repeat|baca lagi)(?: (?:lagi|dong|kak|yang tadi))*\W*$",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(
    r"\b(?:bukan (?:itu|yang itu|begitu|tentang itu)|maksud (?:saya|sa|beta|aku|ku)|salah (?:paham|tangkap)|"
    r"not (?:that|what i)|i meant?)\b",
    re.IGNORECASE,
)
_PLACES = {
    name: number
    for number, names in enumerate(
        ("satu pertama kesatu first one", "dua kedua second two", "tiga ketiga third three", "empat keempat fourth four",
         "lima kelima fifth five", "enam keenam sixth six"), 1,
    )
    for name in names.split()
}  # fmt: skip
_PLACE = re.compile(
    r"(?:the |yang |yg |pilih |pilihan |nomor |nmr |no |ke |number )*(?:(\d{1,2})|([a-z]+))(?: one| kak| saja| aja| itu)?"
)
_YES = {
    "ya", "iya", "y", "yes", "yup", "yoi", "ok", "oke", "okay", "mau", "boleh", "betul", "benar", "lanjut", "io", "yo",
    "iyo", "neu", "he eh", "heeh", "iya kak", "ya kak", "ya mau", "iya mau", "mau kak", "boleh kak", "ok kak", "oke kak",
    "yes please", "sure", "tentu", "silakan", "gas",
}  # fmt: skip


async def understand(nlu: NluClient, text: str, before: str | None) -> Understanding:
    """What a message means; one that leans on the question before it (`before`) is read together with it."""
    alone = await nlu.understand(text)
    if before is None or alone.degraded or band(alone) == "crisis":
        return alone
    together = await nlu.understand(f"{before}. {text}")
    if together.degraded or together.intent not in TOPICS:
        return alone
    # "Kalau BPJS bagaimana?" begins another topic; "kalau kontrakan bagaimana?" goes on with the one before.
    another = alone.intent in TOPICS and alone.intent != together.intent and alone.confidence >= CLEAR
    return alone if another else together


def leans_back(text: str) -> bool:
    """Whether a message reads like the second half of a conversation."""
    return len(text.split()) <= LONGEST and _LEANS.search(text) is not None


def question_before(db: Database, keys: Keyring, chat: str) -> str | None:
    """The question the last answer was for, without personal details; None outside of an answered topic."""
    tracker = trackers.load(db, keys, chat)
    return tracker.asked["text"] if tracker.asked and tracker.article and tracker.form is None else None


def chosen(turn: Turn, offer: str | None) -> str | None:
    """The data of the button a message stands for: a yes to what was offered, a number, or the words of a button."""
    plain = " ".join(re.findall(r"\w+", turn.text.lower()))
    if offer and plain in _YES:
        return offer
    for label, data in turn.tracker.choices:
        if plain and plain == " ".join(re.findall(r"\w+", label.lower())):
            return data
    number = _place(plain)
    return turn.tracker.choices[number - 1][1] if number and number <= len(turn.tracker.choices) else None


def _place(plain: str) -> int | None:
    """2 for "2", "no 2", "yang kedua", "yg nomor dua", "the second one"; None for anything else."""
    match = _PLACE.fullmatch(plain)
    if match is None:
        return None
    return int(match[1]) if match[1] else _PLACES.get(match[2])


def choices_of(reply: Reply) -> list[list[str]]:
    """The buttons of a reply, as they can be typed next: label and data."""
    shown = [b for part in reply.parts for b in part.buttons if b.url is None and not b.data.startswith("f:")]
    return [[b.label, b.data] for b in shown[:MOST_CHOICES]]


def about_the_last_answer(turn: Turn, services: Services) -> Reply | None:
    """A question about the answer just given (its contacts, its law, once more) or the word that it missed; else None."""
    page = services.library.article(turn.tracker.article, turn.lang) if turn.tracker.article else None
    if page is None or len(turn.text.split()) > LONGEST:
        return None
    if _AGAIN.match(turn.text):
        return answer.answer(turn, services, page)
    if _SOURCES.search(turn.text):
        return answer.sources(turn, services, page)
    if _CONTACT.search(turn.text) and _ABOUT_BEFORE.search(turn.text) and not _tells_more(turn):
        return answer.contacts(turn, services, page)
    if _NOT_THAT.search(turn.text) and not _tells_more(turn):
        return _other_readings(turn, services, page.id)
    return None


def _tells_more(turn: Turn) -> bool:
    """Whether the message is about something by itself, in spite of its shape."""
    understood = turn.understood
    other_topic = (
        understood.intent in TOPICS and understood.intent != (turn.tracker.article or "").split("/")[0]
    )
    return other_topic and band(understood) == "answer" and len(normalise(turn.text).split()) > 4


def _other_readings(turn: Turn, services: Services, shown: str) -> Reply:
    """Bukan itu maksud saya: the next likely readings of the question that was misunderstood."""
    _ = turn.say
    asked = turn.tracker.asked or {}
    ranking = tuple((str(name), float(confidence)) for name, confidence in asked.get("ranking", []))
    articles = tuple((str(name), float(confidence)) for name, confidence in asked.get("articles", []))
    before = Understanding(
        intent=ranking[0][0] if ranking else None,
        ranking=ranking,
        articles=tuple(pair for pair in articles if pair[0] != shown),
    )
    turn.understood, now = before, turn.understood
    found = [(label, data) for label, data in unsure.readings(turn, services) if data != f"article:{shown}"]
    turn.understood = now
    feedback.keep_question(turn, services)
    buttons = (
        *(Button(label, data) for label, data in found),
        Button(_("Bukan itu"), "none"),
        Button(_("Bicara dengan petugas"), "staff"),
    )
    text = _("Maaf, saya salah tangkap. Apakah salah satu ini? Kalau bukan, tulis lagi dengan kata lain.")
    return Reply((Part(text, buttons),), "clarify")

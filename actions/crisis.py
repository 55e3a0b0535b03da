"""Danger first: numbers at the top, few words, then one question: is it safe now?"""

from __future__ import annotations

import re

from actions import told
from actions.turn import CRISES, Button, Part, Reply, Services, Turn
from knowledge.render import may_be_shown, number_line

LEAST_CHANNELS = 2


def crisis(turn: Turn, services: Services, intent: str) -> Reply:
    """The fixed answer to one of the four crises. Shows at least two channels, one of them a phone."""
    _ = turn.say
    page = services.library.article(f"{intent}/now", turn.lang)
    assert page is not None, f"the crisis page {intent}/now is missing"  # the knowledge check holds this
    turn.tracker.article = page.id
    turn.tracker.asked_if_safe = intent
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(page.steps, 1))
    ask = Part(
        _("Sekarang Kakak aman?"),
        (
            Button(_("Ya, aman"), "safe:yes"),
            Button(_("Belum aman"), "safe:no"),
            Button(_("Bicara dengan petugas"), "staff"),
        ),
    )
    return Reply((numbers(turn, services, intent), Part(steps), ask), "crisis", page.id)


def numbers(turn: Turn, services: Services, intent: str) -> Part:
    """The first lines of a crisis page and whom to call; a form shows them where danger comes up."""
    page = services.library.article(f"{intent}/now", turn.lang)
    assert page is not None, f"the crisis page {intent}/now is missing"
    shown = [c for c in (services.library.contacts[id] for id in page.contacts) if may_be_shown(c)]
    lines = [number_line(contact, turn.lang) for contact in shown[:4]]
    return Part("\n\n".join([page.short, *lines]))


def choose(turn: Turn, services: Services) -> Reply:
    """The emergency button: the police and ambulance numbers at once, then which kind of danger it is."""
    _ = turn.say
    text = number_lines(turn, services)
    labels = {
        "emergency": _("Kekerasan, celaka, kebakaran"),
        "gender_violence": _("Kekerasan pasangan / seksual"),
        "trafficking": _("Ditahan atau dipaksa kerja"),
        "self_harm": _("Ingin mati / menyakiti diri"),
    }
    buttons = tuple(Button(labels[name], f"crisis:{name}") for name in CRISES)
    return Reply((Part(text), Part(_("Apa yang sedang terjadi?"), buttons)), "crisis", "emergency/now")


def number_lines(turn: Turn, services: Services) -> str:
    """Police, ambulance and fire brigade, one paragraph each."""
    page = services.library.article("emergency/now", turn.lang)
    assert page is not None, "the crisis page emergency/now is missing"
    shown = [c for c in (services.library.contacts[id] for id in page.contacts) if may_be_shown(c)]
    return "\n\n".join(number_line(c, turn.lang) for c in shown[:3])


def safe_answer(turn: Turn, services: Services, safe: bool) -> Reply:
    """What follows on "Sekarang aman?"; the words fit the kind of danger."""
    if turn.tracker.form is None:  # an open form learns of it by itself
        told.put(turn, {told.DANGER: "no" if safe else "yes"})
    return _when_safe(turn) if safe else _when_not_safe(turn, services)


def typed_safety(text: str) -> bool | None:
    """A typed answer to "Sekarang aman?": True, False, or None when the message says something else."""
    plain = " ".join(re.findall(r"\w+", text.lower()))
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


LONGEST_ANSWER = 9  # words
_NO = {
    "belum",
    "blm",
    "blom",
    "balom",
    "tidak",
    "tdk",
    "tak",
    "gak",
    "ga",
    "nggak",
    "ngga",
    "sonde",
    "son",
    "tra",
    "no",
    "not",
}
_AFRAID = {"takut", "taku", "tako", "scared", "afraid", "sembunyi", "hiding"}
_IF = {
    "kalau",
    "kalo",
    "klo",
    "tapi",
    "kadang",
    "mungkin",
    "if",
    "but",
    "maybe",
    "sometimes",
    "apa",
    "apakah",
    "is",
}
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


def _when_not_safe(turn: Turn, services: Services) -> Reply:
    _ = turn.say
    intent = turn.tracker.asked_if_safe or "emergency"
    page = services.library.article(f"{intent}/now", turn.lang)
    assert page is not None, f"the crisis page {intent}/now is missing"
    shown = [c for c in (services.library.contacts[id] for id in page.contacts) if may_be_shown(c)]
    phones = [c for c in shown if any(channel.type == "phone" for channel in c.channels)]
    texts = {
        "emergency": _(
            "Telepon sekarang, jangan tunggu balasan saya. Kalau tidak bisa bicara, minta orang terdekat menelepon. "
            "Kalau bisa, pergi ke tempat yang ramai dan terang."
        ),
        "self_harm": _(
            "Jangan sendirian dulu, ya Kak. Minta satu orang menemani sekarang: teman, tetangga, siapa saja. "
            "Telepon salah satu nomor ini, atau pergi bersama ke IGD terdekat."
        ),
    }
    watched = _(
        "Begitu tidak ada yang mengawasi, telepon salah satu nomor ini, atau minta orang yang Kakak percaya menelepon. "
        "Kalau ada jalan ke tempat ramai tanpa bahaya, pergilah ke sana."
    )
    numbers = "\n\n".join(number_line(contact, turn.lang) for contact in phones[:3])
    buttons = (Button(_("Sekarang sudah aman"), "safe:yes"), Button(_("Bicara dengan petugas"), "staff"))
    return Reply((Part(f"{texts.get(intent, watched)}\n\n{numbers}", buttons),), "crisis", page.id)


def _when_safe(turn: Turn) -> Reply:
    _ = turn.say
    intent = turn.tracker.asked_if_safe or "emergency"
    turn.tracker.asked_if_safe = None
    text = _(
        "Syukurlah. Kakak tidak sendiri. Kalau keadaan berubah, tulis lagi atau telepon nomor tadi. "
        "Kapan pun Kakak siap, kita bisa lanjut pelan-pelan."
    )
    further = (
        Button(_("Kalau hati berat"), "article:health/sad-and-homesick")
        if intent == "self_harm"
        else Button(_("Bantuan hukum gratis"), "article:legal_aid/free-lawyer")
    )
    ask_for_help = Button(_("Minta bantuan petugas"), "form:help_request")
    buttons = (
        further,
        *(() if turn.tracker.form else (ask_for_help,)),  # no second form over an open one
        Button(_("Bicara dengan petugas"), "staff"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part(text, buttons),), "crisis", f"{intent}/now")

"""Danger first: numbers at the top, few words, then one question: is it safe now?"""

from __future__ import annotations

from actions.turn import CRISES, Button, Part, Reply, Services, Turn
from knowledge.render import contact_lines, may_be_shown

LEAST_CHANNELS = 2


def crisis(turn: Turn, services: Services, intent: str) -> Reply:
    """The fixed answer to one of the four crises. Shows at least two channels, one of them a phone."""
    _ = turn.say
    page = services.library.article(f"{intent}/now", turn.lang)
    assert page is not None, f"the crisis page {intent}/now is missing"  # the knowledge check holds this
    turn.tracker.article = page.id
    turn.tracker.asked_if_safe = intent
    shown = [c for c in (services.library.contacts[id] for id in page.contacts) if may_be_shown(c)]
    numbers = "\n\n".join(contact_lines(contact, turn.lang) for contact in shown[:4])
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(page.steps, 1))
    ask = Part(
        _("Sekarang Kakak aman?"),
        (
            Button(_("Ya, aman"), "safe:yes"),
            Button(_("Belum aman"), "safe:no"),
            Button(_("Bicara dengan petugas"), "staff"),
        ),
    )
    return Reply((Part(f"{page.short}\n\n{numbers}"), Part(steps), ask), "crisis", page.id)


def choose(turn: Turn, services: Services) -> Reply:
    """The emergency button: the police and ambulance numbers at once, then which kind of danger it is."""
    _ = turn.say
    page = services.library.article("emergency/now", turn.lang)
    assert page is not None, "the crisis page emergency/now is missing"
    numbers = [c for c in (services.library.contacts[id] for id in page.contacts) if may_be_shown(c)]
    text = "\n\n".join(contact_lines(c, turn.lang) for c in numbers[:3])
    labels = {
        "emergency": _("Ada kekerasan, kecelakaan, kebakaran"),
        "gender_violence": _("Dipukul pasangan / kekerasan seksual"),
        "trafficking": _("Ditahan, dipaksa kerja, dijual"),
        "self_harm": _("Ingin mati / menyakiti diri"),
    }
    buttons = tuple(Button(labels[name], f"crisis:{name}") for name in CRISES)
    return Reply((Part(text), Part(_("Apa yang sedang terjadi?"), buttons)), "crisis", page.id)


def safe_answer(turn: Turn, services: Services, safe: bool) -> Reply:
    """What follows on "Sekarang aman?"."""
    _ = turn.say
    intent = turn.tracker.asked_if_safe or "emergency"
    if not safe:
        page = services.library.article(f"{intent}/now", turn.lang)
        assert page is not None, f"the crisis page {intent}/now is missing"
        phones = [
            c
            for c in (services.library.contacts[id] for id in page.contacts)
            if may_be_shown(c) and any(channel.type == "phone" for channel in c.channels)
        ]
        text = _(
            "Telepon sekarang, jangan tunggu balasan saya. Kalau tidak bisa bicara, minta orang terdekat menelepon. "
            "Kalau bisa, pergi ke tempat yang ramai dan terang."
        )
        numbers = "\n\n".join(contact_lines(contact, turn.lang) for contact in phones[:3])
        choices = (Button(_("Sekarang sudah aman"), "safe:yes"), Button(_("Bicara dengan petugas"), "staff"))
        return Reply((Part(f"{text}\n\n{numbers}", choices),), "crisis", page.id)
    turn.tracker.asked_if_safe = None
    text = _(
        "Syukurlah. Kakak tidak sendiri. Kalau keadaan berubah, tulis lagi atau telepon nomor tadi. "
        "Kapan pun Kakak siap, kita bisa lanjut pelan-pelan."
    )
    buttons = (
        Button(_("Bantuan hukum gratis"), "article:legal_aid/free-lawyer"),
        Button(_("Bicara dengan petugas"), "staff"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part(text, buttons),), "crisis", f"{intent}/now")

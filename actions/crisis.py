"""Danger first: numbers at the top, few words, then one question: is it safe now?"""

from __future__ import annotations

from actions import safety_words, told
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
    """What follows on "Sekarang aman?"; the words fit the kind of danger, and who has only seen the other leave hears
    that he may come back."""
    if turn.tracker.form is None:  # an open form learns of it by itself
        told.put(turn, {told.DANGER: "no" if safe else "yes"})
    return _when_safe(turn) if safe else _when_not_safe(turn, services)


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
    if safety_words.tells_of_leaving(turn.text):
        text = _(
            "Baik, Kak. Kalau dia tadi mengancam, dia bisa kembali: kunci pintu, minta seseorang menemani, simpan nomor "
            "tadi dekat tangan. Kalau ada yang berubah atau ada yang luka, telepon nomor itu atau tulis lagi. Kapan pun "
            "Kakak siap, kita lanjut pelan-pelan."
        )
    else:
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

"""A voice note outside a form: many cannot type. It goes to the staff, after a yes, or to the menu."""

from __future__ import annotations

from actions.handover import when_read
from actions.menu import menu_part
from actions.staff_talk import code_parts
from actions.turn import Button, Part, Reply, Services, Turn
from store import deadlines, evidence, referrals


def offer_to_forward(turn: Turn, services: Services) -> Reply:
    """Say that we cannot hear it, and ask whether a person may."""
    _ = turn.say
    assert turn.attachment is not None
    if turn.attachment.size > evidence.MOST_BYTES or not services.hotline.takes_reports(services.db):
        text = _("Saya belum bisa mendengar pesan suara, Kak. Kalau susah mengetik, pakai tombol saja.")
        return Reply((Part(text), menu_part(turn)), "fallback")
    turn.tracker.voice = turn.attachment.as_dict() | {"day": turn.today.isoformat()}
    turn.tracker.offer = "voice:send"
    text = _(
        "Saya program, belum bisa mendengar pesan suara, Kak. Mau saya teruskan ke petugas ({operator})? Suaranya "
        "disimpan terenkripsi, dan hanya petugas yang mendengar. Bahaya sekarang? Telepon 110."
    ).format(operator=services.hotline.described(turn.say))
    buttons = (
        Button(_("Ya, teruskan"), "voice:send"),
        Button(_("Ya, tapi jangan balas ke sini"), "voice:quiet"),
        Button(_("Jangan"), "voice:drop"),
        Button(_("🆘 Darurat"), "crisis"),
    )
    return Reply((Part(text, buttons),), "handover")


def forward_quietly(turn: Turn, services: Services) -> Reply:
    """[Ya, tapi jangan balas ke sini]: staff write only when the person writes first."""
    return forward(turn, services, may_write=False)


def forward(turn: Turn, services: Services, may_write: bool = True) -> Reply:
    """[Ya, teruskan]: the yes is the consent. The note becomes a case of its own."""
    _ = turn.say
    voice = turn.tracker.voice
    turn.tracker.voice = None
    if voice is None or voice.pop("day") != turn.today.isoformat():
        return Reply((Part(_("Suaranya sudah tidak saya pegang, Kak. Kirim lagi, ya."), ()),), "fallback")
    code = referrals.add(
        services.db,
        services.keys,
        referrals.NewReferral(
            kind="message",
            priority="normal",
            body={
                "message": _("(pesan suara)"),
                "lang": turn.lang,
                "reply": "any_time" if may_write else "only_when_i_write",
            },
            chat=turn.chat,
            reply_to=turn.reply_to if may_write else None,
            regency=None,
            consent="voice 2026-11-22",
        ),
    )
    evidence.add(services.db, services.keys, code, voice)
    deadlines.set_deadline(services.db, code, services.hotline.deadlines)
    sent = _("Suara Kakak sudah diteruskan ke petugas. {when}").format(when=when_read(turn, services)).strip()
    return Reply((Part(sent), *code_parts(turn, code)), "handover", referral=code)


def drop(turn: Turn, services: Services) -> Reply:
    """[Jangan]: forget it."""
    turn.tracker.voice = None
    text = turn.say("Baik, tidak saya teruskan dan tidak saya simpan.")
    return Reply((Part(text), menu_part(turn)), "talk")

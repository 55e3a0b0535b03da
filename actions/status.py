"""How a person's cases stand, and what the hotline wrote about them."""

from __future__ import annotations

from datetime import datetime

from actions.turn import Button, Part, Reply, Services, Turn
from locales import Translate
from store import evidence, messages, referrals
from store.clock import BALI
from store.codes import read_code
from store.referrals import Summary

MOST_SHOWN = 10


def status(turn: Turn, services: Services, asked: str | None = None) -> Reply:
    """The cases of this chat. A code of another chat is answered exactly like a code that does not exist."""
    _ = turn.say
    own = referrals.of_chat(services.db, turn.chat)
    code = _asked_code(turn, asked)
    if code is not None:
        own = [case for case in own if case.code == code]
        if not own:
            return Reply((Part(_unknown(turn)),), "status")
    if not own:
        return Reply((Part(_("Belum ada yang Kakak kirim dari percakapan ini.")),), "status")
    news = messages.codes_with_news(services.db, turn.chat)
    lines = [_line(turn, services, case) for case in own[:MOST_SHOWN]]
    buttons: list[Button] = []
    for case in own[:MOST_SHOWN]:
        if case.code in news:
            buttons.append(Button(_("Baca kabar {code}").format(code=case.code), f"news:{case.code}"))
        buttons.append(Button(_("Tulis soal {code}").format(code=case.code), f"write:{case.code}"))
    return Reply((Part("\n".join(lines), tuple(buttons)),), "status", referral=own[0].code if code else None)


def news(turn: Turn, services: Services, code: str) -> Reply:
    """What the hotline wrote and the person has not read yet; without any, how the case stands."""
    _ = turn.say
    if not referrals.is_of_chat(services.db, code, turn.chat):
        return Reply((Part(_unknown(turn)),), "status")
    unread = messages.read_by_person(services.db, services.keys, code)
    if not unread:
        return status(turn, services, code)
    parts = [
        Part(_("Petugas menulis, {time}:").format(time=_when(message.created_at)) + f"\n\n{message.text}")
        for message in unread
    ]
    buttons = (Button(_("Balas"), f"write:{code}"), Button(_("« Menu"), "menu"))
    parts[-1] = Part(parts[-1].text, buttons)
    return Reply(tuple(parts), "status", referral=code)


def news_part(turn: Turn, services: Services) -> Part | None:
    """The neutral hint that something waits to be read, for the end of an ordinary answer."""
    _ = turn.say
    codes = messages.codes_with_news(services.db, turn.chat)
    if not codes:
        return None
    buttons = tuple(Button(_("Baca kabar {code}").format(code=code), f"news:{code}") for code in codes[:3])
    return Part(_("Ada kabar untuk Kakak."), buttons)


def _line(turn: Turn, services: Services, case: Summary) -> str:
    _ = turn.say
    line = f"{case.code}: {status_words(_)[case.status]}"
    if case.status == "new":
        ahead = referrals.ahead_of(services.db, case.code)
        line += ". " + _("Urutan ke-{n}").format(n=ahead + 1)
    failed = [item for item in evidence.listed(services.db, case.code) if item.status == "failed"]
    if failed:
        line += ". " + _("{n} lampiran gagal diambil; kirim lagi lewat tombol di bawah").format(n=len(failed))
    return line


def status_words(_: Translate) -> dict[str, str]:
    """Where a case stands, as the person is told."""
    return {
        "new": _("sudah diterima, menunggu dibaca"),
        "in_progress": _("sedang ditangani"),
        "waiting": _("menunggu jawaban pihak lain"),
        "closed": _("selesai"),
    }


def _unknown(turn: Turn) -> str:
    return turn.say(
        "Kode itu tidak saya temukan di percakapan ini. Periksa lagi hurufnya, dan pakai akun Telegram yang "
        "dipakai waktu mengirim."
    )


def _when(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(BALI).strftime("%d-%m-%Y %H.%M")


def _asked_code(turn: Turn, asked: str | None) -> str | None:
    typed = asked or next((e.value for e in turn.understood.entities if e.entity == "referral_code"), None)
    return (read_code(typed) or "?") if typed else None

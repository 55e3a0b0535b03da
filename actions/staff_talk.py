"""Writing back and forth with the hotline about a case: what is typed goes to the staff until the person ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import attachments
from actions.status import status
from actions.turn import Button, Part, Reply, Services, Turn
from store import alerts, delivery, evidence, messages, referrals

SILENCE = timedelta(hours=2)  # after it, somebody else may hold the phone: words are for the assistant again


def write_to(turn: Turn, services: Services, code: str) -> Reply:
    """[Balas], [Tulis soal …]: from now on what is typed goes to the staff."""
    _ = turn.say
    if not referrals.is_of_chat(services.db, code, turn.chat):
        return status(turn, services, code)
    if turn.tracker.form is not None:
        turn.tracker.form.paused = True
    turn.tracker.talk = {"code": code, "since": _now(turn)}
    text = _(
        "Tulis saja, Kak. Mulai sekarang yang Kakak tulis atau kirim di sini (juga foto dan suara) diteruskan ke "
        "petugas untuk {code}, sampai Kakak tekan Selesai."
    ).format(code=code)
    return Reply((Part(text, (_end_button(turn),)),), "handover", referral=code)


def is_open(turn: Turn) -> bool:
    """Whether words are for the staff now; a talk that has rested too long is over."""
    talk = turn.tracker.talk
    if talk is None:
        return False
    if turn.moment is not None and turn.moment - datetime.fromisoformat(talk["since"]) > SILENCE:
        turn.tracker.talk = None
    return turn.tracker.talk is not None


def forward(turn: Turn, services: Services, urgent: bool = False) -> Part:
    """Put what was typed or sent into the case; the receipt to show for it."""
    _ = turn.say
    assert turn.tracker.talk is not None
    code = turn.tracker.talk["code"]
    turn.tracker.talk["since"] = _now(turn)
    refused = _refusal(turn, services, code) if turn.attachment else None
    if turn.attachment and not refused:
        evidence.add(services.db, services.keys, code, turn.attachment.as_dict())
    label = f"[{turn.attachment.kind}]" if turn.attachment and not refused else ""
    words = turn.text.strip() or (turn.attachment.caption if turn.attachment else None)
    if refused and not words:
        return Part(refused, (_end_button(turn),))
    reopened = messages.from_person(
        services.db, services.keys, code, " ".join(piece for piece in (label, words) if piece)
    )
    if turn.reply_to is not None:
        delivery.person_is_here(services.db, services.keys, code, turn.reply_to)
    if urgent:
        referrals.make_urgent(services.db, code)
        alerts.raise_alert(services.db, "urgent_referral", code)
    text = (
        _("Diteruskan ke petugas ({code}).")
        if not reopened
        else _("{code} dibuka lagi, dan pesan Kakak diteruskan.")
    )
    lines = [*([refused] if refused else []), "✓ " + text.format(code=code)]
    return Part("\n\n".join(lines), (_end_button(turn),))


def _refusal(turn: Turn, services: Services, code: str) -> str | None:
    """Why the file is not kept. The words under it go on to the staff all the same."""
    if referrals.is_minor(referrals.content_of(services.db, services.keys, code)["told"]):
        return turn.say(
            "Karena umur Kakak di bawah 18, foto, suara dan berkas tidak saya simpan. Tulis saja, ya Kak."
        )
    return attachments.refusal(turn, held=evidence.count_of(services.db, code))


def end(turn: Turn, services: Services) -> Reply:
    """The person is done: words are for the assistant again."""
    _ = turn.say
    code = leave(turn, services)
    if code is None:
        return Reply((Part(_("Baik, Kak. Kalau ada hal lain, tulis saja.")),), "talk")
    text = _(
        "Baik, bicara dengan petugas selesai. Yang Kakak tulis sesudah ini tidak dibaca petugas lagi. "
        "Mau menulis lagi: /status."
    )
    return Reply((Part(text, (Button(_("« Menu"), "menu"),)),), "handover", referral=code)


def leave(turn: Turn, services: Services) -> str | None:
    """End the talk without a word; returns the code it was about. What was chosen about replies holds again."""
    talk = turn.tracker.talk
    turn.tracker.talk = None
    if talk is None:
        return None
    if referrals.is_of_chat(services.db, talk["code"], turn.chat):
        delivery.person_has_left(services.db, services.keys, talk["code"])
    return talk["code"]


def _end_button(turn: Turn) -> Button:
    return Button(turn.say("Selesai bicara"), "talk:end")


def _now(turn: Turn) -> str:
    return turn.moment.isoformat() if turn.moment else datetime.now().astimezone().isoformat()


def code_parts(turn: Turn, code: str) -> tuple[Part, ...]:
    """The code of a new case, to be kept, and the way to go on writing about it."""
    _ = turn.say
    text = _(
        "Ini kodenya:\n\n{code}\n\nSimpan kode ini: tulis di kertas atau ambil tangkapan layar. Untuk tahu kabarnya, "
        "tulis /status {code} di sini."
    ).format(code=code)
    buttons = (
        Button(_("Sudah saya catat"), f"noted:{code}"),
        Button(_("Tambah pesan atau bukti"), f"write:{code}"),
    )
    return (Part(text, buttons),)


def ask_for_last_signs(turn: Turn, services: Services, code: str) -> Reply:
    """[Sudah saya catat]: a look whether it really was."""
    _ = turn.say
    if not referrals.is_of_chat(services.db, code, turn.chat):
        return Reply((Part(_("Bagus. Terima kasih sudah berani bercerita, Kak.")),), "talk")
    turn.tracker.code_to_note = code
    text = _("Bagus. Biar yakin: lihat catatan Kakak dan tulis empat tanda terakhir dari kodenya.")
    return Reply((Part(text, (Button(_("Lewati"), "noted:skip"),)),), "talk")


def skip_last_signs(turn: Turn) -> Reply:
    """[Lewati]: fine, too."""
    turn.tracker.code_to_note = None
    return Reply((Part(turn.say("Tidak apa-apa. Dari HP ini cukup tulis /status, tanpa kode.")),), "talk")


def last_signs(turn: Turn) -> Reply | None:
    """Four signs typed after [Sudah saya catat]: do they fit? None when the message is something else."""
    _ = turn.say
    code = turn.tracker.code_to_note
    typed = "".join(character for character in turn.text.upper() if character.isalnum())
    if code is None or not 4 <= len(typed) <= 10 or len(turn.text.split()) > 3 or not _like_signs(typed):
        return None
    plain = code.replace("-", "")
    if typed.isalpha() and not plain.endswith(typed.translate(str.maketrans("OIL", "011"))):
        return None  # "siap", "oke": four letters, and no try at the code
    if plain.endswith(typed.translate(str.maketrans("OIL", "011"))):
        turn.tracker.code_to_note = None
        return Reply((Part(_("Cocok. Terima kasih sudah berani bercerita, Kak.")),), "talk", referral=code)
    text = _("Belum sama. Kodenya {code}. Coba catat lagi pelan-pelan, lalu tulis empat tanda terakhir.")
    skip = Button(_("Lewati"), "noted:skip")
    return Reply((Part(text.format(code=code), (skip,)),), "talk", referral=code)


def _like_signs(typed: str) -> bool:
    return any(character.isdigit() for character in typed) or len(typed) in (4, 8) or typed.startswith("KR")

"""Answers to what is not text."""

from __future__ import annotations

from actions.menu import menu_part
from actions.turn import Part, Reply, Turn
from bot.incoming import OtherKind


def other_kind(turn: Turn, kind: OtherKind) -> Reply:
    """A kind sentence for a photo, voice note, sticker …: what it is for and what to do instead."""
    _ = turn.say
    texts = {
        "photo": _(
            "Fotonya sampai, Kak, tapi saya belum bisa membaca foto. Simpan baik-baik, itu bisa jadi bukti."
        ),
        "document": _(
            "Filenya sampai, Kak, tapi saya belum bisa membukanya. Simpan baik-baik, itu bisa jadi bukti."
        ),
        "video": _(
            "Videonya sampai, Kak, tapi saya belum bisa menontonnya. Simpan baik-baik dan jangan disebar."
        ),
        "voice": _("Saya belum bisa mendengar pesan suara, Kak. Kalau susah mengetik, pakai tombol saja."),
        "location": _(
            "Lokasinya sampai, Kak. Saya tidak menyimpannya. Kalau ada bahaya sekarang, telepon 110."
        ),
        "contact": _("Kontaknya tidak saya simpan, Kak. Nomor orang lain sebaiknya tidak dibagikan."),
        "sticker": _("Hehe, stikernya bagus. Ada yang mau ditanyakan, Kak?"),
    }
    text = texts.get(kind) or _("Jenis pesan itu belum bisa saya baca, Kak. Tulis saja, atau pakai tombol.")
    return Reply((Part(text), menu_part(turn)), "fallback")

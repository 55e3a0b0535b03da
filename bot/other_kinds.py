"""Answers to what is not text, outside of forms and talks with staff."""

from __future__ import annotations

from actions import voice
from actions.menu import menu_part
from actions.turn import Button, Part, Reply, Services, Turn
from bot.incoming import OtherKind


def other_kind(turn: Turn, services: Services, kind: OtherKind) -> Reply:
    """A kind sentence for a photo, voice note, sticker …: what it is for and what to do instead."""
    _ = turn.say
    if kind == "voice" and turn.attachment is not None:
        return voice.offer_to_forward(turn, services)
    texts = {
        "photo": _(
            "Fotonya sampai, Kak, tapi saya tidak bisa membaca foto dan tidak menyimpannya. Simpan baik-baik, itu bisa "
            "jadi bukti. Mau dikirim ke petugas? Lampirkan di laporan."
        ),
        "document": _(
            "Filenya sampai, Kak, tapi saya tidak bisa membukanya dan tidak menyimpannya. Simpan baik-baik, itu bisa "
            "jadi bukti. Mau dikirim ke petugas? Lampirkan di laporan."
        ),
        "video": _(
            "Videonya sampai, Kak, tapi saya tidak bisa menontonnya dan tidak menyimpannya. Simpan baik-baik dan jangan "
            "disebar. Mau dikirim ke petugas? Lampirkan di laporan."
        ),
        "voice": _("Saya belum bisa mendengar pesan suara, Kak. Kalau susah mengetik, pakai tombol saja."),
        "location": _(
            "Lokasinya sampai, Kak. Saya tidak menyimpannya. Kalau ada bahaya sekarang, telepon 110."
        ),
        "contact": _("Kontaknya tidak saya simpan, Kak. Nomor orang lain sebaiknya tidak dibagikan."),
        "sticker": _("Hehe, stikernya bagus. Ada yang mau ditanyakan, Kak?"),
        "poll": _("Jajak pendapat tidak bisa saya isi, Kak. Tulis saja pertanyaannya."),
        "dice": _("Saya tidak ikut main, Kak, tapi siap ditanya apa saja soal hidup di Bali."),
    }
    text = texts.get(kind) or _("Jenis pesan itu belum bisa saya baca, Kak. Tulis saja, atau pakai tombol.")
    if kind in ("photo", "document", "video"):
        buttons = (Button(_("Lapor diskriminasi"), "report"), Button(_("Minta bantuan petugas"), "help"))
        return Reply((Part(text, buttons), menu_part(turn)), "fallback")
    return Reply((Part(text), menu_part(turn)), "fallback")

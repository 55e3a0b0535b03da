"""First words, help and the menu."""

from __future__ import annotations

from actions.turn import Button, Part, Reply, Services, Turn
from locales import Translate


def start(turn: Turn, services: Services) -> Reply:
    """/start: what this is and is not, a switch to the other language, then the menu."""
    _ = turn.say
    hello = _(
        "Halo Kak, saya Kawan Rantau: teman tanya untuk warga NTT di Bali atau yang mau ke Bali.\n\n"
        "Saya program, bukan orang. Saya menjawab soal kos, kerja, KTP, adat, polisi dan lain-lain dari sumber yang "
        "diperiksa. Saya bukan layanan darurat dan bukan pengacara.\n\n"
        "Chat Telegram tidak terenkripsi ujung ke ujung: jangan tulis nama atau nomor KTP kalau tidak perlu. "
        "Yang Kakak tulis tidak dibaca petugas, kecuali Kakak mengirim laporan atau pesan untuk petugas."
    )
    other = Button("English", "lang:en") if turn.lang == "id" else Button("Bahasa Indonesia", "lang:id")
    return Reply((Part(hello, (other,)), menu_part(turn)), "talk")


def menu(turn: Turn, services: Services) -> Reply:
    """The eight doors."""
    return Reply((menu_part(turn),), "talk")


def menu_part(turn: Turn) -> Part:
    """The menu as a message; also shown under a fall-back."""
    _ = turn.say
    return Part(
        _("Tulis saja ceritanya dengan bahasa sendiri, atau pilih:"),
        (
            *_topics(_, "housing", "employment", "residency", "adat_rules", "police_encounter"),
            Button(_("✋ Lapor diskriminasi"), "report"),
            Button(_("🆘 Darurat"), "crisis"),
            Button(_("➕ Lainnya"), "more"),
        ),
    )


def more(turn: Turn, services: Services) -> Reply:
    """The topics that did not fit into the menu."""
    _ = turn.say
    buttons = (
        *_topics(
            _,
            "rights",
            "legal_aid",
            "mediation",
            "pre_migration",
            "provocation",
            "community",
            "health",
            "education",
        ),
        Button(_("🤝 Minta mediasi"), "mediation"),
        Button(_("Minta bantuan petugas"), "help"),
        Button(_("Data saya"), "article:privacy/your-data"),
        Button(_("Bicara dengan petugas"), "staff"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part(_("Topik lain:"), buttons),), "talk")


def _topics(_: Translate, *intents: str) -> list[Button]:
    return [Button(topic_label(intent, _), f"topic:{intent}") for intent in intents]


def topic_label(intent: str, _: Translate) -> str:
    """The name of a topic on a button."""
    return {
        "housing": _("🏠 Kos & kontrakan"),
        "employment": _("💼 Kerja & upah"),
        "residency": _("🪪 KTP & lapor diri"),
        "adat_rules": _("🙏 Adat & Nyepi"),
        "police_encounter": _("👮 Razia & polisi"),
        "rights": _("Hak & diskriminasi"),
        "legal_aid": _("Bantuan hukum"),
        "mediation": _("Berselisih, mau damai"),
        "pre_migration": _("Mau merantau"),
        "provocation": _("Hoaks & ujaran kebencian"),
        "community": _("Komunitas & ibadah"),
        "health": _("Kesehatan"),
        "education": _("Sekolah"),
    }[intent]


def bot_help(turn: Turn, services: Services) -> Reply:
    """/bantuan: how to use the assistant."""
    _ = turn.say
    text = _(
        "Begini cara pakai saya:\n"
        "• Tulis saja masalahnya, bahasa apa adanya. Boleh bahasa Kupang, boleh disingkat.\n"
        "• /menu daftar topik · /status laporan saya · /petugas bicara dengan orang\n"
        "• /bantu minta bantuan petugas · /mediasi duduk bersama penengah · /lapor lapor diskriminasi\n"
        "• /batal berhenti mengisi formulir · /lanjut meneruskannya · /bahasa English\n"
        "• /data yang disimpan · /hapus menghapusnya · /sembunyikan membersihkan layar\n"
        "• Bahaya sekarang? Tekan /darurat atau telepon 110."
    )
    about = Button(_("Siapa di balik bot ini?"), "article:privacy/about-this-bot")
    return Reply((Part(text, (about,)), menu_part(turn)), "talk")

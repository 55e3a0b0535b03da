"""What people ask of the hotline: to report, to talk to someone, to hear how a case stands, to be forgotten."""

from __future__ import annotations

from actions.answer import answer, best_article
from actions.forms import engine
from actions.forms.screens import question
from actions.turn import Button, Part, Reply, Services, Turn
from knowledge.render import contacts_text
from store import erasure, referrals, trackers
from store.codes import read_code

AGENCIES = ["komnas-ham", "ombudsman-137", "sapa-129", "propam", "kemenkum-bali", "flobamora-bali"]


def offer_report(turn: Turn, services: Services) -> Reply:
    """Two lines of help first; a form never begins by surprise."""
    _ = turn.say
    text = _(
        "Itu bukan salah Kakak. Tidak seorang pun boleh diperlakukan lebih buruk karena asal, suku, agama, "
        "atau rupanya.\n\nSimpan bukti dulu: chat, foto, tanggal, tempat, nama saksi. Jangan sebar di media sosial."
    )
    if not services.hotline.takes_reports(services.db):
        return Reply((Part(text), agencies(turn, services)), "answer", "rights/what-is-discrimination")
    buttons = (
        Button(_("Lapor"), "form:report_discrimination"),
        Button(_("Baca dulu"), "ask_first"),
        Button(_("Bicara dengan petugas"), "staff"),
    )
    return Reply((Part(text, buttons),), "answer", "rights/what-is-discrimination")


def ask_first(turn: Turn, services: Services) -> Reply:
    """[Baca dulu]: what the law says about it."""
    page = services.library.article("rights/what-is-discrimination", turn.lang)
    assert page is not None, "rights/what-is-discrimination is missing"
    return answer(turn, services, page)


def begin_form(turn: Turn, services: Services, name: str) -> Reply:
    """Open a form, if someone is there to read what is sent."""
    if not services.hotline.takes_reports(services.db):
        return Reply((agencies(turn, services),), "handover")
    if turn.tracker.form is not None:  # what is filled in there must not vanish under a second form
        text = turn.say(
            "Masih ada formulir yang terbuka. Selesaikan dulu, atau tulis /batal untuk menghapusnya."
        )
        return Reply((Part(text), question(turn)), "form")
    return engine.begin(turn, services, name)


def talk_to_staff(turn: Turn, services: Services) -> Reply:
    """Offer to leave a message for the hotline; without a hotline, who else can be called."""
    _ = turn.say
    if not services.hotline.takes_reports(services.db):
        return Reply((agencies(turn, services),), "handover")
    text = _(
        "Petugas kami manusia, bukan program: {operator}. Kakak bisa minta bantuan (saya tanya pelan-pelan), atau "
        "tulis pesan saja. Biasanya ada kabar dalam {time}. "
        "Kalau ada bahaya sekarang, jangan tunggu: telepon 110."
    ).format(operator=services.hotline.described(turn.say), time=services.hotline.within(turn.say))
    buttons = (
        Button(_("Minta bantuan petugas"), "form:help_request"),
        Button(_("Tulis pesan untuk petugas"), "form:message_to_staff"),
        Button(_("🆘 Darurat"), "crisis"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part(text, buttons),), "handover")


def status(turn: Turn, services: Services, asked: str | None = None) -> Reply:
    """How cases stand. A code of another chat is answered exactly like a code that does not exist."""
    _ = turn.say
    own = referrals.of_chat(services.db, turn.chat)
    code = _asked_code(turn, asked)
    if code is not None:
        own = [case for case in own if case.code == code]
        if not own:
            text = _(
                "Kode itu tidak saya temukan di percakapan ini. Periksa lagi hurufnya, dan pakai akun Telegram yang "
                "dipakai waktu mengirim."
            )
            return Reply((Part(text),), "status")
    if not own:
        return Reply((Part(_("Belum ada yang Kakak kirim dari percakapan ini.")),), "status")
    words = {
        "new": _("sudah diterima, menunggu dibaca"),
        "in_progress": _("sedang ditangani"),
        "waiting": _("menunggu jawaban pihak lain"),
        "closed": _("selesai"),
    }
    lines = [f"{case.code}: {words[case.status]}" for case in own[:10]]
    return Reply((Part("\n".join(lines)),), "status", referral=own[0].code if code else None)


def privacy(turn: Turn, services: Services) -> Reply:
    """The privacy page that fits (what is stored, who reads it, shared phones), with a way to have all erased."""
    _ = turn.say
    page = best_article(turn, services, "privacy") or services.library.article("privacy/your-data", turn.lang)
    assert page is not None, "privacy/your-data is missing"  # the knowledge check holds this
    reply = answer(turn, services, page)
    return reply.with_parts(Part(_("Mau dihapus?"), (Button(_("Hapus data saya"), "erase"),)))


def ask_to_erase(turn: Turn, services: Services) -> Reply:
    """/hapus: say what will be gone, then ask once."""
    _ = turn.say
    count = len(referrals.of_chat(services.db, turn.chat))
    text = _(
        "Saya akan menghapus catatan percakapan ini dan {count} laporan Kakak, dengan semua isinya. Ini tidak bisa "
        "dibatalkan. Yang tinggal hanya catatan bahwa ada kode yang dihapus, tanpa isi dan tanpa nama."
    ).format(count=count)
    buttons = (Button(_("Ya, hapus semuanya"), "erase:yes"), Button(_("Jangan dihapus"), "menu"))
    return Reply((Part(text, buttons),), "answer")


def erase(turn: Turn, services: Services) -> Reply:
    """Forget this chat: its cases, its tracker."""
    _ = turn.say
    erasure.erase_chat(services.db, turn.chat)
    lang = turn.tracker.lang
    turn.tracker.__dict__.update(trackers.Tracker(lang=lang).__dict__)
    text = _(
        "Sudah dihapus. Pesan yang masih terlihat di layar ini disimpan Telegram, bukan saya: hapus percakapannya "
        "di aplikasi Telegram."
    )
    return Reply((Part(text),), "answer")


def agencies(turn: Turn, services: Services) -> Part:
    """Whom to turn to while nobody reads what is sent to the hotline."""
    _ = turn.say
    ids = [id for id in AGENCIES if id in services.library.contacts]
    text = _(
        "Saat ini belum ada petugas di balik bot ini, jadi laporan belum bisa saya terima. Yang bisa dihubungi langsung:"
    )
    return Part(f"{text}\n\n{contacts_text(ids, services.library, turn.lang)}")


def _asked_code(turn: Turn, asked: str | None) -> str | None:
    typed = asked or next((e.value for e in turn.understood.entities if e.entity == "referral_code"), None)
    return (read_code(typed) or "?") if typed else None

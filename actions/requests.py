"""What people ask of the assistant besides answers: to report, to open a form, to know about their privacy."""

from __future__ import annotations

from actions.answer import answer, best_article
from actions.forms import engine
from actions.forms.screens import question
from actions.handover import agencies
from actions.turn import Button, Part, Reply, Services, Turn


def offer_report(turn: Turn, services: Services) -> Reply:
    """Two lines of help first; a form never begins by surprise."""
    _ = turn.say
    text = _(
        "Itu bukan salah Kakak. Tidak seorang pun boleh diperlakukan lebih buruk karena asal, suku, agama, "
        "atau rupanya.\n\nSimpan bukti dulu: chat, foto, tanggal, tempat, nama saksi. Jangan sebar di media sosial."
    )
    if not services.hotline.takes_reports(services.db):
        return Reply((Part(text), agencies(turn, services)), "answer", "rights/what-is-discrimination")
    text += "\n\n" + _("Mau dilaporkan? Semua Kakak baca dulu sebelum dikirim.")
    turn.tracker.offer = "form:report_discrimination"
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
        if turn.tracker.form.paused:  # what it holds is shown only to whoever asks for it
            return Reply((Part(text, (Button(turn.say("Lanjutkan formulir"), "resume"),)),), "form")
        return Reply((Part(text), question(turn)), "form")
    return engine.begin(turn, services, name)


def privacy(turn: Turn, services: Services) -> Reply:
    """The privacy page that fits (what is stored, who reads it, shared phones), with the ways to see and erase."""
    _ = turn.say
    page = best_article(turn, services, "privacy") or services.library.article("privacy/your-data", turn.lang)
    assert page is not None, "privacy/your-data is missing"  # the knowledge check holds this
    reply = answer(turn, services, page)
    buttons = (
        Button(_("Lihat data saya"), "data"),
        Button(_("Hapus data saya"), "erase"),
        Button(_("Sembunyikan percakapan"), "hide"),
    )
    return reply.with_parts(Part(_("Mau lihat atau hapus?"), buttons))

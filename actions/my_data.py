"""What is kept of a person, how to have it erased, and how to take a conversation off a shared screen."""

from __future__ import annotations

from actions import staff_talk
from actions.forms.model import form_names, load_form
from actions.turn import Button, Part, Reply, Services, Turn
from store import erasure, evidence, messages, referrals, trackers


def show_data(turn: Turn, services: Services) -> Reply:
    """/data: everything kept of this chat, in words and numbers, and how long."""
    _ = turn.say
    own = referrals.of_chat(services.db, turn.chat)
    lines = [_("Ini yang saya simpan dari percakapan ini:")]
    lines.append("• " + _("bahasa yang dipakai, dan topik terakhir (7 hari sejak pesan terakhir)"))
    form = turn.tracker.form
    if form is not None and form.name in form_names():
        count = len(load_form(form.name).answers(form.values))
        lines.append("• " + _("formulir yang belum dikirim: {n} jawaban (7 hari)").format(n=count))
    lines.append("• " + _("pesan Kakak: dihapus begitu dijawab; jawaban saya: teksnya 24 jam"))
    for case in own:
        written = len(messages.thread(services.db, services.keys, case.code))
        files = evidence.count_of(services.db, case.code)
        lines.append(
            "• "
            + _("{code}: isi laporan, {messages} pesan, {files} lampiran, terenkripsi").format(
                code=case.code, messages=written, files=files
            )
        )
    if not own:
        lines.append("• " + _("laporan: tidak ada"))
    lines.append("")
    lines.append(_("Nama dan nomor Telegram Kakak tidak disimpan di luar laporan. Isi laporan dihapus paling lambat {days} hari sesudah selesai, lampiran {evidence_days} hari.").format(days=services.hotline.case_days, evidence_days=services.hotline.evidence_days))  # fmt: skip
    buttons = (
        Button(_("Hapus semuanya"), "erase"),
        Button(_("Sembunyikan percakapan"), "hide"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part("\n".join(lines), buttons),), "answer", "privacy/your-data")


def ask_to_erase(turn: Turn, services: Services) -> Reply:
    """/hapus: say what will be gone, then ask once."""
    _ = turn.say
    count = len(referrals.of_chat(services.db, turn.chat))
    turn.tracker.offer = "erase:yes"
    text = _(
        "Saya akan menghapus catatan percakapan ini dan {count} laporan Kakak, dengan semua isinya dan lampirannya. "
        "Petugas tidak bisa lagi membantu soal itu. Ini tidak bisa dibatalkan.\n\nPesan di layar ini ikut saya hapus, "
        "sejauh Telegram mengizinkan (48 jam terakhir). Yang tinggal hanya catatan bahwa ada kode yang dihapus, tanpa "
        "isi dan tanpa nama."
    ).format(count=count)
    buttons = (Button(_("Ya, hapus semuanya"), "erase:yes"), Button(_("Jangan dihapus"), "menu"))
    return Reply((Part(text, buttons),), "answer")


def erase(turn: Turn, services: Services) -> Reply:
    """Forget this chat: its cases, its tracker, what stands on the screen."""
    _ = turn.say
    lang = turn.tracker.lang
    turn.tracker.__dict__.update(trackers.Tracker(lang=lang).__dict__)
    erasure.erase_chat(services.db, turn.chat)
    text = _(
        "Sudah dihapus. Pesan yang lebih lama dari 48 jam disimpan Telegram, bukan saya: hapus percakapannya di "
        "aplikasi Telegram. Cadangan lama ikut terhapus pada gilirannya."
    )
    return Reply((Part(text),), "answer", clears_screen=True)


def hide(turn: Turn, services: Services) -> Reply:
    """Sembunyikan: take the conversation off the screen and show something harmless. Cases stay as they are."""
    _ = turn.say
    tracker = turn.tracker
    staff_talk.leave(turn, services)
    if tracker.form is not None:
        tracker.form.paused = True
    tracker.pending, tracker.hidden = {}, True
    tracker.talk = tracker.article = tracker.asked = tracker.asked_if_safe = None
    tracker.offer = tracker.voice = tracker.code_to_note = None
    tracker.choices = []
    text = _(
        "Mau tahu soal adat dan hari raya di Bali?\n\nPesan yang lebih lama dari 48 jam tidak bisa dihapus dari sini; "
        "hapus percakapan lewat menu Telegram."
    )
    buttons = (
        Button(_("Nyepi"), "article:adat_rules/nyepi"),
        Button(_("Adat & Nyepi"), "topic:adat_rules"),
        Button(_("Sekolah"), "topic:education"),
    )
    return Reply((Part(text, buttons),), "talk", clears_screen=True)

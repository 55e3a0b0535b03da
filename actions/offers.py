"""The offers of help and of mediation: two lines first, then a button; a form never begins by surprise."""

from __future__ import annotations

from actions.requests import agencies
from actions.turn import Button, Part, Reply, Services, Turn


def offer_help(turn: Turn, services: Services) -> Reply:
    """/bantu: what staff can help with, and how little has to be told."""
    _ = turn.say
    if not services.hotline.takes_reports(services.db):
        return Reply((agencies(turn, services),), "handover")
    text = _(
        "Petugas kami bisa bantu soal kos, kerja, surat-surat dan bantuan hukum, juga kalau Kakak disakiti, ditahan, "
        "atau dipaksa kerja. Boleh tanpa nama.\n\nSaya tanya pelan-pelan, kebanyakan boleh dilewati. "
        "Bahaya sekarang? Telepon 110 dulu."
    )
    buttons = (
        Button(_("Minta bantuan petugas"), "form:help_request"),
        Button(_("Tulis pesan untuk petugas"), "form:message_to_staff"),
        Button(_("🆘 Darurat"), "crisis"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part(text, buttons),), "handover")


def offer_mediation(turn: Turn, services: Services) -> Reply:
    """/mediasi: what it is, and what it is not for."""
    _ = turn.say
    text = _(
        "Mediasi: duduk bersama penengah yang dipercaya dua pihak, sampai ketemu jalan damai. Tidak ada yang boleh "
        "dipaksa, dan pihak lain tidak dihubungi tanpa izin Kakak.\n\nBukan untuk kekerasan di rumah, kekerasan "
        "seksual, kerja paksa, anak yang disakiti, atau serangan karena suku dan agama. Di situ keselamatan Kakak "
        "yang utama."
    )
    read = Button(_("Baca dulu"), "article:mediation/how-it-runs")
    if not services.hotline.takes_reports(services.db):
        return Reply((Part(text, (read,)), agencies(turn, services)), "handover")
    buttons = (
        Button(_("Minta mediasi"), "form:mediation_request"),
        read,
        Button(_("Minta bantuan petugas"), "form:help_request"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part(text, buttons),), "handover")

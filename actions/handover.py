"""The ways to the people of the hotline: who they are, when they are there, and what they can help with."""

from __future__ import annotations

from actions.crisis import number_lines
from actions.hours import day_names
from actions.turn import Button, Part, Reply, Services, Turn
from knowledge.render import contacts_text

AGENCIES = ["komnas-ham", "ombudsman-137", "sapa-129", "propam", "kemenkum-bali", "flobamora-bali"]


def talk_to_staff(turn: Turn, services: Services) -> Reply:
    """Who the staff are and when they read; outside their hours the emergency numbers come first."""
    _ = turn.say
    if not services.hotline.takes_reports(services.db):
        return Reply((agencies(turn, services),), "handover")
    text = _(
        "Petugas kami manusia, bukan program: {operator}. Kakak bisa minta bantuan (saya tanya pelan-pelan), atau "
        "tulis pesan saja. Biasanya ada kabar dalam {time}."
    ).format(operator=services.hotline.described(turn.say), time=services.hotline.within(turn.say))
    return _with_ways(turn, services, text)


def offer_help(turn: Turn, services: Services) -> Reply:
    """/bantu: what staff can help with, and how little has to be told."""
    _ = turn.say
    if not services.hotline.takes_reports(services.db):
        return Reply((agencies(turn, services),), "handover")
    text = _(
        "Petugas kami bisa bantu soal kos, kerja, surat-surat dan bantuan hukum, juga kalau Kakak disakiti, ditahan, "
        "atau dipaksa kerja. Boleh tanpa nama.\n\nSaya tanya pelan-pelan, kebanyakan boleh dilewati."
    )
    return _with_ways(turn, services, text)


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


def agencies(turn: Turn, services: Services) -> Part:
    """Whom to turn to while nobody reads what is sent to the hotline."""
    _ = turn.say
    ids = [id for id in AGENCIES if id in services.library.contacts]
    text = _(
        "Saat ini belum ada petugas di balik bot ini, jadi laporan belum bisa saya terima. Yang bisa dihubungi langsung:"
    )
    return Part(f"{text}\n\n{contacts_text(ids, services.library, turn.lang)}")


def when_read(turn: Turn, services: Services) -> str:
    """Whether somebody is there now; "" when the hotline has not told its hours."""
    _ = turn.say
    hours = services.hotline.hours
    if hours is None or turn.moment is None:
        return ""
    if hours.open_at(turn.moment):
        return _("Petugas ada sekarang ({hours}).").format(hours=hours.described(_))
    opening = hours.next_opening(turn.moment)
    return _("Sekarang di luar jam petugas ({hours}). Pesan Kakak dibaca mulai {day} jam {time}.").format(
        hours=hours.described(_), day=day_names(_)[opening.weekday()], time=f"{opening:%H.%M}"
    )


def nobody_there(turn: Turn, services: Services) -> bool:
    """Whether it is outside the hours the hotline has told."""
    hours = services.hotline.hours
    return hours is not None and turn.moment is not None and not hours.open_at(turn.moment)


def _with_ways(turn: Turn, services: Services, text: str) -> Reply:
    _ = turn.say
    numbers = _("Kalau ada bahaya sekarang, jangan tunggu petugas:") + "\n" + number_lines(turn, services)
    pieces = [text, when_read(turn, services), _("Kalau ada bahaya sekarang, jangan tunggu: telepon 110.")]
    if nobody_there(turn, services):
        pieces = [numbers, text, when_read(turn, services)]
    buttons = (
        Button(_("Minta bantuan petugas"), "form:help_request"),
        Button(_("Tulis pesan untuk petugas"), "form:message_to_staff"),
        Button(_("🆘 Darurat"), "crisis"),
        Button(_("« Menu"), "menu"),
    )
    return Reply((Part("\n\n".join(piece for piece in pieces if piece), buttons),), "handover")

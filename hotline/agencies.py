"""Referrals to agencies in words, and what the case page shows of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from hotline.menu import noted as _
from hotline.told import lines
from knowledge.library import Library
from knowledge.model import Contact
from locales import Translate
from store import agency_records, referrals
from store.agency_records import AgencyReferral
from store.agency_referrals import NotAllowed
from store.keys import Keyring

STATUSES = {
    "prepared": _("Disiapkan, belum dikirim"),
    "sent": _("Dikirim, menunggu jawaban"),
    "no_answer": _("Belum ada jawaban"),
    "accepted": _("Diterima lembaga"),
    "refused": _("Ditolak lembaga"),
    "done": _("Selesai"),
    "withdrawn": _("Dibatalkan: orangnya tidak mau"),
}
TONES = {"sent": "warn", "no_answer": "warn", "accepted": "good", "done": "good", "refused": "bad"}
STEPS = {**STATUSES, "changed": _("Rencana diubah"), "agreed": _("Izin dicatat")}
HANDOVERS = {
    "warm": _("Hangat: petugas bicara dulu dengan lembaga, lalu memperkenalkan"),
    "cold": _("Dingin: orangnya pergi sendiri dengan surat kami"),
}
WAYS = {
    "in_person": _("Tatap muka"),
    "phone": _("Lewat telepon"),
    "bot": _("Lewat percakapan di bot"),
}
_WHY = {
    "nothing_asked": _("Tulis apa yang diminta dari lembaga ini."),
    "unknown_choice": _("Pilihan itu tidak ada. Periksa lagi isiannya."),
    "must_not_know": _(
        "Orang ini menulis siapa yang tidak boleh tahu, dan itu mungkin lembaga ini. Tanyakan dulu. Kalau ternyata "
        "boleh, tulis alasannya."
    ),
    "no_consent": _("Belum bisa: orang ini belum setuju untuk rujukan ini. Tanyakan, lalu catat izinnya."),
    "identity_not_agreed": _(
        "Rencananya menyebut nama atau kontak, tetapi orangnya belum mengizinkan itu. Ubah rencana, atau tanyakan lagi."
    ),
    "in_future": _("Waktu izin itu belum tiba, atau belum diisi."),
    "before_the_case": _("Waktu izin itu sebelum kasus ini ada."),
    "nothing_written": _("Sampai waktu itu orangnya belum menulis apa-apa di percakapan bot."),
    "not_now": _("Langkah itu tidak bisa diambil dari keadaan sekarang."),
    "no_reason": _("Tulis alasan atau hasilnya."),
    "no_follow_up": _("Tulis tanggal untuk menengok lagi."),
}


@dataclass(frozen=True)
class Row:
    """One referral in a list."""

    referral: AgencyReferral
    agency: Contact | None  # None: no longer in the directory

    @property
    def status(self) -> str:
        return STATUSES[self.referral.status]

    @property
    def tone(self) -> str:
        return TONES.get(self.referral.status, "plain")


@dataclass(frozen=True)
class Section:
    """What the case page shows. `wish`: what the person answered in the form about agencies; no consent to any one."""

    code: str
    wish: str | None
    rows: tuple[Row, ...]


def section(db: Database, keys: Keyring, library: Library, code: str, say: Translate) -> Section:
    """For templates/case/agencies.html. Records no reading of its own. Raises NoSuchReferral."""
    rows = [
        Row(referral, library.contacts.get(referral.plan.agency))
        for referral in agency_records.of_case(db, keys, code)
    ]
    return Section(referrals.canonical(db, code), wish(db, keys, code, say), tuple(rows))


def wish(db: Database, keys: Keyring, code: str, say: Translate) -> str | None:
    """What the form's question about agencies was answered with, in words; None where it was not asked."""
    told = referrals.content_of(db, keys, code)["told"]
    if told.get("consent") not in ("staff_only", "with_agencies"):
        return None
    return lines(kind_of(db, code), {"consent": told["consent"]}, say)[0].text


def kind_of(db: Database, code: str) -> str:
    """The kind of a case (`code` as it is stored)."""
    return str(next(db.query("select kind from referrals where code = ?", [code]))["kind"])


def refusal(error: NotAllowed, say: Translate) -> str:
    """Why a step is refused, as a sentence."""
    sentence = say(_WHY[error.why])
    return f"{sentence} ({', '.join(error.words)})" if error.words else sentence

"""Mediation in words, what the case page shows of it, and the right help where there must be none."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from hotline.menu import noted as _
from locales import Translate
from store import mediation_records, mediation_sessions, mediations, referrals
from store.keys import Keyring
from store.mediation_records import STARTER, Mediation, NotAllowed, Party
from store.mediation_sessions import Session

STATUSES = {
    "preparing": _("Disiapkan"),
    "running": _("Berjalan"),
    "agreed": _("Semua pihak setuju"),
    "ended": _("Berakhir"),
}
TONES = {"running": "warn", "agreed": "good"}
SIDES = {"starter": _("yang meminta"), "other": _("pihak lain")}
WAYS = {"in_person": _("Tatap muka"), "phone": _("Lewat telepon"), "bot": _("Lewat percakapan di bot")}
ALL_WAYS = {**WAYS, "form": _("Di formulir bot")}
HELPERS = {
    "kelian": _("Kelian banjar"),
    "bendesa": _("Bendesa adat"),
    "kaling": _("Kaling / kadus"),
    "community": _("Paguyuban / Flobamora"),
    "church": _("Gereja"),
    "other": _("Orang lain yang dipercaya"),
}
REASONS = {
    "home": _("Kekerasan di rumah"),
    "sexual": _("Kekerasan seksual"),
    "trafficking": _("Ditahan atau dipaksa kerja"),
    "child": _("Menyangkut anak"),
    "hate": _("Diserang karena asal"),
}
ENDINGS = {
    "agreed": _("Sepakat"),
    "not_agreed": _("Tidak ada kesepakatan"),
    "withdrawn": _("Salah satu pihak tidak mau lanjut"),
    "stopped": _("Dihentikan demi keselamatan"),
}
SESSIONS = {"planned": _("Direncanakan"), "held": _("Sudah berlangsung"), "cancelled": _("Dibatalkan")}
# Danger whose numbers help, and further agencies of the directory, by reason.
HELP: dict[str, tuple[str, tuple[str, ...]]] = {
    "home": ("gender_violence", ("lbh-apik-bali", "lbh-bwcc")),
    "sexual": ("gender_violence", ("lbh-apik-bali", "lbh-bwcc")),
    "trafficking": ("trafficking", ("lbh-bali",)),
    "child": ("gender_violence", ("kpai", "lbh-bwcc")),
    "hate": ("emergency", ("komnas-ham", "lbh-bali")),
}
_WHY = {
    "not_a_mediation": _("Kasus ini bukan permintaan mediasi."),
    "unsafe": _("Mediasi tidak boleh untuk hal seperti ini. Hentikan, dan tawarkan bantuan yang lebih tepat."),
    "not_screened": _("Pilih dulu: apakah ada salah satu dari hal itu di dalam masalahnya?"),
    "not_begun": _("Mediasi ini belum dimulai."),
    "ended": _("Mediasi ini sudah berakhir."),
    "not_a_mediator": _("Pilih seorang mediator yang aktif dan boleh melihat kasus ini."),
    "no_reason": _("Pilih bagaimana berakhirnya, dan tulis sedikit tentang itu."),
    "no_name": _("Tulis namanya."),
    "unknown_choice": _("Pilihan itu tidak ada. Periksa lagi isiannya."),
    "in_future": _("Waktu jawaban itu belum tiba, atau belum diisi."),
    "starter_not_willing": _("Belum bisa: yang meminta mediasi belum setuju ikut. Tanyakan dulu kepadanya."),
    "starter_not_named": _(
        "Belum bisa: yang meminta mediasi belum mengizinkan namanya disebut. Pihak lain tidak boleh dihubungi sebelum "
        "itu."
    ),
    "party_not_willing": _("Belum bisa: {party} belum setuju ikut."),
    "party_not_named": _("Belum bisa: {party} belum mengizinkan namanya disebut kepada yang lain di pertemuan itu."),
    "helper_not_accepted": _("Belum bisa: {party} belum menerima pendamping yang diundang."),
    "nobody_invited": _("Pilih siapa dari para pihak yang hadir."),
    "no_mediator": _("Tugaskan dulu seorang mediator."),
    "no_day": _("Tulis tanggal dan jamnya."),
    "no_place": _("Tulis tempatnya."),
    "not_planned": _("Pertemuan itu sudah berlangsung atau dibatalkan."),
    "one_side_only": _("Belum bisa: kesepakatan butuh dua pihak yang setuju ikut."),
    "no_text": _("Tulis dulu isi kesepakatannya."),
    "not_all_agreed": _("Belum bisa: belum semua pihak setuju dengan kalimat kesepakatan itu."),
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """What the case page shows: where it stands and the next meeting; nobody's name."""

    code: str
    is_mediation: bool
    mediation: Mediation | None
    next_session: Session | None

    @property
    def status(self) -> str:
        return STATUSES[self.mediation.status] if self.mediation else _("Belum dimulai")

    @property
    def tone(self) -> str:
        return TONES.get(self.mediation.status, "plain") if self.mediation else "plain"

    @property
    def ending(self) -> str:
        """How it ended; "" while it goes on."""
        ending = self.mediation.ending if self.mediation else None
        return ENDINGS[ending.how] if ending else ""


def section(db: Database, keys: Keyring, code: str) -> Section:
    """For templates/case/mediation.html. Records no reading of its own. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    kind = next(db.query("select kind from referrals where code = ?", [code]))["kind"]
    planned = [s for s in mediation_sessions.of_case(db, keys, code) if s.status == "planned"]
    found = mediation_records.find(db, keys, code)
    return Section(code, kind == mediations.KIND, found, planned[0] if planned else None)


def called(party: Party, say: Translate, named: bool = False) -> str:
    """A party without a name: "Pihak 1 (yang meminta)"; with it once the identity is open."""
    label = say(_("Pihak {number} ({side})")).format(number=party.id, side=say(SIDES[party.side]))
    return f"{label}: {party.name}" if named and party.name else label


def refusal(error: NotAllowed, say: Translate, mediation: Mediation | None) -> str:
    """Why a step is refused, as a sentence that names no one."""
    sentence = say(_WHY[error.why])
    parties = mediation.parties if mediation else (Party(1, STARTER),)
    party = next((called(one, say) for one in parties if str(one.id) == error.about), "")
    return sentence.format(party=party)

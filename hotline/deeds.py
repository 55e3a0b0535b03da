"""The audit's phrases as sentences staff read. A phrase that is missing here is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hotline import labels
from hotline.menu import noted as _
from hotline.reading import RESULTS
from hotline.roles import ROLES
from locales import Translate

# Pattern of the phrase → sentence. What a group catches is put in by its name; `_word` says how it is put into words.
_SENTENCES: list[tuple[str, str]] = [
    (r"filed", _("Kasus dicatat")),
    (r"wrote", _("Orangnya menulis pesan")),
    (r"answered", _("Membalas lewat bot")),
    (r"replied", _("Membalas lewat bot")),
    (r"noted", _("Menulis catatan")),
    (r"read", _("Membuka kasus")),
    (r"printed", _("Membuka halaman cetak")),
    (r"took", _("Mengambil kasus")),
    (r"assigned to (?P<login>\S+)", _("Menugaskan ke {login}")),
    (r"gave back", _("Mengembalikan ke antrean")),
    (
        r"returned: nothing from (?P<login>\S+)",
        _("Kembali ke antrean sendiri: {login} tidak berbuat apa-apa"),
    ),
    (r"status closed: (?P<outcome>\w+)", _("Menutup kasus: {outcome}")),
    (r"status (?P<status>\w+)", _("Mengubah status: {status}")),
    (r"priority (?P<priority>\w+)", _("Mengubah prioritas: {priority}")),
    (r"made urgent: danger was heard", _("Menjadi mendesak: ada tanda bahaya di pesan")),
    (r"reopened by the person", _("Dibuka lagi karena orangnya menulis")),
    (r"tagged (?P<tag>\S+)", _("Memberi tanda: {tag}")),
    (r"untagged (?P<tag>\S+)", _("Mencabut tanda: {tag}")),
    (r"joined pattern (?P<pattern>\w+)", _("Dikaitkan dengan pola {pattern}")),
    (r"left pattern (?P<pattern>\w+)", _("Dilepas dari pola {pattern}")),
    (r"spoke with the person", _("Bicara langsung dengan orangnya")),
    (r"opened identity", _("Membuka nama dan kontak")),
    (r"opened file (?P<number>\d+)", _("Membuka berkas {number}")),
    (r"added file (?P<number>\d+)", _("Menambah berkas {number}")),
    (r"reviewed an opening by (?P<login>\S+)", _("Memeriksa pembukaan oleh {login}")),
    (r"held back", _("Ditahan: pelapor menyebut petugas yang tidak boleh tahu")),
    (r"excluded (?P<login>\S+)", _("{login} tidak boleh melihat kasus ini")),
    (r"admitted (?P<login>\S+)", _("{login} boleh melihat kasus ini lagi")),
    (r"confirmed who must not know", _("Memastikan daftar yang tidak boleh tahu")),
    (r"erased at the person's wish", _("Dihapus atas permintaan orangnya")),
    (r"erased: kept long enough", _("Dihapus: masa simpan habis")),
    (r"evidence erased: kept long enough", _("Berkas dihapus: masa simpan habis")),
    (r"erased again after a restore", _("Dihapus lagi setelah cadangan dipasang")),
    (r"erased: practice is over", _("Kasus latihan dihapus")),
    (r"exported", _("Mengekspor seluruh kasus")),
    (r"opened NLU message (?P<number>\w+)", _("Membuka pesan belum dipahami {number}")),
    (r"paraphrased NLU message (?P<number>\w+)", _("Menulis kalimat untuk pesan {number}")),
    (r"dropped NLU message (?P<number>\w+)", _("Menghapus pesan {number}")),
    (r"exported (?P<number>\d+) taught sentences", _("Mengunduh {number} kalimat untuk model")),
    (r"struck off (?P<number>\d+) taught sentences", _("Menghapus {number} kalimat yang sudah masuk")),
    (r"draft begun: (?P<slug>\S+)", _("Membuka draf halaman {slug}")),
    (r"draft dropped: (?P<slug>\S+)", _("Menutup draf halaman {slug}")),
    (r"called contact (?P<contact>\S+): (?P<result>\w+)", _("Menelepon kontak {contact}: {result}")),
    (r"staff added (?P<login>\S+)", _("Akun {login} dibuat")),
    (r"staff added (?P<login>\S+) as (?P<role>\w+)", _("Akun {login} dibuat: {role}")),
    (r"staff disabled (?P<login>\S+)", _("Akun {login} dimatikan")),
    (r"role of (?P<login>\S+) is (?P<role>\w+)", _("Peran {login} menjadi {role}")),
    (r"password of (?P<login>\S+) made", _("Kata sandi sekali pakai untuk {login} dibuat")),
    (r"password of (?P<login>\S+) changed", _("Kata sandi {login} diganti")),
    (r"one-time codes set up", _("Memasang kode 6 angka")),
    (r"one-time codes of (?P<login>\S+) removed", _("Kode 6 angka {login} dilepas")),
    (r"signed in", _("Masuk")),
    (r"signed out everywhere", _("Keluar dari semua perangkat")),
    (r"sign-in refused: wrong code", _("Kata sandi benar, kode salah: tidak bisa masuk")),
    (r"code for linking (?P<login>\S+) made", _("Kode untuk menautkan Telegram {login} dibuat")),
    (r"Telegram account linked", _("Akun Telegram ditautkan")),
    (r"Telegram account of (?P<login>\S+) unlinked", _("Tautan Telegram {login} dilepas")),
    (r"backup made", _("Cadangan dibuat")),
    (r"restored from a backup", _("Cadangan dipasang")),
    (r"key rotated", _("Kunci diganti")),
    (r"agency referral (?P<number>\d+) prepared", _("Menyiapkan rujukan {number}")),
    (r"agency referral (?P<number>\d+) changed", _("Mengubah rencana rujukan {number}")),
    (r"agency referral (?P<number>\d+) read", _("Membuka rujukan {number}")),
    (r"agency referral (?P<number>\d+) agreed", _("Mencatat izin untuk rujukan {number}")),
    (r"agency referral (?P<number>\d+) letter opened", _("Membuka surat rujukan {number}")),
    (r"agency referral (?P<number>\d+) sent", _("Menyerahkan rujukan {number}")),
    (r"agency referral (?P<number>\d+) accepted", _("Rujukan {number} diterima lembaga")),
    (r"agency referral (?P<number>\d+) refused", _("Rujukan {number} ditolak lembaga")),
    (r"agency referral (?P<number>\d+) no_answer", _("Rujukan {number} belum dijawab")),
    (r"agency referral (?P<number>\d+) done", _("Rujukan {number} selesai")),
    (r"agency referral (?P<number>\d+) withdrawn", _("Rujukan {number} dibatalkan: orangnya tidak mau")),
    (r"mediation read", _("Membuka mediasi")),
    (r"mediation begun", _("Memulai mediasi setelah pemeriksaan keselamatan")),
    (r"mediation given to (?P<login>\S+)", _("Menugaskan {login} sebagai mediator")),
    (r"mediation stopped", _("Menghentikan mediasi demi keselamatan")),
    (r"mediation ended (?P<ending>\w+)", _("Mengakhiri mediasi: {ending}")),
    (r"mediation party (?P<number>\d+) noted", _("Mencatat pihak {number}")),
    (r"mediation party (?P<number>\d+) changed", _("Mengubah catatan tentang pihak {number}")),
    (r"mediation party (?P<number>\d+) answered", _("Mencatat jawaban pihak {number}")),
    (r"mediation helper (?P<number>\d+) noted", _("Mencatat pendamping {number}")),
    (r"mediation helper (?P<number>\d+) answered", _("Mencatat siapa yang menerima pendamping {number}")),
    (r"mediation session (?P<number>\d+) planned", _("Merencanakan pertemuan {number}")),
    (r"mediation session (?P<number>\d+) held", _("Mencatat pertemuan {number}")),
    (r"mediation session (?P<number>\d+) cancelled", _("Membatalkan pertemuan {number}")),
    (r"mediation agreement written", _("Menulis kesepakatan")),
    (r"mediation agreement party (?P<number>\d+) yes", _("Pihak {number} setuju dengan kesepakatan")),
    (r"mediation agreement party (?P<number>\d+) no", _("Pihak {number} tidak setuju dengan kesepakatan")),
]
_WORDS = {
    "role": ROLES,
    "status": labels.STATUSES,
    "outcome": labels.OUTCOMES,
    "priority": labels.PRIORITIES,
    "tag": labels.TAGS,
    "result": RESULTS,
    "ending": {
        "agreed": _("sepakat"),
        "not_agreed": _("tidak ada kesepakatan"),
        "withdrawn": _("salah satu pihak tidak mau lanjut"),
    },
}
_KNOWN = [(re.compile(pattern), sentence) for pattern, sentence in _SENTENCES]


def in_words(what: str, say: Translate, names: Mapping[str, str] | None = None) -> str:
    """A phrase of the audit as a sentence in the reader's language; `names`: shown names by login."""
    for pattern, sentence in _KNOWN:
        if match := pattern.fullmatch(what):
            found = {key: _word(key, value, say, names or {}) for key, value in match.groupdict().items()}
            return say(sentence).format(**found)
    return what


def _word(key: str, value: str, say: Translate, names: Mapping[str, str]) -> str:
    if key == "login":
        return names.get(value, value)
    words = _WORDS.get(key, {})
    return say(words[value]) if value in words else value

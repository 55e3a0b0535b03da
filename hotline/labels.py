"""What the store keeps as keys, in words. All texts are Indonesian sources: translate them where they are shown."""

from __future__ import annotations

from hotline.menu import noted as _

KINDS = {
    "discrimination": _("Laporan diskriminasi"),
    "help": _("Permintaan bantuan"),
    "mediation": _("Permintaan mediasi"),
    "message": _("Pesan untuk petugas"),
}
GROUPS = {
    "new": _("Baru"),
    "in_progress": _("Ditangani"),
    "waiting": _("Menunggu"),
    "closed": _("Selesai"),
}
STATUSES = {
    "new": _("Baru, belum ditangani"),
    "in_progress": _("Sedang ditangani"),
    "waiting": _("Menunggu pihak lain"),
    "closed": _("Selesai"),
}
PRIORITIES = {"urgent": _("Mendesak"), "normal": _("Biasa")}
OUTCOMES = {
    "resolved": _("Selesai sesuai harapan orangnya"),
    "partly_resolved": _("Selesai sebagian"),
    "advised": _("Diberi informasi atau nasihat"),
    "referred": _("Dirujuk dan diterima lembaga lain"),
    "agreed": _("Sepakat lewat mediasi"),
    "not_resolved": _("Tidak berhasil"),
    "withdrawn": _("Dibatalkan orangnya"),
    "unreachable": _("Orangnya tidak bisa dihubungi lagi"),
    "not_ours": _("Di luar layanan kami"),
    "duplicate": _("Sama dengan kasus lain"),
}
SOURCES = {"bot": _("Lewat bot"), "phone": _("Lewat telepon"), "in_person": _("Tatap muka")}
# How far words of ours have come.
DELIVERIES = {
    "waiting": _("Menunggu sampai orangnya menulis"),
    "queued": _("Dalam antrean kirim"),
    "sent": _("Terkirim"),
    "unknown": _("Mungkin terkirim: sambungan putus saat mengirim"),
    "failed": _("Gagal dikirim"),
    "blocked": _("Bot diblokir: dikirim kalau orangnya kembali"),
}
DELIVERY_TONES = {"sent": "good", "unknown": "warn", "failed": "bad", "blocked": "warn", "waiting": "warn"}
EVIDENCE = {
    "photo": _("Foto"),
    "voice": _("Pesan suara"),
    "video": _("Video"),
    "document": _("Dokumen"),
    "location": _("Lokasi"),
    "text": _("Teks"),
}
EVIDENCE_STATUSES = {
    "pending": _("Sedang diambil dari Telegram"),
    "failed": _("Tidak bisa diambil"),
    "kept": _("Tersimpan"),
}
# A fixed list: a tag typed freely would sooner or later be somebody's name. Add what your hotline needs; never the name
# of a person or a people. What stands left stays in the database: change the words freely, never the tag.
TAGS = {
    "wages": _("Upah tidak dibayar"),
    "contract": _("Kontrak kerja"),
    "deposit": _("Uang jaminan kos"),
    "eviction": _("Diusir"),
    "refused_room": _("Ditolak sewa"),
    "refused_work": _("Ditolak kerja"),
    "id_card": _("KTP dan kependudukan"),
    "papers_held": _("Surat ditahan"),
    "police": _("Urusan polisi"),
    "violence": _("Kekerasan"),
    "sexual_violence": _("Kekerasan seksual"),
    "trafficking": _("Perdagangan orang"),
    "children": _("Menyangkut anak"),
    "health": _("Kesehatan"),
    "mental_health": _("Kesehatan jiwa"),
    "online": _("Media sosial"),
    "banjar": _("Banjar atau desa adat"),
    "group": _("Menyangkut banyak orang"),
    "witness": _("Ada saksi"),
    "needs_interpreter": _("Perlu penerjemah"),
    "needs_companion": _("Perlu pendamping"),
    "call_back": _("Minta ditelepon"),
    "media": _("Ada wartawan"),
}

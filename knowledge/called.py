"""The words people call an agency by, to see whether someone named it."""

from __future__ import annotations

import re

from knowledge.model import Contact
from language.known_words import known_words

_BY_KIND = {
    "police": {"polisi", "polsek", "polres", "polresta", "polda", "polri", "aparat", "police"},
    "worship": {"gereja", "paroki", "pastor", "romo", "pendeta", "suster", "church", "parish", "priest"},
    "adat": {"adat", "banjar", "kelian", "klian", "bendesa", "prajuru", "pecalang", "desa adat"},
    "community": {"paguyuban", "perkumpulan", "kumpulan", "arisan", "tetua", "ketua ikatan", "association"},
    "government": {"pemerintah", "pemda", "kelurahan", "lurah", "camat", "kantor desa", "government"},
    "civil_registry": {"dukcapil", "disdukcapil", "capil", "catatan sipil", "kelurahan", "lurah"},
    "labour": {"disnaker", "dinas tenaga kerja", "pengawas ketenagakerjaan", "labour office"},
    "health": {"rumah sakit", "puskesmas", "dokter", "perawat", "hospital", "doctor", "nurse"},
    "ambulance": {"ambulans", "ambulance"},
    "rescue": {"bpbd", "damkar", "basarnas"},
    "mental_health": {"psikolog", "psikiater", "konselor", "psychologist", "counsellor"},
    "women_children": {"uptd ppa", "dinas sosial", "dinsos", "pekerja sosial", "social worker"},
    "legal_aid": {"lbh", "pengacara", "advokat", "bantuan hukum", "lawyer", "legal aid"},
    "human_rights": {"komnas ham", "lpsk"},
    "ombudsman": {"ombudsman"},
}
# In names and ids of many, or said every day ("sapa" is also "siapa"): they tell no agency from another.
_COMMON = {
    "bali", "denpasar", "indonesia", "kota", "provinsi", "kabupaten", "dinas", "desa", "perempuan", "kesehatan",
    "mental", "medical", "emergency", "sapa", "lapor", "roh", "spirit", "masyarakat", "formerly", "unity",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")


def called(id: str, contact: Contact) -> frozenset[str]:
    """Names of the agency (its id, acronyms, words that mean nothing else) and what people call its kind, in small
    letters. A doubtful word is in: it costs a question, not a secret."""
    ordinary = known_words()["ordinary"]
    own = {
        word.lower()
        for word in _WORD.findall(f"{contact.name} {contact.name_en}")
        if word.isupper() or word.lower() not in ordinary
    }
    own |= set(_WORD.findall(id))
    return frozenset((own - _COMMON) | _BY_KIND.get(contact.kind, set()))

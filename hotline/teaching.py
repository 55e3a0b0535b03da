"""Words and choices of the page on which staff teach the assistant."""

from __future__ import annotations

import hashlib
import re

from actions.turn import INTENTS, TOPICS
from hotline.menu import noted as _
from hotline.sheets import word
from knowledge import teaching
from knowledge.library import Library
from locales import Translate
from store.nlu_inbox import Paraphrase

REASONS = {
    "clarified": _("Ditanya balik"),
    "fell_back": _("Tidak dipahami"),
    "thumbs_down": _("Dinilai 👎"),
}
UNFIT = {
    "label": _("Pilih maksud atau halaman dari daftar."),
    "length": _("Tulis kalimat: paling sedikit 2 kata, paling banyak 400 karakter."),
    "personal": _("Ada nama, nomor, atau tempat di kalimat itu. Hilangkan, atau karang yang lain."),
    "too_near": _("Itu hampir sama dengan kalimat orangnya. Karang kalimat lain dengan arti yang sama."),
    "held_out": _("Kalimat itu dipakai untuk mengukur model, jadi tidak boleh dipelajari."),
}
UNDRAFTED = {
    "slug": _("Pilih topik, dan beri judul dengan huruf biasa."),
    "title": _("Judul paling banyak 48 karakter."),
    "note": _("Tulis apa yang perlu dijawab halaman itu (paling banyak 2.000 karakter)."),
    "there": _("Draf dengan nama itu sudah ada."),
}


def choices(library: Library, say: Translate, lang: str) -> list[tuple[str, str]]:
    """(label, words) of everything a sentence may be taught as: an intent, or an article under it."""
    found = []
    for label in teaching.labels(library, INTENTS, TOPICS):
        article = library.article(label, lang) if "/" in label else None
        intent = word("topic", label.split("/")[0], say)
        found.append((label, f"{intent}: {article.title}" if article else f"{intent} ({say(_('umum'))})"))
    return sorted(found, key=lambda pair: (pair[0].split("/")[0], "/" in pair[0], pair[1]))


def topics(say: Translate) -> list[tuple[str, str]]:
    """(intent, words) of the topics an article can belong to."""
    return [(topic, word("topic", topic, say)) for topic in TOPICS]


def known_labels(library: Library) -> list[str]:
    """The labels a sentence may be taught under."""
    return teaching.labels(library, INTENTS, TOPICS)


def slug_of(topic: str, title: str) -> str:
    """The name of an article from its title: "Uang jaminan?" becomes housing/uang-jaminan."""
    return f"{topic}/{'-'.join(re.findall(r'[a-z0-9]+', title.lower()))[:60].strip('-')}"


def stamp(ready: list[Paraphrase]) -> str:
    """Names exactly these sentences: what is struck off must be what was downloaded."""
    text = "\n".join(f"{one.label}\t{one.text}" for one in ready)
    return hashlib.sha256(text.encode()).hexdigest()[:16]

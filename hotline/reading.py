"""The knowledge base for the people who keep it: articles with what readers think of them, and what is due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from hotline.menu import noted as _
from knowledge.due import Due, due
from knowledge.library import Library
from locales import Translate
from store import confirmations, nlu_inbox, tallies
from store.confirmations import Confirmation

READ_SINCE = timedelta(days=90)
DAYS_AHEAD = 60
BAD = ("topic", "unclear", "outdated")  # verdicts of readers, in the order of the table
VERDICTS = {
    "good": _("Membantu"),
    "topic": _("Bukan itu maksudnya"),
    "unclear": _("Kurang jelas"),
    "outdated": _("Sudah tidak benar"),
}
RESULTS = {
    "reached": _("Tersambung dan benar"),
    "no_answer": _("Tidak diangkat"),
    "wrong_number": _("Salah nomor atau tidak aktif"),
    "changed": _("Tersambung, tetapi keterangannya perlu diubah"),
}
KINDS = {
    "review": _("Halaman perlu dibaca ulang"),
    "fact": _("Fakta habis masa berlakunya"),
    "contact": _("Kontak perlu dipastikan"),
    "calendar": _("Kalender hari raya perlu diperbarui"),
}


@dataclass(frozen=True)
class Read:
    """An article in the list: how often it was shown lately, and how often it was found wanting, and why."""

    id: str
    title: str
    times: int
    good: int
    bad: Mapping[str, int]
    due_on: date

    @property
    def complaints(self) -> int:
        return sum(self.bad.values())


def articles(db: Database, library: Library, lang: str, today: date) -> list[Read]:
    """Every published article, the most criticised first."""
    times: Counter[str] = Counter()
    for name, _language, n in tallies.between(db, "article", today - READ_SINCE, today):
        times[name] += n
    opinions: dict[str, Counter[str]] = defaultdict(Counter)
    for row in nlu_inbox.ratings(db):
        opinions[row["article"]][row["verdict"]] += row["times"]
    found = [
        Read(
            article.id,
            article.title,
            times[article.id],
            opinions[article.id]["good"],
            {verdict: opinions[article.id][verdict] for verdict in BAD},
            article.review_by,
        )
        for article in library.published(lang)
    ]
    return sorted(found, key=lambda one: (-one.complaints, -one.times, one.id))


def what_is_due(db: Database, library: Library, today: date) -> list[Due]:
    """What a person has to look at. A contact somebody has reached within a year is not among it."""
    called = confirmations.reached_lately(db)
    return [
        one for one in due(library, today, DAYS_AHEAD) if not (one.kind == "contact" and one.id in called)
    ]


def named(one: Due, library: Library, lang: str) -> str:
    """What a due thing is called."""
    if one.kind == "review":
        article = library.article(one.id, lang)
        return article.title if article else one.id
    if one.kind == "fact":
        fact = library.facts[one.id]
        return fact.says_en if lang == "en" else fact.says
    if one.kind == "contact":
        contact = library.contacts[one.id]
        return contact.name_en if lang == "en" else contact.name
    return one.id


def called(one: Confirmation, say: Translate) -> str:
    """The result of a call in words."""
    return say(RESULTS[one.result]) if one.result in RESULTS else one.result

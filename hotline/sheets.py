"""The figures of a quarter as tables in words: what the page shows, the charts draw and the CSV file holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from babel.numbers import format_decimal

from actions.menu import topic_label
from actions.turn import TOPICS
from hotline import labels
from hotline.menu import noted as _
from hotline.times import day
from locales import LANGUAGES, Translate
from store.counting import OPEN, UNKNOWN
from store.statistics import Figures
from store.suppression import Shown

# What became of a message, as `actions.turn.Decision` has it.
DECISIONS = {
    "answer": _("Dijawab langsung"),
    "clarify": _("Ditanya balik"),
    "fallback": _("Belum dipahami"),
    "crisis": _("Ditunjukkan nomor darurat"),
    "form": _("Langkah formulir"),
    "status": _("Menanyakan status kasus"),
    "talk": _("Salam dan bantuan"),
    "handover": _("Diarahkan ke petugas atau lembaga"),
    "refuse": _("Di luar layanan"),
}
QUESTIONS = ("answer", "clarify", "fallback", "handover")  # decisions about a question; the others are none
_OTHER_INTENTS = {
    "emergency": _("Darurat"),
    "gender_violence": _("Kekerasan"),
    "trafficking": _("Perdagangan orang"),
    "self_harm": _("Bunuh diri dan melukai diri"),
    "report_discrimination": _("Lapor diskriminasi"),
    "talk_to_staff": _("Bicara dengan petugas"),
    "referral_status": _("Status kasus"),
    "privacy": _("Data pribadi"),
    "out_of_scope": _("Di luar layanan"),
}


@dataclass(frozen=True)
class Sheet:
    """One table. The first cell of a row is its name; the last row of a `totalled` one holds totals."""

    id: str
    title: str
    head: list[str]
    rows: list[list[Shown]]
    totalled: bool = False
    chart: bool = False  # its last column is worth a picture
    bars: list[tuple[str, Shown]] = field(default_factory=list)


def sheets(figures: Figures, say: Translate, lang: str) -> list[Sheet]:
    """All tables of a quarter."""
    found = [
        _weeks(figures, say, lang),
        _crossed(figures, "kind", "outcome", "cases", _("Kasus menurut jenis dan hasil"), _("Jenis"), say),
        _crossed(
            figures, "regency", "kind", "cases", _("Kasus menurut wilayah dan jenis"), _("Wilayah"), say
        ),
        _hours(figures, say, lang),
        _crossed(
            figures,
            "topic",
            "language",
            "questions",
            _("Pertanyaan menurut topik dan bahasa"),
            _("Topik"),
            say,
        ),
        _listed(figures, "decision", "decisions", _("Apa yang dilakukan bot"), _("Tindakan"), say),
        _listed(figures, "campaign", "arrivals", _("Orang datang lewat"), _("Tautan atau poster"), say),
    ]
    return [sheet for sheet in found if sheet.rows]


def deflection(figures: Figures) -> dict[str, float] | None:
    """Of all questions, the share (in percent) that was answered at once, asked back about, not understood, handed
    to people. Only from counts that are shown; None when one of them is not."""
    counts = figures.of("decision")
    shown = {name: counts.get((name,), 0) for name in QUESTIONS}
    numbers = {name: n for name, n in shown.items() if isinstance(n, int)}
    total = sum(numbers.values())
    if len(numbers) < len(QUESTIONS) or not total:
        return None
    return {name: 100 * n / total for name, n in numbers.items()}


def _weeks(figures: Figures, say: Translate, lang: str) -> Sheet:
    weeks: list[tuple[str, Shown]] = [(day(key[0], lang), n) for key, n in sorted(figures.of("week").items())]
    total = figures.counts["cases",]
    rows: list[list[Shown]] = [[name, n] for name, n in weeks]
    return Sheet(
        "week",
        say(_("Kasus menurut minggu")),
        [say(_("Minggu mulai")), say(_("Kasus"))],
        [*rows, [say(_("Jumlah")), total]] if rows else [],
        totalled=True,
        chart=True,
        bars=weeks,
    )


def _crossed(
    figures: Figures, row: str, column: str, total: str, title: str, head: str, say: Translate
) -> Sheet:
    """A table of two dimensions with totals at the side and at the foot."""
    rows = [key[0] for key in figures.of(row)]
    columns = sorted((key[0] for key in figures.of(column)), key=lambda name: _order(column, name))
    cells, sides, feet = figures.of(row, column), figures.of(row), figures.of(column)
    rows.sort(key=lambda name: _order(row, name))
    body: list[list[Shown]] = [
        [word(row, name, say), *(cells[name, other] for other in columns), sides[name,]] for name in rows
    ]
    sum_word = say(_("Jumlah"))
    foot: list[Shown] = [sum_word, *(feet[other,] for other in columns), figures.counts[total,]]
    return Sheet(
        row,
        say(title),
        [say(head), *(word(column, other, say) for other in columns), sum_word],
        [*body, foot] if body else [],
        totalled=True,
        chart=True,
        bars=[(word(row, name, say), sides[name,]) for name in rows],
    )


def _hours(figures: Figures, say: Translate, lang: str) -> Sheet:
    rows: list[list[Shown]] = []
    for kind, (median, ninety) in sorted(figures.hours.items()):
        name = word("kind", kind, say) if kind else say(_("Semua jenis"))
        rows.append([name, _number(median, lang), "–" if ninety is None else _number(ninety, lang)])
    head = [say(_("Jenis")), say(_("Separuh dijawab dalam (jam)")), say(_("90 % dijawab dalam (jam)"))]
    return Sheet("hours", say(_("Waktu sampai jawaban pertama")), head, rows)


def _listed(figures: Figures, what: str, total: str, title: str, head: str, say: Translate) -> Sheet:
    bars = [(word(what, key[0], say), n) for key, n in figures.of(what).items()]
    rows: list[list[Shown]] = [[name, n] for name, n in bars]
    foot: list[list[Shown]] = [[say(_("Jumlah")), figures.counts[total,]]]
    return Sheet(what, say(title), [say(head), say(_("Kali"))], rows + foot if rows else [], totalled=True)


def word(dimension: str, name: str, say: Translate) -> str:
    """A key of the store in words."""
    if name == UNKNOWN:
        return say(_("Tidak diketahui"))
    if dimension == "topic" and name in TOPICS:
        return _without_picture(topic_label(name, say))
    known = {
        "kind": labels.KINDS,
        "outcome": {**labels.OUTCOMES, OPEN: _("Belum selesai")},
        "topic": _OTHER_INTENTS,
        "decision": DECISIONS,
        "language": LANGUAGES,
    }.get(dimension, {})
    return say(known[name]) if name in known else name


def _without_picture(label: str) -> str:
    """The words of a button's label."""
    first, _space, rest = label.partition(" ")
    return label if first.isascii() else rest


def _order(dimension: str, name: str) -> tuple[int, str]:
    """Known names in their usual order, the unknown one last."""
    usual = [*labels.KINDS, OPEN, *labels.OUTCOMES] if dimension in ("kind", "outcome") else []
    if name == UNKNOWN:
        return 2, name
    return (0, f"{usual.index(name):03}") if name in usual else (1, name)


def _number(hours: float, lang: str) -> str:
    return str(format_decimal(hours, "#,##0.0", locale=lang))


def csv_rows(found: list[Sheet]) -> Iterator[list[str]]:
    """All tables below each other: title, row, column, number."""
    for sheet in found:
        for row in sheet.rows:
            for column, shown in zip(sheet.head[1:], row[1:], strict=True):
                yield [_plain(sheet.title), _plain(str(row[0])), _plain(column), str(shown)]


def _plain(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell

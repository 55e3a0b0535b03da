"""How well the present model understands, from the figures `make nlu-report` has measured (docs/nlu.json)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from babel.numbers import format_decimal

from hotline.menu import noted as _

FILE = Path(__file__).resolve().parent.parent / "docs" / "nlu.json"
_SHOWN = {
    "accuracy": _("Maksud pertama benar"),
    "top3": _("Maksud yang benar ada di tiga teratas"),
    "guarded_crisis_recall": _("Bahaya dikenali (model dan penjaga)"),
    "guarded_false_alarms": _("Alarm palsu (model dan penjaga)"),
    "out_of_scope_f1": _("Di luar layanan dikenali (F1)"),
}
_GROUPS = {
    ("by_language", "id"): _("Benar, bahasa Indonesia dan kerabatnya"),
    ("by_language", "en"): _("Benar, bahasa Inggris"),
    ("by_register", "formal"): _("Benar, bahasa resmi"),
    ("by_register", "chat"): _("Benar, bahasa chat"),
    ("by_register", "sms"): _("Benar, singkatan SMS"),
    ("by_register", "kupang"): _("Benar, Melayu Kupang"),
}
Row = tuple[str, str, str]  # what, on the test split, on the fresh split


@cache
def accuracy(lang: str) -> tuple[Row, ...]:
    """The table, in percent; empty when nothing has been measured."""
    try:
        ours = json.loads(FILE.read_text("utf-8"))["ours"]
        test, fresh = ours["test"], ours["fresh"]
        plain = [(label, test[key], fresh[key]) for key, label in _SHOWN.items()]
        groups = [(label, test[kind][name], fresh[kind][name]) for (kind, name), label in _GROUPS.items()]
    except (OSError, ValueError, KeyError):
        return ()
    return tuple(
        (label, _percent(one, lang), _percent(other, lang)) for label, one, other in [*plain, *groups]
    )


@cache
def messages() -> tuple[int, int]:
    """How many messages the table was measured on: test, fresh."""
    try:
        ours = json.loads(FILE.read_text("utf-8"))["ours"]
        return int(ours["test"]["messages"]), int(ours["fresh"]["messages"])
    except (OSError, ValueError, KeyError):
        return 0, 0


def _percent(value: float, lang: str) -> str:
    return str(format_decimal(100 * value, "0.0", locale=lang))

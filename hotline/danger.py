"""Whom to call in danger, for staff to read out: the numbers of the crisis pages."""

from __future__ import annotations

from dataclasses import dataclass

from actions.turn import CRISES
from knowledge.library import Library
from knowledge.render import may_be_shown, number_line
from locales import Translate

_MOST = 4


@dataclass(frozen=True)
class Numbers:
    """One kind of danger: its name, the first words of its page, a line for each contact, their ids."""

    crisis: str
    label: str
    first: str
    lines: tuple[str, ...]
    contacts: tuple[str, ...]


def labels(say: Translate) -> dict[str, str]:
    """The four kinds of danger in words."""
    _ = say
    return {
        "emergency": _("Kekerasan, celaka, kebakaran"),
        "gender_violence": _("Kekerasan pasangan / seksual"),
        "trafficking": _("Ditahan atau dipaksa kerja"),
        "self_harm": _("Ingin mati / menyakiti diri"),
    }


def numbers(library: Library, crisis: str, lang: str, say: Translate) -> Numbers:
    """The numbers for one kind of danger, the same people see in the bot."""
    page = library.article(f"{crisis}/now", lang)
    assert page is not None, f"the crisis page {crisis}/now is missing"  # the knowledge check holds this
    shown = [id for id in page.contacts if may_be_shown(library.contacts[id])][:_MOST]
    lines = tuple(number_line(library.contacts[id], lang) for id in shown)
    return Numbers(crisis, labels(say)[crisis], page.short, lines, tuple(shown))


def all_numbers(library: Library, lang: str, say: Translate) -> dict[str, Numbers]:
    """The numbers for every kind of danger."""
    return {crisis: numbers(library, crisis, lang, say) for crisis in CRISES}

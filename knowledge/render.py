"""How knowledge reads on a phone: plain text, short enough for one screen."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from knowledge.holy_days import calendar_text, longest_line, next_day
from knowledge.library import Library
from knowledge.model import Article, Contact
from locales import translator

LONGEST_ANSWER = 900  # characters; one phone screen


def answer_text(article: Article, library: Library, today: date) -> str:
    """Title, short answer, steps, and the next holy day if it speaks of one.

    An article whose figures have run out says so instead of repeating them.
    """
    if library.expired_facts(article, today):
        return f"{article.title}\n\n{_expired(article)}"
    return _paragraphs(_undated(article), next_day(article, library, today))


def longest_answer(article: Article, library: Library) -> int:
    """The characters of the answer on the day its line about a holy day is longest."""
    line = longest_line(article, library)
    return len(_undated(article)) + (len("\n\n") + line if line else 0)


def sources_text(article: Article, library: Library, today: date) -> str:
    """What the answer rests on, the holy days ahead, as of when, and that no lawyer has checked it (if none has)."""
    _ = translator(article.lang)
    if library.expired_facts(article, today):
        return _expired(article)
    basis = "\n".join(f"• {item}" for item in article.basis)
    asof = _("Berlaku per {date}.").format(date=long_date(article.reviewed, article.lang))
    reviewed = (
        _("Diperiksa oleh {name}.").format(name=article.reviewed_by)
        if article.reviewed_by
        else _("Belum diperiksa pengacara. Ini informasi, bukan nasihat hukum.")
    )
    return _paragraphs(article.title, basis, calendar_text(article, library, today), f"{asof} {reviewed}")


def contact_lines(contact: Contact, lang: str) -> str:
    """A contact as users see it: name and area, what it does, how to reach it."""
    english = lang == "en"
    name = contact.name_en if english else contact.name
    area = contact.area_en if english else contact.area
    helps = contact.helps_en if english else contact.helps
    hours = contact.hours_en if english else contact.hours
    reach = " · ".join(_channel(kind, shown) for kind, shown in _shown_channels(contact))
    facts = " · ".join(part for part in (reach, hours) if part)
    return f"{name} ({area})\n{helps}" + (f"\n{facts}" if facts else "")


def number_line(contact: Contact, lang: str) -> str:
    """A contact for someone in danger: how to reach it first, then who it is and where it serves; one line."""
    english = lang == "en"
    name = contact.name_en if english else contact.name
    area = contact.area_en if english else contact.area
    calls = [
        (kind, shown) for kind, shown in _shown_channels(contact) if kind in ("phone", "whatsapp", "web")
    ]
    reach = " · ".join(_channel(kind, shown) for kind, shown in calls[:2])
    return f"{reach}: {name} ({area})"


def contacts_text(ids: list[str], library: Library, lang: str) -> str:
    """The contacts that may be shown, in the order given; "" when none may."""
    shown = [library.contacts[id] for id in ids if may_be_shown(library.contacts[id])]
    return "\n\n".join(contact_lines(contact, lang) for contact in shown)


def may_be_shown(contact: Contact) -> bool:
    """Verified contacts with a way to reach them; crisis numbers may also be likely ones."""
    return bool(_shown_channels(contact)) and (contact.confidence == "verified" or contact.crisis)


def long_date(day: date, lang: str) -> str:
    """22 November 2026."""
    return format_date(day, "d MMMM y", locale=lang)


def _undated(article: Article) -> str:
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(article.steps, 1))
    return _paragraphs(article.title, article.short, steps)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _shown_channels(contact: Contact) -> list[tuple[str, str]]:
    return [(c.type, c.shown) for c in contact.channels if c.confidence == "verified" or contact.crisis]


def _channel(kind: str, shown: str) -> str:
    marks = {"phone": "☎", "whatsapp": "WhatsApp", "sms": "SMS", "email": "✉", "web": "🌐", "address": "📍"}
    return f"{marks[kind]} {shown}"


def _expired(article: Article) -> str:
    _ = translator(article.lang)
    return _(
        "Angka di halaman ini berlaku sampai tanggal yang sudah lewat, jadi tidak saya ulangi. "
        "Tanyakan angka terbaru ke kantor yang berwenang, atau tanya petugas kami."
    )

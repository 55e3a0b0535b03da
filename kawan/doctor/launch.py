"""What must stand before people are told of the hotline (`kawan doctor --launch`)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from kawan.doctor.finding import Finding, mend, ok
from kawan.settings import Settings
from knowledge.library import Library
from store import confirmations, staff


def crisis_numbers(library: Library, db: Database | None) -> Iterator[Finding]:
    """Every contact a crisis answer may show was called by a named person: noted in the directory or the console."""
    called = confirmations.reached_lately(db) if db is not None else {}
    for id, contact in library.contacts.items():
        if not contact.crisis:
            continue
        ways = ", ".join(channel.shown for channel in contact.channels) or "no number"
        if contact.test_called is not None:
            yield ok(
                f"number {id}", f"{ways}: called by {contact.test_called.by} on {contact.test_called.on}"
            )
        elif id in called:
            one = called[id]
            yield ok(f"number {id}", f"{ways}: called by {one.confirmed_by} on {one.confirmed_at[:10]}")
        else:
            yield mend(
                f"number {id}",
                f"{contact.name} ({ways}): no named person has called it. Call it, then note it in the console "
                "(Pengetahuan) or as test_called in knowledge/directory.yml.",
            )


def operator(settings: Settings) -> Iterator[Finding]:
    """Somebody named stands behind the hotline, and the bot can be reached."""
    for name, value in (
        ("KAWAN_OPERATOR_NAME", settings.operator_name),
        ("KAWAN_OPERATOR_CONTACT", settings.operator_contact),
        ("TELEGRAM_BOT_TOKEN", settings.telegram_bot_token),
    ):
        if value:
            yield ok(name, "is set")
        else:
            yield mend(name, "is not set. Put it into .env (docs/settings.md).")


def people(db: Database | None) -> Iterator[Finding]:
    """Active staff who prove who they are, and a lead among them."""
    active = [member for member in staff.listed(db) if member.active] if db is not None else []
    for member in active:
        if not member.has_password:
            yield mend(f"staff {member.login}", "has no password yet. She sets it at her first sign-in.")
        elif not member.has_totp:
            yield mend(f"staff {member.login}", "has no one-time codes. She sets them up under Akun.")
    proven = [member for member in active if member.has_password and member.has_totp]
    for wanted, there in (
        ("two people who can answer cases", [m for m in proven if m.role in ("reviewer", "lead", "admin")]),
        ("a lead", [m for m in proven if m.role in ("lead", "admin")]),
    ):
        enough = len(there) >= (2 if wanted.startswith("two") else 1)
        if enough:
            yield ok("staff", f"{wanted}: {', '.join(m.login for m in there)}")
        else:
            yield mend(
                "staff", f"There must be {wanted} with one-time codes. Run: kawan staff add LOGIN --role ROLE"
            )

"""The pages in the menu: each page module that belongs there says so with an `Entry`."""

from __future__ import annotations

from dataclasses import dataclass

from store.staff import Member


@dataclass(frozen=True)
class Entry:
    """`label` is the Indonesian source text, marked with `noted` for translators; lower `place` stands first."""

    path: str
    label: str
    roles: tuple[str, ...]
    place: int


def noted(text: str) -> str:
    """Marks a source text that is translated later, where it is shown: `_ = noted`."""
    return text


class Menu:
    """All entries, in their order."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.place)

    def of(self, member: Member) -> list[Entry]:
        """What her role may open."""
        return [entry for entry in self._entries if member.role in entry.roles]

    def home_of(self, member: Member) -> str:
        """Where she arrives after signing in."""
        entries = self.of(member)
        return entries[0].path if entries else "/akun"

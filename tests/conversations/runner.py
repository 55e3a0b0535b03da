"""Plays a script, with whichever assistant: in this process or behind Telegram's protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from tests.conversations.desk import Desk
from tests.conversations.script import NONE, Kind, Script, Step
from tests.conversations.seen import NoSuchButton, Seen, find_label, plain

LONGEST_TEXT = 4096  # Telegram's
_UNFILLED = re.compile(r"\{\w+\}|\bNone\b")
_PLACE = re.compile(r"\{(code(?: \d)?|last signs|foreign code)\}")


class Stage(Protocol):
    """Where a script is played: a person, and a hotline behind the assistant."""

    chat: str
    desk: Desk

    def says(self, texts: Sequence[str]) -> Seen: ...
    def presses(self, label: str) -> Seen: ...
    def sends(self, kind: Kind, words: str | None) -> Seen: ...
    def staff(self, deed: str, code: str, words: str | None) -> Seen: ...
    def waits(self, span: timedelta) -> None: ...


@dataclass
class Outcome:
    """What became of a script: what went wrong, and what was known to go wrong."""

    wrong: list[str]
    known: list[str]


def play(script: Script, stage: Stage) -> Outcome:
    """All steps, one after another, to the end or to the first one that cannot be taken."""
    return _Play(script, stage).through()


class _Play:
    def __init__(self, script: Script, stage: Stage) -> None:
        self._script, self._stage = script, stage
        self._codes: list[str] = []
        self._before = Seen()

    def through(self) -> Outcome:
        outcome = Outcome([], [])
        for number, step in enumerate(self._script.steps, 1):
            here = f"{self._script.name}.yml, step {number} ({step.told})"
            try:
                wrong, goes_on = self._take(step), True
            except (NoSuchButton, NoSuchCase) as error:
                wrong, goes_on = [str(error)], False
            if step.known and wrong:
                outcome.known.append(f"{here}: {step.known}")
            elif step.known:
                outcome.wrong.append(
                    f"{here}: marked known ({step.known}), but all is well now. Take the mark away."
                )
            elif wrong:
                outcome.wrong.append("\n  - ".join([here, *wrong, f"said: {self._before.text[:700]!r}"]))
                goes_on = False  # what follows would only be wrong as well
            if not goes_on:
                break
        return outcome

    def _take(self, step: Step) -> list[str]:
        """Do it; what is not as expected."""
        if step.waits is not None:
            self._stage.waits(step.waits)
            return []
        before, codes = self._before, self._codes
        if step.says is not None:
            seen = self._stage.says([self._filled(text) for text in step.says])
        elif step.presses is not None:
            for label in step.presses:
                seen = self._stage.presses(self._filled(label))
        elif step.sends is not None:
            seen = self._stage.sends(step.sends, step.words)
        else:
            assert step.staff is not None
            seen = self._stage.staff(step.staff, self._code(), step.words)
        self._before, self._codes = seen, self._stage.desk.codes(self._stage.chat)
        filed = len(self._codes) > len(codes)
        return [*self._always(step, seen), *self._expected(step, seen, before, filed)]

    def _always(self, step: Step, seen: Seen) -> list[str]:
        """What holds for every answer."""
        wrong = []
        if not seen.text.strip() and not step.staff and not step.silent:
            wrong.append("nothing was said")
        if _UNFILLED.search(seen.text):
            wrong.append("something in the text was not filled in")
        if any(len(text) > LONGEST_TEXT for text in seen.texts):
            wrong.append("longer than Telegram allows")
        if seen.decision == "fallback" and step.decision is None:
            wrong.append("not understood (where that is right, say decision: fallback)")
        return wrong

    def _expected(self, step: Step, seen: Seen, before: Seen, filed: bool) -> list[str]:
        wrong = []

        def differ(name: str, wanted: Sequence[str], found: str | None) -> None:
            if found is not None and found not in wanted:
                wrong.append(f"{name}: expected {' or '.join(wanted)}, but it is {found}")

        if step.decision is not None:
            differ("decision", step.decision, seen.decision)
        if step.article is not None:
            differ("article", step.article, seen.article)
        if step.form is not None:
            differ("form", [step.form], seen.form)
        if step.language is not None:
            differ("language", [step.language], seen.language)
        if step.delivery is not None:
            differ("delivery", [step.delivery], seen.delivery)
        for phrase in map(self._filled, step.contains):
            if plain(phrase) not in plain(seen.text):
                wrong.append(f"does not contain {phrase!r}")
        for phrase in map(self._filled, step.lacks):
            if plain(phrase) in plain(seen.text):
                wrong.append(f"contains {phrase!r}")
        wrong += _buttons(step, seen, self._filled)
        if step.filed is not None and filed != step.filed:
            wrong.append("no case was filed" if step.filed else "a case was filed")
        if step.same_answer and seen.texts != before.texts:
            wrong.append("is not word for word the answer before")
        if step.clears_screen is not None and seen.cleared not in (None, step.clears_screen):
            wrong.append(f"clears the screen: {seen.cleared}")
        if step.silent and seen.texts:
            wrong.append("the person was written to")
        return wrong + self._case(step.case)

    def _case(self, wanted: dict[str, Any]) -> list[str]:
        """The newest case, as it is stored."""
        if not wanted:
            return []
        stored = self._stage.desk.stored(self._code())
        wrong = []
        for name, value in wanted.items():
            found = stored.get(name)
            same = found in (None, "", []) if value == NONE else _as_written(found) == _as_written(value)
            if not same:
                wrong.append(f"case, {name}: expected {value!r}, but stored is {found!r}")
        return wrong

    def _code(self, number: int = 0) -> str:
        if len(self._codes) < max(number, 1):
            raise NoSuchCase(
                f"no case has been filed yet{f' that would be number {number}' if number else ''}"
            )
        return self._codes[number - 1]

    def _filled(self, text: str) -> str:
        """{code}: of the newest case; {code 1}: of the first; {last signs}; {foreign code}: of somebody else."""

        def fill(match: re.Match[str]) -> str:
            if match[1] == "foreign code":
                return self._stage.desk.foreign_code()
            if match[1] == "last signs":
                return self._code()[-4:]
            return self._code(int(match[1].removeprefix("code").strip() or 0))

        return _PLACE.sub(fill, text)


class NoSuchCase(AssertionError):
    """The script speaks of a case that is not there."""


def _as_written(value: Any) -> Any:
    return value if isinstance(value, list) else str(value).lower()


def _buttons(step: Step, seen: Seen, filled: Callable[[str], str]) -> list[str]:
    wrong = []
    for label in map(filled, step.buttons):
        try:
            find_label(label, seen.buttons)
        except NoSuchButton as error:
            wrong.append(str(error))
    for label in map(filled, step.no_buttons):
        try:
            find_label(label, seen.buttons)
            wrong.append(f"there is a button {label!r}")
        except NoSuchButton:
            pass
    return wrong

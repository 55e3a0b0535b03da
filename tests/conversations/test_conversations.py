"""Every script of this folder, in one process: real engine, real database, real model. And how scripts are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.nlu import Endpoint
from tests.conversations.desk import Desk
from tests.conversations.in_process import InProcess
from tests.conversations.reading import ScriptError, read_script, scripts
from tests.conversations.runner import Outcome, play
from tests.conversations.script import Kind
from tests.conversations.seen import NoSuchButton, Seen, find_label

LEAST, ON_TELEGRAM, MOST_KNOWN = 70, 15, 5


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_script(path: Path, nlu: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = read_script(path)
    stage = InProcess(script, nlu, tmp_path / "data", monkeypatch)
    try:
        outcome = play(script, stage)
    finally:
        stage.close()
    assert not outcome.wrong, "\n".join(outcome.wrong)
    if outcome.known:
        pytest.xfail("; ".join(outcome.known))


def test_there_are_scripts_enough_and_each_is_another_person() -> None:
    every = [read_script(path) for path in scripts()]
    assert len(every) >= LEAST
    assert len([script for script in every if script.telegram]) >= ON_TELEGRAM
    assert len({script.who for script in every}) == len({script.title for script in every}) == len(every)
    known = [script.name for script in every for step in script.steps if step.known]
    assert len(known) <= MOST_KNOWN, known


# --- how scripts are read -----------------------------------------------------------------------------

HEAD = "title: Percobaan\nwho: Perempuan 30 dari Ende, penjahit, HP lama, tenang\n"
STEPS = f"{HEAD}steps:\n  - says: halo\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD, "script.yml: 'steps' is missing"),
        (f"{HEAD}telegramm: true\nsteps:\n  - says: halo", "there is no key 'telegramm'; did you mean 'telegram'?"),
        (f"{STEPS}    decison: talk", "step 1 (says: halo): there is no key 'decison'; did you mean 'decision'?"),
        (f"{STEPS}    decision: talks", "step 1 (says: halo): decision: "),
        (f"{STEPS}    article: housing/deposit", "there is no article housing/deposit"),
        (f"{STEPS}    form: help_request/danger_now", "did you mean 'help_request/danger'?"),
        (f"{STEPS}    case: {{plase: Ubud}}", "nothing of a case is called plase; did you mean 'place'?"),
        (f"{STEPS}    presses: Lapor", "exactly one of says, presses, sends, staff, waits; here: says, presses"),
        (f"{STEPS}    says: halo kak", "line 4: 'says' stands twice"),
        (f"{STEPS}    contains: [aman?, ya]", "line 5: "),
        (f"{STEPS}  - contains: halo", "script.yml, step 2: a step is exactly one of"),
        (f"{STEPS}  - waits: soon", "step 2 (waits: soon): waits: write for example 20 minutes"),
        (f"{STEPS}  - staff: replies", "staff reply something: add words"),
        (f"{HEAD}clock: Sunday\nsteps:\n  - says: halo", "clock: write a day and an hour, for example Minggu 22.30"),
        (f"{HEAD}telegram: true\nclock: Minggu 22.30\nsteps:\n  - says: halo", "the clock is the real one"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_and_step(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "script.yml").write_text(text, "utf-8")
    with pytest.raises(ScriptError) as error:
        read_script(tmp_path / "script.yml")
    assert complaint in str(error.value)
    assert "script.yml" in str(error.value)


def test_numbers_and_no_are_words(tmp_path: Path) -> None:
    (tmp_path / "script.yml").write_text(f"{STEPS}  - says: 0000\n  - says: no\n", "utf-8")
    assert [step.says for step in read_script(tmp_path / "script.yml").steps] == [["halo"], ["0000"], ["no"]]


def test_a_label_is_found_without_its_emoji() -> None:
    labels = ["« Menu", "✅ Kirim", "👍"]
    assert [find_label(wanted, labels) for wanted in ("Menu", "kirim", "👍")] == labels
    with pytest.raises(NoSuchButton, match="there are: « Menu, ✅ Kirim, 👍"):
        find_label("👎", labels)


# --- how they are judged ------------------------------------------------------------------------------


class _NobodyFiled:
    def codes(self, chat: str) -> list[str]:
        return []


class Parrot:
    """An assistant that greets whatever happens."""

    chat = "somebody"
    desk = cast(Desk, _NobodyFiled())

    def says(self, texts: Sequence[str]) -> Seen:
        return Seen(texts=("Halo Kak!",), decision="talk")

    def presses(self, label: str) -> Seen:
        raise NoSuchButton(f"no button {label!r}")

    def sends(self, kind: Kind, words: str | None) -> Seen:
        return self.says([])

    def staff(self, deed: str, code: str, words: str | None) -> Seen:
        return self.says([])

    def waits(self, span: timedelta) -> None:
        pass


def judged(tmp_path: Path, steps: str) -> Outcome:
    (tmp_path / "script.yml").write_text(f"{HEAD}steps:\n{steps}", "utf-8")
    return play(read_script(tmp_path / "script.yml"), Parrot())


def test_what_is_wrong_is_told_with_what_was_said(tmp_path: Path) -> None:
    outcome = judged(tmp_path, "  - says: gaji\n    decision: answer\n    contains: upah\n  - says: halo\n")
    [wrong] = outcome.wrong
    for told in ("script.yml, step 1 (says gaji)", "expected answer, but it is talk", "'upah'", "Halo Kak!"):
        assert told in wrong


def test_what_is_known_to_be_wrong_must_be_wrong(tmp_path: Path) -> None:
    step = "  - says: gaji\n    decision: {}\n    known: the model does not know it yet\n"
    still, better = (judged(tmp_path, step.format(decision)) for decision in ("answer", "talk"))
    assert (still.wrong, len(still.known)) == ([], 1)
    assert "Take the mark away" in better.wrong[0]
    assert better.known == []


def test_a_script_ends_at_a_button_that_is_not_there(tmp_path: Path) -> None:
    outcome = judged(tmp_path, "  - presses: Lapor\n  - says: halo\n    decision: answer\n")
    assert len(outcome.wrong) == 1
    assert "no button 'Lapor'" in outcome.wrong[0]

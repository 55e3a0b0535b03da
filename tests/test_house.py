"""Documents, commands and data say what they should: whatever a test can check is checked."""

from __future__ import annotations

import math
import re
import subprocess
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from actions import refusals
from actions.turn import CRISES, INTENTS, TOPICS
from kawan import PROJECT
from kawan.cli import main
from kawan.model import SOURCES
from kawan.settings import Settings
from kawan.settings_page import PAGE, settings_page
from knowledge.examples import examples, held_out
from knowledge.library import load_library
from language.anonymise import anonymised

# --- commands -----------------------------------------------------------------------------------------


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for child, below in command.commands.items():
            yield from commands(below, f"{name} {child}")


COMMANDS = dict(commands(main, "kawan"))


def test_the_commands_of_the_readme_are_all_there() -> None:
    for group in ("nlu", "knowledge", "referrals", "staff"):
        assert isinstance(COMMANDS[f"kawan {group}"], click.Group)
    assert {"kawan run", "kawan chat", "kawan ask", "kawan nlu train"} <= set(COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_a_sentence_and_an_example(name: str) -> None:
    sentence, _, rest = (COMMANDS[name].help or "").partition("\n")
    assert re.fullmatch(r"[A-Z].+\.|.+[.:]", sentence.strip()), sentence
    example = re.search(r"^Example: (.+)$", rest, re.M)
    assert example, f"{name} has no example"
    assert "kawan " in example[1]
    assert name in example[1] or isinstance(COMMANDS[name], click.Group)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_says_what_it_does(name: str) -> None:
    options = [p for p in COMMANDS[name].params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


# --- documents ----------------------------------------------------------------------------------------


def test_the_page_of_settings_is_current() -> None:
    assert PAGE.read_text("utf-8") == settings_page(), "run: make settings"


def test_every_setting_is_explained() -> None:
    page = PAGE.read_text("utf-8")
    for name, field in Settings.model_fields.items():
        shown = field.validation_alias or f"KAWAN_{name.upper()}"
        assert field.description
        assert f"| `{shown}` | " in page


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is not a git working copy")
    names = [name for name in listed.stdout.split("\0") if name and name != "uv.lock"]
    return [PROJECT / name for name in names if (PROJECT / name).is_file()]


def test_no_file_names_a_folder_of_one_machine() -> None:
    homes = r"/(?:root|home/[a-z][\w.-]*|Users/\w+)/"
    here = re.escape(f"{PROJECT}/")
    # A project that lies where its own documents tell people to put it may be named there.
    own = rf"|{here}" if PROJECT.parts[1] not in ("opt", "srv") and len(PROJECT.parts) > 2 else ""
    machine = re.compile(rf"(?<![\w.])(?:{homes}{own})")
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            lines = content.decode("utf-8", "replace").splitlines()
            found += [f"{path.name}:{n}" for n, line in enumerate(lines, 1) if machine.search(line)]
    assert found == []


# --- what the model learns from -----------------------------------------------------------------------


EXAMPLES = examples()
LABELS = Counter(label for label, _text in EXAMPLES)
PER_INTENT = Counter(label.partition("/")[0] for label, _text in EXAMPLES)
TEXTS = [*(text for _label, text in EXAMPLES), *held_out()]
_MASK = re.compile(r"\[\w+\]")
ARTICLES = {article.id for article in load_library().published()}


def only_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())) or text


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_examples(intent: str) -> None:
    assert PER_INTENT[intent] >= (40 if intent in TOPICS + CRISES else 20)


def test_the_model_is_stale_when_a_module_of_its_components_changes() -> None:
    components = PROJECT / "nlu_components"
    used = {
        name
        for path in components.glob("*.py")
        for name in re.findall(r"^from language\.(\w+) import", path.read_text("utf-8"), re.M)
    }
    for name in list(used):
        used |= set(
            re.findall(
                r"^from language\.(\w+) import",
                (PROJECT / "language" / f"{name}.py").read_text("utf-8"),
                re.M,
            )
        )
    assert {f"language/{name}.py" for name in used} <= set(SOURCES)


def test_there_is_no_intent_the_assistant_does_not_know() -> None:
    assert set(PER_INTENT) == set(INTENTS)


def test_every_label_of_an_article_is_a_published_article_or_a_refusal() -> None:
    assert [label for label in LABELS if "/" in label and label not in ARTICLES | set(refusals.LABELS)] == []


@pytest.mark.parametrize("label", refusals.LABELS)
def test_every_refusal_has_examples(label: str) -> None:
    assert LABELS[label] >= 40


@pytest.mark.parametrize("article", sorted(a for a in ARTICLES if a.partition("/")[0] in TOPICS))
def test_every_article_on_a_topic_has_examples(article: str) -> None:
    assert LABELS[article] >= 9


def test_no_example_stands_twice() -> None:
    counted = Counter(only_words(text) for _label, text in EXAMPLES)
    assert [text for text, times in counted.items() if times > 1] == []


@cache
def masked_pairs() -> list[tuple[str, str]]:
    """Pairs of texts, learned or held out, that are nearly the same once names, numbers and places are masked."""
    pairs = near_duplicates([anonymised(text).text for text in TEXTS], 0.7)
    return [(one, other) for one, other in pairs if only_words(_MASK.sub("", one))]


@pytest.mark.timeout(1200)  # every pair of 35,000 texts: a minute, longer on a busy machine
def test_no_two_examples_are_nearly_the_same() -> None:
    learned = {anonymised(text).text for _label, text in EXAMPLES}
    assert [pair for pair in masked_pairs() if learned.issuperset(pair)] == []


@pytest.mark.timeout(1200)
def test_no_example_is_nearly_what_the_model_is_measured_on() -> None:
    measured = {anonymised(text).text for text in held_out()}
    learned = {anonymised(text).text for _label, text in EXAMPLES} - measured
    assert [pair for pair in masked_pairs() if measured & set(pair) and learned & set(pair)] == []


@pytest.mark.parametrize("intent", INTENTS)
def test_no_opening_is_a_habit(intent: str) -> None:
    """The same first four words in more than one message in a hundred (and more than once) smell of a template."""
    texts = [text for label, text in EXAMPLES if label.partition("/")[0] == intent]
    openings = Counter(" ".join(only_words(text).split()[:4]) for text in texts if text.count(" ") >= 3)
    most = max(1, len(texts) // 100)
    assert [opening for opening, times in openings.items() if times > most] == []


def test_near_duplicates_are_found() -> None:
    texts = ["gaji saya belum dibayar", "Gaji saya belum dibayar!", "kos saya bocor", "gaji baru dua kali"]
    assert list(near_duplicates(texts, 0.7)) == [(texts[0], texts[1])]


def test_the_model_never_learns_what_it_is_measured_on() -> None:
    assert len(held_out()) >= 1000
    learned = {only_words(text) for _label, text in EXAMPLES}
    assert [text for text in held_out() if only_words(text) in learned] == []


def near_duplicates(texts: list[str], least: float) -> Iterator[tuple[str, str]]:
    """Pairs whose sets of three-character runs overlap by `least` (Jaccard).

    Such a pair must share one of the rarest few runs of either, and cannot differ much in size, so only texts that do
    are compared. Going from short to long, the shorter one of a pair is found by even fewer of its runs. Before two sets
    are compared, a look at their signatures (each run sets one of 512 bits) tells nearly always that they differ too much.
    """
    runs = [frozenset(text.lower()[i : i + 3] for i in range(max(1, len(text) - 2))) for text in texts]
    often = Counter(run for one in runs for run in one)
    place = {run: at for at, run in enumerate(sorted(often, key=lambda run: (often[run], run)))}
    signatures = [sum(1 << bit for bit in {place[run] % 512 for run in one}) for one in runs]
    met: dict[str, list[tuple[int, int]]] = defaultdict(list)  # (size, text), sizes ascending
    for here in sorted(range(len(texts)), key=lambda at: len(runs[at])):
        mine = runs[here]
        size = len(mine)
        rarest = sorted(mine, key=place.__getitem__)[: size - math.ceil(least * size) + 1]
        near = {at for run in rarest for _, at in met[run][bisect_left(met[run], (least * size, 0)) :]}
        for there in near:
            differing = (signatures[here] ^ signatures[there]).bit_count()  # or more: runs may share a bit
            if differing * (1 + least) > (1 - least) * (size + len(runs[there])):
                continue
            both = len(mine & runs[there])
            if both >= least * (size + len(runs[there]) - both):
                yield texts[min(here, there)], texts[max(here, there)]
        for run in rarest[: size - math.ceil(2 * least / (1 + least) * size) + 1]:
            met[run].append((size, here))

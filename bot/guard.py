"""Catch what is a crisis whatever the model makes of it; the guard only ever raises an alarm.

Every message is read twice, as typed and in standard words, and each rule of
nlu_data/lexicon/crisis.tsv (its head explains the columns) looks at it sentence by sentence,
so that an idiom in one sentence silences nothing in the next. Most rules are sure. Those marked as hints are
wider: they count unless the model is nearly certain of the contrary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from language.clean import clean
from language.normalise import normal_tokens

RULES_FILE = Path(__file__).parent.parent / "nlu_data" / "lexicon" / "crisis.tsv"

# The most urgent first, when rules of several intents match. Someone who wants to die must not be
# told to call the police, so self_harm comes before emergency. Being held comes before
# gender_violence: its answer is about getting out unseen, which a victim of both needs first.
URGENCY = ("self_harm", "emergency", "trafficking", "gender_violence")
# Rows that hear that a danger is long past. The guard is silent then and the model decides alone; but who once wanted to
# die may again, so no row silences self_harm.
OVER = "over"

# Dots in a row are a pause, and "2.30" is a time.
_SENTENCE_END = re.compile(r"[!?;\n]+|(?<![\d.])\.(?![\d.])")
# Everything but letters, digits and commas; inside a word "don't", "mati-matian" and "b*nuh" stay.
_NOISE = re.compile(r"[^\w\s,'*-]|(?<!\w)[*_'-]+|[*_'-]+(?!\w)")
_GROUP = re.compile(r"\{([a-z]+)\}")


class GuardError(ValueError):
    """The rule file cannot be used; the message names the line and what is wrong."""


@dataclass(frozen=True)
class Rule:
    """Fires when each part stands in some sentence that `unless` does not match."""

    intent: str
    hint: bool  # counts only while the model does not rule danger out
    parts: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    line: int

    def may_fire(self, lines: str) -> bool:
        """Whether every part stands somewhere in these sentences, one a line, cancelled or not."""
        return all(part.search(lines) for part in self.parts)

    def fires(self, sentences: list[str]) -> bool:
        """Whether this message, cut into sentences, is what the rule is about."""
        return all(any(self._stands_in(s, part) for s in sentences) for part in self.parts)

    def _stands_in(self, sentence: str, part: re.Pattern[str]) -> bool:
        return bool(part.search(sentence)) and not (self.unless and self.unless.search(sentence))


class Guard:
    """The crisis rules, ready to read messages."""

    def __init__(self, rules: list[Rule]) -> None:
        alarms = [rule for rule in rules if rule.intent in URGENCY]
        self.rules = sorted(alarms, key=lambda rule: URGENCY.index(rule.intent))
        self.over = [rule for rule in rules if rule.intent == OVER]

    def crisis_in(self, text: str, hints: bool = True) -> str | None:
        """The most urgent crisis intent the message shows, or None. `hints=False`: only what is sure counts."""
        rule = self.rule_for(text, hints)
        return rule.intent if rule else None

    def rule_for(self, text: str, hints: bool = True) -> Rule | None:
        """The rule behind `crisis_in`, for whoever wonders why."""
        text = clean(text)
        typed, standard = _sentences(text), _sentences(_in_standard_words(text))
        # Nearly every rule is ruled out by one look at all sentences of both readings.
        lines = "\n".join(dict.fromkeys(typed + standard))
        counting = (r for r in self.rules if hints or not r.hint)
        found = (r for r in counting if r.may_fire(lines) and (r.fires(typed) or r.fires(standard)))
        first = next(found, None)  # rules of self_harm come first
        if first is None or first.intent == "self_harm":
            return first
        said = [" ".join(typed), " ".join(standard)]  # "all are well" may stand in another sentence
        return None if any(rule.fires(said) for rule in self.over) else first


def load_guard(path: Path = RULES_FILE) -> Guard:
    """Read the rules. Raises GuardError with the line number for a row that cannot be used."""
    groups: dict[str, str] = {}
    rules: list[Rule] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#") or line == "intent\tpattern\tunless":
            continue
        where = f"{path.name}, line {number}"
        columns = line.split("\t")
        if not 2 <= len(columns) <= 3 or not columns[1].strip():
            raise GuardError(f"{where}: expected intent, pattern, perhaps unless, parted by tabs")
        intent, pattern = columns[:2]
        unless = columns[2] if len(columns) == 3 else ""
        if intent.startswith("="):
            _compiled(pattern, groups, where)  # report a broken group here, not where it is used
            groups[intent[1:]] = f"(?:{_spell_out(pattern, groups, where)})"
            continue
        intent, hint = intent.removesuffix("?"), intent.endswith("?")
        if intent not in (*URGENCY, OVER):
            raise GuardError(f"{where}: {intent!r} is none of {', '.join((*URGENCY, OVER))}")
        parts = tuple(_compiled(part, groups, where) for part in pattern.split(" & "))
        cancel = _compiled(unless, groups, where) if unless else None
        rules.append(Rule(intent, hint, parts, cancel, number))
    return Guard(rules)


def _compiled(pattern: str, groups: dict[str, str], where: str) -> re.Pattern[str]:
    try:
        # Searched in one sentence and in all of them, one a line: ^ and $ are a sentence's ends.
        return re.compile(rf"(?<!\w)(?:{_spell_out(pattern, groups, where)})(?!\w)", re.M)
    except re.error as error:
        raise GuardError(f"{where}: bad regular expression ({error}): {pattern}") from None


def _spell_out(pattern: str, groups: dict[str, str], where: str) -> str:
    unknown = [name for name in _GROUP.findall(pattern) if name not in groups]
    if unknown:
        raise GuardError(f"{where}: no word group named {{{unknown[0]}}} above this line")
    return _GROUP.sub(lambda m: groups[m[1]], pattern)


def _sentences(text: str) -> list[str]:
    lines = _SENTENCE_END.split(text.lower().replace("’", "'").replace("…", " "))
    return [sentence for line in lines if (sentence := " ".join(_NOISE.sub(" ", line).split()))]


def _in_standard_words(text: str) -> str:
    """As language.normalise.normalise, with punctuation: an `unless` ends with its sentence."""
    out, at = "", 0
    for token in normal_tokens(text):
        out += text[at : token.start] + token.standard
        at = token.end
    return out + text[at:]

"""What of a case may be told to an agency: chosen answers, never more, and no identity unless the person agreed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from language.known_words import known_words
from language.normalise import normalise

IDENTITY = ("contact",)  # answers that say who someone is
# Answers to us alone: what the person allowed, how and when we may write, whom of us they do not trust.
OURS = ("consent", "reply", "safe_reply", "lang", "named", "screening", "other_knows", "staff_excluded")
HIDDEN = "[…]"  # stands where a name or number was taken out
_NUMBER = re.compile(r"\+?\d(?:[ ./()–-]{0,2}\d){6,}")
_WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")
_SAME_END = 8  # digits: "+62 812…" and "0812…" are one number


def offered(told: Mapping[str, str]) -> list[str]:
    """The answers of a case that staff may choose to pass on, in the order they were given."""
    return [name for name, answer in told.items() if answer and isinstance(answer, str) and name not in OURS]


def shared(told: Mapping[str, str], fields: Collection[str], identity: bool) -> dict[str, str]:
    """What an agency is told: the chosen answers. Without `identity` neither the contact itself, nor its number, nor
    its names where they also stand in the other answers."""
    open_to_them = [name for name in offered(told) if name in fields]
    if identity:
        return {name: told[name] for name in open_to_them}
    contact = " ".join(told.get(name, "") for name in IDENTITY)
    return {name: without(told[name], contact) for name in open_to_them if name not in IDENTITY}


def without(text: str, contact: str) -> str:
    """The text without the names and numbers of a contact. A lost word costs little, a kept name costs trust."""
    numbers = {_digits(found)[-_SAME_END:] for found in _NUMBER.findall(contact)}
    text = _NUMBER.sub(lambda m: HIDDEN if _digits(m[0])[-_SAME_END:] in numbers else m[0], text)
    ordinary = known_words()["ordinary"]
    names = {w.lower() for w in _WORD.findall(contact) if w[0].isupper() or w.lower() not in ordinary}
    return _WORD.sub(lambda m: HIDDEN if m[0].lower() in names else m[0], text)


def named_among(must_not_know: str, called: Collection[str]) -> list[str]:
    """Of the words an agency is called by, those that stand in what a person wrote about who must not know."""
    as_typed = " ".join(re.findall(r"\w+", must_not_know.lower()))
    texts = [f" {as_typed} ", f" {normalise(must_not_know)} "]
    return sorted(name for name in called if any(f" {name} " in text for text in texts))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)

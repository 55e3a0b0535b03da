"""The client of the Rasa server: one question, three seconds, and a circuit breaker."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, replace
from typing import Any, Protocol

import httpx

from actions.turn import CRISES, REQUESTS, TALK, TOPICS, Entity, Understanding
from bot.bands import CRISIS
from bot.segments import clauses, segments
from language.clean import clean

TIMEOUT = 3.0  # seconds
AT_ONCE = 4
PAUSE_AFTER_FAILURES = 5.0  # seconds in which the server is not asked again
FAILURES_TO_PAUSE = 2
SECOND_NEED = 0.75  # confidence at which another part of a message counts as a need of its own
FEW_PIECES = 3
LONG_CRISIS = 0.6  # of two dozen pieces of a long story one may look like danger by chance
NEEDS = (*TOPICS, *REQUESTS)
# A number or an age by itself ("16", "umur saya 15 tahun") says nothing yet, but the model has met ages mostly beside danger.
_ONLY_A_NUMBER = re.compile(
    r"\W*(?:(?:umur|usia|saya|sy|sa|beta|be|aku|baru|masih|msh|my|age|is|i'?m|i|am|only|just)\W+)*\d{1,3}"
    r"(?:\W*(?:tahun|thn|taon|taong|th|lebih|years?|yo|y/o|old|kak|kaka|kakak)\b)*\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Endpoint:
    """Where the Rasa server listens, and the token it wants."""

    url: str
    token: str


class FindsEndpoint(Protocol):
    """Says where the server is now: it may be restarted on another port while the bot runs."""

    def __call__(self) -> Endpoint | None: ...


class NluUnavailable(Exception):
    """The model could not be asked in time."""


class NluClient:
    """Asks the Rasa server what messages mean."""

    def __init__(self, endpoint: FindsEndpoint, timeout: float = TIMEOUT, second_needs: bool = True) -> None:
        """`second_needs=False` asks once per message, as when the model itself is measured."""
        self._endpoint = endpoint
        self._second_needs = second_needs
        self._http = httpx.AsyncClient(timeout=timeout, trust_env=False)
        self._failures = 0
        self._closed_until = 0.0
        # The server works on one text at a time. The rest of a long message waits here, not against the time-out.
        self._places = asyncio.Semaphore(AT_ONCE)

    async def close(self) -> None:
        await self._http.aclose()

    async def understand(self, text: str) -> Understanding:
        """What a message means; `degraded` when the server cannot be asked. Never raises for any text."""
        text = clean(text)
        if not text.strip() or _ONLY_A_NUMBER.fullmatch(text):
            return Understanding()
        try:
            parses = await asyncio.gather(*(self.parse(piece) for piece in segments(text)))
        except NluUnavailable:
            return Understanding(degraded=True)
        understood = combined([understanding(parse, text) for parse in parses])
        return await self._with_second_need(understood, text) if len(parses) == 1 else understood

    async def _with_second_need(self, understood: Understanding, text: str) -> Understanding:
        """Look for another need in the clauses of a short message."""
        if not self._second_needs or understood.intent not in NEEDS:
            return understood
        try:
            parses = await asyncio.gather(*(self.parse(clause) for clause in clauses(text)))
        except NluUnavailable:
            return understood  # the first need is known, and worth an answer
        parts = [understanding(p, text) for p in parses]
        others = second_needs(understood, parts)
        return replace(understood, others=others, articles=with_articles_of(others, understood, parts))

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's own answer to one short text. Raises NluUnavailable."""
        endpoint = self._endpoint()
        if endpoint is None or time.monotonic() < self._closed_until:
            raise NluUnavailable
        try:
            async with self._places:
                answer = await self._http.post(
                    f"{endpoint.url}/model/parse", params={"token": endpoint.token}, json={"text": text}
                )
            answer.raise_for_status()
            parse: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError):
            self._failures += 1
            if self._failures >= FAILURES_TO_PAUSE:
                self._closed_until = time.monotonic() + PAUSE_AFTER_FAILURES
            raise NluUnavailable from None
        self._failures = 0
        return parse


def understanding(parse: dict[str, Any], whole: str) -> Understanding:
    """Rasa's answer in our words; entity offsets count in the whole message, not in the piece that was parsed."""
    return Understanding(
        intent=parse["intent"]["name"],
        confidence=parse["intent"]["confidence"],
        ranking=tuple((i["name"], i["confidence"]) for i in parse.get("intent_ranking", ())),
        entities=tuple(_placed(e, parse["text"], whole) for e in parse.get("entities", ())),
        articles=tuple((a["name"], a["confidence"]) for a in parse.get("article_ranking", ())),
    )


def second_needs(whole: Understanding, clauses: list[Understanding]) -> tuple[str, ...]:
    """Other needs that a clause shows for itself, while another clause still shows the first one."""
    shown = [c.intent for c in clauses if c.intent in NEEDS and c.confidence >= SECOND_NEED]
    others = [intent for intent in shown if intent and intent != whole.intent]
    return tuple(dict.fromkeys(others)) if whole.intent in shown else ()


def with_articles_of(
    others: tuple[str, ...], main: Understanding, parts: list[Understanding]
) -> tuple[tuple[str, float], ...]:
    """The articles of the main need as the whole message ranks them; those of the others as their own part does."""
    own = [pair for pair in main.articles if pair[0].split("/")[0] not in others]
    theirs = [
        pair for p in parts if p.intent in others for pair in p.articles if pair[0].split("/")[0] == p.intent
    ]
    return (*own, *theirs)


def _placed(entity: dict[str, Any], piece: str, whole: str) -> Entity:
    surface = piece[entity["start"] : entity["end"]]
    start = entity["start"] if piece == whole else max(0, whole.find(surface))
    return Entity(entity["entity"], str(entity["value"]), start, start + len(surface))


def combined(parts: list[Understanding]) -> Understanding:
    """One understanding of a message read in pieces: danger anywhere wins, then the clearest need; chat
    between ("halo kak", "terima kasih") counts only when there is nothing else."""
    if len(parts) == 1:
        return parts[0]

    bar = CRISIS if len(parts) <= FEW_PIECES else LONG_CRISIS

    def weight(part: Understanding) -> tuple[int, float]:
        danger = part.confidence_of(CRISES)
        if danger >= bar:
            return (2, danger)
        if danger >= CRISIS:  # perhaps by chance: it may not speak for the whole story
            return (0, part.confidence)
        return (0 if part.intent in TALK else 1, part.confidence)

    main = max(parts, key=weight)
    others = [
        p.intent
        for p in parts
        if p.intent in NEEDS and p.intent != main.intent and p.confidence >= SECOND_NEED
    ]
    needs = tuple(dict.fromkeys(o for o in others if o))
    return Understanding(
        main.intent,
        main.confidence,
        main.ranking,
        tuple(e for part in parts for e in part.entities),
        with_articles_of(needs, main, parts),
        needs,
    )

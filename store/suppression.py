"""Withhold small counts from a set of tables so that none can be worked out from the rest.

Tables that belong together are one network: a case flows through it once, say through its week, its regency, the cell
of regency and kind, its kind, the cell of kind and outcome, its outcome, and back through the total. Whatever enters a
node leaves it: that is all a reader can use to subtract. A withheld count is safe when one case more or less could have
flowed along some closed way of withheld counts through it: then two numbers fit everything that is published. Where
there is no such way, the cheapest one is opened by withholding more.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 5  # counts below are never told
SMALL, WITHHELD = "<5", "×"  # zero to four; a count withheld so that others cannot be worked out
Key = tuple[str, ...]
Shown = int | str


@dataclass(frozen=True)
class Arc:
    """One count: `count` cases flow from `tail` to `head`. `weight` says how much its loss would hurt."""

    key: Key
    tail: str
    head: str
    count: int
    weight: int = 1


@dataclass(frozen=True)
class _Step:
    """A way to use an arc in a changed flow: with it (one more) or against it (one less)."""

    arc: Arc
    to: str
    cost: int


def published(arcs: Iterable[Arc]) -> dict[Key, Shown]:
    """What may be shown of each count: the number itself, `SMALL` or `WITHHELD`.

    A zero is shown, because it is about nobody, unless it helps to hide a neighbour.
    """
    arcs = list(arcs)
    hidden = {arc.key for arc in arcs if 0 < arc.count < SMALLEST}
    safe: set[Key] = set()
    for arc in sorted(arcs, key=lambda a: (a.count, a.key)):
        if arc.key in hidden and arc.key not in safe:
            # First as if the reader knew that "<5" is no zero and "×" at least five; where that finds no way, without.
            way = _cheapest_way(arc, arcs, hidden, strict=True) or _cheapest_way(
                arc, arcs, hidden, strict=False
            )
            safe |= {step.key for step in way} | {arc.key}
            hidden |= safe
    return {arc.key: _shown(arc, hidden) for arc in arcs}


def _shown(arc: Arc, hidden: set[Key]) -> Shown:
    if arc.key not in hidden:
        return arc.count
    return SMALL if arc.count < SMALLEST else WITHHELD


def _cheapest_way(arc: Arc, arcs: list[Arc], hidden: set[Key], strict: bool) -> list[Arc]:
    """The closed way through `arc` that withholds the least; without `strict` there is one for every count above
    zero, because a flow is made of closed ways and one case less on such a way is possible."""
    ways = []
    if _may_rise(arc):
        ways.append(_way(arc.head, arc.tail, arc, arcs, hidden, strict))
    if _may_fall(arc, strict):
        ways.append(_way(arc.tail, arc.head, arc, arcs, hidden, strict))
    found = [way for way in ways if way is not None]
    return min(found, key=lambda way: way[0])[1] if found else []


def _way(
    start: str, goal: str, without: Arc, arcs: list[Arc], hidden: set[Key], strict: bool
) -> tuple[int, list[Arc]] | None:
    """Dijkstra's way from start to goal, with its cost; arcs that are withheld already cost nothing."""
    steps = _steps([arc for arc in arcs if arc is not without], hidden, strict)
    best, came_by = {start: 0}, dict[str, tuple[str, Arc]]()
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for step in steps[node]:
            total = cost + step.cost
            if total < best.get(step.to, total + 1):
                best[step.to], came_by[step.to] = total, (node, step.arc)
                heapq.heappush(queue, (total, step.to))
    if goal not in best:
        return None
    way = []
    node = goal
    while node != start:
        node, arc = came_by[node]
        way.append(arc)
    return best[goal], way


def _steps(arcs: Iterable[Arc], hidden: set[Key], strict: bool) -> dict[str, list[_Step]]:
    steps: dict[str, list[_Step]] = defaultdict(list)
    for arc in arcs:
        cost = 0 if arc.key in hidden else arc.weight * (2 + arc.count)
        if _may_rise(arc):
            steps[arc.tail].append(_Step(arc, arc.head, cost))
        if _may_fall(arc, strict):
            steps[arc.head].append(_Step(arc, arc.tail, cost))
    return steps


def _may_rise(arc: Arc) -> bool:
    """Whether one more would be shown alike."""
    return arc.count != SMALLEST - 1


def _may_fall(arc: Arc, strict: bool) -> bool:
    """Whether one less would be shown alike. Strictly, "<5" is at least one and "×" at least five."""
    return arc.count not in (0, 1, SMALLEST) if strict else arc.count > 0

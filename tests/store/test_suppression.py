"""Small counts stay untold: whoever subtracts, adds and tries out all numbers is left with at least two that fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.suppression import SMALL, WITHHELD, Arc, Key, Shown, published

Cells = dict[tuple[str, str, str], int]  # (row, middle, column): how many


def network(cells: Cells) -> list[Arc]:
    """Two tables that share their middle: rows by middle, middle by columns, with all totals."""
    counts: dict[tuple[Key, str, str], int] = defaultdict(int)
    for (row, middle, column), n in cells.items():
        for key, tail, head in (
            (("row", row), "begin", f"row {row}"),
            (("row middle", row, middle), f"row {row}", f"into {middle}"),
            (("middle", middle), f"into {middle}", f"from {middle}"),
            (("middle column", middle, column), f"from {middle}", f"column {column}"),
            (("column", column), f"column {column}", "end"),
            (("total",), "end", "begin"),
        ):
            counts[key, tail, head] += n
    return [Arc(key, tail, head, n) for (key, tail, head), n in counts.items()]


def table(rows: list[list[int]]) -> list[Arc]:
    """One table of rows and columns with its totals; the third way in is always the same."""
    return network({(f"r{i}", f"m{j}", "all"): n for i, row in enumerate(rows) for j, n in enumerate(row)})


# --- the reader who tries to reconstruct ---------------------------------------------------------------


def equations(arcs: list[Arc]) -> list[dict[Key, int]]:
    """What enters a node leaves it: each as {count: +1 or -1}, their sum is zero."""
    nodes: dict[str, dict[Key, int]] = defaultdict(dict)
    for arc in arcs:
        nodes[arc.head][arc.key] = nodes[arc.head].get(arc.key, 0) + 1
        nodes[arc.tail][arc.key] = nodes[arc.tail].get(arc.key, 0) - 1
    return list(nodes.values())


def worked_out_by_subtraction(arcs: list[Arc], shown: dict[Key, Shown]) -> list[Key]:
    """The withheld counts that adding and subtracting published ones gives (Gauss's elimination, exact)."""
    unknown = [arc.key for arc in arcs if not isinstance(shown[arc.key], int)]
    rows = [[Fraction(equation.get(key, 0)) for key in unknown] for equation in equations(arcs)]
    found, done = [], 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for r in range(len(rows)):
            if r != done and rows[r][column]:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[done], strict=True)]
        done += 1
    for row in rows[:done]:
        if sum(value != 0 for value in row) == 1:
            found.append(unknown[next(i for i, value in enumerate(row) if value)])
    return found


def fitting(arcs: list[Arc], shown: dict[Key, Shown], most: int) -> Iterator[dict[Key, int]]:
    """Every way to fill in what is withheld so that all sums are right; nothing but the published figures is used."""
    known = {key: value for key, value in shown.items() if isinstance(value, int)}
    unknown = [key for key, value in shown.items() if not isinstance(value, int)]
    rules = equations(arcs)

    def fill(guess: dict[Key, int]) -> Iterator[dict[Key, int]]:
        guess = dict(guess)
        progress = True
        while progress:  # a sum with one gap leaves no choice
            progress = False
            for rule in rules:
                gaps = [key for key in rule if key not in guess and rule[key]]
                total = sum(sign * guess[key] for key, sign in rule.items() if key in guess)
                if not gaps and total:
                    return
                if len(gaps) == 1:
                    value = -total * rule[gaps[0]]
                    if value < 0 or value > (4 if shown[gaps[0]] == SMALL else most):
                        return
                    guess[gaps[0]] = value
                    progress = True
        left = [key for key in unknown if key not in guess]
        if not left:
            yield guess
            return
        gap = min(left, key=lambda key: shown[key] != SMALL)
        for value in range(5 if shown[gap] == SMALL else most + 1):
            yield from fill({**guess, gap: value})

    yield from fill(known)


def undecided(arcs: list[Arc], shown: dict[Key, Shown]) -> bool:
    """Whether at least two numbers fit each withheld count."""
    unknown = {key for key, value in shown.items() if not isinstance(value, int)}
    seen: dict[Key, set[int]] = defaultdict(set)
    for guess in fitting(arcs, shown, most=max(arc.count for arc in arcs) + 1):
        for key in unknown:
            seen[key].add(guess[key])
        if all(len(seen[key]) > 1 for key in unknown):
            return True
    return not unknown


# --- what is shown -------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ab"), st.sampled_from("kl"), st.sampled_from("xy")),
        st.integers(0, 7),
        min_size=1,
    )
)
def test_at_least_two_numbers_fit_every_withheld_count(cells: Cells) -> None:
    arcs = network(cells)
    assert undecided(arcs, published(arcs))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=2, max_size=9))
def test_nothing_withheld_comes_out_by_subtraction(rows: list[list[int]]) -> None:
    arcs = table(rows)
    assert worked_out_by_subtraction(arcs, published(arcs)) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=4 * 9 * 5, max_size=4 * 9 * 5))
def test_nor_from_two_tables_that_share_their_totals(counts: list[int]) -> None:
    keys = [(f"r{i}", f"k{j}", f"o{n}") for i in range(9) for j in range(4) for n in range(5)]
    arcs = network(dict(zip(keys, (n if n > 22 else n // 8 for n in counts), strict=True)))
    assert worked_out_by_subtraction(arcs, published(arcs)) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5))
def test_what_is_shown_is_true_and_never_small(rows: list[list[int]]) -> None:
    arcs = table(rows)
    shown = published(arcs)
    for arc in arcs:
        value = shown[arc.key]
        if isinstance(value, int):
            assert value == arc.count
            assert value == 0 or value >= 5
        else:
            assert value == (SMALL if arc.count < 5 else WITHHELD)


def test_large_counts_are_all_shown() -> None:
    arcs = table([[10, 20], [30, 40]])
    assert all(isinstance(value, int) for value in published(arcs).values())


def test_zeros_alone_are_shown() -> None:
    arcs = table([[10, 0], [0, 40]])
    assert all(isinstance(value, int) for value in published(arcs).values())


def test_a_single_small_count_takes_a_square_of_neighbours_with_it() -> None:
    shown = published(table([[3, 20], [30, 40]]))
    withheld = {key[1:] for key, value in shown.items() if value == WITHHELD and key[0] == "row middle"}
    assert shown["row middle", "r0", "m0"] == SMALL
    assert withheld == {("r0", "m1"), ("r1", "m0"), ("r1", "m1")}
    assert shown["total",] == 93


def test_two_small_counts_in_a_row_hide_each_other_there() -> None:
    shown = published(table([[3, 2, 20], [30, 40, 50]]))
    assert shown["row middle", "r0", "m2"] == 20
    assert shown["row", "r0"] == 25


def test_the_only_case_there_is_hides_behind_all_totals() -> None:
    shown = published(table([[1, 0], [0, 0]]))
    assert shown["total",] == SMALL


@pytest.mark.parametrize("rows", [[[4, 4, 4, 4], [5, 5, 5, 1]], [[4, 1], [5, 5]], [[5, 5, 5], [1, 1, 4]]])
def test_awkward_borders_stay_undecided(rows: list[list[int]]) -> None:
    arcs = table(rows)
    assert undecided(arcs, published(arcs))

"""How fast the console's pages are with a hundred thousand cases: `python -m benchmarks.console`.

Each page is asked for over real HTTP, with a session, beside the same page of a console with a hundred cases, in turns
in one run. The ratio is what to believe: it shows whether a page grows with the number of cases. The milliseconds
belong to this machine and this moment; the budget is for two cores that do nothing else.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.many_cases import COMMON_TAG, RARE_TAG, fill, fill_history
from store import openings, visibility
from store.database import write
from store.queue_index import Place
from tests.hotline.console import Console, Visitor

MANY, FEW = 100_000, 100
ROUNDS = 40
BUDGET = 150.0  # p95 in milliseconds, as the issue asks
WARM_UP = 3
PAUSE = 0.11  # seconds between requests: the console lets nobody ask for more than 300 pages a minute


def main() -> None:
    """Print a table: p50 and p95 with many cases, p95 with few, the ratio. Exit code 1 when a page is over budget."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        visitors = {}
        addresses = {}
        for count in (MANY, FEW):
            console = stack.enter_context(Console(Path(folder) / str(count)))
            began = time.perf_counter()
            addresses[count] = _furnished(console, count)
            click.echo(f"{count:,} cases made in {time.perf_counter() - began:.0f} s")
            visitors[count] = console.signed_in("lusia")
        click.echo(
            f"\n{'page, ms':34}{'p50':>8}{'p95':>8}{'p95 of ' + str(FEW):>12}{'ratio':>8}{'budget':>8}"
        )
        slow = False
        for page in addresses[MANY]:
            many, few = _times(visitors, {count: found[page] for count, found in addresses.items()})
            slow |= _at(many, 0.95) > BUDGET
            ratio = _at(many, 0.95) / _at(few, 0.95)
            figures = (
                f"{_at(many, 0.5):8.1f}{_at(many, 0.95):8.1f}{_at(few, 0.95):12.1f}{ratio:8.2f}{BUDGET:8.0f}"
            )
            click.echo(f"{page:34}{figures}")
    sys.exit(1 if slow else 0)


def _furnished(console: Console, count: int) -> dict[str, str]:
    """A console full of cases, some hidden and some opened; returns the addresses of the pages to measure."""
    with write(console.db):
        codes = fill(console.db, console.keys, count)
        fill_history(console.db, console.keys, codes)
        for code in codes[: count // 100]:
            visibility.exclude(console.db, code, "lusia")
        for code in codes[-20:]:
            openings.open_identity(console.db, console.keys, code, "maria", "Menelepon untuk janji bertemu")
    console.db.execute("pragma wal_checkpoint(truncate)")
    middle = Place("normal", "2025-11-22T00:00:00.000000+00:00", "KR-8")
    return {
        "queue, new": "/",
        "queue, closed": "/?kelompok=closed",
        "queue, a year deep": f"/?kelompok=closed&setelah={str(middle).replace('+', '%2B')}",
        "queue, filtered": "/?kelompok=in_progress&jenis=help&wilayah=Badung&petugas=staff3",
        "queue, a rare tag": f"/?kelompok=closed&tanda={RARE_TAG}",
        "queue, a common tag": f"/?kelompok=closed&tanda={COMMON_TAG}",
        "queue, nothing fits": "/?kelompok=closed&wilayah=Jembrana&petugas=nobody",
        "a case": f"/kasus/{codes[-1]}",
        "a case, for printing": f"/kasus/{codes[-1]}/cetak",
        "openings to review": "/pembukaan",
        "referrals to agencies": "/rujukan",
        "statistics": "/statistik",
        "audit": "/jejak",
    }


def _times(visitors: dict[int, Visitor], paths: dict[int, str]) -> tuple[list[float], list[float]]:
    """Milliseconds with many cases and with few, asked in turns."""
    times: dict[int, list[float]] = {MANY: [], FEW: []}
    for turn in range(WARM_UP + ROUNDS):
        for count, visitor in visitors.items():
            began = time.perf_counter()
            answer = visitor.get(paths[count])
            spent = (time.perf_counter() - began) * 1000
            if answer.status_code != 200:
                raise SystemExit(f"{paths[count]} answered {answer.status_code}")
            if turn >= WARM_UP:
                times[count].append(spent)
            time.sleep(PAUSE)
    return times[MANY], times[FEW]


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


if __name__ == "__main__":
    main()

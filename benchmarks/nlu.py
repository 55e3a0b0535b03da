"""How fast the language model trains and reads, and how much memory it takes: `python -m benchmarks.nlu`.

Our pipeline stands beside one made of Rasa's own classifier on the same words and embeddings, trained and asked in the
same run, in turns. The ratio is what to believe; the milliseconds belong to this machine and this moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import click

from bot.nlu import NluClient
from kawan.evaluation import read_split
from kawan.nlu_report import trained
from kawan.nlu_server import NluServer
from kawan.nlu_variants import Variant, variants
from kawan.settings import Settings, load_settings

ROUNDS = 3
BUDGETS = {
    "training, s": 480.0,
    "… memory, MB": None,  # all its processes together, at the highest
    "parse p50, ms": 40.0,
    "parse p95, ms": 80.0,
    "memory, MB": 1200.0,
}


def main() -> None:
    """Print a table: ours, Rasa's own, the ratio, the budget."""
    settings = load_settings()
    chosen = {v.name: v for v in variants() if v.name in ("ours", "rasa-logistic")}
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(chosen, settings, Path(folder))
    click.echo(f"{'':16}{'ours':>10}{'Rasa':>10}{'ratio':>8}{'budget':>9}")
    for row, budget in BUDGETS.items():
        ours, rasa = figures["ours"][row], figures["rasa-logistic"][row]
        click.echo(f"{row:16}{ours:10.1f}{rasa:10.1f}{ours / rasa:8.2f}{budget or '':>9}")


def measured(chosen: dict[str, Variant], settings: Settings, folder: Path) -> dict[str, dict[str, float]]:
    """Figures by pipeline and row. The servers run together and are asked in turns."""
    figures: dict[str, dict[str, float]] = {}
    servers: dict[str, NluServer] = {}
    for name, variant in chosen.items():
        (folder / name).mkdir()
        with highest_memory() as highest:
            seconds, model = trained(variant, settings, folder / name)
        figures[name] = {"training, s": seconds, "… memory, MB": max(highest) / 2**20}
        servers[name] = NluServer(settings.model_copy(update={"model": model}), borrow=False)
    try:
        for server in servers.values():
            server.start()
            server.wait_until_ready()
        times: dict[str, list[float]] = {name: [] for name in servers}
        texts = [message.text for message in read_split("validation")]
        for _round in range(ROUNDS):
            for name, server in servers.items():
                times[name] += parse_times(server, texts)
        for name, server in servers.items():
            ordered = sorted(times[name])
            figures[name]["parse p50, ms"] = ordered[len(ordered) // 2]
            figures[name]["parse p95, ms"] = ordered[int(len(ordered) * 0.95)]
            figures[name]["memory, MB"] = server.memory() / 2**20
    finally:
        for server in servers.values():
            server.stop()
    return figures


@contextlib.contextmanager
def highest_memory() -> Iterator[list[int]]:
    """What all processes below this one hold together, in bytes, looked at twice a second while the block runs."""
    seen, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.5):
            seen.append(memory_below(os.getpid()))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def memory_below(pid: int) -> int:
    """Resident memory of a process's children and theirs, in bytes (Linux)."""
    children: dict[int, list[tuple[int, int]]] = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # ended while we looked
            told = dict(line.split(":", 1) for line in path.read_text("utf-8").splitlines())
            kilobytes = int(told.get("VmRSS", "0 kB").split()[0])
            children.setdefault(int(told["PPid"]), []).append((int(told["Pid"]), kilobytes * 1024))
    below, waiting = 0, [pid]
    while waiting:
        for child, held in children.get(waiting.pop(), []):
            below += held
            waiting.append(child)
    return below


def parse_times(server: NluServer, texts: list[str]) -> list[float]:
    """Milliseconds of one `POST /model/parse` each, one after the other."""
    endpoint = server.endpoint
    assert endpoint is not None

    async def ask() -> list[float]:
        client, found = NluClient(lambda: endpoint, timeout=30), []
        try:
            for text in texts:
                began = time.perf_counter()
                await client.parse(text)
                found.append((time.perf_counter() - began) * 1000)
        finally:
            await client.close()
        return found

    return asyncio.run(ask())


if __name__ == "__main__":
    main()

"""With several workers (pytest -n): one Rasa server for all of them, started while they collect. It holds a gigabyte."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from kawan.errors import UserError
from kawan.nlu_server import LONGEST_START, NluServer, running_server
from kawan.settings import Settings


class SharedNlu:
    """In the process that hands out the files: starts the server, tells the workers where its note lies, ends it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._note = Path(self._folder.name) / "nlu-server.json"
        self._server = NluServer(Settings(nlu_note=self._note), borrow=False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        try:
            self._server.start()
        except UserError:
            return  # no model yet: the tests that want one say so
        self._server.leave_note()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["nlu_note"] = str(self._note)

    def pytest_sessionfinish(self) -> None:
        self._server.stop()
        self._folder.cleanup()


def hands_out_files(config: pytest.Config) -> bool:
    """Whether this process runs no tests itself but has workers for them."""
    return bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")


def shared_note(config: pytest.Config) -> str | None:
    """In a worker: where the note of the shared server lies."""
    note: str | None = getattr(config, "workerinput", {}).get("nlu_note")
    return note


def wait_for_shared_server() -> None:
    """Until the server of the note in the settings answers; without one the caller starts its own."""
    settings, ends = Settings(), time.monotonic() + LONGEST_START
    while settings.nlu_note.exists() and running_server(settings) is None and time.monotonic() < ends:
        time.sleep(0.5)

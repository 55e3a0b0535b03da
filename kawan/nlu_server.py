"""Rasa's HTTP server as a child process on loopback.

The token goes through standard input, so it stands on no command line and in no environment; closing that pipe (or
dying) ends the child. `kawan run` and `kawan nlu serve` leave a note (0600) where they listen, for `ask` and `chat`.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import httpx

from bot.nlu import Endpoint
from kawan import PROJECT
from kawan.errors import UserError
from kawan.settings import Settings

LONGEST_START = 120.0  # seconds; 8 s is usual, the first start after set-up is slower


class NluServer:
    """One Rasa process, started again when it dies (see kawan.run)."""

    def __init__(self, settings: Settings, borrow: bool = True) -> None:
        self._settings = settings
        self._borrow = borrow
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self.endpoint: Endpoint | None = None

    def start(self) -> None:
        """Start it and return at once, or (with `borrow`) borrow the one `kawan nlu serve` runs. Raises UserError when model or
        environment is missing."""
        self.endpoint = running_server(self._settings) if self._borrow else None
        if self.endpoint is not None:
            return
        check_ready(self._settings)
        token, port = secrets.token_hex(24), _free_port()
        logs = PROJECT / ".cache" / "nlu-server.log"
        logs.parent.mkdir(exist_ok=True)
        self._log = logs.open("wb")
        self._process = subprocess.Popen(
            [
                str(self._settings.nlu_python), "-m", "nlu_components.launch", "run", "--enable-api",
                "-i", "127.0.0.1", "-p", str(port), "-m", str(self._settings.model),
                "--endpoints", os.devnull, "--credentials", os.devnull,
            ],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            env=bare_environment(),
            start_new_session=True,  # Ctrl-C in the terminal is for us; we end the child ourselves
        )  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(f"{token}\n".encode())
        self._process.stdin.flush()
        self.endpoint = Endpoint(f"http://127.0.0.1:{port}", token)

    def wait_until_ready(self) -> None:
        """Wait for the model to be loaded. Raises UserError when it is broken or never comes."""
        assert self.endpoint is not None
        ends = time.monotonic() + LONGEST_START
        while time.monotonic() < ends:
            if not self.is_alive():
                raise UserError(f"The NLU server ended while starting. See {self._log_name()}.")
            match status(self.endpoint):
                case 200:
                    return
                case 409:
                    raise UserError(
                        f"The model {self._settings.model} cannot be loaded (broken, or trained with other versions). "
                        "Train it again: kawan nlu train"
                    )
            time.sleep(0.2)
        raise UserError(f"The NLU server did not start within {LONGEST_START:.0f} s. See {self._log_name()}.")

    def memory(self) -> int:
        """Resident memory of our own server process in bytes (Linux); 0 for a borrowed one."""
        if self._process is None:
            return 0
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) * 1024

    def is_alive(self) -> bool:
        """Whether the child runs; for a borrowed server, whether it answers."""
        if self._process is None:
            return self.endpoint is not None and status(self.endpoint) == 200
        return self._process.poll() is None

    def stop(self) -> None:
        """End the child and take its note away; a borrowed server is left running."""
        if self._process is None:
            self.endpoint = None
            return
        self._settings.nlu_note.unlink(missing_ok=True)
        with suppress(OSError):
            if self._process.stdin:
                self._process.stdin.close()
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._log:
            self._log.close()
        self._process = None
        self.endpoint = None

    def leave_note(self) -> None:
        """Let other `kawan` commands find this server (a borrowed one has its note already)."""
        assert self.endpoint is not None
        if self._process is None:
            return
        note = self._settings.nlu_note
        content = {"url": self.endpoint.url, "token": self.endpoint.token, "pid": self._process.pid}
        note.unlink(missing_ok=True)
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file)

    def _log_name(self) -> Path:
        return PROJECT / ".cache" / "nlu-server.log"


def running_server(settings: Settings) -> Endpoint | None:
    """The server another `kawan` left a note about, if it still answers with a model."""
    try:
        note = json.loads(settings.nlu_note.read_text())
        endpoint = Endpoint(note["url"], note["token"])
    except (OSError, ValueError, KeyError):
        return None
    return endpoint if status(endpoint) == 200 else None


@contextmanager
def nlu_server(settings: Settings) -> Iterator[Endpoint]:
    """A running server for a short command: one that is there, else an own one that ends with the block."""
    there = running_server(settings)
    if there is not None:
        yield there
        return
    server = NluServer(settings)
    try:
        server.start()
        server.wait_until_ready()
        assert server.endpoint is not None
        yield server.endpoint
    finally:
        server.stop()


def check_ready(settings: Settings) -> None:
    """Whether there is an environment and a model to start with. Raises UserError with what to do."""
    if not settings.nlu_python.exists():
        raise UserError("The NLU environment is missing. Run: make setup")
    if not settings.model.exists():
        raise UserError(f"There is no trained model at {settings.model}. Run: kawan nlu train")


def status(endpoint: Endpoint) -> int | None:
    """The HTTP status of the server's /status: 200 ready, 409 no model; None when it does not answer."""
    with suppress(httpx.HTTPError):
        return httpx.get(
            f"{endpoint.url}/status", params={"token": endpoint.token}, timeout=2, trust_env=False
        ).status_code
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def bare_environment() -> dict[str, str]:
    """Only what a Python needs; no token, no key path."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "OMP_NUM_THREADS")
    return {name: os.environ[name] for name in kept if name in os.environ}

"""A real `kawan run` process against the Bot API test server."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from tests.botapi import BotApiServer

KAWAN = Path(sys.executable).parent / "kawan"


class BotProcess:
    """Starts, kills and restarts the bot on one data folder."""

    def __init__(self, telegram: BotApiServer | None, folder: Path, **settings: str) -> None:
        self._telegram = telegram
        self.folder = folder
        self.log = folder / "bot.log"
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": telegram.token if telegram else "",
            "KAWAN_TELEGRAM_API_URL": telegram.url if telegram else "http://127.0.0.1:9",
            "KAWAN_DATA_DIR": str(folder / "data"),
            "KAWAN_KEY_FILE": str(folder / "secrets" / "kawan.key"),
            "KAWAN_OPERATOR_NAME": "LBH Contoh",
            "KAWAN_OPERATOR_CONTACT": "halo@contoh.id",
            "KAWAN_CONSOLE_PORT": "0",  # many of these run side by side; a test that wants the console names a port
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def without_telegram(cls, folder: Path, **settings: str) -> "BotProcess":
        """For commands that never reach Telegram."""
        return cls(None, folder, **settings)

    def start(self, wait: bool = True) -> None:
        """Start the process; with `wait`, until it asks Telegram for updates."""
        polls = self._telegram.polls if self._telegram else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [KAWAN, "run"], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if wait and self._telegram:
            try:
                self._telegram.waits_for_poll(after=polls, timeout=60)
            except AssertionError:
                raise AssertionError(f"the bot did not start:\n{self.log.read_text()}") from None

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """Ask it to stop, as a service manager does; the exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=30)

    def waits_for_exit(self, timeout: float = 60) -> int:
        assert self._process is not None
        return self._process.wait(timeout=timeout)

    def kills_its_model_server(self) -> None:
        """kill -9 for the Rasa child of the bot."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        [child] = children
        os.kill(int(child), signal.SIGKILL)

    def fills_the_disk(self) -> None:
        """From now on no file of the process may grow beyond a few kilobytes (the log is shorter)."""
        self._limit_files(16_384)

    def frees_the_disk(self) -> None:
        self._limit_files(resource.RLIM_INFINITY)

    def _limit_files(self, soft: int) -> None:
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))

    def kawan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """An operator's command on the same data folder."""
        return subprocess.run(
            [KAWAN, *arguments], env=self.environment, capture_output=True, text=True, timeout=60
        )

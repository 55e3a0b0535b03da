"""`kawan staff`: accounts from the command line, with and without a terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.telegram.process import KAWAN

GOOD = "nasi jagung bose"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "KAWAN_DATA_DIR": str(tmp_path / "data"),
        "KAWAN_KEY_FILE": str(tmp_path / "keys" / "kawan.key"),
    }


def kawan(settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KAWAN, "staff", *arguments],
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def at_a_terminal(settings: dict[str, str], typed: list[str], *arguments: str) -> tuple[int, str]:
    """The exit code and all that stood on the screen; answers are typed one by one, when they are asked for."""
    screen, theirs = pty.openpty()
    process = subprocess.Popen(
        [KAWAN, "staff", *arguments],
        env=settings,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    said, asked = "", 0
    while True:
        try:
            read = os.read(screen, 1024).decode()
        except OSError:  # the other side has closed
            break
        said += read
        if said.count("): ") + said.count("confirmation: ") > asked and asked < len(typed):
            os.write(screen, f"{typed[asked]}\n".encode())
            asked += 1
    os.close(screen)
    return process.wait(60), said


def test_without_a_terminal_an_account_has_no_password_and_that_is_said(settings: dict[str, str]) -> None:
    done = kawan(settings, "add", "maria", "--name", "Maria Bere", "--role", "lead")
    assert done.returncode == 0
    assert done.stdout.startswith("Added maria (lead).\nNo password yet")
    assert "no password" in kawan(settings, "list").stdout


def test_a_one_time_password_is_shown_once(settings: dict[str, str]) -> None:
    done = kawan(settings, "add", "maria", "--one-time")
    assert re.search(r"One-time password: [a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{5}\n", done.stdout)
    again = kawan(settings, "password", "maria", "--one-time")
    assert again.returncode == 0
    assert again.stdout != done.stdout


def test_at_a_terminal_the_password_is_typed_twice_and_not_shown(settings: dict[str, str]) -> None:
    code, screen = at_a_terminal(settings, [GOOD, GOOD], "add", "maria")
    assert code == 0
    assert "Password set." in screen
    assert GOOD not in screen
    assert " password " in kawan(settings, "list").stdout


def test_nothing_typed_makes_a_one_time_password(settings: dict[str, str]) -> None:
    kawan(settings, "add", "maria")
    code, screen = at_a_terminal(settings, ["", ""], "password", "maria")
    assert code == 0
    assert "One-time password: " in screen


def test_a_weak_password_is_asked_for_again_with_the_reason(settings: dict[str, str]) -> None:
    kawan(settings, "add", "maria")
    code, screen = at_a_terminal(settings, ["kopi", "kopi", GOOD, GOOD], "password", "maria")
    assert code == 0
    assert "at least 12 characters" in screen
    assert "Password set." in screen


def test_a_password_needs_a_terminal_or_is_made(settings: dict[str, str]) -> None:
    kawan(settings, "add", "maria")
    refused = kawan(settings, "password", "maria")
    assert (refused.returncode, refused.stderr) == (
        2,
        "kawan: There is no terminal to type a password at. Use --one-time.\n",
    )


def test_codes_are_reset_roles_changed_links_made(settings: dict[str, str]) -> None:
    kawan(settings, "add", "maria")
    assert kawan(settings, "totp-reset", "maria").returncode == 0
    assert kawan(settings, "role", "maria", "lead").stdout == "maria is lead.\n"
    assert re.match(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}\n", kawan(settings, "link", "maria").stdout)


@pytest.mark.parametrize("command", [("password", "--one-time"), ("totp-reset",), ("link",), ("disable",)])
def test_an_unknown_login_is_a_sentence(settings: dict[str, str], command: tuple[str, ...]) -> None:
    done = kawan(settings, command[0], "nobody", *command[1:])
    assert (done.returncode, done.stderr) == (2, "kawan: There is no active account 'nobody'.\n")

"""A console on a free port of this machine, with a real database file and a member of every role.

Tests write to the store through a connection of their own, as an operator's command beside a running bot does.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Concatenate

import httpx
import pyotp
from sqlite_utils import Database

from hotline.app import build_console
from hotline.config import Config
from hotline.desk import Desk
from hotline.server import listen, web_server
from knowledge.library import Library, load_library
from knowledge.search import Search
from store import accounts, passwords, staff, totp
from store.database import open_database, write
from store.keys import Keyring, temporary_keyring
from store.writer import Writer

PASSWORD = "kopi susu panas sekali"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Two reviewers, so that one can be the colleague; only the admin has one-time codes.
MEMBERS = {
    "maria": ("reviewer", "Maria Bere"),
    "bram": ("reviewer", "Bram Tokan"),
    "yosef": ("mediator", "Yosef Seran"),
    "lusia": ("lead", "Lusia Hoar"),
    "ani": ("admin", "Ani Putri"),
    "rini": ("reader", "Rini Dewi"),
}


class Console:
    """A running console: `url`, `db` and `keys` for looking behind it, and people who sign in to it."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        self.db: Database = open_database(folder)
        self.keys: Keyring = temporary_keyring()
        for login, (role, name) in MEMBERS.items():
            self.add_member(login, role, name)
        self.write(totp.set_up, self.keys, "ani", SECRET, 0)
        listening = listen("127.0.0.1", 0)
        port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.config = Config(**{"url": self.url, "port": port, "requests_a_minute": 5000, **changes})
        self._writer = Writer(open_database(folder))
        library, search = _knowledge()
        desk = Desk(self._writer, self.keys, library, search, config=self.config)
        self.app = build_console(desk)
        self._visitors: list[Visitor] = []
        self._server = web_server(self.app, self.config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)

    def __enter__(self) -> "Console":
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        return self

    def __exit__(self, *_error: object) -> None:
        for visitor in self._visitors:
            visitor.http.close()
        self._server.should_exit = True
        self._thread.join(10)
        self._writer.close()
        self.db.close()

    def write[**P, R](
        self, function: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call a function of the store in one transaction."""
        with write(self.db):
            return function(self.db, *args, **kwargs)

    def add_member(self, login: str, role: str, name: str = "") -> None:
        """A member with the password of all members here."""
        self.write(staff.add, login, role, name)
        self.write(accounts.set_password, login, _hash(), "operator")

    def code_of(self, login: str) -> str:
        """A one-time code that works now, "" for an account without; the last one used is forgotten for it."""
        member = staff.find(self.db, login)
        if member is None or not member.has_totp:
            return ""
        with write(self.db):
            self.db.execute("update staff set totp_last = 0 where login = ?", [login])
        return pyotp.TOTP(SECRET).now()

    def stranger(self) -> "Visitor":
        """Someone who is not signed in."""
        visitor = Visitor(self.url)
        self._visitors.append(visitor)
        return visitor

    def signed_in(self, login: str) -> "Visitor":
        """A member of staff with an open session."""
        visitor = self.stranger()
        answer = visitor.signs_in(login, PASSWORD, self.code_of(login))
        assert answer.status_code == 303, answer.text
        return visitor


class Visitor:
    """A browser without a screen: keeps cookies, sends the protection of forms along, follows no redirects."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)
        self._form_token = ""

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Look at a page."""
        answer = self.http.get(path, headers=headers)
        if found := re.search(r'name="_csrf_token" value="(\w+)"', answer.text):
            self._form_token = found[1]
        return answer

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """Send a form with the protection of the page looked at last."""
        if not self._form_token:
            self.get("/masuk")
            if not self._form_token:  # signed in: the sign-in page only leads on
                self.get("/akun")
        return self.http.post(path, data={"_csrf_token": self._form_token, **(data or {})}, headers=headers)

    def signs_in(
        self, login: str, password: str, code: str = "", ke: str = "", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Fill in the sign-in form."""
        form = {"nama": login, "sandi": password, "kode": code, "ke": ke}
        return self.post("/masuk", form, **(headers or {}))


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD, "nobody")


@cache
def _knowledge() -> tuple[Library, Search]:
    library = load_library()
    return library, Search(library)

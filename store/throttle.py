"""How often someone may try to sign in. Counted before a try, so that many at once count too.

Three rules: one login from one address (a typist, or a guesser), one address (a guesser of logins), one login from
anywhere (many guessers). The last is wide: nobody should be able to lock a member of staff out from outside.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring

WINDOW = timedelta(minutes=15)
MOST_PAIR = 5
MOST_ADDRESS = 30
MOST_LOGIN = 60


class TooManyTries(Exception):
    """No further try before `wait` is over."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many tries")
        self.wait = wait


def try_counted(db: Database, keys: Keyring, login: str, address: str) -> None:
    """Count one try. Raises TooManyTries instead when one of the rules is reached.

    Subjects are HMAC names: what someone typed as a login may be a password, and an address tells where a person is.
    """
    begin = (datetime.now(UTC) - WINDOW).isoformat(timespec="microseconds")
    for subject, most in _rules(keys, login, address).items():
        tries = [
            row["at"]
            for row in db.query(
                "select at from sign_in_failures where subject = ? and at > ? order by at desc limit ?",
                [subject, begin, most],
            )
        ]
        if len(tries) >= most:
            raise TooManyTries(datetime.fromisoformat(tries[-1]) + WINDOW - datetime.now(UTC))
    db.table("sign_in_failures").insert_all(
        {"subject": subject, "at": now()} for subject in _rules(keys, login, address)
    )


def succeeded(db: Database, keys: Keyring, login: str, address: str) -> None:
    """She is who she says: her earlier slips no longer count. Those of others at her address do."""
    pair, place, _login = _rules(keys, login, address)
    db.execute("delete from sign_in_failures where subject = ?", [pair])
    for subject in (place, _login):
        db.execute(
            "delete from sign_in_failures where id = (select max(id) from sign_in_failures where subject = ?)",
            [subject],
        )


def forget_old(db: Database) -> None:
    """Delete tries that no longer count."""
    db.execute(
        "delete from sign_in_failures where at <= ?",
        [(datetime.now(UTC) - WINDOW).isoformat(timespec="microseconds")],
    )


def _rules(keys: Keyring, login: str, address: str) -> dict[str, int]:
    return {
        keys.name_of(f"sign-in pair {login}\x1f{address}"): MOST_PAIR,
        keys.name_of(f"sign-in address {address}"): MOST_ADDRESS,
        keys.name_of(f"sign-in login {login}"): MOST_LOGIN,
    }

"""One-time codes from an app on the phone (TOTP, RFC 6238). The secret is sealed; a code works once."""

from __future__ import annotations

import hmac
import re
import time

import pyotp
from sqlite_utils import Database

from store.keys import Keyring

STEP = 30  # seconds a code is shown
DRIFT = 1  # steps a phone's clock may be off
ISSUER = "Kawan Rantau"


def new_secret() -> str:
    """A fresh secret, as the app takes it."""
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(secret: str, code: str, after: int | None = None) -> int | None:
    """The time step a code belongs to; None when it is wrong, too old, or not later than step `after`."""
    typed = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", typed):
        return None
    totp, here = pyotp.TOTP(secret), int(time.time()) // STEP
    fitting = [
        step
        for step in range(here - DRIFT, here + DRIFT + 1)
        if hmac.compare_digest(totp.generate_otp(step), typed) and (after is None or step > after)
    ]
    return fitting[0] if fitting else None


def set_up(db: Database, keys: Keyring, login: str, secret: str, step: int) -> None:
    """From now on she needs codes; the one she just proved it with (`step`) is used up."""
    db.execute("update staff set totp = ?, totp_last = ? where login = ?", [keys.seal(secret), step, login])


def used(db: Database, keys: Keyring, login: str, code: str) -> bool:
    """Whether the code is right; it is used up with this. True for an account without one-time codes."""
    row = next(db.query("select totp, totp_last from staff where login = ?", [login]), None)
    if row is None or row["totp"] is None:
        return row is not None
    step = step_of(keys.unseal(row["totp"]), code, row["totp_last"])
    if step is None:
        return False
    db.execute("update staff set totp_last = ? where login = ?", [step, login])
    return True


def remove(db: Database, login: str) -> None:
    """She needs no code any more."""
    db.execute("update staff set totp = null, totp_last = null where login = ?", [login])

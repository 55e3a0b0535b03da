"""What proves who a member of staff is: passwords, one-time codes, counted tries."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlite_utils import Database

from store import accounts, passwords, staff, throttle, totp, web_sessions
from store.keys import Keyring
from store.throttle import TooManyTries

GOOD = "kopi susu panas sekali"
HERE = "203.0.113.5"


@pytest.fixture
def maria(db: Database) -> str:
    staff.add(db, "maria")
    accounts.set_password(db, "maria", passwords.hashed(GOOD, "maria"), "operator")
    return "maria"


def earlier(minutes: float) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="microseconds")


def deeds(db: Database) -> list[str]:
    return [row["what"] for row in db.query("select what from audit order by id")]


# --- passwords ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kopi susu", "short"),
        ("a" * 201, "long"),
        ("aaaaaaaaaaaabbb", "same"),
        ("maria-maria-1", "login"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(passwords.WeakPassword) as refused:
        passwords.hashed(password, "maria")
    assert refused.value.reason == reason


def test_a_password_is_stored_as_an_argon2id_hash_and_fits_itself_only() -> None:
    stored = passwords.hashed(GOOD, "maria")
    assert stored.startswith("$argon2id$")
    assert GOOD not in stored
    assert passwords.fits(GOOD, stored)
    assert not passwords.fits(f"{GOOD}!", stored)
    assert passwords.hashed(GOOD, "maria") != stored


def test_letters_fit_whichever_way_a_keyboard_writes_them() -> None:
    assert passwords.fits("cafe\u0301 di tepi pantai", passwords.hashed("caf\u00e9 di tepi pantai", "maria"))


def test_without_a_stored_password_nothing_fits_and_it_takes_as_long() -> None:
    passwords.fits(GOOD, None)  # the stand-in is made once

    def seconds(stored: str | None) -> float:
        begin = time.perf_counter()
        assert not passwords.fits("apa saja", stored)
        return time.perf_counter() - begin

    stored = passwords.hashed(GOOD, "maria")
    # In turns: the machine may be busy for a while.
    pairs = [(seconds(stored), seconds(None)) for _ in range(7)]
    known, unknown = (min(times) for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2


def test_a_one_time_password_stops_working_after_a_week(db: Database, keys: Keyring) -> None:
    staff.add(db, "maria")
    shown, hashed = passwords.one_time()
    accounts.set_password(db, "maria", hashed, "operator", one_time=True)
    assert staff.active(db, "maria").must_change_password
    stored = accounts.stored_password(db, keys, "maria", HERE)
    assert passwords.fits(shown, stored)
    db.execute("update staff set password_until = ?", [earlier(1)])
    assert accounts.stored_password(db, keys, "maria", HERE) is None


def test_a_new_password_ends_all_sessions(db: Database, keys: Keyring, maria: str) -> None:
    value = web_sessions.begin(db, keys, maria, {})
    accounts.set_password(db, maria, passwords.hashed(f"{GOOD} lagi", maria), maria)
    assert web_sessions.find(db, keys, value) is None
    assert deeds(db)[-1] == "password of maria changed"


def test_a_switched_off_account_begins_anew(db: Database, keys: Keyring, maria: str) -> None:
    value = web_sessions.begin(db, keys, maria, {})
    accounts.set_totp(db, keys, maria, totp.new_secret(), 1)
    staff.disable(db, maria)
    assert web_sessions.find(db, keys, value) is None
    assert accounts.stored_password(db, keys, maria, HERE) is None
    staff.add(db, maria)
    member = staff.active(db, maria)
    assert (member.has_password, member.has_totp) == (False, False)


# --- one-time codes -----------------------------------------------------------------------------------


def test_a_code_works_once(db: Database, keys: Keyring, maria: str) -> None:
    secret = totp.new_secret()
    accounts.set_totp(db, keys, maria, secret, 0)
    code = pyotp.TOTP(secret).now()
    assert accounts.signed_in(db, keys, maria, f" {code[:3]} {code[3:]} ", HERE)
    assert accounts.signed_in(db, keys, maria, code, HERE) is None
    assert deeds(db)[-2:] == ["signed in", "sign-in refused: wrong code"]


def test_the_code_that_proved_the_phone_does_not_work_again(db: Database, keys: Keyring, maria: str) -> None:
    secret = totp.new_secret()
    code = pyotp.TOTP(secret).now()
    step = totp.step_of(secret, code)
    assert step is not None
    accounts.set_totp(db, keys, maria, secret, step)
    assert not totp.used(db, keys, maria, code)


def test_a_clock_may_be_half_a_minute_off_and_no_more() -> None:
    secret = totp.new_secret()
    clock = pyotp.TOTP(secret)
    here = int(time.time())
    assert totp.step_of(secret, clock.at(here - 30)) is not None
    assert totp.step_of(secret, clock.at(here - 90)) is None
    assert totp.step_of(secret, clock.at(here + 90)) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert totp.step_of(totp.new_secret(), typed) is None


def test_an_account_with_codes_does_not_open_without_one(db: Database, keys: Keyring, maria: str) -> None:
    accounts.set_totp(db, keys, maria, totp.new_secret(), 0)
    assert accounts.signed_in(db, keys, maria, "", HERE) is None
    accounts.reset_totp(db, maria, "operator")
    assert accounts.signed_in(db, keys, maria, "", HERE)


def test_the_secret_of_the_codes_lies_sealed(db: Database, keys: Keyring, maria: str) -> None:
    secret = totp.new_secret()
    accounts.set_totp(db, keys, maria, secret, 0)
    [row] = db.query("select totp from staff")
    assert secret.encode() not in row["totp"]


# --- counted tries ------------------------------------------------------------------------------------


def tries(db: Database, keys: Keyring, login: str, address: str, times: int) -> None:
    for _ in range(times):
        throttle.try_counted(db, keys, login, address)


def test_after_five_tries_a_login_waits_at_that_address_only(db: Database, keys: Keyring, maria: str) -> None:
    tries(db, keys, maria, HERE, throttle.MOST_PAIR)
    with pytest.raises(TooManyTries) as refused:
        throttle.try_counted(db, keys, maria, HERE)
    assert timedelta(minutes=14) < refused.value.wait <= throttle.WINDOW
    throttle.try_counted(db, keys, maria, "198.51.100.7")
    throttle.try_counted(db, keys, "bram", HERE)


def test_unknown_logins_are_counted_like_known_ones(db: Database, keys: Keyring) -> None:
    tries(db, keys, "nobody", HERE, throttle.MOST_PAIR)
    with pytest.raises(TooManyTries):
        throttle.try_counted(db, keys, "nobody", HERE)


def test_one_address_may_not_try_many_logins(db: Database, keys: Keyring) -> None:
    for number in range(throttle.MOST_ADDRESS):
        throttle.try_counted(db, keys, f"login{number}", HERE)
    with pytest.raises(TooManyTries):
        throttle.try_counted(db, keys, "maria", HERE)


def test_one_login_may_not_be_tried_from_many_addresses(db: Database, keys: Keyring) -> None:
    for number in range(throttle.MOST_LOGIN):
        throttle.try_counted(db, keys, "maria", f"203.0.113.{number}")
    with pytest.raises(TooManyTries):
        throttle.try_counted(db, keys, "maria", "198.51.100.7")


def test_tries_are_forgotten_after_a_quarter_of_an_hour(db: Database, keys: Keyring) -> None:
    tries(db, keys, "maria", HERE, throttle.MOST_PAIR)
    db.execute("update sign_in_failures set at = ?", [earlier(15.1)])
    throttle.try_counted(db, keys, "maria", HERE)
    throttle.forget_old(db)
    assert db.table("sign_in_failures").count == 3


def test_who_signs_in_at_last_begins_anew(db: Database, keys: Keyring, maria: str) -> None:
    for _ in range(3):
        tries(db, keys, maria, HERE, throttle.MOST_PAIR - 1)
        accounts.stored_password(db, keys, maria, HERE)
        assert accounts.signed_in(db, keys, maria, "", HERE)


def test_nothing_that_was_typed_and_no_address_is_stored_readably(db: Database, keys: Keyring) -> None:
    throttle.try_counted(db, keys, "typed-a-password", HERE)
    subjects = " ".join(row["subject"] for row in db.query("select subject from sign_in_failures"))
    assert "typed" not in subjects
    assert HERE not in subjects

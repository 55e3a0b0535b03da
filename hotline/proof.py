"""Checking a password and a one-time code: slow work outside of the store's thread, two at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from hotline.desk import Desk
from store import accounts, passwords, throttle
from store.staff import Member

# Two at once: each check takes 64 MB, and a flood of tries must not take the memory and the processor of the bot.
_WORKERS = ThreadPoolExecutor(2, thread_name_prefix="passwords")


async def proven(desk: Desk, login: str, password: str, code: str, address: str) -> Member | None:
    """Who signs in with these; None for any mistake, after the same time. Raises throttle.TooManyTries."""
    stored = await password_fits(desk, login, password, address)
    if stored is None:
        return None
    member = await desk.run(accounts.signed_in, desk.keys, login, code, address)
    if member is not None:
        renewed = await _slowly(passwords.renewed, password, stored)
        if renewed:
            await desk.run(accounts.keep_renewed, login, stored, renewed)
    return member


async def password_fits(desk: Desk, login: str, password: str, address: str) -> str | None:
    """The stored hash when the password fits it, else None. Counts as a try. Raises throttle.TooManyTries."""
    stored = await desk.run(accounts.stored_password, desk.keys, login, address)
    return stored if await _slowly(passwords.fits, password, stored) else None


async def proven_again(desk: Desk, member: Member, password: str, address: str) -> bool:
    """Whether someone at a signed-in browser is its member, before her proofs change. Raises throttle.TooManyTries."""
    if await password_fits(desk, member.login, password, address) is None:
        return False
    await desk.run(throttle.succeeded, desk.keys, member.login, address)
    return True


async def hash_of(password: str, login: str) -> str:
    """The hash of a new password. Raises passwords.WeakPassword."""
    return await _slowly(passwords.hashed, password, login)


async def one_time_password() -> tuple[str, str]:
    """A password to hand over: (as shown, its hash)."""
    return await _slowly(passwords.one_time)


async def _slowly[**P, R](function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, partial(function, *args, **kwargs))

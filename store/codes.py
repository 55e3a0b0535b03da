"""Referral codes: KR-XXXX-XXXX, easy to read out on a bad line.

Crockford's 32 signs (no I, L, O, U): seven random ones (35 bits) and one check sign that finds every single wrong
sign and every swap of two different neighbours (a weighted sum in the field of 32 elements).
"""

from __future__ import annotations

import re
import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHAPE = re.compile(r"KR([0-9A-Z]{8})")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


def new_code() -> str:
    """A fresh random code with its check sign."""
    body = "".join(secrets.choice(SIGNS) for _ in range(7))
    return _written(body + _check_sign(body))


def read_code(text: str) -> str | None:
    """The code in canonical form from what a person typed (O for 0, spaces, lower case), or None
    when it has not the shape or the check sign of a code."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    match = _SHAPE.fullmatch(plain)
    if match is None:
        return None
    signs = match[1].translate(str.maketrans("OILU", "011V"))
    return _written(signs) if _check_sign(signs[:7]) == signs[7] else None


def _written(signs: str) -> str:
    return f"KR-{signs[:4]}-{signs[4:]}"


def _check_sign(body: str) -> str:
    total = 0
    for sign in body:
        total = _times_x(total ^ SIGNS.index(sign))
    return SIGNS[total]


def _times_x(element: int) -> int:
    element <<= 1
    return element ^ _POLYNOMIAL if element & 0b100000 else element

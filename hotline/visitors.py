"""What a request tells about who sent it: for counting tries, and for telling sessions apart."""

from __future__ import annotations

import math

from hotline.devices import device_of
from hotline.given import AnyRequest
from hotline.language import words
from store.throttle import TooManyTries


def address_of(request: AnyRequest) -> str:
    """The visitor's address, as a proxy we trust tells it."""
    return request.client.host if request.client else ""


def device(request: AnyRequest) -> str:
    """Browser and system in two words."""
    return device_of(request.headers.get("user-agent", ""))


def wait_in_words(request: AnyRequest, error: TooManyTries) -> tuple[str, dict[str, str]]:
    """The sentence for someone who tried too often, and the header that goes with it."""
    _ = words(request)
    minutes = max(1, math.ceil(error.wait.total_seconds() / 60))
    sentence = _("Terlalu banyak percobaan. Coba lagi dalam {minutes} menit.").format(minutes=minutes)
    return sentence, {"Retry-After": str(minutes * 60)}

"""What protects every answer: headers, forged forms refused, known names only, no more requests than people make."""

from __future__ import annotations

from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import MutableScopeHeaders
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.types import Message, Scope

from hotline.config import Config
from store.keys import Keyring

LARGEST_FORM = 2_000_000  # bytes; a page that takes files says so itself
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


def with_headers(config: Config) -> "SendHook":
    """The hook that adds the headers to every answer, refusals too. What a page sets itself stays."""
    headers = dict(HEADERS)
    if config.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return SendHook(headers)


class SendHook:
    """Called by Litestar before anything is sent."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    async def __call__(self, message: Message, _scope: Scope) -> None:
        """Add what is missing."""
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)


def csrf(keys: Keyring, config: Config) -> CSRFConfig:
    """A form must carry what its page was given. The secret outlives a restart, or every open form would be lost."""
    return CSRFConfig(
        secret=keys.name_of("forms of the console"),
        cookie_name="__Host-kawan-form" if config.secure else "kawan-form",
        cookie_secure=config.secure,
        cookie_httponly=True,
        cookie_samesite="strict",
        exclude=["^/static", "^/health", "^/metrics"],
    )


def allowed_hosts(config: Config) -> AllowedHostsConfig:
    """Against pages that point a name of theirs at this machine."""
    return AllowedHostsConfig(allowed_hosts=config.allowed_hosts, exclude=["^/health$"], www_redirect=False)


def rate_limit(config: Config) -> RateLimitConfig:
    """Per address. Sign-in has a stricter rule of its own (store/throttle.py)."""
    return RateLimitConfig(
        rate_limit=("minute", config.requests_a_minute), exclude=["^/static", "^/health", "^/metrics"]
    )

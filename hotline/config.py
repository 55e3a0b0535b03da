"""What the console is told from outside: where it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8650


@dataclass(frozen=True)
class Config:
    """`url`: the address staff type, without a slash at the end; `host` and `port`: where the console listens;
    `proxy`: whose word about a visitor's address is believed, by commas."""

    url: str = f"http://127.0.0.1:{PORT}"
    host: str = "127.0.0.1"
    port: int = PORT
    proxy: str = "127.0.0.1"
    requests_a_minute: int = 300  # from one address; an office of ten behind one address does not reach it

    @property
    def secure(self) -> bool:
        """Whether cookies travel by https only. Plain http is for this machine alone."""
        return self.url.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """What a browser may call us: anything else is someone's trick with names."""
        public = urlsplit(self.url).netloc.lower().removesuffix(":443")
        own = [f"[{host}]" if ":" in host else host for host in LOOPBACK]
        return [public, *own, *(f"{host}:{self.port}" for host in own)]


def is_safe_address(url: str) -> bool:
    """Whether staff may work at this address: https, or http on this machine; a name and perhaps a port, no path."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return (
        safe and bool(parts.hostname) and not (parts.path or parts.query or parts.fragment or parts.username)
    )

"""Numbers for Prometheus, on this machine only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.plugins.prometheus import PrometheusConfig, PrometheusController

from hotline.access import OPEN_TO_ALL
from hotline.config import LOOPBACK

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def prometheus() -> PrometheusConfig:
    """Counts by page, not by address: a case's code must not become a label."""
    return PrometheusConfig(
        app_name="console",
        prefix="kawan_console",
        group_path=True,
        exclude=["^/static", "^/health", "^/metrics"],
    )


def from_this_machine(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """A guard. What a proxy on this machine passes on is not from this machine."""
    host = urlsplit(f"//{connection.headers.get('host', '')}").hostname
    client = connection.client.host if connection.client else ""
    forwarded = any(name in connection.headers for name in _FORWARDED)
    if forwarded or client not in LOOPBACK or host not in LOOPBACK:
        raise NotFoundException


class Metrics(PrometheusController):
    """GET /metrics."""

    guards = [from_this_machine]  # noqa: RUF012
    opt = OPEN_TO_ALL

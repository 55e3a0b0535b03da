"""Error pages. They show nothing: no cause, no name, no hint whether something exists."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import Any

import structlog
from litestar import Response
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.response import Redirect, Template
from litestar.types import ExceptionHandlersMap, Scope

from hotline.access import GoThere
from hotline.given import AnyRequest
from hotline.language import words
from hotline.paths import sign_in_path
from store.evidence import MOST_BYTES

log = structlog.get_logger()


def handlers() -> ExceptionHandlersMap:
    """What Litestar calls for what."""
    return {
        NotAuthorizedException: _sign_in_first,
        GoThere: _go_there,
        HTTPException: _refused,
        Exception: _failed,
    }


async def log_failure(error: Exception, scope: Scope) -> None:
    """One line for an error of ours: its kind and place, never its words, which may be a person's."""
    if isinstance(error, HTTPException | GoThere):
        return
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    log.error("console.failed", page=scope.get("path_template", ""), error=type(error).__name__, at=at)


def _sign_in_first(request: AnyRequest, _error: NotAuthorizedException) -> Response[Any]:
    if request.headers.get("hx-request"):
        return Response("", status_code=401, headers={"HX-Redirect": sign_in_path()})
    if request.method != "GET":
        return Redirect(sign_in_path(), status_code=303)
    if request.headers.get("sec-fetch-site") == "cross-site":
        # A link in Telegram's web client: the browser keeps our cookie back. The same address asked for once more,
        # from a page of ours, brings it.
        return Template("onward.html", context={"path": request.url.path})
    return Redirect(sign_in_path(request.url.path), status_code=303)


def _go_there(request: AnyRequest, error: GoThere) -> Response[Any]:
    if request.headers.get("hx-request"):
        return Response("", status_code=403, headers={"HX-Redirect": error.path})
    return Redirect(error.path, status_code=303)


def _refused(request: AnyRequest, error: HTTPException) -> Response[Any]:
    return _page(request, error.status_code, error.headers)


def _failed(request: AnyRequest, _error: Exception) -> Response[Any]:
    return _page(request, 500)


def _page(request: AnyRequest, status: int, headers: dict[str, str] | None = None) -> Response[Any]:
    _ = words(request)
    text = {
        400: _("Isian itu tidak dapat dibaca."),
        403: _("Formulir ini sudah terlalu lama terbuka. Kembali, muat ulang halaman, lalu kirim lagi."),
        404: _("Halaman ini tidak ada."),
        405: _("Halaman ini tidak ada."),
        413: _(
            "Isian atau berkas itu terlalu besar. Berkas paling besar {n} MB. Tidak ada yang disimpan."
        ).format(n=MOST_BYTES // 1_000_000),
        429: _("Terlalu banyak permintaan. Tunggu satu menit, lalu coba lagi."),
    }.get(status, _("Ada yang salah di pihak kami. Coba lagi sebentar lagi."))
    if status == 405:
        status = 404
    kept = {name: value for name, value in (headers or {}).items() if name.lower() == "retry-after"}
    return Template("error.html", context={"text": text}, status_code=status, headers=kept)

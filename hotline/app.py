"""The console as one Litestar application."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, Request, get
from litestar.connection import ASGIConnection
from litestar.datastructures import CacheControlHeader
from litestar.di import Provide
from litestar.middleware.session.server_side import ServerSideSessionBackend
from litestar.plugins.flash import FlashConfig, FlashPlugin
from litestar.plugins.htmx import HTMXPlugin
from litestar.security.session_auth import SessionAuth
from litestar.static_files import create_static_files_router

from hotline import errors, metrics, security
from hotline.access import OPEN_TO_ALL, ready
from hotline.desk import Desk
from hotline.pages import all_handlers, full_menu
from hotline.sessions import SessionConfig, member_of
from hotline.templates import STATIC, template_config
from hotline.uploads import ConsoleRequest
from store.staff import Member

_FOR_GOOD = CacheControlHeader(
    public=True, max_age=31_536_000, immutable=True
)  # addresses carry a stamp of the content


@get("/health", opt=OPEN_TO_ALL, sync_to_thread=False)
def health() -> dict[str, str]:
    """For whoever watches the process; says nothing else."""
    return {"status": "ok"}


def build_console(desk: Desk) -> Litestar:
    """The whole console. Give it to a web server; it opens and closes nothing itself."""
    menu = full_menu()
    templates = template_config(menu)
    auth = SessionAuth[Member, ServerSideSessionBackend](
        retrieve_user_handler=_member_behind,
        session_backend_config=SessionConfig(desk),
        exclude=["^/static"],
        exclude_http_methods=[],
    )
    static = create_static_files_router("/static", [STATIC], cache_control=_FOR_GOOD, opt=OPEN_TO_ALL)
    return Litestar(
        route_handlers=[health, metrics.Metrics, static, *all_handlers()],
        dependencies={
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "menu": Provide(lambda: menu, sync_to_thread=False),
            "member": Provide(_signed_in, sync_to_thread=False),
        },
        guards=[ready],
        middleware=[
            metrics.prometheus().middleware,
            security.rate_limit(desk.config).middleware,
            auth.middleware,
        ],
        plugins=[HTMXPlugin(), FlashPlugin(FlashConfig(templates))],
        template_config=templates,
        csrf_config=security.csrf(desk.keys, desk.config),
        allowed_hosts=security.allowed_hosts(desk.config),
        before_send=[security.with_headers(desk.config)],
        exception_handlers=errors.handlers(),
        after_exception=[errors.log_failure],
        request_class=ConsoleRequest,
        request_max_body_size=security.LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
        debug=False,
    )


def _member_behind(_session: dict[str, Any], connection: ASGIConnection[Any, Any, Any, Any]) -> Member | None:
    return member_of(connection)


def _signed_in(request: Request[Member, Any, Any]) -> Member:
    return request.user

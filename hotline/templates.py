"""Jinja for the console's pages: escaping on, nothing undefined tolerated, our own filters and functions."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from hotline import times
from hotline.language import language_of, words
from hotline.menu import Entry, Menu
from hotline.sessions import member_of, session_of
from locales import LANGUAGES
from store import web_sessions
from store.staff import Member

HERE = Path(__file__).parent
STATIC = HERE / "static"


def template_config(menu: Menu) -> TemplateConfig[JinjaTemplateEngine]:
    """Templates of hotline/templates with everything docs and macros rely on."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        {
            "_": pass_context(_translated),
            "lang": pass_context(_lang),
            "member": pass_context(_member),
            "seconds_left": pass_context(_seconds_left),
            "menu": pass_context(lambda context: _entries(context, menu)),
            "home": pass_context(lambda context: _home(context, menu)),
            "static": static,
            "LANGUAGES": LANGUAGES,
        }
    )
    environment.filters["moment"] = pass_context(lambda context, at: times.moment(at, _lang(context)))
    environment.filters["day"] = pass_context(lambda context, at: times.day(at, _lang(context)))
    environment.filters["ago"] = pass_context(lambda context, at: times.ago(at, _lang(context)))
    return TemplateConfig(engine=JinjaTemplateEngine(engine_instance=environment))


def _translated(context: Context, text: str) -> str:
    return words(context["request"])(text)


def _lang(context: Context) -> str:
    return language_of(context["request"])


def _member(context: Context) -> Member | None:
    return member_of(context["request"])


def _seconds_left(context: Context) -> int:
    session = session_of(context["request"])
    return web_sessions.seconds_left(session) if session else 0


def _entries(context: Context, menu: Menu) -> list[Entry]:
    member = _member(context)
    return menu.of(member) if member else []


def _home(context: Context, menu: Menu) -> str:
    member = _member(context)
    return menu.home_of(member) if member else "/masuk"


@cache
def static(name: str) -> str:
    """The address of a file in hotline/static; it changes with the file, so browsers may keep it for good."""
    stamp = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={stamp}"

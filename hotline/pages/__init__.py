"""The pages of the console. Every module here is found by itself: `handlers` are its routes, `menu` its entry."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from litestar.types import ControllerRouterHandler

from hotline.menu import Entry, Menu


def modules() -> list[ModuleType]:
    """All page modules, by name."""
    return [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


def all_handlers() -> list[ControllerRouterHandler]:
    """The routes of all pages."""
    return [handler for module in modules() for handler in getattr(module, "handlers", [])]


def full_menu() -> Menu:
    """The entries of all pages that have one."""
    entries = [module.menu for module in modules() if isinstance(getattr(module, "menu", None), Entry)]
    return Menu(entries)

"""Write docs/settings.md from the settings themselves: python -m kawan.settings_page (make settings)."""

from __future__ import annotations

from pathlib import Path

from pydantic.fields import FieldInfo

from kawan import PROJECT
from kawan.settings import Settings

PAGE = PROJECT / "docs" / "settings.md"
_HEAD = """# Settings

From the environment, or from a file `.env` in the project's folder (`NAME=value`, one a line); the environment wins.
Where the default is "unset", an empty value counts as unset. A wrong value stops the start with one sentence. Paths of
this table lie in the project's folder; write your own from the root (`/…`).

| Name | Default | What for |
|---|---|---|
"""


def settings_page() -> str:
    """The page: one row per setting, in the order of the code."""
    return _HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    shown = alias if isinstance(alias, str) else f"KAWAN_{name.upper()}"
    return f"| `{shown}` | {_default(field.default)} | {field.description} |\n"


def _default(value: object) -> str:
    if value is None:
        return "unset"
    if isinstance(value, Path):
        value = value.relative_to(PROJECT)
    return f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), "utf-8")

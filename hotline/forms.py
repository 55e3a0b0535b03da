"""What forms need on both ways: fields that come several times, and what is wrong with which field."""

from __future__ import annotations

Several = str | list[str]  # a browser sends one value, or many under the same name


def several(values: Several) -> list[str]:
    """What was ticked, as a list, without empty ones."""
    return [value for value in ([values] if isinstance(values, str) else values) if value]


class Errors(dict[str, str]):
    """What is wrong, by field: `Errors(nama=_("…"))`. In a template `errors.nama` is "" for a field that is right."""

    def __missing__(self, field: str) -> str:
        return ""

"""Read the scripts of this folder; a slip is told in a sentence with the file and the step."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tests.conversations.script import ACTIONS, QUOTES, Script, Step, perhaps

FOLDER = Path(__file__).parent
LONGEST_SHOWN = 60


class ScriptError(ValueError):
    """A script that cannot be used; the message names the file and the step."""


def scripts() -> list[Path]:
    """The files of all scripts."""
    return sorted(FOLDER.glob("*.yml"))


def read_script(path: Path) -> Script:
    """One script. Raises ScriptError, which names the file and the step."""
    try:
        data = yaml.load(path.read_text("utf-8"), _Loader)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise ScriptError(f"{path.name}{line}: {problem or error}. {QUOTES}") from None
    if not isinstance(data, dict):
        raise ScriptError(f"{path.name}: a script has a title, who, and steps")
    try:
        return Script.model_validate({**data, "name": path.stem})
    except ValidationError as error:
        raise ScriptError("\n".join(_explained(path, data, one) for one in error.errors())) from None


class _Loader(yaml.BaseLoader):
    """Reads every word as it stands (17, 0000 and no are words), and refuses a key that stands twice: the first of two
    lines would be lost unseen."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _value in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"'{twice}' stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _explained(path: Path, data: dict[str, Any], error: Any) -> str:
    place = [part for part in error["loc"] if not str(part).startswith("function-")]
    where, known = path.name, list(Script.model_fields)
    if place[:1] == ["steps"] and len(place) > 1:
        step = data["steps"][place[1]]
        done = [f"{key}: {step[key]}" for key in ACTIONS if isinstance(step, dict) and key in step]
        where += f", step {place[1] + 1}" + (f" ({done[0][:LONGEST_SHOWN]})" if done else "")
        place, known = place[2:], list(Step.model_fields)
    key = str(place[0]) if place else ""
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        return f"{where}: there is no key '{key}'{perhaps(key, known)}"
    if error["type"] == "missing":
        return f"{where}: '{key}' is missing"
    return f"{where}: {f'{key}: ' if key else ''}{message}"

"""Ready answers of answers.yml, filled in for one case in the language of its person."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).with_name("answers.yml")
PLACES = ("kode", "petugas", "lembaga")
_GAP = re.compile(r"\{[a-z]+\}")


class Answer(BaseModel):
    """One ready answer: what staff choose it by, and the words, each by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: dict[str, str]
    id: str
    en: str

    def words(self, lang: str) -> str:
        """The words in a language, Indonesian where there are none in it."""
        return (self.en if lang == "en" else self.id).strip()


@cache
def ready_answers() -> dict[str, Answer]:
    """All answers by name, in the order of the file. Raises pydantic's ValidationError for a wrong one."""
    return {
        name: Answer.model_validate(entry) for name, entry in yaml.safe_load(_FILE.read_text("utf-8")).items()
    }


def filled(name: str, lang: str, known: dict[str, str]) -> str:
    """An answer for a case; what is not `known` stays as a gap. Empty for a name there is no answer of."""
    answer = ready_answers().get(name)
    if answer is None:
        return ""
    text = answer.words(lang)
    for place, value in known.items():
        if value:
            text = text.replace(f"{{{place}}}", value)
    return text


def gaps(text: str) -> list[str]:
    """What must still be filled in before the text can go out."""
    return sorted(set(_GAP.findall(text)))

"""What a finished form becomes: a case, by the same rules whoever asked the questions, the bot or staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from actions.forms.conditions import HEARD, matches
from actions.forms.model import Form
from knowledge.library import Library
from store import alerts, deadlines, evidence, referrals, visibility
from store.keys import Keyring


@dataclass(frozen=True)
class Telling:
    """What was answered, and by whom and how. `by`: "bot", or the login of whoever wrote it down for someone."""

    values: Mapping[str, str]
    lang: str
    chat: str | None = None
    reply_to: int | None = None
    source: str = "bot"  # bot | phone | in_person
    by: str = "bot"
    files: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def file(
    db: Database, keys: Keyring, library: Library, hours: Mapping[str, int], form: Form, telling: Telling
) -> str:
    """Store the case inside the caller's transaction, hide it from whom the person named, set its deadline, keep its
    files and tell staff. Returns the code. `hours`: see store/deadlines.py."""
    no_answers = {slot.name for slot in form.slots if slot.kind == "files"}
    answers = {n: v for n, v in form.answers(telling.values).items() if n not in no_answers}
    urgent = is_urgent(form, telling.values)
    code = referrals.add(
        db,
        keys,
        referrals.NewReferral(
            kind=form.referral_kind,
            priority="urgent" if urgent else "normal",
            body={**answers, "lang": telling.lang},
            chat=telling.chat,
            reply_to=telling.reply_to if matches(form.may_write_if, answers) else None,
            regency=library.regency_of(answers.get("place", "")),
            consent=form.consent_version,
            source=telling.source,
        ),
        by=telling.by,
    )
    visibility.hold_back(db, keys, code, answers.get(visibility.EXCLUDES, ""))
    deadlines.set_deadline(db, code, hours)
    asked = {slot.name for slot in form.asked(telling.values)}
    files = [
        dict(one) for one in telling.files if one["slot"] in asked
    ]  # not of a question that makes no sense now
    captions = [one["caption"] for one in files if one.get("caption")]
    words = [{"kind": "text", "mime": "text/plain", "text": caption} for caption in captions]
    for attachment in (*files, *words):
        evidence.add(db, keys, code, attachment)
    if urgent:
        alerts.raise_alert(db, "urgent_referral", code)
    return code


def is_urgent(form: Form, values: Mapping[str, str]) -> bool:
    """Whether the answers make it urgent. What danger was heard is our reading, not the person's word: it hurries the
    case and is not filed."""
    return matches(form.urgent_if, form.answers(values) | {HEARD: values.get(HEARD, "")})

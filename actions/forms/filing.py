"""A finished form becomes a referral, with a code for the person to keep."""

from __future__ import annotations

from actions.forms.conditions import HEARD, matches
from actions.forms.model import Form
from actions.turn import Button, Part, Reply, Services, Turn
from store import alerts, referrals


def send(turn: Turn, services: Services, form: Form) -> Reply:
    """Store what was told; runs inside the turn's transaction, so it happens once or not at all."""
    state = turn.tracker.form
    assert state is not None
    answers = form.answers(state.values)
    # What danger was heard is our reading, not the person's word: it hurries the case and is not filed.
    urgent = matches(form.urgent_if, answers | {HEARD: state.values.get(HEARD, "")})
    code = referrals.add(
        services.db,
        services.keys,
        referrals.NewReferral(
            kind=form.referral_kind,
            priority="urgent" if urgent else "normal",
            body={**answers, "lang": turn.lang},
            chat=turn.chat,
            reply_to=turn.reply_to if matches(form.may_write_if, answers) else None,
            regency=services.library.regency_of(answers.get("place", "")),
            consent=form.consent_version,
        ),
    )
    if urgent:
        alerts.raise_alert(services.db, "urgent_referral", code)
    turn.tracker.form = None
    text = turn.say(form.done).format(code=code)
    return Reply((Part(text, (Button(turn.say("Sudah saya catat"), "noted"),)),), "form", referral=code)

"""A finished form becomes a referral, with a code for the person to keep."""

from __future__ import annotations

from actions.forms.model import Form
from actions.turn import Button, Part, Reply, Services, Turn
from store import alerts, referrals


def send(turn: Turn, services: Services, form: Form) -> Reply:
    """Store what was told; runs inside the turn's transaction, so it happens once or not at all."""
    state = turn.tracker.form
    assert state is not None
    # An answer to a question that no longer makes sense (a minor's contact) is not kept.
    values = {s.name: state.values[s.name] for s in form.asked(state.values) if s.name in state.values}
    urgent = values.get("age") == "under_18"
    code = referrals.add(
        services.db,
        services.keys,
        referrals.NewReferral(
            kind=form.referral_kind,
            priority="urgent" if urgent else "normal",
            body={**values, "lang": turn.lang},
            chat=turn.chat,
            reply_to=turn.reply_to if values.get("reply") == "any_time" else None,
            regency=services.library.regency_of(values.get("place", "")),
            consent=form.consent_version,
        ),
    )
    if urgent:
        alerts.raise_alert(services.db, "urgent_referral", code)
    turn.tracker.form = None
    text = turn.say(form.done).format(code=code)
    return Reply((Part(text, (Button(turn.say("Sudah saya catat"), "noted"),)),), "form", referral=code)

"""A form finished in a chat becomes a referral, with a code for the person to keep."""

from __future__ import annotations

from actions.forms import cases
from actions.forms.cases import Telling
from actions.forms.model import Form
from actions.handover import when_read
from actions.staff_talk import code_parts
from actions.turn import Part, Reply, Services, Turn
from store import referrals


def send(turn: Turn, services: Services, form: Form) -> Reply:
    """Store what was told; runs inside the turn's transaction, so it happens once or not at all."""
    state = turn.tracker.form
    assert state is not None
    told = Telling(state.values, turn.lang, turn.chat, turn.reply_to, files=state.files)
    hours = services.hotline.deadlines
    code = cases.file(services.db, services.keys, services.library, hours, form, told)
    turn.tracker.form = None
    return Reply(
        (Part(_received(turn, services, form, code)), *code_parts(turn, code)), "form", referral=code
    )


def _received(turn: Turn, services: Services, form: Form, code: str) -> str:
    """That it is there, and when somebody will read it."""
    _ = turn.say
    lines = [_(form.done)]
    ahead = referrals.ahead_of(services.db, code)
    if ahead:
        lines.append(_("Di depan Kakak ada {n} yang menunggu.").format(n=ahead))
    if when := when_read(turn, services):
        lines.append(when)
    return "\n".join(lines)

"""getUpdates: the one method that waits."""

import time
from typing import Protocol

from .parameters import integer
from .state import State
from .wire import JSON, ApiError

LONGEST = 50
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "other getUpdates request; make sure that only one bot instance is running"


class Connection(Protocol):
    """Whether the caller is still there; set from outside while the poll waits."""

    gone: bool


async def get_updates(state: State, parameters: JSON, caller: Connection) -> list[JSON]:
    """Answers at once when there are updates, else waits for one, for `timeout` seconds."""
    offset = integer(parameters, "offset")
    limit = integer(parameters, "limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    ends = time.monotonic() + min(max(integer(parameters, "timeout"), 0), LONGEST)
    with state.change():
        if state.webhook:
            raise ApiError(409, WEBHOOK_IS_SET)
        state.polls += 1
        number = state.polls
        # As at Telegram, it is the earlier poll that is told of the conflict.
        state.poll_ended_by = OTHER_POLL
        state.updates.wants(parameters.get("allowed_updates"))
        found = state.updates.read(offset, limit)
    while not found and not caller.gone and (left := ends - time.monotonic()) > 0:
        await state.bell.heard(left)
        with state.changed:
            if state.faults.gateway_down:
                break
            if state.polls != number or state.webhook:
                raise ApiError(409, f"Conflict: terminated by {state.poll_ended_by}")
            # A caller that went away must not confirm anything by what it asked for long ago.
            found = [] if caller.gone else state.updates.read(offset, limit)
    return found

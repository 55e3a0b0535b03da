"""Pushes updates to the webhook, one at a time, again and again until it takes them."""

import time

import httpx

from .model import Webhook
from .state import State
from .wire import JSON

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0
PUSH_TIMEOUT = 10.0


async def push_updates(state: State) -> None:
    """Runs as long as the server does; idle while there is no webhook or nothing to push."""
    pause = FIRST_PAUSE
    # Proxies of the environment have no business between a test and its bot.
    async with httpx.AsyncClient(trust_env=False, timeout=PUSH_TIMEOUT) as client:
        while True:
            with state.changed:
                webhook = state.webhook
                update = state.updates.pending[0] if state.updates.pending else None
            if webhook is None or update is None:
                await state.bell.heard(None)
                continue
            error = await _push(client, webhook, update)
            with state.change():
                if error:
                    now = int(time.time())
                    webhook.last_error = {"last_error_date": now, "last_error_message": error}
                else:
                    state.updates.confirm(update["update_id"])
            pause = await _back_off(state, webhook, pause) if error else FIRST_PAUSE


async def _push(client: httpx.AsyncClient, webhook: Webhook, update: JSON) -> str | None:
    """What went wrong, or None when the webhook took the update."""
    headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
    try:
        response = await client.post(webhook.url, json=update, headers=headers)
    except httpx.TimeoutException:
        return "Read timeout expired"
    except httpx.HTTPError:
        return "Connection refused"
    if response.is_success:
        return None
    return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"


async def _back_off(state: State, webhook: Webhook, pause: float) -> float:
    """Waits out the pause, unless the webhook is set anew; gives the next, longer pause."""
    ends = time.monotonic() + pause
    while (left := ends - time.monotonic()) > 0:
        await state.bell.heard(left)
        if state.webhook is not webhook:
            return FIRST_PAUSE
    return min(pause * 2, LONGEST_PAUSE)

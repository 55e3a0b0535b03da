"""setWebhook, deleteWebhook and getWebhookInfo."""

import re
from urllib.parse import urlsplit

from ..model import Webhook
from ..parameters import integer, string
from ..state import State
from ..wire import JSON, bad_request
from .registry import Answer, method

LOOPBACK = {"127.0.0.1", "localhost"}
DEFAULT_CONNECTIONS = 40


@method("setWebhook")
def set_webhook(state: State, parameters: JSON) -> Answer:
    url, secret = string(parameters, "url"), string(parameters, "secret_token")
    if not url:
        return _remove(state, parameters)
    where = urlsplit(url)
    # Telegram takes https only; a test's own server on this machine has no certificate.
    if where.scheme != "https" and not (where.scheme == "http" and where.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _drop_if_asked(state, parameters)
    connections = integer(parameters, "max_connections", DEFAULT_CONNECTIONS)
    state.webhook = Webhook(url, secret, min(max(connections, 1), 100))
    state.updates.wants(parameters.get("allowed_updates"))
    state.poll_ended_by = "setWebhook request"
    return Answer(True, "Webhook was set")


@method("deleteWebhook")
def delete_webhook(state: State, parameters: JSON) -> Answer:
    return _remove(state, parameters)


@method("getWebhookInfo")
def get_webhook_info(state: State, _parameters: JSON) -> JSON:
    info: JSON = {"url": "", "has_custom_certificate": False}
    info["pending_update_count"] = len(state.updates.pending)
    if state.webhook:
        info |= {"url": state.webhook.url, "max_connections": state.webhook.max_connections}
        info |= {"ip_address": "127.0.0.1"} | state.webhook.last_error
    if state.updates.asked_for:
        info["allowed_updates"] = state.updates.asked_for
    return info


def _remove(state: State, parameters: JSON) -> Answer:
    _drop_if_asked(state, parameters)
    was_set, state.webhook = state.webhook is not None, None
    return Answer(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


def _drop_if_asked(state: State, parameters: JSON) -> None:
    if parameters.get("drop_pending_updates"):
        state.updates.pending.clear()

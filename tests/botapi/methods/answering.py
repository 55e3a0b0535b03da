"""answerCallbackQuery."""

import time

from ..parameters import string
from ..state import State
from ..wire import JSON, bad_request, utf16_length
from .registry import method

TEXT_LIMIT = 200


@method("answerCallbackQuery")
def answer_callback_query(state: State, parameters: JSON) -> bool:
    query = state.queries.get(string(parameters, "callback_query_id"))
    if query is None or time.monotonic() - query.time > state.query_lifetime:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(string(parameters, "text")) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answers.append(parameters)
    return True

"""What every part speaks of: JSON objects, refusals, and lengths as Telegram counts them."""

from http import HTTPStatus
from typing import Any

JSON = dict[str, Any]


class ApiError(Exception):
    """A refusal in Telegram's form: HTTP status, description and, at times, parameters."""

    def __init__(self, status: int, description: str = "", parameters: JSON | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description or HTTPStatus(status).phrase
        self.parameters = parameters

    def body(self) -> JSON:
        body: JSON = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> ApiError:
    """A 400; Telegram begins each of these descriptions with the same two words."""
    return ApiError(400, f"Bad Request: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """A 429; clients read the parameter, people read the sentence."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: the unit of Telegram's limits and entity offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""What a test makes go wrong: refusals, lost requests and answers, floods, a dead gateway."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

from .wire import ApiError, too_many_requests

Loss = Literal["closes", "hangs"]


@dataclass(frozen=True)
class Fault:
    """What happens to one call: either it is refused, or its request or answer is lost."""

    refusal: ApiError | None = None
    loses_request: bool = False
    loses_answer: bool = False
    loss: Loss = "closes"


class Faults:
    """Faults that wait for their call, first come first served; used under the state's lock."""

    def __init__(self) -> None:
        self.gateway_down = False
        self.per_chat_per_second: int | None = None
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int = 1) -> None:
        self._waiting[method.lower()].extend([fault] * times)

    def take(self, method: str) -> Fault:
        waiting = self._waiting[method.lower()]
        return waiting.popleft() if waiting else Fault()

    def count_message(self, chat_id: int) -> None:
        """Refuses with 429 what goes beyond the limit of a private chat; groups have others."""
        if self.per_chat_per_second is None or chat_id < 0:
            return
        now, sent = time.monotonic(), self._sent[chat_id]
        while sent and sent[0] <= now - 1:
            sent.popleft()
        if len(sent) >= self.per_chat_per_second:
            raise too_many_requests(1)
        sent.append(now)

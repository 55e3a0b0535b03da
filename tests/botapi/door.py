"""The ASGI application: paths, tokens, faults and the form of every answer."""

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from .caller import Caller, Receive
from .faults import Fault
from .methods import METHODS, Answer
from .model import Call
from .parameters import read_parameters
from .polling import get_updates
from .state import State
from .wire import JSON, ApiError

Send = Callable[[dict[str, Any]], Awaitable[None]]

GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>\r\n"


class Door:
    """Lets requests in, gives each to its method and words the answer."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        caller = Caller(self.state, scope, receive)
        body = await caller.read()
        fault = Fault()
        try:
            path = scope["path"].removeprefix("/")
            if self.state.faults.gateway_down:
                await _answer(send, 502, GATEWAY_PAGE, "text/html")
                return
            if path.startswith("file/"):
                file = self._file(path.removeprefix("file/"))
                await _answer(send, 200, file, "application/octet-stream")
                return
            name = self._authorized(path)
            with self.state.changed:
                fault = self.state.faults.take(name)
            status, answer = await self._answered(name, scope, body, caller, fault)
        except ApiError as error:
            status, answer = error.status, error.body()
        except Exception as error:
            # A mistake of this server, not of the bot: the test must fail for it.
            self.state.crashes.append(error)
            raise
        if self.state.faults.gateway_down:
            await _answer(send, 502, GATEWAY_PAGE, "text/html")
        elif fault.loses_request or fault.loses_answer:
            if fault.loss == "closes":
                caller.cut_off()
            await caller.left()
        else:
            await _answer(send, status, json.dumps(answer).encode(), "application/json")

    def _authorized(self, path: str) -> str:
        """What follows the token in the path, if the token is ours."""
        if not path.startswith("bot"):
            raise ApiError(404)
        token, _, rest = path.removeprefix("bot").partition("/")
        if token != self.state.token:
            raise ApiError(401)
        return rest

    def _file(self, path: str) -> bytes:
        wanted = self._authorized(path)
        with self.state.changed:
            for file in self.state.files.values():
                if file.path == wanted:
                    return file.content
        raise ApiError(404)

    async def _answered(
        self, name: str, scope: dict[str, Any], body: bytes, caller: Caller, fault: Fault
    ) -> tuple[int, JSON]:
        headers = dict(scope["headers"])
        content_type = headers.get(b"content-type", b"").decode()
        if name.lower() == "getupdates":
            if fault.refusal:
                raise fault.refusal
            if fault.loses_request:
                return 200, {}
            parameters = read_parameters(content_type, scope["query_string"], body)
            async with caller.watched():
                return 200, {
                    "ok": True,
                    "result": await get_updates(self.state, parameters, caller),
                }
        with self.state.change():
            parameters, status = {}, 200
            try:
                parameters = read_parameters(content_type, scope["query_string"], body)
                return 200, self._called(name, parameters, fault)
            except ApiError as error:
                status = error.status
                raise
            finally:
                if not fault.loses_request:
                    self.state.calls.append(Call(name, parameters, time.time(), status))

    def _called(self, name: str, parameters: JSON, fault: Fault) -> JSON:
        if fault.refusal:
            raise fault.refusal
        if fault.loses_request:
            return {}
        function = METHODS.get(name.lower())
        if function is None:
            raise ApiError(404)
        result = function(self.state, parameters)
        if isinstance(result, Answer):
            return {"ok": True, "result": result.result, "description": result.description}
        return {"ok": True, "result": result}


async def _answer(send: Send, status: int, body: bytes, content_type: str) -> None:
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

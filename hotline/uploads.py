"""Files sent with a form, held in memory until they are sealed. Litestar would lay anything above one megabyte on the
disk, unencrypted; and it would hang up on whoever sends too much, so that a browser shows no answer at all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
)

from hotline.security import LARGEST_FORM
from store.evidence import MOST_BYTES

LARGEST_UPLOAD = (
    64_000_000  # bytes of a request that are read, and dropped, to be able to say that it was too much
)
_MOST_PARTS = 50
_FORM, _FILE = (
    "kawan_form",
    "kawan_file",
)  # in the scope's state: the protection of forms reads the body first


class TooLarge(ValueError):
    """The file has more than `MOST_BYTES`; nothing of it was kept."""


class ConsoleRequest(Request[Any, Any, Any]):
    """A request whose forms may carry one file."""

    async def form(self) -> FormMultiDict:
        """The fields; a file is not among them, see `sent_file`."""
        kind, options = self.content_type
        if kind != RequestEncodingType.MULTI_PART:
            return await super().form()
        state = self.scope["state"]
        if _FORM not in state:
            fields, state[_FILE] = await _read(self.stream(), options.get("boundary", ""))
            state[_FORM] = FormMultiDict.from_form_data(fields)
        found: FormMultiDict = state[_FORM]
        return found


async def sent_file(request: Request[Any, Any, Any]) -> bytes:
    """The file that came with a form, empty when none did. Its name is not looked at: it may tell whose it is, and
    nothing is decided by it. Raises TooLarge."""
    await request.form()
    content: bytearray = request.scope["state"].get(_FILE) or bytearray()
    if len(content) > MOST_BYTES:
        raise TooLarge
    return bytes(content)


async def _read(stream: AsyncIterator[bytes], boundary: str) -> tuple[dict[str, Any], bytearray]:
    """The fields and the first file. Of a file that is too large only so much is held that it shows."""
    fields: dict[str, list[str]] = {}
    file: bytearray | None = None
    try:
        parser = PushMultipartParser(boundary, max_segment_count=_MOST_PARTS)
        with parser:
            segment: MultipartSegment | None = None
            held = bytearray()
            room = LARGEST_FORM
            async for chunk in stream:
                for part in parser.parse(chunk):
                    if isinstance(part, MultipartSegment):
                        segment, held = part, bytearray()
                    elif segment is None:
                        continue
                    elif part:
                        most = MOST_BYTES + 1 if segment.filename else room
                        held += part[: max(0, most - len(held))]
                        if not segment.filename and len(held) >= room:
                            raise ParserLimitReached("fields")
                    elif segment.filename:
                        file = held if file is None else file
                    else:
                        room -= len(held)
                        fields.setdefault(segment.name or "", []).append(held.decode("utf-8", "replace"))
    except ParserLimitReached:
        raise ClientException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE) from None
    except MultipartError:
        raise ClientException("not a form") from None
    return {
        name: values if len(values) > 1 else values[0] for name, values in fields.items()
    }, file or bytearray()

"""Turns a text with parse_mode into plain text and entities, as strictly as Telegram."""

import html
import re

from .parameters import string
from .wire import JSON, ApiError, bad_request, utf16_length

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
# Telegram knows these four and numbers; any other named entity stays as it was typed.
CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
ATTRIBUTE = re.compile(r"\s+([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")


def _refusal(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _decoded(text: str) -> str:
    return CHARACTER.sub(lambda match: html.unescape(match[0]), text)


class _Html:
    """One pass over one text: open tags on a stack, plain text and entities as output."""

    def __init__(self, source: str) -> None:
        self.source, self.plain = source, ""
        self.entities: list[JSON] = []
        self.open: list[tuple[str, JSON]] = []

    def parse(self) -> tuple[str, list[JSON]]:
        position = 0
        while (start := self.source.find("<", position)) >= 0:
            self.plain += _decoded(self.source[position:start])
            byte = len(self.source[:start].encode())
            closing = self.source.startswith("/", start + 1)
            position = self._end(start, byte) if closing else self._start(start, byte)
        self.plain += _decoded(self.source[position:])
        if self.open:
            tag = self.open[-1][0]
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')
        order = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return self.plain, order

    def _start(self, start: int, byte: int) -> int:
        name = re.compile(r"[^\s>]*").match(self.source, start + 1)
        assert name is not None  # an empty match is still a match
        tag, position = name[0].lower(), name.end()
        if position == len(self.source):
            raise _refusal(f"Unclosed start tag at byte offset {byte}")
        if tag not in TAGS:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {byte}')
        attributes = {}
        while match := ATTRIBUTE.match(self.source, position):
            attributes[match[1].lower()] = _decoded(match[2] or match[3] or match[4] or "")
            position = match.end()
        close = re.compile(r"\s*>").match(self.source, position)
        if not close:
            raise _refusal(f"Unclosed start tag at byte offset {byte}")
        entity: JSON = {"type": TAGS[tag], "offset": utf16_length(self.plain)}
        if tag == "a":
            entity["url"] = attributes.get("href", "")
        if tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        self.open.append((tag, entity))
        return close.end()

    def _end(self, start: int, byte: int) -> int:
        match = re.compile(r"</([^\s>]*)\s*>").match(self.source, start)
        if not match:
            raise _refusal(f"Unclosed end tag at byte offset {byte}")
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {byte}")
        tag, entity = self.open.pop()
        if match[1] and match[1].lower() != tag:
            expected = f'expected "</{tag}>", found "</{match[1].lower()}>"'
            raise _refusal(f"Unmatched end tag at byte offset {byte}, {expected}")
        entity["length"] = utf16_length(self.plain) - entity["offset"]
        if entity["length"] and entity.get("url") != "":
            self.entities.append(entity)
        return match.end()


def formatted(parameters: JSON, name: str, limit: int) -> JSON:
    """The named text as `{name: plain, entities: […]}`, trimmed and measured after parsing."""
    source, mode = string(parameters, name), string(parameters, "parse_mode").lower()
    listed = "entities" if name == "text" else f"{name}_entities"
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode (this test server knows HTML only)")
    plain, entities = _Html(source).parse() if mode else (source, parameters.get(listed, []))
    text = plain.strip()
    if utf16_length(text) > limit:
        raise bad_request(f"message {'' if name == 'text' else name + ' '}is too long")
    result: JSON = {name: text} if text else {}
    shift = utf16_length(plain) - utf16_length(plain.lstrip())
    moved = [_cut(entity, shift, utf16_length(text)) for entity in entities]
    if kept := [entity for entity in moved if entity["length"] > 0]:
        result[listed] = kept
    return result


def _cut(entity: JSON, shift: int, end: int) -> JSON:
    """The entity's place in the trimmed text; Telegram trims after it has parsed."""
    start = max(entity["offset"] - shift, 0)
    stop = min(entity["offset"] + entity["length"] - shift, end)
    return entity | {"offset": start, "length": stop - start}

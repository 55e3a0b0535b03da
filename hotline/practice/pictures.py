"""Evidence for practice, drawn: a chat, a letter, a notice, a receipt. Each says on its face that it is invented."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from hotline.practice.model import File

_SIZE = (720, 960)
_MARK = "LATIHAN - BUKAN ASLI"
_PAPER = {"chat": "#e7ddd2", "letter": "#ffffff", "notice": "#f7ecc7", "receipt": "#f4f4f4"}


def drawn(file: File) -> bytes:
    """A JPEG of a piece of evidence."""
    assert file.draw is not None
    picture = Image.new("RGB", _SIZE, _PAPER[file.draw])
    pen = ImageDraw.Draw(picture)
    {"chat": _chat, "letter": _letter, "notice": _notice, "receipt": _receipt}[file.draw](pen, file.lines)
    _marked(pen)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _chat(pen: ImageDraw.ImageDraw, lines: list[str]) -> None:
    """Bubbles, in turn from either side."""
    pen.rectangle((0, 0, _SIZE[0], 90), fill="#0b5a52")
    pen.text((30, 28), "Percakapan", font=_font(32), fill="white")
    top = 130
    for number, line in enumerate(lines):
        left = 40 if number % 2 == 0 else 220
        pen.rounded_rectangle(
            (left, top, left + 460, top + 90), 20, fill="white" if number % 2 == 0 else "#d9f7c9"
        )
        pen.text((left + 24, top + 28), line, font=_font(26), fill="#1d2320")
        top += 120


def _letter(pen: ImageDraw.ImageDraw, lines: list[str]) -> None:
    """A heading, a line under it, a stamp."""
    pen.text((70, 80), lines[0], font=_font(34), fill="#1d2320")
    pen.line((70, 140, 650, 140), fill="#1d2320", width=3)
    for number, line in enumerate(lines[1:]):
        pen.text((70, 190 + 60 * number), line, font=_font(28), fill="#1d2320")
    pen.ellipse((470, 620, 640, 790), outline="#3b4fa0", width=5)
    pen.text((500, 690), "CONTOH", font=_font(26), fill="#3b4fa0")


def _notice(pen: ImageDraw.ImageDraw, lines: list[str]) -> None:
    """Hung on a wall with four pins."""
    pen.rectangle((50, 110, 670, 760), outline="#7a5c00", width=6)
    for x, y in ((70, 130), (640, 130), (70, 730), (640, 730)):
        pen.ellipse((x, y, x + 18, y + 18), fill="#9b1c1c")
    for number, line in enumerate(lines):
        pen.text((110, 190 + 110 * number), line, font=_font(40 if number == 0 else 32), fill="#1d2320")


def _receipt(pen: ImageDraw.ImageDraw, lines: list[str]) -> None:
    """Ruled lines, filled in by hand."""
    pen.text((70, 70), lines[0], font=_font(40), fill="#1d2320")
    for number in range(9):
        y = 190 + 70 * number
        pen.line((70, y, 650, y), fill="#a0a0a0", width=2)
    for number, line in enumerate(lines[1:]):
        pen.text((80, 145 + 70 * number), line, font=_font(28), fill="#22307a")


def _marked(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, _SIZE[1] - 90, _SIZE[0], _SIZE[1]), fill="#9b1c1c")
    pen.text((120, _SIZE[1] - 68), _MARK, font=_font(38), fill="white")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)

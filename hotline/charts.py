"""Bars with their numbers written on them, as a picture without script: colour carries nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from xml.etree import ElementTree

from pygal import Bar, HorizontalBar  # type: ignore[import-untyped]
from pygal.style import Style  # type: ignore[import-untyped]

from hotline.sheets import Sheet
from store.suppression import Shown

MOST_ACROSS = 16  # bars beside each other; more are easier to read below each other
_WIDTH, _LINE = 720, 34
_STEPS = 6  # numbers along the axis, at most
_STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#1d2320",
    foreground_strong="#1d2320",
    foreground_subtle="#55605a",
    colors=("#0b5a52",),
    opacity="1",
    # The numbers stand on the bars: the lines only guide the eye.
    guide_stroke_color="#e3e7e4",
    guide_stroke_dasharray="none",
    major_guide_stroke_color="#c9cfcb",
    major_guide_stroke_dasharray="none",
    font_family="sans-serif",
    label_font_size=15,
    major_label_font_size=15,
    value_font_size=15,
    value_colors=("#1d2320",),
)


def svg(sheet: Sheet) -> bytes:
    """The last column of a table as bars. What is withheld has no bar, only its sign behind the name."""
    upright = sheet.id == "week" and len(sheet.bars) <= MOST_ACROSS
    bars = sheet.bars if upright else sheet.bars[::-1]
    chart = (Bar if upright else HorizontalBar)(
        style=_STYLE,
        js=[],
        show_legend=False,
        print_values=upright,  # bars that lie down have theirs behind the name
        print_values_position="top",
        disable_xml_declaration=True,
        explicit_size=False,
        width=_WIDTH,
        height=360 if upright else 90 + _LINE * max(2, len(bars)),
        truncate_label=-1,
        x_label_rotation=60 if upright else 0,
        range=(0, max([int(n) for _name, n in bars if isinstance(n, int)] + [5])),
        max_scale=_STEPS,
        value_formatter=lambda n: f"{n:.0f}" if n == int(n) else "",
        margin=12,
    )
    chart.x_labels = [_name(name, n, not upright) for name, n in bars]
    chart.add(sheet.head[-1], [n if isinstance(n, int) else None for _name, n in bars])
    return _without_script(chart.render_tree())


def policy(picture: bytes) -> str:
    """The Content-Security-Policy a picture is sent with: its own style and nothing else, wherever it is opened."""
    style = re.search(rb"<style[^>]*>(.*?)</style>", picture, re.S)
    text = style[1].replace(b"&gt;", b">").replace(b"&lt;", b"<").replace(b"&amp;", b"&") if style else b""
    digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


def _name(name: str, shown: Shown, with_number: bool) -> str:
    return f"{name}: {shown}" if with_number or not isinstance(shown, int) else name


def _without_script(tree: ElementTree.Element) -> bytes:
    for parent in list(tree.iter()):
        for child in list(parent):
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == "script":
                parent.remove(child)
    picture: bytes = ElementTree.tostring(tree, "utf-8")
    return picture

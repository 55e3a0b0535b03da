"""How a turn looks in a terminal: the bot's messages in boxes, buttons numbered."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

_console = Console(width=min(Console().width, 88), highlight=False)


def show_turn(turn: dict[str, Any]) -> None:
    """Print the reply of one turn; a button is pressed by typing its number after a colon."""
    number = 0
    for part in turn["reply"]:
        body = Text(part["text"])
        for button in part["buttons"]:
            number += 1
            body.append(f"\n  :{number} ", style="bold cyan")
            body.append(button["label"])
        _console.print(Panel(body, title="Kawan Rantau", title_align="left", border_style="green"))

"""A message that holds more than one need: the first is answered, the others are offered."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import best_article
from actions.menu import topic_label
from actions.turn import TOPICS, Button, Part, Reply, Services, Turn
from actions.unsure import request_button

MOST_OFFERED = 2


def offer_others(turn: Turn, services: Services, reply: Reply) -> Reply:
    """The same reply, with the other needs of the message as buttons under it and in `also`."""
    _ = turn.say
    also: list[tuple[str, str | None]] = []
    buttons: list[Button] = []
    for intent in turn.understood.others[:MOST_OFFERED]:
        page = best_article(turn, services, intent) if intent in TOPICS else None
        if page is not None and page.id == reply.article:
            continue
        also.append((intent, page.id if page else None))
        if page is not None:
            buttons.append(Button(page.title, f"article:{page.id}"))
        elif intent in TOPICS:
            buttons.append(Button(topic_label(intent, turn.say), f"topic:{intent}"))
        else:
            data, label = request_button(intent, turn.say)
            buttons.append(Button(label, data))
    there = {
        button.data for part in reply.parts for button in part.buttons
    }  # a question back may offer it already
    buttons = [button for button in buttons if button.data not in there]
    if not buttons:
        return replace(reply, also=tuple(also))
    turn.tracker.offer = buttons[0].data
    offer = Part(_("Kakak juga menyebut hal lain. Mau lanjut ke situ?"), tuple(buttons))
    return replace(reply.with_parts(offer), also=tuple(also))

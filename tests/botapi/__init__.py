"""A small, strict stand-in for api.telegram.org, for tests that drive a real bot process.

with BotApiServer() as server:
    sari = server.person(id=501)
    start_the_bot(api_url=server.url, token=server.token)
    sari.sends("/start")
    [greeting] = sari.waits_for(containing="Halo")
    sari.presses(greeting.buttons[0])
    [answer] = sari.waits_for()
"""

from .groups import Group
from .messages import BotMessage
from .model import Call
from .people import Person
from .server import TOKEN, BotApiServer

__all__ = ["TOKEN", "BotApiServer", "BotMessage", "Call", "Group", "Person"]

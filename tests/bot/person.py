"""Someone who writes to the assistant; what the model makes of it is given by hand, all else is real."""

from __future__ import annotations

from actions.turn import Hotline, Reply, Services, Understanding
from bot.dialogue import Dialogue
from bot.guard import load_guard
from bot.incoming import Incoming
from bot.turns import take_turn
from knowledge.library import load_library
from knowledge.search import Search
from store import referrals, trackers
from store.database import open_database, write
from store.keys import temporary_keyring

LIBRARY = load_library()
SEARCH = Search(LIBRARY)
GUARD = load_guard()


class Person:
    """Someone who writes, with what the model would make of it."""

    def __init__(self, hotline: Hotline) -> None:
        self.services = Services(LIBRARY, SEARCH, open_database(None), temporary_keyring(), hotline)
        self.dialogue = Dialogue(self.services, GUARD)
        self.chat = self.services.keys.name_of(1)
        self.last = Reply((), "talk")

    def writes(self, text: str, *ranking: tuple[str, float], **more: object) -> Reply:
        understood = Understanding()
        if ranking:
            understood = Understanding(ranking[0][0], ranking[0][1], ranking, **more)  # type: ignore[arg-type]
        return self._turn(Incoming(text=text), understood)

    def presses(self, data: str) -> Reply:
        return self._turn(Incoming(button=data), Understanding())

    def taps(self, *labels: str) -> Reply:
        """Press buttons of the last reply by what stands on them, one after another."""
        for label in labels:
            self.presses(button(self.last, label))
        return self.last

    def loses_the_model(self, text: str) -> Reply:
        return self._turn(Incoming(text=text), Understanding(degraded=True))

    @property
    def tracker(self) -> trackers.Tracker:
        return trackers.load(self.services.db, self.services.keys, self.chat)

    def _turn(self, incoming: Incoming, understood: Understanding) -> Reply:
        with write(self.services.db):
            _turn, self.last = take_turn(
                self.services, self.dialogue, self.chat, incoming, understood, reply_to=1
            )
        return self.last

    @property
    def asked(self) -> str | None:
        """The question the open form stands at."""
        form = self.tracker.form
        return form.slot if form else None

    @property
    def filled(self) -> dict[str, str]:
        """What the open form holds so far."""
        form = self.tracker.form
        assert form is not None
        return form.values

    def case(self, code: str | None) -> referrals.Case:
        """What staff read of a case."""
        assert code is not None
        return referrals.opened(self.services.db, self.services.keys, code, "test")


def said(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts)


def labels(reply: Reply) -> list[str]:
    return [b.label for part in reply.parts for b in part.buttons]


def button(reply: Reply, label: str) -> str:
    found = [b.data for part in reply.parts for b in part.buttons if b.label == label]
    assert found, f"no button {label!r} among {labels(reply)}"
    return found[0]

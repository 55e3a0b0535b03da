"""A person who also sends what is not text, and for whom time can pass."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.turn import Attachment, Hotline, Reply, Understanding
from bot.incoming import Incoming, OtherKind
from store import delivery, referrals, trackers
from store.database import write
from store.evidence import Item, listed
from store.messages import Message, thread
from tests.bot.person import Person

MIMES = {
    "photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4", "document": "application/pdf",
}  # fmt: skip


class Phone(Person):
    """With a hotline of practice behind the assistant."""

    def __init__(self) -> None:
        super().__init__(Hotline(practice=True))
        self._sent = 0

    def sends(self, kind: OtherKind, size: int = 2000, caption: str | None = None) -> Reply:
        """A photo, voice note, file, place …; of other kinds (sticker, contact) nothing can be kept."""
        self._sent += 1
        attachment = None
        if kind == "location":
            attachment = Attachment("location", "text/plain", 14, text="-8.65, 115.21")
        elif kind in MIMES:
            attachment = Attachment(kind, MIMES[kind], size, f"file-{self._sent}", caption=caption)
        return self._turn(Incoming(other=kind, attachment=attachment), Understanding())

    def files_a_message(self, text: str = "tolong telepon saya", reply: str = "Aman, kapan saja") -> str:
        """A message to the hotline, from the consent to its code."""
        self.presses("form:message_to_staff")
        self.taps("Ya, boleh", "Lewati")
        self.writes(text)
        self.taps("Lewati", reply, "✅ Kirim")
        assert self.last.referral is not None
        return self.last.referral

    def staff_write(self, code: str, text: str) -> str:
        """The hotline answers; how it goes out."""
        with write(self.services.db):
            return delivery.reply(self.services.db, self.services.keys, code, text, "maria")

    def rests(self, time: timedelta) -> None:
        """Nothing is written in the open talk for so long."""
        db, keys = self.services.db, self.services.keys
        tracker = self.tracker
        assert tracker.talk is not None
        tracker.talk["since"] = (datetime.fromisoformat(tracker.talk["since"]) - time).isoformat()
        with write(db):
            trackers.save(db, keys, self.chat, tracker)

    def thread(self, code: str) -> list[Message]:
        """What stands in the case, as staff read it."""
        return thread(self.services.db, self.services.keys, code)

    def evidence(self, code: str) -> list[Item]:
        return listed(self.services.db, code)

    def summary(self, code: str) -> referrals.Summary:
        return next(case for case in referrals.of_chat(self.services.db, self.chat) if case.code == code)

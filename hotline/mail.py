"""Urgent cases and the daily digest by e-mail, for a hotline that wants it. Holds a code and an address, nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from sqlite_utils import Database

from store import alerts, digest, visibility
from store.clock import BALI
from store.writer import Writer

log = structlog.get_logger()
LOOK_AGAIN = 10.0  # seconds
LONGEST_PAUSE = 900.0
KINDS = ("urgent_referral", "mail_digest")
TIMEOUT = 30.0


@dataclass(frozen=True)
class Mailbox:
    """`server`: smtp://user:password@host:587 (upgraded to TLS) or smtps://…:465; `to`: one or more addresses."""

    server: str
    sender: str
    to: tuple[str, ...]
    console_url: str
    digest_hour: int = 8


@dataclass(frozen=True)
class Letter:
    """What goes out for one alert."""

    alert: int
    subject: str
    text: str


async def mail_forever(writer: Writer, mailbox: Mailbox) -> None:
    """An alert is marked as mailed only after the server took the letter; until then it is tried again."""
    pause = LOOK_AGAIN
    while True:
        try:
            for letter in await writer.run(letters, mailbox, datetime.now(BALI)):
                await send(mailbox, letter)
                await writer.run(alerts.announced, letter.alert, "mailed_at")
            pause = LOOK_AGAIN
        except (aiosmtplib.SMTPException, OSError) as error:
            pause = min(LONGEST_PAUSE, pause * 2)
            log.error("mail.not_sent", error=type(error).__name__, retry_in=pause)
        except sqlite3.Error as error:
            log.error("store.cannot_write", error=str(error))
        await asyncio.sleep(pause)


def letters(db: Database, mailbox: Mailbox, moment: datetime) -> list[Letter]:
    """What is to be sent now."""
    day = moment.date().isoformat()
    if moment.hour >= mailbox.digest_hour and not alerts.was_raised(db, "mail_digest", day):
        alerts.raise_alert(db, "mail_digest", day)
    found = []
    for alert in alerts.to_announce(db, KINDS, "mailed_at"):
        if alert["kind"] == "mail_digest":
            text = f"{digest.in_words(digest.numbers(db))}\n\n{mailbox.console_url}/"
            found.append(Letter(alert["id"], "Kawan Rantau: ringkasan harian", text))
        elif visibility.known_to_all(db, alert["subject"]):
            text = f"{alert['subject']}: mendesak\n{mailbox.console_url}/kasus/{alert['subject']}"
            found.append(Letter(alert["id"], "Kawan Rantau: kasus mendesak", text))
        else:
            text = f"Ada kasus mendesak untuk koordinator.\n{mailbox.console_url}/"
            found.append(Letter(alert["id"], "Kawan Rantau: kasus mendesak", text))
    return found


async def send(mailbox: Mailbox, letter: Letter) -> None:
    """Hand a letter to the server. Raises aiosmtplib.SMTPException, OSError."""
    message = EmailMessage()
    message["From"], message["To"] = mailbox.sender, ", ".join(mailbox.to)
    message["Subject"], message["Date"] = letter.subject, formatdate()
    message["Message-ID"] = make_msgid(domain=mailbox.sender.rpartition("@")[2])
    message.set_content(letter.text)
    server = urlsplit(mailbox.server)
    secure = server.scheme == "smtps"
    local = server.hostname in ("127.0.0.1", "localhost", "::1")
    await aiosmtplib.send(
        message,
        hostname=server.hostname,
        port=server.port or (465 if secure else 587),
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=secure,
        start_tls=not (secure or (local and not server.username)),
        timeout=TIMEOUT,
    )

"""Alerts by e-mail: a code and an address, once; a server that is away loses none."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlite_utils import Database

from hotline.mail import Letter, Mailbox, letters, send
from store import alerts, referrals
from store.clock import BALI
from store.database import open_database, write
from store.keys import temporary_keyring

NIGHT = datetime(2026, 11, 22, 2, 0, tzinfo=BALI)
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=BALI)


def mailbox(port: int = 25) -> Mailbox:
    return Mailbox(
        f"smtp://127.0.0.1:{port}", "bot@contoh.id", ("a@contoh.id", "b@contoh.id"), "https://k.example"
    )


@pytest.fixture
def db() -> Iterator[Database]:
    database = open_database(None)
    yield database
    database.close()


def urgent_case(db: Database) -> str:
    with write(db):
        case = referrals.NewReferral("help", "urgent", {"happened": "rahasia"}, "chat", None, None, "1")
        code = referrals.add(db, temporary_keyring(), case)
        alerts.raise_alert(db, "urgent_referral", code)
    return code


def test_a_letter_stays_due_until_the_server_has_it(db: Database) -> None:
    code = urgent_case(db)
    with write(db):
        [letter] = letters(db, mailbox(), NIGHT)
        assert [letter] == letters(db, mailbox(), NIGHT)
        assert letter.text == f"{code}: mendesak\nhttps://k.example/kasus/{code}"
        alerts.announced(db, letter.alert, "mailed_at")
        assert letters(db, mailbox(), NIGHT) == []


def test_the_digest_is_due_once_in_the_morning(db: Database) -> None:
    with write(db):
        assert letters(db, mailbox(), NIGHT) == []
        [digest] = letters(db, mailbox(), MORNING)
        assert "Belum diambil: 0" in digest.text
        alerts.announced(db, digest.alert, "mailed_at")
        assert letters(db, mailbox(), MORNING.replace(hour=22)) == []


def test_a_letter_reaches_a_server_with_all_its_addresses() -> None:
    received: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The least an SMTP server says."""
        writer.write(b"220 ready\r\n")
        in_letter = False
        while line := (await reader.readline()).decode():
            received.append(line.rstrip())
            if in_letter:
                if line == ".\r\n":
                    in_letter = False
                    writer.write(b"250 kept\r\n")
                continue
            verb = line[:4].upper()
            in_letter = verb == "DATA"
            writer.write({"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(verb, b"250 ok\r\n"))
            if verb == "QUIT":
                break
        writer.close()
        await writer.wait_closed()

    async def whole() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            await send(mailbox(port), Letter(1, "Kawan Rantau: kasus mendesak", "KR-0000-0000: mendesak"))

    # A thread of its own: where browser tests ran before, this one has a loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(whole())).result()
    text = "\n".join(received)
    assert "RCPT TO:<a@contoh.id>" in text
    assert "RCPT TO:<b@contoh.id>" in text
    assert "Subject: Kawan Rantau: kasus mendesak" in text
    assert "KR-0000-0000: mendesak" in text

"""Draw pictures of conversations for the documentation: .venv/bin/python -m scripts.chat_pictures [NAME …]

A real bot process talks with invented people over the stand-in for Telegram, as in tests/conversations; what then stands
in each chat (texts, marks, rows of buttons) is drawn with a real Chromium into docs/images/chat-<NAME>.png. NAME: start,
answer, crisis, report, hotline; without one, all. A long chat goes on in the next column, like a newspaper.
"""

from __future__ import annotations

import argparse
import html
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from sqlite_utils import Database

from kawan.nlu_server import NluServer
from kawan.settings import Settings
from store.database import open_database
from store.keys import Keyring, load_keyring
from tests.botapi import BotApiServer, BotMessage, Person
from tests.conversations.desk import CONTACT, NAME, Desk
from tests.conversations.over_telegram import OverTelegram
from tests.hotline.browser import SWITCHES, found_here
from tests.telegram.process import BotProcess

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, GAP = 380, 18  # of a column, in CSS pixels
LIKE_A_NEWSPAPER = 1180  # the height at which a chat goes on in the next column


@dataclass
class Chat:
    """One person talking with the bot, by short verbs."""

    stage: OverTelegram
    person: Person
    begins: int = 0  # what came before is not drawn

    def says(self, *texts: str) -> None:
        for text in texts:
            self.stage.says([text])

    def presses(self, *labels: str) -> None:
        for label in labels:
            self.stage.presses(label)

    def staff_write(self, words: str) -> None:
        self.stage.staff("replies", self.code, words)

    @property
    def code(self) -> str:
        return self.stage.desk.codes(self.stage.chat)[-1]

    def from_here(self) -> None:
        self.begins = len(self.person.screen())

    def drawn(self) -> list[tuple[BotMessage, bool]]:
        return self.person.screen()[self.begins :]


def start(meet: Callable[[], Chat]) -> Iterator[Chat]:
    chat = meet()
    chat.says("/start")
    yield chat


def answer(meet: Callable[[], Chat]) -> Iterator[Chat]:
    chat = meet()
    chat.says("bos belum bayar gaji dua bulan kak")
    yield chat
    other = meet()
    other.says("what to do when Nyepi and someone is sick?")
    yield other


def crisis(meet: Callable[[], Chat]) -> Iterator[Chat]:
    chat = meet()
    chat.says("tolong sa dipukul suami")
    chat.presses("Belum aman")
    yield chat


def report(meet: Callable[[], Chat]) -> Iterator[Chat]:
    chat = meet()
    chat.says("dong tolak beta di kos di Dalung kmrn karna beta orang Sumba, mo lapor")
    chat.presses("Lapor", "Ya, boleh", "18 ke atas")
    chat.says("Ibu kos bilang kamar su penuh, tapi satu jam kemudian teman dari Jawa datang dan dikasih.")
    goes_on(chat, "Kos / kontrakan")
    yield chat


def hotline(meet: Callable[[], Chat]) -> Iterator[Chat]:
    chat = meet()
    chat.says("/lapor")
    chat.presses("Lapor", "Ya, boleh", "18 ke atas")
    chat.says("Manajer bilang meja depan bukan untuk saya karena tamu takut lihat orang Sumba.")
    goes_on(chat, "Kerja", "Asal daerah / suku")
    chat.presses("Sudah saya catat")
    chat.says(chat.code[-4:])
    chat.from_here()
    chat.says("/status")
    chat.staff_write(
        "Terima kasih sudah menulis. Apa nama restorannya, dan adakah teman kerja yang mendengar?"
    )
    chat.presses("Baca", "Balas")
    chat.says("Namanya Warung Sari. Kak Rini di kasir juga dengar.")
    chat.presses("Selesai bicara")
    yield chat
    hidden = meet()
    hidden.says("tolong sa dipukul suami", "sembunyikan")
    yield hidden


def goes_on(chat: Chat, *choices: str) -> None:
    """The rest of a form, to its end: these choices where they are offered, else what says least."""
    wanted = (*choices, "Aman, kapan saja", "Lewati", "Kirim")
    while "Sudah saya catat" not in (there := labels(chat)):
        chat.presses(next(label for label in wanted if label in there))


PICTURES = {"start": start, "answer": answer, "crisis": crisis, "report": report, "hotline": hotline}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*PICTURES, []], metavar="NAME")
    names = parser.parse_args().names or list(PICTURES)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, telegram_and_bot(Path(folder)) as (meet, shoot):
        for name in names:
            target = IMAGES / f"chat-{name}.png"
            shoot(page([chat.drawn() for chat in PICTURES[name](meet)]), target)
            print(f"docs/images/{target.name}")


def labels(chat: Chat) -> list[str]:
    return [label.removeprefix("✅ ") for label in chat.person.received()[-1].buttons]


@contextmanager
def telegram_and_bot(folder: Path) -> Iterator[tuple[Callable[[], Chat], Callable[[str, Path], None]]]:
    """A running bot with people to meet, and a browser that draws pages."""
    settings = Settings()
    server = NluServer(settings)
    server.start()
    server.wait_until_ready()
    server.leave_note()
    try:
        with BotApiServer() as telegram, sync_playwright() as playwright:
            bot = BotProcess(telegram, folder, KAWAN_OPERATOR_NAME=NAME, KAWAN_OPERATOR_CONTACT=CONTACT)
            keys = load_keyring(folder / "secrets" / "kawan.key", create=True)
            browser = playwright.chromium.launch(executable_path=found_here(), args=SWITCHES)
            with closing(open_database(folder / "data")) as db:
                Desk(db, keys).opens()
                bot.start()
                try:
                    yield lambda: meet(telegram, db, keys), lambda text, target: shoot(browser, text, target)
                finally:
                    bot.stop()
                    browser.close()
    finally:
        server.stop()


def meet(telegram: BotApiServer, db: Database, keys: Keyring) -> Chat:
    """Somebody new, whose phone speaks Indonesian."""
    number = 500_001 + next(NUMBERS)
    person = telegram.person(id=number, language_code="id")
    return Chat(OverTelegram(telegram, person, db, keys), person)


NUMBERS = iter(range(1_000))


# --- drawing --------------------------------------------------------------------------------------------

STYLE = f"""
body {{ margin: 0; background: #d5e3d0; font: 15px/1.36 'DejaVu Sans', sans-serif; width: max-content; }}
main {{ display: flex; gap: {GAP}px; padding: {GAP}px; align-items: flex-start; width: max-content; }}
section {{ column-width: {WIDTH}px; column-gap: {GAP}px; column-fill: balance; width: max-content; }}
.message {{ break-inside: avoid; width: {WIDTH}px; padding-bottom: 8px; display: flex; flex-direction: column; gap: 4px; }}
.text {{ padding: 8px 12px; border-radius: 13px; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 330px;
  box-shadow: 0 1px 1px #0003; background: #fff; align-self: flex-start; }}
.me .text {{ background: #e3fdd0; align-self: flex-end; }}
.row {{ display: flex; gap: 4px; width: 354px; }}
.row span {{ flex: 1; background: #56765a; color: #fff; border-radius: 8px; padding: 6px 4px; text-align: center; font-size: 13px; }}
"""


def page(chats: list[list[tuple[BotMessage, bool]]]) -> str:
    """All chats side by side."""
    sections = "".join(f"<section>{''.join(bubble(*each) for each in chat)}</section>" for chat in chats)
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><main>{sections}</main>"


def bubble(message: BotMessage, by_bot: bool) -> str:
    rows: list[list[dict[str, Any]]] = message.raw.get("reply_markup", {}).get("inline_keyboard", [])
    keys = "".join(
        f"<div class=row>{''.join(f'<span>{html.escape(key["text"])}</span>' for key in row)}</div>"
        for row in rows
    )
    who = "message" if by_bot else "message me"
    return f'<div class="{who}"><div class=text>{marked(message)}</div>{keys}</div>'


def marked(message: BotMessage) -> str:
    """The text with what is bold in it. Telegram counts in UTF-16 units."""
    units = message.text.encode("utf-16-le")
    out, at = "", 0
    for entity in [e for e in message.entities if e["type"] == "bold"]:
        begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        out += html.escape(units[at:begin].decode("utf-16-le"))
        out += f"<b>{html.escape(units[begin:end].decode('utf-16-le'))}</b>"
        at = end
    return out + html.escape(units[at:].decode("utf-16-le"))


def shoot(browser: Any, text: str, target: Path) -> None:
    """Columns as high as needed and no higher than `LIKE_A_NEWSPAPER`."""
    view = browser.new_page(viewport={"width": 2400, "height": LIKE_A_NEWSPAPER})
    view.set_content(text)
    view.evaluate(
        """([most, width, gap]) => document.querySelectorAll('section').forEach(section => {
            const high = [...section.children].reduce((sum, child) => sum + child.offsetHeight, 0);
            const columns = Math.ceil(high / most);
            section.style.columnCount = columns;
            section.style.width = `${columns * width + (columns - 1) * gap}px`;
        })""",
        [LIKE_A_NEWSPAPER, WIDTH, GAP],
    )
    view.locator("main").screenshot(path=target)
    view.close()


if __name__ == "__main__":
    main()

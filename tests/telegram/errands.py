"""What the tests here have people and operators do, and how they look into the store of a running bot."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from sqlite_utils import Database

from store import evidence, messages, referrals
from store.database import open_database, write
from store.evidence import Item
from store.keys import Keyring, load_keyring
from store.messages import Message
from tests.botapi import BotApiServer, BotMessage, Call, Person
from tests.telegram.process import BotProcess

CODE = re.compile(r"KR-[0-9A-Z]{4}-[0-9A-Z]{4}")
STORY = "Pintu kamar saya digembok bapak kos"
CAMERA = "Kamera-Rahasia-9"

Running = tuple[BotApiServer, BotProcess]


@contextmanager
def running_bot(folder: Path) -> Iterator[Running]:
    """A running bot with a hotline behind it, for a whole file of tests."""
    with BotApiServer() as telegram:
        bot = BotProcess(telegram, folder)
        added = bot.kawan("staff", "add", "maria")
        assert added.returncode == 0, added.stderr
        try:
            bot.start()
            yield telegram, bot
        finally:
            bot.stop()
        assert "Traceback" not in bot.log.read_text()


def calls_in(telegram: BotApiServer, method: str, chat_id: int) -> list[Call]:
    """The calls of a method that concern one chat."""
    return [call for call in telegram.calls_of(method) if call.parameters.get("chat_id") == chat_id]


# --- what people do -------------------------------------------------------------------------------------


def opens_a_message(person: Person, story: str = STORY) -> None:
    """A message to the hotline, up to the question for evidence."""
    person.sends("/petugas")
    person.waits_for(containing="Petugas kami manusia")
    person.presses("Tulis pesan untuk petugas")
    person.waits_for(containing="Boleh saya simpan")
    person.presses("Ya, boleh")
    person.waits_for(containing="di bawah 18")
    person.presses("Lewati")
    person.waits_for(containing="Tulis pesannya")
    person.sends(story)
    person.waits_for(containing="Ada bukti?")


def sends_it(person: Person, done: str = "Lewati", reply: str = "Aman, kapan saja") -> str:
    """From the question for evidence to the code."""
    person.presses(done)
    person.waits_for(containing="menulis balik")
    person.presses(reply)
    person.waits_for(containing="Ini yang akan dikirim")
    person.presses("✅ Kirim")
    code = CODE.search(person.waits_for(containing="KR-")[0].text)
    assert code is not None
    return code[0]


def files_a_message(person: Person, reply: str = "Aman, kapan saja", story: str = STORY) -> str:
    """A whole message to the hotline; its code."""
    opens_a_message(person, story)
    return sends_it(person, reply=reply)


def all_on_screen(person: Person) -> list[str]:
    """What either side can still see in the chat, oldest first."""
    return person.on_screen()


def newest(person: Person) -> BotMessage:
    return person.received()[-1]


# --- pictures -------------------------------------------------------------------------------------------


def photo_with_gps(colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """A photo as a phone takes it: the camera's name and the place to the metre are in it."""
    image = Image.new("RGB", (64, 48), colour)
    exif = Image.Exif()
    exif[Base.Model] = CAMERA
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "S", (8.0, 39.0, 12.5)
    gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", (115.0, 12.0, 40.25)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    assert tells_the_place(out.getvalue())
    return out.getvalue()


def tells_the_place(content: bytes) -> bool:
    with Image.open(io.BytesIO(content)) as image:
        return bool(image.getexif().get_ifd(IFD.GPSInfo)) or CAMERA.encode() in content


def colour_of(content: bytes) -> tuple[int, ...]:
    with Image.open(io.BytesIO(content)) as image:
        pixel = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return pixel


# --- the store ------------------------------------------------------------------------------------------


@contextmanager
def store_of(bot: BotProcess) -> Iterator[tuple[Database, Keyring]]:
    """The database of the bot, beside it, with the key file it uses."""
    keys = load_keyring(Path(bot.environment["KAWAN_KEY_FILE"]), create=False)
    with closing(open_database(bot.folder / "data")) as db:
        yield db, keys


def cases_of(bot: BotProcess, person: Person) -> list[str]:
    """The codes of what a person has filed."""
    with store_of(bot) as (db, keys):
        return [case.code for case in referrals.of_chat(db, keys.name_of(person.id))]


def thread_of(bot: BotProcess, code: str) -> list[Message]:
    with store_of(bot) as (db, keys):
        return messages.thread(db, keys, code)


def written_by_the_person(bot: BotProcess, code: str) -> list[str]:
    return [message.text for message in thread_of(bot, code) if message.direction == "in"]


def files_of(bot: BotProcess, code: str) -> list[tuple[Item, bytes]]:
    """What is kept with a case, decrypted."""
    with store_of(bot) as (db, keys), write(db):
        return [
            evidence.opened(db, keys, code, item.id, "maria")
            for item in evidence.listed(db, code)
            if item.status == "kept"
        ]


def states_of(bot: BotProcess, code: str) -> list[str]:
    """pending, kept or failed, for each file of a case."""
    with store_of(bot) as (db, _keys):
        return [item.status for item in evidence.listed(db, code)]


def waits_until(condition: Callable[[], bool], what: str, timeout: float = 30) -> None:
    """For what happens in the bot's store and not on a screen."""
    ends = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < ends, f"waited in vain: {what}"
        time.sleep(0.2)


def waits_for_files(bot: BotProcess, code: str, *states: str, timeout: float = 30) -> None:
    waits_until(lambda: states_of(bot, code) == list(states), f"files {states}", timeout)


def staff_write(bot: BotProcess, code: str, text: str) -> str:
    """What the command says about the way it goes out."""
    done = bot.kawan("referrals", "reply", code, text, "--as", "maria")
    assert done.returncode == 0, done.stderr
    return done.stdout

"""Draw pictures of the staff console for the documentation: .venv/bin/python -m scripts.console_pictures [NAME …]

Starts a real console on a temporary folder with the invented cases of `kawan demo`, signs in with a real Chromium (the
system's, or Playwright's: see scripts/browser.sh) and writes docs/images/console-<NAME>.png. NAME: queue, case,
mediation, statistics, nlu, phone; without one, all. Figures and messages not understood, which practice does not bring,
are invented here. Nothing of this machine's own hotline is read.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from sqlite_utils import Database

from benchmarks.many_cases import REGENCIES, fill
from store import nlu_inbox, tallies
from store.database import open_database, write
from store.keys import Keyring, load_keyring
from store.nlu_inbox import Paraphrase
from tests.hotline.browser import SWITCHES, found_here

PROJECT = Path(__file__).resolve().parent.parent
IMAGES = PROJECT / "docs" / "images"
KAWAN = Path(sys.executable).parent / "kawan"
STAFF = {"lusia": ("lead", "Lusia Hoar"), "yosef": ("mediator", "Yosef Seran")}
PASSWORD = "kopi susu panas sekali"
LARGEST = 250_000  # bytes of one picture
WIDE, PHONE = (1200, 900), (390, 844)
PRACTICE = "/?latihan=ya"
# Invented messages: words, personal details taken out, reason, what the model thought.
NOT_UNDERSTOOD = [
    ("kaka, beta dari [TEMPAT] mo urus surat pindah tapi RT bilang musti bayar dolo", 1, "clarified",
     [("residency", 0.41), ("legal_aid", 0.22), ("housing", 0.12)]),
    ("gaji su cair tapi dipotong seragam deng helm, betul ko?", 0, "fell_back",
     [("employment", 0.34), ("rights", 0.19), ("legal_aid", 0.11)]),
    ("anak tetangga su bisa sekolah di sini kalau KK masih di kampung?", 0, "thumbs_down",
     [("education", 0.58), ("residency", 0.27), ("community", 0.05)]),
]  # fmt: skip
TAUGHT = Paraphrase("employment", "upah sa dipotong buat bayar seragam kerja, boleh begitu kah")
TOPICS = {"housing": 95, "employment": 130, "residency": 60, "legal_aid": 31, "health": 22, "rights": 17}
DECISIONS = {"answer": 260, "clarify": 44, "handover": 38, "fallback": 13}


def main() -> None:
    reader = argparse.ArgumentParser(description="Draw docs/images/console-*.png from a console in practice.")
    reader.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PICTURES))
    wanted = reader.parse_args().names or list(PICTURES)
    if unknown := set(wanted) - set(PICTURES):
        reader.error(f"no such picture: {', '.join(sorted(unknown))}")
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(PROJECT / ".cache" / "playwright"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_console(Path(folder)) as (url, password),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found_here(), args=SWITCHES)
        moves_in(browser, url, password)
        for name in wanted:
            size = PHONE if name == "phone" else WIDE
            page = signed_in(browser, url, size)
            shoot(page, name, size[0], height=PICTURES[name](page))
            page.context.close()
        browser.close()


# --- the console --------------------------------------------------------------------------------------------------


@contextmanager
def running_console(folder: Path) -> Iterator[tuple[str, str]]:
    """A console with invented cases; its address, and the one-time password of the lead."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KAWAN_")} | {
        "KAWAN_DATA_DIR": str(folder / "data"),
        "KAWAN_KEY_FILE": str(folder / "secrets" / "kawan.key"),
        "KAWAN_CONSOLE_HOST": "127.0.0.1",
        "KAWAN_CONSOLE_PORT": str(port),
        "KAWAN_CONSOLE_URL": "",
        "TELEGRAM_BOT_TOKEN": "",
        "KAWAN_MAIL_SERVER": "",
    }

    def kawan(*arguments: str) -> str:
        done = subprocess.run([KAWAN, *arguments], env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"kawan {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    passwords = {
        login: re.search(
            r"One-time password: (\S+)",
            kawan("staff", "add", login, "--role", role, "--name", name, "--one-time"),
        )
        for login, (role, name) in STAFF.items()
    }
    kawan("demo")
    password = passwords["lusia"]
    assert password
    keys = load_keyring(folder / "secrets" / "kawan.key", create=False)
    db = open_database(folder / "data")
    with write(db):
        invent_figures(db, keys)
    db.close()
    process = subprocess.Popen([KAWAN, "console"], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", password[1]
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends:
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    sys.exit("The console did not start.")


def invent_figures(db: Database, keys: Keyring) -> None:
    """What the statistics count and the NLU inbox shows: no case for practice does."""
    dice = random.Random(7)
    codes = fill(db, keys, 1500)
    weights = [9 - place for place in range(len(REGENCIES))]
    outcomes = ("resolved", "partly_resolved", "advised", "referred", "not_resolved", "unreachable")
    for code in codes:
        [filed] = [row["created_at"] for row in db.query("select * from referrals where code = ?", [code])]
        answered = datetime.fromisoformat(filed) + timedelta(minutes=dice.randrange(9, 2600))
        kind = dice.choices(("help", "discrimination", "message", "mediation"), (9, 6, 4, 2))[0]
        regency, outcome = dice.choices(REGENCIES, weights)[0], dice.choices(outcomes, (8, 3, 7, 4, 2, 1))[0]
        db.execute(
            "update referrals set kind = ?, regency = ?, assigned_to = iif(status = 'new', null, 'lusia'),"
            " outcome = iif(status = 'closed', ?, null), answered_at = iif(status = 'new', null, ?) where code = ?",
            [kind, regency, outcome, answered.isoformat(timespec="microseconds"), code],
        )
    today = datetime.now(UTC).date()
    for words, removed, reason, ranking in NOT_UNDERSTOOD:
        nlu_inbox.keep(db, keys, reason, words, removed, ranking, today - timedelta(days=removed + 1))
    nlu_inbox.keep(db, keys, "fell_back", "(ditulis ulang)", 0, [], today)
    taught = next(db.query("select id from nlu_inbox where ranking = '[]'"))["id"]
    nlu_inbox.paraphrase(db, keys, taught, TAUGHT, "lusia")
    for what, counts in (("topic", TOPICS), ("decision", DECISIONS)):
        for name, times in counts.items():
            for _ in range(times):
                tallies.count(db, _some_day(today, dice), what, name, dice.choice(("id", "id", "id", "en")))


def _some_day(today: date, dice: random.Random) -> date:
    return today - timedelta(days=dice.randrange(7, 56))


# --- signing in ---------------------------------------------------------------------------------------------------


def moves_in(browser: Browser, url: str, one_time: str) -> None:
    """Change the one-time password, as every member must."""
    page = window(browser, url, WIDE)
    _types_in(page, one_time)
    page.get_by_label("Kata sandi sekarang").fill(one_time)
    page.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    page.get_by_label("Sekali lagi").fill(PASSWORD)
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("status").wait_for()
    page.context.close()


def signed_in(browser: Browser, url: str, size: tuple[int, int]) -> Page:
    page = window(browser, url, size)
    _types_in(page, PASSWORD)
    page.get_by_role("heading", name="Antrean").first.wait_for()
    return page


def window(browser: Browser, url: str, size: tuple[int, int]) -> Page:
    context = browser.new_context(
        base_url=url,
        viewport={"width": size[0], "height": size[1]},
        locale="id-ID",
        color_scheme="light",
        reduced_motion="reduce",
    )
    return context.new_page()


def _types_in(page: Page, password: str) -> None:
    page.goto("/masuk")
    page.get_by_label("Nama masuk").fill("lusia")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda address: "/masuk" not in address)


# --- the pictures: each goes where it is taken, and says how many pixels from the top are worth it -------------------


def queue(page: Page) -> int:
    page.goto(PRACTICE)
    page.get_by_text("Saring", exact=True).first.click()
    return below(page, "ol.cases > li:nth-child(6)", margin=5)


def case(page: Page) -> int:
    opens(page, "kelompok=in_progress&tanda=health")
    return below(page, "section[aria-labelledby=percakapan]")


def mediation(page: Page) -> int:
    opens(page, "kelompok=in_progress&tanda=banjar")
    page.get_by_role("link", name="Buka mediasi").click()
    page.wait_for_url("**/mediasi")
    return below(page, "section[aria-labelledby=pertemuan]")


def statistics(page: Page) -> int:
    page.goto("/statistik")
    for picture in page.locator("img.chart").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
    return below(page, "section.sheet >> nth=1")


def nlu(page: Page) -> int:
    page.goto("/pesan-belum-dipahami")
    return below(page, "div.sheet")


def phone(page: Page) -> int:
    page.goto(PRACTICE)
    return PHONE[1]


PICTURES: dict[str, Callable[[Page], int]] = {
    "queue": queue,
    "case": case,
    "mediation": mediation,
    "statistics": statistics,
    "nlu": nlu,
    "phone": phone,
}


def opens(page: Page, asked: str) -> None:
    """The first case for practice in a part of the queue."""
    page.goto(f"{PRACTICE}&{asked}")
    page.locator("ol.cases h3 a").first.click()
    page.locator("h1", has_text="KR-").wait_for()


def below(page: Page, selector: str, margin: int = 16) -> int:
    """The pixel where an element ends, with a margin."""
    box = page.locator(selector).first.bounding_box()
    assert box, selector
    scrolled = int(page.evaluate("scrollY"))
    return round(box["y"] + box["height"]) + scrolled + margin


def shoot(page: Page, name: str, width: int, height: int) -> None:
    """Write docs/images/console-<name>.png, in 256 colours."""
    page.evaluate("document.activeElement.blur()")
    target = IMAGES / f"console-{name}.png"
    clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(height)}
    page.screenshot(path=target, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
    with Image.open(target) as taken:
        taken.convert("RGB").quantize(256).save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(PROJECT)}: {width} x {height}, {size // 1000} kB")
    if size > LARGEST:
        sys.exit(f"{name} is larger than {LARGEST // 1000} kB: crop it.")


if __name__ == "__main__":
    main()

"""A whole case, as it happens: asked for in Telegram, heard of in the staff's group, worked on in the console, closed.

One real process is bot and console at once; Telegram's Bot API is the test server, the browser a real Chromium.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.nlu import Endpoint
from store import totp
from tests.botapi import BotApiServer, BotMessage, Group, Person
from tests.hotline.browser import DESK
from tests.hotline.console import PASSWORD
from tests.kawan.test_console import free_port
from tests.telegram.errands import CODE, waits_until
from tests.telegram.process import BotProcess

GROUP = -100_770_077
SARI = 73_510_042  # Telegram's number of the person; must show nowhere
STORY = "Bos simpan KTP saya dan kunci pintu mes dari luar"
ANSWER_OF_SARI = "Boleh, kak. Pintu dibuka jam enam pagi"
ASKED_OF_AGENCY = "Mendampingi mengambil KTP yang ditahan"
AGENCY = "LBH Bali (YLBHI)"
PATIENCE = 40.0  # seconds


@dataclass(frozen=True)
class Hotline:
    """A running hotline: its process, Telegram around it, the group of its staff, the address of its console."""

    bot: BotProcess
    telegram: BotApiServer
    group: Group
    url: str


@pytest.fixture
def hotline(nlu: Endpoint, telegram: BotApiServer, tmp_path: Path) -> Iterator[Hotline]:
    """Bot and console in one process, staff who have a one-time password, a group for alerts."""
    port = free_port()
    bot = BotProcess(telegram, tmp_path, KAWAN_CONSOLE_PORT=str(port), KAWAN_STAFF_GROUP=str(GROUP))
    group = telegram.group(GROUP, "Petugas Kawan Rantau")
    try:
        yield Hotline(bot, telegram, group, f"http://127.0.0.1:{port}")
    finally:
        bot.stop()
    assert "Traceback" not in bot.log.read_text()


def hears(chat: Person | Group, words: str) -> list[BotMessage]:
    """Waits for a message that holds these words, however busy the machine is."""
    return chat.waits_for(timeout=PATIENCE, containing=words)


# --- staff, before the first case ---------------------------------------------------------------------------------


def hired(hotline: Hotline, login: str, role: str, name: str) -> str:
    """An account made by the operator; its one-time password."""
    added = hotline.bot.kawan("staff", "add", login, "--role", role, "--name", name, "--one-time")
    password = re.search(r"One-time password: (\S+)", added.stdout)
    assert password, added.stderr
    return password[1]


def links_her_telegram(hotline: Hotline, login: str, person: Person) -> None:
    made = hotline.bot.kawan("staff", "link", login).stdout.splitlines()
    person.sends(f"/tautkan {made[0]}")
    hears(person, f"tertaut dengan {login}")


@contextmanager
def window(chromium: Browser, hotline: Hotline) -> Iterator[Page]:
    """A browser of her own; what it complains about (blocked styles, script errors) fails the test."""
    complaints: list[str] = []
    context = chromium.new_context(
        base_url=hotline.url, locale="id-ID", viewport={"width": DESK["width"], "height": DESK["height"]}
    )
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    # A refused sign-in is no mistake of a page.
    assert [text for text in complaints if "status of 422" not in text] == []


def signs_in(page: Page, login: str, password: str, code: str = "") -> None:
    page.goto("/masuk")
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_label("Kode 6 angka").fill(code)
    presses(page, "Masuk")


def moves_in(page: Page, login: str, one_time: str) -> str:
    """The first visit: a password of her own, one-time codes on her phone. Returns the secret of the codes."""
    signs_in(page, login, one_time)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ganti kata sandi")
    page.get_by_label("Kata sandi sekarang").fill(one_time)
    page.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    page.get_by_label("Sekali lagi").fill(PASSWORD)
    presses(page, "Simpan")
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/akun/kode")
    page.get_by_text("Tidak bisa memindai?").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Kode 6 angka").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    presses(page, "Pasang kode")
    expect(page.get_by_role("status")).to_contain_text("Kode terpasang.")
    presses(page, "Keluar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")
    return secret


def signs_in_with_code(page: Page, login: str, secret: str) -> None:
    """The password alone is refused; with a code that was not used yet the way is open."""
    signs_in(page, login, PASSWORD)
    expect(page.get_by_role("alert")).to_be_visible()
    fresh = pyotp.TOTP(secret).at(int(time.time()) + totp.STEP)  # the one before has set up the codes
    signs_in(page, login, PASSWORD, fresh)
    expect(page.get_by_role("heading", level=1)).to_have_text("Antrean")


# --- the person ---------------------------------------------------------------------------------------------------


def asks_for_help(sari: Person) -> str:
    """Fill in the request for help as someone does who is locked in; the code."""
    sari.sends("/bantu")
    hears(sari, "Boleh tanpa nama")
    sari.presses("Minta bantuan petugas")
    for question, button in (
        ("Boleh saya simpan", "Ya, juga lembaga"),
        ("soal apa", "Ditahan atau dipaksa kerja"),
        ("dalam bahaya sekarang", "Tidak"),
        ("Umur", "18 ke atas"),
    ):
        hears(sari, question)
        sari.presses(button)
    hears(sari, "Ceritakan")
    sari.sends(STORY)
    hears(sari, "Di mana")
    sari.sends("Dalung")
    for question, button in (
        ("Sejak kapan", "Lewati"),
        ("Ada bukti", "Lewati"),
        ("tidak boleh tahu", "Lewati"),
        ("Aman kalau kami menghubungi", "Aman, kapan saja"),
        ("nama atau nomor", "Lewati"),
        ("Adakah petugas kami", "Lewati"),
        ("Ini yang akan dikirim", "✅ Kirim"),
    ):
        hears(sari, question)
        sari.presses(button)
    code = CODE.search(hears(sari, "KR-")[0].text)
    assert code is not None
    return code[0]


def hears_only_that_there_is_news(sari: Person, code: str) -> None:
    """What a locked screen may show."""
    notice = hears(sari, "Ada kabar")[-1]
    assert notice.text == f"Ada kabar untuk {code}."
    assert notice.buttons == ["Baca"]


def reads(sari: Person, words: str) -> None:
    sari.presses("Baca")
    hears(sari, words)


def answers(sari: Person, code: str, text: str) -> None:
    sari.presses("Balas")
    hears(sari, f"diteruskan ke petugas untuk {code}")
    sari.sends(text)
    hears(sari, f"✓ Diteruskan ke petugas ({code}).")


# --- the staff's group --------------------------------------------------------------------------------------------


def the_group_hears_the_code_and_nothing_else(hotline: Hotline, code: str) -> None:
    [alert] = hears(hotline.group, code)
    assert alert.text == f"🔴 {code}: mendesak\n{hotline.url}/kasus/{code}"
    assert alert.buttons == ["Saya ambil"]
    # Beside it there is the daily digest at most: numbers.
    said = " ".join(message.text for message in hotline.group.received())
    for secret in (STORY, "KTP", "Dalung", "Badung", "Yublina", str(SARI)):
        assert secret not in said


def is_refused(hotline: Hotline, colleague: Person) -> None:
    """A Telegram account that nobody has linked takes nothing and learns nothing."""
    hotline.group.member_presses(colleague, "Saya ambil")
    waits_until(lambda: bool(colleague.notices), "an answer to the button")
    assert "belum tertaut" in colleague.notices[0]


def takes_it(hotline: Hotline, member: Person, code: str) -> None:
    hotline.group.member_presses(member, "Saya ambil")
    hears(hotline.group, f"{code} sudah diambil.")
    waits_until(lambda: bool(member.notices), "an answer to the button")
    assert "Anda mengambil kasus ini" in member.notices[0]


# --- the console --------------------------------------------------------------------------------------------------


def presses(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def is_told(page: Page, words: str) -> None:
    """What the page says after a form was sent."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def finds_it_in_the_queue(page: Page, code: str) -> None:
    expect(page.get_by_role("link", name=code)).to_have_count(0)  # new ones come first; this one is taken
    page.get_by_label("Kelompok kasus").get_by_role("link", name=re.compile("Ditangani")).click()
    case = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=code))
    expect(case).to_contain_text("Mendesak")
    expect(case).to_contain_text("Maria Bere")
    page.get_by_role("link", name=code).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(code)


def reads_the_story(page: Page) -> None:
    """What is heavy stays folded until she is ready."""
    expect(page.get_by_text(STORY)).to_be_hidden()
    page.get_by_text("Cerita: bisa berat dibaca.").click()
    expect(page.get_by_text(STORY)).to_be_visible()


def answers_with_a_ready_answer(page: Page) -> str:
    """Returns a piece of the words that went out."""
    page.get_by_label("Jawaban siap").last.select_option(label="Sudah dibaca")
    presses(page, "Pakai")
    expect(page.get_by_label("Balasan")).to_have_value(re.compile("Saya Maria, dan saya sudah membaca"))
    presses(page, "Kirim")
    is_told(page, "Terkirim ke antrean bot.")
    return "Saya Maria, dan saya sudah membaca"


def sees_in_the_talk(page: Page, code: str, words: str, beside: str) -> None:
    """The page is asked for anew until it shows what the bot did meanwhile."""

    def there() -> bool:
        page.goto(f"/kasus/{code}")
        return page.locator("ol.talk li").filter(has_text=words).filter(has_text=beside).count() == 1

    waits_until(there, f"{words!r} with {beside!r} beside it")


def prepares_a_referral(page: Page) -> None:
    page.get_by_role("link", name="Siapkan rujukan").click()
    page.get_by_label("Lembaga", exact=True).select_option(label=AGENCY)
    page.get_by_label("Apa yang diminta dari lembaga ini?").fill(ASKED_OF_AGENCY)
    page.get_by_role("checkbox", name="Cerita").check()
    presses(page, "Simpan rencana")
    is_told(page, "Belum ada yang dikirim.")
    # Not without consent.
    expect(page.get_by_role("button", name="Sudah bicara dengan lembaga")).to_have_count(0)


def notes_the_consent_and_sends_it(page: Page) -> None:
    page.get_by_label("Lewat percakapan di bot").check()
    presses(page, "Catat izin")
    is_told(page, "Tersimpan.")
    presses(page, "Sudah bicara dengan lembaga")
    is_told(page, "Tersimpan.")
    expect(page.get_by_role("main")).to_contain_text("Dikirim, menunggu jawaban")


def closes_it(page: Page, code: str) -> None:
    page.get_by_role("link", name=f"Kembali ke kasus {code}").click()
    page.get_by_label("Status", exact=True).last.select_option(label="Selesai")
    page.get_by_label("Hasil", exact=True).select_option(label="Dirujuk dan diterima lembaga lain")
    presses(page, "Simpan status")
    is_told(page, "Orangnya dikabari.")


def finds_the_deeds_in_the_trail(page: Page, code: str) -> None:
    page.goto("/jejak")
    page.get_by_label("Kode kasus").fill(code)
    presses(page, "Saring")
    rows = page.get_by_role("row").filter(has_text=code)
    expect(rows.filter(has_text="Kasus dicatat")).to_have_count(1)
    of_maria = rows.filter(has_text="Maria Bere")
    for deed in (
        "Mengambil kasus", "Membuka kasus", "Membalas lewat bot", "Menyiapkan rujukan", "Mencatat izin",
        "Menyerahkan rujukan", "Menutup kasus: Dirujuk dan diterima lembaga lain",
    ):  # fmt: skip
        expect(of_maria.filter(has_text=deed)).not_to_have_count(0)
    expect(page.get_by_role("main")).not_to_contain_text(STORY)


# --- all of it ----------------------------------------------------------------------------------------------------


@pytest.mark.timeout(600)  # the whole way takes a minute, and the machine may be busy
def test_a_case_from_the_alert_to_its_closing(hotline: Hotline, chromium_of_this_run: Browser) -> None:
    telegram = hotline.telegram
    sari, maria, bram = telegram.person(SARI, "Yublina"), telegram.person(2001), telegram.person(2002)
    marias_password = hired(hotline, "maria", "reviewer", "Maria Bere")
    lusias_password = hired(hotline, "lusia", "lead", "Lusia Hoar")
    hotline.bot.start()
    links_her_telegram(hotline, "maria", maria)

    code = asks_for_help(sari)
    the_group_hears_the_code_and_nothing_else(hotline, code)
    is_refused(hotline, bram)
    takes_it(hotline, maria, code)
    hears_only_that_there_is_news(sari, code)

    with window(chromium_of_this_run, hotline) as page:
        secret = moves_in(page, "maria", marias_password)
        signs_in_with_code(page, "maria", secret)
        finds_it_in_the_queue(page, code)
        reads_the_story(page)
        words = answers_with_a_ready_answer(page)

        sees_in_the_talk(page, code, words, "Terkirim · belum dibuka")
        hears_only_that_there_is_news(sari, code)
        reads(sari, words)
        answers(sari, code, ANSWER_OF_SARI)
        sees_in_the_talk(page, code, words, "dibaca")
        sees_in_the_talk(page, code, ANSWER_OF_SARI, "Orangnya")

        prepares_a_referral(page)
        notes_the_consent_and_sends_it(page)
        closes_it(page, code)
    hears_only_that_there_is_news(sari, code)
    reads(sari, "selesai")

    with window(chromium_of_this_run, hotline) as page:
        secret = moves_in(page, "lusia", lusias_password)
        signs_in_with_code(page, "lusia", secret)
        finds_the_deeds_in_the_trail(page, code)

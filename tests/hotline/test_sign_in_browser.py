"""Signing in with a real browser: with a one-time code, without a mouse, on a phone, and what happens when one leaves."""

from __future__ import annotations

import time

import pyotp
from playwright.sync_api import Page, expect

from store import totp, web_sessions
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import PASSWORD, Console


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))


def test_a_member_signs_in_with_password_and_one_time_code(console: Console, browsing: Browsing) -> None:
    page = browsing.stranger()
    page.goto("/akun")
    assert page.url.endswith("/masuk?ke=/akun")
    page.get_by_label("Nama masuk").fill("ani")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_label("Kode 6 angka").fill(console.code_of("ani"))
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")


def test_an_admin_sets_up_codes_with_her_phone_and_signs_in_with_one(
    console: Console, browsing: Browsing
) -> None:
    console.write(totp.remove, "ani")
    page = browsing.signed_in("ani")
    page.goto("/akun")
    assert page.url.endswith("/akun/kode")
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    assert findings(page) == []
    page.get_by_text("Tidak bisa memindai?").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Kode 6 angka").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    page.get_by_role("button", name="Pasang kode").click()
    expect(page.get_by_role("status")).to_contain_text("Kode terpasang.")
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.get_by_label("Nama masuk").fill("ani")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_label("Kode 6 angka").fill(pyotp.TOTP(secret).at(int(time.time()) + totp.STEP))
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_text("Ani Putri")).to_be_visible()


def test_the_keyboard_alone_is_enough(console: Console, browsing: Browsing) -> None:
    page = browsing.stranger()
    page.goto("/masuk?ke=/akun")
    page.keyboard.press("Tab")
    assert focused(page) == "Langsung ke isi"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "nama"
    page.keyboard.type("maria")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == "Ganti kata sandi":
            break
    assert page.evaluate(outline) == "solid"  # one sees where one is
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ganti kata sandi")


def test_mistakes_are_told_beside_their_field(console: Console, browsing: Browsing) -> None:
    page = browsing.signed_in("maria")
    page.goto("/akun/kata-sandi")
    page.get_by_label("Kata sandi sekarang").fill("bukan yang ini")
    page.get_by_label("Kata sandi baru", exact=True).fill("nasi jagung bose")
    page.get_by_label("Sekali lagi").fill("nasi jagung bose")
    page.get_by_role("button", name="Simpan").click()
    field = page.get_by_label("Kata sandi sekarang")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Kata sandi ini tidak cocok.")
    assert findings(page) == []


def test_everything_fits_a_phone_of_360_pixels(console: Console, browsing: Browsing) -> None:
    page = browsing.stranger(PHONE)
    page.goto("/masuk")
    assert fits_the_screen(page)
    assert findings(page) == []
    page = browsing.signed_in("maria", PHONE)
    for path in ("/akun", "/akun/kata-sandi", "/akun/kode", "/tidak-ada"):
        page.goto(path)
        assert fits_the_screen(page), path
        assert findings(page) == [], path


def test_on_a_phone_the_menu_unfolds_and_closes_with_escape(browsing: Browsing) -> None:
    page = browsing.signed_in("ani", PHONE)
    page.goto("/akun")
    link = page.get_by_role("link", name="Petugas", exact=True)
    expect(link).to_be_hidden()
    button = page.get_by_role("button", name="Menu")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    assert fits_the_screen(page)
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Petugas")


def test_colours_keep_their_contrast_in_the_dark(browsing: Browsing) -> None:
    page = browsing.stranger(dark=True)
    page.goto("/masuk")
    assert findings(page) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 22)"
    page = browsing.signed_in("maria", dark=True)
    page.goto("/akun")
    assert findings(page) == []


def test_who_sits_idle_is_warned_and_may_stay(console: Console, browsing: Browsing) -> None:
    page = browsing.signed_in("maria")
    page.clock.install()
    page.goto("/akun")
    page.clock.run_for("17:50")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.run_for("00:20")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="Saya masih di sini").click()
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_what_was_on_the_screen_goes_when_the_session_ends(console: Console, browsing: Browsing) -> None:
    page = browsing.signed_in("maria")
    page.clock.install()
    page.goto("/akun")
    console.write(web_sessions.end_all, "maria")
    page.clock.run_for("20:30")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")


def test_the_back_button_shows_nothing_after_signing_out(console: Console, browsing: Browsing) -> None:
    page = browsing.signed_in("maria")
    page.goto("/akun")
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")


def test_it_works_without_javascript(browsing: Browsing) -> None:
    page = browsing.stranger(scripts=False)
    page.goto("/masuk?ke=/akun")
    page.get_by_label("Nama masuk").fill("maria")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.get_by_role("button", name="Keluar dari semua perangkat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")

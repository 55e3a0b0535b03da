"""What a member changes of her own account."""

from __future__ import annotations

import re

import pyotp

from store import staff, staff_links, throttle
from tests.hotline.console import PASSWORD, Console, Visitor

NEW = "nasi jagung bose panas"


def change(visitor: Visitor, **fields: str) -> str:
    answer = visitor.post("/akun/kata-sandi", {"lama": PASSWORD, "baru": NEW, "ulang": NEW, **fields})
    return answer.text if answer.status_code != 303 else ""


def test_a_new_password_ends_other_sessions_and_the_old_password(console: Console) -> None:
    here, phone = console.signed_in("maria"), console.signed_in("maria")
    old_cookie = here.http.cookies.get("kawan")
    assert change(here) == ""
    assert "Kata sandi diganti." in here.get("/akun").text
    assert here.http.cookies.get("kawan") != old_cookie
    assert phone.get("/akun").status_code == 303
    assert console.stranger().signs_in("maria", PASSWORD).status_code == 422
    assert console.stranger().signs_in("maria", NEW).status_code == 303


def test_a_password_that_will_not_do_is_explained(console: Console) -> None:
    maria = console.signed_in("maria")
    assert "Kata sandi ini tidak cocok." in change(maria, lama="bukan ini sandinya")
    assert "Dua isian ini tidak sama." in change(maria, ulang="lain")
    assert "Paling sedikit 12 huruf" in change(maria, baru="pendek", ulang="pendek")
    assert "Pilih kata sandi yang lain" in change(maria, baru=PASSWORD, ulang=PASSWORD)
    assert "hampir hanya nama masuk" in change(maria, baru="maria-maria!", ulang="maria-maria!")
    assert console.stranger().signs_in("maria", PASSWORD).status_code == 303


def test_guessing_the_password_at_an_open_browser_is_counted(console: Console) -> None:
    maria = console.signed_in("maria")
    for _ in range(throttle.MOST_PAIR):
        change(maria, lama="bukan ini sandinya")
    assert "Terlalu banyak percobaan" in change(maria)


def secret_on(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)
    assert found
    return found[1].replace(" ", "")


def test_codes_are_set_up_with_a_phone_and_the_password(console: Console) -> None:
    here, other = console.signed_in("maria"), console.signed_in("maria")
    secret = secret_on(here.get("/akun/kode").text)
    assert secret_on(here.get("/akun/kode").text) == secret
    assert here.get("/akun/kode.svg").text.startswith("<?xml")
    code = pyotp.TOTP(secret).now()
    assert "Kode ini tidak cocok" in here.post("/akun/kode", {"kode": "000000", "sandi": PASSWORD}).text
    assert "Kata sandi ini tidak cocok." in here.post("/akun/kode", {"kode": code, "sandi": "bukan"}).text
    assert here.post("/akun/kode", {"kode": code, "sandi": PASSWORD}).headers["location"] == "/akun"
    assert "Kode terpasang." in here.get("/akun").text
    assert other.get("/akun").status_code == 303
    assert staff.active(console.db, "maria").has_totp
    assert console.stranger().signs_in("maria", PASSWORD).status_code == 422
    assert console.stranger().signs_in("maria", PASSWORD, code).status_code == 422  # used up


def test_the_picture_is_there_only_while_codes_are_being_set_up(console: Console) -> None:
    assert console.signed_in("maria").get("/akun/kode.svg").status_code == 404


def test_codes_can_be_taken_away_with_the_password_but_not_by_an_admin(console: Console) -> None:
    from store import totp
    from tests.hotline.console import SECRET

    console.write(totp.set_up, console.keys, "lusia", SECRET, 0)
    lusia, ani = console.signed_in("lusia"), console.signed_in("ani")
    assert lusia.post("/akun/kode/lepas", {"sandi": "bukan"}).status_code == 422
    assert lusia.post("/akun/kode/lepas", {"sandi": PASSWORD}).headers["location"] == "/akun"
    assert not staff.active(console.db, "lusia").has_totp
    assert ani.post("/akun/kode/lepas", {"sandi": PASSWORD}).status_code == 404
    assert staff.active(console.db, "ani").has_totp


def test_the_language_is_the_members_own(console: Console) -> None:
    maria = console.signed_in("maria")
    assert '<html lang="id">' in maria.get("/akun").text
    assert maria.post("/bahasa", {"bahasa": "en", "ke": "/akun"}).headers["location"] == "/akun"
    assert '<html lang="en">' in maria.get("/akun").text
    assert '<html lang="en">' in console.signed_in("maria").get("/akun").text
    assert '<html lang="id">' in console.signed_in("bram").get("/akun").text


def test_before_signing_in_the_browser_is_asked_and_a_choice_remembered(console: Console) -> None:
    visitor = console.stranger()
    assert '<html lang="en">' in visitor.get("/masuk", **{"accept-language": "en-GB,id;q=0.5"}).text
    assert '<html lang="id">' in visitor.get("/masuk", **{"accept-language": "fr"}).text
    visitor.post("/bahasa", {"bahasa": "en", "ke": "/masuk"})
    assert '<html lang="en">' in visitor.get("/masuk").text
    assert visitor.post("/bahasa", {"bahasa": "xx", "ke": "//example.org"}).headers["location"] == "/masuk"


def test_a_telegram_account_is_linked_by_a_code_and_taken_off_again(console: Console) -> None:
    maria = console.signed_in("maria")
    found = re.search(r"/tautkan ([0-9A-Z-]{14})", maria.post("/akun/telegram").text)
    assert found
    assert console.write(staff_links.redeem, console.keys, found[1], 4711)
    assert "sudah tertaut" in maria.get("/akun").text
    maria.post("/akun/telegram/putus")
    assert staff.active(console.db, "maria").telegram is None


def test_typing_counts_as_being_here(console: Console) -> None:
    maria = console.signed_in("maria")
    answer = maria.post("/sesi")
    assert (answer.status_code, 1190 < int(answer.text) <= 1200) == (200, True)
    assert console.stranger().post("/sesi").status_code == 303


def test_the_account_page_names_her_browsers(console: Console) -> None:
    visitor = console.stranger()
    visitor.http.headers["user-agent"] = (
        "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
    )
    visitor.signs_in("maria", PASSWORD)
    assert "Firefox, Android" in visitor.get("/akun").text

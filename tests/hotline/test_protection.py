"""What protects every answer, whoever asks."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from litestar.routes import HTTPRoute

from store import accounts, throttle
from tests.hotline.console import PASSWORD, Console

WITHOUT_SIGN_IN = {"/masuk", "/bahasa", "/health", "/metrics", "/static/{file_path}"}


def routes(console: Console) -> list[tuple[str, str]]:
    """(method, path) of everything the console answers to."""
    return sorted(
        (method, route.path_format)
        for route in console.app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods - {"OPTIONS", "HEAD"}
    )


def filled(path: str) -> str:
    """A path with something in its places."""
    return re.sub(r"\{(\w+)\}", lambda place: "1" if place[1] in ("id", "number") else "KR-0000-0000", path)


# --- strangers ----------------------------------------------------------------------------------------


def test_a_stranger_sees_nothing_of_any_page(console: Console) -> None:
    found = [(method, path) for method, path in routes(console) if path not in WITHOUT_SIGN_IN]
    assert len(found) > 10
    for method, path in found:
        visitor = console.stranger()
        target = filled(path)
        answer = visitor.get(target) if method == "GET" else visitor.post(target)
        assert (method, path, answer.status_code, answer.text) == (method, path, 303, "")
        assert answer.headers["location"].startswith("/masuk")


def test_what_is_open_to_all_is_listed_here(console: Console) -> None:
    assert {path for _method, path in routes(console)} >= WITHOUT_SIGN_IN


def test_a_page_that_is_not_there_and_one_of_another_role_look_the_same(console: Console) -> None:
    rini = console.signed_in("rini")
    refused = [path for method, path in routes(console) if method == "GET" and "{code}" in path]
    for path in refused:
        answer = rini.get(filled(path))
        assert (path, answer.status_code) == (path, 404)
        assert "Halaman ini tidak ada." in answer.text
        assert "KR-0000-0000" not in answer.text


# --- headers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/masuk", "/akun", "/tidak-ada", "/health", "/static/console.css", "/static/tidak-ada"]
)
def test_every_answer_carries_the_headers(console: Console, path: str) -> None:
    headers = console.signed_in("maria").get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-robots-tag"] == "noindex"
    assert "server" not in headers
    kept = path == "/static/console.css"
    assert headers["cache-control"] == ("max-age=31536000, public, immutable" if kept else "no-store")


def test_pages_hold_no_inline_script_or_style_and_load_only_our_own_files(console: Console) -> None:
    for page in (console.stranger().get("/masuk").text, console.signed_in("maria").get("/akun").text):
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)|javascript:", page)
        for address in re.findall(r'(?:src|href|action)="([^"]+)"', page):
            assert address.startswith(("/", "#")), address


def test_behind_https_cookies_are_secure_and_bound_to_the_host(data_dir: Path) -> None:
    with Console(data_dir, url="https://konsol.example.org") as console:
        address = f"http://127.0.0.1:{console.config.port}"
        with httpx.Client(base_url=address, headers={"host": "konsol.example.org"}) as browser:
            page = browser.get("/masuk")
            assert page.headers["strict-transport-security"] == "max-age=31536000"
            form_cookie = page.headers["set-cookie"]
            assert form_cookie.startswith("__Host-kawan-form=")
            token = re.search(r'_csrf_token" value="(\w+)"', page.text)
            assert token
            answer = browser.post(
                "/masuk",
                data={"_csrf_token": token[1], "nama": "maria", "sandi": PASSWORD},
                headers={"cookie": form_cookie.split(";")[0]},
            )
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Host-kawan=")
            for each in (form_cookie, cookie):
                flags = {part.strip().lower() for part in each.split(";")}
                assert {"secure", "httponly", "samesite=strict", "path=/"} <= flags
                assert not any(flag.startswith("domain") for flag in flags)


# --- forged forms, other names, floods ----------------------------------------------------------------


def test_a_form_without_its_protection_is_refused(console: Console) -> None:
    maria = console.signed_in("maria")
    for data in ({}, {"_csrf_token": "0" * 128}):
        answer = maria.http.post("/akun/sesi/akhiri-semua", data=data)
        assert answer.status_code == 403
        assert "muat ulang halaman" in answer.text
    assert maria.get("/akun").status_code == 200


def test_the_protection_of_one_browser_does_not_serve_another(console: Console) -> None:
    maria, attacker = console.signed_in("maria"), console.stranger()
    token = re.search(r'_csrf_token" value="(\w+)"', attacker.get("/masuk").text)
    assert token
    assert maria.http.post("/akun/sesi/akhiri-semua", data={"_csrf_token": token[1]}).status_code == 403


def test_open_forms_outlive_a_restart(console: Console, data_dir: Path) -> None:
    from hotline.security import csrf

    assert csrf(console.keys, console.config).secret == csrf(console.keys, console.config).secret


def test_another_name_for_this_machine_is_refused(console: Console) -> None:
    answer = console.stranger().get("/masuk", host="evil.example.org")
    assert answer.status_code == 400


def test_a_flood_of_requests_is_slowed_down(data_dir: Path) -> None:
    with Console(data_dir, requests_a_minute=5) as console:
        visitor = console.stranger()
        answers = [visitor.get("/masuk").status_code for _ in range(7)]
        assert answers == [200] * 5 + [429] * 2
        assert visitor.get("/static/console.css").status_code == 200
        assert visitor.get("/health").status_code == 200


def test_behind_a_proxy_tries_are_counted_by_the_visitors_address(data_dir: Path) -> None:
    with Console(data_dir) as console:  # its proxy is this machine
        visitor = console.stranger()
        for number in range(throttle.MOST_PAIR * 2):
            token = {"x-forwarded-for": f"203.0.113.{number % 2}"}
            assert visitor.signs_in("maria", "salah sama sekali", headers=token).status_code == 422
        for number in range(2):
            token = {"x-forwarded-for": f"203.0.113.{number}"}
            assert visitor.signs_in("maria", PASSWORD, headers=token).status_code == 429


def test_an_address_anyone_may_claim_is_not_believed(data_dir: Path) -> None:
    with Console(data_dir, proxy="192.0.2.1") as console:
        visitor = console.stranger()
        for number in range(throttle.MOST_PAIR):
            token = {"x-forwarded-for": f"203.0.113.{number}"}
            assert visitor.signs_in("maria", "salah sama sekali", headers=token).status_code == 422
        assert (
            visitor.signs_in("maria", PASSWORD, headers={"x-forwarded-for": "203.0.113.99"}).status_code
            == 429
        )


def test_a_form_too_large_is_refused(console: Console) -> None:
    answer = console.stranger().signs_in("maria", "x" * 2_100_000)
    assert answer.status_code == 413


# --- watchers -----------------------------------------------------------------------------------------


def test_numbers_are_for_this_machine_only_and_hold_no_codes(console: Console) -> None:
    visitor = console.signed_in("maria")
    visitor.get("/akun")
    visitor.get("/kasus/KR-AAAA-BBBB")
    numbers = visitor.get("/metrics")
    assert numbers.status_code == 200
    assert 'path="/akun"' in numbers.text
    assert "KR-AAAA" not in numbers.text
    for header in (
        {"x-forwarded-for": "203.0.113.9"},
        {"host": "konsol.example.org"},
        {"forwarded": "for=x"},
    ):
        assert visitor.get("/metrics", **header).status_code in (400, 404)


def test_health_says_no_more_than_that(console: Console) -> None:
    assert console.stranger().get("/health").json() == {"status": "ok"}


# --- mistakes of ours ---------------------------------------------------------------------------------


def test_a_mistake_of_ours_shows_nothing_and_logs_kind_and_place_only(
    console: Console, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_arguments: object) -> None:
        raise ValueError("Yohana from Oebobo")

    monkeypatch.setattr(accounts, "stored_password", broken)
    answer = console.stranger().signs_in("maria", PASSWORD)
    assert answer.status_code == 500
    assert "Ada yang salah di pihak kami." in answer.text
    said = capsys.readouterr()
    for place in (answer.text, said.out, said.err):
        assert "Yohana" not in place
        assert "Traceback" not in place
    assert "console.failed" in said.out + said.err
    assert "ValueError" in said.out + said.err


def test_the_log_names_no_one(console: Console, capfd: pytest.CaptureFixture[str]) -> None:
    console.stranger().signs_in("maria", "salah sama sekali")
    console.signed_in("maria").get("/kasus/KR-AAAA-BBBB")
    said = capfd.readouterr()
    assert "maria" not in said.out + said.err
    assert "KR-AAAA" not in said.out + said.err

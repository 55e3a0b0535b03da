"""Files a stranger has sent: shown or downloaded, never run; each opening recorded."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from store import evidence, visibility
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.cases import add_file, deeds, file_case, give_to_mediator
from tests.hotline.console import Console

EVIL = b"<script>alert(1)</script>"


def picture() -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    return made.getvalue()


def test_a_picture_is_shown_and_its_opening_recorded(console: Console) -> None:
    code = file_case(console)
    id = add_file(console, code, picture())
    maria = console.signed_in("maria")
    page = maria.get(f"/kasus/{code}").text
    assert f'<img src="/kasus/{code}/bukti/{id}"' in page
    assert deeds(console, code) == []
    answer = maria.get(f"/kasus/{code}/bukti/{id}")
    assert (answer.content, answer.headers["content-type"]) == (picture(), "image/png")
    assert answer.headers["content-disposition"] == f'inline; filename="bukti-{code}-{id}.png"'
    assert deeds(console, code) == [("maria", f"opened file {id}")]


@pytest.mark.parametrize(
    ("kind", "mime", "sent_as"),
    [
        ("document", "text/html", "application/octet-stream"),
        ("document", "image/svg+xml", "application/octet-stream"),
        ("document", "application/x-msdownload", "application/octet-stream"),
        ("document", "application/pdf", "application/pdf"),
        ("voice", "audio/ogg", "audio/ogg"),
        ("document", "nonsense\r\nSet-Cookie: x=1", "application/octet-stream"),
    ],
)
def test_anything_but_a_picture_is_a_download_that_cannot_run(
    console: Console, kind: str, mime: str, sent_as: str
) -> None:
    code = file_case(console)
    id = add_file(console, code, EVIL, kind, mime)
    answer = console.signed_in("maria").get(f"/kasus/{code}/bukti/{id}")
    assert answer.content == EVIL
    assert answer.headers["content-type"].split(";")[0] == sent_as
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="bukti-{code}-{id}.')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.headers["cache-control"] == "no-store"
    assert "x" not in answer.cookies


def test_files_are_for_those_who_may_see_the_case(console: Console) -> None:
    code, other = file_case(console, "mediation"), file_case(console)
    id = add_file(console, code, picture())
    console.write(visibility.exclude, code, "bram")
    give_to_mediator(console, code)
    paths = (f"/kasus/{code}/bukti/{id}", f"/kasus/{other}/bukti/{id}", f"/kasus/{code}/bukti/{id + 1}")
    expected = {
        "maria": (200, 404, 404),
        "bram": (404, 404, 404),
        "yosef": (200, 404, 404),
        "rini": (404, 404, 404),
    }
    for login, statuses in expected.items():
        visitor = console.signed_in(login)
        assert tuple(visitor.get(path).status_code for path in paths) == statuses, login
    assert console.stranger().get(paths[0]).status_code == 303
    assert [who for who, _what in deeds(console, code) if who not in ("bot",)] == ["maria", "yosef"]


@pytest.mark.parametrize(
    ("status", "words"), [("pending", "Sedang diambil dari Telegram"), ("failed", "Tidak bisa diambil")]
)
def test_a_file_that_is_not_here_is_named_without_a_link(console: Console, status: str, words: str) -> None:
    code = file_case(console)
    id = add_file(console, code, picture())
    console.db.execute("update evidence set status = ? where id = ?", [status, id])
    maria = console.signed_in("maria")
    page = maria.get(f"/kasus/{code}").text
    assert words in page
    assert f"/bukti/{id}" not in page
    assert maria.get(f"/kasus/{code}/bukti/{id}").status_code == 404


def test_a_picture_is_fetched_only_when_its_fold_is_opened(console: Console, browsing: Browsing) -> None:
    code = file_case(console)
    add_file(console, code, picture())
    console.write(
        evidence.add,
        console.keys,
        code,
        {"kind": "location", "mime": "text/plain", "size": 9, "text": "-8.6, 115"},
    )
    page = browsing.signed_in("maria", PHONE)
    page.goto(f"/kasus/{code}")
    page.wait_for_load_state("networkidle")
    assert deeds(console, code) == []
    page.get_by_text("Foto 1: bisa berat dilihat").click()
    expect(page.locator(".files img")).to_have_js_property("naturalWidth", 40)
    assert [who for who, what in deeds(console, code)] == ["maria"]
    assert fits_the_screen(page)
    assert findings(page) == []

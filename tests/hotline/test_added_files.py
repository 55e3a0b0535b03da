"""Files staff add to a case: for those who work on it, of a kind decided by the content, without what a camera knows."""

from __future__ import annotations

import io
import zipfile
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from playwright.sync_api import expect

from hotline.file_types import recognised
from hotline.uploads import LARGEST_UPLOAD
from store import audit, evidence, referrals, visibility
from store.evidence import MOST_BYTES, MOST_PER_CASE
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.cases import add_file, deeds, file_case, give_to_mediator, row
from tests.hotline.console import Console, Visitor
from tests.store.test_silence import bytes_of

CAMERA = "Kamera-Rahasia-9"
PDF = b"%PDF-1.7\nkontrak kos yang tidak boleh terbaca di berkas\n%%EOF"


def photo() -> bytes:
    """What a phone takes: with place and device."""
    told = Image.Exif()
    told[Base.Model] = CAMERA
    place = told.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "S", (8.0, 39.0, 12.5)
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", exif=told)
    return out.getvalue()


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name in names:
            box.writestr(name, "x")
    return out.getvalue()


def sends(
    visitor: Visitor, code: str, content: bytes | None, name: str = "IMG_Ana.jpg", mime: str = "image/jpeg"
) -> httpx.Response:
    """The upload as a browser without scripts sends it."""
    visitor.get("/akun")
    token = visitor.post("/akun").request.content.decode().partition("=")[2]
    files = {"berkas": (name, content, mime)} if content is not None else {"berkas": ("", b"", mime)}
    return visitor.http.post(f"/kasus/{code}/berkas", data={"_csrf_token": token}, files=files)


def kept(console: Console, code: str) -> list[tuple[str, str]]:
    return [(item.kind, item.mime) for item in evidence.listed(console.db, code)]


def test_the_assigned_one_and_a_mediator_of_the_case_add_files_and_nobody_else_knows_of_it(
    console: Console,
) -> None:
    mediation, other = file_case(console, "mediation"), file_case(console)
    give_to_mediator(console, mediation)
    console.write(visibility.exclude, mediation, "bram")
    expected = {
        "maria": (303, 303), "lusia": (303, 303), "yosef": (303, 404), "bram": (404, 303), "rini": (404, 404),
    }  # fmt: skip
    for login, statuses in expected.items():
        visitor = console.signed_in(login)
        got = tuple(sends(visitor, code, PDF).status_code for code in (mediation, other))
        assert (login, got) == (login, statuses)
    stranger = sends(console.stranger(), mediation, PDF)
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/masuk")
    for code, who in ((mediation, ["maria", "lusia", "yosef"]), (other, ["maria", "lusia", "bram"])):
        items = evidence.listed(console.db, code)
        added = [(name, what) for name, what in deeds(console, code) if what.startswith("added")]
        assert added == [(name, f"added file {i.id}") for name, i in zip(who, items, strict=True)]
    assert audit.first_broken(console.db) is None


def test_a_form_without_its_protection_adds_nothing(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    for data in ({}, {"_csrf_token": "0" * 128}):
        answer = maria.http.post(f"/kasus/{code}/berkas", data=data, files={"berkas": ("a.pdf", PDF)})
        assert answer.status_code == 403
    hidden = {"_csrf_token": ("token.txt", b"0" * 128), "berkas": ("a.pdf", PDF)}
    assert maria.http.post(f"/kasus/{code}/berkas", files=hidden).status_code == 403
    assert kept(console, code) == []


def test_a_photo_loses_place_and_device_and_is_shown(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    assert CAMERA.encode() in photo()
    assert sends(maria, code, photo()).headers["location"] == f"/kasus/{code}#berkas"
    page = maria.get(f"/kasus/{code}").text
    assert "Berkas disimpan" in page
    assert "IMG_Ana" not in page
    [item] = evidence.listed(console.db, code)
    shown = maria.get(f"/kasus/{code}/bukti/{item.id}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert CAMERA.encode() not in shown.content
    seen = Image.open(io.BytesIO(shown.content))
    assert (seen.size, dict(seen.getexif()), seen.getexif().get_ifd(IFD.GPSInfo)) == ((60, 40), {}, {})
    assert "Menambah berkas" in maria.get(f"/kasus/{code}").text


def test_on_the_disk_lies_nothing_of_a_file_but_what_its_case_key_opens(
    console: Console, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = file_case(console)
    on_disk: list[object] = []
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *a, **k: on_disk.append(a))
    large = PDF + b"rahasia " * 400_000  # above one megabyte Litestar would put it into a file of its own
    assert sends(console.signed_in("maria"), code, large, "kontrak Ana.pdf").status_code == 303
    stored = bytes_of(data_dir)
    assert code.encode() in stored
    assert [words for words in (b"kontrak", b"rahasia", b"Ana.pdf") if words in stored] == []
    assert on_disk == []
    [item] = evidence.listed(console.db, code)
    assert console.write(evidence.opened, console.keys, code, item.id, "maria")[1] == large
    key = referrals.key_of(console.db, console.keys, code)
    assert key.unseal_bytes(next(console.db.query("select content from evidence"))["content"]) == large


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<!doctype html><script>alert(1)</script>", "foto.jpg", "bukan foto"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><svg onload="alert(1)"/>', "foto.png", "bukan foto"),
        (b"MZ\x90\x00\x03program", "surat.pdf", "bukan foto"),
        (packed("word/document.xml", "word/vbaProject.bin"), "surat.docx", "bukan foto"),
        (packed("jalan.exe"), "surat.docx", "bukan foto"),
        (b"\xff\xd8\xff" + b"bukan gambar" * 9, "foto.jpg", "tidak bisa dibaca"),
        (b"", "kosong.jpg", "Pilih dulu"),
        (None, "", "Pilih dulu"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(
    console: Console, content: bytes | None, name: str, said: str
) -> None:
    code = file_case(console)
    answer = sends(console.signed_in("maria"), code, content, name)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert kept(console, code) == []
    assert [what for _who, what in deeds(console, code)] == []


def test_the_content_says_what_a_file_is_and_not_the_browser(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    assert sends(maria, code, PDF, "x.html", "text/html").status_code == 303
    assert (
        sends(maria, code, "Chat WhatsApp: «kapan bayar?»".encode(), "x.svg", "image/svg+xml").status_code
        == 303
    )
    assert sends(maria, code, b"OggS" + b"\0" * 40, "x.png", "image/png").status_code == 303
    assert kept(console, code) == [
        ("document", "application/pdf"), ("document", "text/plain"), ("voice", "audio/ogg"),
    ]  # fmt: skip
    text = maria.get(f"/kasus/{code}/bukti/{evidence.listed(console.db, code)[1].id}")
    assert text.headers["content-disposition"].startswith("attachment;")
    assert text.headers["content-security-policy"].startswith("default-src 'none'; sandbox")


@pytest.mark.parametrize(
    ("content", "kind", "mime"),
    [
        (b"\0\0\0\x20ftypisom" + b"\0" * 20 + b"hdlr\0\0\0\0\0\0\0\0vide", "video", "video/mp4"),
        (b"\0\0\0\x20ftypmp42" + b"\0" * 20 + b"hdlr\0\0\0\0\0\0\0\0soun", "voice", "audio/mp4"),
        (b"\0\0\0\x18ftypM4A ", "voice", "audio/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video", "video/quicktime"),
        (b"\0\0\0\x18ftypheic", "photo", "image/heic"),
        (b"RIFF\1\2\n\4WEBPVP8 ", "photo", "image/webp"),
        (b"RIFF\1\2\3\4WAVEfmt ", "voice", "audio/wav"),
        (b"ID3\4", "voice", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "voice", "audio/mpeg"),
        (b"#!AMR\n", "voice", "audio/amr"),
        (b"BMW dijual murah, hubungi bos", "document", "text/plain"),
    ],
)
def test_kinds_are_told_by_their_first_bytes(content: bytes, kind: str, mime: str) -> None:
    found = recognised(content)
    assert found is not None
    assert (found.kind, found.mime) == (kind, mime)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfeh\0i\0",
        b"abc\0def",
        b"PK\x03\x04 and no more",
        b"  \n<html>",
        b"\x7fELF",
        b" ",
        b"RIFF\0\0\0\0CDXA",
    ],
)
def test_the_unknown_is_nothing(content: bytes) -> None:
    assert recognised(content) is None


def test_office_letters_and_tables_are_kept() -> None:
    for name, ending in (
        ("word/document.xml", "wordprocessingml.document"),
        ("xl/workbook.xml", "spreadsheetml.sheet"),
    ):
        found = recognised(packed("[Content_Types].xml", name))
        assert found is not None
        assert found.mime.endswith(ending)


def test_a_file_of_just_the_largest_size_is_kept_and_one_byte_more_is_not(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    assert sends(maria, code, PDF.ljust(MOST_BYTES, b"x")).status_code == 303
    answer = sends(maria, code, PDF.ljust(MOST_BYTES + 1, b"x"))
    assert answer.status_code == 422
    assert "Berkas itu terlalu besar (paling besar 10 MB)." in answer.text
    assert [item.size for item in evidence.listed(console.db, code)] == [MOST_BYTES]


def test_what_is_larger_than_we_care_to_read_is_answered_with_a_sentence_too(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    link = HTTPConnection(urlsplit(console.url).netloc)
    link.putrequest("POST", f"/kasus/{code}/berkas")
    link.putheader("Content-Type", "multipart/form-data; boundary=x")
    link.putheader("Content-Length", str(LARGEST_UPLOAD + 1))
    link.putheader("Cookie", "; ".join(f"{one.name}={one.value}" for one in maria.http.cookies.jar))
    link.endheaders()
    answer = link.getresponse()
    assert answer.status == 413
    assert "Berkas paling besar 10 MB. Tidak ada yang disimpan." in answer.read().decode()
    link.close()


def test_other_pages_read_no_more_than_a_form(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    maria.get("/akun")
    files = {"catatan": ("a.txt", b"x" * 3_000_000)}
    assert maria.http.post(f"/kasus/{code}/catatan", files=files).status_code == 413


def test_the_eleventh_is_refused_and_the_form_is_gone(console: Console) -> None:
    code = file_case(console)
    for _ in range(MOST_PER_CASE - 1):
        add_file(console, code, PDF, "document", "application/pdf")
    maria = console.signed_in("maria")
    assert 'type="file"' in maria.get(f"/kasus/{code}").text
    assert sends(maria, code, PDF).status_code == 303
    page = maria.get(f"/kasus/{code}").text
    assert 'type="file"' not in page
    assert "Sudah 10 berkas, itu batasnya." in page
    assert sends(maria, code, PDF).status_code == 422
    assert len(kept(console, code)) == MOST_PER_CASE


def test_files_of_people_under_18_are_not_stored(console: Console) -> None:
    code = file_case(console, age="under_18")
    for login in ("maria", "lusia"):
        visitor = console.signed_in(login)
        page = visitor.get(f"/kasus/{code}").text
        assert 'type="file"' not in page
        assert "Umur orangnya di bawah 18, jadi foto, suara dan berkas tidak disimpan." in page
        answer = sends(visitor, code, photo())
        assert (answer.status_code, "Umur orangnya di bawah 18" in answer.text) == (422, True)
    assert kept(console, code) == []


def test_a_closed_case_is_opened_again_first_or_house_keeping_would_take_the_file(console: Console) -> None:
    code = file_case(console)
    console.db.execute(
        "update referrals set status = 'closed', closed_at = created_at where code = ?", [code]
    )
    answer = sends(console.signed_in("maria"), code, PDF)
    assert (answer.status_code, "Buka lagi dulu" in answer.text) == (422, True)
    assert kept(console, code) == []


def test_a_colleague_who_has_the_case_open_is_told_of_the_new_file(console: Console) -> None:
    code = file_case(console)
    seen = row(console, code)["updated_at"]
    assert sends(console.signed_in("bram"), code, PDF).status_code == 303
    answer = console.signed_in("maria")
    answer.get(f"/kasus/{code}")
    answer.post(f"/kasus/{code}/status", {"status": "waiting", "dilihat": seen})
    assert "Menambah berkas" in answer.get(f"/kasus/{code}").text
    assert row(console, code)["status"] == "new"


def test_by_mouse_on_a_phone_with_a_sentence_before_a_large_file_is_sent(
    console: Console, browsing: Browsing
) -> None:
    code = file_case(console)
    page = browsing.signed_in("maria", PHONE)
    page.goto(f"/kasus/{code}")
    field = page.locator("#berkas-baru")
    field.set_input_files(
        {"name": "besar.pdf", "mimeType": "application/pdf", "buffer": b"x" * (MOST_BYTES + 1)}
    )
    assert (
        field.evaluate("field => field.validationMessage") == "Berkas itu terlalu besar (paling besar 10 MB)."
    )
    field.set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_role("button", name="Tambah berkas").click()
    expect(page.get_by_text("Berkas disimpan")).to_be_visible()
    expect(page.get_by_text("Foto 1: bisa berat dilihat")).to_be_visible()
    assert fits_the_screen(page)
    assert findings(page) == []
    field.set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    page.get_by_role("button", name="Tambah berkas").click()
    expect(page.locator("#berkas-baru-error")).to_be_visible()
    assert findings(page) == []
    assert len(kept(console, code)) == 1

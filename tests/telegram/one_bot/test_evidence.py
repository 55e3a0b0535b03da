"""What people send with a report arrives in the case: fetched from Telegram, cleaned, encrypted, once."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.botapi import BotApiServer, samples
from tests.telegram.errands import (
    CAMERA,
    cases_of,
    colour_of,
    files_a_message,
    files_of,
    opens_a_message,
    photo_with_gps,
    sends_it,
    states_of,
    tells_the_place,
    waits_for_files,
    waits_until,
    written_by_the_person,
)
from tests.telegram.process import BotProcess

RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)


def fetched(telegram: BotApiServer) -> int:
    """How often the bot asked for a file so far."""
    return len(telegram.calls_of("getFile"))


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_a_photo_arrives_in_the_case_without_the_place_it_was_taken(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari, before = telegram.person(id=73_510_077), fetched(telegram)
    opens_a_message(sari)
    sari.sends_photo(content=photo_with_gps(RED))
    sari.waits_for(containing="Sudah diterima: 1 foto.")
    assert fetched(telegram) == before  # nothing is fetched until it is sent
    code = sends_it(sari, "Selesai")
    waits_for_files(bot, code, "kept")
    [(item, content)] = files_of(bot, code)
    assert (item.kind, item.mime) == ("photo", "image/jpeg")
    assert alike(colour_of(content), RED)
    assert not tells_the_place(content)
    stored = b"".join(file.read_bytes() for file in Path(bot.folder / "data").iterdir())
    for secret in (content[:60], content[-60:], CAMERA.encode(), b"BQACAgUAAxkBAAIB"):
        assert secret not in stored
    assert "BQACAgUAAxkBAAIB" not in bot.log.read_text()


def test_every_kind_is_kept_and_only_pictures_are_drawn_anew(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=901)
    screenshot = io.BytesIO()
    Image.new("RGBA", (30, 30), (*BLUE, 255)).save(screenshot, "PNG", exif=Image.Exif())
    opens_a_message(sari)
    sari.sends_voice()
    sari.waits_for(containing="1 pesan suara")
    sari.sends_document()
    sari.waits_for(containing="1 dokumen")
    sari.sends_document(photo_with_gps(GREEN), "IMG_2026.jpg", "image/jpeg")
    sari.waits_for(containing="2 dokumen")
    sari.sends_document(screenshot.getvalue(), "layar.png", "image/png")
    sari.waits_for(containing="3 dokumen")
    sari.sends_location(-8.65, 115.21)
    sari.waits_for(containing="1 lokasi")
    sari.sends("saksi: tetangga kamar 3")
    sari.waits_for(containing="1 catatan")
    code = sends_it(sari, "Selesai")
    waits_for_files(bot, code, *["kept"] * 6)
    (_, voice), (_, letter), (shot, camera), (png, screen), (_, place), (_, words) = files_of(bot, code)
    assert voice == samples.OGG
    assert letter == samples.PDF
    assert shot.mime == "image/jpeg"
    assert alike(colour_of(camera), GREEN)
    assert not tells_the_place(camera)
    assert png.mime == "image/png"
    assert alike(colour_of(screen), BLUE)
    assert place.decode() == "-8.65, 115.21"
    assert words.decode() == "saksi: tetangga kamar 3"


def test_an_album_is_one_answer_and_every_picture_of_it_is_kept(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=902)
    opens_a_message(sari)
    sari.sends_album(photo_with_gps(RED), photo_with_gps(GREEN), photo_with_gps(BLUE))
    answers = sari.waits_for(containing="Sudah diterima: 3 foto.")
    assert len(answers) == 1
    code = sends_it(sari, "Selesai")
    waits_for_files(bot, code, "kept", "kept", "kept")
    colours = [colour_of(content) for _item, content in files_of(bot, code)]
    assert all(alike(found, sent) for found, sent in zip(colours, (RED, GREEN, BLUE), strict=True))


def test_an_album_outside_of_a_form_is_answered_once_and_not_kept(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari, before = telegram.person(id=903), fetched(telegram)
    sari.sends_album(samples.JPEG, samples.JPEG, samples.JPEG)
    sari.waits_for(containing="Fotonya sampai")
    sari.sends("/status")
    sari.waits_for(containing="Belum ada yang")
    assert len([m for m in sari.received() if "Fotonya sampai" in m.text]) == 1
    assert fetched(telegram) == before


def test_what_is_no_picture_is_given_up_and_the_person_is_told(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=904)
    opens_a_message(sari)
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 200
    sari.sends_document(heic, "IMG_0007.HEIC", "image/heic")
    sari.waits_for(containing="1 dokumen")
    code = sends_it(sari, "Selesai")
    waits_for_files(bot, code, "failed")
    sari.sends("/status")
    [line] = sari.waits_for(containing=code)
    assert "1 lampiran gagal diambil" in line.text
    assert f"Tulis soal {code}" in line.buttons


def test_what_is_too_large_is_said_at_once_and_not_fetched(telegram: BotApiServer, bot: BotProcess) -> None:
    sari, before = telegram.person(id=905), fetched(telegram)
    opens_a_message(sari)
    sari.sends_document(file_size=15_000_000)
    sari.waits_for(containing="terlalu besar")
    code = sends_it(sari)
    assert states_of(bot, code) == []
    assert fetched(telegram) == before


def test_what_telegram_cannot_give_now_is_fetched_later(telegram: BotApiServer, bot: BotProcess) -> None:
    sari, before = telegram.person(id=906), fetched(telegram)
    opens_a_message(sari)
    sari.sends_voice()
    sari.waits_for(containing="1 pesan suara")
    telegram.fails_next("getFile", 502, "Bad Gateway")
    code = sends_it(sari, "Selesai")
    telegram.waits_for_call("getFile", n=before + 2, timeout=60)
    waits_for_files(bot, code, "kept")
    assert [content for _item, content in files_of(bot, code)] == [samples.OGG]


def test_what_was_not_fetched_before_a_kill_is_fetched_after_it(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=907)
    opens_a_message(sari)
    sari.sends_photo(content=photo_with_gps())
    sari.waits_for(containing="1 foto")
    bot.kill()
    bot.start()  # in the middle of the form
    code = sends_it(sari, "Selesai")
    bot.kill()
    bot.start()
    waits_for_files(bot, code, "kept")
    [(_item, content)] = files_of(bot, code)
    assert not tells_the_place(content)


def test_a_voice_note_outside_of_a_form_goes_to_staff_after_a_yes(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari, before = telegram.person(id=908), fetched(telegram)
    sari.sends_voice()
    [asked] = sari.waits_for(containing="belum bisa mendengar")
    assert "LBH Contoh" in asked.text
    assert {"Ya, teruskan", "Ya, tapi jangan balas ke sini", "Jangan", "🆘 Darurat"} == set(asked.buttons)
    assert fetched(telegram) == before
    sari.presses("Ya, teruskan")
    sari.waits_for(containing="sudah diteruskan ke petugas")
    [receipt] = sari.waits_for(containing="KR-")
    code = receipt.text.split("\n\n")[1]
    waits_for_files(bot, code, "kept")
    assert [content for _item, content in files_of(bot, code)] == [samples.OGG]


def test_a_voice_note_that_is_not_to_be_forwarded_is_forgotten(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari, before = telegram.person(id=909), fetched(telegram)
    sari.sends_voice()
    sari.waits_for(containing="belum bisa mendengar")
    sari.presses("Jangan")
    sari.waits_for(containing="tidak saya simpan")
    assert cases_of(bot, sari) == []
    assert fetched(telegram) == before


def test_a_photo_in_a_talk_with_staff_arrives_clean_too(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=910)
    code = files_a_message(sari)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    sari.sends_photo("gembok baru", photo_with_gps(GREEN))
    sari.waits_for(containing="✓ Diteruskan")
    waits_for_files(bot, code, "kept")
    [(_item, content)] = files_of(bot, code)
    assert alike(colour_of(content), GREEN)
    assert not tells_the_place(content)
    assert written_by_the_person(bot, code) == ["[photo] gembok baru"]


def test_a_place_in_a_chat_without_a_form_is_not_kept(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=911)
    sari.sends_location()
    told, menu = sari.waits_for(2)
    assert "Saya tidak menyimpannya" in told.text
    assert menu.buttons
    waits_until(lambda: not telegram.pending, "all updates confirmed")
    assert cases_of(bot, sari) == []

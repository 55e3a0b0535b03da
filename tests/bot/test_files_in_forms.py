"""Evidence inside a form: taken where it is asked for, counted, limited, and filed with the case or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from store import evidence
from store.evidence import MOST_BYTES, MOST_PER_CASE
from tests.bot.person import labels, said
from tests.bot.phone import Phone


@pytest.fixture
def person() -> Iterator[Phone]:
    someone = Phone()
    yield someone
    someone.services.db.close()


@pytest.fixture
def asked(person: Phone) -> Phone:
    """At the question for evidence, in a message to the hotline."""
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
    person.writes("pintu kamar saya digembok")
    assert person.asked == "files"
    return person


def at_the_evidence_of_a_report(person: Phone, age: str = "18 ke atas") -> None:
    person.presses("form:report_discrimination")
    person.taps("Ya, boleh", age)
    person.writes("ditolak karena dari NTT")
    person.taps("Kos / kontrakan", "Lewati", "Lewati", "Lewati")


def to_the_summary(person: Phone) -> None:
    """From the evidence of a message to what will be sent."""
    person.taps("Selesai" if "Selesai" in labels(person.last) else "Lewati", "Aman, kapan saja")
    assert person.asked == "summary"


def files(person: Phone) -> list[dict[str, Any]]:
    form = person.tracker.form
    assert form is not None
    return form.files


def rows(person: Phone) -> list[dict[str, Any]]:
    return list(person.services.db.query("select * from evidence order by id"))


def test_it_asks_for_evidence_and_says_that_nothing_is_kept_yet(asked: Phone) -> None:
    assert "Ada bukti?" in said(asked.last)
    assert "Belum ada yang disimpan sebelum Kakak menekan Kirim" in said(asked.last)
    assert labels(asked.last) == ["Lewati", "« Kembali", "Nanti saja"]


def test_what_is_sent_is_named_and_counted(asked: Phone) -> None:
    for kind in ("photo", "photo", "voice", "video", "document", "location"):
        reply = asked.sends(kind)
        assert asked.asked == "files"
    reply = asked.writes("nomor kamarnya 12")
    assert "Sudah diterima: 2 foto, 1 pesan suara, 1 video, 1 dokumen, 1 lokasi, 1 catatan." in said(reply)
    assert labels(reply)[:2] == ["Hapus lampiran", "Selesai"]


def test_nothing_is_stored_before_it_is_sent(asked: Phone) -> None:
    asked.sends("photo")
    asked.sends("location")
    assert rows(asked) == []
    asked.writes("/batal")
    assert rows(asked) == []


def test_a_sent_form_has_its_files_with_the_case(asked: Phone) -> None:
    asked.sends("photo")
    asked.sends("voice")
    asked.sends("location")
    asked.writes("saksi: tetangga kamar 3")
    to_the_summary(asked)
    assert "Bukti: 1 foto, 1 pesan suara, 1 lokasi, 1 catatan" in said(asked.last)
    code = asked.taps("✅ Kirim").referral
    assert code is not None
    kept = [(row["code"], row["kind"], row["mime"], row["status"]) for row in rows(asked)]
    assert kept == [
        (code, "photo", "image/jpeg", "pending"), (code, "voice", "audio/ogg", "pending"),
        (code, "location", "text/plain", "kept"), (code, "text", "text/plain", "kept"),
    ]  # fmt: skip
    db, keys = asked.services.db, asked.services.keys
    assert [p.file_id for p in evidence.due(db, keys)] == ["file-1", "file-2"]
    contents = [evidence.opened(db, keys, code, row["id"], "maria")[1].decode() for row in rows(asked)[2:]]
    assert contents == ["-8.65, 115.21", "saksi: tetangga kamar 3"]
    assert "files" not in asked.case(code).body
    assert "4 lampiran" in said(asked.writes("/data"))


def test_a_form_without_files_has_none(asked: Phone) -> None:
    to_the_summary(asked)
    assert "Bukti: –" in said(asked.last)
    assert asked.taps("✅ Kirim").referral
    assert rows(asked) == []


@pytest.mark.parametrize("word", ["selesai", "sudah", "cukup", "itu saja", "Selesai."])
def test_a_word_ends_the_question(asked: Phone, word: str) -> None:
    asked.sends("photo")
    asked.writes(word)
    assert asked.asked == "reply"
    assert len(files(asked)) == 1


@pytest.mark.parametrize("word", ["lewati", "tidak ada", "sonde ada", "kosong", "selesai"])
def test_a_word_leaves_it_out(asked: Phone, word: str) -> None:
    asked.writes(word)
    assert asked.asked == "reply"
    assert files(asked) == []


@pytest.mark.parametrize("word", ["tidak", "belum ada", "belum", "gak ada", "nggak ada kak", "tidak punya", "tra ada", "no"])  # fmt: skip
def test_a_no_to_the_question_is_no_evidence(asked: Phone, word: str) -> None:
    asked.writes(word)
    assert files(asked) == []


def test_words_under_a_picture_are_kept_with_it(asked: Phone) -> None:
    """As in a talk with staff: what a person writes about their evidence must not vanish unsaid."""
    asked.sends("photo", caption="gemboknya dipasang bapak kos tadi pagi")
    to_the_summary(asked)
    code = asked.taps("✅ Kirim").referral
    assert code is not None
    db, keys = asked.services.db, asked.services.keys
    written = [
        evidence.opened(db, keys, code, row["id"], "maria")[1].decode()
        for row in rows(asked)
        if row["status"] == "kept"
    ]
    told = [*written, *asked.case(code).body.values(), *(m.text for m in asked.thread(code))]
    assert any("gemboknya dipasang" in str(text) for text in told)


def test_danger_under_a_picture_is_heard(asked: Phone) -> None:
    reply = asked.sends("photo", caption="tolong, dia bawa parang di depan kos sekarang")
    assert reply.decision == "crisis"
    assert "☎ 110" in said(reply)


def test_danger_under_a_picture_outside_of_a_form_is_heard_too(person: Phone) -> None:
    assert person.sends("photo", caption="tolong, dia bawa parang di depan kos").decision == "crisis"


def test_danger_written_at_the_question_is_no_evidence_but_answered(asked: Phone) -> None:
    reply = asked.writes("tolong, dia bawa parang di depan kos")
    assert reply.decision == "crisis"
    assert asked.asked == "files"
    assert "Ada bukti?" in reply.parts[-1].text


def test_a_question_at_the_question_is_answered_and_no_evidence(asked: Phone) -> None:
    reply = asked.writes("deposit kos bisa kembali?", ("housing", 0.9))
    assert reply.article is not None
    assert "Ada bukti?" in reply.parts[-1].text
    assert files(asked) == []


# --- limits ---------------------------------------------------------------------------------------------


def test_what_is_too_large_is_said_to_be_so(asked: Phone) -> None:
    reply = asked.sends("video", size=MOST_BYTES + 1)
    assert "terlalu besar" in said(reply)
    assert "10 MB" in said(reply)
    assert "Simpan aslinya" in said(reply)
    assert files(asked) == []
    asked.sends("video", size=MOST_BYTES)
    assert len(files(asked)) == 1


def test_what_was_written_under_a_file_that_is_too_large_stays(asked: Phone) -> None:
    reply = asked.sends("video", size=MOST_BYTES + 1, caption="di sini dia bilang orang timur tidak boleh")
    assert "terlalu besar" in said(reply)
    assert [kept["text"] for kept in files(asked)] == ["di sini dia bilang orang timur tidak boleh"]


def test_the_eleventh_is_not_taken_and_the_ten_stay(asked: Phone) -> None:
    for _ in range(MOST_PER_CASE):
        asked.sends("photo")
    for reply in (asked.sends("photo"), asked.writes("satu catatan lagi")):
        assert "Sudah 10 lampiran, itu batasnya" in said(reply)
        assert "Sudah diterima: 10 foto." in said(reply)
    to_the_summary(asked)
    assert "itu batasnya" in said(asked.sends("photo"))
    asked.taps("✅ Kirim")
    assert len(rows(asked)) == MOST_PER_CASE


def test_all_can_be_taken_back(asked: Phone) -> None:
    asked.sends("photo")
    asked.writes("satu catatan")
    reply = asked.taps("Hapus lampiran")
    assert "Sudah diterima" not in said(reply)
    assert "Lewati" in labels(reply)
    asked.sends("voice")
    to_the_summary(asked)
    asked.taps("✅ Kirim")
    assert [row["kind"] for row in rows(asked)] == ["voice"]


# --- where it is taken ----------------------------------------------------------------------------------


def test_at_another_question_a_photo_is_not_taken_and_the_question_stays(person: Phone) -> None:
    person.presses("form:report_discrimination")
    person.taps("Ya, boleh")
    reply = person.sends("photo")
    assert "tidak menyimpannya" in said(reply)
    assert "Umur" in reply.parts[-1].text
    assert files(person) == []


@pytest.mark.parametrize("kind", ["sticker", "contact", "poll", "dice"])
def test_what_cannot_be_kept_is_not_taken(asked: Phone, kind: str) -> None:
    reply = asked.sends(kind)  # type: ignore[arg-type]
    assert files(asked) == []
    assert "Ada bukti?" in reply.parts[-1].text


def test_at_the_summary_more_may_be_added(asked: Phone) -> None:
    to_the_summary(asked)
    reply = asked.sends("photo")
    assert asked.asked == "summary"
    assert "Bukti: 1 foto" in said(reply)
    asked.taps("✅ Kirim")
    assert [row["kind"] for row in rows(asked)] == ["photo"]


def test_from_the_summary_the_evidence_can_be_changed(asked: Phone) -> None:
    asked.sends("photo")
    to_the_summary(asked)
    reply = asked.taps("✏️ Ubah", "Bukti")
    assert "Sudah diterima: 1 foto." in said(reply)
    asked.taps("Hapus lampiran")
    asked.sends("voice")
    reply = asked.taps("Selesai")
    assert "Bukti: 1 pesan suara" in said(reply)


def test_going_back_loses_no_file(asked: Phone) -> None:
    asked.sends("photo")
    asked.writes("kembali")
    assert asked.asked == "message"
    asked.writes("pesan yang lain")
    assert asked.asked == "reply"
    assert len(files(asked)) == 1


# --- under 18 -------------------------------------------------------------------------------------------


def test_under_18_no_evidence_is_asked_for_or_taken(person: Phone) -> None:
    at_the_evidence_of_a_report(person, "Di bawah 18")
    assert person.asked == "must_not_know"
    assert "tidak menyimpannya" in said(person.sends("photo"))
    for text in ("lewati", "aman", "lewati"):
        person.writes(text)
    assert person.asked == "summary"
    assert "Bukti" not in said(person.last)
    assert "tidak menyimpannya" in said(person.sends("photo"))
    person.writes("kirim")
    assert rows(person) == []


def test_who_says_later_to_be_under_18_has_the_files_dropped(person: Phone) -> None:
    at_the_evidence_of_a_report(person)
    assert person.asked == "files"
    person.sends("photo")
    person.taps("Selesai", "Lewati", "Aman, kapan saja", "Lewati", "Lewati")
    assert "Bukti: 1 foto" in said(person.last)
    reply = person.taps("✏️ Ubah", "Umur", "Di bawah 18")
    assert "Bukti" not in said(reply)
    code = person.taps("✅ Kirim").referral
    assert code is not None
    assert rows(person) == []
    assert person.case(code).body["age"] == "under_18"
    assert person.tracker.form is None


# --- pause ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pause", "resume"), [("Nanti saja", "/lanjut"), ("nanti", "lanjut"), ("nanti dulu", "lanjutkan")])  # fmt: skip
def test_a_form_put_aside_keeps_its_files(asked: Phone, pause: str, resume: str) -> None:
    asked.sends("photo")
    asked.taps(pause) if pause == "Nanti saja" else asked.writes(pause)
    assert "belum dikirim ke siapa pun" in said(asked.last)
    assert "Ada bukti?" not in said(asked.writes("halo", ("greet", 0.95)))
    assert "tidak menyimpannya" in said(asked.sends("photo"))  # not taken while it waits
    reply = asked.writes(resume)
    assert "Sudah diterima: 1 foto." in said(reply)
    to_the_summary(asked)
    asked.taps("✅ Kirim")
    assert len(rows(asked)) == 1


def test_two_reports_have_each_their_own_files(person: Phone) -> None:
    codes = []
    for kind in ("photo", "voice"):
        person.presses("form:message_to_staff")
        person.taps("Ya, boleh", "Lewati")
        person.writes("pesan")
        person.sends(kind)
        to_the_summary(person)
        codes.append(person.taps("✅ Kirim").referral)
    assert [(row["code"], row["kind"]) for row in rows(person)] == [(codes[0], "photo"), (codes[1], "voice")]

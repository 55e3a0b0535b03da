"""One case on its page: in words, with what is heavy or says who folded, and only for those who may see it."""

from __future__ import annotations

import html as entities
import re

import httpx
import pytest
from playwright.sync_api import expect

from store import assignment, delivery, messages, openings, referrals, visibility
from store.database import now
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.cases import CONTACT, STORY, deeds, file_case, give_to_mediator, member, row
from tests.hotline.console import Console, Visitor

REASON = "Mau menelepon untuk janji bertemu besok"


def shown(answer: httpx.Response) -> str:
    """The page as people read it, without marks."""
    return entities.unescape(re.sub(r"<[^>]+>", " ", answer.text))


def follow(visitor: Visitor, answer: httpx.Response) -> str:
    """What is said after a form was sent."""
    assert answer.status_code == 303, answer.text
    return shown(visitor.get(answer.headers["location"]))


def test_facts_stand_in_words_not_in_keys(console: Console) -> None:
    code = file_case(console, danger="yes", age="under_18", must_not_know="Pak Gede, bosnya")
    page = shown(console.signed_in("maria").get(f"/kasus/{code}"))
    for words in (
        "Kerja & upah",
        "Bahaya sekarang",
        "Ya, bahaya",
        "Ya, juga lembaga",
        "Dalung",
        "Di bawah 18",
    ):
        assert words in page
    assert "Tidak boleh tahu, kata orangnya: «Pak Gede, bosnya»" in page
    for key in ("with_agencies", "under_18", "any_time", "must_not_know"):
        assert key not in page


def test_the_story_is_folded_and_the_contact_is_not_there_at_all(console: Console) -> None:
    code = file_case(console)
    answer = console.signed_in("maria").get(f"/kasus/{code}")
    assert re.search(r'<details class="heavy">\s*<summary>Cerita: bisa berat dibaca', answer.text)
    assert STORY in answer.text
    assert CONTACT not in answer.text
    assert "Ada, tetapi tertutup. Buka dengan alasan" in shown(answer)


def test_whoever_may_not_see_a_case_gets_the_page_of_one_that_does_not_exist(console: Console) -> None:
    mediation, restricted = file_case(console, "mediation"), file_case(console)
    hidden = file_case(console)
    give_to_mediator(console, mediation)
    console.write(visibility.exclude, hidden, "maria")
    console.write(visibility.exclude, hidden, "ani")
    console.write(visibility.hold_back, console.keys, restricted, "orang kantor")
    seen = {
        mediation: {"maria", "bram", "yosef", "lusia", "ani"},
        restricted: {"lusia", "ani"},
        hidden: {"bram", "lusia"},
    }
    paths = ("", "/cetak", "/jawaban?jawaban=received", "/bukti/1")
    for login in ("maria", "bram", "yosef", "lusia", "ani", "rini"):
        visitor = console.signed_in(login)
        nothing = {path: visitor.get(f"/kasus/KR-0000-0000{path}") for path in paths}
        for code, who in seen.items():
            for path in paths:
                answer = visitor.get(f"/kasus/{code}{path}")
                if login in who and path != "/bukti/1":
                    assert answer.status_code == 200, (login, path)
                else:
                    assert answer.status_code == 404, (login, path)
                    assert answer.text.replace(code, "KR-0000-0000") == nothing[path].text
        readings = [
            r["code"]
            for r in console.db.query("select code from audit where who = ? and code != ''", [login])
        ]
        assert set(readings) == {code for code, who in seen.items() if login in who}


def test_a_stranger_is_asked_to_sign_in(console: Console) -> None:
    code = file_case(console)
    answer = console.stranger().get(f"/kasus/{code}")
    assert (answer.status_code, STORY in answer.text) == (303, False)
    assert console.stranger().post(f"/kasus/{code}/ambil").status_code in (303, 403)
    assert deeds(console, code) == []


POSTS: dict[str, dict[str, str]] = {
    "ambil": {}, "tugaskan": {"petugas": "maria"}, "status": {"status": "waiting"}, "prioritas": {"prioritas": "urgent"},
    "tanda": {"tanda": "wages"}, "pola": {"kode": "KR-0000-0000"}, "pola/lepas": {}, "lingkar": {"petugas": "bram"},
    "dihubungi": {}, "catatan": {"catatan": "x"}, "pesan": {"pesan": "Halo"}, "buka": {"alasan": REASON},
}  # fmt: skip
OF_MEDIATORS = ("catatan", "pesan", "buka")


@pytest.mark.parametrize("path", POSTS)
def test_nothing_can_be_done_to_a_case_one_may_not_see(console: Console, path: str) -> None:
    hidden, mediation = file_case(console), file_case(console, "mediation")
    console.write(visibility.exclude, hidden, "maria")
    give_to_mediator(console, mediation)
    before = (row(console, hidden), deeds(console, hidden), row(console, mediation))
    for login, code in (("maria", hidden), ("rini", hidden), ("yosef", hidden), ("maria", "KR-0000-0000")):
        answer = console.signed_in(login).post(f"/kasus/{code}/{path}", POSTS[path])
        assert answer.status_code == 404, (login, answer.text)
        assert code not in answer.text
    assert (row(console, hidden), deeds(console, hidden), row(console, mediation)) == before
    answer = console.signed_in("yosef").post(f"/kasus/{mediation}/{path}", POSTS[path])
    assert answer.status_code == (303 if path in OF_MEDIATORS else 404)


def test_a_reviewer_does_not_change_who_must_not_know(console: Console) -> None:
    code = file_case(console)
    assert console.signed_in("maria").post(f"/kasus/{code}/lingkar", {"petugas": "bram"}).status_code == 404
    assert visibility.excluded(console.db, code) == []


# --- decisions ---------------------------------------------------------------------------------------------------


def test_a_case_goes_from_hand_to_hand_and_is_closed(console: Console) -> None:
    code = file_case(console)
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    assert "sekarang di tangan Anda" in follow(maria, maria.post(f"/kasus/{code}/ambil"))
    answer = maria.post(
        f"/kasus/{code}/tugaskan", {"petugas": "bram", "dilihat": row(console, code)["updated_at"]}
    )
    assert "Tugas disimpan." in follow(maria, answer)
    follow(bram, bram.post(f"/kasus/{code}/prioritas", {"prioritas": "urgent"}))
    assert "Pilih hasilnya dulu" in follow(bram, bram.post(f"/kasus/{code}/status", {"status": "closed"}))
    assert row(console, code)["status"] == "in_progress"
    page = follow(bram, bram.post(f"/kasus/{code}/status", {"status": "closed", "hasil": "advised"}))
    assert "Status disimpan. Orangnya dikabari." in page
    assert "Menutup kasus: Diberi informasi atau nasihat" in page
    assert deeds(console, code) == [
        ("maria", "took"), ("maria", "assigned to bram"), ("bram", "priority urgent"), ("bram", "status closed: advised"),
    ]  # fmt: skip


def test_a_case_is_not_given_to_who_may_not_see_it(console: Console) -> None:
    code = file_case(console)
    console.write(visibility.exclude, code, "bram")
    lusia = console.signed_in("lusia")
    assert (
        'value="bram"'
        not in re.findall(r'id="petugas".*?</select>', lusia.get(f"/kasus/{code}").text, re.S)[0]
    )
    for login in ("bram", "rini", "yosef"):
        assert lusia.post(f"/kasus/{code}/tugaskan", {"petugas": login}).status_code == 404
    assert row(console, code)["assigned_to"] is None


def test_two_tabs_at_once_the_second_is_told_what_happened_meanwhile(console: Console) -> None:
    code = file_case(console)
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    page = maria.get(f"/kasus/{code}").text
    seen = re.findall(r'action="/kasus/[^"]+/status".*?name="dilihat" value="([^"]+)"', page, re.S)[0]
    follow(bram, bram.post(f"/kasus/{code}/status", {"status": "waiting", "dilihat": seen}))
    said = follow(
        maria, maria.post(f"/kasus/{code}/status", {"status": "closed", "hasil": "resolved", "dilihat": seen})
    )
    assert "Belum disimpan: sementara Anda membuka halaman ini, kasusnya berubah (Bram Tokan," in said
    assert "Mengubah status: Menunggu pihak lain" in said
    assert row(console, code)["status"] == "waiting"
    for path, data in (("tugaskan", {"petugas": "maria"}), ("prioritas", {"prioritas": "urgent"})):
        assert "Belum disimpan" in follow(
            maria, maria.post(f"/kasus/{code}/{path}", {**data, "dilihat": seen})
        )


def test_tags_come_from_the_list_alone(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    maria.post(f"/kasus/{code}/tanda", {"tanda": ["wages", "police", "Ana Bere"]})
    assert "Upah tidak dibayar" in shown(maria.get(f"/kasus/{code}"))
    maria.post(f"/kasus/{code}/tanda", {"tanda": "police"})
    assert [what for _who, what in deeds(console, code)] == [
        "tagged police",
        "tagged wages",
        "untagged wages",
    ]


def test_cases_of_one_pattern_lead_to_each_other(console: Console) -> None:
    one, two, hidden = file_case(console), file_case(console), file_case(console)
    console.write(visibility.exclude, hidden, "maria")
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    assert "Kedua kasus dikaitkan." in follow(maria, maria.post(f"/kasus/{one}/pola", {"kode": two.lower()}))
    assert "Itu kasus ini sendiri." in follow(maria, maria.post(f"/kasus/{one}/pola", {"kode": one}))
    for code in (hidden, "KR-0000-0000"):
        assert "Kode itu tidak ditemukan" in follow(maria, maria.post(f"/kasus/{one}/pola", {"kode": code}))
    follow(bram, bram.post(f"/kasus/{two}/pola", {"kode": hidden}))
    assert f"/kasus/{two}" in maria.get(f"/kasus/{one}").text
    assert hidden not in maria.get(f"/kasus/{one}").text
    assert hidden in bram.get(f"/kasus/{one}").text
    assert "dilepas" in follow(maria, maria.post(f"/kasus/{one}/pola/lepas"))
    assert f"/kasus/{one}" not in maria.get(f"/kasus/{two}").text


# --- breaking the glass ------------------------------------------------------------------------------------------


def test_identity_opens_at_once_with_a_reason_for_this_member_and_not_for_ever(console: Console) -> None:
    code = file_case(console)
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    for reason in ("", "perlu"):
        answer = maria.post(f"/kasus/{code}/buka", {"alasan": reason})
        assert answer.status_code == 422
        assert "Tulis alasannya dengan beberapa kata." in shown(answer)
        assert CONTACT not in answer.text
    assert CONTACT in follow(maria, maria.post(f"/kasus/{code}/buka", {"alasan": REASON}))
    assert CONTACT in maria.get(f"/kasus/{code}/cetak").text
    assert CONTACT not in bram.get(f"/kasus/{code}").text
    assert CONTACT not in bram.get(f"/kasus/{code}/cetak").text
    console.db.execute("update case_openings set opened_at = '2026-01-01T00:00:00.000000+00:00'")
    assert CONTACT not in maria.get(f"/kasus/{code}").text
    assert ("maria", "opened identity") in deeds(console, code)


def test_after_opening_one_goes_back_to_a_page_of_ours_and_nowhere_else(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    for back, to in (("/rujukan", "/rujukan"), ("//evil.example", f"/kasus/{code}#identitas")):
        answer = maria.post(f"/kasus/{code}/buka", {"alasan": REASON, "kembali": back})
        assert answer.headers["location"] == to


def test_a_lead_reviews_what_was_opened(console: Console) -> None:
    code, hidden = file_case(console), file_case(console)
    for one in (code, hidden):
        console.write(openings.open_identity, console.keys, one, "maria", REASON)
    console.write(visibility.exclude, hidden, "lusia")
    console.db.execute("update case_openings set opened_at = '2026-01-01T00:00:00.000000+00:00'")
    lusia = console.signed_in("lusia")
    page = shown(lusia.get("/pembukaan"))
    assert REASON in page
    assert "Lewat 24 jam" in page
    assert hidden not in page
    ids = {row["code"]: row["id"] for row in console.db.query("select code, id from case_openings")}
    for login in ("maria", "yosef", "rini"):
        visitor = console.signed_in(login)
        assert visitor.get("/pembukaan").status_code == 404
        assert visitor.post(f"/pembukaan/{ids[code]}").status_code == 404
    assert lusia.post(f"/pembukaan/{ids[hidden]}").status_code == 404
    assert "sudah diperiksa" in follow(lusia, lusia.post(f"/pembukaan/{ids[code]}"))
    assert REASON not in shown(lusia.get("/pembukaan"))


def test_a_lead_leaves_her_own_opening_to_another(console: Console) -> None:
    code = file_case(console)
    console.write(openings.open_identity, console.keys, code, "lusia", REASON)
    id = next(console.db.query("select id from case_openings"))["id"]
    lusia, ani = console.signed_in("lusia"), console.signed_in("ani")
    assert "diperiksa koordinator lain" in follow(lusia, lusia.post(f"/pembukaan/{id}"))
    assert "sudah diperiksa" in follow(ani, ani.post(f"/pembukaan/{id}"))


def test_a_lead_reads_who_must_not_know_and_confirms_the_list(console: Console) -> None:
    code = file_case(console, staff_excluded="jangan Bram")
    console.write(visibility.hold_back, console.keys, code, "jangan Bram")
    lusia = console.signed_in("lusia")
    page = lusia.get(f"/kasus/{code}")
    assert "«jangan Bram»" in shown(page)
    assert re.search(r'name="petugas" value="bram" checked', page.text)
    assert "Daftar disimpan." in follow(
        lusia, lusia.post(f"/kasus/{code}/lingkar", {"petugas": ["bram", "ani"]})
    )
    assert visibility.excluded(console.db, code) == ["ani", "bram"]
    assert console.signed_in("maria").get(f"/kasus/{code}").status_code == 200
    assert console.signed_in("bram").get(f"/kasus/{code}").status_code == 404
    lusia.post(f"/kasus/{code}/lingkar", {"petugas": "bram"})
    assert visibility.excluded(console.db, code) == ["bram"]
    assert "«jangan Bram»" in shown(console.signed_in("maria").get(f"/kasus/{code}"))


# --- conversation ------------------------------------------------------------------------------------------------


def texts_out(console: Console, code: str) -> list[tuple[str, str, str]]:
    """(author, text, delivery) of what staff wrote."""
    thread = messages.thread(console.db, console.keys, code)
    return [(m.author, m.text, m.delivery) for m in thread if m.direction == "out"]


def test_an_answer_goes_into_the_outbox_and_takes_the_case(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    page = follow(
        maria, maria.post(f"/kasus/{code}/pesan", {"pesan": "Kami bantu.\r\nBesok ya.", "dilihat": now()})
    )
    assert "Terkirim ke antrean bot." in page
    assert "Dalam antrean kirim" in page
    assert texts_out(console, code) == [("maria", "Kami bantu.\nBesok ya.", "queued")]
    assert console.db.table("outbox").count == 1, (
        "the answer is the news; taking the case is not told once more"
    )
    assert (row(console, code)["assigned_to"], row(console, code)["status"]) == ("maria", "in_progress")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "Terkirim · belum dibuka"),
        ("unknown", "Mungkin terkirim: sambungan putus saat mengirim"),
        ("failed", "Gagal dikirim"),
        ("blocked", "Bot diblokir: dikirim kalau orangnya kembali"),
        ("waiting", "Menunggu sampai orangnya menulis"),
    ],
)
def test_how_far_an_answer_has_come_stands_beside_it(console: Console, state: str, words: str) -> None:
    code = file_case(console)
    console.write(delivery.reply, console.keys, code, "Kami bantu.", "maria")
    console.db.execute("update messages set delivery = ?", [state])
    page = " ".join(shown(console.signed_in("maria").get(f"/kasus/{code}")).split())
    assert words in page


def test_what_the_person_has_opened_is_said(console: Console) -> None:
    code = file_case(console)
    console.write(delivery.reply, console.keys, code, "Kami bantu.", "maria")
    console.db.execute("update messages set delivery = 'sent', read_at = ?", [now()])
    assert re.search(r"Terkirim\s+· dibaca \d", shown(console.signed_in("maria").get(f"/kasus/{code}")))


def test_an_answer_waits_for_who_did_not_want_to_be_written_to(console: Console) -> None:
    code = file_case(console, reply_to=None, reply="only_when_i_write")
    maria = console.signed_in("maria")
    assert "Orang ini minta tidak dihubungi lebih dulu." in shown(maria.get(f"/kasus/{code}"))
    page = follow(maria, maria.post(f"/kasus/{code}/pesan", {"pesan": "Kami ada.", "dilihat": now()}))
    assert "Menunggu sampai orangnya menulis" in page
    assert console.db.table("outbox").count == 0


def test_at_hours_the_person_named_a_tick_is_wanted_and_the_words_are_not_lost(console: Console) -> None:
    code = file_case(console, reply="at_hours", reply_hours="sore setelah jam 5")
    maria = console.signed_in("maria")
    assert "Hanya aman pada jam ini, kata orangnya: «sore setelah jam 5»" in shown(
        maria.get(f"/kasus/{code}")
    )
    refused = maria.post(f"/kasus/{code}/pesan", {"pesan": "Halo, ini kami", "dilihat": now()})
    assert refused.status_code == 422
    assert "Centang dulu kalau sekarang memang jam itu." in shown(refused)
    assert "Halo, ini kami</textarea>" in refused.text
    assert texts_out(console, code) == []
    assert row(console, code)["assigned_to"] is None
    follow(
        maria, maria.post(f"/kasus/{code}/pesan", {"pesan": "Halo, ini kami", "aman": "ya", "dilihat": now()})
    )
    assert len(texts_out(console, code)) == 1


def test_two_who_answer_at_once_do_not_both_answer(console: Console) -> None:
    code = file_case(console)
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    seen = now()
    follow(bram, bram.post(f"/kasus/{code}/pesan", {"pesan": "Saya bantu.", "dilihat": seen}))
    second = maria.post(f"/kasus/{code}/pesan", {"pesan": "Saya juga bantu.", "dilihat": seen})
    assert second.status_code == 422
    assert "kasusnya berubah (Bram Tokan," in shown(second)
    assert "Saya juga bantu.</textarea>" in second.text
    fresh = re.findall(r'/pesan#percakapan".*?name="dilihat" value="([^"]+)"', second.text, re.S)[0]
    follow(maria, maria.post(f"/kasus/{code}/pesan", {"pesan": "Saya juga bantu.", "dilihat": fresh}))
    assert [author for author, _text, _way in texts_out(console, code)] == ["bram", "maria"]


def test_a_message_of_the_person_does_not_stop_an_answer(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    seen = now()
    console.write(messages.from_person, console.keys, code, "Halo?")
    follow(maria, maria.post(f"/kasus/{code}/pesan", {"pesan": "Ya, saya di sini.", "dilihat": seen}))
    assert row(console, code)["unread"] == 0


@pytest.mark.parametrize("text", ["", "   \r\n ", "x" * 3501, "Sudah kami rujuk ke {lembaga}."])
def test_what_cannot_go_out_comes_back_with_the_reason(console: Console, text: str) -> None:
    code = file_case(console)
    answer = console.signed_in("maria").post(f"/kasus/{code}/pesan", {"pesan": text, "dilihat": now()})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert texts_out(console, code) == []


def test_a_case_told_by_telephone_has_no_answer_box(console: Console) -> None:
    code = file_case(console, source="phone", reply_to=None)
    maria = console.signed_in("maria")
    page = maria.get(f"/kasus/{code}")
    assert "Hubungi langsung, lalu catat di bawah." in shown(page)
    assert 'name="pesan"' not in page.text
    assert maria.post(f"/kasus/{code}/pesan", {"pesan": "Halo", "dilihat": now()}).status_code == 422
    assert texts_out(console, code) == []
    assert "orangnya sudah dihubungi" in follow(maria, maria.post(f"/kasus/{code}/dihubungi"))
    assert row(console, code)["answered_at"] is not None


def test_ready_answers_come_in_the_persons_language_with_the_gaps_filled(console: Console) -> None:
    code = file_case(console, lang="en")
    maria = console.signed_in("maria")
    for path in (f"/kasus/{code}?jawaban=received", f"/kasus/{code}/jawaban?jawaban=received"):
        text = maria.get(path).text
        assert f"I am Maria and I have read what you told us ({code})" in text
    assert "{lembaga} can do more" in maria.get(f"/kasus/{code}?jawaban=ask_consent_agency").text
    assert maria.get(f"/kasus/{code}?jawaban=nonsense").status_code == 200


def test_a_new_message_is_new_until_the_one_it_is_for_has_seen_it(console: Console) -> None:
    code = file_case(console)
    console.write(assignment.take, console.keys, code, member(console, "maria"))
    console.write(messages.from_person, console.keys, code, "Masih di sini?")
    assert "Baru" in shown(console.signed_in("bram").get(f"/kasus/{code}"))
    assert row(console, code)["unread"] == 1
    console.signed_in("maria").get(f"/kasus/{code}")
    assert row(console, code)["unread"] == 0


def test_notes_stay_among_staff(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    page = follow(maria, maria.post(f"/kasus/{code}/catatan", {"catatan": "Telepon LBH hari Jumat"}))
    assert "Telepon LBH hari Jumat" in page
    assert "Telepon LBH" not in shown(maria.get(f"/kasus/{code}/cetak"))
    assert console.db.table("outbox").count == 0
    assert maria.post(f"/kasus/{code}/catatan", {"catatan": " "}).status_code == 422


def test_every_view_is_recorded(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    maria.get(f"/kasus/{code}")
    maria.get(f"/kasus/{code}/cetak")
    rows = [(r["who"], r["what"]) for r in console.db.query("select * from audit where code = ?", [code])]
    assert rows == [("bot", "filed"), ("maria", "read"), ("maria", "printed")]


def test_the_page_in_english(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    maria.post("/bahasa", {"bahasa": "en"})
    assert '<html lang="en">' in maria.get(f"/kasus/{code}").text


def test_case_pages_are_never_kept_by_browsers(console: Console) -> None:
    code = file_case(console)
    maria = console.signed_in("maria")
    for path in ("/", f"/kasus/{code}", f"/kasus/{code}/cetak", f"/kasus/{code}/jawaban?jawaban=received"):
        assert maria.get(path).headers["cache-control"] == "no-store"


def test_a_phone_and_axe_find_nothing_to_complain_about(console: Console, browsing: Browsing) -> None:
    code = file_case(console, priority="urgent", must_not_know="bosnya", age="under_18")
    console.write(delivery.reply, console.keys, code, "Kami bantu.", "maria")
    console.write(messages.from_person, console.keys, code, "Terima kasih " * 20)
    console.write(referrals.add_note, console.keys, code, "maria", "catatan")
    page = browsing.signed_in("maria", PHONE)
    for path in (f"/kasus/{code}", f"/kasus/{code}/cetak"):
        page.goto(path)
        assert fits_the_screen(page), path
        assert findings(page) == [], path
    page = browsing.signed_in("lusia", dark=True)
    for path in (f"/kasus/{code}", "/pembukaan", "/"):
        page.goto(path)
        assert findings(page) == [], path


def test_the_button_beside_the_ready_answers_stands_in_line_with_them(
    console: Console, browsing: Browsing
) -> None:
    page = browsing.signed_in("maria")
    page.goto(f"/kasus/{file_case(console)}")
    choice = page.get_by_label("Jawaban siap").get_by_role("combobox").bounding_box()
    button = page.get_by_role("button", name="Pakai").bounding_box()
    assert choice
    assert button
    assert abs(choice["y"] + choice["height"] / 2 - button["y"] - button["height"] / 2) < 2


def test_a_case_is_worked_on_by_keyboard_alone(console: Console, browsing: Browsing) -> None:
    code = file_case(console)
    page = browsing.signed_in("maria")
    page.goto(f"/kasus/{code}")
    page.locator("details.heavy summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text(STORY).is_visible()
    page.get_by_role("combobox", name="Jawaban siap").focus()
    page.keyboard.type("Sudah dibaca")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#pesan")).to_have_value(re.compile("Saya Maria"))
    page.locator("#pesan").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Terkirim ke antrean bot.").wait_for()
    assert texts_out(console, code)[0][0] == "maria"

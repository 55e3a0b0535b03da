"""The dialogue with an understanding given by hand: every decision it can take, on the real knowledge and store."""

from __future__ import annotations

import pytest

from actions.turn import CRISES, INTENTS, TOPICS, Entity
from store import delivery, referrals
from store.trackers import Tracker
from tests.bot.person import LIBRARY, Person, button, labels


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_an_answer(person: Person, intent: str) -> None:
    reply = person.writes("sesuatu", (intent, 0.9))
    assert reply.parts
    assert all(part.text.strip() for part in reply.parts)
    assert reply.decision == "crisis" if intent in CRISES else reply.decision != "fallback"


@pytest.mark.parametrize("intent", CRISES)
def test_a_crisis_shows_two_channels_and_asks_if_it_is_safe(person: Person, intent: str) -> None:
    reply = person.writes("x", (intent, 0.9))
    assert reply.parts[0].text.count("☎") >= 1
    assert len(reply.parts[0].text.split("\n\n")) >= 3
    assert "aman?" in reply.parts[-1].text
    assert person.writes("belum", ("deny", 0.9)).decision == "crisis"
    assert "Syukurlah" in person.writes("su aman", ("affirm", 0.9)).parts[0].text
    assert person.tracker.asked_if_safe is None


def test_danger_spread_over_two_crises_is_still_danger(person: Person) -> None:
    reply = person.writes("x", ("housing", 0.3), ("emergency", 0.25), ("gender_violence", 0.22))
    assert reply.decision == "crisis"
    assert reply.article == "emergency/now"


def test_an_answer_near_danger_keeps_the_emergency_button(person: Person) -> None:
    reply = person.writes("x", ("housing", 0.7), ("emergency", 0.2))
    assert reply.decision == "answer"
    assert "🆘 Darurat" in labels(reply)


def test_an_unsure_model_asks_back(person: Person) -> None:
    reply = person.writes("x", ("housing", 0.3), ("employment", 0.25), ("rights", 0.2), ("health", 0.1))
    assert reply.decision == "clarify"
    assert 3 <= len(labels(reply)) <= 4
    assert person.presses(reply.parts[0].buttons[0].data).decision == "answer"


def test_a_lost_model_falls_back_to_search_and_says_so(person: Person) -> None:
    reply = person.loses_the_model("gaji belum dibayar")
    assert reply.decision == "fallback"
    assert "sulit memahami" in reply.parts[0].text
    assert "Gaji tidak dibayar atau terlambat" in labels(reply)
    assert "🆘 Darurat" in labels(reply)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_button_lists_its_pages(person: Person, topic: str) -> None:
    assert len(labels(person.presses(f"topic:{topic}"))) >= 3


def test_every_article_and_its_buttons_open(person: Person) -> None:
    for article in LIBRARY.published():
        reply = person.presses(f"article:{article.id}")
        assert reply.article == article.id
        for part in reply.parts:
            for b in part.buttons:
                assert person.presses(b.data).parts


@pytest.mark.parametrize(
    "data", ["", "f", "f:1", "f:aaaaaa:set:x", "article:tidak/ada", "topic:x", "safe:maybe", "🙂" * 16]
)
def test_a_button_it_does_not_know_leads_to_the_menu(person: Person, data: str) -> None:
    assert person.presses(data).decision == "fallback"


def test_without_a_hotline_no_report_begins_and_agencies_are_shown(without_hotline: Person) -> None:
    offer = without_hotline.writes("sa ditolak karena dari NTT", ("report_discrimination", 0.9))
    assert "Lapor" not in labels(offer)
    assert "bukan salah Kakak" in offer.parts[0].text
    assert without_hotline.presses("form:report_discrimination").decision == "handover"
    assert without_hotline.tracker.form is None


def test_a_report_is_offered_not_begun(person: Person) -> None:
    entities = (Entity("place", "Dalung", 0, 6), Entity("date", "kemarin", 7, 14))
    offer = person.writes("ditolak", ("report_discrimination", 0.9), entities=entities)
    before = person.tracker
    assert before.form is None
    assert labels(offer)[:2] == ["Lapor", "Baca dulu"]
    person.presses("form:report_discrimination")
    form = person.tracker.form
    assert form is not None
    assert form.values == {"place": "Dalung", "date": "kemarin"}


def test_a_minors_contact_is_neither_asked_nor_kept(person: Person) -> None:
    opened = person.presses("form:report_discrimination")
    person.presses(button(opened, "Ya, boleh"))
    for text in ("20", "cerita", "kerja", "agama", "Ubud", "kemarin", "lewati", "lewati", "aman", "Nus, 0812",
                 "lewati"):  # fmt: skip
        last = person.writes(text)
    assert "Nus, 0812" in last.parts[-1].text
    what = person.presses(button(last, "✏️ Ubah"))
    asked = person.presses(button(what, "Umur"))
    summary = person.presses(button(asked, "Di bawah 18"))
    assert "SAPA 129" in summary.parts[0].text
    assert "Nus, 0812" not in summary.parts[-1].text
    sent = person.presses(button(summary, "✅ Kirim"))
    assert sent.referral is not None
    case = referrals.opened(person.services.db, person.services.keys, sent.referral, "test")
    assert "contact" not in case.body
    assert case.summary.priority == "urgent"


def test_a_double_press_of_send_files_once(person: Person) -> None:
    opened = person.presses("form:message_to_staff")
    person.presses(button(opened, "Ya, boleh"))
    person.writes("tolong telepon saya")
    person.writes("lewati")
    summary = person.writes("aman")
    send = button(summary, "✅ Kirim")
    assert person.presses(send).referral
    assert person.presses(send).referral is None
    assert len(referrals.listed(person.services.db)) == 1


def test_back_and_edit_lose_nothing(person: Person) -> None:
    opened = person.presses("form:message_to_staff")
    person.presses(button(opened, "Ya, boleh"))
    person.writes("pesan pertama")
    back = person.writes("kembali")
    assert "Tulis pesannya" in back.parts[0].text
    person.writes("pesan kedua")
    person.writes("lewati")
    assert "pesan kedua" in person.writes("jangan").parts[-1].text


def test_a_second_form_does_not_swallow_the_first(person: Person) -> None:
    opened = person.presses("form:report_discrimination")
    person.presses(button(opened, "Ya, boleh"))
    again = person.presses("form:message_to_staff")
    assert "formulir yang terbuka" in again.parts[0].text
    form = person.tracker.form
    assert form is not None
    assert form.name == "report_discrimination"


def test_refusing_consent_keeps_nothing(person: Person) -> None:
    opened = person.presses("form:report_discrimination")
    ended = person.presses(button(opened, "Tidak jadi"))
    assert "dibatalkan" in ended.parts[0].text
    assert person.tracker.form is None


def test_erasing_forgets_everything(person: Person) -> None:
    opened = person.presses("form:message_to_staff")
    person.presses(button(opened, "Ya, boleh"))
    person.writes("halo petugas")
    person.taps("Lewati")
    summary = person.writes("aman")
    code = person.presses(button(summary, "✅ Kirim")).referral
    person.taps("Tambah pesan atau bukti")
    person.writes("satu lagi")
    assert code is not None
    delivery.reply(person.services.db, person.services.keys, code, "kabar", "maria")
    ask = person.writes("/hapus")
    assert "1 laporan" in ask.parts[0].text
    person.presses(button(ask, "Ya, hapus semuanya"))
    assert referrals.listed(person.services.db) == []
    assert person.services.db.table("messages").count == 0
    assert person.tracker == Tracker()
    assert "Belum ada" in person.writes("/status").parts[0].text


@pytest.mark.parametrize("word", ["darurat", "EMERGENCY!", "/darurat"])
def test_the_word_emergency_shows_numbers(person: Person, word: str) -> None:
    reply = person.writes(word)
    assert reply.decision == "crisis"
    assert "110" in reply.parts[0].text


def test_deep_links_open_articles_and_the_report(person: Person) -> None:
    assert person.writes("/start article-housing__evicted-suddenly").article == "housing/evicted-suddenly"
    assert "Lapor" in labels(person.writes("/start report"))
    assert "Kawan Rantau" in person.writes("/start from-poster").parts[0].text


def test_several_needs_are_named(person: Person) -> None:
    reply = person.writes("x", ("employment", 0.8), articles=(("employment/thr", 0.7),), others=("housing",))
    assert [intent for intent, _ in reply.also] == ["housing"]


def test_the_language_stays_as_chosen(person: Person) -> None:
    person.presses("lang:en")
    assert person.tracker.lang == "en"
    assert "not an emergency" in person.writes("/start").parts[0].text

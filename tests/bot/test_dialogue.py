"""The dialogue with an understanding given by hand: every decision it can take, on the real knowledge and store."""

from __future__ import annotations

import pytest

from actions.turn import CRISES, INTENTS, TOPICS, Entity
from store import delivery, referrals
from store.trackers import Tracker
from tests.bot.person import LIBRARY, Person, button, labels, said


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


LEFT = [
    "dia sudah pergi", "su pergi dia", "dia su pi", "dong su bubar kaka", "de su lari", "sdh pergi kk", "iya, suami saya sudah pergi kerja",
    "Orangnya udah kabur naik motor", "dia udh prgi", "sudah dibawa polisi", "mereka sudah ditangkap", "he left", "He's gone now",
    "they left already", "my husband went to work", "dia sonde ada di sini lai",
]  # fmt: skip


@pytest.mark.parametrize("text", LEFT)
@pytest.mark.parametrize("danger", ["emergency", "gender_violence"])
def test_after_is_it_safe_he_left_means_the_attacker(person: Person, danger: str, text: str) -> None:
    """Out of its context the model hears a farewell in it."""
    person.writes("x", (danger, 0.9))
    reply = person.writes(text, ("self_harm", 0.8), ("goodbye", 0.1))
    assert reply.article == f"{danger}/now"
    assert "🆘" not in said(reply)
    assert "kembali" in said(reply) or "come back" in said(reply), "he may come back"
    assert {"staff", "form:help_request"} <= {b.data for b in reply.parts[-1].buttons}
    assert person.tracker.asked_if_safe is None
    assert person.tracker.pending["danger"] == "no"


def test_a_captor_who_left_is_a_moment_to_call_and_no_safety(person: Person) -> None:
    person.writes("x", ("trafficking", 0.9))
    reply = person.writes("bos su pergi", ("self_harm", 0.8))
    assert "tidak ada yang mengawasi" in said(reply)
    assert person.tracker.asked_if_safe == "trafficking"
    assert person.tracker.pending["danger"] == "yes"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("self_harm", "dia sudah pergi"),  # whom the person talks about may be the one who wanted to die
        ("self_harm", "he's gone"),
        ("emergency", "saya mau pergi selamanya"),
        ("emergency", "dia sudah pergi, saya juga mau menyusul"),
        ("gender_violence", "he left and I want to follow him to heaven"),
        ("gender_violence", "dia sudah pergi selamanya"),
        ("emergency", "dia sudah pergi tapi masih teriak di luar"),
        ("gender_violence", "dia pergi bawa anak saya"),
        ("gender_violence", "dia pergi ambil parang"),
        ("emergency", "dia jalan ke sini"),
        ("emergency", "dong lari"),
        ("emergency", "dia sekarang lari"),
        ("emergency", "they went outside"),
        ("gender_violence", "dia su keluar kamar"),
        ("gender_violence", "suami su pulang"),
        ("gender_violence", "sa mau pi"),
        ("gender_violence", "sa su pergi jauh, jangan cari"),
    ],
)
def test_what_only_sounds_like_he_left_is_heard_as_danger(person: Person, before: str, text: str) -> None:
    person.writes("x", (before, 0.9))
    reply = person.writes(text, ("self_harm", 0.8))
    assert reply.decision == "crisis"
    assert "☎" in reply.parts[0].text
    assert "safe:yes" in {b.data for b in reply.parts[-1].buttons}


def test_without_danger_before_he_left_is_what_the_model_makes_of_it(person: Person) -> None:
    assert person.writes("dia sudah pergi", ("self_harm", 0.8)).article == "self_harm/now"


def test_he_left_answers_the_question_in_a_form_too(person: Person) -> None:
    person.presses("form:report_discrimination")
    person.taps("Ya, boleh", "18 ke atas")
    person.writes("mereka bawa parang di depan kos", ("emergency", 0.9))
    reply = person.writes("su pergi dong", ("self_harm", 0.8))
    assert "bisa kembali" in said(reply)
    assert person.asked == "area", "the story was kept, and the form goes on"
    assert "su pergi dong" not in person.filled.values()


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
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
    person.writes("tolong telepon saya")
    person.writes("lewati")
    summary = person.writes("aman")
    send = button(summary, "✅ Kirim")
    assert person.presses(send).referral
    assert person.presses(send).referral is None
    assert len(referrals.listed(person.services.db)) == 1


def test_back_and_edit_lose_nothing(person: Person) -> None:
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
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
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
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


def test_a_message_that_only_names_a_topic_opens_the_topic(person: Person) -> None:
    """Any one article would be a guess."""
    named = (("housing", 0.6), ("housing/evicted-suddenly", 0.2), ("housing/late-with-rent", 0.1))
    reply = person.writes("masalah sama ibu kos", ("housing", 0.9), articles=named)
    assert (reply.decision, reply.article) == ("answer", None)
    assert {"article:housing/evicted-suddenly", "article:housing/late-with-rent"} <= {
        button.data for button in reply.parts[-1].buttons
    }


def test_an_article_that_is_likelier_than_the_bare_topic_is_shown(person: Person) -> None:
    ranked = (("housing/late-with-rent", 0.5), ("housing", 0.4))
    assert person.writes("kos nunggak", ("housing", 0.9), articles=ranked).article == "housing/late-with-rent"

"""The request for help: who may be written to and when, what is urgent, what was told before."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Self

import pytest

from actions.turn import Entity
from store import alerts, referrals
from tests.bot.person import Person, button, labels, said

SURE = 0.9


def begins(person: Person, about: str, danger: str = "Tidak", age: str = "18 ke atas") -> None:
    """From the consent to the story."""
    person.presses("form:help_request")
    person.taps("Ya, petugas saja", about, danger, age)


def tells(
    person: Person, story: str = "Ceritanya begini", secret_from: str = "lewati", minor: bool = False
) -> None:
    """From the story to the question whether staff may write."""
    for text in (story, "Dalung", "bulan lalu"):
        person.writes(text)
    if not minor:  # a minor is not asked for evidence
        assert person.asked == "files"
        person.taps("Lewati")
    assert person.asked == "must_not_know"
    person.writes(secret_from)


def test_a_whole_request_by_buttons_and_words_reaches_staff(person: Person) -> None:
    begins(person, "Kerja & upah")
    tells(person, "Gaji dua bulan belum dibayar", "bos saya")
    person.taps("Boleh, kapan saja")
    person.writes("lewati")
    summary = person.writes("Ibu Rina")
    assert person.asked == "summary"
    assert "Tentang: Kerja & upah" in said(summary)
    sent = person.taps("✅ Kirim")
    case = person.case(sent.referral)
    assert case.body == {
        "consent": "staff_only", "about": "work", "danger": "no", "age": "18_up",
        "happened": "Gaji dua bulan belum dibayar", "place": "Dalung", "since": "bulan lalu",
        "must_not_know": "bos saya", "reply": "any_time", "staff_excluded": "Ibu Rina", "lang": "id",
    }  # fmt: skip
    assert (case.summary.kind, case.summary.priority, case.summary.regency) == ("help", "normal", "Badung")
    assert case.reply_to == 1
    assert case.consent == "2026-11-22"
    assert person.tracker.form is None


def test_a_whole_request_can_be_typed(person: Person) -> None:
    person.presses("form:help_request")
    for text in (
        "ya",
        "ktp",
        "aman",
        "25",
        "KK saya hilang",
        "Ubud",
        "kemarin",
        "lewati",
        "lewati",
        "jangan",
        "tanpa nama",
        "lewati",
    ):
        person.writes(text)
    sent = person.writes("kirim")
    body = person.case(sent.referral).body
    assert (body["consent"], body["about"], body["danger"]) == ("staff_only", "papers", "no")
    assert (body["age"], body["reply"], body["contact"]) == ("18_up", "only_when_i_write", "tanpa nama")


def test_the_consent_tells_for_what_it_is_given(person: Person) -> None:
    person.presses("form:help_request")
    person.writes("juga lembaga")
    assert person.asked == "about"
    assert person.filled["consent"] == "with_agencies"


def test_without_consent_nothing_is_kept(person: Person) -> None:
    person.presses("form:help_request")
    assert "dibatalkan" in said(person.taps("Tidak jadi"))
    assert person.tracker.form is None
    assert referrals.listed(person.services.db) == []


@pytest.mark.parametrize("about", ["Kekerasan", "Ditahan atau dipaksa kerja"])
def test_violence_and_trafficking_are_urgent_and_nobody_writes_first_by_default(
    person: Person, about: str
) -> None:
    begins(person, about)
    tells(person)
    assert person.asked == "safe_reply"
    assert "Aman kalau kami menghubungi" in said(person.last)
    person.taps("Lewati")
    assert person.asked == "contact"
    person.writes("lewati")
    assert "Aman dihubungi: Hanya kalau saya menulis dulu" in said(person.writes("lewati"))
    case = person.case(person.taps("✅ Kirim").referral)
    assert case.body["safe_reply"] == "only_when_i_write"
    assert case.reply_to is None
    assert case.summary.priority == "urgent"
    assert [alert["kind"] for alert in alerts.unseen(person.services.db)] == ["urgent_referral"]


@pytest.mark.parametrize("about", ["Kos / kontrakan", "Kerja & upah", "KTP & surat", "Bantuan hukum", "Lain"])
def test_other_needs_are_not_urgent_and_ask_plainly_about_replies(person: Person, about: str) -> None:
    begins(person, about)
    tells(person)
    assert person.asked == "reply"
    person.taps("Hanya kalau saya menulis dulu", "Lewati", "Lewati")
    case = person.case(person.taps("✅ Kirim").referral)
    assert case.summary.priority == "normal"
    assert case.reply_to is None


def test_hours_at_which_it_is_safe_are_asked_for_and_kept(person: Person) -> None:
    begins(person, "Kekerasan")
    tells(person)
    asked = person.taps("Pada jam tertentu")
    assert "Jam berapa" in said(asked)
    person.writes("pagi waktu dia kerja")
    person.taps("Lewati", "Lewati")
    case = person.case(person.taps("✅ Kirim").referral)
    assert case.body["reply_hours"] == "pagi waktu dia kerja"
    assert case.reply_to == 1


@pytest.mark.parametrize("text", ["ya", "boleh", "mungkin"])
def test_an_unclear_word_never_passes_for_safe(person: Person, text: str) -> None:
    begins(person, "Kekerasan")
    tells(person)
    person.writes(text)
    assert person.asked == "safe_reply"


def test_a_minor_is_asked_for_no_contact_and_the_case_is_urgent(person: Person) -> None:
    begins(person, "Kerja & upah", age="Di bawah 18")
    assert "SAPA 129" in said(person.last)
    tells(person, minor=True)
    person.taps("Hanya kalau saya menulis dulu")
    assert person.asked == "staff_excluded"
    person.taps("Lewati")
    assert person.asked == "summary"
    case = person.case(person.taps("✅ Kirim").referral)
    assert "contact" not in case.body
    assert case.summary.priority == "urgent"


@pytest.mark.parametrize(
    "typed", ["di bawah 18", "under 18", "<18", "saya belum 18", "balom 18 taon", "17", "kurang dari 18"]
)
def test_who_says_under_18_in_any_words_is_a_minor(person: Person, typed: str) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja", "Lain", "Tidak")
    assert "SAPA 129" in said(person.writes(typed))


@pytest.mark.parametrize("typed", ["18", "18 ke atas", "over 18", "sudah 18", "40 tahun"])
def test_who_is_18_is_grown_up(person: Person, typed: str) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja", "Lain", "Tidak")
    person.writes(typed)
    assert person.filled["age"] == "18_up"


def test_danger_now_shows_numbers_at_once_and_is_urgent(person: Person) -> None:
    person.presses("form:help_request")
    reply = person.taps("Ya, petugas saja", "Kos / kontrakan", "Ya, bahaya")
    assert reply.decision == "crisis"
    assert "110" in reply.parts[0].text
    assert person.asked == "age"
    person.taps("Lewati")
    tells(person)
    person.taps("Hanya kalau saya menulis dulu", "Lewati", "Lewati")
    assert person.case(person.taps("✅ Kirim").referral).summary.priority == "urgent"


@pytest.mark.parametrize("text", ["belum aman", "tidak aman", "sonde aman"])
def test_not_safe_is_never_read_as_safe(person: Person, text: str) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja", "Lain")
    assert person.writes(text).decision == "crisis"
    assert person.filled["danger"] == "yes"


def test_violence_shows_its_numbers_when_it_is_chosen(person: Person) -> None:
    person.presses("form:help_request")
    assert "129" in person.taps("Ya, petugas saja", "Kekerasan").parts[0].text
    person.writes("/batal")
    person.presses("form:help_request")
    assert person.taps("Ya, petugas saja", "Ditahan atau dipaksa kerja").article == "trafficking/now"


def test_danger_told_in_place_of_a_choice_is_the_answer(person: Person) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja")
    assert person.writes("kekerasan kak, suami pukul saya").decision == "crisis"
    assert person.asked == "danger"
    assert person.filled["about"] == "violence"


def test_danger_told_at_another_question_answers_nothing_by_accident(person: Person) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja")
    assert person.writes("suami pukul saya di kos").decision == "crisis"
    assert person.asked == "about"  # "kos" is not what this is about


def test_danger_in_the_story_makes_it_urgent_and_the_question_about_replies_careful(person: Person) -> None:
    begins(person, "Kerja & upah")
    reply = person.writes("bos kunci kami di mes", ("trafficking", SURE))
    assert reply.decision == "crisis"
    assert person.asked == "place"
    for text in ("Kuta", "lewati", "lewati", "lewati"):
        person.writes(text, ("deny", SURE))
    assert person.asked == "safe_reply"
    person.taps("Lewati", "Lewati", "Lewati")
    case = person.case(person.taps("✅ Kirim").referral)
    assert case.summary.priority == "urgent"
    assert case.body["happened"] == "bos kunci kami di mes"
    assert "heard" not in case.body  # our reading, not the person's word


def test_danger_heard_at_the_plain_question_puts_the_careful_one_in_its_place(person: Person) -> None:
    begins(person, "Kerja & upah")
    tells(person)
    assert person.asked == "reply"
    reply = person.writes("dia pukul saya", ("gender_violence", SURE))
    assert person.asked == "safe_reply"
    assert "Aman kalau kami menghubungi" in reply.parts[-1].text


def test_danger_heard_at_the_summary_asks_the_careful_question_before_sending(person: Person) -> None:
    begins(person, "Kerja & upah")
    tells(person)
    person.taps("Boleh, kapan saja", "Lewati", "Lewati")
    assert person.asked == "summary"
    person.writes("dia pukul saya", ("gender_violence", SURE))
    assert person.asked == "safe_reply"
    person.taps("Lewati")
    assert person.asked == "summary"
    assert person.case(person.taps("✅ Kirim").referral).reply_to is None


def test_a_need_changed_to_violence_asks_the_careful_question_and_forgets_the_plain_answer(
    person: Person,
) -> None:
    begins(person, "Kerja & upah")
    tells(person)
    person.taps("Boleh, kapan saja", "Lewati", "Lewati", "✏️ Ubah", "Tentang", "Kekerasan")
    assert person.asked == "safe_reply"  # and nothing that was answered before
    person.taps("Lewati")
    assert person.asked == "summary"
    case = person.case(person.taps("✅ Kirim").referral)
    assert "reply" not in case.body
    assert case.reply_to is None
    assert case.summary.priority == "urgent"


def test_a_need_changed_from_violence_forgets_the_careful_answers(person: Person) -> None:
    begins(person, "Kekerasan")
    tells(person)
    person.taps("Pada jam tertentu")
    person.writes("pagi")
    person.taps("Lewati", "Lewati", "✏️ Ubah", "Tentang", "KTP & surat")
    assert person.asked == "reply"
    person.taps("Hanya kalau saya menulis dulu")
    case = person.case(person.taps("✅ Kirim").referral)
    assert not {"safe_reply", "reply_hours"} & set(case.body)
    assert case.reply_to is None


# --- what was told before -----------------------------------------------------------------------------

TOLD = (Entity("place", "Kuta", 0, 4), Entity("date", "bulan lalu", 5, 15))


def begins_after_telling(person: Person) -> None:
    """A question about wages, a look at another page, then the wish for help."""
    person.writes("gaji belum dibayar di Kuta", ("employment", SURE), entities=TOLD)
    person.presses("article:employment/thr")
    person.writes("mau bicara dengan orang", ("talk_to_staff", SURE))
    person.taps("Minta bantuan petugas")


def test_what_was_told_before_is_shown_and_not_asked_again(person: Person) -> None:
    begins_after_telling(person)
    shown = said(person.last)
    assert "Tentang: Kerja & upah" in shown
    assert "Tempat: Kuta" in shown
    assert "Sejak: bulan lalu" in shown
    asked = []
    for answer in (
        "ya",
        "tidak",
        "lewati",
        "Bos bilang nanti",
        "lewati",
        "lewati",
        "tidak",
        "lewati",
        "lewati",
    ):
        asked.append(person.asked)
        person.writes(answer)
    assert asked == [
        "consent", "danger", "age", "happened", "files", "must_not_know", "reply", "contact", "staff_excluded",
    ]  # fmt: skip
    assert "Tempat: Kuta" in said(person.last)  # and can be changed
    assert "Tempat" in labels(person.taps("✏️ Ubah"))


def test_a_new_topic_does_not_keep_the_place_of_the_old_one(person: Person) -> None:
    person.writes("gaji belum dibayar di Kuta", ("employment", SURE), entities=TOLD)
    person.writes("deposit kos ditahan", ("housing", SURE))
    person.presses("form:help_request")
    assert person.filled == {"about": "housing"}


def test_what_was_told_yesterday_is_asked_anew(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.writes("gaji belum dibayar di Kuta", ("employment", SURE), entities=TOLD)

    class Later(datetime):
        """A clock that shows a day to come."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2031, 1, 1, tzinfo=tz)

    monkeypatch.setattr("bot.turns.datetime", Later)
    person.presses("form:help_request")
    assert person.filled == {}


def test_a_doubtful_reading_answers_no_question(person: Person) -> None:
    person.writes("gaji", ("employment", 0.25))
    person.presses("form:help_request")
    assert person.filled == {}


@pytest.mark.parametrize(
    ("crisis", "about"), [("gender_violence", "violence"), ("trafficking", "trafficking")]
)
def test_after_a_crisis_page_neither_the_need_nor_the_danger_is_asked_again(
    person: Person, crisis: str, about: str
) -> None:
    person.writes("x", (crisis, SURE))
    person.taps("Ya, aman", "Minta bantuan petugas", "Ya, petugas saja")
    assert person.asked == "age"
    assert person.filled == {"consent": "staff_only", "about": about, "danger": "no"}


def test_danger_since_the_last_yes_it_is_safe_is_asked_about_again(person: Person) -> None:
    person.writes("x", ("trafficking", SURE))
    person.taps("Ya, aman")
    person.writes("dia pukul saya", ("gender_violence", SURE))
    person.presses("form:help_request")
    person.taps("Ya, petugas saja")
    assert person.asked == "danger"


def test_after_a_crisis_chosen_by_button_the_need_is_known(person: Person) -> None:
    person.writes("/darurat")
    person.taps("Ditahan atau dipaksa kerja", "Belum aman", "Sekarang sudah aman", "Minta bantuan petugas")
    assert person.filled == {"about": "trafficking", "danger": "no"}


def test_inside_an_open_form_safe_offers_no_second_form(person: Person) -> None:
    begins(person, "Kerja & upah")
    person.writes("dia pukul saya", ("gender_violence", SURE))
    assert "Minta bantuan petugas" not in labels(person.taps("Ya, aman"))
    assert person.asked == "place"


def test_it_speaks_english(person: Person) -> None:
    person.presses("lang:en")
    person.writes("/gethelp")
    person.taps("Ask staff for help", "Yes, staff only", "Violence", "No")
    assert "18 or older" in labels(person.last)


# --- "Sekarang aman?" beside the form -----------------------------------------------------------------


def test_an_answer_the_form_offers_is_an_answer_even_if_the_model_hears_danger(person: Person) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja")
    reply = person.writes("kekerasan", ("gender_violence", SURE))
    assert person.asked == "danger"
    assert "129" in reply.parts[0].text  # the numbers come all the same
    assert "Sekarang Kakak aman?" not in said(reply)
    assert person.writes("tidak aman", ("emergency", SURE)).article == "emergency/now"
    assert person.asked == "age"


def test_a_few_words_for_a_day_or_a_place_are_no_danger_whatever_the_model_reads_in_them(
    person: Person,
) -> None:
    """The words "kmrn mlm" alone look like the beginning of a worse story."""
    begins(person, "Kerja & upah")
    person.writes("Gaji dua bulan belum dibayar", ("employment", SURE))
    assert person.writes("jl nusa kambangan", ("emergency", SURE)).decision == "form"
    assert person.filled["place"] == "jl nusa kambangan"
    assert person.writes("kmrn mlm", ("gender_violence", SURE)).decision == "form"
    assert person.filled["since"] == "kmrn mlm"


def test_at_such_a_question_the_guard_and_longer_words_still_count(person: Person) -> None:
    begins(person, "Kerja & upah")
    person.writes("Gaji dua bulan belum dibayar", ("employment", SURE))
    assert person.asked == "place"
    assert person.writes("suami pukul saya").decision == "crisis"
    longer = "di mess, pintu dikunci dari luar terus"
    assert person.writes(longer, ("trafficking", SURE)).decision == "crisis"


def test_in_a_form_the_model_must_be_surer_of_danger_and_leaves_the_button_below(person: Person) -> None:
    begins(person, "Kerja & upah")
    reply = person.writes("Tamu saya tidur dua malam, mereka marah", ("housing", 0.6), ("emergency", 0.38))
    assert (reply.decision, person.asked) == ("form", "place")
    assert "🆘 Darurat" in labels(reply)
    person.writes("/batal")
    begins(person, "Kerja & upah")
    assert person.writes("Mereka marah sekali malam itu", ("emergency", 0.4)).decision == "crisis"


def test_sure_danger_is_never_taken_for_a_mere_answer(person: Person) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja")
    assert "Sekarang Kakak aman?" not in said(person.writes("kdrt"))  # the form asks that itself
    assert person.last.article == "gender_violence/now"
    assert person.asked == "danger"


def test_is_it_safe_answered_beside_the_form_is_not_asked_by_the_form(person: Person) -> None:
    person.presses("form:help_request")
    person.writes("suami pukul saya")
    assert person.asked == "consent"
    person.taps("Belum aman")
    assert person.filled["danger"] == "yes"
    person.taps("Ya, petugas saja", "Kekerasan")
    assert person.asked == "age"


def test_is_it_safe_answered_while_the_form_asks_that_moves_it_on(person: Person) -> None:
    person.writes("x", ("trafficking", SURE))
    old = button(person.last, "Ya, aman")
    person.writes("/bantu")
    person.taps("Minta bantuan petugas", "Ya, petugas saja")
    assert person.asked == "danger"
    person.presses(old)
    assert person.asked == "age"


def test_after_a_form_button_a_word_answers_the_form_and_not_an_older_question(person: Person) -> None:
    begins(person, "Kekerasan")
    person.writes("suami pukul saya tiap malam")
    person.taps("Lewati", "Lewati", "Lewati", "Lewati")
    assert person.asked == "safe_reply"
    person.writes("belum aman")
    assert person.filled["safe_reply"] == "only_when_i_write"

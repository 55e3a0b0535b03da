"""The request for mediation: whom it refuses and why, who may be named, who sits there."""

from __future__ import annotations

import pytest

from actions.turn import CRISES
from store import referrals
from tests.bot.person import Person, button, labels, said

SURE = 0.9


def begins(person: Person, kind: str = "Tetangga", screening: str = "Tidak ada") -> None:
    """From the consent to the question of age."""
    person.presses("form:mediation_request")
    person.taps("Ya, boleh", kind, screening)


def ends(person: Person) -> referrals.Case:
    """From the question about place to the case."""
    person.writes("lewati")
    person.taps("Boleh, kapan saja", "Lewati", "Lewati")
    assert person.asked == "summary"
    return person.case(person.taps("✅ Kirim").referral)


def test_a_whole_request_reaches_staff(person: Person) -> None:
    begins(person)
    for text in ("30", "Musik sampai tengah malam", "kelian dan gereja", "musik berhenti jam 10", "belum", "boleh",
                 "Dalung", "boleh", "Yos, lewat chat ini saja", "Ibu Rina"):  # fmt: skip
        person.writes(text)
    assert "Yang ikut duduk: Kelian banjar, Gereja" in said(person.last)
    case = person.case(person.writes("kirim").referral)
    assert case.body == {
        "consent": "yes", "kind": "neighbour", "screening": "none", "age": "18_up",
        "happened": "Musik sampai tengah malam", "mediators": "kelian,church", "settles": "musik berhenti jam 10",
        "other_knows": "no", "named": "yes", "place": "Dalung", "reply": "any_time",
        "contact": "Yos, lewat chat ini saja", "staff_excluded": "Ibu Rina", "lang": "id",
    }  # fmt: skip
    assert (case.summary.kind, case.summary.priority, case.summary.regency) == (
        "mediation",
        "normal",
        "Badung",
    )
    assert case.reply_to == 1
    assert case.consent == "2026-11-22"


@pytest.mark.parametrize(
    "kind", ["Tetangga", "Pemilik kos", "Banjar / desa", "Tempat kerja", "Antarkelompok", "Lain"]
)
def test_every_kind_of_quarrel_is_taken(person: Person, kind: str) -> None:
    begins(person, kind)
    assert person.asked == "age"


def test_without_consent_nothing_is_kept(person: Person) -> None:
    person.presses("form:mediation_request")
    assert "dibatalkan" in said(person.taps("Tidak jadi"))
    assert person.tracker.form is None


# --- what it refuses ----------------------------------------------------------------------------------

REFUSALS = [
    ("Kekerasan di rumah", "berhadapan dengan orang yang menyakiti", "gender_violence", "violence"),
    ("Kekerasan seksual", "tidak seorang pun boleh menekan Kakak untuk berdamai", "gender_violence", "violence"),
    ("Ditahan atau dipaksa kerja", "yang menahan jangan sampai tahu", "trafficking", "trafficking"),
    ("Menyangkut anak", "keselamatan anak yang utama", "gender_violence", "violence"),
    ("Diserang karena asal", "bukan salah paham yang harus Kakak damaikan", "emergency", "violence"),
]  # fmt: skip


@pytest.mark.parametrize(("screening", "reason", "crisis", "about"), REFUSALS)
def test_it_refuses_and_says_why_and_leads_to_the_right_help(
    person: Person, screening: str, reason: str, crisis: str, about: str
) -> None:
    begins(person, screening=screening)
    refused = person.last
    assert refused.decision == "refuse"
    assert reason in said(refused)
    assert "Tidak ada yang dikirim" in said(refused)
    assert person.tracker.form is None
    assert referrals.listed(person.services.db) == []
    assert person.presses(button(refused, "Nomor & langkah aman")).article == f"{crisis}/now"
    person.presses(button(refused, "Minta bantuan petugas"))
    assert person.filled["about"] == about
    person.taps("Ya, petugas saja")
    assert person.asked == "danger"


@pytest.mark.parametrize("typed", ["kdrt", "pelecehan", "ditahan", "anak", "karena suku"])
def test_it_refuses_a_typed_answer_as_well(person: Person, typed: str) -> None:
    person.presses("form:mediation_request")
    person.taps("Ya, boleh", "Tetangga")
    assert "mediasi tidak saya buka" in said(person.writes(typed))
    assert person.tracker.form is None


def test_danger_told_in_place_of_a_choice_shows_numbers_and_refuses(person: Person) -> None:
    person.presses("form:mediation_request")
    person.taps("Ya, boleh", "Tetangga")
    reply = person.writes("kdrt kak, suami pukul saya tiap hari")
    assert reply.decision == "crisis"
    assert "mediasi tidak saya buka" in said(reply)
    assert person.tracker.form is None


def test_an_attack_because_of_origin_can_also_be_reported(person: Person) -> None:
    begins(person, screening="Diserang karena asal")
    assert "Lapor" in labels(person.taps("Lapor diskriminasi"))


def test_an_unclear_answer_opens_no_mediation(person: Person) -> None:
    person.presses("form:mediation_request")
    person.taps("Ya, boleh", "Tetangga")
    person.writes("mungkin sedikit")
    assert person.asked == "screening"


def test_a_minor_is_not_sent_into_a_mediation_and_not_asked_again_how_old(person: Person) -> None:
    begins(person)
    refused = person.writes("16")
    assert refused.decision == "refuse"
    assert "Karena Kakak di bawah 18" in said(refused)
    assert "SAPA 129" in said(refused)
    person.taps("Minta bantuan petugas")
    assert person.filled["age"] == "under_18"  # so no contact is asked there either


def test_a_refusal_at_the_summary_takes_the_story_along(person: Person) -> None:
    begins(person)
    for text in ("lewati", "Dia pegang saya waktu saya lewat", "lewati", "lewati", "belum", "tidak", "Ubud",
                 "jangan", "lewati", "lewati"):  # fmt: skip
        person.writes(text)
    refused = person.taps("✏️ Ubah", "Kekerasan atau anak", "Kekerasan seksual")
    assert refused.decision == "refuse"
    person.taps("Nomor & langkah aman")  # a look at the crisis page loses nothing
    person.presses(button(refused, "Minta bantuan petugas"))
    assert "Dia pegang saya" in said(person.last)
    assert person.filled == {
        "about": "violence",
        "happened": "Dia pegang saya waktu saya lewat",
        "place": "Ubud",
    }


@pytest.mark.parametrize("crisis", ["emergency", "gender_violence", "trafficking"])
def test_danger_in_the_story_shows_numbers_and_asks_once_more(person: Person, crisis: str) -> None:
    begins(person)
    person.taps("Lewati")
    reply = person.writes("dia hantam saya punya kepala", (crisis, SURE))
    assert reply.decision == "crisis"
    assert "Mediasi tidak aman untuk hal seperti itu" in said(reply)
    assert person.asked == "screening"
    refused = person.taps("Kekerasan di rumah")
    assert refused.decision == "refuse"
    assert "dia hantam saya punya kepala" in said(person.taps("Minta bantuan petugas"))


def test_a_false_alarm_loses_nothing_but_staff_look_first(person: Person) -> None:
    begins(person)
    person.taps("Lewati")
    person.writes("anjingnya mau gigit saya", ("emergency", SURE))
    person.taps("Tidak ada")
    assert person.asked == "mediators"
    person.taps("Lewati", "Lewati", "Sudah tahu", "Lewati")
    case = ends(person)
    assert case.body["happened"] == "anjingnya mau gigit saya"
    assert case.summary.priority == "urgent"


def test_wanting_to_die_is_met_but_is_no_reason_to_ask_once_more(person: Person) -> None:
    begins(person)
    person.taps("Lewati")
    assert set(CRISES) - {"self_harm"} == {"emergency", "gender_violence", "trafficking"}
    assert person.writes("capek hidup", ("self_harm", SURE)).decision == "crisis"
    assert person.asked == "mediators"


# --- the other side, and who sits there ---------------------------------------------------------------


def until_naming(person: Person) -> None:
    begins(person)
    for text in ("lewati", "Musik keras", "lewati", "lewati", "belum"):
        person.writes(text)
    assert person.asked == "named"
    assert "mereka akan tahu bahwa Kakak yang minta" in said(person.last)


@pytest.mark.parametrize("answer", ["lewati", "jangan", "tidak"])
def test_who_does_not_agree_is_not_named(person: Person, answer: str) -> None:
    until_naming(person)
    assert "tidak kami hubungi sebelum Kakak mengizinkan" in said(person.writes(answer))
    assert ends(person).body["named"] == "no"


def test_who_agrees_is_named(person: Person) -> None:
    until_naming(person)
    person.taps("Boleh disebut")
    assert ends(person).body["named"] == "yes"


def test_an_unclear_answer_names_no_one(person: Person) -> None:
    until_naming(person)
    person.writes("terserah saja")
    assert person.asked == "named"


def until_mediators(person: Person) -> None:
    begins(person)
    person.taps("Lewati")
    person.writes("Musik keras")
    assert person.asked == "mediators"


def test_several_are_chosen_by_button_and_a_second_press_takes_one_back(person: Person) -> None:
    until_mediators(person)
    assert "Selesai" not in labels(person.last)
    person.taps("Kelian banjar", "Gereja", "Bendesa adat", "☑ Gereja")
    assert [label for label in labels(person.last) if "☑" in label] == ["☑ Kelian banjar", "☑ Bendesa adat"]
    person.taps("Selesai")
    assert person.asked == "settles"
    assert person.filled["mediators"] == "kelian,bendesa"


def test_several_ticked_by_button_are_closed_by_word(person: Person) -> None:
    until_mediators(person)
    person.taps("Kelian banjar")
    person.writes("selesai")
    assert person.asked == "settles"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1 dan 3", "kelian,kaling"),
        ("1 3", "kelian,kaling"),
        ("kelian, pastor", "kelian,church"),
        ("Flobamora", "community"),
        ("kelian deng bendesa", "kelian,bendesa"),
    ],
)
def test_several_can_be_typed(person: Person, typed: str, kept: str) -> None:
    until_mediators(person)
    person.writes(typed)
    assert person.asked == "settles"
    assert person.filled["mediators"] == kept


@pytest.mark.parametrize("typed", ["kelian dan om Bertus", "9", "siapa saja", "selesai", ","])
def test_when_a_part_is_unclear_it_asks_again_and_drops_no_one(person: Person, typed: str) -> None:
    until_mediators(person)
    person.writes(typed)
    assert person.asked == "mediators"


def test_nobody_has_to_be_chosen(person: Person) -> None:
    until_mediators(person)
    person.taps("Lewati", "Lewati", "Belum pasti", "Lewati")
    body = ends(person).body
    assert "mediators" not in body
    assert body["other_knows"] == "unsure"


def test_hours_are_asked_for(person: Person) -> None:
    until_mediators(person)
    person.taps("Lewati", "Lewati", "Sudah tahu", "Lewati", "Lewati", "Pada jam tertentu")
    assert person.asked == "reply_hours"
    person.writes("malam")
    case = person.case(person.taps("Lewati", "Lewati", "✅ Kirim").referral)
    assert case.body["reply_hours"] == "malam"
    assert case.reply_to == 1


def test_it_speaks_english(person: Person) -> None:
    person.presses("lang:en")
    person.writes("/mediation")
    person.taps("Ask for mediation")
    assert "May I keep your story" in said(person.last)

"""What a turn leaves in the NLU inbox, and the opinions on answers."""

from __future__ import annotations

import pytest

from actions.turn import Understanding
from bot.nlu import second_needs
from store import nlu_inbox
from store.nlu_inbox import Entry
from tests.bot.person import Person, button, labels

SURE = ("housing", 0.95)
ARTICLES = (("housing/evicted-suddenly", 0.9),)


def kept(person: Person) -> list[Entry]:
    db, keys = person.services.db, person.services.keys
    ids = [entry.id for entry in nlu_inbox.listed(db, keys)]
    return [nlu_inbox.opened(db, keys, id, "maria") for id in ids]


def test_a_question_asked_back_about_is_kept_without_names(person: Person) -> None:
    person.writes("Pak Wayan Sudarma minta uang lagi", ("residency", 0.3), ("adat_rules", 0.28))
    [entry] = kept(person)
    assert entry.reason == "clarified"
    assert entry.text is not None
    assert "Wayan" not in entry.text
    assert "minta uang lagi" in entry.text
    assert entry.ranking == [("residency", 0.3), ("adat_rules", 0.28)]


def test_a_question_that_falls_back_is_kept(person: Person) -> None:
    person.writes("blablabla entah apa", ("greet", 0.05))
    assert [entry.reason for entry in kept(person)] == ["fell_back"]


def test_answers_danger_forms_and_commands_leave_nothing(person: Person) -> None:
    person.writes("kos usir saya", SURE, articles=ARTICLES)
    person.writes("dia pukul saya", ("gender_violence", 0.9))
    person.writes("/menu")
    person.loses_the_model("entah apa ini")
    assert kept(person) == []


def test_a_thumbs_down_keeps_the_question_once_and_counts_the_reason(person: Person) -> None:
    reply = person.writes("Ibu Ketut usir saya malam-malam", SURE, articles=ARTICLES)
    asked = person.presses(button(reply, "👎"))
    person.presses(button(reply, "👎"))
    [entry] = kept(person)
    assert entry.reason == "thumbs_down"
    assert entry.article == "housing/evicted-suddenly"
    assert entry.text is not None
    assert "Ketut" not in entry.text
    assert "Kurang jelas" in labels(asked)
    person.presses(button(asked, "Kurang jelas"))
    assert [(r["article"], r["verdict"]) for r in nlu_inbox.ratings(person.services.db)] == [
        ("housing/evicted-suddenly", "unclear")
    ]


def test_a_thumbs_up_is_counted_and_the_question_forgotten(person: Person) -> None:
    reply = person.writes("kos usir saya", SURE, articles=ARTICLES)
    person.presses(button(reply, "👍"))
    assert person.tracker.asked is None
    assert [r["verdict"] for r in nlu_inbox.ratings(person.services.db)] == ["good"]


def test_complaining_in_words_counts_as_thumbs_down(person: Person) -> None:
    person.writes("kos usir saya", SURE, articles=ARTICLES)
    person.writes("bukan itu, ngaco", ("feedback_negative", 0.9))
    assert [entry.reason for entry in kept(person)] == ["thumbs_down"]


@pytest.mark.parametrize(
    "data", ["why:nonsense:housing/evicted-suddenly", "why:topic:housing/nowhere", "good:x"]
)
def test_buttons_nobody_made_change_nothing(person: Person, data: str) -> None:
    assert person.presses(data).decision == "fallback"
    assert list(nlu_inbox.ratings(person.services.db)) == []


# --- two needs in one message -------------------------------------------------------------------------


def test_the_second_need_is_offered_under_the_answer(person: Person) -> None:
    others = ("employment", "report_discrimination")
    reply = person.writes("kos usir saya dan gaji belum dibayar", SURE, articles=ARTICLES, others=others)
    assert reply.article == "housing/evicted-suddenly"
    assert [intent for intent, _article in reply.also] == list(others)
    assert "Lapor diskriminasi" in labels(reply)


def test_without_a_second_need_nothing_is_offered(person: Person) -> None:
    reply = person.writes("kos usir saya", SURE, articles=ARTICLES)
    assert reply.also == ()
    assert len(reply.parts) == 1


def test_a_question_back_that_offers_it_already_does_not_offer_it_twice(person: Person) -> None:
    unsure = (("pre_migration", 0.5), ("employment", 0.3), ("residency", 0.1))
    reply = person.writes("gaji belum dibayar terus ktp hilang", *unsure, others=("employment",))
    assert reply.decision == "clarify"
    assert [intent for intent, _article in reply.also] == ["employment"]
    assert len(labels(reply)) == len(set(labels(reply)))


def reading(*ranking: tuple[str, float]) -> Understanding:
    return Understanding(ranking[0][0], ranking[0][1], ranking)


def test_a_second_need_must_show_in_a_clause_of_its_own() -> None:
    whole = reading(("housing", 0.7), ("employment", 0.2))
    housing, wage, unsure = (
        reading(("housing", 0.9)),
        reading(("employment", 0.9)),
        reading(("employment", 0.3)),
    )
    assert second_needs(whole, [housing, wage]) == ("employment",)
    assert second_needs(whole, [housing, unsure]) == ()
    assert second_needs(whole, [wage, wage]) == (), "one need told twice"

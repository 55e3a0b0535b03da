"""What holds for every form: its data is sound, each button can be typed, the page of diagrams is current."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from actions.forms.diagram import PAGE, diagram, forms_page
from actions.forms.model import FOLDER, Form, form_names, load_form
from actions.forms.reading import typed_option
from bot.nlu import NluClient
from bot.terminal import show_turn
from kawan.conversation import Conversation
from locales import translator
from tests.bot.person import Person, button, labels, said

OPTIONS = [
    (name, slot.name, option.value)
    for name in form_names()
    for slot in load_form(name).slots
    for option in slot.options
]
WAYS = sorted(
    {
        way.data
        for name in form_names()
        for slot in load_form(name).slots
        for option in slot.options
        for way in option.ways
    }
)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("form", "slot", "value"), OPTIONS)
def test_what_stands_on_a_button_can_be_typed(form: str, slot: str, value: str, lang: str) -> None:
    asked, say = load_form(form).slot(slot), translator(lang)
    option = asked.option(value)
    assert option is not None
    assert typed_option(say(option.label), asked, say) == option
    for word in option.also:
        assert typed_option(word, asked, say) == option


@pytest.mark.parametrize("name", form_names())
def test_every_form_asks_for_consent_first_and_its_refusal_ends_it(name: str) -> None:
    form = load_form(name)
    assert form.slots[0].name == "consent"
    assert [option.ends for option in form.slots[0].options][-1]
    assert form.consent_version
    assert "{operator}" in form.opening


@pytest.mark.parametrize("name", form_names())
def test_whoever_sends_a_form_is_told_so_and_given_its_code_to_keep(person: Person, name: str) -> None:
    person.presses(f"form:{name}")
    person.presses(person.last.parts[-1].buttons[0].data)  # the consent
    while person.asked != "summary":
        slot = load_form(name).slot(str(person.asked))
        if slot.may_be_skipped:
            person.taps("Lewati")
        elif slot.options:
            person.taps(slot.options[-1].label)  # none of the answers that end or refuse stands last
        else:
            person.writes("cerita")
    received, keep = person.taps("✅ Kirim").parts
    code = person.last.referral
    assert code is not None
    assert load_form(name).done in received.text
    assert code not in received.text  # a message of its own, to be found again and photographed
    assert code in keep.text
    assert [b.data for b in keep.buttons] == [f"noted:{code}", f"write:{code}"]


@pytest.mark.parametrize("name", form_names())
def test_no_form_needs_a_name_or_a_number(name: str) -> None:
    for slot in load_form(name).slots:
        assert slot.optional or slot.name != "contact"


@pytest.mark.parametrize("data", WAYS)
def test_the_ways_out_of_a_refusal_lead_somewhere(person: Person, data: str) -> None:
    assert person.presses(data).decision != "fallback"


def test_the_page_of_diagrams_is_current() -> None:
    assert PAGE.read_text("utf-8") == forms_page(), "run: make forms"


@pytest.mark.parametrize("name", form_names())
def test_every_question_is_on_its_diagram_and_leads_on(name: str) -> None:
    lines = list(diagram(load_form(name)))
    for slot in load_form(name).slots:
        assert any(line.endswith(f'" as {slot.name}') for line in lines)
        assert any(f"--> {slot.name}" in line for line in lines), slot.name
        assert any(line.startswith(f"    {slot.name} -->") for line in lines), slot.name
        for option in slot.options:
            assert not option.refuses or any(f"refused : {option.value}" in line for line in lines)


def changed(name: str, slot: str, **fields: Any) -> dict[str, Any]:
    """The data of a form with one of its questions changed."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    for one in data["slots"]:
        if one["name"] == slot:
            one.update(fields)
    return data


@pytest.mark.parametrize(
    ("slot", "fields", "says"),
    [
        ("contact", {"skip_if": {"age": ["under18"]}}, "no earlier question 'age' with the answers under18"),
        ("about", {"ask_if": {"reply": ["any_time"]}}, "no earlier question 'reply'"),
        ("contact", {"ask_if": {"heard": ["danger"]}}, "no earlier question 'heard'"),
        ("contact", {"skip_if": {"age": []}}, "no earlier question 'age'"),
        ("safe_reply", {"default": "never"}, "its default is none of its options"),
        ("happened", {"kind": "several"}, "a choice needs options"),
        ("place", {"asks_if": {}}, "Extra inputs are not permitted"),
        ("danger", {"options": [{"value": "yes", "label": "Ya", "crisis": "fire"}]}, "fire is none of"),
        ("danger", {"options": [{"value": "yes", "label": "Ya", "refuses": "Maaf"}]}, "a refusal needs ways"),
    ],
)
def test_a_slip_in_a_form_is_named(slot: str, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Form.model_validate(changed("help_request", slot, **fields))


def test_a_question_to_ask_again_must_be_there() -> None:
    data = changed("mediation_request", "screening")
    data["after_danger"]["slot"] = "screning"
    with pytest.raises(ValidationError, match="there is no slot screning"):
        Form.model_validate(data)


def test_an_answer_to_a_question_no_longer_asked_decides_nothing() -> None:
    form = load_form("help_request")
    values = {"about": "work", "safe_reply": "at_hours", "reply": "any_time"}
    assert "reply_hours" not in {slot.name for slot in form.asked(values)}
    assert form.answers(values) == {"about": "work", "reply": "any_time"}


def test_going_back_asks_only_what_is_still_open(person: Person) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja", "Lain", "Tidak", "« Kembali", "« Kembali")
    assert person.asked == "about"
    person.taps("KTP & surat")
    assert person.asked == "age"


def test_a_question_left_out_is_not_asked_again_after_a_change(person: Person) -> None:
    person.presses("form:help_request")
    person.taps("Ya, petugas saja", "Lain", "Tidak", "Lewati")
    for text in ("cerita", "lewati", "lewati", "lewati", "lewati", "tidak", "lewati", "lewati"):
        person.writes(text)
    person.taps("✏️ Ubah", "Cerita")
    person.writes("cerita lain")
    assert person.asked == "summary"
    assert "Tempat: –" in said(person.last)


def test_a_button_of_a_form_that_was_refused_changes_nothing(person: Person) -> None:
    person.presses("form:mediation_request")
    person.taps("Ya, boleh")
    old = button(person.last, "Tetangga")
    person.taps("Tetangga", "Kekerasan seksual")
    assert person.presses(old).decision == "fallback"
    assert person.tracker.form is None


# --- the terminal -------------------------------------------------------------------------------------


def talk(person: Person, *lines: str) -> list[dict[str, Any]]:
    """A conversation in the terminal, beside the person's, while the model is away."""

    async def all_of_it() -> list[dict[str, Any]]:
        nlu = NluClient(lambda: None)
        here = Conversation(nlu, person.services, person.dialogue)
        turns = [await here.say(line) for line in lines]
        await nlu.close()
        return turns

    return asyncio.run(all_of_it())


def test_the_terminal_shows_the_same_form(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    typed = ["/mediasi", ":1", "boleh", "tetangga", "tidak ada"]
    turns = talk(person, *typed)
    person.writes("/mediasi")
    person.taps("Minta mediasi")
    for text in typed[2:]:
        person.loses_the_model(text)
    assert turns[-1]["form"] == {"name": "mediation_request", "slot": "age", "step": 4}
    assert [p["text"] for p in turns[-1]["reply"]] == [part.text for part in person.last.parts]
    assert [b["label"] for p in turns[-1]["reply"] for b in p["buttons"]] == labels(person.last)
    for turn in turns:
        show_turn(turn)
    shown = capsys.readouterr().out
    assert ":4 Menyangkut anak" in shown
    assert ":1 Di bawah 18" in shown


def test_the_terminal_chooses_several_by_their_numbers(person: Person) -> None:
    turns = talk(
        person, "/mediasi", ":1", "boleh", "tetangga", "tidak ada", "lewati", "Musik keras", ":1", ":5", ":6"
    )
    assert "☑ Kelian banjar" in [b["label"] for b in turns[-2]["reply"][-1]["buttons"]]
    assert turns[-1]["form"]["slot"] == "settles"

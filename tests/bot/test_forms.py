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


# --- what may be a question ----------------------------------------------------------------------------

UNSURE = (("employment", 0.4), ("rights", 0.3), ("housing", 0.1))
QUESTION = "kapan upah lembur dibayar"


def at_the_story(person: Person) -> None:
    """At the free text of a report."""
    person.presses("form:report_discrimination")
    person.taps("Ya, boleh", "18 ke atas")
    assert person.asked == "happened"


@pytest.mark.parametrize(
    "text",
    [
        "bos boleh potong upah begitu?", "apakah dia boleh usir saya", "kenapa harus punya KTP Bali", "upah lembur brp",
        "mau tanya, gaji ditahan itu boleh", "itu bole ko sonde", "bgmn cara lapor kk", "kalau sudah lewat setahun masih bisa?",
        "katanya kos boleh tolak orang, benarkah", "can they fire me for this?", "how do I prove it", "bisa dibantu tidak",
        "menurut kakak ini salah siapa", "Saya dipecat tanpa surat. Itu boleh? 🙏",
    ],
)  # fmt: skip
def test_what_sounds_like_a_question_is_asked_about_and_not_stored(person: Person, text: str) -> None:
    at_the_story(person)
    reply = person.writes(text, *UNSURE)
    assert reply.decision == "form"
    assert [b.data.rpartition(":")[2] for b in reply.parts[-1].buttons] == ["told", "asks"]
    assert person.asked == "happened"
    assert "happened" not in person.filled


@pytest.mark.parametrize(
    "text",
    [
        "saya tanya kenapa, dia bilang orang timur tidak boleh", "dia tanya saya dari mana", "Bos bilang: kamu dari mana?",
        'Dia teriak "kamu mau apa?"', "they asked where I am from", "saya tidak tahu salah apa", "sa ditolak karena dari Sumba",
        "dia suruh saya pergi saat itu juga", "I was told to leave", "saya mau tanya bos tapi dia marah", "sa tra tau kenapa",
        "beta tanya kanapa, dong tertawa", "Waktu itu saya datang jam delapan. Dia lihat KTP saya. Dia tanya, kamu dari mana? Lalu "
        "pintu ditutup dan tetangga tertawa, padahal kamar kosong itu sudah saya bayar uang mukanya. Itu boleh?",
    ],
)  # fmt: skip
def test_a_story_that_only_holds_a_question_is_stored_as_it_is(person: Person, text: str) -> None:
    at_the_story(person)
    person.writes(text, *UNSURE)
    assert person.filled["happened"] == text
    assert person.asked == "area"


@pytest.mark.parametrize("how", ["Ini bagian dari cerita", "cerita", "1", "ini bagian dari cerita!"])
def test_as_part_of_the_story_it_is_stored_word_for_word(person: Person, how: str) -> None:
    at_the_story(person)
    person.writes(QUESTION, *UNSURE)
    person.taps(how) if how in labels(person.last) else person.writes(how)
    assert person.filled["happened"] == QUESTION
    assert person.asked == "area"


@pytest.mark.parametrize("how", ["Ini pertanyaan", "pertanyaan", "2", "Ini pertanyaan."])
def test_as_a_question_it_is_answered_and_the_form_goes_on(person: Person, how: str) -> None:
    at_the_story(person)
    person.writes(QUESTION, *UNSURE, articles=(("employment/overtime", 0.6), ("rights/equal-treatment", 0.2)))
    reply = person.taps(how) if how in labels(person.last) else person.writes(how)
    assert reply.decision == "clarify"
    assert "Maksud Kakak" in said(reply)
    assert "Ceritakan apa yang terjadi" in reply.parts[-1].text
    assert "happened" not in person.filled
    person.writes("Bos kasih shift malam hanya untuk kami", ("employment", 0.9))
    assert person.filled["happened"] == "Bos kasih shift malam hanya untuk kami"


def test_a_clear_question_without_its_mark_is_answered_too(person: Person) -> None:
    at_the_story(person)
    person.writes(
        "bagaimana cara minta slip gaji", ("employment", 0.9), articles=(("employment/wages-not-paid", 0.8),)
    )
    reply = person.taps("Ini pertanyaan")
    assert reply.article == "employment/wages-not-paid"
    assert person.asked == "happened"


def test_who_writes_on_instead_of_choosing_loses_nothing(person: Person) -> None:
    at_the_story(person)
    person.writes("kenapa hanya kami yang diusir", *UNSURE)
    person.writes("kenapa yang lain boleh tinggal", *UNSURE)
    person.writes("Kami dari Sumba, yang lain tidak", *UNSURE)
    assert person.filled["happened"].splitlines() == [
        "kenapa hanya kami yang diusir", "kenapa yang lain boleh tinggal", "Kami dari Sumba, yang lain tidak",
    ]  # fmt: skip


def test_danger_told_meanwhile_is_answered_and_kept_with_it(person: Person) -> None:
    at_the_story(person)
    person.writes("kenapa hanya kami yang diusir", *UNSURE)
    reply = person.writes("mereka bawa parang di depan kos", *UNSURE)
    assert reply.decision == "crisis"
    assert "kenapa hanya kami" in person.filled["happened"]
    assert "parang" in person.filled["happened"]


def test_going_back_drops_it_and_its_button_changes_nothing_any_more(person: Person) -> None:
    at_the_story(person)
    person.writes(QUESTION, *UNSURE)
    told, asks = button(person.last, "Ini bagian dari cerita"), button(person.last, "Ini pertanyaan")
    person.writes("kembali")
    for old in (told, asks):
        person.presses(old)
        assert person.asked == "age"
        assert "happened" not in person.filled


def test_another_open_question_has_its_own_words(person: Person) -> None:
    at_the_story(person)
    person.writes("Ditolak kos", ("housing", 0.9))
    person.taps("Kos / kontrakan", "Lewati")
    assert person.asked == "place"
    person.writes("kenapa harus tahu tempatnya", *UNSURE)
    assert labels(person.last) == ["Ini jawaban saya", "Ini pertanyaan"]
    person.taps("Ini pertanyaan")
    assert person.asked == "place"


def test_what_is_not_clear_lies_encrypted(person: Person) -> None:
    at_the_story(person)
    person.writes(QUESTION, *UNSURE)
    [row] = person.services.db.query("select state from trackers")
    assert b"lembur" not in row["state"]
    assert person.tracker.form is not None
    assert person.tracker.form.unclear is not None
    assert person.tracker.form.unclear["text"] == QUESTION


def test_a_message_to_staff_takes_questions_without_asking(person: Person) -> None:
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
    person.writes(QUESTION, *UNSURE)
    assert person.filled["message"] == QUESTION


# --- a message to staff from a child -------------------------------------------------------------------


def test_a_message_from_a_child_is_urgent_and_takes_no_files(person: Person) -> None:
    person.presses("form:message_to_staff")
    reply = person.taps("Ya, boleh", "Di bawah 18")
    assert "SAPA 129" in said(reply)
    person.writes("bapak kos larang saya sekolah", *UNSURE)
    assert person.asked == "reply"
    case = person.case(person.taps("Aman, kapan saja", "✅ Kirim").referral)
    assert case.body["age"] == "under_18"
    assert case.summary.priority == "urgent"


def test_the_age_of_a_message_is_one_tap(person: Person) -> None:
    person.presses("form:message_to_staff")
    assert labels(person.taps("Ya, boleh"))[:3] == ["Di bawah 18", "18 ke atas", "Lewati"]
    person.taps("Lewati")
    person.writes("tolong telepon saya", *UNSURE)
    assert person.asked == "files"
    case = person.case(person.taps("Lewati", "Aman, kapan saja", "✅ Kirim").referral)
    assert "age" not in case.body
    assert case.summary.priority == "normal"


def test_danger_heard_in_a_message_makes_it_urgent(person: Person) -> None:
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
    assert person.writes("mereka bawa parang di depan kos", *UNSURE).decision == "crisis"
    case = person.case(person.taps("Lewati", "Aman, kapan saja", "✅ Kirim").referral)
    assert case.summary.priority == "urgent"


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

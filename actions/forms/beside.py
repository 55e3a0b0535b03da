"""What is said beside an open form and still concerns it: danger above all."""

from __future__ import annotations

from actions import told
from actions.forms.conditions import HEARD
from actions.forms.model import SUMMARY
from actions.forms.reading import named_option, told_answer, typed_option
from actions.forms.screens import current, question
from actions.turn import Part, Reply, Turn

MOST_WORDS = 4  # of an answer that is a place, a day or a name; longer ones may tell something


def with_open_form(turn: Turn, reply: Reply) -> Reply:
    """After anything that is not the form itself, the open question is asked again; one put aside waits unseen."""
    form = turn.tracker.form
    if form is None or form.paused or reply.decision == "form" or reply.clears_screen:
        return reply
    again = turn.say("Kita lanjutkan formulirnya (atau /batal):")
    return reply.with_parts(Part(again), question(turn))


def only_answers(turn: Turn) -> bool:
    """Whether a message is nothing but an answer to the open question: one of those it offers, or a few words where a
    place, a day or a name is asked for. What the model reads into those ("kmrn mlm") is no danger."""
    form, state = current(turn)
    if state.slot == SUMMARY:
        return False
    slot = form.slot(state.slot)
    if named_option(turn.text, slot, turn.say) is not None:
        return True
    asks_for_a_story = slot.from_told == "happened" or slot.takes_questions
    return slot.kind == "text" and not asks_for_a_story and len(turn.text.split()) <= MOST_WORDS


def answers_too(turn: Turn) -> bool:
    """Whether a message that tells of danger answers the open question as well: a story, or the choice that says so."""
    form, state = current(turn)
    if state.slot == SUMMARY:
        return False
    slot = form.slot(state.slot)
    option = typed_option(turn.text, slot, turn.say) if slot.kind == "choice" else None
    return slot.kind == "text" or bool(option and (option.refuses or option.crisis))


def is_for_staff(turn: Turn) -> bool:
    """Whether the open question takes whatever is typed, questions too."""
    form, state = current(turn)
    return state.slot != SUMMARY and form.slot(state.slot).takes_questions


def asks_for_words(turn: Turn) -> bool:
    """Whether the open question is answered in the person's own words, so that a question could pass for the answer."""
    form, state = current(turn)
    return state.slot != SUMMARY and form.slot(state.slot).kind == "text"


def hear(turn: Turn, intent: str) -> list[Part]:
    """Danger was heard while the form is open: what that changes, then the question to go on with."""
    form, state = current(turn)
    state.values[HEARD] = intent
    recheck = form.after_danger
    if recheck and intent in recheck.when and state.values.pop(recheck.slot, None) is not None:
        state.slot, state.editing = recheck.slot, False
        return [Part(turn.say(recheck.note)), question(turn)]
    # Danger may make another question the right one: one that is no longer asked cannot stay open.
    if state.slot not in {s.name for s in form.asked(state.values)}:
        state.slot, state.editing = form.next_open(state.values), False
    return [question(turn)]


def learn(turn: Turn, key: str, value: str) -> None:
    """Something was told beside the form: where it answers a question of the form, that one is not asked again."""
    form, state = current(turn)
    for slot in form.slots:
        if slot.from_told == key and (answer := told_answer(slot, {key: value})):
            state.values[slot.name] = answer
            if state.slot == slot.name:
                state.slot, state.editing = form.next_open(state.values), False


def asks_if_safe(turn: Turn) -> bool:
    """Whether the open question is the form's own "Sekarang aman?"."""
    form, state = current(turn)
    return state.slot != SUMMARY and form.slot(state.slot).from_told == told.DANGER

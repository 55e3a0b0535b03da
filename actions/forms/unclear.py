"""Words typed into a form that may be a question to the assistant: the person says which, and nothing typed is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from actions.forms.reading import says_one_of
from actions.forms.screens import current
from actions.turn import Button, Part, Reply, Turn, Understanding
from store.trackers import FormState

LONGEST_QUESTION = 25  # words: who writes more tells a story, even when it ends with a question

_TOLD = {"1", "cerita", "bagian dari cerita", "jawaban", "jawaban saya", "ini jawaban", "story", "part of the story", "answer"}  # fmt: skip
_ASKS = {"2", "tanya", "bertanya", "pertanyaan", "saya tanya", "question"}

_SPEAKS = r"(?:tanya|tanyakan|bertanya|nanya|batanya|bilang|blg|kata|katanya|omong|ngomong|jawab|balas|teriak|ask|asks|asked|say|says|said|told)"
_REPORTS = re.compile(rf"\b{_SPEAKS}\b|\?\s*[\"”»']\W*$", re.IGNORECASE)
_NOT_KNOWING = re.compile(
    r"\b(?:tidak|tdk|tak|gak|ga|nggak|sonde|son|tra|kurang|not|don'?t|didn'?t) (?:tahu|tau|mengerti|ngerti|know|understand)\b|"
    r"\b(?:bingung|lupa|forgot|no idea)\b",
    re.IGNORECASE,
)
_TO_US = re.compile(
    r"\b(?:mau|mo|mw|ingin|boleh|bisa|numpang|izin|ijin) (?:tanya|bertanya|nanya|batanya)"
    r"(?=$|\W*(?:[,:?]|dong|kak\w*|dulu|soal|tentang|apa\w*|kalau|kalo|klo|bagaimana|gimana|kenapa|boleh\w*))|"
    r"\b(?:want to|can i|may i|let me) ask(?! (?:him|her|them|my|the)\b)|"
    r"\bmenurut (?:kakak|kaka|kamu|kau|bot)\b|"
    r"\b(?:benar|bener|betul|batul) ?(?:kah|ka|ko|tidak|gak|sonde)\W*$",
    re.IGNORECASE,
)
_ENDS_ASKING = re.compile(
    r"\?\W*(?:(?:ya|kak\w*|dong|min|pak|bu|e)\W*)?$|"
    r"\b(?:apa|kenapa|knp|mengapa|bagaimana|bgmn|gimana|gmn|karmana|kapan|kpn|di ?mana|ke ?mana|berapa|brp|siapa)"
    r"(?: (?:ya|kak\w*|dong|e|itu|sih))?\W*$|"
    r"\b(?:boleh|bole|bisa|perlu|harus|wajib) ?(?:kah|ka|ko)\W*$|"
    r"\b(?:boleh|bole|bisa|perlu|harus|wajib)(?: \w+){0,3} (?:tidak|gak|ga|nggak|sonde|tra)\W*$",
    re.IGNORECASE,
)
_BEGINS_ASKING = re.compile(
    r"^\W*(?:(?:kak\w*|terus|trus|lalu|oh|halo|maaf|and|so|but|sorry)\W+)*"
    r"(?:apa|apakah|kenapa|knp|mengapa|bagaimana|bgmn|gimana|gmn|karmana|kapan|kpn|di ?mana|ke ?mana|berapa|brp|siapa|"
    r"boleh ?kah|bisa ?kah|haruskah|perlukah|what|how|why|(?:can|should|do|may|must|am|is|are|could|will) (?:i|you|we|it|they|this|that|there))\b",
    re.IGNORECASE,
)


def sounds_like_a_question(text: str) -> bool:
    """Whether a message may be meant for the assistant. What somebody asked or said in a story is not."""
    if len(text.split()) > LONGEST_QUESTION:
        return False
    if _TO_US.search(text):
        return True
    if _REPORTS.search(text) or (_NOT_KNOWING.search(text) and "?" not in text):
        return False
    return bool(_ENDS_ASKING.search(text) or _BEGINS_ASKING.search(text))


def ask(turn: Turn) -> Reply:
    """Keep what was typed, and ask what it is."""
    form, state = current(turn)
    before = kept(state)
    understood = turn.understood
    state.unclear = {
        "slot": state.slot,
        "text": f"{before}\n{turn.text.strip()}" if before else turn.text.strip(),
        "ranking": [list(pair) for pair in understood.ranking],
        "articles": [list(pair) for pair in understood.articles],
    }
    _ = turn.say
    is_story = form.slot(state.slot).from_told == "happened"
    text = (
        _("Supaya saya tidak salah: ini bagian dari cerita Kakak, atau pertanyaan untuk saya?")
        if is_story
        else _("Supaya saya tidak salah: ini jawaban Kakak, atau pertanyaan untuk saya?")
    )
    told = _("Ini bagian dari cerita") if is_story else _("Ini jawaban saya")
    buttons = (
        Button(told, f"f:{state.token}:told"),
        Button(_("Ini pertanyaan"), f"f:{state.token}:asks"),
    )
    return Reply((Part(text, buttons),), "form")


def kept(state: FormState) -> str:
    """What was typed at the open question and is not settled yet; empty when there is nothing."""
    return str(state.unclear["text"]) if state.unclear and state.unclear["slot"] == state.slot else ""


def typed_choice(turn: Turn) -> Literal["told", "asks"] | None:
    """One of the two buttons, typed."""
    _, state = current(turn)
    if not kept(state):
        return None
    say = turn.say
    if says_one_of(turn.text, {*_TOLD, say("Ini bagian dari cerita"), say("Ini jawaban saya")}):
        return "told"
    return "asks" if says_one_of(turn.text, {*_ASKS, say("Ini pertanyaan")}) else None


def as_asked(turn: Turn) -> Turn:
    """The turn in which it was typed, now that it is known to be a question: it leaves the form."""
    _, state = current(turn)
    unclear, state.unclear = state.unclear, None
    assert unclear is not None
    ranking = tuple((str(name), float(confidence)) for name, confidence in unclear["ranking"])
    articles = tuple((str(name), float(confidence)) for name, confidence in unclear["articles"])
    intent, confidence = ranking[0] if ranking else (None, 0.0)
    return replace(
        turn, text=unclear["text"], understood=Understanding(intent, confidence, ranking, articles=articles)
    )

"""Messages that lean on what was said before: numbers and labels typed, a yes, contacts, sources, a misunderstanding."""

from __future__ import annotations

import asyncio

import pytest

from actions.turn import Understanding
from bot import follow_up
from bot.follow_up import CLEAR, leans_back
from bot.nlu import NluClient
from tests.bot.person import LIBRARY, Person, labels, said

DEPOSIT = "housing/deposit-not-returned"
ASKED = (("housing", 0.9), ("employment", 0.05))


def shows(person: Person, article: str = DEPOSIT) -> None:
    """The person asked, and got this page."""
    intent = article.split("/")[0]
    reply = person.writes(
        "deposit kos saya tidak dikembalikan", (intent, 0.9), ("employment", 0.3),
        articles=((article, 0.8), ("housing/raised-rent", 0.1), ("employment/wage-not-paid", 0.05)),
    )  # fmt: skip
    assert reply.article == article


# --- a button, typed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["2", "nomor 2", "no 2", "nmr 2", "pilih 2", "yang ke 2", "ke 2", "2.", "(2)", " 2 "]
)
def test_a_number_is_the_button_at_that_place(person: Person, typed: str) -> None:
    person.writes("/menu")
    second = labels(person.last)[1]
    assert second == "💼 Kerja & upah"
    assert "Gaji tidak dibayar atau terlambat" in labels(person.writes(typed))


@pytest.mark.parametrize("typed", ["yang kedua", "yang nomor dua", "nomor dua"])
def test_a_number_in_words_is_the_button_at_that_place(person: Person, typed: str) -> None:
    person.writes("/menu")
    assert "Gaji tidak dibayar atau terlambat" in labels(person.writes(typed))


@pytest.mark.parametrize(
    "typed", ["Kerja & upah", "kerja upah", "KERJA UPAH", "💼 Kerja & upah", "kerja, upah!"]
)
def test_the_words_of_a_button_are_the_button(person: Person, typed: str) -> None:
    person.writes("/menu")
    assert "Gaji tidak dibayar atau terlambat" in labels(person.writes(typed))


@pytest.mark.parametrize("typed", ["0", "99", "nomor 99"])
def test_a_number_without_a_button_is_no_button(person: Person, typed: str) -> None:
    person.writes("/menu")
    assert person.writes(typed).decision == "fallback"


def test_only_the_buttons_shown_last_can_be_typed(person: Person) -> None:
    person.writes("/menu")
    person.writes("terima kasih", ("thank", 0.95))
    assert person.writes("2").decision == "fallback"


def test_a_number_inside_a_sentence_is_no_button(person: Person) -> None:
    person.writes("/menu")
    assert person.writes("gaji 2 bulan belum dibayar", ("employment", 0.9)).article is not None


# --- a yes to what was offered --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["ya", "Iya", "ya kak", "ok", "mau", "boleh", "IYO", "yes please", "betul!"]
)
def test_a_yes_right_after_the_question_takes_what_was_offered(person: Person, typed: str) -> None:
    assert "menghapus catatan" in said(person.writes("/hapus"))
    assert person.writes(typed).clears_screen


@pytest.mark.parametrize(
    "typed", ["tidak", "jangan", "nanti saja", "ya tapi bagaimana laporannya", "iya?? kenapa"]
)
def test_anything_else_is_no_yes(person: Person, typed: str) -> None:
    person.writes("/hapus")
    assert "Sudah dihapus" not in said(person.writes(typed, ("deny", 0.9)))


def test_a_yes_counts_only_right_after_the_question(person: Person) -> None:
    person.writes("/hapus")
    person.writes("deposit kos", ("housing", 0.9))
    assert "Sudah dihapus" not in said(person.writes("ya", ("affirm", 0.9)))


def test_a_yes_to_nothing_is_asked_what_it_is_about(person: Person) -> None:
    assert "dibantu soal apa" in said(person.writes("iya", ("affirm", 0.95)))


# --- about the answer just given ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "yang tadi nomornya berapa?", "nomornya berapa kak", "no hp mereka berapa?", "kontaknya mana", "siapa yang bisa dihubungi?",
        "alamatnya di mana?", "bisa telepon siapa?", "wa nya brp", "what is their number?", "who can i call",
    ],
)  # fmt: skip
def test_a_question_for_the_number_shows_the_contacts_of_that_page(person: Person, text: str) -> None:
    shows(person)
    page = LIBRARY.article(DEPOSIT, "id")
    assert page is not None
    reply = person.writes(text, ("talk_to_staff", 0.4), ("housing", 0.3))
    assert reply.article == DEPOSIT
    assert "« Kembali ke jawaban" in labels(reply) or "« Back to the answer" in labels(reply)
    assert "☎" in said(reply) or "🌐" in said(reply) or "belum ada nomor" in said(reply)


@pytest.mark.parametrize(
    "text",
    ["dasar hukumnya apa?", "sumbernya dari mana", "pasal berapa itu", "undang-undang apa itu", "UU apa?", "what law is that"],
)  # fmt: skip
def test_a_question_for_the_law_shows_the_sources_of_that_page(person: Person, text: str) -> None:
    shows(person)
    reply = person.writes(text, ("rights", 0.3), ("housing", 0.3))
    assert reply.article == DEPOSIT
    assert "Berlaku per" in said(reply) or "as of" in said(reply).lower()


@pytest.mark.parametrize("text", ["ulang", "ulangi dong", "tolong ulangi lagi kak", "yang tadi", "kirim lagi", "again", "baca lagi"])  # fmt: skip
def test_asked_for_it_once_more_it_shows_the_same_page(person: Person, text: str) -> None:
    shows(person)
    first = [b.data for part in person.last.parts for b in part.buttons]
    person.writes("terima kasih", ("thank", 0.95))
    reply = person.writes(text, ("affirm", 0.3))
    assert reply.article == DEPOSIT
    assert [b.data for part in reply.parts for b in part.buttons] == first


@pytest.mark.parametrize(
    "text",
    ["bukan itu maksud saya", "maksud saya yang lain", "bukan itu kak", "salah paham kak", "that's not what i meant", "maksud beta bukan begitu"],
)  # fmt: skip
def test_a_misunderstanding_is_met_with_other_readings(person: Person, text: str) -> None:
    shows(person)
    reply = person.writes(text, ("feedback_negative", 0.5))
    assert reply.decision == "clarify"
    data = [b.data for part in reply.parts for b in part.buttons]
    assert f"article:{DEPOSIT}" not in data
    assert {"none", "staff"} <= set(data)
    assert len(data) >= 3  # at least one other reading
    for one in data:
        assert "tidak berlaku" not in said(person.presses(one))


def test_a_number_asked_for_in_a_new_matter_is_a_new_matter(person: Person) -> None:
    shows(person)
    reply = person.writes(
        "nomor polisi untuk lapor motor hilang berapa", ("police_encounter", 0.9),
        articles=(("police_encounter/report-a-crime", 0.8),),
    )  # fmt: skip
    assert reply.article == "police_encounter/report-a-crime"


def test_without_an_answer_before_there_is_nothing_to_lean_on(person: Person) -> None:
    for text in ("nomornya berapa?", "dasar hukumnya apa?", "ulangi", "bukan itu maksud saya"):
        assert person.writes(text).article is None


def test_danger_is_never_taken_for_a_question_about_the_page(person: Person) -> None:
    shows(person)
    assert person.writes("tolong nomor polisi, dia bawa parang!").decision == "crisis"


# --- second halves --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "kalau kontrakan bagaimana?", "kalo di Denpasar?", "klo sonde ada kontrak?", "terus kalau bos kabur?", "nah kalau sudah lewat?",
        "bagaimana dengan anak saya?", "gimana kalau dia menolak", "tapi kalau tanpa kontrak?", "oh kalau begitu bayar berapa",
        "yang tadi berlaku juga di Kuta?", "yang itu gratis?", "sama juga untuk pelajar?", "what about Ubud?", "how about my wife",
        "and if he refuses?", "if I have no contract?", "trus klo su dua bulan?",
    ],
)  # fmt: skip
def test_the_second_half_of_a_conversation_leans_back(text: str) -> None:
    assert leans_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "gaji saya belum dibayar", "halo", "KTP hilang", "cara pindah KTP ke Bali", "kos di Denpasar berapa?", "terima kasih kak",
        "bos saya menahan ijazah", "how do I report discrimination?", "my landlord kept the deposit", "", "🙏",
        "saya mau tanya soal nyepi boleh keluar rumah atau tidak kalau darurat",  # tells what it is about
        "kalau saya ditolak kos karena dari Sumba lalu disuruh pergi malam itu juga bagaimana",
    ],
)  # fmt: skip
def test_a_message_that_stands_by_itself_does_not(text: str) -> None:
    assert not leans_back(text)


def test_what_was_asked_before_is_known_only_after_an_answer(person: Person) -> None:
    def before() -> str | None:
        return follow_up.question_before(person.services.db, person.services.keys, person.chat)

    assert before() is None
    person.writes("halo", ("greet", 0.95))
    assert before() is None
    shows(person)
    assert before() == "deposit kos saya tidak dikembalikan"
    person.presses("form:report_discrimination")  # what is typed now belongs to the form
    assert before() is None


def test_what_was_asked_before_holds_nothing_personal(person: Person) -> None:
    person.writes("deposit saya 081234567890 tidak kembali", ("housing", 0.9), articles=((DEPOSIT, 0.8),))
    kept = follow_up.question_before(person.services.db, person.services.keys, person.chat)
    assert kept is not None
    assert "081234567890" not in kept


# --- read together --------------------------------------------------------------------------------------


class Model(NluClient):
    """Stands in for the client of the model: what it makes of a text is written down by hand."""

    def __init__(self, **known: Understanding) -> None:
        self.asked: list[str] = []
        self._known = known

    async def understand(self, text: str) -> Understanding:
        self.asked.append(text)
        return self._known["together" if len(self.asked) > 1 else "alone"]


def sure(intent: str, confidence: float = 0.7) -> Understanding:
    return Understanding(intent, confidence, ((intent, confidence),))


UNSURE = sure("housing", 0.3)


def read(model: Model, before: str | None) -> Understanding:
    return asyncio.run(follow_up.understand(model, "kalau kontrakan?", before))


def test_with_nothing_before_it_is_read_alone() -> None:
    model = Model(alone=UNSURE)
    assert read(model, None) is UNSURE
    assert model.asked == ["kalau kontrakan?"]


def test_what_leans_on_a_question_is_read_together_with_it() -> None:
    model = Model(alone=UNSURE, together=sure("housing"))
    assert read(model, "deposit kos").confidence == 0.7
    assert model.asked == ["kalau kontrakan?", "deposit kos. kalau kontrakan?"]


def test_what_clearly_names_another_topic_begins_anew() -> None:
    alone = sure("employment", CLEAR)
    assert read(Model(alone=alone, together=sure("housing")), "deposit kos") is alone


def test_what_is_clear_about_the_same_topic_still_goes_on_with_it() -> None:
    together = sure("housing", 0.75)
    assert read(Model(alone=sure("housing", 0.95), together=together), "deposit kos") is together


def test_a_hazy_other_topic_goes_on_with_the_one_before() -> None:
    together = sure("housing")
    assert read(Model(alone=sure("employment", CLEAR - 0.01), together=together), "deposit kos") is together


@pytest.mark.parametrize(
    "alone", [sure("emergency", 0.4), Understanding(degraded=True)], ids=["danger", "model-away"]
)
def test_danger_is_not_read_again_and_a_model_that_is_away_not_asked_again(alone: Understanding) -> None:
    model = Model(alone=alone)
    assert read(model, "deposit kos") is alone
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "together",
    [sure("thank"), sure("out_of_scope"), sure("talk_to_staff"), Understanding(), Understanding(degraded=True)],
    ids=["talk", "outside", "request", "nothing", "model-away"],
)  # fmt: skip
def test_what_makes_no_question_together_counts_as_it_was_written(together: Understanding) -> None:
    assert read(Model(alone=UNSURE, together=together), "deposit kos") is UNSURE

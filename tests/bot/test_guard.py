"""The crisis guard: what it catches, what leaves it silent, what it says of a broken rule file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions.turn import Understanding
from bot.bands import hints_count
from bot.guard import URGENCY, Guard, GuardError, load_guard

CASES = yaml.safe_load((Path(__file__).parent / "guard_cases.yml").read_text(encoding="utf-8"))
POSITIVE = [(text, intent) for intent, texts in CASES["positive"].items() for text in texts]
NLU_DATA = Path(__file__).parents[2] / "nlu_data"


@pytest.fixture(scope="module")
def guard() -> Guard:
    return load_guard()


@pytest.mark.parametrize(("text", "intent"), POSITIVE)
def test_it_catches_a_sure_phrase(guard: Guard, text: str, intent: str) -> None:
    assert guard.crisis_in(text) == intent


@pytest.mark.parametrize("text", CASES["negative"])
def test_it_stays_silent(guard: Guard, text: str) -> None:
    rule = guard.rule_for(text)
    assert rule is None, f"crisis.tsv, line {rule.line}, fires as {rule.intent}"


def test_the_cases_are_many_and_said_once() -> None:
    texts = [text for text, _ in POSITIVE] + CASES["negative"]
    assert all(isinstance(text, str) for text in texts)
    assert len(texts) == len(set(texts))
    assert set(CASES["positive"]) == set(URGENCY)
    assert len(POSITIVE) >= 510
    assert len(CASES["negative"]) >= 510


@pytest.mark.parametrize(
    "text",
    [
        "BETA MAU BUNU DIRI",
        "bu\u200bnuh di\u00adri",
        "*mau mati saja*",
        '"sa mau bundir"',
        "sa mau matiiii saja",
    ],
)
def test_it_reads_through_shouting_stretching_and_invisible_signs(guard: Guard, text: str) -> None:
    assert guard.crisis_in(text) == "self_harm"


def test_an_idiom_silences_only_its_own_sentence(guard: Guard) -> None:
    assert guard.crisis_in("Lapar mau mati") is None
    assert guard.crisis_in("Lapar mau mati. Sa mau mati saja") == "self_harm"
    assert guard.crisis_in("Nonton film pembunuhan. Dong mau bunuh sa") == "emergency"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Sa dikepung di kos, sa mau bunuh diri saja", "self_harm"),
        ("Suami pukul saya, kos kebakaran", "emergency"),
        ("Kami dikunci di mess, teman diperkosa", "trafficking"),
    ],
)
def test_the_most_urgent_of_several_wins(guard: Guard, text: str, intent: str) -> None:
    assert guard.crisis_in(text) == intent


def test_what_is_long_over_is_left_to_the_model(guard: Guard) -> None:
    assert guard.crisis_in("Kos kami kebakaran, api besar") == "emergency"
    assert guard.crisis_in("Kos kami kebakaran bulan Juni. Semua selamat.") is None
    assert guard.crisis_in("Kos kami kebakaran bulan Juni. Semua selamat. Dong mau bunuh sa") == "emergency"
    assert guard.crisis_in("Terima kasih sudah tolong waktu itu. Saya mau bunuh diri") == "self_harm"


def test_parts_may_stand_in_different_sentences(guard: Guard) -> None:
    assert guard.crisis_in("Paspor kami ditahan agen. Kami tidak boleh keluar") == "trafficking"


def test_parts_must_stand_in_the_same_reading(tmp_path: Path) -> None:
    guard = _load(tmp_path, "emergency\tbeta & takut\nself_harm\tbeta & saya")
    assert guard.crisis_in("Beta di sini. Takut") == "emergency"
    assert guard.crisis_in("Beta di sini") is None  # typed "beta", in standard words "saya"


def test_the_ends_of_a_pattern_are_the_ends_of_a_sentence(tmp_path: Path) -> None:
    guard = _load(tmp_path, "emergency\t^ada api$\ttidak ada")
    assert guard.crisis_in("Selamat pagi. Ada api! Cepat") == "emergency"
    assert guard.crisis_in("Selamat pagi ada api. Cepat") is None


@pytest.mark.parametrize("text", ["", " ", "...", "😂", "\x00", "?!", "a" * 4096])
def test_it_finds_nothing_in_nothing(guard: Guard, text: str) -> None:
    assert guard.crisis_in(text) is None


def test_it_seldom_fires_on_everyday_examples_and_often_on_crisis_ones(guard: Guard) -> None:
    """Many of the examples are half-told danger, and as many only sound like danger; the model hears the rest."""
    sample = list(_examples())[::4]
    crisis = [text for intent, text in sample if intent in URGENCY]
    everyday = [text for intent, text in sample if intent not in URGENCY]
    assert sum(bool(guard.crisis_in(text)) for text in crisis) > 0.45 * len(crisis)
    assert sum(bool(guard.crisis_in(text)) for text in everyday) < 0.0025 * len(everyday)
    assert sum(bool(guard.crisis_in(text, hints=False)) for text in everyday) < 0.0005 * len(everyday)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("saya mau bunuh diri", "self_harm"),
        ("Beta su mau bunu diri sa kaka", "self_harm"),
        ("I'm going to kill myself tonight", "self_harm"),
        ("i feel suicidal", "self_harm"),
        ("pengen tidur selamanya", "self_harm"),
        ("they are outside, he has a machete", "emergency"),
        ("dipaksa masuk mobil sama tiga orang", "emergency"),
        ("my husband beats me every night", "gender_violence"),
        ("dong mo kasi mati be", "emergency"),
        ("sy dipukul suami, tlg", "gender_violence"),
        ("my boss locked us in and took our passports", "trafficking"),
    ],
)
def test_a_plain_cry_counts_whatever_the_model_thinks(guard: Guard, text: str, intent: str) -> None:
    assert guard.crisis_in(text, hints=False) == intent


def test_a_hint_counts_only_where_hints_are_wanted(tmp_path: Path) -> None:
    guard = _load(tmp_path, "emergency?\tparang\nself_harm\tmau mati")
    assert guard.crisis_in("dia bawa parang") == "emergency"
    assert guard.crisis_in("dia bawa parang", hints=False) is None
    assert guard.crisis_in("dia bawa parang, saya mau mati", hints=False) == "self_harm"


def test_hints_count_unless_the_model_has_read_all_and_sees_no_danger() -> None:
    calm = Understanding("legal_aid", 0.97, (("legal_aid", 0.97), ("emergency", 0.01)))
    unsure = Understanding("legal_aid", 0.9, (("legal_aid", 0.9), ("emergency", 0.03), ("self_harm", 0.03)))
    assert not hints_count(calm, "uang saya belum dikembalikan")
    assert hints_count(unsure, "uang saya belum dikembalikan")
    assert hints_count(calm, "Ceritanya panjang sekali. " * 12)  # it was read in pieces
    assert hints_count(Understanding(degraded=True), "dia bawa parang")
    assert hints_count(Understanding(), "dia bawa parang")  # nobody asked the model


def test_a_rule_file_may_name_word_groups(tmp_path: Path) -> None:
    guard = _load(tmp_path, "=who\tsaya|kami\nemergency\t{who} dipukul & {who} takut\tdulu {who}")
    assert guard.crisis_in("saya dipukul. kami takut") == "emergency"
    assert guard.crisis_in("saya dipukul") is None
    assert guard.crisis_in("dulu saya dipukul. kami takut") is None


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("emergency\t(kebakaran", "line 3: bad regular expression"),
        ("emergency\tkebakaran\t[", "line 3: bad regular expression"),
        ("=api\t(api", "line 3: bad regular expression"),
        ("fire\tkebakaran", "line 3: 'fire' is none of"),
        ("emergency\t{api} besar", "line 3: no word group named {api}"),
        ("emergency kebakaran", "line 3: expected intent, pattern"),
        ("emergency\t \tdulu", "line 3: expected intent, pattern"),
        ("emergency\tkebakaran\tdulu\tlalu", "line 3: expected intent, pattern"),
    ],
)
def test_it_names_the_line_of_a_broken_rule(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(GuardError) as refusal:
        _load(tmp_path, row)
    assert f"rules.tsv, {complaint}" in str(refusal.value)


def _load(folder: Path, rows: str) -> Guard:
    path = folder / "rules.tsv"
    path.write_text(f"# a comment\nintent\tpattern\tunless\n{rows}\n", encoding="utf-8")
    return load_guard(path)


def _examples() -> Iterator[tuple[str, str]]:
    for path in sorted(NLU_DATA.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines() if "intent" in block else ():
                yield block["intent"], line.strip().removeprefix("- ")

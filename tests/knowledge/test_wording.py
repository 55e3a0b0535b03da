"""What may never be said is found wherever it stands, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import FOLDER, KnowledgeError, Library
from knowledge.wording import Forbidden, check_forbidden, forbidden_in, read_forbidden
from tests.knowledge.small import Small

RULES = read_forbidden(FOLDER / "forbidden.yml")


def sample_of(rule: Forbidden) -> str:
    return rule.sample


def test_the_rules_themselves_are_in_order() -> None:
    assert list(check_forbidden(RULES)) == []
    assert all(rule.why for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=sample_of)
@pytest.mark.parametrize("place", ["short", "steps", "basis", "title"])
def test_an_article_with_the_sample_fails(small: Small, place: str, rule: Forbidden) -> None:
    if place == "title":
        small.page["title"] = rule.sample
    else:
        setattr(small, place, rule.sample if place == "short" else [rule.sample, "Dua."])
    assert [problem for problem in small.problems() if problem.endswith(f": {rule.why}")]


@pytest.mark.parametrize(
    "text",
    [
        "Menurut UU No. 8 Tahun 1981 tentang KUHAP.",
        "Bisa kena Pasal 351 KUHP.",
        "Lihat KUHP Pasal 170 ayat (1).",
        "KUHP lama masih dipakai.",
        "Pasal 45A ayat (2) UU ITE.",
        "Laporkan ke saber pungli.",
        "Denda Rp50.000.000 untuk pelanggar.",
        "Fined up to Rp50 million.",
        "Dihukum 5 tahun penjara.",
        "Hukumannya 2 tahun.",
        "Punished with 5 years in prison.",
        "Imprisonment of at most 4 years.",
        "Bayar Rp250.000 untuk dudukan.",
        "The adat contribution is Rp100,000.",
        "Pakta integritas wajib bagi pendatang.",
        "Pakta integritas diwajibkan.",
        "You must sign the pakta integritas.",
        "The pakta integritas is compulsory.",
        "Orang Flores biasanya mabuk.",
        "Warga NTT itu gampang marah.",
        "Ini ulah orang Timor.",
        "Kerusuhan dibawa orang Sumba.",
        "Ini akibat pendatang dari Alor.",
        "Balinese people are racist.",
        "Caused by people from Sumba.",
        "Laporan Kakak pasti dikabulkan.",
        "Pemilik kos pasti dipenjara.",
        "Uang Kakak dijamin kembali.",
        "You will win in court.",
        "Success is guaranteed.",
    ],
)
def test_other_ways_to_say_it_are_caught(text: str) -> None:
    assert [rule.why for rule in RULES if rule.pattern.search(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ditolak karena asal Sumba? Itu bukan salah Kakak.",
        "Warga NTT dan warga Bali sama di depan hukum.",
        "People from NTT and Balinese people lived in one province.",
        "Orang Bali memberi salam Om Swastiastu.",
        "Penganiayaan adalah tindak pidana: KUHP (UU 1/2023) Pasal 466.",
        "Perjanjian mengikat: KUHPerdata Pasal 1338.",
        "Pelapor berhak atas pelindungan: KUHAP (UU 20/2025) Pasal 53.",
        "Anak yang berumur 14 tahun diperiksa di ruang khusus.",
        "UKT kelompok I Rp500.000.",
        "Tidak ada pakta integritas yang harus Kakak beli.",
        "Belum pasti benar.",
        "Hak ini dijamin UUD 1945.",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [rule.why for rule in RULES if rule.pattern.search(text)] == []


def test_no_rule_fires_on_the_real_articles(library: Library) -> None:
    found = {id: list(forbidden_in(article, RULES)) for id, article in library.articles.items()}
    assert {id: reasons for id, reasons in found.items() if reasons} == {}
    assert len(found) >= 240


@pytest.mark.parametrize("rule", RULES, ids=sample_of)
def test_no_rule_fires_on_facts_contacts_and_the_calendar(library: Library, rule: Forbidden) -> None:
    said = [text for f in library.facts.values() for text in (f.says, f.says_en)]
    said += [text for c in library.contacts.values() for text in (c.helps, c.helps_en)]
    said += [text for day in library.days for text in (day.note, day.note_en)]
    assert [text for text in said if rule.pattern.search(text)] == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("pattern: x", "must be a list of entries"),
        ("- x", "rule 1: must have the fields pattern, why and sample"),
        ("- {pattern: a, why: b}", "rule 1: 'sample' is missing"),
        ("- {pattern: a, sample: a}", "rule 1: 'why' is missing"),
        ("- {pattern: '(', why: b, sample: a}", "rule 1: the pattern cannot be read"),
        ("- {pattern: [", "forbidden.yml"),
    ],
)
def test_a_rule_that_cannot_be_read_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "forbidden.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(KnowledgeError, match=complaint.replace("(", r"\(")):
        read_forbidden(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"forbidden\.yml"):
        read_forbidden(tmp_path / "forbidden.yml")

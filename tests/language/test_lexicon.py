"""The word list: what it reads, and how it complains."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.lexicon import COLUMNS, LEXICON_FILE, LexiconError, read_lexicon

HEAD = "# a comment\n" + "\t".join(COLUMNS) + "\n"
GOOD = "beta\tsaya\teastern\tsure\tfunction\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "words.tsv"


def test_it_reads_forms_of_one_and_more_words(file: Path) -> None:
    file.write_text(
        HEAD + GOOD + "beta pung\tsaya punya\teastern\tsure\tfunction\nna\t-\teastern\tmaybe\tfunction\n"
    )
    lexicon = read_lexicon(file)
    longest = lexicon.longest_match(["beta", "pung", "ana"], 0)
    assert longest is not None
    assert (longest.standard, longest.is_evidence) == ("saya punya", True)
    short = lexicon.longest_match(["lihat", "beta"], 1)
    assert short is not None
    assert short.standard == "saya"
    dropped = lexicon.longest_match(["na"], 0)
    assert dropped is not None
    assert (dropped.standard, dropped.sure, dropped.is_evidence) == ("", False, False)
    assert lexicon.longest_match(["saya"], 0) is None


def test_it_reads_a_doubled_word_the_way_it_meets_it(file: Path) -> None:
    file.write_text(HEAD + "org2\torang-orang\tchat\tsure\tcontent\n")
    assert read_lexicon(file).longest_match(["org-org"], 0) is not None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("beta\tsaya\teastern\tsure\n", "expected"),
        ("beta\tsaya\teastern\tsure\tfunction\textra\n", "expected"),
        ("beta saya eastern sure function\n", "expected"),
        ("\tsaya\teastern\tsure\tfunction\n", "expected"),
        ("\n", "expected"),
        ("beta\tsaya\twestern\tsure\tfunction\n", "'western' is not a tongue"),
        ("beta\tsaya\teastern\tSure\tfunction\n", "'Sure' is not a certainty"),
        ("beta\tsaya\teastern\tsure\tverb\n", "'verb' is not a kind"),
    ],
)
def test_it_names_the_line_that_is_wrong(file: Path, row: str, reason: str) -> None:
    file.write_text(HEAD + GOOD + row + GOOD)
    with pytest.raises(LexiconError, match=rf"^words\.tsv, line 4: {reason}"):
        read_lexicon(file)


def test_no_form_stands_twice_in_the_real_list() -> None:
    rows = [line.split("\t") for line in LEXICON_FILE.read_text("utf-8").splitlines() if line[:1] != "#"]
    forms = [row[0] for row in rows]
    assert len(forms) > 1500
    assert sorted(forms) == sorted(set(forms))
    assert [form for form in forms if form != form.lower()] == []

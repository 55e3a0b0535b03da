"""Whose name is kept from an agency, and which agency someone named."""

from __future__ import annotations

import pytest

from knowledge.called import called
from knowledge.library import load_library
from store import sharing

LIBRARY = load_library()


@pytest.mark.parametrize(
    ("text", "contact", "left"),
    [
        ("Sa Yohana dari Sumba", "Yohana", "Sa […] dari Sumba"),
        ("YOHANA bilang begitu", "nama yohana wadhi", "[…] bilang begitu"),
        ("telepon 0812 3456-7890 ya", "+62 812 3456 7890", "telepon […] ya"),
        ("nomor bos 0899 1111 2222", "081234567890", "nomor bos 0899 1111 2222"),
        ("uang 2.000.000 belum kembali", "Yohana", "uang 2.000.000 belum kembali"),
        ("nama saya tidak perlu", "nama saya Ina, nomor 081234567890", "nama saya tidak perlu"),
    ],
)
def test_a_name_or_number_of_the_contact_is_taken_out(text: str, contact: str, left: str) -> None:
    assert sharing.without(text, contact) == left


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        ("police-110", "jangan sampai polisi di desa tahu"),
        ("police-110", "om sa kerja di Polda"),
        ("flobamora-bali", "orang flobamora"),
        ("flobamora-bali", "ketua paguyuban"),
        ("mda-bali", "kelian banjar"),
        ("gereja-santo-yoseph", "Romo di gereja"),
        ("lbh-apik-bali", "pengacara bos"),
    ],
)
def test_an_agency_named_by_the_person_is_recognised(agency: str, words: str) -> None:
    assert sharing.named_among(words, called(agency, LIBRARY.contacts[agency]))


@pytest.mark.parametrize("agency", ["sapa-129", "lbh-bali", "ombudsman-137", "disnaker-bali", "komnas-ham"])
@pytest.mark.parametrize(
    "words", ["bos dan pemilik kos", "suami sa", "anak-anak di rumah", "sapa saja di tempat kerja", ""]
)
def test_other_people_are_no_agency(agency: str, words: str) -> None:
    assert sharing.named_among(words, called(agency, LIBRARY.contacts[agency])) == []

"""Somebody under 18 at work or in danger: who protects children is named; a stretch of time is no age."""

from __future__ import annotations

import pytest

from actions.minors import WHERE, tells_of_a_minor
from actions.turn import CRISES
from tests.bot.person import Person, said

SOMEBODY_UNDER_18 = [
    # Indonesian
    "umur saya 16, kerja di warung sampai malam",
    "saya umur 17 tahun boleh kerja di vila?",
    "Usia adik saya 14 dan dia disuruh kerja",
    "adik saya berumur 15 tahun dibawa orang ke Bali",
    "anak saya masih 13 tahun, kerja di proyek",
    "dia baru 16 tahun tapi disuruh lembur",
    "saya masih di bawah umur, apa boleh digaji",
    "di bawah 18 boleh kerja di kafe tidak",
    "keponakan 12 tahun dijanjikan kerja di Denpasar",
    "anak SMP disuruh jaga toko tiap malam",
    "dia masih kelas 2 SMP sudah dipukul bos",
    "berusia 17 tahun, ijazah ditahan majikan",
    "gaji tidak dibayar, umurku 17",
    "adik 10 tahun jualan di lampu merah",
    "Saya 17 tahun dan bos pegang-pegang saya",
    "umurnya baru 15, dia tidak boleh keluar rumah majikan",
    "saya (16 th) belum terima gaji",
    "anak 9 tahun disuruh mengemis di Kuta",
    # Kupang Malay
    "beta pung ade baru 15 taon su kerja di Kuta",
    "sa masih 16 taon, bos sonde bayar",
    "be umur 17, dong suru beta kerja malam",
    "ade nona 14 taong kerja di rumah orang",
    "adek 13 thn su dibawa calo pi Bali",
    # English
    "I am 16 and work in a restaurant",
    "im 17 years old, my boss took my papers",
    "my sister is only 15 years old and she works in a spa",
    "she's 14 yo and cannot leave the house",
    "my brother is under 18, can he work at night?",
    "he is underage but they make him work",
    "my cousin, aged 16, was brought to Bali",
    "my cousin is 16, she works in a restaurant until midnight",
    "my little sister was 15 when they took her",
    "my friend's only 14 and her boss hits her",
]

ONLY_TIME_OR_NUMBERS = [
    # Indonesian
    "saya sudah kerja 16 tahun di hotel ini",
    "kerja selama 10 tahun tanpa kontrak",
    "sudah 12 tahun tinggal di Bali, KTP masih NTT",
    "saya tinggal di sini 7 tahun",
    "umur saya 18, boleh kerja?",
    "umur 25 tahun, mau cari kerja",
    "adik saya 21 tahun dipukul pacarnya",
    "kontrak kerja saya 2 tahun",
    "gaji 17 hari belum dibayar",
    "saya 16 hari tidak digaji",
    "bos janji bayar tanggal 15",
    "kami 12 orang tinggal satu kamar",
    "lewat 10 tahun saya baru pulang",
    "anak saya 3, gaji tidak cukup",
    "jam 16 saya masih disuruh kerja",
    "saya kerja 12 jam sehari",
    "umur kos itu sudah 8 tahun",
    "anak saya lahir, bos tidak kasih cuti",
    "usia pensiun 58",
    "pengalaman kerja saya 9 tahun di dapur",
    "sudah menikah 15 tahun, suami saya suka pukul",
    "saya bekerja di sini sejak 15 tahun lalu",
    # Kupang Malay
    "beta su kerja 15 taon, bos sonde kasi pesangon",
    "su 10 taong beta di Bali",
    "sa kerja su lewat 8 taon di proyek",
    "beta su 40 taon, masih bisa kerja ko?",
    # English
    "I have worked here for 16 years",
    "I've been here for 10 years without a contract",
    "I am 18 years old, can I work?",
    "I'm 30 and was refused a job",
    "I work 16 hours a day",
    "my wage for 17 days is not paid",
    "married for 12 years and he hits me",
    "my brother is 10 minutes late for work",
    "my sister is 12 km from the airport",
]


@pytest.mark.parametrize("text", SOMEBODY_UNDER_18)
def test_it_hears_that_somebody_is_under_18(text: str) -> None:
    assert tells_of_a_minor(text)


@pytest.mark.parametrize("text", ONLY_TIME_OR_NUMBERS)
def test_it_takes_no_other_number_for_a_childs_age(text: str) -> None:
    assert not tells_of_a_minor(text)


@pytest.mark.parametrize("intent", [name for name in WHERE if name not in CRISES])
def test_beside_the_answer_it_names_who_protects_children(person: Person, intent: str) -> None:
    reply = person.writes("umur saya 16, boleh kerja malam?", (intent, 0.9))
    assert reply.decision == "answer"
    assert "perlindungan khusus anak" in reply.parts[-1].text
    assert "Ini bukan salahnya" in reply.parts[-1].text
    assert "129" in reply.parts[-1].text
    assert {"staff", "crisis"} <= {b.data for b in reply.parts[-1].buttons}


@pytest.mark.parametrize("intent", [name for name in WHERE if name in CRISES])
def test_in_danger_the_numbers_stay_first_and_the_question_last(person: Person, intent: str) -> None:
    reply = person.writes("adik saya 14 tahun, tolong", (intent, 0.9))
    assert reply.decision == "crisis"
    assert "☎" in reply.parts[0].text
    assert "perlindungan khusus anak" in reply.parts[-2].text
    assert "aman?" in reply.parts[-1].text


@pytest.mark.parametrize("intent", ["education", "residency", "health"])
def test_where_a_child_is_nothing_unusual_nothing_is_added(person: Person, intent: str) -> None:
    assert "perlindungan khusus anak" not in said(person.writes("anak saya masih 13 tahun", (intent, 0.9)))


def test_a_grown_up_hears_nothing_of_it(person: Person) -> None:
    reply = person.writes("umur saya 25, boleh kerja malam?", ("employment", 0.9))
    assert "perlindungan khusus anak" not in said(reply)


def test_danger_that_the_guard_hears_names_the_protection_of_children_too(person: Person) -> None:
    """The guard's word counts, whatever the model made of the message."""
    reply = person.writes("tolong, adik saya umur 14 dipukul bapak tiri sekarang", ("housing", 0.4))
    assert reply.decision == "crisis"
    assert "perlindungan khusus anak" in said(reply)

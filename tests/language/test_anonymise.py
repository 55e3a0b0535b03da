"""What is personal goes, what was asked stays. All names, numbers and stories are invented."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.anonymise import anonymised
from language.clean import clean
from language.known_words import DATA, NAMES_FILE

NAMES = {
    # after "my name is" and its kin
    "nama saya Yohanes Lakapu dari Sumba": "nama saya [nama] dari Sumba",
    "nama saya melkianus tefa": "nama saya [nama]",
    "nama sa yanto, sa dari ende": "nama sa [nama], sa dari ende",
    "beta pung nama Domi Seran": "beta pung nama [nama]",
    "Nama Saya Herlince Bunga Dari Alor": "Nama Saya [nama] Dari Alor",
    "my name is Robertus Nggadas, I work in Denpasar": "my name is [nama], I work in Denpasar",
    "her name is Sinta and she is 16": "her name is [nama] and she is 16",
    "bos namanya Agus Santoso": "bos namanya [nama]",
    "mandor dipanggil Kornelis": "mandor dipanggil [nama]",
    "atas nama Yuliana Bere": "atas nama [nama]",
    "KTP an. Melki Sedek": "KTP an. [nama]",
    # who comes from where
    "sa Yosfat dari Waingapu, mau tanya soal KTP": "sa [nama] dari Waingapu, mau tanya soal KTP",
    "sy deltji dr soe mw tny": "sy [nama] dr soe mw tny",
    "I'm Yulita from Maumere and my boss won't pay": "I'm [nama] from Maumere and my boss won't pay",
    "perkenalkan saya Oktovina Tnunay asal TTS": "perkenalkan saya [nama] asal TTS",
    # after titles
    "pak budi belum bayar gaji sy 2 bln": "pak [nama] belum bayar gaji sy 2 bln",
    "Pak Wayan Sudiana usir kami dari kos": "Pak [nama] usir kami dari kos",
    "bu indah bilang saya harus pindah": "bu [nama] bilang saya harus pindah",
    "bapak gede tidak mau kasih surat": "bapak [nama] tidak mau kasih surat",
    "Pak Hari dan Bu Kasih baik": "Pak [nama] dan Bu [nama] baik",
    "my employer Mr Hans Mueller took my passport": "my employer Mr [nama] took my passport",
    "Suster Goreti dan romo Paskalis bantu sa": "Suster [nama] dan romo [nama] bantu sa",
    "pdt. Mesakh Ndun su datang": "pdt. [nama] su datang",
    "om Lius dong kerja bangunan": "om [nama] dong kerja bangunan",
    "mbok Luh bilang utang sy 350rb": "mbok [nama] bilang utang sy 350rb",
    "ketua flobamora pak yusdi diaz bisa bantu?": "ketua flobamora pak [nama] bisa bantu?",
    # without any cue
    "yanto dengan rini berkelahi di kos": "[nama] dengan [nama] berkelahi di kos",
    "Kemarin Marselinus dibawa polisi": "Kemarin [nama] dibawa polisi",
    "my landlord Ketut kicked me out": "my landlord [nama] kicked me out",
    "Salam, saya I Gusti Ayu Putu Raka Wati": "Salam, saya I [nama]",
    "I Made Suarta mandor saya": "I [nama] mandor saya",
    "suami saya Frengki pukul saya": "suami saya [nama] pukul saya",
    "teman saya delsy dipukul": "teman saya [nama] dipukul",
    "SAYA YANTO DARI SUMBA BELUM DIGAJI": "SAYA [nama] DARI SUMBA BELUM DIGAJI",
    "teman saya Indah sakit": "teman saya [nama] sakit",
    "pak Bima dari Bima": "pak [nama] dari Bima",
    "Yanto's boss hit him": "[nama] boss hit him",
}
NUMBERS = {
    "hub 0812-3456-789 ya": "hub [nomor] ya",
    "wa +62 812 3456 7890": "wa [nomor]",
    "nomor saya 0812.3456.789": "nomor saya [nomor]",
    "hp 081234567890wa aja": "hp [nomor]wa aja",
    "hub 081234567890 k nomor ini": "hub [nomor] k nomor ini",
    "wa sy 0 8 1 2 3 4 5 6 7 8 9 0": "wa sy [nomor]",
    "nol delapan satu dua tiga empat lima enam": "[nomor]",
    "kosong lapan satu dua, tiga ampa lima anam": "[nomor]",
    "kantor (0361) 234-567": "kantor [nomor]",
    "Rp 081234567890": "Rp [nomor]",
    "NIK 5301011205980001 tidak terdaftar": "NIK [nomor] tidak terdaftar",
    "NIK saya 53.01.01.120598.0001": "NIK saya [nomor]",
    "no KK 5371 0112 0598 0003": "no KK [nomor]",
    "rek BRI 0123-01-012345-50-1 an. Siti Aminah": "rek BRI [nomor] an. [nama]",
    "transfer ke 7654321 saja": "transfer ke [nomor] saja",
    "motor DK 1234 AB hilang": "motor [nomor] hilang",
    "plat eb 4567 c ditahan polisi": "plat [nomor] ditahan polisi",
    "kode laporan saya KR-7K2M-9QWX": "kode laporan saya [kode]",
    "kr 8d2n 5tgz bagaimana": "[kode] bagaimana",
    "paspor X1234567 ditahan agen": "paspor [kode] ditahan agen",
    "LP/B/123/X/2025/SPKT": "[kode]",
    "pin atm 1234": "pin atm [kode]",
}
LINKS = {
    "email yanto.lakapu@gmail.com": "email [akun]",
    "cek https://bit.ly/loker-bali ada lowongan": "cek [tautan] ada lowongan",
    "daftar di kerjabali.id sekarang": "daftar di [tautan] sekarang",
    "masuk grup t.me/lokerbali": "masuk grup [tautan]",
    "dm @yanto_sumba di telegram": "dm [akun] di telegram",
    "ig: yantolakapu": "ig: [akun]",
    "IG yanto_88": "IG [akun]",
    "tiktok saya: nona.manis": "tiktok saya: [akun]",
}
DATES = {
    "kejadian 12 Januari 2026 malam": "kejadian [tanggal] malam",
    "tgl 5 agustus sa dipecat": "tgl [tanggal] sa dipecat",
    "masuk kerja 12/1/26": "masuk kerja [tanggal]",
    "since January 5th they didn't pay": "since [tanggal] they didn't pay",
    "tanggal lima belas agustus": "tanggal [tanggal]",
    "saya lahir 1998 di Soe": "saya lahir [tanggal] di Soe",
}
PLACES = {
    "tinggal di Jl. Imam Bonjol No 5 Denpasar": "tinggal di Jl. [tempat] Denpasar",
    "jln raya sesetan gg mawar no 12": "jln [tempat]",
    "Gang Melati IV No. 7, Denpasar": "Gang [tempat], Denpasar",
    "rumah bu Linda jl tukad yeh aya no 7": "rumah bu [nama] jl [tempat]",
    "kos pak Nyoman RT 05/RW 02": "kos pak [nama] [tempat]",
    "perum Dalung Permai blok C2 no 5": "perum [tempat] [tempat]",
    "sa tinggal di canggu": "sa tinggal di [tempat]",
    "di desa wolomarang kampung saya": "di desa [tempat] kampung saya",
    "banjar Tegal Buah minta 200rb": "banjar [tempat] minta 200rb",
    "dari Oenlasi mau ke Bali": "dari [tempat] mau ke Bali",
    "sa asal dari Kodi": "sa asal dari [tempat]",
    "villa Sunset Dream tidak bayar lembur": "villa [tempat] tidak bayar lembur",
    "kerja d the legian hotel": "kerja d the [tempat] hotel",
    "Mulia Hotel fired me": "[tempat] Hotel fired me",
    "PT. Maju Bersama blm bayar": "PT. [tempat] blm bayar",
    "warung Bu Made tutup": "warung Bu [nama] tutup",
    "gereja St. Fransiskus Xaverius": "gereja [tempat]",
    "kampus Undiknas libur": "kampus [tempat] libur",
    "RS Sanglah tolak BPJS sa": "RS [tempat] tolak BPJS sa",
}
STAYS = [
    # institutions, regions, feasts, faiths
    "KTP, BPJS, SKCK, Nyepi, Galungan, Bali, Sumba, Flores, Kupang, Denpasar, Indonesia",
    "beta su lapor di Disnaker, dong sonde bekin apa-apa",
    "lewat WhatsApp atau Facebook saja",
    "Tuhan memberkati, kita orang Katolik",
    "sejak Senin kemarin sampai minggu depan, Januari sampai Maret",
    "orang Manggarai Timur dan Sumba Barat Daya di Denpasar Selatan",
    "di bandara Ngurah Rai dan pelabuhan Gilimanuk diperiksa",
    "from Sumba Timur to Labuan Bajo by ship, then Nusa Penida",
    "Om Swastiastu, saya mau tanya",
    # money, times, laws, sizes
    "gaji 2500000 sebulan, padahal janji 2,5jt",
    "Rp500.000 belum kembali, 500rb lagi, 500 ribu, 1,5jt",
    "deposit 1.500.000-2.000.000 per bulan, sewa 800, denda 1000000",
    "dua kamar @500rb, 500rb/bulan/orang, UMK 3.534.338",
    "kerja 08.00-17.00 dari 2023-2024, UU 13/2003 pasal 27, 24/7",
    "buka jam 08.00, 12.00, 17.00; 26 hari, 8 orang, kamar 3x4",
    "call 110 atau 112 atau 129",
    # words that look like names
    "made in Indonesia, can be made from here",
    "Can a Christian man marry a Hindu in April?",
    "gede skali rumah bos, indah sekali hari ini",
    "sa utang budi sama bos",
    "nama saya tidak ada di daftar",
    "nama baik sy rusak gara-gara status fb",
    "saya baru dari Kupang, mau kerja di Bali",
    "ini surat dari bos, dengan uang dari kampung",
    "ibu kos suruh keluar, pak polisi diam, pak rt minta uang",
    "kak mau tanya cara urus surat pindah",
    "bapa kos sonde kasi pulang jaminan",
    "kak lia dolo ko, beta pung foto",
    "jalan kaki ke kantor, jalan ditutup, gang buntu gelap",
    "hotel bintang lima, kos putri, toko emas, gereja katolik",
    "Selamat Pagi Kak Saya Mau Tanya Soal KTP",
    "takut.be mau pulang",
    "dong bilang orang Timor pamalas",
]
TABLE = [*{**NAMES, **NUMBERS, **LINKS, **DATES, **PLACES}.items(), *((text, text) for text in STAYS)]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=lambda value: value[:40])
def test_what_is_personal_goes_and_the_rest_stays(text: str, expected: str) -> None:
    result = anonymised(text)
    assert result.text == expected
    labels = re.findall(r"\[(?:nama|nomor|tempat|tautan|akun|kode|tanggal)\]", expected)
    assert result.found == len(labels)


def test_letters_no_one_sees_hide_nothing() -> None:
    assert (
        anonymised("hp 0812\u200b3456\u200b7890, nama saya Yan\u00adto").text
        == "hp [nomor], nama saya [nama]"
    )


def test_our_own_brackets_are_left_alone() -> None:
    text = "pak [nama] di [tempat], wa [nomor], [kode], [tanggal], [akun], [tautan]"
    assert anonymised(text) == anonymised(anonymised(text).text)
    assert anonymised(text).found == 0
    assert anonymised("[pak budi]").text == "[pak [nama]]"


# What messages are made of, so that chance also builds sentences and not only noise.
PLAIN = """pak ibu nama saya budi Yanto Lakapu Qwertz jalan Jl. No gang kos villa di dari Kuta kuta Denpasar Ende desa
KTP PT Made indah hari 5 12 0812 2500000 Rp 500rb jt januari tgl satu dua nol delapan @ig ig: a.n. [nama] 1/2/26 DK1 KR-
x@y.co a_b [ ] ( ) . , : / - _ ' @ # 🙏 İ ß 你好 مرحبا"""
PIECES = [*PLAIN.split(), "\n", "\t", "\u200b", "\u202e", "\ue030", "\ue041", "\ud83d", "e\u0301"]
SENTENCES = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " "])), max_size=40).map(
    lambda pieces: "".join(piece + gap for piece, gap in pieces)
)


@given(st.one_of(SENTENCES, st.text(st.characters())))
@example("")
@example("🙏" * 4096)
@example("\ud83d\x00\u200b")
def test_any_text_can_be_read_and_a_second_reading_finds_nothing(text: str) -> None:
    once = anonymised(text)
    assert once.text.encode("utf-8").decode("utf-8") == once.text
    again = anonymised(once.text)
    assert again.found == 0
    assert again.text == once.text


@given(SENTENCES)
def test_what_is_not_labelled_stays_as_it_was(text: str) -> None:
    """Outside of labels, what comes out stands in the message, in the same order."""
    rest = re.split(r"\[(?:nama|nomor|tempat|tautan|akun|kode|tanggal)\]", anonymised(text).text)
    original, at = clean(re.sub("[\ue021-\ue07e]", "", text)), 0
    for piece in rest:
        at = original.find(piece, at)
        assert at >= 0
        at += len(piece)


@pytest.mark.parametrize(
    "piece", ["a", "1 ", "a.", "A ", "pak ", "nama ", "satu ", "@", "_", "[", "x/1", "Qz. ", "gaji a "]
)
def test_four_thousand_signs_of_anything_are_read_in_a_moment(piece: str) -> None:
    start = time.perf_counter()
    anonymised((piece * 4096)[:4096])
    assert time.perf_counter() - start < 2


def test_a_long_message_is_read_in_milliseconds() -> None:
    text = " ".join(STAYS + list(NAMES))[:400]
    anonymised(text)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        anonymised(text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.01  # about 2 ms on a quiet machine


def training_messages() -> list[str]:
    files = sorted(DATA.glob("*.yml"))
    return [line for file in files for line in re.findall(r"^    - (.+)$", file.read_text("utf-8"), re.M)]


def test_ordinary_words_survive_in_nearly_all_messages() -> None:
    """People rarely name anyone in training messages: where more than a few lose a name, ordinary words are lost."""
    messages = training_messages()
    named = [text for text in messages if "[nama]" in anonymised(text).text]
    assert len(messages) > 1000
    assert len(named) < 0.03 * len(messages)


def test_the_list_of_names_is_in_order() -> None:
    lines = NAMES_FILE.read_text("utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert len(entries) > 700
    assert [
        line for line in entries if not re.fullmatch(r"[a-z'-]+(?: [a-z'-]+)*(?: [?!]{1,2})?", line)
    ] == []
    bare = [line.rstrip(" ?!") for line in entries]
    assert [name for name in set(bare) if bare.count(name) > 1] == []
    people = {line for line in entries if not line.endswith(("?", "!"))}
    assert [name for name in people if " " in name] == []
    assert people.isdisjoint({"putra", "indah", "hari", "made", "gede", "mama", "nona", "adi", "bunga"})

"""What people type, and the standard words it stands for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.clean import clean
from language.lexicon import default_lexicon
from language.normalise import eastern_evidence, normal_tokens, normalise

KUPANG = {
    "beta su pi polisi, ma dong sonde tarima beta pung laporan": "saya sudah pergi polisi tetapi mereka tidak terima saya punya laporan",
    "Botong pung tuan kos kasi nae sewa": "kami punya pemilik kos naikkan sewa",
    "katong sonde tau musti lapor di mana": "kita tidak tahu mesti lapor di mana",
    "lu su makan ko balom?": "kamu sudah makan atau belum",
    "dong dapa usir dar kos": "mereka diusir dari kos",
    "be pung bapa su saki lama": "saya punya bapak sudah sakit lama",
    "kermana caranya urus KTP e": "bagaimana caranya urus ktp ya",
    "sapa yang bisa bantu katong?": "siapa yang bisa bantu kita",
    "beta dapa pukul di muka kos kamaren": "saya dipukul di muka kos kemarin",
    "dia pung bos kas kaluar dia takuju": "dia punya bos keluarkan dia tiba-tiba",
    "son ada doi lai": "tidak ada uang lagi",
    "be son mangarti atoran banjar di sini": "saya tidak mengerti aturan banjar di sini",
    "jang kasi tau orang laen": "jangan beri tahu orang lain",
    "beta pung ana mau pinda skola": "saya punya anak mau pindah sekolah",
    "tuan ruma minta doit lai": "pemilik rumah minta uang lagi",
    "be tanya, barapa lama urus surat tu?": "saya tanya berapa lama urus surat itu",
    "dong baku pukul di muka gareja": "mereka saling pukul di muka gereja",
    "beta karja su tiga taon": "saya kerja sudah tiga tahun",
    "bapa kos sonde kasi pulang jaminan": "pemilik kos tidak pulangkan jaminan",
    "kaka, beta taku mo pulang": "kakak saya takut mau pulang",
    "mama-bapa di kampong sonde tau apa-apa": "orang tua di kampung tidak tahu apa-apa",
    "dong bilang orang Timor pamalas": "mereka bilang orang timor pemalas",
    "jang taku te beta ada di sini": "jangan takut sebab saya ada di sini",
    "tarima kasi banya e kaka": "terima kasih banyak ya kakak",
    "beta cari karjaan di Kuta": "saya cari pekerjaan di kuta",
    "beta cuma tanya sa": "saya cuma tanya saja",
}
FLORES_AND_SUMBA = {
    "sa su pi": "saya sudah pergi",
    "sa su bilang, tapi dorang tra mau dengar": "saya sudah bilang tapi mereka tidak mau dengar",
    "sa pu KTP ilang": "saya punya ktp hilang",
    "sa mau lapor": "saya mau lapor",
    "sa dapa tipu agen": "saya ditipu agen",
    "kami orang trada uang": "kami tidak ada uang",
    "ema, kami tida bisa bayar": "bapak kami tidak bisa bayar",
    "kraeng, epang gawan": "tuan terima kasih",
    "Sa diperkosa. Baru sekarang sa tulis": "saya diperkosa baru sekarang saya tulis",
    "suami sa kunci sa dari luar": "suami saya kunci saya dari luar",
    "kita te tau jalan, engko antar dulu": "kita tidak tahu jalan kamu antar dulu",
    "torang dari Larantuka semua": "kita dari larantuka semua",
    "rambu pung adi kerja di Canggu": "ibu punya adik kerja di canggu",
}
SMS = {
    "sy mw tny gmn caranya lapor": "saya mau tanya bagaimana caranya lapor",
    "gaji blm dibyr 2 bln": "gaji belum dibayar 2 bulan",
    "knp org ntt gk blh ngekos dsini": "kenapa orang Nusa Tenggara Timur tidak boleh indekos di sini",
    "tlg bntu, ktp ilang kmrn": "tolong bantu ktp hilang kemarin",
    "klo dipecat dpt pesangon gak": "kalau dipecat dapat pesangon tidak",
    "bgmn caranya pindah skolah ank2": "bagaimana caranya pindah sekolah anak-anak",
    "org2 di kos sy ribut trs tiap mlm": "orang-orang di kos saya ribut terus tiap malam",
    "gpp kak, nnt aja": "tidak apa-apa kakak nanti saja",
    "dmn alamat disnaker dps": "di mana alamat dinas tenaga kerja Denpasar",
    "hp sy ilang di jln": "ponsel saya hilang di jalan",
    "sdh lapor tp blm ada jwb": "sudah lapor tapi belum ada jawab",
    "kpn hrs bayar kos": "kapan harus bayar kos",
    "ak gtau hrs kmn lg": "aku tidak tahu harus ke mana lagi",
    "makasih byk min": "terima kasih banyak admin",
    "tmn2 sy jg kena": "teman-teman saya juga kena",
    "tau2 diusir": "tiba-tiba diusir",
    "toloooong kak": "tolong kakak",
}
BALINESE = {
    "tiang ten ngerti": "saya tidak ngerti",
    "suksma nggih": "terima kasih ya",
    "klian banjar nika dija": "kelian banjar itu di mana",
    "dija genah meli bras sane mudah driki": "di mana tempat membeli beras yang mudah di sini",
    "tiang jejeh mulih": "saya takut pulang",
}
JAVANESE = {
    "aku lagi nang kene iki rek, piye kabare kabeh": "aku lagi di sini ini teman apa kabar semua",
    "wis mangan durung cak?": "sudah makan belum mas",
    "kulo nembe dugi, nopo wonten griya": "saya baru sampai apa ada griya",
    "gajiku durung dibayar, aku arep muleh": "gajiku belum dibayar aku mau pulang",
    "suwun mas": "terima kasih mas",
}
STANDARD = {
    "Saya sudah melapor ke polisi.": "saya sudah melapor ke polisi",
    "Gaji saya belum dibayar dua bulan": "gaji saya belum dibayar dua bulan",
    "di mana kantor lurah?": "di mana kantor lurah",
}


@pytest.mark.parametrize(
    ("typed", "standard"), (KUPANG | FLORES_AND_SUMBA | SMS | BALINESE | JAVANESE | STANDARD).items()
)
def test_it_turns_what_people_type_into_standard_words(typed: str, standard: str) -> None:
    assert normalise(typed) == standard


# Each word is an eastern, chat, Balinese or Javanese form too; nothing else in the message says that it is meant so.
@pytest.mark.parametrize(
    "text",
    [
        "dari kos ke kantor lalu ke pantai barat",
        "dua kali saya ke sana tiga kali ditolak",
        "surat apa pun dan siapa pun",
        "ia sakit paru tiga kali",
        "saya kerja di spa dua kali seminggu",
        "bu guru bilang begitu bu",
        "rumah di taman kota",
        "saya tinggal di dekat kali",
        "kas banjar dipakai untuk apa",
        "kuda di sumba",
        "motor beli di dealer",
        "pohon banten di halaman",
        "sami hanya nama anak saya",
        "laki muda itu menangis",
        "ibu guru datang ke taman bermain",
        "kita sing along di pantai",
        "min lima derajat",
        "lo kenapa marah",
        "peci hitam untuk ibadah",
        "wong cilacap namanya kula",
        "karo dan toba sama-sama batak",
        "ida bagus mantra",
    ],
)
def test_it_leaves_a_doubtful_form_alone_where_nothing_else_is_eastern(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("alone", "in_company"),
    [
        ("kas banjar", ("beta bayar kas banjar do", "saya bayar beri banjar ya")),
        ("be", ("be son tau", "saya tidak tahu")),
        ("ma dong", ("dong datang ma beta son mau", "mereka datang tetapi saya tidak mau")),
        ("ga", ("ga bs dtg", "tidak bisa datang")),
        ("ten", ("tiang ten ngerti", "saya tidak ngerti")),
    ],
)
def test_company_makes_a_doubtful_form_sure(alone: str, in_company: tuple[str, str]) -> None:
    typed, standard = in_company
    assert normalise(typed) == standard
    assert not eastern_evidence(alone.split()[0])


@pytest.mark.parametrize(
    "text",
    [
        "my landlord wants to raise the rent in may",
        "do i have to pay for the room",
        "what if the police take my phone",
        "he told me not to go to the banjar",
        "can you help me find a job in kuta",
        "they kept my ktp and i can't leave",
    ],
)
def test_it_leaves_english_alone(text: str) -> None:
    assert normalise(text) == text
    assert not eastern_evidence(text) or " to " in text  # "to" is also Kupang Malay for "kan"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("beta mau mati", "mau mati"),
        ("sa mau mati sa", "mau mati"),
        ("beta su son tahan lai, mau mati sa", "mau mati"),
        ("be lapar mau mati", "lapar mau mati"),
        ("beta taku mau mati", "takut mau mati"),
        ("dong mau bunu beta", "bunuh saya"),
        ("dong babunu di kampong", "saling membunuh"),
        ("beta mau bunuh diri", "bunuh diri"),
        ("sy pngn mati aja", "ingin mati saja"),
        ("sapa yang mati pung keluarga di sini", "mati punya keluarga"),
        ("gantung diri", "gantung diri"),
        ("bundir", "bundir"),
    ],
)
def test_it_never_takes_a_word_of_dying_or_killing_away(typed: str, kept: str) -> None:
    assert kept in normalise(typed)


def test_no_row_of_the_lexicon_takes_such_a_word_away() -> None:
    dying = re.compile(r"\b(?:ma?ti|mampus|tewas|\w*bunu\w*|bundir|gantung|meninggal|wafat)\b")
    for entries in default_lexicon().by_first_word.values():
        for entry in entries:
            if dying.search(" ".join(entry.words)):
                assert dying.search(entry.standard), entry


def test_every_sure_form_is_found_when_it_stands_alone() -> None:
    read_as_english = {"thanks", "batul to"}  # a message of nothing but English words is left as it is
    for entries in default_lexicon().by_first_word.values():
        for entry in entries:
            form = " ".join(entry.words)
            if entry.sure and form not in read_as_english:
                assert normalise(form) == entry.standard


def test_it_keeps_each_word_and_where_it_stood() -> None:
    text = "Kaka, sa dapa pukul!!"
    tokens = normal_tokens(text)
    assert [(t.text, t.standard) for t in tokens] == [
        ("Kaka", "kakak"), ("sa", "saya"), ("dapa", "dipukul"), ("pukul", ""),
    ]  # fmt: skip
    assert all(text[t.start : t.end] == t.text for t in tokens)


@pytest.mark.parametrize("text", ["", "   ", "???", "🙏🙏", "\u200b"])
def test_it_says_nothing_about_a_message_without_words(text: str) -> None:
    assert normalise(text) == ""
    assert not eastern_evidence(text)


@pytest.mark.parametrize("text", ["beta", "sonde apa-apa", "katong pi", "lu mana", "dong tu baku pukul"])
def test_it_sees_that_a_message_is_eastern(text: str) -> None:
    assert eastern_evidence(text)


@pytest.mark.parametrize("text", ["saya lapar", "gaji blm dibyr", "tiang ten ngerti", "the rent", "dong"])
def test_it_does_not_call_other_messages_eastern(text: str) -> None:
    assert not eastern_evidence(text)


_WORDS = st.sampled_from([*default_lexicon().by_first_word, "mati", "saya", "the", "2", "-", "’", "\n"])


@given(st.text(st.characters()) | st.lists(_WORDS, max_size=12).map(" ".join))
def test_any_text_is_normalised_without_an_error(text: str) -> None:
    normalise(text)
    eastern_evidence(text)
    cleaned = clean(text)
    tokens = normal_tokens(cleaned)
    assert all(cleaned[t.start : t.end] == t.text for t in tokens)
    assert [t.start for t in tokens] == sorted(t.start for t in tokens)

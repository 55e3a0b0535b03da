"""Details the model's server finds in messages, with places that are also words."""

from __future__ import annotations

import httpx
import pytest

from bot.nlu import Endpoint


def found(nlu: Endpoint, text: str) -> list[tuple[str, str]]:
    answer = httpx.post(
        f"{nlu.url}/model/parse", params={"token": nlu.token}, json={"text": text}, timeout=10
    )
    entities = answer.json()["entities"]
    assert all(text[e["start"] : e["end"]] for e in entities)
    return [(e["entity"], e["value"]) for e in entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kos di Dalung tolak saya", ("place", "Dalung")),
        ("sa kerja di kuta selatan", ("place", "Kuta Selatan")),
        ("tinggal d dps skrg", ("place", "Denpasar")),
        ("saya dari Waingapu", ("place", "Waingapu")),
        ("mau pi labuanbajo", ("place", "Labuan Bajo")),
        ("tinggal di Mas, Ubud", ("place", "Mas")),
        ("pindah ke Kapal minggu depan", ("place", "Kapal")),
        ("orang desa Sedang", ("place", "Sedang")),
        ("rumah di kec. Selat", ("place", "Selat")),
        ("kmrn sore saya diusir", ("date", "kmrn sore")),
        ("tanggal 5 november gaji belum masuk", ("date", "tanggal 5 november")),
        ("sudah dua minggu lalu", ("date", "dua minggu lalu")),
        ("it happened last night", ("date", "last night")),
        ("ditolak karena orang Sumba", ("basis", "orang Sumba")),
        ("because of my skin colour", ("basis", "my skin colour")),
        ("status kr-7f3k-9qxm", ("referral_code", "kr-7f3k-9qxm")),
        ("KR 7F3K 9QXM sampai mana", ("referral_code", "KR 7F3K 9QXM")),
        ("hubungi 0812-3456-7890", ("phone_number", "0812-3456-7890")),
        ("wa +62 812 3456 7890", ("phone_number", "+62 812 3456 7890")),
    ],
)
def test_it_finds(nlu: Endpoint, text: str, expected: tuple[str, str]) -> None:
    assert expected in found(nlu, text)


@pytest.mark.parametrize(
    "text",
    [
        "mas, saya mau tanya",
        "saya sedang kerja",
        "baru turun kapal",
        "main di rumah sebelah taman",
        "ada selat sempit antara pulau",
        "dia pakai sabu",
        "makan rendang enak",
        "serangan jantung",
    ],
)
def test_words_that_only_look_like_places_are_not(nlu: Endpoint, text: str) -> None:
    assert [value for entity, value in found(nlu, text) if entity == "place"] == []


@pytest.mark.parametrize("text", ["", " ", "\u200b", "😀", "1" * 4000, "\x00abc", "\u202eabc", "ᬳᬮᭀ", "中文"])
def test_any_text_has_a_defined_result(nlu: Endpoint, text: str) -> None:
    answer = httpx.post(
        f"{nlu.url}/model/parse", params={"token": nlu.token}, json={"text": text}, timeout=20
    )
    assert answer.status_code == 200
    assert 0 <= answer.json()["intent"]["confidence"] <= 1


def test_the_server_wants_its_token(nlu: Endpoint) -> None:
    assert httpx.post(f"{nlu.url}/model/parse", json={"text": "halo"}).status_code == 401


def test_the_server_listens_on_loopback_alone(nlu: Endpoint) -> None:
    assert nlu.url.startswith("http://127.0.0.1:")

"""The contract other tools drive: `kawan ask` and `kawan chat`, as processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from actions.turn import INTENTS
from bot.nlu import Endpoint

KAWAN = Path(sys.executable).parent / "kawan"
DECISIONS = {"answer", "clarify", "fallback", "crisis", "form", "status", "talk", "handover", "refuse"}


def kawan(*arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([KAWAN, *arguments], input=lines, capture_output=True, text=True, timeout=120)


def turns(lines: str, *options: str) -> list[dict[str, Any]]:
    done = kawan("chat", "--json", *options, lines=lines)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_pipe_conversation_works(nlu: Endpoint) -> None:
    hello, kos = turns("halo\nbapak kos suruh angkat kaki karena sa orang Sumba\n")
    assert hello["intent"] == "greet"
    assert hello["decision"] == "talk"
    assert kos["decision"] in {"answer", "clarify"}
    labels = {i["intent"] for i in kos["ranking"][:4]}
    assert labels & {"housing", "report_discrimination"}
    assert {"entity": "basis", "value": "orang Sumba", "start": 38, "end": 49} in kos["entities"]


def test_every_field_of_the_contract_is_there(nlu: Endpoint) -> None:
    done = kawan("ask", "gaji dua bulan belum dibayar bos di Kuta", "--json")
    turn = json.loads(done.stdout)
    assert list(turn) == [
        "text", "lang", "intent", "confidence", "ranking", "entities", "decision",
        "article", "also", "form", "referral", "reply",
    ]  # fmt: skip
    assert turn["text"] == "gaji dua bulan belum dibayar bos di Kuta"
    assert turn["lang"] == "id"
    assert turn["intent"] == "employment"
    assert 0 < turn["confidence"] <= 1
    assert turn["ranking"][0] == {"intent": turn["intent"], "confidence": turn["confidence"]}
    assert turn["decision"] == "answer"
    assert turn["article"] == "employment/wages-not-paid"
    assert turn["form"] is None
    assert turn["referral"] is None
    assert {"entity": "place", "value": "Kuta", "start": 36, "end": 40} in turn["entities"]
    for part in turn["reply"]:
        assert set(part) == {"text", "buttons"}
        for button in part["buttons"]:
            assert set(button) == {"label", "data"}
            assert len(button["data"].encode()) <= 64


def test_json_lines_keep_their_order(nlu: Endpoint) -> None:
    texts = ["halo", "KTP hilang", "what is Nyepi?", "😀", "", "suami pukul saya", "gaji belum dibayar"] * 6
    done = kawan("ask", "--jsonl", lines="".join(json.dumps({"text": t}) + "\n" for t in texts))
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["text"] for a in answers] == texts
    assert {a["decision"] for a in answers} <= DECISIONS
    assert all(a["intent"] is None or a["intent"] in INTENTS for a in answers)
    crisis = answers[5]
    assert crisis["decision"] == "crisis"
    assert crisis["form"] is None


def test_ask_stores_nothing(nlu: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    assert kawan("ask", "KTP hilang").returncode == 0
    assert not (tmp_path / "data").exists()


def test_a_line_that_is_not_json_is_named(nlu: Endpoint) -> None:
    done = kawan("ask", "--jsonl", lines='{"text": "halo"}\nhalo\n')
    assert done.returncode == 2
    assert "Line 2" in done.stderr


def test_ask_needs_one_of_both(nlu: Endpoint) -> None:
    assert kawan("ask").returncode == 2
    assert kawan("ask", "halo", "--jsonl").returncode == 2


def test_a_whole_report_by_typing_alone(nlu: Endpoint) -> None:
    story = "Ibu kos bilang sudah penuh begitu saya sebut asal saya."
    typed = ["/lapor", ":1", "boleh", "18 ke atas", story, "kos", "asal daerah", "Ubud", "minggu lalu",
             "lewati", "lewati", "belum aman", "lewati", "lewati", "kirim"]  # fmt: skip
    found = turns("\n".join(typed) + "\n")
    assert [t["form"]["slot"] for t in found[1:14]] == [
        "consent", "age", "happened", "area", "basis", "place", "date", "files", "must_not_know", "reply", "contact",
        "staff_excluded", "summary",
    ]  # fmt: skip
    assert [t["decision"] for t in found[1:]] == ["form"] * 14
    summary = found[-2]["reply"][-1]["text"]
    assert "Balasan: Hanya kalau saya menulis dulu" in summary  # "belum aman" must never pass for "aman"
    assert found[-1]["referral"].startswith("KR-")
    assert found[-1]["referral"] in found[-1]["reply"][1]["text"]
    assert found[-1]["form"] is None


def test_what_was_told_before_is_not_asked_again(nlu: Endpoint) -> None:
    found = turns(
        "sa baru saja ditolak kos di Dalung kemarin karena orang Sumba, mau lapor\n:1\nboleh\nlewati\nmereka tutup pintu\nkos\n"
    )
    assert found[0]["decision"] == "answer"
    assert found[-1]["form"]["slot"] == "files"  # place, date and basis were told


def test_a_question_inside_a_form_is_answered_and_the_form_goes_on(nlu: Endpoint) -> None:
    found = turns("/lapor\n:1\nboleh\n18\nberapa UMK Denpasar tahun ini?\n")
    last = found[-1]
    assert last["decision"] == "answer"
    assert last["form"] == {"name": "report_discrimination", "slot": "happened", "step": 3}
    assert "Ceritakan" in last["reply"][-1]["text"]


def test_a_conversation_is_kept_in_a_data_dir(nlu: Endpoint, tmp_path: Path) -> None:
    turns("/lapor\n:1\nboleh\n", "--data-dir", str(tmp_path / "d"))
    [goes_on] = turns("18 ke atas\n", "--data-dir", str(tmp_path / "d"))
    assert goes_on["form"]["slot"] == "happened"


def test_five_thousand_characters_are_read_whole(nlu: Endpoint) -> None:
    padding = "Hari ini saya bangun pagi, masak, lalu menunggu angkutan seperti biasa. " * 60
    [turn] = turns(f"{padding}Bos belum bayar gaji saya dua bulan. {padding[:500]}\n")
    assert len(turn["text"]) > 4500
    assert any(i["intent"] == "employment" for i in turn["ranking"][:3])
    assert turn["reply"]


def test_it_answers_in_english(nlu: Endpoint) -> None:
    [turn] = turns("my boss has not paid my salary for two months\n")
    assert turn["lang"] == "en"
    assert turn["article"] == "employment/wages-not-paid"
    assert "wage" in turn["reply"][0]["text"].lower() or "salary" in turn["reply"][0]["text"].lower()

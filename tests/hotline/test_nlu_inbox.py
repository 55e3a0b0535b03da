"""/pesan-belum-dipahami: staff teach the bot in their own words; nothing a person wrote ever leaves."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from hotline.model_figures import accuracy
from knowledge import examples
from store import nlu_inbox
from store.clock import today_in_bali
from tests.hotline.accessible import findings
from tests.hotline.browser import PHONE, Browsing, fits_the_screen
from tests.hotline.console import Console

PAGE = "/pesan-belum-dipahami"
TOLD = "[nama] kasi tau katong musti bayar lai tiap bulan ko sonde"
FOLDED = "sonde ada nama di sini, tapi mungkin"
WRITTEN = "apakah iuran desa harus dibayar terus setiap bulan"
LABEL = "adat_rules/dudukan"


@pytest.fixture
def id(console: Console) -> str:
    """Two messages wait, one of them folded; the id of the one that can be read in the list."""
    console.write(
        nlu_inbox.keep,
        console.keys,
        "fell_back",
        TOLD,
        1,
        [("adat_rules", 0.34), ("housing", 0.2)],
        today_in_bali(),
    )
    console.write(
        nlu_inbox.keep,
        console.keys,
        "thumbs_down",
        FOLDED,
        0,
        [],
        today_in_bali(),
        "housing/deposit-not-returned",
    )
    return next(one.id for one in nlu_inbox.listed(console.db, console.keys) if one.text)


@pytest.fixture
def folded(console: Console, id: str) -> str:
    return next(one.id for one in nlu_inbox.listed(console.db, console.keys) if one.id != id)


def deeds(console: Console) -> list[tuple[str, str]]:
    return [(row["who"], row["what"]) for row in console.db.query("select who, what from audit order by id")]


def waiting(console: Console) -> list[str]:
    return [one.id for one in nlu_inbox.listed(console.db, console.keys)]


@pytest.mark.parametrize("login", ["maria", "lusia", "ani"])
def test_staff_see_what_was_not_understood_with_the_guesses(console: Console, id: str, login: str) -> None:
    page = console.signed_in(login).get(PAGE).text
    assert TOLD in page
    assert "Adat &amp; Nyepi 34 %" in page
    assert FOLDED not in page
    assert "2 pesan menunggu" in page
    label, test, fresh = accuracy("id")[0]
    assert (
        f'<th scope="row">{label}</th><td class="number">{test}</td><td class="number">{fresh}</td>' in page
    )


@pytest.mark.parametrize("login", ["yosef", "rini"])
def test_other_roles_and_strangers_see_nothing(console: Console, id: str, login: str) -> None:
    for visitor, status in ((console.signed_in(login), 404), (console.stranger(), 303)):
        for path in (PAGE, f"{PAGE}/{id}", f"{PAGE}/ekspor/yaml", f"{PAGE}/ekspor/patch"):
            answer = visitor.get(path)
            assert (answer.status_code, TOLD in answer.text) == (status, False), path
        for path in (f"{PAGE}/{id}", f"{PAGE}/{id}/hapus", f"{PAGE}/{id}/draf", f"{PAGE}/ekspor/selesai"):
            assert visitor.post(path, {"kalimat": WRITTEN, "label": LABEL}).status_code in (status, 403)
    assert len(waiting(console)) == 2
    assert deeds(console)[-1][1] != f"opened NLU message {id}"


def test_opening_a_folded_message_is_recorded(console: Console, folded: str) -> None:
    page = console.signed_in("maria").get(f"{PAGE}/{folded}").text
    assert FOLDED in page
    assert "/pengetahuan/artikel/housing/deposit-not-returned" in page
    assert ("maria", f"opened NLU message {folded}") in deeds(console)


def test_a_sentence_takes_the_place_of_the_message(console: Console, id: str) -> None:
    maria = console.signed_in("maria")
    maria.get(f"{PAGE}/{id}")
    answer = maria.post(f"{PAGE}/{id}", {"kalimat": f"  {WRITTEN} ", "label": LABEL})
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert id not in waiting(console)
    row = next(console.db.query("select body, paraphrase from nlu_inbox where id = ?", [id]))
    assert (row["body"], row["paraphrase"]) == (None, WRITTEN)
    page = maria.get(PAGE).text
    assert WRITTEN in page
    assert TOLD not in page


@pytest.mark.parametrize(
    ("sentence", "label", "said"),
    [
        (TOLD.replace("[nama]", "dia"), LABEL, "hampir sama dengan kalimat orangnya"),
        ("kata Pak Wayan Sudarma harus bayar terus", LABEL, "Ada nama"),
        ("bayar", LABEL, "paling sedikit 2 kata"),
        (WRITTEN, "adat_rules/nothing", "dari daftar"),
        (WRITTEN, "", "dari daftar"),
        (examples.held_out()[0], LABEL, "mengukur model"),
    ],
)
def test_what_is_unfit_is_refused_and_stays_typed(
    console: Console, id: str, sentence: str, label: str, said: str
) -> None:
    maria = console.signed_in("maria")
    maria.get(f"{PAGE}/{id}")
    answer = maria.post(f"{PAGE}/{id}", {"kalimat": sentence, "label": label})
    assert answer.status_code == 422
    assert said in answer.text
    assert len(waiting(console)) == 2


def test_two_at_once_are_no_accident(console: Console, id: str) -> None:
    maria, bram = console.signed_in("maria"), console.signed_in("bram")
    bram.get(f"{PAGE}/{id}")
    maria.post(f"{PAGE}/{id}/hapus")
    for answer in (
        bram.post(f"{PAGE}/{id}", {"kalimat": WRITTEN, "label": LABEL}),
        bram.post(f"{PAGE}/{id}/hapus"),
    ):
        assert answer.status_code == 303
    assert "sudah dikerjakan" in bram.get(PAGE).text
    assert bram.get(f"{PAGE}/{id}").status_code == 404


@pytest.fixture
def learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for what was learned before, with one sentence in it."""
    path = tmp_path / "nlu_data" / "learned.yml"
    path.parent.mkdir()
    examples.add_learned([("rights", "hak saya apa saja")], path)
    monkeypatch.setattr(examples.patch_of, "__defaults__", (path,))
    return path


def teach(console: Console, id: str) -> None:
    maria = console.signed_in("maria")
    maria.get(f"{PAGE}/{id}")
    maria.post(f"{PAGE}/{id}", {"kalimat": WRITTEN, "label": LABEL})


def test_the_sentences_leave_as_rasas_yaml(console: Console, id: str) -> None:
    teach(console, id)
    answer = console.signed_in("bram").get(f"{PAGE}/ekspor/yaml")
    assert 'filename="learned.yml"' in answer.headers["content-disposition"]
    [block] = yaml.safe_load(answer.text)["nlu"]
    assert (block["intent"], block["examples"]) == (LABEL, f"- {WRITTEN}\n")
    assert ("bram", "exported 1 taught sentences") in deeds(console)
    assert "kasi tau" not in answer.text


def test_the_patch_applies_and_gives_what_the_command_would(console: Console, id: str, learned: Path) -> None:
    teach(console, id)
    answer = console.signed_in("maria").get(f"{PAGE}/ekspor/patch")
    (learned.parent.parent / "change.patch").write_text(answer.text)
    done = subprocess.run(
        ["git", "apply", "-p1", "change.patch"], cwd=learned.parent.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert examples.examples_of(learned) == [(LABEL, WRITTEN), ("rights", "hak saya apa saja")]


def test_a_patch_can_make_the_file(
    console: Console, id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples.patch_of, "__defaults__", (tmp_path / "nlu_data" / "learned.yml",))
    teach(console, id)
    patch = tmp_path / "change.patch"
    patch.write_text(console.signed_in("maria").get(f"{PAGE}/ekspor/patch").text)
    done = subprocess.run(["git", "apply", "-p1", str(patch)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert examples.examples_of(tmp_path / "nlu_data" / "learned.yml") == [(LABEL, WRITTEN)]


def test_what_was_downloaded_is_struck_off_and_nothing_else(console: Console, id: str, folded: str) -> None:
    teach(console, id)
    maria = console.signed_in("maria")
    page = maria.get(PAGE).text
    stamp = re.search(r'name="daftar" value="(\w+)"', page)
    assert stamp is not None
    bram = console.signed_in("bram")
    bram.get(f"{PAGE}/{folded}")
    bram.post(f"{PAGE}/{folded}", {"kalimat": "uang jaminan kamar belum dikasih balik", "label": "housing"})
    maria.post(f"{PAGE}/ekspor/selesai", {"daftar": stamp[1]})
    assert "sudah berubah" in maria.get(PAGE).text
    assert len(nlu_inbox.waiting_paraphrases(console.db)) == 2
    stamp = re.search(r'name="daftar" value="(\w+)"', maria.get(PAGE).text)
    assert stamp is not None
    maria.post(f"{PAGE}/ekspor/selesai", {"daftar": stamp[1]})
    assert nlu_inbox.waiting_paraphrases(console.db) == []


def test_a_missing_page_becomes_a_draft(console: Console, id: str) -> None:
    maria = console.signed_in("maria")
    maria.get(f"{PAGE}/{id}")
    given = {
        "judul": "Iuran desa, wajib?",
        "topik": "adat_rules",
        "isi": "Berapa kali dan sampai kapan dibayar.",
    }
    assert maria.post(f"{PAGE}/{id}/draf", given).status_code == 303
    assert id in waiting(console)  # the message stays until a sentence is written
    link = re.search(r'href="(/pengetahuan/draf/\d+)"', maria.get("/pengetahuan").text)
    assert link is not None
    page = maria.get(link[1]).text
    assert "knowledge/articles/adat_rules/iuran-desa-wajib.id.md" in page
    text = maria.get(f"{link[1]}/berkas").text
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["id"], front["status"], front["title"]) == (
        "adat_rules/iuran-desa-wajib",
        "draft",
        "Iuran desa, wajib?",
    )
    assert console.signed_in("rini").get(link[1]).status_code == 404
    assert console.stranger().get(link[1]).status_code == 303
    maria.post(f"{link[1]}/tutup")
    assert maria.get(link[1]).status_code == 404


@pytest.mark.parametrize(
    ("judul", "topik", "isi", "said"),
    [
        ("Iuran", "nothing", "x", "Pilih topik"),
        ("?!", "housing", "x", "Pilih topik"),
        ("I" * 49, "housing", "x", "48 karakter"),
        ("Iuran", "housing", " ", "perlu dijawab"),
        ("Iuran", "housing", "telepon Pak Wayan Sudarma di 081234567890", "secara umum"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(
    console: Console, id: str, judul: str, topik: str, isi: str, said: str
) -> None:
    maria = console.signed_in("maria")
    maria.get(f"{PAGE}/{id}")
    answer = maria.post(f"{PAGE}/{id}/draf", {"judul": judul, "topik": topik, "isi": isi})
    assert answer.status_code == 422
    assert said in answer.text
    assert console.db.table("article_drafts").count == 0


def test_it_reads_well_for_everyone_and_works_by_keyboard(
    console: Console, id: str, browsing: Browsing
) -> None:
    page = browsing.signed_in("maria", PHONE)
    page.goto(PAGE)
    assert fits_the_screen(page)
    assert findings(page) == []
    page.get_by_role("link", name="Kerjakan").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}/{id}")
    assert fits_the_screen(page)
    assert findings(page) == []
    page.get_by_label("Kalimat karangan").focus()
    page.keyboard.type(WRITTEN)
    page.get_by_label("Maksud atau halaman").select_option(LABEL)
    page.get_by_role("button", name="Simpan dan hapus").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}")
    assert page.get_by_text(WRITTEN).is_visible()
    assert page.get_by_role("status").inner_text().startswith("Tersimpan")

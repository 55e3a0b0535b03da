"""Every rule of the knowledge base fails on what it forbids, and the real one keeps them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from knowledge.check import check_all, forbidden_in, read_forbidden
from knowledge.library import FOLDER, Library
from tests.knowledge.small import PAGE, Small

LONG = "Kumpulkan semua bukti yang ada lalu kirim. "
RULES: list[dict[str, str]] = yaml.safe_load((FOLDER / "forbidden.yml").read_text("utf-8"))


def test_the_small_one_has_no_problems(small: Small) -> None:
    assert small.problems() == []


def test_the_real_one_has_no_problems(library: Library) -> None:
    latest = max(article.reviewed for article in library.articles.values())
    assert check_all(library, latest) == []


def head(**changes: Any) -> Callable[[Small], None]:
    return lambda small: small.page.update(changes)


def fact(**changes: Any) -> Callable[[Small], None]:
    return lambda small: small.facts["deposit"].update(changes)


def contact(**changes: Any) -> Callable[[Small], None]:
    return lambda small: small.contacts["line-1"].update(changes)


def body(**changes: Any) -> Callable[[Small], None]:
    def change(small: Small) -> None:
        for name, value in changes.items():
            setattr(small, name, value)

    return change


def no_indonesian(small: Small) -> None:
    small.only[PAGE] = "en"


def no_english(small: Small) -> None:
    small.only[PAGE] = "id"


def likely_without_a_hedge(small: Small) -> None:
    small.facts["usual"] = small.facts["deposit"] | {"status": "likely"}
    small.page["facts"] = ["usual"]


def likely_with_a_hedge(small: Small) -> None:
    likely_without_a_hedge(small)
    small.basis = ["Biasanya begitu; usually so."]


def without_a_crisis_page(small: Small) -> None:
    del small.heads["self_harm/now"]


def drafted_crisis_page(small: Small) -> None:
    small.heads["self_harm/now"]["status"] = "draft"


def one_contact_in_a_crisis(small: Small) -> None:
    small.heads["emergency/now"]["contacts"] = ["line-1"]


def no_phone_in_a_crisis(small: Small) -> None:
    for line in small.contacts.values():
        line["channels"][0]["type"] = "web"


def hidden_contacts_in_a_crisis(small: Small) -> None:
    small.contacts["line-2"].update(confidence="likely", verified_on=None)


BROKEN: dict[str, tuple[Callable[[Small], None], str]] = {
    "no Indonesian": (no_indonesian, "deposit: has no Indonesian version"),
    "no English": (no_english, "deposit: has no English version"),
    "languages differ": (lambda s: s.english.update(contacts=["line-1"]), "the two languages differ in"),
    "review dates differ": (lambda s: s.english.update(review_by=date(2027, 5, 1)), "the two languages differ"),
    "unknown fact": (head(facts=["deposit", "nothing"]), "deposit.id: unknown fact 'nothing'"),
    "unknown contact": (head(contacts=["nobody"]), "unknown contact 'nobody'"),
    "unknown offer": (head(offers=["a_lawyer"]), "unknown offer 'a_lawyer'"),
    "unknown related article": (head(related=["housing/palace"]), "unknown related article 'housing/palace'"),
    "intent beside the id": (head(intent="rights"), "intent 'rights' does not fit the id"),
    "no fact": (head(facts=[]), "rests on no fact"),
    "no basis": (body(basis=[]), "has no section on its legal basis"),
    "one step": (body(steps=["Satu."]), "has 1 steps; 2 to 7"),
    "eight steps": (body(steps=["Satu."] * 8), "has 8 steps; 2 to 7"),
    "long short answer": (body(short=LONG * 9), "short answer has 386 characters; 350 at most"),
    "long title": (head(title="J" * 49), "title has 49 characters; 48 at most"),
    "long answer": (body(short=LONG * 8, steps=[LONG * 3] * 5), "title, answer and steps exceed 900"),
    "reviewed in the future": (head(reviewed=date(2026, 11, 23)), "reviewed in the future"),
    "due before reviewed": (head(review_by=date(2026, 11, 22)), "review_by is not after reviewed"),
    "review overdue": (
        head(reviewed=date(2026, 1, 1), review_by=date(2026, 11, 21)),
        "its review was due on 2026-11-21",
    ),
    "fact ran out": (fact(valid_until=date(2026, 11, 21)), "fact 'deposit' ran out"),
    "unsure fact": (fact(status="unsure"), "fact 'deposit' is unsure and may not be used"),
    "likely fact told flatly": (likely_without_a_hedge, "rests on a likely fact but never says"),
    "a mobile number": (body(short="Telepon 0812-3456-7890 saja."), "'0812-3456-7890 ': numbers and addresses"),
    "a number from abroad": (body(steps=["Telepon +62 361 223333.", "Dua."]), "numbers and addresses belong"),
    "an area code": (body(basis=["Kantor (0361) 223333."]), "numbers and addresses belong in directory.yml"),
    "a street": (body(steps=["Datang ke Jl. Renon.", "Dua."]), "'Jl.': numbers and addresses"),
    "a street with a number": (body(steps=["Datang ke Jalan Kepundung No 2.", "Dua."]), "numbers and addresses"),
    "a link": (body(basis=["https://lapor.go.id"]), "'https://': numbers and addresses"),
    "a long sentence": (body(short="kata " * 26), "a sentence of 26 words"),
    "something forbidden": (body(short="Diancam kurungan."), "'kurungan': pidana kurungan is abolished"),
    "a fact without source": (fact(source=" "), "fact deposit: has no source"),
    "a fact nobody uses": (lambda s: s.facts.update(idle=s.facts["deposit"]), "fact idle: no article uses it"),
    "a contact without source": (contact(source=[]), "contact line-1: has no source"),
    "verified at no date": (contact(verified_on=None), "contact line-1: is verified but does not say when"),
    "no crisis page": (without_a_crisis_page, "self_harm/now: the crisis page is missing"),
    "a drafted crisis page": (drafted_crisis_page, "self_harm/now: the crisis page is missing"),
    "one contact in a crisis": (one_contact_in_a_crisis, "emergency/now: a crisis page must show two contacts"),
    "no phone in a crisis": (no_phone_in_a_crisis, "emergency/now: a crisis page must show two contacts"),
    "hidden contacts in a crisis": (hidden_contacts_in_a_crisis, "a crisis page must show two contacts"),
}  # fmt: skip


@pytest.mark.parametrize(("break_it", "complaint"), BROKEN.values(), ids=list(BROKEN))
def test_it_finds_what_is_wrong(small: Small, break_it: Callable[[Small], None], complaint: str) -> None:
    break_it(small)
    assert [problem for problem in small.problems() if complaint in problem]


ALLOWED: dict[str, Callable[[Small], None]] = {
    "a likely fact with a hedge": likely_with_a_hedge,
    "a likely crisis number": lambda s: s.contacts["line-1"].update(
        confidence="likely", verified_on=None, crisis=True
    ),
    "a fact in its last hour": fact(valid_until=date(2026, 11, 22)),
    "a review due today": head(reviewed=date(2026, 1, 1), review_by=date(2026, 11, 22)),
    "a short answer of 350": body(short="x" * 350),
    "a sentence of 25 words": body(short="kata " * 25),
    "a law with a number": body(basis=["UU 1/2023 Pasal 262 ayat (1)."]),
    "an amount": body(short="Uang makan Rp50.000 sehari."),
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=list(ALLOWED))
def test_it_lets_pass_what_is_right(small: Small, change: Callable[[Small], None]) -> None:
    change(small)
    assert small.problems() == []


def test_it_reports_everything_at_once(small: Small) -> None:
    small.page.update(facts=["deposit", "nothing"], contacts=["nobody"], offers=["a_lawyer"])
    assert len(small.problems()) == 6


@pytest.mark.parametrize("rule", RULES, ids=[rule["sample"] for rule in RULES])
def test_each_forbidden_pattern_catches_its_sample(small: Small, rule: dict[str, str]) -> None:
    assert rule["why"]
    assert re.search(rule["pattern"], rule["sample"], re.I)
    small.short = rule["sample"].removesuffix(" ...")
    assert [problem for problem in small.problems() if rule["why"] in problem]


def test_no_forbidden_pattern_fires_on_the_real_articles(library: Library) -> None:
    rules = read_forbidden(FOLDER / "forbidden.yml")
    found = {id: list(forbidden_in(article, rules)) for id, article in library.articles.items()}
    assert {id: reasons for id, reasons in found.items() if reasons} == {}
    assert len(found) >= 100


@pytest.mark.parametrize("rule", RULES, ids=[rule["sample"] for rule in RULES])
def test_no_forbidden_pattern_fires_on_facts_and_contacts(library: Library, rule: dict[str, str]) -> None:
    pattern = re.compile(rule["pattern"], re.I)
    said = [text for f in library.facts.values() for text in (f.says, f.says_en)]
    said += [text for c in library.contacts.values() for text in (c.helps, c.helps_en)]
    said += [text for day in library.days for text in (day.note, day.note_en)]
    assert [text for text in said if pattern.search(text)] == []

"""Every rule of the knowledge base fails on what it forbids, and the real one keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from knowledge.check import check_all
from knowledge.library import Library
from tests.knowledge.small import PAGE, Small, day

LONG = "Kumpulkan semua bukti yang ada lalu kirim. "
OFFICIAL = "Pemberitahuan tertulis mengenai pengakhiran perjanjian disampaikan kepada penyewa bersangkutan. "


def test_the_small_one_has_no_problems(small: Small) -> None:
    assert small.problems() == []


def test_the_real_one_has_no_problems(library: Library) -> None:
    """That each article has training examples is held by `kawan knowledge check` in the gate; here all have one."""
    latest = max(article.reviewed for article in library.articles.values())
    assert check_all(library, latest, {article.id: 1 for article in library.published()}) == []


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


def calendar(**changes: Any) -> Callable[[Small], None]:
    return lambda small: small.days.append(day(**changes))


def rule(**changes: Any) -> Callable[[Small], None]:
    whole = {"pattern": r"\bpalsu\b", "why": "palsu is false", "sample": "Kabar palsu."}
    return lambda small: small.forbidden.append(whole | changes)


def draft_without_examples(small: Small) -> None:
    small.page["status"] = "draft"
    small.examples = {}


def holy_day_on_a_full_page(small: Small) -> None:
    small.days.append(day())
    small.short = LONG * 8
    small.steps = ["Kumpulkan bukti. " * 8] * 3 + ["x" * 93]


def twice_in_the_calendar(small: Small) -> None:
    small.days += [day(), day()]


def no_indonesian(small: Small) -> None:
    small.only[PAGE] = "en"


def no_english(small: Small) -> None:
    small.only[PAGE] = "id"


def likely_without_a_hedge(small: Small) -> None:
    small.facts["usual"] = small.facts["deposit"] | {
        "status": "likely",
        "says": "Uang jaminan biasanya kembali.",
    }
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
    "long answer": (body(short=LONG * 8, steps=[LONG * 3] * 5), "(with the next holy day) exceed 900 characters"),
    "no room for the holy day": (holy_day_on_a_full_page, "(with the next holy day) exceed 900 characters"),
    "no training example": (lambda s: s.examples.clear(), "deposit: no training example in nlu_data/ points to it"),
    "examples for others only": (lambda s: s.examples.update({PAGE: 0, "housing": 90}), "no training example"),
    "related to itself": (head(related=[PAGE]), "is related to itself"),
    "hard to read": (body(steps=[OFFICIAL * 2] * 4), "is hard to read (LIX 9"),
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
    "a fact that stands twice": (
        lambda s: s.facts.update(double=s.facts["deposit"] | {"says": "Uang jaminan, tergantung perjanjian"}),
        "fact double: says the same as 'deposit'",
    ),
    "a contact without source": (contact(source=[]), "contact line-1: has no source"),
    "a contact whose source is blank": (contact(source=[" "]), "contact line-1: has no source"),
    "a contact of no kind": (contact(kind=""), "contact line-1: kind '' is none of police, "),
    "a contact of an unknown kind": (contact(kind="shop"), "contact line-1: kind 'shop' is none of police, "),
    "a contact that serves nowhere": (contact(area=" "), "contact line-1: does not say which area it serves"),
    "a contact that serves nowhere in English": (contact(area_en=""), "does not say which area it serves"),
    "a contact with an empty channel": (
        contact(channels=[{"type": "phone", "value": " ", "confidence": "verified"}]),
        "contact line-1: has an empty channel",
    ),
    "a crisis contact without channels": (contact(channels=[], crisis=True), "is for a crisis but has no channel"),
    "a day without source": (calendar(source=" "), "calendar 2027-03-08 Nyepi: has no source"),
    "a day that asks nothing": (calendar(note=""), "Nyepi: does not say what it asks of a resident"),
    "a day that asks nothing in English": (calendar(note_en=" "), "does not say what it asks of a resident"),
    "a day of last year": (calendar(date=date(2025, 12, 31)), "2025-12-31 Nyepi: lies in a year gone by"),
    "a day no article speaks of": (calendar(article="housing/palace"), "unknown article 'housing/palace'"),
    "a day stands twice": (twice_in_the_calendar, "calendar 2027-03-08 Nyepi: stands twice"),
    "a likely day told flatly": (calendar(status="likely"), "only likely, but its note never says"),
    "a pattern that misses its sample": (rule(sample="Kabar benar."), "does not catch its sample 'Kabar benar.'"),
    "a pattern that cries wolf": (rule(allowed=["Uang palsu?"]), "'palsu is false' must let pass 'Uang palsu?'"),
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
    "a draft without examples": draft_without_examples,
    "a holy day of this year that is over": calendar(date=date(2026, 1, 1)),
    "a likely day with a hedge": calendar(status="likely", note="Biasanya ramai.", note_en="Usually busy."),
    "a contact nobody has confirmed a number of": lambda s: s.contacts.update(
        {"line-3": s.contacts["line-1"] | {"channels": [], "confidence": "likely", "verified_on": None}}
    ),
    "a rule that works": rule(allowed=["Kabar benar."]),
    "an easy text of many words": body(steps=["Beri tahu pemilik. Minta surat. " * 4] * 4),
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

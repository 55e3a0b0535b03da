"""What the knowledge base does not know: counted, so that no document has to carry numbers that grow old."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.library import Library
from knowledge.model import Article
from knowledge.render import may_be_shown


@dataclass(frozen=True)
class Gaps:
    """Counts and ids. `doubtful` maps an article to (likely facts, all facts) where the likely ones prevail."""

    articles: int
    checked_by_a_lawyer: int
    facts: int
    likely_facts: int
    doubtful: dict[str, tuple[int, int]]
    contacts: int
    hidden_contacts: list[str]
    unreachable_contacts: list[str]
    crisis_contacts_never_called: list[str]


def gaps(library: Library) -> Gaps:
    """Count what is missing, the most doubtful articles first."""
    articles = library.published("id")
    shares = {article.id: _likely(article, library) for article in articles}
    doubtful = {id: share for id, share in shares.items() if 2 * share[0] > share[1]}
    contacts = library.contacts
    return Gaps(
        articles=len(articles),
        checked_by_a_lawyer=sum(article.reviewed_by is not None for article in articles),
        facts=len(library.facts),
        likely_facts=sum(fact.status != "verified" for fact in library.facts.values()),
        doubtful=dict(sorted(doubtful.items(), key=lambda one: (-one[1][0] / one[1][1], one[0]))),
        contacts=len(contacts),
        hidden_contacts=[
            id for id, contact in contacts.items() if contact.channels and not may_be_shown(contact)
        ],
        unreachable_contacts=[id for id, contact in contacts.items() if not contact.channels],
        crisis_contacts_never_called=[
            id for id, contact in contacts.items() if contact.crisis and contact.test_called is None
        ],
    )


def _likely(article: Article, library: Library) -> tuple[int, int]:
    facts = [library.facts[id] for id in article.facts]
    return sum(fact.status != "verified" for fact in facts), len(facts)

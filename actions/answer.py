"""Answers from the knowledge base, and the buttons under them."""

from __future__ import annotations

from actions.turn import Button, Part, Reply, Services, Turn
from knowledge.model import Article
from knowledge.render import answer_text, contacts_text, sources_text

NOT_TO_MEDIATE = "mediation/when-not"  # whoever is pressed into peace needs help, not a mediation form


def answer(turn: Turn, services: Services, article: Article, lead: str = "") -> Reply:
    """Short answer and steps of an article; sources and contacts wait behind buttons."""
    turn.tracker.article = article.id
    text = answer_text(article, services.library, turn.today)
    part = Part(text, tuple(_buttons(turn, services, article)), titled=True)
    parts = (Part(lead), part) if lead else (part,)
    return Reply(parts, "answer", article.id)


def sources(turn: Turn, services: Services, article: Article) -> Reply:
    """The legal basis of an article and its date."""
    text = sources_text(article, services.library, turn.today)
    return Reply((Part(text, (_back(turn, article),), titled=True),), "answer", article.id)


def contacts(turn: Turn, services: Services, article: Article) -> Reply:
    """Who can help with what an article is about."""
    _ = turn.say
    shown = contacts_text(article.contacts, services.library, article.lang)
    text = shown or _(
        "Untuk hal ini belum ada nomor yang kami yakin benar. Kantor yang disebut di langkah-langkah "
        "bisa didatangi langsung, atau tanya petugas kami."
    )
    return Reply((Part(text, (_back(turn, article),)),), "answer", article.id)


def topic(turn: Turn, services: Services, intent: str) -> Reply:
    """All pages of a topic as buttons."""
    _ = turn.say
    pages = services.library.of_intent(intent, turn.lang)
    buttons = [Button(page.title, f"article:{page.id}") for page in pages]
    buttons.append(Button(_("« Menu"), "menu"))
    return Reply((Part(_("Pilih yang paling dekat, atau tulis saja ceritanya:"), tuple(buttons)),), "answer")


def best_article(turn: Turn, services: Services, intent: str) -> Article | None:
    """The article of this topic the model (or, failing it, full-text search) ranks first; None for a message that only
    names the topic ("masalah sama polisi"): any one of its articles would be a guess."""
    ranked = [pair for pair in turn.understood.articles if pair[0].split("/")[0] == intent]
    if dict(ranked).get(intent, 0.0) > sum(share for _, share in ranked) / 2:
        return None
    for name, _ in ranked:
        found = services.library.article(name, turn.lang)
        if found:
            return found
    for id in services.search.find(turn.text, turn.lang, most=10):
        if id.startswith(f"{intent}/"):
            return services.library.article(id, turn.lang)
    return None


def _buttons(turn: Turn, services: Services, article: Article) -> list[Button]:
    _ = turn.say
    buttons = [Button(_("Dasar hukum & sumber"), f"sources:{article.id}")]
    if contacts_text(article.contacts, services.library, article.lang):
        buttons.append(Button(_("Siapa bisa bantu"), f"contacts:{article.id}"))
    for id in article.related[:2]:
        page = services.library.article(id, turn.lang)
        if page:
            buttons.append(Button(page.title, f"article:{id}"))
    if "report_discrimination" in article.offers:
        buttons.append(Button(_("Lapor diskriminasi"), "report"))
    if article.intent == "mediation" and article.id != NOT_TO_MEDIATE:
        buttons.append(Button(_("Minta mediasi"), "form:mediation_request"))
    buttons.append(Button(_("Bicara dengan petugas"), "staff"))
    buttons.append(Button(_("« Menu"), "menu"))
    buttons += [Button("👍", f"good:{article.id}"), Button("👎", f"bad:{article.id}")]
    return buttons


def _back(turn: Turn, article: Article) -> Button:
    return Button(turn.say("« Kembali ke jawaban"), f"article:{article.id}")

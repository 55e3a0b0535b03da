"""What people think of an answer. Opinions are counted; the question behind a bad answer goes to the NLU inbox."""

from __future__ import annotations

from actions.turn import Button, Part, Reply, Services, Turn
from store import nlu_inbox

REASONS = ("topic", "unclear", "outdated")


def thumbs_up(turn: Turn, services: Services, article: str) -> Reply:
    nlu_inbox.rate(services.db, article, "good", turn.today)
    turn.tracker.asked = None
    return Reply((Part(turn.say("Terima kasih, Kak. Senang kalau ini membantu.")),), "talk")


def thumbs_down(turn: Turn, services: Services, article: str) -> Reply:
    """Says sorry and asks what was wrong; keeps the question that was answered badly."""
    _ = turn.say
    keep_question(turn, services)
    buttons = (
        Button(_("Bukan itu maksud saya"), f"why:topic:{article}"),
        Button(_("Kurang jelas"), f"why:unclear:{article}"),
        Button(_("Sudah tidak benar"), f"why:outdated:{article}"),
        Button(_("Bicara dengan petugas"), "staff"),
    )
    return Reply((Part(_("Maaf, Kak. Apa yang kurang dari jawaban tadi?"), buttons),), "talk")


def reason(turn: Turn, services: Services, value: str) -> Reply | None:
    """Counts why an answer was bad, and says what to do now; None for a button nobody made."""
    _ = turn.say
    why, _colon, article = value.partition(":")
    if why not in REASONS or services.library.article(article, turn.lang) is None:
        return None
    nlu_inbox.rate(services.db, article, why, turn.today)
    texts = {
        "topic": _("Terima kasih sudah bilang. Coba tulis lagi dengan kata lain, satu masalah dulu, ya Kak."),
        "unclear": _("Terima kasih sudah bilang. Tulis bagian mana yang belum jelas, atau bicara dengan petugas."),
        "outdated": _("Terima kasih sudah bilang. Kami akan periksa halaman itu. Pastikan dulu ke kantor terkait, ya Kak."),
    }  # fmt: skip
    buttons = (Button(_("Bicara dengan petugas"), "staff"), Button(_("« Menu"), "menu"))
    return Reply((Part(texts[why], buttons),), "talk")


def keep_question(turn: Turn, services: Services) -> None:
    """Put the question the last answer was for into the NLU inbox, once."""
    asked = turn.tracker.asked
    if asked is None:
        return
    turn.tracker.asked = None
    nlu_inbox.keep(
        services.db,
        services.keys,
        "thumbs_down",
        asked["text"],
        asked["removed"],
        [(name, confidence) for name, confidence in asked["ranking"]],
        turn.today,
        article=turn.tracker.article,
    )

"""Commands (/status …) and the deep links behind /start."""

from __future__ import annotations

import re
from collections.abc import Callable

from actions import answer, crisis, handover, menu, my_data, requests, staff_talk, status
from actions.forms import engine
from actions.turn import Button, Part, Reply, Services, Turn
from locales import LANGUAGES
from store import staff_links, tallies

Act = Callable[[Turn, Services], Reply]

# Some have an English name too.
PLAIN: dict[str, Act] = {
    "start": menu.start,
    "bantuan": menu.bot_help,
    "help": menu.bot_help,
    "menu": menu.menu,
    "petugas": handover.talk_to_staff,
    "staff": handover.talk_to_staff,
    "darurat": crisis.choose,
    "emergency": crisis.choose,
    "lapor": requests.offer_report,
    "report": requests.offer_report,
    "bantu": handover.offer_help,
    "gethelp": handover.offer_help,
    "mediasi": handover.offer_mediation,
    "mediation": handover.offer_mediation,
    "privasi": requests.privacy,
    "privacy": requests.privacy,
    "data": my_data.show_data,
    "hapus": my_data.ask_to_erase,
    "delete": my_data.ask_to_erase,
    "sembunyi": my_data.hide,
    "sembunyikan": my_data.hide,
    "hide": my_data.hide,
    "selesai": staff_talk.end,
    "done": staff_talk.end,
}
DEEP_LINKS: dict[str, Act] = {
    "report": requests.offer_report,
    "help": handover.offer_help,
    "mediation": handover.offer_mediation,
    "staff": handover.talk_to_staff,
    "emergency": crisis.choose,
}
_CAMPAIGN = re.compile(r"from-([a-z0-9][a-z0-9-]{0,30})")


def run_command(turn: Turn, services: Services, name: str, rest: str) -> Reply:
    """The reply to a command; one nobody knows is answered with those there are."""
    if name == "start" and rest:
        return _deep_link(turn, services, rest)
    if name in ("batal", "cancel"):
        return _cancel(turn, services)
    if name in ("lanjut", "continue"):
        return _go_on(turn)
    if name == "status":
        return status.status(turn, services, rest or None)
    if name in ("bahasa", "language"):
        return ask_language(turn)
    if name in ("tautkan", "link"):
        return _link_staff(turn, services, rest)
    if name in PLAIN:
        return PLAIN[name](turn, services)
    text = turn.say("Perintah itu belum saya kenal, Kak. Ini yang bisa dipakai:")
    return Reply((Part(text), *menu.bot_help(turn, services).parts), "fallback")


def ask_language(turn: Turn) -> Reply:
    """Which language to speak."""
    buttons = tuple(Button(name, f"lang:{code}") for code, name in LANGUAGES.items())
    return Reply((Part("Bahasa / Language:", buttons),), "talk")


def _cancel(turn: Turn, services: Services) -> Reply:
    if turn.tracker.form is not None:
        return engine.cancel(turn)
    if turn.tracker.talk is not None:
        return staff_talk.end(turn, services)
    text = turn.say("Tidak ada formulir yang sedang diisi.")
    return Reply((Part(text), menu.menu_part(turn)), "talk")


def _go_on(turn: Turn) -> Reply:
    if turn.tracker.form is not None:
        return engine.resume(turn)
    text = turn.say("Tidak ada formulir yang menunggu, Kak.")
    return Reply((Part(text), menu.menu_part(turn)), "talk")


def _deep_link(turn: Turn, services: Services, payload: str) -> Reply:
    """t.me/<bot>?start=report, article-housing__evicted-suddenly (the slash travels as __), from-<campaign>."""
    if payload in DEEP_LINKS:
        return DEEP_LINKS[payload](turn, services)
    if payload.startswith("article-"):
        page = services.library.article(payload.removeprefix("article-").replace("__", "/"), turn.lang)
        if page:
            return answer.answer(turn, services, page)
    campaign = _CAMPAIGN.fullmatch(payload)
    if campaign:  # counted by day, so that a poster's worth is seen; never kept with the chat
        tallies.count(services.db, turn.today, "campaign", campaign[1], turn.lang)
    return menu.start(turn, services)


def _link_staff(turn: Turn, services: Services, code: str) -> Reply:
    """/tautkan CODE, by a member of staff: this Telegram account may take cases from the staff group."""
    if turn.reply_to is None or not code:
        return Reply((Part(turn.say("Tulis /tautkan diikuti kode dari konsol petugas.")),), "talk")
    member = staff_links.redeem(services.db, services.keys, code, turn.reply_to)
    if member is None:
        text = turn.say("Kode itu salah atau sudah lewat waktunya. Minta kode baru di konsol petugas.")
        return Reply((Part(text),), "fallback")
    text = turn.say("Akun Telegram ini sekarang tertaut dengan {login}.").format(login=member.login)
    return Reply((Part(text),), "talk")

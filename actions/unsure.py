"""When the model is not sure (clarify), does not know (fall back), or cannot be asked (degraded)."""

from __future__ import annotations

from actions.answer import best_article
from actions.menu import menu_part, topic_label
from actions.turn import CRISES, REQUESTS, TOPICS, Button, Part, Reply, Services, Turn
from locales import Translate

MOST_CHOICES = 3


def clarify(turn: Turn, services: Services) -> Reply:
    """Two or three readings of the message as buttons: "Maksud Kakak …?"."""
    _ = turn.say
    buttons = [Button(label, data) for label, data in readings(turn, services)]
    if len(buttons) == 1:  # with one reading a "ya" can mean only that
        turn.tracker.offer = buttons[0].data
    buttons.append(Button(_("Bukan itu"), "none"))
    return Reply((Part(_("Saya mau pastikan dulu. Maksud Kakak …?"), tuple(buttons)),), "clarify")


def readings(turn: Turn, services: Services) -> list[tuple[str, str]]:
    """Label and callback data of what the message may be about, likeliest first."""
    found: dict[str, str] = {}
    for intent, _ in turn.understood.ranking:
        if intent in TOPICS:
            page = best_article(turn, services, intent)
            if page:
                found.setdefault(f"article:{page.id}", page.title)
            else:
                found.setdefault(f"topic:{intent}", topic_label(intent, turn.say))
        elif intent in CRISES or intent in REQUESTS:
            data, label = request_button(intent, turn.say)
            found.setdefault(data, label)
        if len(found) == MOST_CHOICES:
            break
    return [(label, data) for data, label in found.items()]


def request_button(intent: str, _: Translate) -> tuple[str, str]:
    """Callback data and label of an intent that is not a topic."""
    return {
        "emergency": ("crisis:emergency", _("Ada bahaya sekarang")),
        "gender_violence": ("crisis:gender_violence", _("Kekerasan pasangan / seksual")),
        "trafficking": ("crisis:trafficking", _("Ditahan atau dipaksa kerja")),
        "self_harm": ("crisis:self_harm", _("Ingin mati / menyakiti diri")),
        "report_discrimination": ("report", _("Lapor diskriminasi")),
        "talk_to_staff": ("staff", _("Bicara dengan petugas")),
        "referral_status": ("status", _("Kabar laporan saya")),
        "privacy": ("article:privacy/your-data", _("Data saya")),
    }[intent]


def fall_back(turn: Turn, services: Services) -> Reply:
    """Search hits, the menu, and a way to a person. Says so when the model is out of reach."""
    _ = turn.say
    if turn.understood.degraded:
        text = _("Maaf, saya sedang sulit memahami pesan. Mungkin ini yang Kakak cari:")
    else:
        text = _("Maaf, Kak, saya belum paham. Mungkin salah satu ini? Atau tulis dengan kata lain.")
    buttons = []
    for id in services.search.find(turn.text, turn.lang):
        page = services.library.article(id, turn.lang)
        if page:
            buttons.append(Button(page.title, f"article:{id}"))
    buttons.append(Button(_("🆘 Darurat"), "crisis"))
    buttons.append(Button(_("Bicara dengan petugas"), "staff"))
    return Reply((Part(text, tuple(buttons)), menu_part(turn)), "fallback")

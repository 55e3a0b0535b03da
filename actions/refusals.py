"""Wishes the assistant does not serve: finding a person, revenge, contempt for a people, means to hurt, fake papers.

The model knows them by labels of their own under `out_of_scope`. Each gets a calm no, and the way that does lead on.
"""

from __future__ import annotations

from collections.abc import Callable

from actions.turn import Button, Part, Reply, Services, Turn
from locales import Translate

PREFIX = "out_of_scope/"
SURE = 0.35  # share of the message's confidence that must lie on the label
LIKELY = 0.15  # enough where the message is clearly out of scope
CLEARLY_OUTSIDE = 0.8


def refused_wish(turn: Turn, services: Services) -> Reply | None:
    """The refusal that fits this message; None when it is merely outside the field."""
    understood = turn.understood
    wishes = [pair for pair in understood.articles[:2] if pair[0].startswith(PREFIX)]
    name, confidence = wishes[0] if wishes else ("", 0.0)
    enough = LIKELY if understood.confidence >= CLEARLY_OUTSIDE else SURE
    make = _REFUSALS.get(name.removeprefix(PREFIX))
    if make is None or confidence < enough:
        return None
    _ = turn.say
    text, ways = make(_)
    buttons = [Button(label, data) for label, data in ways if _leads_on(services, data, turn.lang)]
    return Reply((Part(text, (*buttons, Button(_("« Menu"), "menu"))),), "refuse")


def _find_a_person(_: Translate) -> tuple[str, list[tuple[str, str]]]:
    text = _(
        "Saya tidak mencari atau menyebarkan alamat, nomor, atau wajah orang, Kak. Itu bisa mencelakakan orang yang "
        "salah, dan Kakak sendiri bisa kena masalah hukum.\n\nKalau orang itu menipu, berutang, atau mengancam, "
        "polisi dan bantuan hukum boleh mencarinya."
    )
    return text, [
        (_("Cara lapor polisi"), "article:police_encounter/report-a-crime"),
        (_("Bantuan hukum gratis"), "article:legal_aid/free-lawyer"),
        (_("Bicara dengan petugas"), "staff"),
    ]


def _revenge(_: Translate) -> tuple[str, list[tuple[str, str]]]:
    text = _(
        "Saya dengar Kakak marah, dan mungkin memang ada yang tidak adil. Tapi membalas tidak saya bantu: yang paling "
        "rugi biasanya Kakak dan keluarga sendiri.\n\nJauhi dulu tempat itu malam ini dan telepon satu orang yang "
        "Kakak percaya. Besok kita cari jalan yang membuat Kakak menang dengan benar."
    )
    return text, [
        (_("Kalau ada ajakan membalas"), "article:provocation/call-for-revenge"),
        (_("Duduk bersama penengah"), "mediation"),
        (_("Lapor diskriminasi"), "report"),
        (_("Bicara dengan petugas"), "staff"),
        (_("🆘 Darurat"), "crisis"),
    ]


def _insult_a_people(_: Translate) -> tuple[str, list[tuple[str, str]]]:
    text = _(
        "Saya tidak menjelekkan suku, agama, atau daerah mana pun, Kak. Satu orang bisa salah; satu kaum tidak.\n\n"
        "Kalau Kakak sendiri yang dihina atau diperlakukan tidak adil, itu tidak boleh, dan saya bisa bantu."
    )
    return text, [
        (_("Saya yang dihina"), "report"),
        (_("Menghadapi ujaran kebencian"), "article:provocation/hate-speech"),
        (_("Bicara yang menenangkan"), "article:provocation/talk-kindly"),
    ]


def _how_to_hurt(_: Translate) -> tuple[str, list[tuple[str, str]]]:
    text = _(
        "Hal yang melukai orang tidak saya bantu, Kak. Kalau hati sedang panas sekali: menjauh dulu dari orang itu, "
        "minum air, telepon satu orang yang Kakak percaya.\n\nKalau Kakak yang terancam, tekan Darurat. Kalau rasanya "
        "Kakak sendiri tidak kuat lagi, bilang ke saya."
    )
    return text, [
        (_("🆘 Darurat"), "crisis"),
        (_("Bicara dengan petugas"), "staff"),
        (_("Kalau hati berat"), "article:health/sad-and-homesick"),
    ]


def _fake_papers(_: Translate) -> tuple[str, list[tuple[str, str]]]:
    text = _(
        "Surat palsu, surat orang lain, atau uang pelicin tidak saya bantu, Kak. Kalau ketahuan, Kakak yang kena, dan "
        "banyak calo yang hanya menipu.\n\nMengurus yang asli biasanya lebih mudah dari yang orang kira. Pilih suratnya:"
    )
    return text, [
        (_("KTP hilang"), "article:residency/lost-ktp"),
        (_("Pindah KTP ke Bali"), "article:residency/move-ktp-to-bali"),
        (_("🪪 KTP & lapor diri"), "topic:residency"),
        (_("Dimintai uang"), "article:residency/asked-for-money"),
        (_("Bicara dengan petugas"), "staff"),
    ]


_REFUSALS: dict[str, Callable[[Translate], tuple[str, list[tuple[str, str]]]]] = {
    "find-a-person": _find_a_person,
    "revenge": _revenge,
    "insult-a-people": _insult_a_people,
    "how-to-hurt": _how_to_hurt,
    "fake-papers": _fake_papers,
}
LABELS = tuple(PREFIX + name for name in _REFUSALS)


def _leads_on(services: Services, data: str, lang: str) -> bool:
    kind, _colon, value = data.partition(":")
    return kind != "article" or services.library.article(value, lang) is not None

"""Which photos, voice notes and files are taken, and what is said when one is not. Its words are never lost with it."""

from __future__ import annotations

from actions.turn import Turn
from store.evidence import MOST_BYTES, MOST_PER_CASE


def refusal(turn: Turn, held: int) -> str | None:
    """Why what was sent cannot be kept beside the `held` files of its case, told to the person; None if it can."""
    _ = turn.say
    if held >= MOST_PER_CASE:
        text = _(
            "Sudah {n} lampiran, itu batasnya, Kak. Yang ini tidak saya ambil; tulis saja dengan kata-kata."
        )
        return text.format(n=MOST_PER_CASE)
    if turn.attachment is not None and turn.attachment.size > MOST_BYTES:
        text = _(
            "Yang ini terlalu besar, Kak (paling besar {n} MB). Potong dulu, atau kirim tangkapan layar. "
            "Simpan aslinya baik-baik."
        )
        return text.format(n=MOST_BYTES // 1_000_000)
    return None

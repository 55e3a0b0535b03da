"""Everything about one case in one piece, for the person whose case it is (UU 27/2022, pasal 7: access and a copy)."""

from __future__ import annotations

import base64
from typing import Any

from sqlite_utils import Database

from store import audit, messages, referrals
from store.keys import Keyring

_PLAIN = (
    "code", "kind", "priority", "status", "regency", "consent", "created_at", "updated_at", "due_at", "answered_at",
    "closed_at", "outcome", "assigned_to", "source", "practice",
)  # fmt: skip


def whole_case(db: Database, keys: Keyring, code: str, who: str, with_notes: bool = True) -> dict[str, Any]:
    """A case, decrypted, as JSON; that it left the hotline is recorded. Files are in base64. Notes of staff may speak
    of others: whoever hands them over reads them first, or leaves them out. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    row = next(db.query(f"select {', '.join(_PLAIN)} from referrals where code = ?", [code]))
    content = referrals.content_of(db, keys, code)
    case = referrals.key_of(db, keys, code)
    audit.record(db, who, "exported", code)
    found: dict[str, Any] = {
        **row,
        **content,
        "tags": [r["tag"] for r in _of(db, "case_tags", code, "tag")],
        "messages": [
            {"at": m.created_at, "from": m.author or "person", "text": m.text, "delivery": m.delivery}
            for m in messages.thread(db, keys, code)
        ],
        "agency_referrals": [_opened(case, r) for r in _of(db, "agency_referrals", code, "id")],
        "mediation": next((_opened(case, r) for r in _of(db, "mediations", code, "code")), None),
        "mediation_sessions": [_opened(case, r) for r in _of(db, "mediation_sessions", code, "id")],
        "evidence": [_file(case, r) for r in _of(db, "evidence", code, "id")],
        "who_did_what": [
            {"at": r["at"], "who": r["who"], "what": r["what"]} for r in _of(db, "audit", code, "id")
        ],
    }
    if with_notes:
        found["notes"] = [
            {"at": r["created_at"], "by": r["staff"], "text": case.unseal(r["body"])}
            for r in _of(db, "case_notes", code, "id")
        ]
    return found


def _of(db: Database, table: str, code: str, order: str) -> list[dict[str, Any]]:
    return list(db.query(f"select * from {table} where code = ? order by {order}", [code]))


def _opened(case: Keyring, row: dict[str, Any]) -> dict[str, Any]:
    """The plain columns of a row, and what was sealed in it."""
    plain = {name: value for name, value in row.items() if name not in ("id", "code", "body")}
    sealed = case.unseal(row["body"])
    return {**plain, **(sealed if isinstance(sealed, dict) else {"text": sealed})}


def _file(case: Keyring, row: dict[str, Any]) -> dict[str, Any]:
    content = row["content"]
    return {
        "kind": row["kind"],
        "mime": row["mime"],
        "at": row["created_at"],
        "status": row["status"],
        "content": None if content is None else base64.b64encode(case.unseal_bytes(content)).decode(),
    }

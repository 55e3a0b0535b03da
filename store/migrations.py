"""The schema, step by step (sqlite-utils migrations). A step, once released, is never edited: add a new one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

schema = Migrations("kawan_rantau")


@schema()
def m001_conversation(db: Database) -> None:
    """What keeps a conversation going: updates in, replies out, one tracker per chat."""
    db.table("inbox").create(
        {
            "update_id": int,
            "chat": str,  # HMAC name of the chat
            "payload": bytes,  # the update as Telegram sent it, encrypted; emptied when processed
            "status": str,  # new | done | quarantined
            "attempts": int,
            "received_at": str,
            "finished_at": str,
        },
        pk="update_id",
        not_null={"chat", "status", "attempts", "received_at"},
        strict=True,
    )
    db.table("inbox").create_index(["status", "chat", "update_id"])
    db.table("outbox").create(
        {
            "id": int,
            "chat": str,
            "payload": bytes,  # method and parameters, encrypted; emptied a day after sending
            "weight": int,  # 0 crisis, 1 receipt, 2 ordinary: lower goes first between chats
            "status": str,  # queued | sending | sent | unknown | failed
            "attempts": int,
            "not_before": str,
            "created_at": str,
            "finished_at": str,
            "failure": str,
        },
        pk="id",
        not_null={"chat", "weight", "status", "attempts", "not_before", "created_at"},
        strict=True,
    )
    db.table("outbox").create_index(["status", "chat", "id"])
    db.table("trackers").create(
        {"chat": str, "state": bytes, "updated_at": str},
        pk="chat",
        not_null={"state", "updated_at"},
        strict=True,
    )


@schema()
def m002_hotline(db: Database) -> None:
    """Referrals and the people who answer them."""
    db.table("staff").create(
        {"login": str, "role": str, "active": int, "created_at": str},
        pk="login",
        not_null={"role", "active", "created_at"},
        strict=True,
    )
    db.table("referrals").create(
        {
            "code": str,
            "kind": str,
            "priority": str,  # urgent | normal
            "status": str,  # new | in_progress | waiting | closed
            "regency": str,
            "chat": str,
            "case_key": bytes,  # random key of this case, wrapped by the master key
            "body": bytes,  # what the person told, encrypted with the case key
            "consent": str,  # version of the consent text agreed to
            "created_at": str,
            "updated_at": str,
        },
        pk="code",
        not_null={"kind", "priority", "status", "case_key", "body", "created_at", "updated_at"},
        strict=True,
    )
    db.table("referrals").create_index(["status", "created_at"])
    db.table("referrals").create_index(["chat"])
    db.table("case_notes").create(
        {"id": int, "code": str, "staff": str, "body": bytes, "created_at": str},
        pk="id",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"code", "staff", "body", "created_at"},
        strict=True,
    )
    db.table("audit").create(
        {
            "id": int,
            "at": str,
            "who": str,
            "what": str,
            "code": str,
            "previous": str,
            "hash": str,  # of this row and the one before: a removed or changed row breaks the chain
        },
        pk="id",
        not_null={"at", "who", "what", "previous", "hash"},
        strict=True,
    )
    db.table("alerts").create(
        {"id": int, "kind": str, "subject": str, "created_at": str, "seen_at": str},
        pk="id",
        not_null={"kind", "created_at"},
        strict=True,
    )


@schema()
def m003_learning(db: Database) -> None:
    """What the assistant did not understand, without a trace of who wrote it, and what people thought of answers."""
    db.table("nlu_inbox").create(
        {
            "id": str,  # random: neither the chat nor the order of writing shows
            "day": str,  # no time of day, for the same reason
            "reason": str,  # clarified | fell_back | thumbs_down
            "article": str,  # the answer that was judged unhelpful
            "ranking": str,  # JSON: [[intent, confidence], …], best first
            "removed": int,  # how many personal details were taken out; 0 keeps the text folded
            "body": bytes,  # the text without them, encrypted; emptied when a paraphrase is written
            "label": str,
            "paraphrase": str,  # an invented sentence of the staff's: the only thing that is ever exported
        },
        pk="id",
        not_null={"day", "reason", "ranking", "removed"},
        strict=True,
    )
    db.table("nlu_inbox").create_index(["day"])
    db.table("ratings").create(
        {
            "article": str,
            "day": str,
            "verdict": str,
            "times": int,
        },  # verdict: good | topic | unclear | outdated
        pk=("article", "day", "verdict"),
        not_null={"times"},
        strict=True,
    )

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
            "weight": int,  # 0 crisis, 1 receipt, 2 ordinary: see store/outbox.py
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


@schema()
def m004_talk(db: Database) -> None:
    """What goes on after a form is sent: words and files in both directions, and what can be taken back."""
    db.table("inbox").add_column("message_id", int)  # what "Sembunyikan" deletes from the screen
    db.table("outbox").add_column("message_id", int)
    db.table("messages").create(
        {
            "id": int,
            "code": str,
            "direction": str,  # in: from the person | out: from the hotline
            "author": str,  # staff login; empty for the person
            "body": bytes,  # the words, encrypted with the case key
            "outbox_id": int,  # how its delivery went is told there; null while it waits for the person to write
            "delivery": str,  # waiting | queued | sent | unknown | failed | blocked; empty for "in"
            "created_at": str,
            "read_at": str,  # in: by staff; out: shown to the person
        },
        pk="id",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"code", "direction", "author", "body", "delivery", "created_at"},
        strict=True,
    )
    db.table("messages").create_index(["code", "id"])
    db.table("messages").create_index(["outbox_id"])
    db.table("evidence").create(
        {
            "id": int,
            "code": str,
            "kind": str,  # photo | document | voice | video | location | text
            "mime": str,
            "size": int,  # bytes before encryption
            "source": bytes,  # how to fetch it from Telegram, encrypted; emptied when fetched
            "content": bytes,  # encrypted with the case key; null until it is fetched
            "status": str,  # pending | kept | failed
            "attempts": int,
            "not_before": str,
            "created_at": str,
        },
        pk="id",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"code", "kind", "mime", "size", "status", "attempts", "not_before", "created_at"},
        strict=True,
    )
    db.table("evidence").create_index(["code"])
    db.table("evidence").create_index(["status", "not_before"])
    db.table("blocked_chats").create({"chat": str, "since": str}, pk="chat", not_null={"since"}, strict=True)
    db.table("tallies").create(
        # How often what happened on a day; holds no one's words and no chat.
        {"day": str, "what": str, "name": str, "lang": str, "times": int},
        pk=("day", "what", "name", "lang"),
        not_null={"times"},
        strict=True,
    )


@schema()
def m005_console(db: Database) -> None:
    """What staff need to work on cases together: accounts that prove who someone is, queues, agencies, mediation."""
    staff = db.table("staff")
    for column in ("name", "password", "password_until", "lang", "telegram", "signed_in_at"):
        # password: an argon2id hash; password_until: set for one made by an operator, to be changed at the first
        # sign-in and useless after this moment; telegram: HMAC name of a linked account
        staff.add_column(column, str)
    staff.add_column("totp", bytes)  # secret of the one-time codes, encrypted
    staff.add_column("totp_last", int)  # the last time step used, so that no code works twice
    db.table("web_sessions").create(
        {"id": str, "login": str, "data": bytes, "expires_at": str},  # id: SHA-256 of the cookie's value
        pk="id",
        not_null={"data", "expires_at"},
        strict=True,
    )
    db.table("web_sessions").create_index(["login"])
    db.table("sign_in_failures").create(
        {"id": int, "subject": str, "at": str}, pk="id", not_null={"subject", "at"}, strict=True
    )
    db.table("sign_in_failures").create_index(["subject", "at"])
    db.table("staff_links").create(
        {"code": str, "login": str, "expires_at": str},  # code: SHA-256 of a one-time code
        pk="code",
        not_null={"login", "expires_at"},
        strict=True,
    )
    cases = db.table("referrals")
    for column in ("assigned_to", "assigned_at", "due_at", "answered_at", "closed_at", "outcome", "pattern"):
        cases.add_column(column, str)
    cases.add_column("source", str, not_null_default="bot")  # bot | phone | in_person
    cases.add_column(
        "practice", int, not_null_default=0
    )  # invented for practice: shown as such, never counted
    cases.add_column(
        "restricted", int, not_null_default=0
    )  # 1: only for leads, until they say who may not see it
    cases.add_column("unread", int, not_null_default=0)  # messages of the person nobody has opened
    # The queue reads nothing but these indexes, whatever staff filter on: rows hold whole stories and are far apart.
    listed = "kind, regency, assigned_to, unread, restricted"
    db.execute(
        "create index idx_referrals_queue on referrals"
        f" (practice, status, priority desc, due_at, code, {listed})"
    )
    db.execute(
        f"create index idx_referrals_closed on referrals (practice, status, closed_at, code, {listed})"
    )
    db.execute(
        "create index idx_referrals_held on referrals (assigned_at)"
        " where assigned_to is not null and status in ('in_progress', 'waiting')"
    )
    db.execute("update referrals set closed_at = updated_at where status = 'closed'")
    db.execute(  # cases from before there were deadlines: store/deadlines.py, as it stood then
        "update referrals set due_at = strftime('%Y-%m-%dT%H:%M:%f', created_at,"
        " case priority when 'urgent' then '+4 hours' else '+48 hours' end) || '000+00:00'"
    )
    cases.create_index(["practice", "assigned_to", "status"])
    db.execute(  # statistics count a quarter's cases from this index alone
        "create index idx_referrals_counted on referrals"
        " (practice, created_at, kind, regency, status, outcome, answered_at, restricted, code)"
    )
    cases.create_index(["pattern"])
    db.table("case_tags").create(
        {"code": str, "tag": str},
        pk=("code", "tag"),
        foreign_keys=[("code", "referrals", "code")],
        strict=True,
    )
    db.table("case_tags").create_index(["tag"])
    db.table("case_exclusions").create(
        {"code": str, "login": str},  # a member of staff who must never learn that this case exists
        pk=("code", "login"),
        foreign_keys=[("code", "referrals", "code")],
        strict=True,
    )
    db.table("case_exclusions").create_index(["login"])
    db.table("case_openings").create(
        {
            "id": int,
            "code": str,
            "staff": str,
            "part": str,  # identity: name and contact
            "reason": bytes,  # encrypted with the case key
            "opened_at": str,
            "reviewed_by": str,
            "reviewed_at": str,
        },
        pk="id",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"code", "staff", "part", "reason", "opened_at"},
        strict=True,
    )
    db.table("case_openings").create_index(["reviewed_at", "opened_at"])
    db.table("case_openings").create_index(["code"])
    db.table("agency_referrals").create(
        {
            "id": int,
            "code": str,
            "agency": str,  # id in knowledge/directory.yml
            "handover": str,  # warm: we speak with them | cold: the person goes with our letter
            "status": str,  # prepared | sent | accepted | refused | no_answer | done | withdrawn
            "consent_at": str,  # when the person agreed to this very referral
            "body": bytes,  # what is shared, how consent was given, reason of a refusal, outcome; case key
            "follow_up_on": str,
            "staff": str,
            "created_at": str,
            "updated_at": str,
        },
        pk="id",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"code", "agency", "handover", "status", "body", "staff", "created_at", "updated_at"},
        strict=True,
    )
    db.table("agency_referrals").create_index(["code"])
    db.table("agency_referrals").create_index(["follow_up_on"])
    db.table("mediations").create(
        {
            "code": str,
            "mediator": str,  # login of a member of staff with the role mediator; null until one is assigned
            "status": str,  # preparing | running | agreed | ended
            "body": bytes,  # parties and their consents, helpers, agreement, outcome; case key
            "updated_at": str,
        },
        pk="code",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"status", "body", "updated_at"},
        strict=True,
    )
    db.table("mediations").create_index(["mediator"])
    db.table("mediation_sessions").create(
        {
            "id": int,
            "code": str,
            "day": str,
            "status": str,  # planned | held | cancelled
            "body": bytes,  # time, place, who came, what was said that may be kept; case key
            "created_at": str,
        },
        pk="id",
        foreign_keys=[("code", "referrals", "code")],
        not_null={"code", "day", "status", "body", "created_at"},
        strict=True,
    )
    db.table("mediation_sessions").create_index(["code", "day"])
    for column in ("announced_at", "mailed_at"):  # told to the staff's Telegram group, sent by e-mail
        db.table("alerts").add_column(column, str)
    db.table("audit").create_index(["code", "id"])
    db.table("audit").create_index(["who", "id"])
    db.table("audit").create_index(["what", "code"])
    db.table("confirmations").create(
        {
            "contact": str,
            "confirmed_by": str,
            "confirmed_at": str,
            "result": str,
        },  # a directory entry that was called
        pk=("contact", "confirmed_at"),
        not_null={"confirmed_by", "result"},
        strict=True,
    )
    db.table("statistics").create(
        {
            "quarter": str,
            "figures": str,
            "made_at": str,
        },  # JSON, small counts withheld already; holds nothing else
        pk="quarter",
        not_null={"figures", "made_at"},
        strict=True,
    )
    db.table("article_drafts").create(
        {
            "id": int,
            "slug": str,  # <intent>/<slug>, as the article will be called
            "title": str,
            "note": str,  # what it must tell, in the words of staff: nothing a person wrote
            "staff": str,
            "created_at": str,
        },
        pk="id",
        not_null={"slug", "title", "note", "staff", "created_at"},
        strict=True,
    )
    db.table("article_drafts").create_index(["slug"], unique=True)


@schema()
def m006_half_entries(db: Database) -> None:
    """What staff have written down of a call and not sent yet."""
    db.table("half_entries").create(
        {
            "id": str,  # the login and the random token of the page
            "login": str,  # whose it is: nobody else may go on with it
            "body": bytes,  # the form's name and the answers so far, encrypted
            "begun_at": str,
        },
        pk="id",
        not_null={"login", "body", "begun_at"},
        strict=True,
    )
    db.table("half_entries").create_index(["login", "begun_at"])


@schema()
def m007_narrowed_queue(db: Database) -> None:
    """The cases of one member of staff, and those with one tag, are found without passing all the others."""
    db.execute("drop index if exists idx_referrals_practice_assigned_to_status")
    db.execute(
        "create index idx_referrals_of_member on referrals (practice, assigned_to, status, priority, due_at,"
        " closed_at, code, kind, regency, unread, restricted)"
    )
    db.execute("drop index if exists idx_case_tags_tag")
    db.table("case_tags").create_index(["tag", "code"])

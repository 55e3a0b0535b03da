"""/kasus/…/pesan, catatan, dihubungi: words to the person, words among staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, post
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect
from sqlite_utils import Database

from hotline.access import only
from hotline.answers import gaps
from hotline.case_page import case_page
from hotline.decide import case_path, changed, decide
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.language import words
from hotline.pages.queue import SEES_CASES
from store import assignment, casework, delivery, messages, referrals
from store.casework import ChangedMeanwhile
from store.visibility import MANAGERS


@dataclass
class Reply:
    pesan: str = ""
    aman: str = ""
    dilihat: str = ""


@dataclass
class NoteForm:
    catatan: str = ""


@post("/kasus/{code:str}/pesan", guards=[only(*SEES_CASES)])
async def answer(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[Reply],
) -> Response[Any]:
    """To the person through the bot. What cannot go out comes back as it was typed, with the reason."""
    say = words(request)
    text = data.pesan.replace("\r\n", "\n").strip()

    def work(db: Database, found: str) -> str:
        row = next(db.query("select source, assigned_to from referrals where code = ?", [found]))
        if row["source"] != "bot":
            raise ValueError  # no such form is shown: there is no chat
        casework.check_no_colleague_was_quicker(db, found, member, data.dilihat)
        if row["assigned_to"] is None and member.role in MANAGERS:
            # Whoever answers has it. The answer itself is the news: no second notice.
            assignment.take(db, desk.keys, found, member, tell=False)
        messages.seen_by_staff(db, found)
        return delivery.reply(
            db, desk.keys, found, text, member.login, safe_hours_looked_at=data.aman == "ya"
        )

    problem = ""
    if not text:
        problem = say("Tulis dulu balasannya.")
    elif missing := gaps(text):
        problem = say("Masih ada yang harus diisi: {gaps}").format(gaps=", ".join(missing))
    else:
        try:
            way = await in_case(desk, member, code, work)
        except delivery.TooLong:
            problem = say("Terlalu panjang: paling banyak {n} huruf. Kirim dalam beberapa bagian.").format(
                n=delivery.LONGEST_REPLY
            )
        except delivery.OnlyAtHours:
            problem = say(
                "Orangnya hanya aman pada jam tertentu. Centang dulu kalau sekarang memang jam itu."
            )
        except ChangedMeanwhile:
            problem = await changed(request, desk, member, code)
        except ValueError:
            problem = say("Kasus ini tidak punya percakapan di bot.")
        else:
            said = {
                "queued": say("Terkirim ke antrean bot."),
                "waiting": say("Tersimpan. Menunggu sampai orangnya menulis."),
                "blocked": say("Tersimpan. Orangnya memblokir bot; dikirim kalau orangnya kembali."),
            }
            flash(request, said[way], "good" if way == "queued" else "warn")
            return Redirect(case_path(code, "#percakapan"), status_code=303)
    return await case_page(
        request, desk, member, code, status=422, draft=data.pesan, draft_error=problem, error=problem
    )


@post("/kasus/{code:str}/catatan", guards=[only(*SEES_CASES)])
async def note(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[NoteForm],
) -> Response[Any]:
    """A private note."""
    say = words(request)
    text = data.catatan.replace("\r\n", "\n").strip()
    if not text:
        problem = say("Tulis dulu catatannya.")
        return await case_page(request, desk, member, code, status=422, note_error=problem, error=problem)

    def work(db: Database, found: str) -> str:
        referrals.add_note(db, desk.keys, found, member.login, text)
        return say("Catatan disimpan.")

    return await decide(request, desk, member, code, work, "#catatan-petugas")


@post("/kasus/{code:str}/dihubungi", guards=[only(*MANAGERS)])
async def spoke(request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]) -> Redirect:
    """The person was spoken to directly: the first answer is given."""
    say = words(request)

    def work(db: Database, found: str) -> str:
        casework.spoke_with(db, found, member)
        return say("Dicatat: orangnya sudah dihubungi.")

    return await decide(request, desk, member, code, work, "#percakapan")


handlers = [answer, note, spoke]

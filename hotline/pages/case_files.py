"""/kasus/…/berkas: a file someone has shown or handed to staff, added to the case."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from litestar.plugins.flash import flash
from litestar.response import Redirect
from sqlite_utils import Database

from hotline.access import only
from hotline.case_page import case_page
from hotline.decide import case_path
from hotline.file_types import FileType, recognised
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.language import words
from hotline.pages.queue import SEES_CASES
from hotline.uploads import LARGEST_UPLOAD, TooLarge, sent_file
from store import evidence, referrals
from store.evidence import MOST_BYTES, MOST_PER_CASE
from store.pictures import NotAPicture, without_metadata


@post("/kasus/{code:str}/berkas", guards=[only(*SEES_CASES)], request_max_body_size=LARGEST_UPLOAD)
async def add_file(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]
) -> Response[Any]:
    """Sealed in the case like what the bot fetches; or a sentence why not."""
    say = words(request)

    def no_room(db: Database, found: str) -> str:
        """Why this case takes no file, "" when it does."""
        row = next(db.query("select status from referrals where code = ?", [found]))
        if referrals.is_minor(referrals.content_of(db, desk.keys, found)["told"]):
            return say(
                "Umur orangnya di bawah 18, jadi foto, suara dan berkas tidak disimpan. Tulis yang penting di catatan."
            )
        if row["status"] == "closed":
            return say("Kasus ini sudah selesai. Buka lagi dulu, baru tambah berkas.")
        if evidence.count_of(db, found) >= MOST_PER_CASE:
            return say("Sudah {n} berkas, itu batasnya. Tulis yang penting di catatan.").format(
                n=MOST_PER_CASE
            )
        return ""

    def keep(db: Database, found: str) -> str:
        # Looked at again: while the picture was drawn anew, a colleague may have filled the last place.
        if problem := no_room(db, found):
            return problem
        evidence.add_from_staff(db, desk.keys, found, kind.kind, kind.mime, content, member.login)
        return ""

    problem = await in_case(desk, member, code, no_room)
    if not problem:
        try:
            content, kind = await _safe(await sent_file(request))
        except TooLarge:
            problem = say(
                "Berkas itu terlalu besar (paling besar {n} MB). Potong dulu, atau ambil tangkapan layar."
            ).format(n=MOST_BYTES // 1_000_000)
        except NotAPicture:
            problem = say("Foto itu tidak bisa dibaca. Simpan dulu sebagai JPEG atau PNG, lalu coba lagi.")
        except LookupError:
            problem = say(
                "Isi berkas itu bukan foto, suara, video, PDF, Word, Excel atau teks biasa, jadi tidak disimpan."
            )
        except ValueError:
            problem = say("Pilih dulu berkasnya.")
        else:
            problem = await in_case(desk, member, code, keep)
    if problem:
        return await case_page(request, desk, member, code, status=422, file_error=problem, error=problem)
    flash(request, say("Berkas disimpan, terenkripsi di kasus ini."), "good")
    return Redirect(case_path(code, "#berkas"), status_code=303)


async def _safe(content: bytes) -> tuple[bytes, FileType]:
    """The file as it may be kept, and what it is. Raises ValueError for an empty one, LookupError for one of a kind
    that is not kept, NotAPicture for a photo nobody can see."""
    if not content:
        raise ValueError
    kind = recognised(content)
    if kind is None:
        raise LookupError
    if kind.kind == "photo":
        content, mime = await asyncio.to_thread(without_metadata, content)
        kind = FileType("photo", mime)
    return content, kind


handlers = [add_file]

"""/kasus/…/bukti/…: one file of a case. Each opening is recorded."""

from __future__ import annotations

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlite_utils import Database

from hotline.access import only
from hotline.case_page import PICTURES
from hotline.file_types import ENDINGS
from hotline.given import GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.pages.queue import SEES_CASES
from store import evidence
from store.evidence import Item, NoSuchEvidence

# A file is a stranger's: alone in a box where nothing runs and nothing is fetched.
_BOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@get("/kasus/{code:str}/bukti/{number:int}", guards=[only(*SEES_CASES)])
async def show_file(
    desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Response[bytes]:
    """Pictures as such; everything else as a download, under a name that tells nothing."""

    def work(db: Database, found: str) -> tuple[str, Item, bytes]:
        return found, *evidence.opened(db, desk.keys, found, number, member.login)

    try:
        found, item, content = await in_case(desk, member, code, work)
    except NoSuchEvidence:
        raise NotFoundException from None
    known = item.mime in ENDINGS
    name = f"bukti-{found}-{number}.{ENDINGS.get(item.mime, 'bin')}"
    way = "inline" if item.mime in PICTURES else "attachment"
    return Response(
        content,
        media_type=item.mime if known else "application/octet-stream",
        headers={
            "Content-Disposition": f'{way}; filename="{name}"',
            "Content-Security-Policy": _BOX,
            "X-Content-Type-Options": "nosniff",
        },
    )


handlers = [show_file]

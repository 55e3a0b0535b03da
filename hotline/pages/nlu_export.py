"""/pesan-belum-dipahami/ekspor: the invented sentences as training data, as Rasa reads it and as a patch for review."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect
from sqlite_utils import Database

from hotline import teaching
from hotline.access import only
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.pages.nlu_inbox import PAGE
from knowledge.examples import as_rasa, patch_of
from store import audit, nlu_inbox
from store.visibility import MANAGERS


@dataclass
class StrikeForm:
    daftar: str = ""


@get(f"{PAGE}/ekspor/yaml", guards=[only(*MANAGERS)])
async def as_yaml(desk: GivenDesk, member: GivenMember) -> Response[bytes]:
    """The sentences alone, as Rasa's YAML."""
    taught = await desk.run(_taken_along, member.login)
    return _file(as_rasa(taught), "learned.yml", "application/yaml")


@get(f"{PAGE}/ekspor/patch", guards=[only(*MANAGERS)])
async def as_patch(desk: GivenDesk, member: GivenMember) -> Response[bytes]:
    """What they change in nlu_data/learned.yml: `git apply` puts it in."""
    taught = await desk.run(_taken_along, member.login)
    return _file(patch_of(taught), "learned.patch", "text/x-patch")


@post(f"{PAGE}/ekspor/selesai", guards=[only(*MANAGERS)])
async def strike_off(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, data: URLEncodedBody[StrikeForm]
) -> Redirect:
    """They stand in the training data now: take exactly these off the list."""
    say = words(request)
    if await desk.run(_struck_off, data.daftar, member.login):
        flash(request, say("Dihapus dari daftar."), "good")
    else:
        flash(request, say("Daftarnya sudah berubah. Unduh lagi, lalu coba lagi."), "warn")
    return Redirect(PAGE, status_code=303)


def _taken_along(db: Database, login: str) -> list[tuple[str, str]]:
    ready = nlu_inbox.waiting_paraphrases(db)
    audit.record(db, login, f"exported {len(ready)} taught sentences")
    return [(one.label, one.text) for one in ready]


def _struck_off(db: Database, stamp: str, login: str) -> bool:
    ready = nlu_inbox.waiting_paraphrases(db)
    if not ready or stamp != teaching.stamp(ready):
        return False
    nlu_inbox.forget_exported(db, ready)
    audit.record(db, login, f"struck off {len(ready)} taught sentences")
    return True


def _file(text: str, name: str, kind: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type=kind, headers=headers)


handlers = [as_yaml, as_patch, strike_off]

"""/statistik: figures about a quarter, as tables, charts and a CSV file. Small counts are withheld in the store."""

from __future__ import annotations

import asyncio
import csv
import io
import time
from datetime import date, timedelta
from typing import cast

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from hotline import charts
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import language_of, words
from hotline.menu import Entry
from hotline.menu import noted as _
from hotline.sheets import Sheet, csv_rows, deflection, sheets
from hotline.times import day
from store import statistics
from store.clock import today_in_bali
from store.quarters import Quarter
from store.staff import Member
from store.statistics import Figures
from store.visibility import MANAGERS

READERS = ("reader", *MANAGERS)
KEPT_SECONDS = (
    60  # page, charts and file of one visit show the same; counting a hundred thousand cases is work
)
menu = Entry("/statistik", _("Statistik"), roles=READERS, place=70)


@get("/statistik", guards=[only(*READERS)])
async def show(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, kuartal: FromQuery[str] = ""
) -> Template:
    """All tables of a quarter, each with its chart."""
    quarter = _quarter(kuartal)
    figures = await _figures(request, desk, member, quarter)
    choice = await desk.run(statistics.quarters, today_in_bali())
    lang = language_of(request)
    context = {
        "quarter": quarter,
        "quarters": [(str(q), _named(q, lang)) for q in sorted({*choice, quarter}, reverse=True)],
        "figures": figures,
        "last_day": day(_last_day(figures), lang),
        "sheets": sheets(figures, words(request), lang),
        "shares": deflection(figures),
    }
    return Template("statistics.html", context=context)


@get("/statistik/{kuartal:str}/grafik/{table:str}", guards=[only(*READERS)])
async def chart(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, kuartal: FromPath[str], table: FromPath[str]
) -> Response[bytes]:
    """One table as a picture."""
    for sheet in await _sheets(request, desk, member, kuartal):
        if sheet.id == table and sheet.chart:
            picture = await asyncio.to_thread(charts.svg, sheet)
            headers = {"Content-Security-Policy": charts.policy(picture)}
            return Response(picture, media_type="image/svg+xml", headers=headers)
    raise NotFoundException


@get("/statistik/{kuartal:str}/csv", guards=[only(*READERS)])
async def as_csv(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, kuartal: FromPath[str]
) -> Response[bytes]:
    """All tables as one CSV file: what the page shows, and nothing about a person."""
    say = words(request)
    found = await _sheets(request, desk, member, kuartal)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([say(_("tabel")), say(_("baris")), say(_("kolom")), say(_("angka"))])
    writer.writerows(csv_rows(found))
    name = f"kawan-rantau-{_quarter(kuartal)}.csv"
    return Response(
        text.getvalue().encode("utf-8-sig"),  # the mark tells spreadsheets that it is UTF-8
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _sheets(request: AnyRequest, desk: Desk, member: Member, written: str) -> list[Sheet]:
    figures = await _figures(request, desk, member, _quarter(written))
    return sheets(figures, words(request), language_of(request))


async def _figures(request: AnyRequest, desk: Desk, member: Member, quarter: Quarter) -> Figures:
    """The figures as this member may see them, counted at most every five minutes."""
    viewer = member if member.role in MANAGERS else None
    kept = cast("dict[tuple[str, str], tuple[float, Figures]]", request.app.state.setdefault("figures", {}))
    key = (str(quarter), member.login if viewer else "")
    for old in [old for old, (until, _figures) in kept.items() if until < time.monotonic()]:
        del kept[old]
    if key not in kept:
        found = await desk.run(statistics.figures, quarter, today_in_bali(), viewer)
        kept[key] = (time.monotonic() + KEPT_SECONDS, found)
    return kept[key][1]


def _quarter(written: str) -> Quarter:
    """The quarter of an address, the present one when none is named. Raises NotFoundException."""
    quarter = Quarter.read(written) if written else Quarter.of(today_in_bali())
    if quarter is None or quarter > Quarter.of(today_in_bali()):
        raise NotFoundException
    return quarter


def _last_day(figures: Figures) -> str:
    """The last day that counts."""
    return (date.fromisoformat(figures.until) - timedelta(days=1)).isoformat()


def _named(quarter: Quarter, lang: str) -> str:
    return f"{day(quarter.begins, lang)} – {day(quarter.ends - timedelta(days=1), lang)}"


handlers = [show, chart, as_csv]

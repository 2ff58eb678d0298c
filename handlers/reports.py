"""Figures on demand: a period of a unit by chapter, the rows behind a figure, by unit, as a file."""

import asyncio

from handlers.act import Press, Said
from handlers.house import House
from handlers.joining import must_be_private
from handlers.present import report_docx
from handlers.present import reports as show
from handlers.present.pictures import studio
from handlers.room import Command, Room
from handlers.texts import N_


async def report(act: Said) -> None:
    """Ask for the period, or show the one that is named."""
    reports, now = act.house.reports, act.received_at
    if act.words:
        await reports.page_of_own(act.sender.id, act.words.strip().upper(), now=now)
        return
    await reports.menu(act.sender.id, now=now)


async def press_report(act: Press) -> None:
    """Another unit, a chapter, by unit, as a file."""
    must_be_private(act)
    fields, reports = act.fields, act.house.reports
    what = fields.word("menu", "page", "table", "docx", "xlsx")
    who, on, now = act.sender.id, act.message_id, act.received_at
    if what == "menu":
        unit = fields.number()
        fields.end()
        await reports.menu(who, unit, on_message=on, now=now)
        return
    period, unit, at = fields.word(), fields.number(), fields.number()
    fields.end()
    match what:
        case "page":
            await reports.page(who, period, unit, at, on_message=on, now=now)
        case "table":
            await reports.table(who, period, unit, at, on_message=on, now=now)
        case "docx" | "xlsx":
            await reports.ask_file(who, period, unit, what, now=now)


async def press_rows(act: Press) -> None:
    """The rows behind a figure."""
    must_be_private(act)
    fields = act.fields
    period, unit, figure, page = fields.word(), fields.number(), fields.number(), fields.number()
    fields.end()
    await act.house.reports.rows(
        act.sender.id, period, unit, figure, page, on_message=act.message_id, now=act.received_at
    )


async def file_of(house: House, stored: str) -> bytes:
    """A report as a file, counted when it is sent, of what its reader may see then.

    Raises:
        NotAllowed: whoever asked for it does not run the unit any more.
    """
    form, period, unit, user = show.wish_of(stored)
    t = await house.languages.of(user)
    found = await house.reports.report(user, period, unit, trends=True, now=house.clock.now())
    if form == "xlsx":
        return await asyncio.to_thread(report_docx.workbook, found, t)
    charts = report_docx.charts(found, t)
    pictures = await studio.drawn(charts, "png") if charts else []
    return await asyncio.to_thread(report_docx.report_docx, found, pictures, t)


ROOM = Room(
    commands=(
        Command(
            "report",
            report,
            N_("the figures of a month, quarter or year, and the rows behind them"),
            N_("[2026-11 | 2026Q4 | 2026H2 | 2026]"),
            part="reports",
        ),
    ),
    presses={"report": press_report, "report_rows": press_rows},
    errors=show.ERRORS,
)

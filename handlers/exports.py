"""Records as tables, in private: what, in which format, and the file when it is sent."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import exports as show
from handlers.present import point_tables
from handlers.room import Command, Room
from handlers.texts import N_, Texts
from quizzes.records import record
from study.errors import WrongChat
from study.exports import ExportMenu, Format, Records, Scope


async def export(act: Said) -> None:
    """Offer what there is."""
    await act.reply(ExportMenu(points=act.house.points.enabled))


async def press_export(act: Press) -> None:
    """One table in one format."""
    fields = act.fields
    what, form = Records(fields.word(*Records)), Format(fields.word(*Format))
    fields.end()
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    await act.house.exports.ask(act.sender.id, what, form, now=act.received_at)
    await act.toast(show.preparing(act.t))


async def file_of(house: House, stored: str) -> bytes:
    """The file behind a stored attachment, made from what is known and allowed now.

    Raises:
        NotAllowed: whoever asked for it organises nothing any more.
    """
    what, form, user_id = show.wish_of(stored)
    async with house.exports.one_moment():
        scope = await house.exports.scope(user_id)
        t = await house.languages.of(user_id)
        pages: AsyncIterator[Sequence[show.Record]]
        if what is Records.POINTS and form is Format.XLSX:
            year = house.clock.now().astimezone(house.zone).year
            totals = await house.points.records.totals(year, units=scope.units)
            pages = house.points.records.pages(year=year, units=scope.units)
            file = await asyncio.to_thread(point_tables.workbook, totals, t)
        else:
            pages = _pages(house, what, scope, t)
            file = show.people_file(what, form, t)
        with file:
            async for page in pages:
                await asyncio.to_thread(file.add, page)
            return await asyncio.to_thread(file.content)


async def _pages(house: House, what: Records, scope: Scope, t: Texts) -> AsyncIterator[Sequence[show.Record]]:
    """What grows with the years comes in parts, so that it is never in memory as a whole."""
    if what is Records.ATTENDANCE:
        async for page in house.checkins.pages(units=scope.units):
            yield page
        async for page in house.attendance.registers.pages(units=scope.units):
            yield page
    elif what is Records.POINTS:
        async for page in house.points.records.pages(units=scope.units):
            yield page
    elif what in (Records.REFLECTIONS, Records.ASSIGNMENTS):
        kind = "reflection" if what is Records.REFLECTIONS else "assignment"
        async for page in house.tasks.records.pages(kind, units=scope.units):
            yield page
    elif what is Records.CONTEST:
        for contest_id in scope.contests:
            yield show.contest_lines(record(await house.records.history(contest_id), house.zone))
    else:
        yield await _records(house, what, scope, t)


async def _records(house: House, what: Records, scope: Scope, t: Texts) -> list[show.Record]:
    match what:
        case Records.WORKS:
            return list(await house.works.records.export(units=scope.units, language=t.language))
        case Records.EXAMS:
            return show.exam_rows(await house.exams.records.export(units=scope.units))
        case Records.ITEMS:
            return list(await house.claim_records.export(units=scope.units, language=t.language, now=house.clock.now()))
        case Records.IDEAS:
            return list(await house.ideas.export(units=scope.units, language=t.language))
        case Records.ROSTER:
            return [line for line in await house.roster.export() if line["unit"] in scope.paths]
        case _:
            found = await house.statistics.questions(contests=scope.contests)
            return [show.question_row(one, t) for one in found]


ROOM = Room(
    commands=(Command("export", export, N_("records as tables")),),
    presses={"exp": press_export},
)

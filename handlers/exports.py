"""Records as tables, in private: what, in which format, and the file when it is sent."""

import asyncio

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
    scope = await house.exports.scope(user_id)
    t = await house.languages.of(user_id)
    if what is Records.POINTS and form is Format.XLSX:
        year = house.clock.now().astimezone(house.zone).year
        totals = await house.points.records.totals(year, units=scope.units)
        entries = await house.points.records.export(year=year, units=scope.units)
        return await asyncio.to_thread(point_tables.workbook, totals, entries, t)
    records = await _records(house, what, scope, t)
    return await asyncio.to_thread(show.table, what, form, records, t)


async def _records(house: House, what: Records, scope: Scope, t: Texts) -> list[show.Record]:
    match what:
        case Records.ATTENDANCE:
            checkins = await house.checkins.export(units=scope.units)
            return [*checkins, *await house.attendance.registers.export(units=scope.units)]
        case Records.REFLECTIONS:
            return list(await house.tasks.records.export("reflection", units=scope.units))
        case Records.ASSIGNMENTS:
            return list(await house.tasks.records.export("assignment", units=scope.units))
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
        case Records.POINTS:
            return list(await house.points.records.export(units=scope.units))
        case Records.QUESTIONS:
            found = await house.statistics.questions(contests=scope.contests)
            return [show.question_row(one, t) for one in found]
        case Records.CONTEST:
            return [
                line
                for contest_id in scope.contests
                for line in show.contest_lines(record(await house.records.history(contest_id), house.zone))
            ]


ROOM = Room(
    commands=(Command("export", export, N_("records as tables")),),
    presses={"exp": press_export},
)

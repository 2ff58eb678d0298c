"""``studyhall export``: records as CSV, XLSX or JSON, banks in every format that they can be read from."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, read_config, refuse_own_files, write_whole
from bot.commands.terminal import out
from bot.config import Config
from handlers.errors import Refusal
from handlers.house import House
from handlers.present.exports import Record, exam_rows, plain_file, question_row
from handlers.present.files import file_sentence
from handlers.present.point_tables import totals_records, totals_table
from handlers.present.register_book import workbook
from handlers.present.results import plain_results, results_of
from handlers.registry import SENTENCES
from handlers.texts import Texts
from quizzes.bank.formats import WRITERS, write_bank
from quizzes.errors import NoSeasonYet
from quizzes.files import FileError
from quizzes.records import record
from quizzes.season_records import season_record
from quizzes.tournament_records import record as tournament_record
from quizzes.tournament_records import rows_of

_FORMATS = ("csv", "xlsx", "json")
_FIRST, _LAST = date(1970, 1, 2), date(9000, 1, 1)


_SHEETS = {"contest": ("ranking", "questions", "presses"), "points": ("entries", "totals")}
"""The tables of what has several; the first is the one that is written if none is named."""


def export(
    config_path: Path,
    what: str,
    which: str | None,
    form: str,
    file: Path,
    sheet: str | None = None,
    year: int | None = None,
) -> None:
    """Write records to a file, which appears only when it is whole.

    Raises:
        Failed: there is nothing of the kind, the format does not fit, or the file cannot be written.
    """
    config, t = read_config(config_path)
    refuse_own_files(config, config_path, file, t)
    known = tuple(WRITERS) if what == "bank" else _FORMATS
    if form not in known:
        raise Failed(t("There is no format {name}. There are: {known}", name=form, known=", ".join(known)))
    sheets = _SHEETS.get(what, ())
    if sheet is not None and sheet not in sheets:
        raise Failed(t("There is no table {name} here. There are: {known}", name=sheet, known=", ".join(sheets) or "–"))
    sheet = sheet or (sheets[0] if sheets else "")
    try:
        content, count = asyncio.run(_export(config, what, which, form, t, sheet, year))
    except FileError as error:
        raise Failed(file_sentence(error, t)) from error
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    write_whole(file, content, t)
    out.print(t("{count} records written to {path}", count=count, path=file), markup=False)


def register(config_path: Path, unit: str | None, first: date | None, last: date | None, file: Path) -> None:
    """Write the register of a unit and a period (all of both by default) as a workbook for the printer.

    Raises:
        Failed: there is no such unit, or the file cannot be written.
    """
    config, t = read_config(config_path)
    refuse_own_files(config, config_path, file, t)

    async def made() -> tuple[bytes, int]:
        async with house_to_read(config, t) as house:
            found = await house.attendance.registers.of(unit, first or _FIRST, last or _LAST)
            days = [column.starts_at.astimezone(config.programme.zone).date() for column in found.columns]
            if days:
                found = replace(found, first=first or min(days), last=last or max(days))
            return workbook(found, config.programme.name, t), len(found.entries)

    try:
        content, count = asyncio.run(made())
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    write_whole(file, content, t)
    out.print(t("{count} records written to {path}", count=count, path=file), markup=False)


async def _export(
    config: Config, what: str, which: str | None, form: str, t: Texts, sheet: str, year: int | None
) -> tuple[bytes, int]:
    async with house_to_read(config, t) as house:
        if what == "bank":
            if which is None:
                raise Failed(t("Name the bank: studyhall export bank NAME"))
            items = await house.banks.items(which)
            return write_bank(items, form), len(items)
        if what == "contest":
            if which is not None and not which.isdecimal():
                raise Failed(t("A contest is named by its number, such as 3."))
            history = await house.records.history(None if which is None else int(which))
            if form == "json":
                return orjson.dumps(record(history, config.programme.zone), option=orjson.OPT_INDENT_2), 1
            return plain_results(results_of(history, t), form, sheet)
        if what == "questions":
            found = [question_row(one, t) for one in await house.statistics.questions(bank=which)]
            return await _table(what, form, _all_at_once(found))
        if what in ("tournament", "season"):
            whole, lines = await (_tournament if what == "tournament" else _season)(house, which, t)
            if form == "json":
                return orjson.dumps(whole, option=orjson.OPT_INDENT_2), 1
            return await _table(what, form, _all_at_once(lines))
        if what == "points" and sheet == "totals":
            totals = await house.points.records.totals(year or house.clock.now().astimezone(house.zone).year)
            if form == "json":
                return orjson.dumps(totals_records(totals), option=orjson.OPT_INDENT_2), len(totals.lines)
            return totals_table(totals, form, t), len(totals.lines)
        return await _table(what, form, _pages(house, what, year))


async def _table(what: str, form: str, pages: AsyncIterator[Sequence[Record]]) -> tuple[bytes, int]:
    """Write records as they come; how many there were is said too."""
    count = 0
    if form == "json":
        parts = []
        async for page in pages:
            count += len(page)
            # Without its brackets: those of the whole stand around it.
            parts.append(orjson.dumps(page, option=orjson.OPT_INDENT_2)[2:-2])
        return b"[\n" + b",\n".join(filter(None, parts)) + b"\n]" if count else b"[]", count
    with plain_file(what, form) as file:
        async for page in pages:
            count += len(page)
            file.add(exam_rows(page) if what == "exams" else page)
        return file.content(), count


async def _all_at_once(records: Sequence[Record]) -> AsyncIterator[Sequence[Record]]:
    yield records


async def _pages(house: House, what: str, year: int | None) -> AsyncIterator[Sequence[Record]]:
    """What grows with the years comes in parts, so that it is never in memory as a whole."""
    if what == "points":
        async for page in house.points.records.pages(year=year):
            yield page
    elif what == "attendance":
        async for page in house.checkins.pages():
            yield page
        async for page in house.attendance.registers.pages():
            yield page
    elif what in ("reflections", "assignments"):
        async for page in house.tasks.records.pages(what.removesuffix("s")):
            yield page
    else:
        yield await _records(house, what)


async def _tournament(house: House, which: str | None, t: Texts) -> tuple[Record, Sequence[Record]]:
    if which is not None and not which.isdecimal():
        raise Failed(t("A tournament is named by its number, such as 3."))
    history = await house.tournament_records.history(None if which is None else int(which))
    found = tournament_record(history, house.zone)
    return found, rows_of(found)


async def _season(house: House, which: str | None, _t: Texts) -> tuple[Record, Sequence[Record]]:
    rows = [row for row in await house.seasons.all() if which is None or row.name.casefold() == which.casefold()]
    if not rows:
        raise NoSeasonYet(name=which or "")
    found = season_record(await house.seasons.season(rows[-1].id), house.zone)
    return found, found["standings"]


async def _records(house: House, what: str) -> Sequence[Record]:
    match what:
        case "roster":
            return await house.roster.export()
        case "works":
            return await house.works.records.export()
        case "items":
            return await house.claim_records.export(now=house.clock.now())
        case "ideas":
            return await house.ideas.export()
        case _:
            return await house.exams.records.export()

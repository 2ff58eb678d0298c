"""``studyhall export``: records as CSV, XLSX or JSON, banks in every format that they can be read from."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import orjson

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, out, read_config, refuse_own_files, write_whole
from bot.config import Config
from handlers.errors import Refusal
from handlers.house import House
from handlers.present.exports import Record, exam_rows, plain_table, question_row
from handlers.present.files import file_sentence
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


def export(config_path: Path, what: str, which: str | None, form: str, file: Path, sheet: str = "ranking") -> None:
    """Write records to a file, which appears only when it is whole.

    Raises:
        Failed: there is nothing of the kind, the format does not fit, or the file cannot be written.
    """
    config, t = read_config(config_path)
    refuse_own_files(config, config_path, file, t)
    known = tuple(WRITERS) if what == "bank" else _FORMATS
    if form not in known:
        raise Failed(t("There is no format {name}. There are: {known}", name=form, known=", ".join(known)))
    try:
        content, count = asyncio.run(_export(config, what, which, form, t, sheet))
    except FileError as error:
        raise Failed(file_sentence(error, t)) from error
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    write_whole(file, content, t)
    out.print(t("{count} records written to {path}", count=count, path=file), markup=False)


async def _export(config: Config, what: str, which: str | None, form: str, t: Texts, sheet: str) -> tuple[bytes, int]:
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
            if form == "json":
                return orjson.dumps(found, option=orjson.OPT_INDENT_2), len(found)
            return plain_table(what, form, found), len(found)
        if what in ("tournament", "season"):
            whole, lines = await (_tournament if what == "tournament" else _season)(house, which, t)
            if form == "json":
                return orjson.dumps(whole, option=orjson.OPT_INDENT_2), 1
            return plain_table(what, form, lines), len(lines)
        records = await _records(house, what)
        if form == "json":
            return orjson.dumps(records, option=orjson.OPT_INDENT_2), len(records)
        return plain_table(what, form, exam_rows(records) if what == "exams" else records), len(records)


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
        case "attendance":
            return await house.checkins.export()
        case "reflections":
            return await house.tasks.records.export("reflection")
        case "items":
            return await house.claim_records.export(now=house.clock.now())
        case "ideas":
            return await house.ideas.export()
        case "exams":
            return await house.exams.records.export()
        case _:
            return await house.tasks.records.export("assignment")

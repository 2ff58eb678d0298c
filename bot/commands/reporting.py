"""``studyhall export report``: the figures of a period and a unit as JSON, a workbook or a Word file."""

import asyncio
from pathlib import Path

import orjson

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, read_config, refuse_own_files, write_whole
from bot.commands.terminal import out
from bot.config import Config
from handlers.errors import Refusal
from handlers.present.pictures import studio
from handlers.present.report_docx import charts, report_docx, report_record, workbook
from handlers.registry import SENTENCES
from handlers.texts import Texts
from study.periods import read_period
from study.report_views import Report

_FORMATS = ("json", "xlsx", "docx")


def report(config_path: Path, period: str | None, unit: str | None, form: str, file: Path | None) -> None:
    """Write a report to a file, which appears only when it is whole.

    Raises:
        Failed: there is no such period or unit, the format does not fit, or the file cannot be written.
    """
    config, t = read_config(config_path)
    if form not in _FORMATS:
        raise Failed(t("There is no format {name}. There are: {known}", name=form, known=", ".join(_FORMATS)))
    if period is None or read_period(period) is None:
        raise Failed(t("Name the period: studyhall export report --period 2026-11"))
    path = file or Path(f"report-{period}.{form}")
    refuse_own_files(config, config_path, path, t)
    try:
        found, content = asyncio.run(_made(config, period, unit, form, t))
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    write_whole(path, content, t)
    out.print(t("{count} records written to {path}", count=len(found.figures), path=path), markup=False)


async def _made(config: Config, period: str, unit: str | None, form: str, t: Texts) -> tuple[Report, bytes]:
    async with house_to_read(config, t) as house:
        about = None
        if unit is not None:
            about = await house.reports.unit_called(unit)
            if about is None:
                raise Failed(t("There is no unit {name}, or there are several; write its whole path.", name=unit))
        found = await house.reports.for_office(period, about, now=house.clock.now())
    if form == "json":
        return found, orjson.dumps(report_record(found, t), option=orjson.OPT_INDENT_2)
    if form == "xlsx":
        return found, workbook(found, t)
    drawings = charts(found, t)
    return found, report_docx(found, await studio.drawn(drawings, "png") if drawings else [], t)

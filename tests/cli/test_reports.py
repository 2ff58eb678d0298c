"""``studyhall export report``: the figures of a month as JSON, a workbook and a Word file, through the command line."""

import io
import json
from datetime import datetime
from typing import Any

import docx
import openpyxl

from tests.cli.desk import Desk
from tests.dialogues.test_reports import QUIET, enrol, in_force, put
from tests.hall import HallMaker


def attended(found: dict[str, Any]) -> int:
    """The attendances that a report as JSON has."""
    return next(int(one["value"]) for one in found["figures"] if one["key"] == "sessions.attendances")


async def test_report_in_every_format_and_for_one_unit(desk: Desk, hall_with: HallMaker) -> None:
    """The same figures in all three, Word if no format is named; a period or a unit that is none is said and writes nothing."""
    hall = await hall_with(**QUIET)
    for name, path in (("安娜", "示范区/第一支部"), ("波波", "示范区/第二支部")):
        await enrol(hall, name, path)
    await in_force(hall)
    await put(hall, at=datetime(2026, 11, 20, 1), came=("安娜", "波波"))
    await hall.stop_bot()
    desk.database = hall.database_path

    asked = ("export", "report", "--period", "2026-11")
    plain = await desk.here(*asked)
    files = [await desk.here(*asked, "-f", form) for form in ("json", "xlsx")]
    unit = await desk.here(*asked, "--unit", "第一支部", "-f", "json", "-o", "unit.json")
    wrong = [
        await desk.here("export", "report", "--period", "2026-13"),
        await desk.here("export", "report"),
        await desk.here(*asked, "--unit", "没有", "-o", "none.docx"),
        await desk.here(*asked, "-f", "csv"),
    ]
    found = json.loads((desk.folder / "report-2026-11.json").read_bytes())
    own = json.loads((desk.folder / "unit.json").read_bytes())
    paper = docx.Document(io.BytesIO((desk.folder / "report-2026-11.docx").read_bytes()))
    words = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(desk.folder / "report-2026-11.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]

    assert [(done.status, done.err) for done in (plain, *files, unit)] == [(0, [])] * 4
    assert "report-2026-11.docx" in plain.out[0]
    assert attended(found) == 2
    assert attended(own) == 1
    assert "到课人次" in words
    assert "2 人次" in words
    assert "2 人次" in cells
    assert [done.status for done in wrong] == [1, 1, 1, 1]
    assert wrong[0].err == wrong[1].err == ["请写明时段：studyhall export report --period 2026-11"]
    assert "没有单位“没有”" in wrong[2].err[0]
    assert "json, xlsx, docx" in wrong[3].err[0]
    assert sorted(path.name for path in desk.folder.glob("*20*.*")) == [
        "report-2026-11.docx",
        "report-2026-11.json",
        "report-2026-11.xlsx",
    ]

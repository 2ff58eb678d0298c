"""P2: the register of sessions through the command line."""

import json
from datetime import timedelta

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from storage import Tx
from storage.attendance import Presence, Source
from storage.people import Role
from storage.sessions import Session
from study.attendance_book import enter
from tests.cli.desk import Desk
from tests.dialogues.test_rollcall import FRIDAY, QUIET, UNIT
from tests.hall import SHANGHAI, HallMaker


async def test_p2_register_of_a_unit_and_a_period(desk: Desk, hall_with: HallMaker) -> None:
    """P2: 17 sessions stand on two sheets; another unit, an unknown one; the lines among the attendance records."""
    hall = await hall_with(**QUIET, start=FRIDAY)
    await hall.enrol("Anna", role=Role.ORGANISER)
    await hall.enrol("=Bob", "示范区/第二支部")

    def held(tx: Tx) -> None:
        for number in range(17):
            at = FRIDAY + timedelta(days=number)
            session_id = tx.sessions.add(key=None, title=f"第{number + 1}讲", starts_at=at, ends_at=at, now=FRIDAY)
            session = tx.sessions.get(session_id or 0)
            assert isinstance(session, Session)
            for person in tx.people.everybody():
                status = Presence.ABSENT if number == 0 else Presence.LATE
                enter(tx, session, person, status, zone=SHANGHAI, cause=Source.MARK, now=FRIDAY)

    await hall.write(held)
    await hall.stop_bot()
    desk.database = hall.database_path

    whole = await desk.here("export", "register", "--out", "all.xlsx")
    part = await desk.here(
        "export", "register", "--unit", UNIT, "--from", "2026-11-27", "--to", "2026-11-28", "-o", "part.xlsx"
    )
    unknown = await desk.here("export", "register", "--unit", "第九支部", "-o", "no.xlsx")
    await desk.here("export", "attendance", "-f", "json", "-o", "attendance.json")

    assert (whole.status, part.status, unknown.status) == (0, 0, 1)
    assert unknown.err == ["没有名为“第九支部”的单位，或有多个同名单位，请写全路径。"]
    book = openpyxl.load_workbook(desk.folder / "all.xlsx")
    assert book.sheetnames == ["签到表 1", "签到表 2"]
    first = book.worksheets[0]
    assert first["B5"].value == "'=Bob"
    assert "2026年11月27日 至 2026年12月13日" in str(first["A2"].value)
    page = openpyxl.load_workbook(desk.folder / "part.xlsx").active
    assert isinstance(page, Worksheet)
    assert [cell.value for cell in page[4]][:7] == [1, "Anna", UNIT, "缺", "迟", 2, 1]
    assert not (desk.folder / "no.xlsx").exists()
    records = json.loads((desk.folder / "attendance.json").read_bytes())
    assert len(records) == 34
    assert records[0] == {
        "date": "2026-11-27",
        "event": "第1讲",
        "unit": UNIT,
        "name": "Anna",
        "status": "absent",
        "at": None,
    }

"""Exports, minutes, backups: what a played contest and a day of study leave on disk, through the command line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest

from storage import Tx
from storage.people import Role
from tests.cli.desk import Desk, Done
from tests.dialogues.match import gather
from tests.hall import Hall, HallMaker

BOM = b"\xef\xbb\xbf"
HOSTILE = "=1+1"


@pytest.fixture
async def office(desk: Desk, hall_with: HallMaker) -> Desk:
    """A desk whose database has a contest of two questions, a check-in, a reflection and an assignment."""
    hall: Hall = await hall_with()
    match = await gather(hall)
    await match.begins()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(seconds=5)
    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=False), match.group)
    await hall.advance(minutes=1)
    await hall.advance(hours=1)
    await match.anna.says("签到", match.group)
    await match.anna.says("心得")
    await match.anna.says("学习之后我认识到基层治理要靠制度，也要靠人心。" * 5)
    await match.anna.presses("提交")
    await match.host.says("/assign 3天 调研报告：走访一个社区")
    await match.host.presses("发送")
    await hall.advance(minutes=1)

    def hostile(tx: Tx) -> None:
        unit = tx.people.add_unit("@单位")
        for number, name in enumerate((HOSTILE, "+2", "-3", "@a", "\tb")):
            tx.people.add(
                code=f"H{number}", name=name, unit_id=unit, level="", title="", role=Role.MEMBER, now=hall.clock.now()
            )

    await hall.write(hostile)
    await hall.stop_bot()
    desk.database = hall.database_path
    return desk


def kept_as(restored: Done) -> Path:
    """Where the database is that was there before."""
    return Path(restored.out[0].removeprefix("原有数据库已保留为 ").removesuffix("。"))


async def test_contest_as_json(office: Desk) -> None:
    """The public shape, to the letter: teams, players, questions and every press with its milliseconds."""
    done = await office.here("export", "contest", "--format", "json", "--out", "contest.json")
    by_id = await office.here("export", "contest", "1", "-f", "json", "-o", "one.json")
    found = json.loads((office.folder / "contest.json").read_bytes())

    assert (done.status, done.err, by_id.status) == (0, [], 0)
    assert json.loads((office.folder / "one.json").read_bytes()) == found
    assert (found["id"], found["preset"], found["state"]) == (1, "buzzer", "finished")
    assert [(t["name"], t["score"], t["rank"]) for t in found["teams"]] == [("红队", 110, 1), ("蓝队", 90, 2)]
    assert {p["name"]: (p["team"], p["score"], p["right"], p["wrong"]) for p in found["players"]} == {
        "安娜": ("红队", 10, 1, 0),
        "卡尔": ("红队", 0, 0, 0),
        "<b>伯特&": ("蓝队", -10, 0, 1),
    }
    first, second = found["questions"]
    assert {"index", "question", "answer", "state", "won_by", "ruling", "presses"} <= first.keys()
    assert (first["index"], first["won_by"], first["ruling"]) == (1, "红队", "right")
    assert (second["index"], second["won_by"], second["ruling"]) == (2, None, "wrong")
    assert {"player", "update_id", "after_ms", "kind"} <= first["presses"][0].keys()
    assert [(press["player"], press["kind"]) for press in first["presses"]] == [("安娜", "first"), ("安娜", "answer")]
    assert all(isinstance(press["after_ms"], int) and press["after_ms"] >= 0 for press in first["presses"])


async def test_every_kind_in_every_format(office: Desk) -> None:
    """CSV that Excel opens in Chinese, workbooks, JSON with the keys that scripts rely on."""
    columns = {
        "roster": ["name", "unit", "level", "role", "title", "code", "joined", "joined_at"],
        "attendance": ["date", "event", "unit", "name", "status", "at"],
        "contest": ["kind", "rank", "name", "team", "score", "right", "wrong"],
        "reflections": ["task", "kind", "unit", "name", "state", "handed_in_at", "late", "length", "text"],
        "assignments": ["task", "kind", "unit", "name", "state", "handed_in_at", "late", "length", "text"],
    }

    for what, wanted in columns.items():
        for form in ("csv", "xlsx", "json"):
            done = await office.here("export", what, "--format", form, "--out", f"{what}.{form}")
            assert (done.status, done.err) == (0, []), (what, form)
            assert f"{what}.{form}" in done.out[0]
        text = (office.folder / f"{what}.csv").read_bytes()
        sheet = openpyxl.load_workbook(office.folder / f"{what}.xlsx").active
        assert text.startswith(BOM)
        assert text.decode("utf-8-sig").splitlines()[0].split(",")[: len(wanted)] == wanted
        assert sheet is not None
        assert [cell.value for cell in sheet[1]][: len(wanted)] == wanted

    attendance = json.loads((office.folder / "attendance.json").read_bytes())
    reflections = json.loads((office.folder / "reflections.json").read_bytes())
    mine = next(line for line in attendance if line["name"] == "安娜")
    assert mine == {**mine, "event": "checkin", "unit": "示范区/第一支部", "status": "on_time"}
    assert mine["at"].endswith("+08:00")
    assert [line["name"] for line in reflections if line["state"] != "draft"] == ["安娜"]
    assignments = json.loads((office.folder / "assignments.json").read_bytes())
    assert {(line["task"], line["name"], line["state"]) for line in assignments} >= {("调研报告", "安娜", "draft")}


async def test_formulas_are_defused(office: Desk) -> None:
    """What a spreadsheet would run is text in CSV and in the workbook; JSON has it as it is."""
    for form in ("csv", "xlsx", "json"):
        await office.here("export", "roster", "-f", form, "-o", f"roster.{form}")
    text = (office.folder / "roster.csv").read_text(encoding="utf-8-sig")
    sheet = openpyxl.load_workbook(office.folder / "roster.xlsx").active
    records = json.loads((office.folder / "roster.json").read_bytes())

    cells = [cell for line in text.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert "'=1+1" in cells
    assert sheet is not None
    assert not [
        cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@", "\t"))
    ]
    assert {HOSTILE, "+2", "-3", "@a"} <= {record["name"] for record in records}


async def test_bank_in_every_format(office: Desk) -> None:
    """A bank goes out in each format that it can be read from, and comes in again as it was."""
    for form in ("csv", "xlsx", "json", "text", "docx", "gift", "aiken", "moodle"):
        done = await office.here("export", "bank", "常识", "--format", form, "--out", f"bank.{form}")
        assert (done.status, done.err) == (0, []), (form, done.err)
    back = await office.here("import", "bank", "bank.csv", "--name", "常识")
    unnamed = await office.here("export", "bank")
    unknown = await office.here("export", "bank", "没有的题库")

    assert (back.status, back.err) == (0, [])
    assert back.out[0].startswith("题库“常识”：新增 0 道，")
    assert (unnamed.status, unnamed.err) == (1, ["请指明题库名称：studyhall export bank 题库名"])
    assert unknown.status == 1
    assert len(unknown.err) == 1
    assert "常识" in unknown.err[0]


async def test_exports_that_cannot_be(office: Desk) -> None:
    """An unknown format, an unknown contest, a file that cannot be written or is the bot's own: one line, no file."""
    before = {path.name for path in office.folder.iterdir()}
    (office.folder / "folder").mkdir()

    ends = [
        await office.here("export", *words)
        for words in (
            ("attendance", "--format", "pdf"),
            ("attendance", "--out", "nowhere/attendance.csv"),
            ("attendance", "--out", "folder"),
            ("attendance", "--out", office.database),
            ("attendance", "--out", "config.toml"),
            ("contest", "99"),
            ("contest", "first"),
        )
    ]

    assert [(done.status, len(done.err)) for done in ends] == [(1, 1)] * 7
    assert ends[0].err == ["没有 pdf 这种格式，可选：csv, xlsx, json"]
    assert ends[1].err[0].startswith("无法写入 nowhere/attendance.csv：")
    assert ends[2].err[0].startswith("无法写入 folder：")
    assert ends[3].err == [f"{office.database} 是机器人自己使用的文件，请换一个文件名。"]
    assert ends[4].err == ["config.toml 是机器人自己使用的文件，请换一个文件名。"]
    assert ends[6].err == ["竞赛请用编号指定，例如 3。"]
    assert {path.name for path in office.folder.iterdir()} - {
        "folder",
        "studyhall.db-wal",
        "studyhall.db-shm",
    } == before
    assert office.rows("SELECT count(*) FROM contests") == [(1,)]


async def test_nothing_to_export_yet(desk: Desk) -> None:
    """Without a database there is one line; with an empty one a file with its columns."""
    none = await desk.here("export", "attendance")
    desk.write("roster.csv", "姓名,单位,编号\n安娜,第一支部,A1\n")
    await desk.here("import", "roster", "roster.csv")
    empty = await desk.here("export", "attendance", "--out", "attendance.csv")
    contest = await desk.here("export", "contest")

    assert (none.status, none.err) == (1, [f"{desk.database} 处还没有数据库。"])
    assert empty.status == 0
    assert (desk.folder / "attendance.csv").read_bytes() == BOM + b"date,event,unit,name,status,at\r\n"
    assert (contest.status, len(contest.err)) == (1, 1)


async def test_tables_of_a_contest(office: Desk) -> None:
    """A workbook has the ranking, the questions and the presses; as CSV each is asked for."""
    for sheet in ("ranking", "questions", "presses"):
        done = await office.here("export", "contest", "1", "--sheet", sheet, "--out", f"{sheet}.csv")
        assert (done.status, done.err) == (0, [])
    await office.here("export", "contest", "--format", "xlsx", "--out", "contest.xlsx")
    book = openpyxl.load_workbook(office.folder / "contest.xlsx")
    texts = {sheet.title: (office.folder / f"{sheet.title}.csv").read_bytes() for sheet in book}

    assert list(texts) == ["ranking", "questions", "presses"]
    assert all(text.startswith(BOM) for text in texts.values())
    ranking, questions, presses = (
        [line.split(",") for line in t.decode("utf-8-sig").splitlines()] for t in texts.values()
    )
    assert ranking[0] == ["kind", "rank", "name", "team", "score", "right", "wrong", "accuracy", "mean_ms"]
    assert ranking[1][:8] == ["team", "1", "红队", "红队", "110", "1", "0", "1.0"]
    assert [len(questions), len(presses)] == [3, 5]
    assert [cell.value for cell in book["presses"][1]] == presses[0]


async def test_statistics_of_questions(office: Desk) -> None:
    """Every question that was asked, over all contests, in each format; a bank by its name."""
    for form in ("csv", "xlsx", "json"):
        done = await office.here("export", "questions", "常识", "--format", form, "--out", f"questions.{form}")
        assert (done.status, done.err) == (0, [])
    none = await office.here("export", "questions", "没有的题库", "-f", "json", "-o", "none.json")
    found = json.loads((office.folder / "questions.json").read_bytes())

    assert none.status == 0
    assert json.loads((office.folder / "none.json").read_bytes()) == []
    assert sorted((one["asked"], one["right"], one["wrong"], one["right_share"]) for one in found) == [
        (1, 0, 1, 0.0), (1, 1, 0, 1.0),
    ]  # fmt: skip
    assert (office.folder / "questions.csv").read_bytes().startswith(BOM + b"bank,id,kind,question,asked,answered")


async def test_papers_of_a_contest(office: Desk) -> None:
    """Minutes as text and as Word after the replay was checked; a certificate a placed team as PDF and PNG."""
    word = await office.here("audit", "contest", "1", "--format", "docx", "--out", "minutes.docx")
    text = await office.here("audit", "contest", "1", "--out", "minutes.txt")
    printed = await office.here("audit", "contest", "1")
    made = await office.here("certificates", "1", "--out", "awards/first")
    nowhere = await office.here("certificates", "99", "--out", "none")
    own = await office.here("audit", "contest", "1", "--out", "config.toml")
    names = sorted(path.name for path in (office.folder / "awards" / "first").iterdir())

    assert (word.status, word.out) == (0, ["纪要已写入 minutes.docx，并已通过回放核对。"])
    paragraphs = [p.text for p in docx.Document(str(office.folder / "minutes.docx")).paragraphs]
    assert "三、竞赛经过" in paragraphs
    assert (office.folder / "minutes.txt").read_text(encoding="utf-8").splitlines() == printed.out
    assert text.status == 0
    assert (made.status, made.out) == (0, ["已将 4 个文件写入 awards/first"])
    assert names == ["01-一等奖-红队.pdf", "01-一等奖-红队.png", "02-二等奖-蓝队.pdf", "02-二等奖-蓝队.png"]
    assert (nowhere.status, len(nowhere.err), own.status) == (1, 1, 1)
    assert not (office.folder / "none").exists()


async def test_minutes_and_a_log_that_was_tampered_with(office: Desk) -> None:
    """The audit prints the official minutes; where the replay gives other standings than announced, it fails."""
    good = await office.here("audit", "contest", "1")
    with closing(sqlite3.connect(office.database)) as connection, connection:
        (number, body), *_ = connection.execute(
            "SELECT number, body FROM contest_events WHERE contest_id = 1 AND kind = 'Ruled' ORDER BY number"
        ).fetchall()
        forged = body.replace('"points":10', '"points":30').replace('"points": 10', '"points": 30')
        assert forged != body
        connection.execute("UPDATE contest_events SET body = ? WHERE contest_id = 1 AND number = ?", (forged, number))
    bad = await office.studyhall("audit", "contest", "1")
    unknown = await office.here("audit", "contest", "99")

    text = "\n".join(good.out)
    assert (good.status, good.err) == (0, [])
    assert good.out[0] == "竞赛 1 正式记录：赛制 buzzer，题库“常识”"
    assert "抢到：红队 安娜，用时 " in text
    assert "判定：正确（已作答），红队 +10 分；" in text
    assert "1. 红队  110" in text
    assert good.out[-1] == "回放结果与公布成绩一致。"
    assert bad.status == 1
    assert len(bad.err) == 1
    assert (unknown.status, len(unknown.err)) == (1, 1)


async def test_backup_and_restore(office: Desk) -> None:
    """A backup comes back as it was, the database before is kept; what is no backup changes nothing."""
    backup = await office.here("backup", "copy.db")
    in_new_folder = await office.here("backup", "copies/monday.db")
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("DELETE FROM contest_events")
    office.write("text.db", "这不是数据库" * 1000)
    over_itself = await office.here("backup", office.database)
    foreign = await office.here("restore", "text.db")
    missing = await office.here("restore", "missing.db")
    untouched = office.rows("SELECT count(*) FROM contest_events")
    restored = await office.here("restore", "copy.db")

    assert (in_new_folder.status, (office.folder / "copies/monday.db").exists()) == (0, True)
    assert (backup.status, backup.out[0].startswith("已备份到 copy.db（")) == (0, True)
    assert [(done.status, len(done.err)) for done in (over_itself, foreign, missing)] == [(1, 1)] * 3
    assert "不是 Studyhall 的数据库" in foreign.err[0]
    assert missing.err == ["找不到文件 missing.db。"]
    assert untouched == [(0,)]
    assert restored.status == 0
    assert office.rows("SELECT count(*) FROM contest_events") > [(0,)]
    with closing(sqlite3.connect(kept_as(restored))) as old:
        assert old.execute("SELECT count(*) FROM contest_events").fetchone() == (0,)


async def test_a_damaged_database_can_be_restored_over(office: Desk) -> None:
    """That is what backups are for; what is left of the damaged one is kept byte by byte."""
    await office.here("backup", "copy.db")
    damaged = b"SQLite format 3\x00" + b"\xff" * 5000
    office.database.write_bytes(damaged)

    refused = await office.here("export", "attendance")
    restored = await office.here("restore", "copy.db")
    export = await office.here("export", "attendance")

    assert (refused.status, len(refused.err)) == (1, 1)
    assert (restored.status, restored.err) == (0, [])
    assert kept_as(restored).read_bytes() == damaged
    assert export.status == 0

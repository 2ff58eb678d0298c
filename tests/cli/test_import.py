"""``studyhall import``: every bad row is named, the good ones are taken in, nothing is half done in silence."""

from tests.cli.desk import Desk

ROSTER = """姓名,单位,编号,角色
安娜,示范区/第一支部,A1,成员
伯特,示范区/第一支部,A2,成员
卡尔,示范区/第二支部,A2,成员
,示范区/第二支部,A4,成员
朵拉,示范区/第二支部,A5,评委
"""
BANK = """1. 一加一等于几？
A. 二
B. 三
答案：A

2. 没有答案的题
A. 甲
B. 乙

3. 二加二等于几？
A. 三
B. 四
答案：B
"""


async def test_roster_with_duplicate_codes_waits_for_a_yes(desk: Desk) -> None:
    """The bad rows are listed with their lines; no answer and a no change nothing, y and --yes take in the rest."""
    desk.write("roster.csv", ROSTER)

    nobody = await desk.studyhall("import", "roster", "roster.csv")
    after_nobody = desk.rows("SELECT count(*) FROM people")
    no = await desk.here("import", "roster", "roster.csv", stdin="n\n")
    after_no = desk.rows("SELECT count(*) FROM people")
    yes = await desk.studyhall("import", "roster", "roster.csv", stdin="y\n")
    after_yes = desk.rows("SELECT name, code FROM people ORDER BY code")
    again = await desk.here("import", "roster", "roster.csv", "--yes")

    lines = [line for line in nobody.err if line.startswith("第 ")]
    assert [line.split("：")[0].split(" ")[1] for line in lines] == ["3", "4", "5"]
    assert all("A2" in line for line in lines[:2])
    assert any("有 3 行有误，将不予导入。是否导入其余 2 行？" in line for line in nobody.err)
    assert nobody.err[-1] == "没有导入任何内容。"
    assert (nobody.status, no.status, yes.status, again.status) == (1, 1, 0, 0)
    assert after_nobody == after_no == [(0,)]
    assert yes.out == ["名册：新增 2 人，更新 0 人，0 人无变化；名册中另有 0 人不在此文件内。"]
    assert after_yes == [("安娜", "A1"), ("朵拉", "A5")]
    assert again.out == ["名册：新增 0 人，更新 0 人，2 人无变化；名册中另有 0 人不在此文件内。"]
    assert [line for line in again.err if line.startswith("第 ")] == lines


async def test_bank_that_is_partly_bad(desk: Desk) -> None:
    """The bad question is named with its line, the others are there, under the file's name or the one that was given."""
    desk.write("常识.txt", BANK)
    desk.write("gb.txt", BANK.encode("gb18030"))

    partly = await desk.here("import", "bank", "常识.txt")
    renamed = await desk.here("import", "bank", "gb.txt", "--name", "国标")

    for done, name in ((partly, "常识"), (renamed, "国标")):
        assert done.status == 0
        assert done.out == [f"题库“{name}”：新增 2 道，更新 0 道。"]
        assert done.err[0] == "有 1 处有误，未予导入（已导入 2 道）："
        assert done.err[1:] == ["第 2 题（第 6 行）：没有答案"]
    assert desk.rows("SELECT name FROM banks ORDER BY id") == [("常识",), ("国标",)]


async def test_files_that_cannot_be_taken_in(desk: Desk) -> None:
    """Broken, empty, of another kind, missing, without its columns: one clear line and nothing changed."""
    desk.write("broken.xlsx", b"PK\x03\x04" + b"\x00" * 100)
    desk.write("empty.csv", b"")
    desk.write("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    desk.write("prose.txt", "今天天气很好，适合学习。\n")
    desk.write("columns.csv", "甲,乙\n1,2\n")
    desk.write("bad.csv", "姓名,单位,编号\n,,\n安娜,,A1\n")

    ends = [
        await desk.here("import", *words)
        for words in (
            ("bank", "broken.xlsx"),
            ("bank", "empty.csv"),
            ("bank", "picture.txt"),
            ("bank", "prose.txt"),
            ("bank", "missing.txt"),
            ("roster", "columns.csv"),
            ("materials", "empty.csv"),
        )
    ]
    only_bad = await desk.here("import", "roster", "bad.csv", "--yes")

    assert [(done.status, done.out, len(done.err)) for done in ends] == [(1, [], 1)] * 7
    assert ends[0].err[0].startswith("broken.xlsx: ")
    assert ends[1].err == ["empty.csv: 文件是空的。"]
    assert ends[4].err[0].startswith("无法读取 missing.txt：")
    assert only_bad.status == 1
    assert only_bad.err[-1] == "bad.csv：没有一行可以导入。"
    assert desk.rows("SELECT (SELECT count(*) FROM banks) + (SELECT count(*) FROM people)") == [(0,)]


async def test_names_with_markup_are_shown_as_they_are(desk: Desk) -> None:
    """Names in brackets are no markup of the terminal's."""
    desk.write("[red]题库.txt", BANK)

    done = await desk.here("import", "bank", "[red]题库.txt")

    assert done.out == ["题库“[red]题库”：新增 2 道，更新 0 道。"]


async def test_syllabus_is_taken_in_and_again(desk: Desk) -> None:
    """Bad rows wait for a yes; the same file again changes nothing, a newer one only what differs."""
    desk.write("plan.csv", "日期,时间,题目,地点\n2026-12-04,15:00,甲,礼堂\n2026-12-11,15:00,乙,礼堂\n2026-12-18,,丙,\n")

    nobody = await desk.here("import", "syllabus", "plan.csv")
    first = await desk.here("import", "syllabus", "plan.csv", "--yes")
    again = await desk.here("import", "syllabus", "plan.csv", "--yes")
    desk.write("plan.csv", "日期,时间,题目,地点\n2026-12-04,16:00,甲,三楼\n2026-12-11,15:00,乙,礼堂\n")
    newer = await desk.here("import", "syllabus", "plan.csv")

    assert "第 4 行：缺少时间，该系列也没有固定时间" in nobody.err
    assert (nobody.status, first.status, again.status, newer.status) == (1, 0, 0, 0)
    assert first.out == ["学习计划：新增 2 场，变更 0 场，0 场无变化。"]
    assert again.out == ["学习计划：新增 0 场，变更 0 场，2 场无变化。"]
    assert newer.out == ["学习计划：新增 0 场，变更 1 场，1 场无变化。"]
    assert desk.rows("SELECT title, place FROM sessions ORDER BY id") == [("甲", "三楼"), ("乙", "礼堂")]

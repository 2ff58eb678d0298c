"""Tables of materials: mistakes with their lines, questions, pictures, and taking in twice."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import bot
from bot.commands.importing import Imported, take_in
from handlers.present.materials import mistake_lines, query_of
from handlers.texts import texts
from quizzes.bank.items import Kind
from quizzes.files import FileError
from quizzes.tables import write_csv
from study.material_import import ITEM, MaterialPlan, read_materials, read_question
from tests.dialogues.material_table import COLUMNS, PICTURE, THREE, library
from tests.hall import Hall

DEMO = Path(bot.__file__).parent / "demo_data"
ZH = texts("zh-CN", ZoneInfo("Asia/Shanghai"))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def plan_of(*rows: tuple[str, ...], **files: bytes) -> MaterialPlan:
    """Read rows of a table."""
    return read_materials(write_csv(COLUMNS, rows), "materials.csv", files.get)


def test_demo_has_no_mistakes() -> None:
    """A week of materials, six with a question, one with a picture."""
    plan = read_materials(
        (DEMO / "materials.csv").read_bytes(), "materials.csv", lambda name: PICTURE if name == "desk.png" else None
    )

    assert plan.mistakes == ()
    assert len(plan.good) == 7
    assert sum(row.draft.question is not None for row in plan.good) == 6
    assert [row.picture is not None for row in plan.good].count(True) == 1


def test_every_mistake_has_its_line_and_the_good_ones_stay() -> None:
    """No title, no text, a repeated title, a bad link, a missing picture, a question without a right answer."""
    nothing = ("",) * 7
    plan = plan_of(
        THREE[0],
        ("系列", "", "", "正文", "", "", "", *nothing[1:]),
        ("系列", "", "空的", "", "", "", "", *nothing[1:]),
        THREE[0],
        ("系列", "", "坏链接", "正文", "javascript:x", "", "", *nothing[1:]),
        ("系列", "", "缺图", "正文", "", "../a.png", "", *nothing[1:]),
        ("系列", "", "坏题", "正文", "", "", "", "问？", "甲", "乙", "", "C", ""),
        ("系列", "", "填空", "正文", "", "", "", "首都是____。", "", "", "", "北京", ""),
        ("系列", "", "只有答案", "正文", "", "", "", "", "甲", "乙", "", "A", ""),
    )

    assert [row.draft.title for row in plan.good] == ["第一篇"]
    assert mistake_lines(plan, ZH) == [
        "第 3 行：没有标题",
        "第 4 行：没有内容：正文、链接、图片均为空",
        "第 5 行：与第 2 行的系列和标题重复",
        "第 6 行：链接不是有效的网址：javascript:x",
        "第 7 行：找不到图片 ../a.png，请将图片与表格放在同一文件夹",
        "第 8 行：答案为 C，但没有这个选项",
        "第 9 行：随材料附的题目只能是选择题或判断题",
        "第 10 行：没有题干",
    ]


def test_table_without_titles_is_refused_as_a_whole() -> None:
    """A table that is something else names what is missing."""
    with pytest.raises(FileError) as caught:
        read_materials("姓名,单位\n张三,一支部\n".encode(), "x.csv", lambda _: None)

    assert caught.value.code == "file.missing_columns"


@pytest.mark.parametrize(
    ("text", "kind", "answers"),
    [
        ("一加一？ A. 一 B. 二 答案：B 解析：数一数", Kind.SINGLE, (1,)),
        ("哪些是颜色？\nA. 红\nB. 绿\nC. 长\n答案：AB", Kind.SEVERAL, (0, 1)),
        ("地球是圆的。 答案：对", Kind.TRUE_FALSE, (0,)),
    ],
)
def test_question_as_organisers_write_it(text: str, kind: Kind, answers: tuple[int, ...]) -> None:
    """On one line or on several."""
    question, faults = read_question(text)

    assert faults == []
    assert question is not None
    item = ITEM.validate_json(question)
    assert (item.kind, item.answers) == (kind, answers)


@pytest.mark.parametrize(
    "text", ["", "没有答案", "首都是____。 答案：北京", "一？ A. 一 B. 二 答案：A\n\n二？ A. 一 B. 二 答案：B"]
)
def test_question_that_cannot_be_asked_here(text: str) -> None:
    """Nothing, no answer, one to be typed, two at once."""
    question, faults = read_question(text)

    assert question is None
    assert faults


def test_query_fits_a_button() -> None:
    """The words searched for are cut between characters, without the sign that parts fields."""
    assert query_of("a:b  c") == "a b c"
    assert len(query_of("字" * 60).encode()) <= 45


async def imported(hall: Hall, folder: Path, *rows: tuple[str, ...]) -> Imported:
    """Import a table that lies in a folder."""
    assert hall.app is not None
    content = write_csv(COLUMNS, rows)
    return await take_in(hall.app.house, "materials", content, "m.csv", name=None, confirmed=True, t=ZH, folder=folder)


async def test_second_import_brings_up_to_date_and_keeps_the_place(hall: Hall, tmp_path: Path) -> None:
    """The same rows change nothing; a changed one is renewed where it is; bad rows are named, the others taken."""
    first = await imported(hall, tmp_path, *THREE)
    again = await imported(hall, tmp_path, *THREE)
    changed = (*THREE[0][:3], "新的正文", *THREE[0][4:])
    third = await imported(hall, tmp_path, THREE[2], changed, ("", "", "没有内容", *("",) * 10))

    assert first.lines == ["学习材料：新增 3 篇，更新 0 篇，未变 0 篇。"]
    assert again.lines == ["学习材料：新增 0 篇，更新 0 篇，未变 3 篇。"]
    assert third.lines == ["学习材料：新增 0 篇，更新 1 篇，未变 1 篇。另有 1 行未导入。"]
    assert third.problems == ["第 4 行：没有内容：正文、链接、图片均为空"]
    listed = await hall.read(lambda tx: [(one.title, one.text) for one in tx.materials.all()])
    assert [title for title, _ in listed] == ["第一篇", "第二篇", "第三篇"]
    assert listed[0][1] == "新的正文"


async def test_import_brings_a_removed_material_back(hall: Hall) -> None:
    """What was taken off the list and is imported again is in the list again."""
    await library(hall)
    await hall.write(lambda tx: tx.materials.retire(1, now=NOW))
    await library(hall)

    assert [one.title for one in await hall.read(lambda tx: tx.materials.all())] == ["第一篇", "第二篇", "第三篇"]


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/hostname", "link.png", "nul\0.png", ".", "sub/../../secret.png"]
)
async def test_pictures_come_from_the_folder_of_the_table_only(hall: Hall, tmp_path: Path, name: str) -> None:
    """No way leads out of it: not upwards, not by an absolute path, not by a link."""
    folder = tmp_path / "table"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PICTURE)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    done = await imported(hall, folder, ("系列", "", "图", "正文", "", name, *("",) * 7))

    assert done.refused is not None
    assert done.lines == []
    assert len(done.problems) == 1


async def test_picture_beside_the_table_is_kept(hall: Hall, tmp_path: Path) -> None:
    """Also one in a folder below; its bytes are stored once."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(PICTURE)

    done = await imported(hall, tmp_path, ("系列", "", "图", "", "", "pictures/a.png", *("",) * 7))

    assert done.problems == []
    assert hall.app is not None
    assert await hall.app.house.materials.load("material:1") == PICTURE

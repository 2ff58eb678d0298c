"""The points card, ranks, points by hand, disputes, one's own data: as members and organisers meet them (H1, H5)."""

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from storage import Tx
from storage.people import Role
from study.programme import Programme
from study.programme.reading import folder_of, read_programme
from tests.dialogues.match import gather
from tests.dialogues.test_checkins import UNIT
from tests.dialogues.test_exams import published
from tests.dialogues.test_exports import fetched
from tests.dialogues.test_reflections import hand_in
from tests.dialogues.unhurried import Unhurried
from tests.hall import Actor, Hall, HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}


async def starter(hall: Hall, visible: str = "private") -> Programme:
    """Put the starter in force, with ranks that are as visible as a test wants."""
    programme = read_programme(folder_of("starter"))
    header = programme.header.model_copy(
        update={"ranks": programme.header.ranks.model_copy(update={"visible": visible})}
    )
    programme = programme.model_copy(update={"header": header})
    assert hall.app is not None
    await hall.app.house.programmes.apply(programme, now=hall.clock.now())
    return programme


async def enrol(hall: Hall, name: str, **more: Any) -> Unhurried:
    """Somebody of the first branch who gives the bot time to answer."""
    return Unhurried(hall, await hall.enrol(name, UNIT, **more))


async def award(boss: Actor, name: str, points: str, reason: str) -> None:
    """Give points by hand and confirm them."""
    await boss.says(f"/award {name} {points} {reason}")
    await boss.presses("确认记入")


async def test_h1_check_in_its_correction_and_a_dispute_stand_on_the_card(hall: Hall) -> None:
    """H1: booked once, corrected with the register, disputed by button, upheld by an entry of its own, told to both."""
    await starter(hall)
    anna, boss = await enrol(hall, "安娜"), await enrol(hall, "周组", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)
    await anna.presses("签到", group)
    await anna.says("/card")
    first = await anna.last()
    await boss.says("/mark 安娜 迟到 记录有误")
    await boss.says("/mark 安娜 正常 更正")
    await award(boss, "安娜", "+4", "协助布置会场")

    await anna.says("/card")
    booked = await anna.last()
    await anna.presses("？有异议")
    await anna.presses("#4")
    asked = await anna.reads()
    await anna.says("会场是伯特布置的")
    kept = await anna.reads()
    claim = await boss.last()
    await boss.presses("支持")
    await boss.says("核实属实，误记")
    ruled = await boss.reads()
    again = await boss.presses(data="dispute:yes:4", message=claim)
    await anna.says("/card")
    after = await anna.reads()

    assert "2026 年度 <b>1</b> 分" not in first.text
    assert "2026 年度 1 分，其中本月 1 分；累计 1 分。" in first.text
    assert "#1 +1 按时签到 · 11月23日 星期一\n    每日签到" in first.text
    assert "2026 年度 5 分" in booked.text
    assert "#2 −1 按时签到" in booked.text
    assert "#4 +4 人工录入 · 11月23日 星期一\n    理由：协助布置会场 · 经办：周组" in booked.text
    assert asked.endswith("这条记录有什么问题？请写一条消息说明。")
    assert kept == "您对 #4 的异议已提交，处理结果会通知您。"
    assert claim.text.endswith("会场是伯特布置的")
    assert ruled == "已通知 安娜：#4 已由 #5 撤销。"
    assert again == "这条异议已经处理过了。"
    assert "周组 已处理您的异议：#4 已由 #5 撤销。理由：核实属实，误记" in [m.text for m in await anna.messages()]
    assert "2026 年度 1 分" in after
    assert "#5 −4 人工录入 · 11月23日 星期一\n    撤销 #4 · 理由：核实属实，误记" in after
    assert "异议成立：核实属实，误记" in after
    assert await hall.read(lambda tx: tx.ledger.unequal()) == []


async def test_h1_points_by_hand_need_the_right_person_a_reason_and_one_confirmation(hall_with: HallMaker) -> None:
    """H1: not to oneself, not to another unit's, not without a reason; booked once however often it is pressed."""
    hall = await hall_with(**QUIET)
    await starter(hall)
    anna, boss = await enrol(hall, "安娜"), await enrol(hall, "周组", role=Role.ORGANISER)
    await hall.enrol("远方", "示范区/第二支部")
    said = []
    for words in ("安娜", "安娜 +3", "安娜 0 无", "安娜 2000 很好", "周组 +3 自己", "远方 +3 很好", "没有 +3 很好"):
        await boss.says(f"/award {words}")
        said.append(await boss.reads())
    await anna.says("/award 安娜 +3 很好")
    said.append(await anna.reads())

    await boss.says("/award 安娜 ＋3 讲课认真")
    preview = await boss.last()
    await boss.presses("确认记入", message=preview)
    twice = await boss.presses(data="award:ok:1", message=preview)
    await boss.says("/reverse 1 记错了人")
    reversed_ = await boss.reads()
    await boss.says("/reverse 1 再来一次")
    said.append(await boss.reads())
    await boss.says("/reverse 2 撤销撤销")
    said.append(await boss.reads())
    await anna.says("/dispute 1 不对")
    said.append(await anna.reads())

    assert said == [
        "格式不完整，请这样写：/award 姓名 +2 理由，或 /award 姓名 -2 理由",
        "请写明理由，理由会显示在积分卡上。",
        "0 分等于没有变动。请写明分数，如 +2 或 -2。",
        "手工加减分一次最多 1000 分。",
        "不能处理自己的积分，请交由其他组织者处理。",
        "您所管的单位中没有“远方”。",
        "您所管的单位中没有“没有”。",
        "您没有权限在这里执行此操作，请联系本单位的组织者。",
        "#1 已经撤销过了。",
        "#2 本身是撤销记录，不能再撤销或提出异议。",
        "#1 已经撤销过了。",
    ]
    assert preview.text.startswith("安娜（第一支部） +3 分\n理由：讲课认真")
    assert twice == "这个按钮已失效。"
    assert reversed_ == "已撤销 安娜 的 #1，撤销记录为 #2（−3 分）。理由：记错了人"
    assert "周组 为您记入 +3 分（#1）。理由：讲课认真" in [m.text for m in await anna.messages()]
    assert await hall.read(lambda tx: (tx.ledger.total(1, "all"), tx.ledger.count(1))) == (0, 2)


async def test_h1_ranks_are_private_unless_the_programme_says_otherwise(hall_with: HallMaker) -> None:
    """H1: one's own place always; the list for organisers of the unit, for all if visible; ties share a place."""
    hall = await hall_with(**QUIET)
    await starter(hall)
    anna, bert = await enrol(hall, "安娜"), await enrol(hall, "伯特")
    boss = await enrol(hall, "周组", role=Role.ORGANISER)
    await hall.enrol("远方", "示范区/第二支部")
    chief = Unhurried(hall, await hall.admin())
    for name, points in (("安娜", "+4"), ("伯特", "+4"), ("远方", "+9")):
        await award(chief, name, points, "测试")

    await anna.says("/rank")
    own = await anna.last()
    await anna.presses("全体")
    all_private = await anna.reads()
    forged = await anna.presses(data="rank:year:nobody:0")
    await boss.says("/rank")
    of_unit = await boss.reads()
    await starter(hall, "everyone")
    await bert.says("/rank")
    await bert.presses("全体")
    await bert.presses("本月")
    visible = await bert.reads()

    assert own.text == (
        "积分排名 · 本年度 · 第一支部\n您：4 分，第 1 名（有积分的共 2 人）。\n排名不公开，每人只看到自己的名次。"
    )
    assert "您：4 分，第 2 名（有积分的共 3 人）。" in all_private
    assert "伯特" not in all_private
    assert forged == "这个按钮无效。"
    assert of_unit.startswith("积分排名 · 本年度 · 第一支部\n您在此期间还没有积分；已有积分的有 2 人。\n\n1. ")
    assert "1. 伯特 · 4\n1. 安娜 · 4" in of_unit
    assert "远方" not in of_unit
    assert visible.startswith("积分排名 · 本月 · 全体")
    assert "1. 远方 · 第二支部 · 9\n2. 伯特 · 第一支部 · 4\n2. 安娜 · 第一支部 · 4" in visible


async def test_h5_contest_counts_on_the_card_and_again_after_a_restart(hall_with: HallMaker) -> None:
    """H5: what a contest ends with is booked for each player on the roster, once, also when its end is told again."""
    hall = await hall_with(**QUIET)
    await starter(hall)
    match = await gather(hall)

    await match.begins()
    for _ in range(2):
        await match.anna.presses("抢答", match.group)
        await match.anna.presses(await match.letter(right=True), match.group)
        await hall.advance(seconds=5)
    await hall.advance(minutes=30)
    await match.anna.says("/card")
    card = await match.anna.reads()
    await hall.stop_bot()
    await hall.start_bot()

    await match.anna.says("/card")

    assert "• 竞赛第一名：+5" in card
    assert "• 竞赛答对题目：+2（今天 2/10）" in card
    assert await match.anna.reads() == card


async def test_points_that_are_switched_off_book_and_show_nothing(hall_with: HallMaker) -> None:
    """``[points] enabled = false``: no entry, no card, no command in the help; without a programme it is the same."""
    hall = await hall_with(points={"enabled": False}, materials={"enabled": False})
    await starter(hall)
    anna = await enrol(hall, "安娜")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)
    await anna.says("/card")
    card = await anna.reads()
    await anna.says("/help")

    assert card == "本单位的学习计划没有启用这项功能。"
    assert "/rank" not in await anna.reads()
    assert await hall.read(lambda tx: tx.ledger.count(1)) == 0


async def test_h1_everything_about_a_member_is_handed_over_and_removed_but_figures_stay(hall: Hall) -> None:
    """H1: the file names every table with a row of theirs; after an admin's yes nothing has the name, sums are the same."""
    await starter(hall)
    anna, chief = await enrol(hall, "安娜独名", level="科级"), Unhurried(hall, await hall.admin())
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)
    await anna.says("/leave 11月24日 家中有事")
    await award(chief, "安娜独名", "+4", "安娜独名讲课认真")
    await anna.says("/mydata")
    await anna.presses("发给我全部数据")
    _, content = await fetched(hall, anna)
    await anna.says("/mydata")
    await anna.presses("申请删除")
    await anna.presses("确认申请删除")
    pending = await anna.reads()
    request = await chief.last()
    before = await hall.read(_figures)

    await chief.presses("删除数据", message=request)
    twice = await chief.presses(data="removal:yes:1", message=request)
    await anna.says("/card")

    files = zipfile.ZipFile(io.BytesIO(content))
    data = json.loads(files.read("data.json"))
    assert {"people", "users", "checkins", "checkin_entries", "leaves", "ledger", "ledger_totals"} <= data.keys()
    assert data["leaves"][0]["reason"] == "家中有事"
    assert "名册" in load_workbook(io.BytesIO(files.read("data.xlsx"))).sheetnames
    assert "您的删除申请正等待管理员处理。" in pending
    assert twice == "这个按钮已失效。"
    assert await hall.read(_figures) == before
    assert "名册" in await anna.reads()
    assert await hall.read(lambda tx: tx.people.person(1).name) == "#1"  # type: ignore[union-attr]
    assert await hall.read(_places_of("安娜独名")) == []
    assert await hall.read(_places_of("家中有事")) == []


def _figures(tx: Tx) -> tuple[object, ...]:
    return (
        tx.ledger.total(1, "all"),
        [(line.status, line.at) for line in tx.checkins.period(date.min, date.max)],
        tx.ledger.unequal(),
    )


def _places_of(words: str):  # type: ignore[no-untyped-def]
    """Where words still stand: every table and column but what waits to be dealt with or was said to others."""

    def look(tx: Tx) -> list[str]:
        tables = [row["name"] for row in tx.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = []
        for table in tables:
            if table in ("inbox", "outbox"):  # kept for days only; what was said to others is theirs
                continue
            for row in tx.connection.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608 - the schema's own names
                found += [f"{table}.{name}" for name, value in row.items() if isinstance(value, str) and words in value]
        return found

    return look


async def test_p6_an_exam_and_a_good_reflection_count_once_and_not_before_their_result(hall_with: HallMaker) -> None:
    """P6, H5: nothing of a paper is on the card before the close; a reflection picked twice is booked once."""
    monday = {"days": ("monday",), "at": "07:05", "due_days": 1, "least": 20, "prompt": ""}
    hall = await hall_with(**QUIET, reflections=monday)
    await starter(hall)
    organiser, anna, _ = await published(hall, "成绩 截止后公布", "截止 11-23 12:00")
    await anna.begins()
    await anna.goes_through(right=5)
    await anna.hands_in()
    await anna.says("/card")
    before = await anna.screen()
    await hand_in(anna)
    await organiser.says("/reflections")
    await organiser.presses("#1")
    await organiser.presses("查看")
    sheet = await organiser.last()
    good = next(button.data for row in sheet.buttons for button in row if button.text == "优秀")
    await organiser.presses("优秀")
    await organiser.presses(data=good, message=sheet)
    await hall.until(datetime(2026, 11, 23, 12, 0, 1))
    await hall.advance(seconds=10)

    await anna.says("/card")
    after = await anna.screen()

    assert "还没有积分记录。" in before.text
    for line in ("心得审核通过：+3", "心得被评为优秀：+5（本月 5/10）", "考试及格：+5", "考试满分：+3"):
        assert f"• {line}" in after.text
    assert "2026 年度 16 分" in after.text
    assert "考试“季度测试”满分" in after.text

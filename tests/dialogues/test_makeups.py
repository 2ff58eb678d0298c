"""P3, make-up lessons: an absence is made up for by material, test and signature, and stays 补; warnings; the register."""

import io
from datetime import timedelta

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from quizzes.bank.items import Item, Kind
from storage.people import Role
from study.ledger import Happening
from study.makeups import owed
from study.programme.points import PointRule, Points
from study.programme.rollcall import MakeUpRules, RollCalls, Threshold
from study.programme.whole import Programme
from study.programme.words import Title
from tests.dialogues.test_rollcall import FRIDAY, QUIET, UNIT, lines
from tests.hall import Actor, Hall, HallMaker


async def prepared(hall_with: HallMaker) -> Hall:
    """A hall whose programme asks for make-ups with a test of one question, and gives points."""
    hall = await hall_with(**QUIET, start=FRIDAY - timedelta(hours=1))
    points = Points(
        rules=tuple(
            PointRule(key=key, title=Title({"en": key}), on=f"session.{key}", points=worth)
            for key, worth in (("present", 5), ("make_up", 2), ("absent", -1))
        )
    )
    rules = RollCalls(
        warnings=(
            Threshold(key="row", absent_in_a_row=2, period="quarter"),
            Threshold(key="rate", rate_below=80, least=2, period="quarter"),
        ),
        make_up=MakeUpRules(days=1, bank="讲坛", questions=1, pass_percent=100),
    )
    assert hall.app is not None
    house = hall.app.house
    await house.programmes.apply(Programme(name="p", points=points, rollcall=rules), now=hall.clock.now())
    question = Item(kind=Kind.TRUE_FALSE, text="补课计为“补”", answers=(0,))
    await house.banks.take_in("讲坛", [question], now=hall.clock.now())
    return hall


async def held(hall: Hall, boss: Actor, title: str, *came: Actor) -> None:
    """A session whose roll is called, with those who come, and closed."""
    await boss.says(f"/rollcall {title}")
    number = await hall.read(lambda tx: tx.attendance.open_ones()[0].id)
    for actor in came:
        await actor.says("/lang")
        await hall.advance(2)
        await actor.presses(data=f"rc:{number}")
    await hall.advance(minutes=31)


async def test_p3_absence_is_made_up_for_and_stays_a_make_up(hall_with: HallMaker) -> None:
    """P3: material, a failed and a passed test, sent back, signed off once by two organisers: 补, with its points."""
    hall = await prepared(hall_with)
    anna = await hall.enrol("Anna")
    boss, second = await hall.enrol("Boss", role=Role.ORGANISER), await hall.enrol("Second", role=Role.ORGANISER)
    await held(hall, boss, "招商引资专题", boss, second)
    told = await anna.last()
    due = await hall.read(lambda tx: [(one.kind, one.title) for one in owed(tx, hall.clock.now())])

    async def press(actor: Actor, *labels: str) -> None:
        for label in labels:
            await actor.presses(label)
            await hall.advance(3)

    await press(anna, "去补课", "我已学完", "开始测试", "B. 错误")
    failed = await anna.reads()
    await press(anna, "重新测试", "A. 正确")
    passed = await anna.reads()
    await press(boss, "退回")
    await boss.says("请补写要点")
    await hall.advance(3)
    sent_back = await anna.reads()
    await press(anna, "去补课", "我已学完", "开始测试", "A. 正确")
    before = await lines(hall)
    await press(second, "审核通过")
    late = await boss.presses(data="mks:1:yes:1:3") if (await boss.last()).labels else None
    await boss.says("/lang")
    await hall.advance(3)
    forged = await boss.presses(data="mks:yes:1:3")
    after = await lines(hall)
    sums = await hall.read(lambda tx: tx.ledger.sum_of(1, FRIDAY.date(), FRIDAY.date() + timedelta(days=1)))
    booked = await hall.read(lambda tx: [one.happening for one in tx.ledger.on(1, "session:1")])

    assert told.text.startswith("您缺席了下面这次学习，请在 11月28日 23:59 前补课：\n招商引资专题")
    assert due == [("make_up", "招商引资专题")]
    assert "答对 0/1 题，0%\n未达到 100% 的合格线" in failed
    assert "测试合格，已提交组织者审核" in passed
    assert "被 Boss 退回：请补写要点" in sent_back
    assert before["Anna"] == "absent"
    assert late is None
    assert forged == "这次补课已经处理完毕。"
    assert after["Anna"] == "make_up"
    assert await anna.reads() == "您对“招商引资专题”的补课已由 Second 审核通过，考勤记为“补”。"
    assert sums == 2
    assert booked[-1] == str(Happening("session.make_up"))


async def test_p3_overdue_make_ups_warnings_and_corrections(hall_with: HallMaker) -> None:
    """P2, P3: a second absence warns once a threshold; a correction drops the make-up; the deadline refuses, more time helps."""
    hall = await prepared(hall_with)
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    for title in ("第一讲", "第二讲", "第三讲"):
        await held(hall, boss, title, boss)
    warnings = [one.text for one in await anna.messages() if one.text.startswith("⚠️")]
    summary = [one.text for one in await boss.messages() if "考勤预警" in one.text]
    await boss.says("/lang")
    await hall.advance(3)
    await boss.presses(data="rcm:2:1:present:0:0")
    open_ones = await hall.read(lambda tx: len(tx.make_ups.all_in("open")))

    await hall.advance(days=2)
    await anna.says("/start makeup_1")
    await hall.advance(3)
    await anna.says("/lang")
    await hall.advance(3)
    refused = await anna.presses(data="mk:read:1")
    await boss.says("/makeup")
    await hall.advance(3)
    await boss.presses("延长 7 天：Anna，第一讲")
    await hall.advance(3)
    extended = await anna.reads()

    assert warnings == [
        "⚠️ 考勤提醒：您连续缺席 2 次。如不能参加，请提前请假。",
        "⚠️ 考勤提醒：您2026 年第 4 季度应到 2 次，实到 0 次，出勤率 0.0%（请假 0 次不计）。如不能参加，请提前请假。",
    ]
    assert len(summary) == 1
    assert "· Anna（第一支部）连续缺席 2 次" in summary[0]
    assert open_ones == 2
    assert refused == "补课期限已过，请联系组织者延期。"
    assert "已将“第一讲”的补课期限延至" in extended


async def test_p2_register_as_a_workbook(hall_with: HallMaker) -> None:
    """P2: a row a person, a column a session with its marks, the three figures, ready for the printer; own units only."""
    hall = await prepared(hall_with)
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    stranger = await hall.enrol("Stranger", "示范区/第二支部", role=Role.ORGANISER)
    await held(hall, boss, "第一讲", boss, anna)
    await held(hall, boss, "第二讲", boss)

    await boss.says("/register")
    await hall.advance(3)
    await boss.presses("本季度")
    await hall.advance(3)
    file = (await boss.last()).file
    await stranger.says("/lang")
    await hall.advance(3)
    forged = await stranger.presses(data="reg:get:2:year")

    assert file is not None
    assert file.name == "签到表-第一支部-2026-10-01-2026-12-31.xlsx"
    page = openpyxl.load_workbook(io.BytesIO(await hall.town.file(file))).active
    assert isinstance(page, Worksheet)
    cells = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    assert cells[0] == ["示范学习签到表"]
    assert cells[1][0].endswith("2 场次 · 实到 3 人次 · 补课 0 人次 · 名册 2 人")
    assert cells[3][:10] == [1, "Anna", UNIT, "√", "缺", 2, 1, 0, 0, 1]
    assert cells[4][:7] == [2, "Boss", UNIT, "√", "√", 2, 2]
    assert cells[5:8] == [["应到", 2, 2, 4], ["实到", 2, 1, 3], ["出勤率", 1, 0.5, 0.75]]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == (
        "landscape",
        9,
        "$1:$3",
    )
    assert forged == "您没有权限在这里执行此操作，请联系本单位的组织者。"

"""X4 and H3: items that people take on, with milestones; and two-way choice."""

import csv
import io
from datetime import datetime

from storage.people import Role
from study.programme import Programme
from study.programme.claims import Claims, Milestone, Pool, TwoWay
from study.programme.points import PointRule, Points
from study.programme.words import Title
from tests.dialogues.unhurried import Unhurried
from tests.hall import SHANGHAI, Hall, HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
TOP, FIRST, SECOND = "襄阳", "襄阳/老河口", "襄阳/高新区"
STAGES = (
    Milestone(key="plan", title=Title("精准谋划"), days=3, report=Title("实施方案")),
    Milestone(key="sustain", title=Title("长效治理"), days=4),
)


async def apply(hall: Hall, pool: Pool) -> None:
    """Put a programme with one pool in force; a closed item earns five points, a late one two."""
    assert hall.app is not None
    rules = (
        PointRule(key="done", title=Title("办结"), on="item.closed", where={"punctual": "on_time"}, points=5),
        PointRule(key="late", title=Title("逾期办结"), on="item.closed", where={"punctual": "late"}, points=2),
    )
    programme = Programme(name="own", claims=Claims(pools=(pool,)), points=Points(rules=rules))
    await hall.app.house.programmes.apply(programme, now=hall.clock.now())


async def person(hall: Hall, name: str, unit: str, role: Role = Role.MEMBER) -> Unhurried:
    """Somebody who takes their time."""
    return Unhurried(hall, await hall.enrol(name, unit, role=role))


async def points(hall: Hall, name: str) -> int:
    """What somebody's ledger adds up to."""

    def of(tx):  # type: ignore[no-untyped-def]
        who = next(one for one in tx.people.everybody() if one.name == name)
        first, last = datetime(2026, 1, 1).date(), datetime(2027, 12, 31).date()
        return tx.ledger.sum_of(who.id, first, last)

    return int(await hall.read(of))


async def test_x4_an_item_is_claimed_once_reported_returned_closed_and_reopened(hall_with: HallMaker) -> None:
    """Two want it and one gets it; a report goes back and is mended; the end posts points once, reopening takes them back."""
    hall = await hall_with(**QUIET)
    await apply(hall, Pool(key="service", title=Title("民生实事"), milestones=STAGES, most=1, least=1, evidence=False))
    office = await person(hall, "办公室", TOP, Role.ORGANISER)
    anna, bert = await person(hall, "安娜", FIRST), await person(hall, "伯特", SECOND)
    await office.says("/items 城市围挡整治 | 大项：城建 | 措施：逐一排查 | 牵头领导：无此人")
    unknown = await office.reads()
    await office.says("/items 城市围挡整治 | 大项：城建 | 措施：逐一排查")
    await office.says("/items 校园食品安全 | 大项：教育")

    for one in (anna, bert):
        await one.says("/items")
        await one.presses("城市围挡整治")
    won = await anna.presses("认领")
    lost = await bert.presses("认领")
    await anna.says("/items")
    board = await anna.reads()
    await anna.presses("校园食品安全")
    full = await anna.presses("认领")

    await anna.says("/items")
    await anna.presses("📌")
    await anna.presses("上报进展")
    await anna.says("方案第一稿")
    await hall.stop_bot()
    await hall.start_bot()
    await anna.says("附预算")
    draft = await anna.reads()
    await anna.presses("提交汇报")
    told = await office.reads()
    await office.presses("查看事项")
    await office.presses("退回汇报")
    await office.says("缺少量化目标")
    returned = await anna.reads()
    await anna.presses("查看事项")
    await anna.presses("上报进展")
    await anna.says("方案第二稿，整治围挡 32 处")
    await anna.presses("提交汇报")
    await office.says("/items")
    await office.presses("待处理")
    await office.presses("城市围挡整治")
    read = await office.last()
    await office.presses("通过汇报")
    twice = await office.presses(data="item_rule:accept:1:2", message=read)
    next_due = await anna.reads()
    await hall.until(datetime(2026, 12, 1, 8, 0, tzinfo=SHANGHAI))
    await anna.says("/items")
    await anna.presses("📌")
    await anna.presses("上报进展")
    await anna.says("已建立长效机制")
    late = await anna.presses("提交汇报")
    await office.presses("查看事项")
    await office.presses("通过汇报")
    earned = await points(hall, "安娜")
    await office.says("/items")
    await office.presses("认领情况")
    await office.presses("按人员")
    figures = await office.reads()
    await office.says("/export")
    await office.presses("认领事项 CSV")
    message = await office.last()
    assert message.file is not None
    rows = list(csv.DictReader(io.StringIO((await hall.town.file(message.file)).decode("utf-8-sig"))))
    await office.says("/start item_1")
    await office.presses("重新办理")
    await office.says("围挡又出现了")
    reopened = await anna.reads()
    left = await points(hall, "安娜")
    await office.presses("办理记录")
    log = await office.reads()

    assert unknown == "名册上没有“无此人”（或有重名），请改填编号。"
    assert won == "认领成功。"
    assert lost == "安娜（老河口）已先认领了该事项。"
    assert "• 城市围挡整治：精准谋划，11月26日 星期四前完成" in board
    assert full == "每人最多认领 1 项，您已达到上限。"
    assert "方案第一稿\n附预算" in draft
    assert told == "📝 安娜（老河口）提交了《城市围挡整治》的汇报：精准谋划。"
    assert returned.startswith("↩️ 您提交的《城市围挡整治》汇报（精准谋划）被退回：缺少量化目标")
    assert "方案第二稿，整治围挡 32 处" in read.text
    assert twice == "此事已有人处理，请发 /items 查看最新情况。"
    assert next_due == "✅ 您提交的《城市围挡整治》汇报已通过：精准谋划。\n下一节点应于11月30日 星期一前完成。"
    assert late == "已提交（已逾期）。"
    assert earned == 2
    assert "共 2 项，已认领 1 项，已办结 1 项（按期 0 项，逾期 1 项）" in figures
    assert "认领不足 1 项的：2 人" in figures
    assert reopened == "🔁 《城市围挡整治》重新办理：围挡又出现了\n下一节点应于12月5日 星期六前完成。"
    assert left == 0
    assert [(row["事项名称"], row["办理状态"], row["是否逾期"], row["姓名"]) for row in rows] == [
        ("城市围挡整治", "已办结", "是", "安娜"),
        ("校园食品安全", "待认领", "否", ""),
    ]
    assert [
        word for word in ("发布事项", "认领", "退回汇报", "办结", "重新办理：围挡又出现了") if word not in log
    ] == []


async def test_h3_two_way_choice_gives_each_item_to_whom_both_sides_wish(hall_with: HallMaker) -> None:
    """A table of items is put up, a bad row named; two wish for one item, the office prefers the second; a person confirms."""
    hall = await hall_with(**QUIET)
    stage = Milestone(key="do", title=Title("推进"), days=30)
    pool = Pool(key="works", title=Title("重点项目"), milestones=(stage,), two_way=TwoWay(wishes=2), needs=("work",))
    await apply(hall, pool)
    office = await person(hall, "办公室", TOP, Role.ORGANISER)
    anna, bert = await person(hall, "安娜", FIRST), await person(hall, "伯特", SECOND)
    table = "大项,项目名称,责任单位,完成时限\n党建工程,组织生活规范,高新区,2027-06-30\n党建工程,党员教育平台,,\n,无大项,,\n人才工程,乡土人才库,没有的单位,\n"

    await office.says("/items")
    await office.presses("发布事项")
    await office.sends(table.encode("utf-8-sig"), "items.csv")
    taken = await office.reads()
    for one, wanted in ((anna, ("组织生活规范", "党员教育平台")), (bert, ("组织生活规范",))):
        await one.says("/items")
        for title in wanted:
            await one.presses(title)
            await one.presses("填报意向")
    place = await anna.reads()
    await office.says("/start item_1")
    await office.presses("查看意向")
    await office.presses("伯特")
    await office.says("/items")
    await office.presses("双向选择")
    preview = await office.last()
    await anna.says("/start item_2")
    await anna.presses("撤回意向")
    changed = await office.presses("确认分配", message=preview)
    await anna.presses("填报意向")
    await office.says("/items")
    await office.presses("双向选择")
    again = await office.last()
    confirmed = await office.presses("确认分配", message=again)
    twice = await office.presses(data="item_match:2")
    await anna.says("/items")

    assert taken.startswith("✅ 已发布 2 项（1 个大项）。")
    assert "第 4 行：缺少大项" in taken
    assert "第 5 行：责任人“没有的单位”无法识别" in taken
    assert "这是您的第 2 意向。" in place
    assert "• 组织生活规范 → 伯特（高新区），第 1 意向，单位第 1 选择" in preview.text
    assert "• 党员教育平台 → 安娜（老河口），第 2 意向" in preview.text
    assert changed == "预览之后意向或选择有变动，请重新生成；尚未分配任何事项。"
    assert confirmed == "已分配 2 项。"
    assert twice == "此事已有人处理，请发 /items 查看最新情况。"
    assert "• 党员教育平台：推进，12月23日 星期三前完成" in await anna.reads()

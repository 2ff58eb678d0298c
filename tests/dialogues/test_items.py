"""X4 and H3: items that people take on, with milestones; and two-way choice."""

from datetime import datetime

from storage.people import Role
from study.programme import Programme
from study.programme.claims import Claims, Milestone, Pool
from study.programme.points import PointRule, Points
from study.programme.words import Title
from tests.dialogues.unhurried import Unhurried
from tests.hall import SHANGHAI, Hall, HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
TOP, FIRST, SECOND = "襄阳", "襄阳/老河口", "襄阳/高新区"
STAGES = (
    Milestone(key="plan", title=Title("精准谋划"), days=10, report=Title("实施方案")),
    Milestone(key="sustain", title=Title("长效治理"), days=20),
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
    await anna.presses("汇报进展")
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
    await anna.presses("汇报进展")
    await anna.says("方案第二稿，整治围挡 32 处")
    await anna.presses("提交汇报")
    await office.says("/items")
    await office.presses("待处理")
    await office.presses("城市围挡整治")
    read = await office.last()
    await office.presses("通过汇报")
    twice = await office.presses("通过汇报", message=read) if "通过汇报" in read.labels else None
    next_due = await anna.reads()
    await hall.until(datetime(2026, 12, 30, 8, 0, tzinfo=SHANGHAI))
    await anna.says("/items")
    await anna.presses("📌")
    await anna.presses("汇报进展")
    await anna.says("已建立长效机制")
    late = await anna.presses("提交汇报")
    await office.presses("查看事项")
    await office.presses("通过汇报")
    earned = await points(hall, "安娜")
    await office.says("/items")
    await office.presses("认领情况")
    await office.presses("按人员")
    figures = await office.reads()
    await anna.presses("查看事项")
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
    assert "• 城市围挡整治：精准谋划，12月3日 星期四前完成" in board
    assert full == "每人最多认领 1 项，您已达到上限。"
    assert "方案第一稿\n附预算" in draft
    assert told == "📝 安娜（老河口）提交了《城市围挡整治》的汇报：精准谋划。"
    assert returned.startswith("↩️ 您提交的《城市围挡整治》汇报（精准谋划）被退回：缺少量化目标")
    assert "方案第二稿，整治围挡 32 处" in read.text
    assert twice in (None, "此事已有人处理，请发 /items 查看最新情况。")
    assert next_due == "✅ 您提交的《城市围挡整治》汇报已通过：精准谋划。\n下一节点应于12月23日 星期三前完成。"
    assert late == "已提交（已逾期）。"
    assert earned == 2
    assert "共 2 项，已认领 1 项，已办结 1 项（按期 0 项，逾期 1 项）" in figures
    assert "认领不足 1 项的：2 人" in figures
    assert reopened == "🔁 《城市围挡整治》重新办理：围挡又出现了\n下一节点应于2027年1月19日前完成。".replace(
        "2027年1月19日", "1月19日 星期二"
    )
    assert left == 0
    assert [
        word for word in ("提交项目", "认领", "退回汇报", "办结", "重新办理：围挡又出现了") if word not in log
    ] == []

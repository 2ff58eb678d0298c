"""Checklists of self-examination: they come by themselves, ask for a word about every problem, and are looked through."""

from datetime import date, datetime

from storage.people import Role
from study.evaluations import owed
from study.programme.reading import SHIPPED, read_programme
from tests.hall import SHANGHAI, Hall, HallMaker

EVE = datetime(2026, 11, 20, 8, 55, tzinfo=SHANGHAI)


async def test_h6_checklist_comes_every_month_and_problems_are_seen(hall_with: HallMaker) -> None:
    """H6: on the 20th the four checks come; a No needs a remark; the member sees the history, the organiser the overview."""
    hall = await hall_with(checkin={"enabled": False}, materials={"enabled": False}, start=EVE)
    assert hall.app is not None
    await hall.app.house.programmes.apply(read_programme(SHIPPED / "heilongjiang"), now=hall.clock.now())
    boss = await hall.enrol("王书记", "黑龙江省/哈尔滨市", role=Role.ORGANISER, level="组工干部")
    anna = await hall.enrol("安娜", "黑龙江省/哈尔滨市", level="组工干部")
    other = await hall.enrol("远方", "黑龙江省/大庆市", level="组工干部")
    # The hall asks at its start and every hour what comes next; the programme is newer than that.
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(minutes=6)

    asked = await anna.reads()
    await press(hall, anna, "填写")
    for _ in range(4):
        await press(hall, anna, "是")
    await press(hall, anna, "否")
    wanted = await anna.reads()
    await press(hall, anna, "跳过")
    await press(hall, anna, "核对并提交")
    incomplete = await anna.last()
    await press(hall, anna, "补填")
    await anna.says("本月没有下基层，下月补两次。")
    await hall.advance(1)
    for _ in range(3):
        await press(hall, anna, "是")
    await press(hall, anna, "✅ 提交")
    owing = await hall.read(lambda tx: list(owed(tx, hall.clock.now())))
    points = await hall.read(lambda tx: tx.ledger.sum_of(2, date(2026, 11, 20), date(2026, 11, 20)))
    await anna.says("/checklist")
    own = await anna.reads()
    await boss.says("/checklist")
    await press(hall, boss, "本单位自查情况")
    overview = await boss.reads()

    assert "“四查四看”自查清单" in asked
    assert "存在什么问题，准备怎么改" in wanted
    assert "⚠️ 5." in incomplete.text
    assert "✅ 提交" not in incomplete.labels
    assert len(owing) == 2
    assert points == 5
    assert "2026-11" in own
    assert "查摆问题 1 个" in own
    assert "本月没有下基层，下月补两次。" in own
    assert "已提交 1/2 人" in overview
    assert "未交：王书记" in overview
    assert "安娜 · 本月深入基层了解过情况：本月没有下基层，下月补两次。" in overview
    assert "远方" not in overview
    assert other.id != anna.id


async def press(hall: Hall, who: object, label: str) -> None:
    """Press a button; a private chat takes one call a second, so time passes until it shows what came of it."""
    await who.presses(label)  # type: ignore[attr-defined]
    await hall.advance(1)

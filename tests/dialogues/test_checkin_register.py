"""Who is missing, corrections with a reason and their history, the export."""

from datetime import date, datetime

from storage import Tx
from storage.people import Role
from tests.dialogues.test_checkins import UNIT, card, register
from tests.hall import Hall


async def test_missing_in_the_group_and_in_private(hall: Hall) -> None:
    """In a group its own card's people, in private all units that one runs, each with its figures."""
    chief, anna = await hall.enrol("Chief", "示范区", role=Role.ORGANISER), await hall.enrol("Anna")
    bob = await hall.enrol("Bob", "示范区/第二支部")
    first = await hall.unit_group("一支部", UNIT, chief, anna)
    await hall.unit_group("二支部", "示范区/第二支部", bob)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await bob.says("签到")

    await chief.says("/missing", first)
    await chief.says("/missing")

    title = "每日签到 · 11月23日 星期一"
    assert await chief.reads(first) == f"{title}\n\n第一支部\n已签到 0/1 人\n未签到 1 人：Anna"
    assert await chief.reads() == (
        f"{title}\n\n第一支部\n已签到 0/1 人\n未签到 1 人：Anna\n\n第二支部\n已签到 1/1 人\n全部到齐。"
    )


async def test_missing_is_for_organisers_of_the_unit_and_for_days_with_check_in(hall: Hall) -> None:
    """A member, a stranger's group, an unbound group and a Sunday get one sentence each."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    other = await hall.unit_group("二支部", "示范区/第二支部", anna, boss)
    loose = await hall.group("闲聊", boss, anna)

    await anna.says("/missing")
    await boss.says("/missing", other)
    await boss.says("/missing", loose)
    await boss.says("/missing 11-22")

    assert await anna.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert await boss.reads(other) == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert (await boss.reads(loose)).startswith("本群还没有绑定单位")
    assert await boss.reads() == "2026-11-22 这里没有签到。"


async def test_correction_is_kept_with_its_author_and_reason(hall: Hall) -> None:
    """Absent on Monday, corrected on Tuesday: the register, the card, the person and the history all tell."""
    anna, boss = await hall.enrol("Anna Lee"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await hall.until(datetime(2026, 11, 24, 7, 0))

    await boss.says("/mark Anna Lee 昨天 准时 手机没电，<i>现场</i>点名")
    confirmed = await boss.reads()
    await boss.says("/mark anna lee 11-23")
    history = (await boss.reads()).splitlines()

    assert confirmed == "已更正 Anna Lee 11月23日 星期一 的签到：缺勤 → 准时。事由：手机没电，<i>现场</i>点名"
    assert await anna.reads() == ("Boss 更正了您 11月23日 星期一 的签到：缺勤 → 准时。事由：手机没电，<i>现场</i>点名")
    assert history == [
        "Anna Lee · 11月23日 星期一",
        "11月23日 20:00 缺勤（签到截止）",
        "11月24日 07:00 准时（更正 · Boss · 手机没电，<i>现场</i>点名）",
    ]
    assert (await register(hall))[("2026-11-23", "Anna Lee")] == "on_time"
    assert "已签到 1/2 人\n未签到 1 人：Boss" in (await card(anna, group)).text


async def test_corrections_that_cannot_be(hall: Hall) -> None:
    """No reason, nobody of that name, another unit's member, two of one name, a day ahead, absent before joining."""
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    await hall.enrol("Alien", "示范区/第二支部")
    one, _ = await hall.enrol("Twin"), await hall.enrol("Twin")
    await hall.unit_group("一支部", UNIT, boss)
    await hall.until(datetime(2026, 11, 24, 7, 0))
    said = []
    for words in (
        "",
        "Twin 准时",
        "Alien 准时 看见了",
        "Twin 准时 看见了",
        "Boss 11-25 准时 会来",
        "Boss 11-20 缺勤 没来",
        "Boss 11-22 准时 加班",
        f"Boss 准时 {'长' * 501}",
        f"C{one.id} 11-23 迟到 看见了",
    ):
        await boss.says(f"/mark {words}")
        await hall.advance(3)
        said.append(await boss.reads())

    usage = "请这样写：/mark 姓名 [日期] 状态 事由。状态可以是：准时、迟到、请假、公假、缺勤。"
    assert said[:3] == [usage, usage, "您所管的单位中没有“Alien”。"]
    assert said[3].startswith("有多位“Twin”，请改用编号：C")
    assert said[4:8] == [
        "日期还没有到，不能登记。",
        "该同志当天尚未加入，不能记为缺勤。",
        "2026-11-22 这里没有签到。",
        "内容太长：最多 500 字，现有 501 字。",
    ]
    assert said[8] == "已更正 Twin 11月23日 星期一 的签到：缺勤 → 迟到。事由：看见了"


async def test_members_do_not_correct(hall: Hall) -> None:
    """The command is the organisers'."""
    anna = await hall.enrol("Anna")
    await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 11, 23, 8, 0))

    await anna.says("/mark Anna 准时 我在")

    assert await anna.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert await register(hall) == {}


async def test_day_that_was_not_held_can_be_entered_by_hand(hall: Hall) -> None:
    """After the bot's own absence the paper list counts: the streak grows by the day entered."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    await hall.unit_group("一支部", UNIT, anna, boss)
    await hall.stop_bot()
    hall.clock.skip(24 * 3600)
    await hall.start_bot()

    await boss.says("/mark Anna 昨天 到 纸质签到表")
    await hall.until(datetime(2026, 11, 24, 8, 0))
    await anna.says("签到")

    assert (await anna.reads()).endswith("连续签到 2 天。")


async def test_export_has_the_contracts_shape_and_scope(hall: Hall) -> None:
    """Date, event, unit, name, status, at; limited to a period and to units."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob", "示范区/第二支部")
    await hall.unit_group("全区", "示范区", anna, bob)
    for day in (23, 24):
        await hall.until(datetime(2026, 11, day, 8, 0))
        await anna.says("签到")
        await hall.until(datetime(2026, 11, day, 21, 0))
    assert hall.app is not None
    checkins = hall.app.house.checkins

    def first_branch(tx: Tx) -> frozenset[int]:
        return tx.people.within(tx.people.units_called("第一支部")[0].id)

    monday = await checkins.export(last=date(2026, 11, 23))
    branch = await checkins.export(units=await hall.read(first_branch))

    assert monday == (
        {
            "date": "2026-11-23",
            "event": "checkin",
            "unit": "示范区/第一支部",
            "name": "Anna",
            "status": "on_time",
            "at": "2026-11-23T08:00:00+08:00",
        },
        {
            "date": "2026-11-23",
            "event": "checkin",
            "unit": "示范区/第二支部",
            "name": "Bob",
            "status": "absent",
            "at": None,
        },
    )
    assert [(line["date"], line["name"]) for line in branch] == [("2026-11-23", "Anna"), ("2026-11-24", "Anna")]

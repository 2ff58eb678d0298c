"""E4: observers visit and note, a notice goes to the units with a deadline for the reply, and is settled from above."""

from datetime import date

from storage.people import Role
from study.programme import Programme
from study.programme.rounds import Duty, Rounds
from study.programme.words import Title
from tests.dialogues.unhurried import Unhurried
from tests.hall import Actor, HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
TOP, FIRST, SECOND = "示范区", "示范区/第一支部", "示范区/第二支部"


async def test_e4_a_notice_is_replied_to_by_each_unit_and_settled_from_above(hall_with: HallMaker) -> None:
    """Two units get one each; one replies, is returned and replies again; whoever is asked cannot settle it."""
    hall = await hall_with(**QUIET)

    async def organiser(name: str, unit: str) -> Unhurried:
        return Unhurried(hall, await hall.enrol(name, unit, role=Role.ORGANISER))

    office, first, second = await organiser("办公室", TOP), await organiser("甲", FIRST), await organiser("乙", SECOND)
    await office.says("/notice 11-27 18:00 学习记录不全：请补齐十月以来的记录。")
    refused = await office.presses("发送")
    await office.presses("第一支部")
    await office.presses("第二支部")
    preview = await office.reads()
    await office.presses("发送")
    twice = await office.presses("发送") if "发送" in (await office.last()).labels else None
    asked = await first.last()

    await first.presses("回复")
    await first.says("已补齐。")
    await first.presses("提交")
    told = await office.last()
    await office.presses("查看")
    await office.presses("退回")
    await office.says("请附目录")
    await first.presses("回复")
    await first.says("补齐并附目录。")
    await first.presses("提交")
    await office.says("/reviews")
    await office.presses("查看")
    sheet = await office.reads()
    await office.presses("通过")
    await office.says("/notices")

    assert refused == "请至少点按一个要通报的单位。"
    assert "须回复的组织者：2 人。" in preview
    assert twice is None
    assert asked.text.startswith("学习记录不全\n\n请补齐十月以来的记录。")
    assert "回复" in asked.labels
    assert told.text == "第一支部已回复《学习记录不全》（甲）。"
    assert "补齐并附目录。" in sheet
    assert "《学习记录不全》" in (await first.reads()) or "学习记录不全" in (await first.reads())
    listed = await office.reads()
    assert listed.count("学习记录不全") == 2
    assert any("学习记录不全" in message.text for message in await second.messages())


async def test_e4_an_observer_notes_visits_and_the_office_makes_a_notice_of_one(hall_with: HallMaker) -> None:
    """A visit counts as the day's touch-point once; a member may not note one; its finding becomes a notice's text."""
    hall = await hall_with(**QUIET)
    assert hall.app is not None
    duty = Duty(key="touch", title=Title("每日联系"), every="day")
    await hall.app.house.programmes.apply(Programme(name="own", rounds=Rounds(duties=(duty,))), now=hall.clock.now())

    async def person(name: str, unit: str, role: Role) -> Actor:
        return Unhurried(hall, await hall.enrol(name, unit, role=role))

    observer, office = await person("丁", TOP, Role.OBSERVER), await person("办公室", TOP, Role.ORGANISER)
    member, head = await person("戊", FIRST, Role.MEMBER), await person("甲", FIRST, Role.ORGANISER)
    await observer.says("/visit 第一 到会率低")
    unknown = await observer.reads()
    await observer.says("/visit 第一支部 到会率低")
    await observer.presses("每日联系")
    noted = await observer.reads()
    await observer.says("/visit 第一支部 下午又去了一次")
    again = await observer.presses("每日联系")
    await member.says("/visit 第一支部 我也看看")
    refused = await member.reads()
    report = next(message for message in await office.messages() if "到会率低" in message.text)
    await office.presses("转为督导通报", message=report)
    await office.presses("一周后")
    await office.presses("发送")
    notice = await head.reads()
    await observer.says("/visit")

    assert unknown == "您联系的单位中没有“第一”。是不是：示范区/第一支部？"
    assert noted == "✅ 已登记对第一支部的走访。\n\n到会率低\n\n计作：每日联系"
    assert again == "本期已经完成过了。"
    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert notice.startswith("2026年11月23日走访发现的问题\n\n到会率低")
    assert "1 人走访 1 个单位，共 2 次" in await observer.reads()
    visits = await hall.app.database.read(lambda tx: tx.visits.between(date(2026, 11, 23), date(2026, 11, 23)))
    assert [visit.duty for visit in visits] == ["touch", "touch"]

"""Rounds of study, speech and evaluation (学讲评): announced, read, held, evaluated, summed up; observers only look on."""

from datetime import date, datetime, time

from sandbox.people import Group
from storage import Tx
from storage.people import Role
from storage.rounds import RoundState
from study.programme import Programme
from study.programme.forms import Aspect, Form, Forms, Item
from study.programme.points import PointRule, Points
from study.programme.rounds import Duty, Reading, RoundForms, RoundPlan, Rounds
from study.programme.words import Title, Who
from tests.hall import SHANGHAI, Actor, Hall, HallMaker

UNIT = "示范区/第一支部"
START = datetime(2026, 11, 25, 8, 0, tzinfo=SHANGHAI)
"""An hour before the first announcement."""
QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}


def words(text: str) -> Title:
    """The same words in every language."""
    return Title(dict.fromkeys(("zh-CN", "zh-TW", "en"), text))


def form(key: str, title: str) -> Form:
    """A form of one item, named."""
    item = Item(key="score", title=words("总体评价"), min=1, max=5)
    return Form(key=key, title=words(title), aspects=(Aspect(key="all", title=words("评价"), items=(item,)),))


PLAN = RoundPlan(
    key="study_speak",
    title=words("学讲评"),
    days=(16, 30),
    shift="before",
    at=time(15, 0),
    most=4,
    speaking_seconds=180,
    reading=(Reading(title=words("会前学习材料"), url="https://example.org/reading"),),
    musts=tuple(Reading(title=words(f"必学内容{n}")) for n in (1, 2, 3, 4)),
    agenda=(words("集中领学"), words("交流发言"), words("开展评议")),
    forms=RoundForms(self="self_view", peer="peer_view", overall="overall_view"),
)
POINTS = Points(
    rules=tuple(
        PointRule(key=key, title=words(key), on=f"round.{key}", points=points)
        for key, points in (("read", 1), ("attended", 2), ("spoke", 3), ("evaluated", 4))
    )
)
PROGRAMME = Programme(
    name="test",
    rounds=Rounds(
        rounds=(PLAN,),
        duties=(Duty(key="touch_point", title=words("日碰头"), every="day"),),
    ),
    forms=Forms(forms=(form("self_view", "自评"), form("peer_view", "互评"), form("overall_view", "总评"))),
    points=POINTS,
)


async def branch(hall: Hall, people: int, programme: Programme = PROGRAMME) -> tuple[Actor, list[Actor], Group]:
    """A branch with an organiser, so many members and a group, under a programme."""
    boss = await hall.enrol("王组", UNIT, role=Role.ORGANISER)
    members = [await hall.enrol(f"学员{n}", UNIT) for n in range(1, people + 1)]
    group = await hall.unit_group("第一支部", UNIT, boss, *members)
    assert hall.app is not None
    await hall.app.house.programmes.apply(programme, now=hall.clock.now())
    await hall.app.house.round_clock.plan(hall.clock.now())
    return boss, members, group


async def points(hall: Hall) -> dict[str, int]:
    """What everybody has earned."""

    def work(tx: Tx) -> dict[str, int]:
        first, last = date(2026, 1, 1), date(2027, 12, 31)
        return {one.name: tx.ledger.sum_of(one.id, first, last) for one in tx.people.everybody()}

    return await hall.read(work)


async def test_e1_e2_a_round_from_the_announcement_to_the_summary(hall_with: HallMaker) -> None:
    """E1, E2: announced three workdays before, read, reminded in words of one's own, held on one card, evaluated, summed up."""
    hall = await hall_with(**QUIET, start=START)
    boss, (anna, bert, carl), group = await branch(hall, 3)

    await hall.until(datetime(2026, 11, 25, 9, 5))
    announced = (await anna.last(group)).text
    assert "下一轮活动通知" in announced
    assert "学讲评 · 第一支部 · 11月30日 15:00" in announced
    assert "四个必学\n1. 必学内容1\n2. 必学内容2" in announced
    assert "已读 0/4 人" in announced
    assert [await one.presses("已读", group) for one in (anna, anna)] == ["已确认预学完成。", "您已确认过了。"]
    await bert.presses("已读")
    assert "已读 2/4 人" in (await anna.last(group)).text
    await carl.says("/round")
    assert "请完成会前预学" in await carl.reads()

    await boss.says("/round")
    listed = await boss.reads()
    assert "11月30日 15:00 · 已通知\n  预学已读 2/4 人" in listed
    assert "12月16日 15:00 · 未通知" in listed
    await boss.presses("11月30日")
    assert "未读：" in await boss.reads()
    assert "学员3" in (await boss.reads()).split("未读：")[1]
    await boss.presses("修改提醒")
    await boss.says("请带上本季度的工作台账。")
    await boss.says("/round")
    await hall.advance(seconds=2)
    await boss.presses("11月30日")
    await hall.advance(seconds=2)
    await boss.presses("修改预学内容")
    await boss.says("第十二期材料 https://example.org/12\n工作简报")
    await hall.advance(seconds=2)
    assert "会前预学\n1. 第十二期材料\n2. 工作简报" in (await anna.last(group)).text
    await hall.until(datetime(2026, 11, 27, 9, 5))
    assert "请带上本季度的工作台账。" in (await anna.last(group)).text

    await hall.until(datetime(2026, 11, 30, 15, 0))
    card = await boss.last(group)
    assert "发言顺序（每人发言 3 分钟）" in card.text
    order = [line.split(". ")[1].split()[0] for line in card.text.splitlines() if line.startswith("▫️")]
    assert sorted(order) == ["学员1", "学员2", "学员3", "王组"]
    crowd = {one.name: one for one in (boss, anna, bert, carl)}
    assert await anna.presses("我到了", group) == "签到成功。"
    assert await anna.presses("开始发言", group) == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    await boss.presses("我来主持", group)
    await boss.presses("开始发言", group)
    first = (await boss.last(group)).text
    assert f"🎤 1. {order[0]}" in first
    assert f"正在发言：{order[0]}，15:00—15:03" in first
    await hall.advance(minutes=3, seconds=1)
    assert f"发言时间已到：{order[0]}" in (await boss.last(group)).text
    # Two hosts at once, or one finger twice: one step.
    step = next(b.data for row in (await boss.last(group)).buttons for b in row if b.text.startswith("下一位"))
    assert await boss.presses(data=step, chat=group) is None
    assert await boss.presses(data=step, chat=group) == "其他人已先操作，请以卡片上的最新状态为准。"
    # The speech was none after all: taken back, the same person again, then for good.
    await boss.presses("撤回上一步", group)
    assert f"正在发言：{order[0]}，15:03—15:06" in (await boss.last(group)).text
    await boss.presses("下一位", group)
    await boss.presses("稍后发言", group)
    await boss.presses("缺席", group)
    await boss.presses("下一位", group)
    await boss.presses("下一位", group)
    done = await boss.last(group)
    assert "发言环节已完成。" in done.text
    assert f"❌ 3. {order[2]}" in done.text or f"❌ 2. {order[2]}" in done.text
    assert len([m for m in await boss.messages(group) if "发言顺序（" in m.text]) == 1
    await boss.presses("结束会议", group)
    wanted = next(m for m in reversed(await boss.messages()) if "总结讲话" in m.text)
    assert wanted.labels == ["填写总结讲话"]
    await boss.presses("填写总结讲话")
    await boss.says("会后抓好落实。")

    await fill_in(hall, crowd[order[0]])

    await hall.until(datetime(2026, 12, 2, 18, 1))
    summary = await boss.last(group)
    assert "到会 3 人（应到 4 人）" in summary.text
    assert f"缺席：{order[2]}" in summary.text
    assert "发言 3 人次，共 3 人" in summary.text
    assert "会前预学：已读 2/4 人" in summary.text
    assert "王组总结讲话：会后抓好落实。" in summary.text
    assert "自评：1/3 人完成，平均 75.0 分（满分 100 分）" in summary.text
    assert "互评：1/3 人完成，平均 75.0 分" in summary.text
    assert "总评：1/3 人完成，平均 75.0 分（满分 100 分）\n  总体评价 4.00" in summary.text
    figures = await points(hall)
    absent = order[2]
    for name in crowd:
        expected = (1 if name in ("学员1", "学员2") else 0) + (0 if name == absent else 5)
        expected += 4 if name == order[0] else 0
        assert figures[name] == expected, name

    def sessions(tx: Tx) -> tuple[int, int, int]:
        first, last = datetime(2026, 11, 1).astimezone(), datetime(2027, 1, 1).astimezone()
        (attended,) = tx.sessions.attended(first, last)
        (spoken,) = tx.sessions.spoken(first, last)
        return attended.sessions, attended.attendances, spoken.speeches

    assert await hall.read(sessions) == (1, 3, 3)


async def test_e1_a_unit_of_eleven_is_split_and_stays_split(hall_with: HallMaker) -> None:
    """E1: more than the most are two groups, even and the same the next time; nobody is first twice running."""
    programme = PROGRAMME.model_copy(
        update={
            "rounds": Rounds(rounds=(PLAN.model_copy(update={"most": 10, "days": (30, 4), "forms": RoundForms()}),))
        }
    )
    hall = await hall_with(**QUIET, start=START)
    boss, members, group = await branch(hall, 10, programme)

    await hall.until(datetime(2026, 11, 25, 9, 5))
    first = [line for line in (await boss.last(group)).text.splitlines() if line.startswith("第 ")]
    await hall.until(datetime(2026, 11, 30, 15, 1))
    cards = [m for m in await boss.messages(group) if "发言顺序（" in m.text]
    newcomer = await hall.enrol("新学员", UNIT)
    await hall.until(datetime(2026, 12, 1, 9, 5))
    second = [m for m in await boss.messages(group) if "下一轮活动通知" in m.text][-1].text
    again = [line for line in second.splitlines() if line.startswith("第 ")]

    def names(line: str) -> set[str]:
        return set(line.split("：")[1].split("、"))

    assert [line.split("：")[0] for line in first] == ["第 1 组（6 人）", "第 2 组（5 人）"]
    assert len(cards) == 2
    assert "第 2 组（共 2 组）" in cards[1].text
    assert names(again[0]) == names(first[0])
    assert names(again[1]) == names(first[1]) | {newcomer.name}
    assert again[0].split("：")[1].split("、")[0] == first[0].split("：")[1].split("、")[1]
    assert members


async def test_e4_observers_see_and_comment_but_do_nothing_else(hall_with: HallMaker) -> None:
    """E4: every press of an observer on the cards is refused; a comment is kept and stands in the summary; duties are ticked."""
    plan = PLAN.model_copy(update={"forms": RoundForms()})
    programme = PROGRAMME.model_copy(update={"rounds": PROGRAMME.rounds.model_copy(update={"rounds": (plan,)})})
    hall = await hall_with(**QUIET, start=START)
    observer = await hall.enrol("督导员", "示范区", role=Role.OBSERVER)
    boss, (anna,), group = await branch(hall, 1, programme)
    await group_join(hall, observer, group)
    refusal = "您是观察员，可以旁听和留言，不参加发言、投票、评议，也不主持会议。"

    await hall.until(datetime(2026, 11, 25, 9, 5))
    # Reminders of the same minute may come before or after it.
    assert any("您可以旁听本轮活动" in message.text for message in await observer.messages())
    refused = [await observer.presses("已读", group)]
    await hall.until(datetime(2026, 11, 30, 15, 0))
    refused += [await observer.presses(label, group) for label in ("我到了", "我来主持", "开始发言", "结束会议")]
    await boss.presses("开始发言", group)
    for_hosts = ("下一位", "稍后发言", "跳过", "缺席", "提前结束")
    refused += [await observer.presses(label, group) for label in for_hosts]
    for_organisers = [f"round_ask:{what}:1" for what in ("move", "reminder", "words")]
    for_organisers += [f"round_do:{what}:1" for what in ("open", "end", "close", "cancel", "sum", "plain", "sure")]
    refused += [await observer.presses(data=data) for data in for_organisers]
    assert set(refused) == {refusal}
    assert await anna.presses("旁听意见", group) == "只有本单位或上级单位的观察员可以提交旁听意见。"
    assert await observer.presses("旁听意见", group) == "请到与机器人的私聊中继续。"
    await observer.says("讨论深入，建议多结合案例。")
    await boss.presses("提前结束", group)

    assert "旁听意见\n督导员：讨论深入，建议多结合案例。" in (await boss.last(group)).text
    assert "📋 本轮总结" in (await observer.reads())
    await observer.says("/round")
    assert "⬜ 日碰头（每日）" in await observer.reads()
    assert await observer.presses("完成：日碰头") == "已标记完成。"
    await hall.advance(seconds=2)
    assert "✅ 日碰头（每日）" in await observer.reads()


async def test_a_round_is_moved_and_called_off_by_those_who_run_the_unit(hall_with: HallMaker) -> None:
    """Another time is told to everybody, the old hour passes silently; the other unit's organiser is refused, and a roll call too."""
    hall = await hall_with(**QUIET, start=START)
    boss, (anna,), group = await branch(hall, 1)
    stranger = await hall.enrol("外组", "示范区/第二支部", role=Role.ORGANISER)
    await hall.enrol("外员", "示范区/第二支部")
    await hall.until(datetime(2026, 11, 25, 9, 5))
    await stranger.says("/round")
    assert "第一支部" not in await stranger.reads()
    await stranger.says("/lang")
    assert await stranger.presses(data="round_see:1") == "您没有权限在这里执行此操作，请联系本单位的组织者。"

    await boss.says("/round")
    await boss.presses("11月30日")
    await boss.presses("调整时间")
    await boss.says("11-20 15:00")
    past = await boss.reads()
    await boss.says("12月2日 下午3点半")
    await hall.advance(seconds=2)
    moved = "学讲评 · 第一支部 · 12月2日 15:30\n时间已调整，原定为 11月30日 15:00。"
    assert past == "该时间已过，请发送一个之后的时间。"
    assert (await anna.reads(), await anna.reads(group)) == (moved, moved)
    await hall.until(datetime(2026, 11, 30, 15, 5))
    assert "发言顺序（" not in await anna.reads(group)
    await hall.until(datetime(2026, 12, 2, 15, 31))
    assert "发言顺序（" in await anna.reads(group)

    # A round's card is its register: no second one is opened beside it.
    await boss.says("/rollcall")
    assert await boss.reads() == "学讲评的到会情况在轮次卡片上登记，无需点名，请发 /round 查看。"
    await hall.advance(seconds=2)

    await boss.says("/round")
    await boss.presses("12月16日")
    await boss.presses("取消本轮")
    await boss.presses("确认取消")
    assert "状态：已取消" in await boss.reads()
    assert [row.key for row in await hall.read(lambda tx: tx.alarms.waiting()) if row.key == "2:0"] == []


async def test_rounds_follow_the_programme_and_what_is_owed_is_known(hall_with: HallMaker) -> None:
    """Applied again nothing is doubled; other days replace what nobody was told of; who has not read owes it."""
    hall = await hall_with(**QUIET, start=START)
    boss, (anna,), _group = await branch(hall, 1)
    await boss.says("/round")
    before = await boss.reads()
    await hall.until(datetime(2026, 11, 25, 9, 5))
    await anna.presses("已读")
    assert hall.app is not None
    house = hall.app.house
    changed = PLAN.model_copy(update={"days": ("last workday",), "who": Who(roles=(Role.MEMBER, Role.ORGANISER))})
    await house.programmes.apply(
        PROGRAMME.model_copy(update={"rounds": Rounds(rounds=(changed,))}), now=hall.clock.now()
    )
    await boss.says("/round")
    after = await boss.reads()

    owed = await hall.read(lambda tx: list(house.rounds.owed(tx, hall.clock.now())))

    assert ["12月16日" in before, "12月30日" in before] == [True, True]
    assert ["11月30日" in after, "12月16日" in after, "12月31日" in after] == [True, False, True]
    assert [(one.kind, one.payload) for one in owed] == [("reading", "round_1")]


async def test_a_round_that_was_missed_is_told_opened_and_ends_by_itself(hall_with: HallMaker) -> None:
    """Half a day down at the hour: the organiser hears of it and opens it; a meeting that nobody ends is summed up all the same."""
    programme = PROGRAMME.model_copy(
        update={"rounds": Rounds(rounds=(PLAN.model_copy(update={"forms": RoundForms()}),)), "forms": Forms()}
    )
    hall = await hall_with(**QUIET, start=datetime(2026, 11, 30, 9, 30, tzinfo=SHANGHAI))
    boss, (anna,), group = await branch(hall, 1, programme)
    await hall.advance(minutes=1)
    await hall.stop_bot()
    await hall.until(datetime(2026, 12, 1, 4, 0))
    await hall.start_bot()
    told = await boss.reads()

    await boss.says("/round")
    await boss.presses("11月30日")
    await boss.presses("立即开始")
    await hall.advance(seconds=3)
    await anna.presses("我到了", group)
    await hall.advance(hours=3)

    assert told.endswith("因系统停机，本轮未能按时开始。请发送 /round，立即开始或调整时间。")
    summary = await boss.reads(group)
    assert "到会 1 人（应到 2 人）" in summary
    assert "缺席：王组" in summary
    assert "到会未发言：学员1" in summary


async def fill_in(hall: Hall, person: Actor) -> None:
    """Answer 4 to everything that somebody is asked, once the notes about it have arrived."""
    await hall.advance(seconds=5)
    while True:
        await person.says("/forms")
        await hall.advance(seconds=2)
        forms = [label for label in (await person.last()).labels if label.startswith("📝")]
        if not forms:
            return
        await person.presses(forms[0])
        await hall.advance(seconds=2)
        subjects = [label for label in (await person.last()).labels if label.startswith("▫️")]
        if subjects:
            await person.presses(subjects[0])
            await hall.advance(seconds=2)
        await person.presses("4")
        await hall.advance(seconds=2)
        await person.presses("✅ 提交")
        await hall.advance(seconds=2)


async def group_join(hall: Hall, person: Actor, group: Group) -> None:
    """Let somebody into a group."""
    await group.add(person.person)
    await hall.settle()


async def test_a_round_whose_people_have_all_left_is_off(hall_with: HallMaker) -> None:
    """Nobody is left at the hour: no meeting that nobody could ever end, the round is called off."""
    hall = await hall_with(**QUIET, start=START)
    await branch(hall, 1)
    await hall.until(datetime(2026, 11, 25, 9, 5))

    def leave(tx: Tx) -> None:
        for person in tx.people.everybody():
            tx.people.leave(person.id, now=hall.clock.now())

    await hall.write(leave)
    await hall.until(datetime(2026, 11, 30, 15, 1))

    (row, *_) = await hall.read(lambda tx: tx.rounds.between(START, datetime(2026, 12, 1, tzinfo=SHANGHAI)))
    assert row.state is RoundState.CANCELLED

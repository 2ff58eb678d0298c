"""Captains, substitutes, the latency drill and the rules, as people meet them in the lobby and afterwards."""

from dataclasses import replace

import pytest

from quizzes.engine.rules import Answerer
from tests.dialogues.match import Match, gather
from tests.hall import Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


def with_rules(match: Match, **changed: object) -> None:
    """Let the buzzer preset of this bot have other rules."""
    assert match.hall.app is not None
    presets = match.hall.app.house.contests.presets
    presets["buzzer"] = replace(presets["buzzer"], rules=replace(presets["buzzer"].rules, **changed))  # type: ignore[index, arg-type]


async def test_captain_is_seen_and_handed_on(match: Match) -> None:
    """The captain hands on, nobody else may; the lobby shows who it is."""
    await match.opens()

    refused = await match.carl.says("/captain 卡尔", match.group)
    refusal = await match.text()
    await match.anna.says("/captain 卡尔", match.group)
    answer = await match.text()
    await match.hall.advance(seconds=5)

    lobby = next(m.text for m in await match.anna.messages(match.group) if "题库：常识" in m.text)
    assert refused is not None
    assert refusal == "只有队长或主持人可以这样做。"
    assert answer == "红队队长改为卡尔。"
    assert "卡尔（队长）、安娜" in lobby


async def test_captain_only_answers(match: Match) -> None:
    """Where the captain answers, whoever buzzed hears that somebody else does; a new captain is told to the group."""
    segment = match.hall.app.house.contests.presets["buzzer"].rules.segments[0]  # type: ignore[union-attr]
    with_rules(match, segments=(replace(segment, answerer=Answerer.CAPTAIN, questions=2),))  # type: ignore[arg-type]
    await match.begins()

    await match.carl.presses("抢答", match.group)
    called = await match.text()
    wrong = await match.carl.presses(await match.letter(right=True), match.group)
    right = await match.anna.presses(await match.letter(right=True), match.group)
    await match.host.says("/captain 卡尔", match.group)
    texts = [message.text for message in await match.anna.messages(match.group)]

    assert "请队长在 3 秒内作答" in called
    assert wrong == "这道题由别人作答。"
    assert right is not None
    assert right.startswith("您的答案")
    assert texts.count("红队队长改为卡尔。") == 1


async def test_card_of_the_team_in_private(match: Match) -> None:
    """The button in the lobby sends the captain the team, the host all teams; others are refused."""
    await match.opens()

    toast = await match.anna.presses("我的队", match.group)
    await match.anna.presses("更换队长")
    await match.anna.presses("卡尔")
    changed = await match.anna.reads()
    refused = await match.anna.presses("我的队", match.group)
    await match.host.presses("我的队", match.group)
    await match.host.presses("红队")
    hosts = await match.host.reads()

    assert toast == "已私信发给您。"
    assert "队长：卡尔" in changed
    assert refused == "只有队长或主持人可以这样做。"
    assert "队长：卡尔" in hosts


async def test_substitute_waits_comes_on_and_is_in_the_minutes(match: Match) -> None:
    """A full team takes a substitute, who cannot buzz until the captain lets them come on between questions."""
    with_rules(match, members_most=1, bench_most=1, substitutions=1)
    await match.host.says("/contest buzzer 常识 3", match.group)
    await match.anna.presses("加入 红队", match.group)
    await match.bert.presses("加入 蓝队", match.group)
    joined = await match.carl.presses("加入 红队", match.group)
    await match.host.presses("开始", match.group)
    lobby = await match.text()
    await match.hall.advance(seconds=5)

    barred = await match.carl.presses("抢答", match.group)
    await match.anna.says("/sub 卡尔 安娜", match.group)
    noted = await match.text()
    await match.bert.presses(data=await match.buzz_data(), chat=match.group, message=await _question(match))
    await match.hall.advance(seconds=4)
    await match.hall.advance(seconds=5)
    texts = [message.text for message in await match.anna.messages(match.group)]
    first = await match.carl.presses("抢答", match.group)
    await match.carl.says("/sub 安娜 卡尔", match.group)

    assert joined == "红队已满，您是替补，上场后才能抢答和作答。"
    assert "替补：卡尔" in lobby
    assert barred == "卡尔是红队的替补，上场后才能抢答和作答。"
    assert noted == "🔁 红队换人已登记：本题结束后卡尔上场，安娜下场。"
    assert "🔁 红队换人：卡尔上场，安娜下场。" in texts
    assert first == "您抢到了！请立即作答。"
    assert await match.text() == "红队的换人名额已用完（1 次）。"


async def _question(match: Match):  # type: ignore[no-untyped-def]
    messages = await match.bert.messages(match.group)
    return next(m for m in reversed(messages) if any("抢答" in b.text for row in m.buttons for b in row))


async def test_swap_by_buttons_before_the_start(match: Match) -> None:
    """In the lobby the captain swaps freely from the private card."""
    with_rules(match, members_most=1, bench_most=1)
    await match.opens()

    await match.anna.presses("我的队", match.group)
    await match.anna.presses("换人")
    await match.anna.presses("安娜")
    asked = await match.anna.reads()
    toast = await match.anna.presses("卡尔")

    assert "换上谁，替下安娜？" in asked
    assert toast == "🔁 红队换人：卡尔上场，安娜下场。"


async def test_full_bench_and_unknown_names(match: Match) -> None:
    """What cannot be is refused in one sentence and changes nothing."""
    with_rules(match, members_most=1)
    await match.host.says("/contest buzzer 常识 3", match.group)
    await match.anna.presses("加入 红队", match.group)

    full = await match.carl.presses("加入 红队", match.group)
    await match.anna.says("/captain 谁也不是", match.group)
    unknown = await match.text()
    await match.anna.says("/sub 卡尔", match.group)
    usage = await match.text()

    assert full == "红队已满，最多 1 人。"
    assert unknown == "本场竞赛没有叫“谁也不是”的选手。"
    assert "/sub 上场者 下场者" in usage


async def test_own_unit_only(hall: Hall) -> None:
    """Teams from units: the roster leads people to their own unit's team, and with ``own_unit`` to no other."""
    match = await gather(hall)
    one = await hall.enrol("甲一", "示范区/第一支部/甲组")
    two = await hall.enrol("乙一", "示范区/第一支部/乙组")
    for actor in (one, two):
        await match.group.add(actor.person)
    await match.host.says("/contest buzzer 常识 2", match.group)
    led = await one.presses("加入 乙组", match.group)
    await match.host.says("/contest 终止", match.group)
    with_rules(match, own_unit=True)
    await match.host.says("/contest buzzer 常识 2", match.group)

    refused = await one.presses("加入 乙组", match.group)
    without = await match.anna.presses("加入 乙组", match.group)
    own = await one.presses("加入 甲组", match.group)

    assert led == "已加入乙组。您的单位是甲组，开始前还可改加入甲组。"
    assert refused == "本场按单位组队，您的单位是甲组，请加入甲组。"
    assert without == "本场按单位组队，没有您所在单位的队伍。"
    assert own == "已加入甲组，您是队长。"


async def test_latency_drill(match: Match) -> None:
    """Everybody presses once; the same message then shows the delays; it costs two calls and counts for nothing."""
    await match.opens()
    await match.hall.advance(seconds=5)
    before = len(await match.hall.town.calls())

    begun = await match.anna.presses("延迟测试", match.group)
    await match.hall.advance(seconds=0.4)
    first = await match.anna.presses("按一下", match.group)
    twice = await match.anna.presses("按一下", match.group)
    await match.hall.advance(seconds=0.1)
    await match.bert.presses("按一下", match.group)
    stranger = await match.host.presses("按一下", match.group)
    await match.hall.advance(seconds=1.5)
    await match.carl.presses("按一下", match.group)

    result = await match.text()
    calls = [call.method for call in (await match.hall.town.calls())[before:] if "answer" not in call.method.lower()]
    assert begun == "测试马上开始，请按一次按钮。"
    assert first == "测得 400 毫秒，不计分。"
    assert twice == "以第一次按下为准，按一次就够。"
    assert stranger == "您没有参加本场竞赛。"
    assert "不计分" in result
    assert "安娜（红队）  400 ms (-100)" in result
    assert "卡尔（红队）  2000 ms (+1500) 🐢" in result
    assert [method for method in calls if method in ("sendMessage", "editMessageText")] == [
        "sendMessage",
        "editMessageText",
    ]
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)
    assert "第 1 题" in await match.text()


async def test_drill_that_is_lost_or_restarted_ends_quietly(match: Match) -> None:
    """A message that may not have arrived, or a restart: the lobby goes on, and one can try again."""
    await match.opens()
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)
    await match.anna.presses("延迟测试", match.group)
    await match.hall.advance(seconds=20)
    await match.anna.presses("延迟测试", match.group)
    await match.hall.stop_bot()
    await match.hall.start_bot()
    await match.hall.settle()

    texts = [message.text for message in await match.anna.messages(match.group)]

    assert sum("测试中断" in text for text in texts) >= 1
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)
    assert "第 1 题" in await match.text()


async def test_drill_nobody_presses(match: Match) -> None:
    """The window ends by itself."""
    await match.opens()
    await match.host.presses("延迟测试", match.group)

    await match.hall.advance(seconds=11)

    assert "没有人按" in await match.text()


async def test_rules_come_in_private(match: Match) -> None:
    """The button sends all the rules to whoever asks; who has never written to the bot is told how."""
    await match.opens()
    silent = await match.hall.person("新人", started=False)
    await match.group.add(silent.person)

    toast = await match.bert.presses("规则", match.group)
    refused = await silent.presses("规则", match.group)

    assert toast == "已私信发给您。"
    rules = await match.bert.reads()
    assert "📋 规则：抢答赛" in rules
    assert "按一次就够" in rules
    assert "第一名同分时加赛抢答" in rules
    assert refused is not None
    assert "/start" in refused

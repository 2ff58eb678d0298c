"""Risk questions as they are played: lots, stakes, passing, silence, pools, restarts while a stake is chosen."""

import pytest

from handlers.present.minutes import minutes
from handlers.texts import texts
from quizzes.bank.items import Item, Kind
from quizzes.records import record
from tests.dialogues.match import QUESTIONS, Match
from tests.dialogues.taking_turns import group_calls, seat, turn
from tests.hall import SHANGHAI, Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, banks, presets."""
    return await seat(hall)


async def test_a_round_with_lots_stakes_and_a_pass(match: Match) -> None:
    """Equal scores draw lots, which the group sees; one team stakes and wins, the other passes; then order of score."""
    await match.begins("risk 常识 4")
    card = await match.text()
    (first, second) = await turn(match)
    calls = len(await match.hall.town.calls())

    wrong_team = await second.presses("30 分", match.group)
    toast = await first.presses("30 分", match.group)
    question = await match.text()
    await first.presses(await match.letter(right=True), match.group)
    ruling = await match.text()
    cost = await group_calls(match, calls)
    await match.hall.advance(seconds=5)
    passed = await second.presses("放弃", match.group)
    gone = await match.text()
    await match.hall.advance(seconds=5)
    next_round = await match.text()

    name = "红队" if first is match.anna else "蓝队"
    other = "蓝队" if first is match.anna else "红队"
    assert "第 1 题（共 4 题） · 风险题" in card
    assert f"🎲 抽签结果：{name} 1 号、{other} 2 号" in card
    assert f"答题顺序：{name} → {other}" in card
    assert f"请{name}选择分值（现有 100 分）" in card
    assert "30 分题：答对 +30，答错 -30" in card
    assert "选分限时 20 秒 · 逾期按最低分值 · 本队任一队员均可选" in card
    assert wrong_team == "这次由别人选分。"
    assert toast == "已选 30 分。"
    assert f"{name}选择 30 分题。" in question
    assert "答对 +30 分，答错 -30 分" in question
    assert f"{name} 130" in ruling
    assert cost == ["editMessageText", "editMessageText"]
    assert passed == "已放弃本题。"
    assert f"{other}放弃本题（" in gone
    assert "第 3 题（共 4 题）" in next_round
    assert "抽签" not in next_round
    assert f"答题顺序：{name} → {other}" in next_round
    assert [(c.method, c.params, c.status) for c in await match.hall.town.calls() if c.status != 200] == []


async def test_nobody_chooses_and_nobody_answers(match: Match) -> None:
    """The lowest stake is taken; silence on the question loses it."""
    await match.begins("risk 常识 4")
    first, _ = await turn(match)
    name = "红队" if first is match.anna else "蓝队"

    await match.hall.advance(seconds=21)
    question = await match.text()
    await match.hall.advance(seconds=21)
    ruling = await match.text()

    assert f"{name}选择 10 分题。" in question
    assert f"⌛ {name} 超时未答，-10 分" in ruling
    assert f"{name} 90" in ruling


async def test_an_old_card_is_dead(match: Match) -> None:
    """Once the stake stands, a second press on it changes nothing and says so."""
    await match.begins("risk 常识 4")
    first, _ = await turn(match)
    card = await match.anna.last(match.group)
    data = next(button.data for row in card.buttons for button in row if button.text == "50 分")
    await first.presses("10 分", match.group)

    again = await first.presses(data=data, chat=match.group, message=card)

    assert again == "这次选分已结束。"
    assert "10 分题" in await match.text()


async def test_cautious_rules(match: Match) -> None:
    """Pools, a stake within the score, half lost, the captain chooses, silence passes."""
    valued = tuple(
        Item(Kind.SINGLE, f"{points} 分题之{n}", ("甲", "乙", "丙", "丁"), (0,), points=points)
        for points in (10, 20, 30)
        for n in (1, 2)
    )
    assert match.hall.app is not None
    await match.hall.app.house.banks.take_in("分值题", valued, now=match.hall.clock.now())
    await match.begins("cautious 分值题 2")
    card = await match.anna.last(match.group)
    first, _ = await turn(match)
    name = "红队" if first is match.anna else "蓝队"

    member = await match.carl.presses("20 分", match.group)
    await first.presses("20 分", match.group)
    question = await match.text()
    await first.presses(await match.letter(right=False), match.group)
    ruling = await match.text()
    await match.hall.advance(seconds=5)
    await match.hall.advance(seconds=21)
    passed = await match.text()
    await match.hall.advance(seconds=5)

    labels = [button.text for row in card.buttons for button in row]
    assert labels == ["10 分", "20 分", "放弃"]
    assert member == "这次由别人选分。"
    assert "20 分题之" in question
    assert "答错 -10 分" in question
    assert f"{name} 10" in ruling
    assert "逾期未选，视为放弃。" in passed
    assert "最终成绩" in await match.text()


async def test_a_bank_without_questions_for_a_stake(match: Match) -> None:
    """The refusal says which stake lacks how many."""
    await match.host.says("/contest cautious 常识 2", match.group)

    assert "题库“常识”中 10 分的题目只有 0 道，本场竞赛需要 2 道。" in await match.text()
    assert len(QUESTIONS) == 20


async def test_restart_while_a_stake_is_chosen(match: Match) -> None:
    """The choice is void and asked for again, of the same team, in a new message; the group is told once."""
    await match.begins("risk 常识 4")
    first, _ = await turn(match)
    number = (await match.anna.last(match.group)).id

    await match.hall.stop_bot()
    await match.hall.start_bot()
    messages = await match.anna.messages(match.group)
    old = next(message for message in messages if message.id == number)

    assert "本次选分作废：机器人刚刚重启" in old.text
    assert sum("机器人已重启" in message.text for message in messages) == 1
    assert "请重新选分。" in messages[-1].text
    assert "抽签结果" in messages[-1].text
    assert (await turn(match))[0] is first
    await first.presses("50 分", match.group)
    await first.presses(await match.letter(right=True), match.group)
    assert "150" in await match.text()


async def test_a_lost_card(match: Match) -> None:
    """A card that may not have arrived is sent anew; an edit that may not have is harmless to repeat."""
    await match.opens("risk 常识 4")
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)
    again = await match.text()
    first, _ = await turn(match)
    await match.hall.town.fault("lost", method="editMessageText", chat_id=match.group.id)

    await first.presses("50 分", match.group)
    await match.hall.advance(seconds=5)
    question = await match.text()
    await first.presses(await match.letter(right=True), match.group)

    assert "请重新选分。" in again
    assert "选择 50 分题" in question
    assert "150" in await match.text()


async def test_pause_while_a_stake_is_chosen(match: Match) -> None:
    """The host stops and goes on: the same team chooses again; nothing can be voided or replaced meanwhile."""
    await match.begins("risk 常识 4")
    first, _ = await turn(match)
    card = await match.anna.last(match.group)
    await match.host.says("/contest 换题", match.group)
    refused = await match.text()

    await match.host.says("/contest 暂停", match.group)
    late = await first.presses(data=card.buttons[0][0].data, chat=match.group, message=card)
    void = next(message.text for message in await match.anna.messages(match.group) if message.id == card.id)
    await match.host.says("/contest 继续", match.group)

    assert "没有出过这道题。" in refused
    assert late == "这次选分已结束。"
    assert "本次选分作废。" in void
    assert "请重新选分。" in await match.text()
    assert (await turn(match))[0] is first


async def test_afterwards_minutes_and_export_tell_it_all(match: Match) -> None:
    """Lots, stakes and who chose them stand in the minutes and in the JSON; the replay agrees."""
    await match.begins("risk 常识 2")
    first, second = await turn(match)
    name, other = ("红队", "蓝队") if first is match.anna else ("蓝队", "红队")
    await first.presses("30 分", match.group)
    await first.presses(await match.letter(right=False), match.group)
    await match.hall.advance(seconds=5)
    await second.presses("放弃", match.group)
    await match.hall.advance(seconds=5)

    assert match.hall.app is not None
    history = await match.hall.app.house.records.history(None)
    lines = "\n".join(minutes(history, texts("zh-CN", SHANGHAI)))
    exported = record(history, SHANGHAI)

    assert f"答题顺序：{name} → {other}；抽签：{name} 1, {other} 2" in lines
    assert f"第 1 题：请{name}选分。" in lines
    assert f"代表{name}选分" in lines
    assert "：30 分（更新号" in lines
    assert f"第 1 题：{(await match.contest()).setup.questions[0].text}（{name}）" in lines
    assert f"代表{other}选分" in lines
    assert "：放弃（更新号" in lines
    assert "回放结果与公布成绩一致。" in lines
    assert [(one["index"], one["team"], one["stake"]) for one in exported["stakes"]] == [
        (1, name, 30),
        (2, other, None),
    ]
    (question,) = exported["questions"]
    assert (question["team"], question["stake"], question["ruling"]) == (name, 30, "wrong")
    assert {team["name"]: team["score"] for team in exported["teams"]} == {name: 70, other: 100}

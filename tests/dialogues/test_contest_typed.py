"""Answers that are typed: in the group by whoever is called, in private where everyone answers."""

import pytest

from tests.dialogues.match import Match
from tests.dialogues.taking_turns import seat
from tests.hall import Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, banks, presets."""
    return await seat(hall)


async def test_first_at_the_buzzer_types_the_answer(match: Match) -> None:
    """Only the words of whoever was first count; the others' are left alone, and no answer is shown before the ruling."""
    await match.begins("buzzer 填空 2")
    message = await match.anna.last(match.group)
    card = message.text
    await match.bert.says("悦", match.group)
    await match.anna.presses("抢答", match.group, message=message)
    called = next(m.text for m in await match.anna.messages(match.group) if "🔔" in m.text)
    before = len(await match.anna.messages(match.group))

    await match.bert.says("说", match.group)
    await match.carl.says("是悦吧", match.group)
    between = len(await match.anna.messages(match.group))
    await match.anna.says(" 悦！ ", match.group)
    messages = await match.anna.messages(match.group)
    ruling = next(message.text for message in reversed(messages) if "第 1 题" in message.text)

    assert "填空题" in card
    assert "请 安娜 在 8 秒内把答案直接发到本群" in called
    assert "悦" not in card + called
    assert between == before + 2
    assert len(messages) == between + 1
    assert "✅ 红队 安娜 答 “悦！”，正确，+10 分" in ruling
    assert "正确答案：说 / 悦" in ruling


async def test_typed_too_late(match: Match) -> None:
    """After the time to begin and the time to answer it is wrong; what is typed then is only a message."""
    await match.begins("buzzer 填空 2")
    await match.anna.presses("抢答", match.group)

    await match.hall.advance(seconds=9)
    await match.anna.says("悦", match.group)
    messages = [message.text for message in await match.anna.messages(match.group)]

    assert any("安娜 超时未答，-10 分" in text for text in messages)
    assert messages[-1] == "悦"


async def test_any_member_types_for_the_team_in_turn(match: Match) -> None:
    """The other team's words are no answer; a wrong one is quoted and passed on."""
    await match.begins("required 填空 4")
    card = await match.anna.last(match.group)

    await match.bert.says("悦", match.group)
    await match.carl.says("乐", match.group)
    passed_on = next(m.text for m in await match.anna.messages(match.group) if m.id == card.id)
    await match.anna.says("悦", match.group)
    await match.bert.says("悦", match.group)
    ruling = next(m.text for m in await match.anna.messages(match.group) if m.id == card.id)

    assert "请本队队员在 20 秒内把答案直接发到本群" in card.text
    assert not any(card.buttons)
    assert "❌ 红队 卡尔 答 “乐”，错误，-5 分" in passed_on
    assert "由蓝队补答。" in passed_on
    assert "悦" not in passed_on
    assert "✅ 蓝队 <b>伯特& 答 “悦”，正确，+5 分" in ruling


async def test_check_in_while_an_answer_is_due(match: Match) -> None:
    """签到 is a check-in, even from whoever is to answer, and costs nobody a question."""
    await match.hall.advance(minutes=35)
    await match.begins("required 填空 4")

    await match.bert.says("签到", match.group)
    await match.anna.says("签到", match.group)
    texts = [message.text for message in await match.anna.messages(match.group)]
    await match.anna.says("悦", match.group)

    assert sum("签到成功" in text for text in texts) == 2
    assert not any("错误" in text for text in texts)
    assert any("✅ 红队 安娜 答 “悦”" in message.text for message in await match.anna.messages(match.group))


async def test_everyone_answers_in_private(match: Match) -> None:
    """Each in the private chat with the bot, told what was taken; the group never sees an answer before the ruling."""
    await match.begins("everyone 填空 1")
    card = await match.anna.last(match.group)

    await match.anna.says("ＹＵＥ")
    told = await match.anna.reads()
    await match.anna.says("悦")
    again = await match.anna.reads()
    await match.bert.says("悦", match.group)
    in_group = (await match.anna.last(match.group)).text
    await match.bert.says("悦")
    open_still = next(m.text for m in await match.anna.messages(match.group) if m.id == card.id)
    await match.carl.says("说")
    ruling = next(m.text for m in await match.anna.messages(match.group) if m.id == card.id)

    (button,) = [button for row in card.buttons for button in row]
    assert button.text == "私聊作答"
    assert "全员私聊作答，限时 15 秒" in card.text
    assert "不要发在群里" in card.text
    assert told == "您的答案：“ＹＵＥ”"
    assert again == "以第一次作答为准。"
    assert in_group == "悦"
    assert open_still == card.text
    assert "3 人作答，2 人答对" in ruling
    assert "正确答案：说 / 悦" in ruling


async def test_private_answer_after_the_close(match: Match) -> None:
    """Whoever is late hears that the question is over; a stranger's words mean what they always mean."""
    await match.begins("everyone 填空 2")
    dora = await match.hall.enrol("朵拉")
    await dora.says("悦")
    stranger = await dora.reads()
    await match.hall.advance(seconds=16)

    await match.anna.says("悦")

    assert "您的答案" not in stranger
    assert await match.anna.reads() == "这道题已结束。"


async def test_answer_received_before_the_close_counts(match: Match) -> None:
    """A private chat stands in no line with the group's, yet what came in time is judged before the close."""
    await match.begins("everyone 填空 1")

    await match.hall.advance(seconds=14.4)
    await match.anna.says("悦")
    await match.hall.advance(seconds=1)

    assert any("1 人作答，1 人答对" in message.text for message in await match.anna.messages(match.group))


async def test_restart_and_words_from_the_downtime(match: Match) -> None:
    """What was said in the group while the bot was down is no answer to the question that is asked again."""
    await match.begins("required 填空 4")

    await match.hall.stop_bot()
    await match.anna.says("怎么停了？", match.group)
    await match.hall.advance(seconds=30)
    await match.hall.start_bot()
    again = await match.anna.last(match.group)
    await match.anna.says("悦", match.group)

    assert "重新出题" in again.text
    ruling = next(m.text for m in await match.anna.messages(match.group) if m.id == again.id)
    assert "✅ 红队 安娜 答 “悦”" in ruling
    assert "红队 110" in ruling

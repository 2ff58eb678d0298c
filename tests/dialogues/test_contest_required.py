"""Required questions as they are played: two teams in turn, the wrong team, making up, silence, restarts."""

import pytest

from tests.dialogues.match import Match
from tests.dialogues.taking_turns import group_calls, seat, turn
from tests.hall import Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, banks, presets."""
    return await seat(hall)


async def test_required_contest_from_lobby_to_standings(match: Match) -> None:
    """Red and blue in turn, called by name; the fifth question does not divide evenly and is not asked."""
    await match.opens("required 常识 5")
    lobby = await match.text()
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)

    first = await match.text()
    calls = len(await match.hall.town.calls())
    toast = await match.carl.presses(await match.letter(right=True), match.group)
    ruling = await match.text()
    cost = await group_calls(match, calls)
    await match.hall.advance(seconds=5)
    second = await match.text()
    for player in (match.bert, match.anna, match.bert):
        await player.presses(await match.letter(right=True), match.group)
        await match.hall.advance(seconds=5)
    end = [message.text for message in await match.anna.messages(match.group)]

    assert "必答题 5 道，各队题数相同：答对 +10 分，答错或超时 -5 分。" in lobby
    assert "答错后由下一队补答（最多 1 队）：补答答对 +5 分，答错 0 分。" in lobby
    assert "第 1 题（共 4 题）" in first
    assert "必答题，请红队作答。" in first
    assert "本队任一队员作答，限时 15 秒" in first
    assert toast is not None
    assert toast.startswith("您的答案：")
    assert "红队 卡尔 答" in ruling
    assert "红队 110" in ruling
    assert cost == ["editMessageText"]
    assert "必答题，请蓝队作答。" in second
    assert "最终成绩" in end[-1]
    assert not any("第 5 题" in text for text in end)
    assert all(call.status == 200 for call in await match.hall.town.calls())


async def test_the_wrong_team_presses(match: Match) -> None:
    """Only the presser hears of it; the question stays as it is."""
    await match.begins("required 常识 4")
    before = await match.text()

    toast = await match.bert.presses(await match.letter(right=True), match.group)

    assert toast == "这道题由别人作答。"
    assert await match.text() == before


async def test_the_next_team_makes_it_up(match: Match) -> None:
    """The same message calls the other team, says what went wrong and what it is worth now; the answer stays hidden."""
    await match.begins("required 常识 4")
    count = len(await match.anna.messages(match.group))

    await match.anna.presses(await match.letter(right=False), match.group)
    passed_on = await match.text()
    too_late = await match.anna.presses(await match.letter(right=True), match.group)
    await match.bert.presses(await match.letter(right=True), match.group)
    ruling = await match.text()

    assert "❌ 红队 安娜 答" in passed_on
    assert "错误，-5 分" in passed_on
    assert "由蓝队补答。" in passed_on
    assert "答对 +5 分，答错 0 分" in passed_on
    assert "✅" not in passed_on
    assert too_late == "这道题由别人作答。"
    assert "蓝队 105" in ruling
    assert "红队 95" in ruling
    assert len(await match.anna.messages(match.group)) == count


async def test_silence_passes_the_question_on_and_then_closes_it(match: Match) -> None:
    """Nobody of either team answers: each is named as silent, and the next question follows."""
    await match.begins("required 常识 4")

    await match.hall.advance(seconds=16)
    passed_on = await match.text()
    await match.hall.advance(seconds=16)
    ruling = await match.text()

    assert "⌛ 红队 超时未答，-5 分" in passed_on
    assert "⌛ 蓝队 超时未答，0 分" in ruling
    assert "红队 95" in ruling


async def test_too_few_questions_for_the_teams(match: Match) -> None:
    """One question for two teams is refused in plain words, and the lobby stays open."""
    await match.opens("required 常识 1")

    toast = await match.host.presses("开始", match.group)

    assert toast == "题目只有 1 道，不够 2 支队伍每队一道。请增加题数或减少队伍。"
    assert "加入" in str((await match.anna.last(match.group)).buttons)


async def test_restart_asks_the_same_team_again(match: Match) -> None:
    """The open question is void and asked again of the same team; the scores stand; the group is told once."""
    await match.begins("required 常识 4")
    await match.anna.presses(await match.letter(right=True), match.group)
    await match.hall.advance(seconds=5)

    await match.hall.stop_bot()
    await match.hall.start_bot()
    texts = [message.text for message in await match.anna.messages(match.group)]
    _, other = await turn(match)

    assert sum("机器人已重启" in text for text in texts) == 1
    assert "必答题，请蓝队作答。" in texts[-1]
    assert "重新出题" in texts[-1]
    assert await other.presses(await match.letter(right=True), match.group) == "这道题由别人作答。"
    await match.bert.presses(await match.letter(right=True), match.group)
    assert "红队 110" in await match.text()
    assert "蓝队 110" in await match.text()


async def test_lost_message_is_asked_again(match: Match) -> None:
    """Whether the question arrived is not certain: it is void, and asked anew of the same team."""
    await match.opens("required 常识 4")
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)

    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)

    texts = [message.text for message in await match.anna.messages(match.group)]
    assert sum("第 1 题" in text for text in texts) == 2
    assert "请红队作答" in texts[-1]

"""The buzzer's stricter rules: false starts, passing on, doing nothing."""

import pytest

from tests.dialogues.match import Match
from tests.dialogues.taking_turns import seat
from tests.hall import Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, banks, presets."""
    return await seat(hall)


async def test_false_start_costs_points_and_the_question(match: Match) -> None:
    """Whoever presses in the reading time pays and is out; the others play on, and the ruling says it."""
    await match.opens("strict 常识 2")
    rules = await match.text()
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)
    card = await match.text()

    early = await match.anna.presses("抢答", match.group)
    await match.hall.advance(seconds=5)
    out = await match.carl.presses("抢答", match.group)
    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=True), match.group)
    ruling = await match.text()

    assert "先读题 5 秒，提前抢答算犯规，-10 分，本题由其他队继续抢。" in rules
    assert "轮到作答而全程未作答的不扣分，本题作废。" in rules
    assert "读题 5 秒后方可抢答" in card
    assert early == "抢早犯规：-10 分。"
    assert out == "这道题轮不到您的队。"
    assert "🚫 抢早犯规：红队 -10 分" in ruling
    assert "蓝队 110" in ruling
    assert "红队 90" in ruling


async def test_wrong_answer_passes_the_question_on(match: Match) -> None:
    """The same message says who was wrong and that the others may buzz now, without reading time."""
    await match.begins("strict 常识 2")
    await match.hall.advance(seconds=5)
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=False), match.group)
    passed_on = await match.text()

    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=True), match.group)

    assert "❌ 红队 安娜 答" in passed_on
    assert "答题权转给其他队。" in passed_on
    assert "可抢队伍：蓝队" in passed_on
    assert "读题" not in passed_on
    assert "红队 90" in await match.text()
    assert "蓝队 110" in await match.text()


async def test_first_and_then_silent(match: Match) -> None:
    """Where the rules say so, whoever was first and did nothing loses nothing, and the question is void."""
    await match.begins("strict 常识 2")
    await match.hall.advance(seconds=5)
    await match.anna.presses("抢答", match.group)

    await match.hall.advance(seconds=4)

    assert "⌛ 红队 安娜 未作答，本题作废。" in await match.text()
    assert "红队 100" in await match.text()


async def test_nobody_buzzes(match: Match) -> None:
    """The question is void and nobody pays."""
    await match.begins("strict 常识 2")

    await match.hall.advance(seconds=26)

    assert "⌛ 无人抢答，本题作废。" in await match.text()
    assert "红队 100" in await match.text()

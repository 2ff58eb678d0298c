"""What happens in the middle of a contest when people do what nobody planned for."""

import pytest

from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams, a host and a bank."""
    return await gather(hall)


async def test_player_who_leaves_the_group_in_mid_contest_stops_nothing(match: Match) -> None:
    """Bert buzzes and leaves: his time runs out, the question is ruled, and the others play on to the standings."""
    await match.begins()
    await match.bert.presses("抢答", match.group)

    await match.group.remove(match.bert.person)
    await match.hall.advance(seconds=12)
    ruled = (await match.contest()).records
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await match.hall.advance(seconds=60)

    assert len(ruled) == 1
    assert "最终成绩" in "".join(message.text for message in await match.anna.messages(match.group))
    assert "🥈 蓝队  90 分（对 0，错 1）" in "".join(message.text for message in await match.anna.messages(match.group))


async def test_two_admins_press_start_and_one_contest_begins(match: Match) -> None:
    """Whoever comes second hears that it has begun; the first question is asked once."""
    second = await match.hall.enrol("副主持", role=Role.ORGANISER)
    await match.group.add(second.person)
    await match.opens()
    lobby = next(message for message in await match.host.messages(match.group) if "开始" in message.labels)
    data = next(button.data for row in lobby.buttons for button in row if button.text == "开始")

    first = await match.host.presses(chat=match.group, message=lobby.id, data=data)
    late = await second.presses(chat=match.group, message=lobby.id, data=data)
    await match.hall.advance(seconds=5)

    questions = [message for message in await match.host.messages(match.group) if "第 1 题（" in message.text]
    assert late != first
    assert late == "比赛已经开始了。"
    assert len(questions) == 1

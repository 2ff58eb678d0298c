"""The clock is set back, the zone changes, the machine sleeps: nothing comes twice, nothing is skipped, nothing is stuck."""

from datetime import datetime, timedelta

import pytest

from handlers.registry import ROOMS
from quizzes.engine import events as e
from quizzes.engine.phases import Interval
from quizzes.live import events_of
from sandbox.people import Group
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall, HallMaker

UNIT = "示范区/第一支部"


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def cards(actor: Actor, group: Group) -> int:
    """How many cards for checking in the group has seen."""
    return sum("每日签到" in message.text for message in await actor.messages(group))


async def losses(hall: Hall) -> list[e.LossReason]:
    """Why rounds of the first contest were void."""
    return [event.reason for event in await hall.read(lambda tx: events_of(tx, 1)) if isinstance(event, e.RoundLost)]


async def test_question_that_was_slept_through_is_asked_again(match: Match) -> None:
    """The process stood still for ten minutes in mid-question: nobody is late, nothing was decided."""
    hall = match.hall
    await match.begins("buzzer 常识 1")

    hall.clock.skip(600)
    await hall.settle()
    during = await match.contest()
    await hall.advance(seconds=10)
    toast = await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(minutes=2)

    assert during.records == ()
    assert await losses(hall) == [e.LossReason.OUTAGE]
    assert toast == "您抢到了！请立即作答。"
    assert sum("最终成绩" in m.text for m in await match.anna.messages(match.group)) == 1


async def test_pause_that_was_slept_through_costs_nothing(match: Match) -> None:
    """Between two questions nobody could press: the next one comes, what was ruled stays."""
    hall = match.hall
    await match.begins()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    assert isinstance((await match.contest()).phase, Interval)

    hall.clock.skip(600)
    await hall.settle()
    await hall.advance(seconds=5)

    contest = await match.contest()
    assert [len(record.rulings) for record in contest.records] == [1]
    assert await losses(hall) == []
    assert "第 2 题" in "".join(message.text for message in await match.anna.messages(match.group))


@pytest.mark.parametrize("in_pause", [False, True])
async def test_contest_goes_on_after_a_restart_with_the_clock_set_back(match: Match, in_pause: bool) -> None:
    """An hour less than before: neither the question nor the pause lasts an hour longer for it."""
    hall = match.hall
    await match.begins()
    if in_pause:
        await match.anna.presses("抢答", match.group)
        await match.anna.presses(await match.letter(right=True), match.group)
    asked = len(await match.anna.messages(match.group))

    await hall.stop_bot()
    hall.clock.is_set(timedelta(hours=-1))
    await hall.start_bot()
    await hall.advance(seconds=70)

    texts = [message.text for message in await match.anna.messages(match.group)]
    assert sum("机器人已重启" in text for text in texts) == 1
    assert any(("第 2 题" if in_pause else "第 1 题") in text for text in texts[asked:])


async def test_clock_set_back_repeats_no_check_in(hall: Hall) -> None:
    """The hour of the opening comes twice: the card does not, and who was in stays in."""
    anna = await hall.enrol("安娜")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.advance(hours=1, minutes=10)
    await anna.presses("签到", group)

    hall.clock.is_set(timedelta(hours=-1))
    again = await anna.presses("签到", group)
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(hours=2)

    assert await cards(anna, group) == 1
    assert "已签到" in str(again)
    assert await hall.read(lambda tx: len(tx.connection.execute("SELECT * FROM checkin_entries").fetchall())) == 1


async def test_other_zone_moves_what_is_to_come(hall_with: HallMaker) -> None:
    """The office moves from Shanghai to Yangon: the cards come at their hour there, once a day."""
    hall = await hall_with()
    anna = await hall.enrol("安娜")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.advance(hours=1, minutes=30)

    await hall.stop_bot()
    hall._settings["programme"] = {"timezone": "Asia/Yangon"}
    await hall.start_bot()
    seen = {}
    for moment in ("2026-11-24T07:29", "2026-11-24T07:31", "2026-11-25T07:29", "2026-11-25T07:31"):
        await hall.until(datetime.fromisoformat(f"{moment}:00+06:30"))
        seen[moment] = await cards(anna, group)

    assert list(seen.values()) == [1, 2, 2, 3]


async def test_zone_in_the_east_skips_nothing_of_the_day(hall_with: HallMaker) -> None:
    """By the new clock the hour is past, by the old one it was still to come: it comes at once, and only once."""
    hall = await hall_with()
    anna = await hall.enrol("安娜")
    group = await hall.unit_group("一支部", UNIT, anna)

    await hall.stop_bot()
    hall._settings["programme"] = {"timezone": "Australia/Sydney"}
    await hall.start_bot()
    at_once = await cards(anna, group)
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(hours=3)

    assert at_once == 1
    assert await cards(anna, group) == 1


def test_every_alarm_by_the_hour_is_dealt_with() -> None:
    """What is planned anew after a change of zone is what the room rings for; a plan by the hour says so."""
    for room in ROOMS:
        assert set(room.by_the_hour) <= set(room.alarms)
        assert room.plan is not None or not room.by_the_hour

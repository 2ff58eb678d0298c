"""The network fails in every way it knows: nothing is lost, nothing comes twice, and no outage decides a contest."""

import asyncio
from collections import Counter

import aiohttp
import pytest
import structlog

from quizzes.engine import events as e
from quizzes.live import events_of
from storage.outbox import State
from storage.people import Role
from study.notes import Note
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall, HallMaker

UNIT = "示范区/第一支部"
NEVER_THERE = ("refuse", "html", "status")
THERE = ("lost", "cut")


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def seen(actor: Actor) -> Counter[str]:
    """How often the bot said what in private."""
    return Counter(message.text for message in await actor.messages() if message.sender != actor.id)


async def losses(hall: Hall) -> list[e.LossReason]:
    """Why rounds of the first contest were void."""
    return [event.reason for event in await hall.read(lambda tx: events_of(tx, 1)) if isinstance(event, e.RoundLost)]


async def polls_elsewhere(hall: Hall, **asked: int) -> list[int]:
    """A second program asks for updates with the same token; the ids that it was given."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{hall.url}/bot{hall.sandbox.token}/getUpdates", json=asked) as answer,
    ):
        return [update["update_id"] for update in (await answer.json())["result"]]


async def test_updates_survive_every_trouble_of_the_poll(hall: Hall) -> None:
    """Refused, 500, 502, a page in HTML, an answer lost, cut in half: each message is answered, and once."""
    anna = await hall.person("安娜")
    troubles = [(kind, {}) for kind in (*NEVER_THERE, *THERE)] + [("status", {"code": 502}), ("retry", {})]

    for number, (kind, how) in enumerate(troubles, 1):
        await hall.town.fault(kind, method="getUpdates", times=3, **how)
        await anna.says("/lang")
        await hall.advance(minutes=2)

        assert max((await seen(anna)).values()) == number, kind
    assert hall.app is not None
    assert hall.app.trouble is None
    struck = Counter(call.fault for call in await hall.town.calls(method="getUpdates"))
    assert {kind: struck[kind] for kind, _ in troubles} == dict.fromkeys((*NEVER_THERE, *THERE, "retry"), 3) | {
        "status": 6
    }


async def test_no_trouble_of_a_send_makes_two_of_one(hall: Hall) -> None:
    """Whoever cannot know whether a message arrived does not send it again; the outbox says which those are."""
    anna = await hall.person("安娜")
    troubles = [(kind, {}) for kind in (*NEVER_THERE, *THERE)] + [("retry", {"retry_after": 40}), ("delay", {})]
    ids = {}

    for kind, how in troubles:
        await hall.town.fault(kind, method="sendMessage", chat_id=anna.id, **how)
        ids[kind] = await hall.write(
            lambda tx, kind=kind: tx.outbox.say(anna.id, Note(text=f"信 {kind}"), now=hall.clock.now())
        )
        await hall.advance(minutes=2)

    def states(tx):  # type: ignore[no-untyped-def]
        return {row["id"]: row["state"] for row in tx.connection.execute("SELECT id, state FROM outbox").fetchall()}

    found, texts = await hall.read(states), await seen(anna)
    for kind in ids:
        known = kind in ("retry", "delay")
        assert found[ids[kind]] == (State.SENT if known else State.UNKNOWN).value, kind
        assert texts[f"信 {kind}"] == (kind not in NEVER_THERE), kind


async def test_hour_of_429_in_one_group_holds_up_nobody_else(match: Match) -> None:
    """The contest of that group waits, longer than any window; everyone else is served; then it is played to its end."""
    hall = match.hall
    await match.opens("buzzer 常识 1")
    await hall.town.fault("retry", chat_id=match.group.id, retry_after=3600)

    await match.host.presses("开始", match.group)
    await hall.advance(minutes=10)
    await match.carl.says("/help")
    meanwhile = await match.carl.reads()
    calls = await hall.town.calls()
    await hall.advance(minutes=51)
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(minutes=2)

    refused = [call for call in calls if call.status == 429]
    assert "/lang" in meanwhile
    assert len(refused) == 1
    assert [record.right for record in (await match.contest()).records[-1].rulings] == [True]
    assert sum("最终成绩" in m.text for m in await match.anna.messages(match.group)) == 1


async def test_question_that_is_slow_to_arrive_opens_when_it_is_there(match: Match) -> None:
    """The answer to the send takes eight seconds: no second of them is taken off anybody's time."""
    hall = match.hall
    await match.opens("buzzer 常识 1")
    await hall.town.fault("hold", method="sendMessage", chat_id=match.group.id)
    await match.host.presses("开始", match.group)
    while not hall.sandbox.faults._holding:
        if hall.clock.due(60) is not None:
            hall.clock.ring_next()
        await asyncio.sleep(0.001)

    hall.clock.skip(8)
    await hall.town.clear_faults()
    await hall.settle()
    await hall.advance(seconds=7)
    toast = await match.anna.presses("抢答", match.group)

    assert toast == "您抢到了！请立即作答。"
    assert await losses(hall) == []


async def test_second_poller_is_named_and_what_it_took_decides_nothing(match: Match) -> None:
    """409: the log says what is wrong, once. The other took a press that we never saw: the question is asked again."""
    hall = match.hall
    assert hall.app is not None
    await match.begins()

    with structlog.testing.capture_logs() as log:
        await polls_elsewhere(hall, timeout=0)
        await hall.until_true(lambda: hall.app.poller.is_pausing)  # type: ignore[union-attr]
        trouble = hall.app.trouble
        press = await match.anna.person.presses("抢答", chat=match.group)
        taken = await polls_elsewhere(hall, timeout=0)
        await polls_elsewhere(hall, offset=max(taken) + 1, timeout=0)
        await hall.advance(seconds=10)

    assert trouble == "conflict"
    assert press.update_id in taken
    assert [line["event"] for line in log if line["log_level"] == "error"] == [
        "another program polls with the same token; stop it, or its webhook"
    ]
    assert hall.app.trouble is None
    assert await losses(hall) == [e.LossReason.OUTAGE]


async def test_webhook_calls_that_come_twice_have_one_effect(hall_with: HallMaker) -> None:
    """At least once by Telegram, once by us: at the same time, and again when it was long done."""
    hall = await hall_with(telegram={"mode": "webhook"})
    anna = await hall.enrol("安娜")
    await hall.unit_group("一支部", UNIT, anna)
    await hall.advance(hours=1)
    await hall.town.fault("duplicate", times=2)

    checked_in = await anna.says("签到")
    asked = await anna.says("/lang")
    first = hall.sandbox.world.updates.next_id - 2
    await hall.town.redeliver(first + 1, first)
    await hall.settle()

    assert checked_in.id < asked.id
    answers = await seen(anna)
    assert sum(answers.values()) == 2
    assert set(answers.values()) == {1}
    assert await hall.read(lambda tx: len(tx.connection.execute("SELECT * FROM checkin_entries").fetchall())) == 1


async def test_telegram_away_for_an_hour(match: Match) -> None:
    """A contest, a broadcast and the opening of the check-in fall into it: all of it is there afterwards, once."""
    hall = match.hall
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    branch = await hall.unit_group("一支部群", UNIT, match.anna, match.bert)
    await boss.says("/broadcast 周五集中学习")
    await match.begins()
    assert hall.app is not None

    with structlog.testing.capture_logs() as log:
        await hall.wire.cut()
        await boss.person.presses("发送")
        await match.bert.person.presses("抢答", chat=match.group)
        await hall.advance(minutes=70)
        trouble, during = hall.app.trouble, await match.contest()
        await hall.wire.mend()
        while hall.app.trouble is not None:
            await hall.advance(seconds=1)
    await hall.advance(seconds=50)

    notices = Counter(
        {
            person.id: sum("周五集中学习" in text for text in await seen(person))
            for person in (match.anna, match.bert, match.carl)
        }
    )
    cards = [message for message in await match.anna.messages(branch) if "签到" in message.text]
    assert trouble == "unreachable"
    assert during.open_index == 0
    assert await losses(hall) == [e.LossReason.OUTAGE]
    assert set(notices.values()) == {1}
    assert len(cards) == 1
    assert [line["event"] for line in log if line["log_level"] == "error"] == [
        "Telegram cannot be reached; tried again until it can be"
    ]
    assert "updates come again" in [line["event"] for line in log]

"""What goes wrong between Telegram and us: twice, out of order, too fast, too late, half-way."""

import asyncio

import aiohttp
import orjson
import pytest

from storage.inbox import InboxRow
from storage.outbox import State
from study.notes import Note
from study.views import Rank
from tests.dialogues.match import Match, gather
from tests.hall import Hall, HallMaker


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def test_update_delivered_twice_counts_once(hall: Hall) -> None:
    """Telegram delivers at least once; the second copy changes nothing and gets no answer."""
    anna = await hall.person("安娜")
    sent = await anna.says("/lang en")
    before = len(await anna.messages())

    await hall.town.redeliver(sent.update_id)
    await hall.settle()

    assert len(await anna.messages()) == before


async def test_update_stored_and_not_dealt_with_is_dealt_with_after_the_start(hall: Hall) -> None:
    """Killed between the inbox and the handler, the update has its effect after the next start, once."""
    anna = await hall.person("安娜")
    await anna.says("/help")
    body = {
        "update_id": 999_999_999,
        "message": {
            "message_id": 77,
            "date": int(hall.clock.now().timestamp()),
            "chat": {"id": anna.id, "type": "private", "first_name": "安娜"},
            "from": {"id": anna.id, "is_bot": False, "first_name": "安娜"},
            "text": "/lang en",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }
    row = InboxRow(
        update_id=999_999_999, chat_id=anna.id, received_at=hall.clock.now(), body=orjson.dumps(body).decode()
    )
    await hall.write(lambda tx: tx.inbox.add([row]))

    await hall.stop_bot()
    await hall.start_bot()
    await hall.stop_bot()
    await hall.start_bot()

    texts = [message.text for message in await anna.messages()]
    assert texts.count("I shall speak English here.") == 1


async def test_message_in_flight_at_a_crash_is_not_sent_again(hall: Hall) -> None:
    """Nobody knows whether it arrived: it is noted as unknown, not blindly repeated."""
    anna = await hall.person("安娜")

    def leave_in_flight(tx):  # type: ignore[no-untyped-def]
        row_id = tx.outbox.say(anna.id, Note(text="一次"), now=hall.clock.now(), ref="probe")
        tx.outbox.claim(row_id)
        tx.aftermath.outbox = False
        return row_id

    await hall.write(leave_in_flight)

    await hall.stop_bot()
    await hall.start_bot()

    assert [message.text for message in await anna.messages()] == []
    assert await hall.read(lambda tx: tx.outbox.pending()) == 0


async def test_edit_whose_answer_was_lost_is_repeated(match: Match) -> None:
    """An edit may be repeated without harm, so the ruling is shown in the end."""
    await match.begins()
    await match.anna.presses("抢答", match.group)
    letter = await match.letter(right=True)
    await match.hall.town.fault("lost", method="editMessageText", chat_id=match.group.id)

    await match.anna.presses(letter, match.group)
    await match.hall.advance(seconds=2)

    assert "正确，+10 分" in await match.text()


async def test_first_by_update_id_wins_over_the_webhook(hall_with: HallMaker) -> None:
    """Webhook calls overtake each other: within the settling window the smallest update id was first."""
    hall = await hall_with(telegram={"mode": "webhook"})
    match = await gather(hall)
    await match.begins()
    data = await match.buzz_data()
    message = await match.anna.last(match.group)
    anna, bert = [_press(person.id, person.name, match, message.id, data) for person in (match.anna, match.bert)]

    late = await _post(hall, {"update_id": 900_000_002, "callback_query": bert})
    early = await _post(hall, {"update_id": 900_000_001, "callback_query": anna})
    await hall.settle()
    undecided = await match.text()
    await hall.advance(seconds=0.3)

    assert (late, early) == (200, 200)
    assert "抢到" not in undecided
    assert "红队 安娜 抢到" in await match.text()


async def test_webhook_without_the_secret_is_refused(hall_with: HallMaker) -> None:
    """Nobody but Telegram puts updates in."""
    hall = await hall_with(telegram={"mode": "webhook"})

    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
            async with session.post(
                f"{hall.config().telegram.webhook.public_url}/telegram", json={"update_id": 1}, headers=headers
            ) as answer:
                assert answer.status == 401


def _press(user_id: int, name: str, match: Match, message_id: int, data: str) -> dict[str, object]:
    return {
        "id": str(user_id),
        "from": {"id": user_id, "is_bot": False, "first_name": name},
        "chat_instance": "1",
        "message": {
            "message_id": message_id,
            "date": 0,
            "chat": {"id": match.group.id, "type": "supergroup", "title": ""},
        },
        "data": data,
    }


async def _post(hall: Hall, update: dict[str, object]) -> int:
    secret = hall.sandbox.webhook._secret
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{hall.config().telegram.webhook.public_url}/telegram",
            json=update,
            headers={"X-Telegram-Bot-Api-Secret-Token": secret},
        ) as answer,
    ):
        return answer.status


async def test_press_during_a_broadcast_of_thousands_is_ruled_at_once(match: Match) -> None:
    """A broadcast that fills Telegram's limits does not hold a contest up."""
    hall = match.hall
    await match.begins()
    strangers = range(800_000_000, 800_003_000)

    def flood(tx):  # type: ignore[no-untyped-def]
        for user_id in strangers:
            tx.outbox.say(user_id, Note(text="广播"), now=hall.clock.now(), rank=Rank.BROADCAST, batch="flood")

    await hall.write(flood)
    await hall.settle()
    toast = await match.anna.presses("抢答", match.group)
    buzzed = await match.text()
    await match.anna.presses(await match.letter(right=True), match.group)

    assert toast == "您抢到了！请立即作答。"
    assert "抢到" in buzzed
    assert "正确，+10 分" in await match.text()
    waiting = await hall.read(lambda tx: tx.outbox.batch_states("flood"))
    assert waiting[State.PENDING, None] > 2_000


async def test_429_in_one_chat_stops_only_that_chat(match: Match) -> None:
    """Telegram tells one chat to wait: it waits exactly that long, the contest beside it does not."""
    hall = match.hall
    dora = await hall.enrol("朵拉")
    await match.begins()
    await hall.town.fault("retry", chat_id=dora.id, retry_after=30)

    await dora.says("/help")
    toast = await match.anna.presses("抢答", match.group)
    answered = await match.text()
    early = await dora.messages()
    await hall.advance(seconds=31)

    assert toast == "您抢到了！请立即作答。"
    assert "抢到" in answered
    assert all("/lang" not in message.text for message in early)
    assert "/lang" in await dora.reads()


async def test_second_poller_is_named_and_we_go_on(hall: Hall) -> None:
    """409 from a second program with the same token: said in the log and by /health, and polling goes on after it."""
    anna = await hall.person("安娜")
    assert hall.app is not None
    url = f"{hall.url}/bot{hall.sandbox.token}/getUpdates?timeout=0"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        await answer.read()
    await hall.until_true(lambda: hall.app.poller.trouble is not None)
    trouble = hall.app.poller.trouble

    await ring_until_quiet(hall)
    await anna.says("/help")

    assert trouble == "conflict"
    assert "/lang" in await anna.reads()


async def test_group_that_became_a_supergroup_keeps_its_contest(hall: Hall) -> None:
    """The contest goes on under the new id; what cannot be edited there is sent anew."""
    match = await gather(hall, kind="group")
    await match.begins()
    await match.anna.presses("抢答", match.group)

    match.group = await match.group.upgrade()
    await match.hall.settle()
    await match.hall.advance(seconds=1)
    asked_again = await match.text()
    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=True), match.group)

    assert "重新出题" in asked_again
    assert "蓝队 110" in await match.text()


async def test_text_over_the_limit_still_arrives(hall: Hall) -> None:
    """Whatever a presenter makes, the message arrives: without its formatting and cut, if it must be."""
    anna = await hall.person("安娜")

    await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="<长&" * 2000), now=hall.clock.now()))
    await hall.settle()

    text = await anna.reads()
    assert len(text) == 4096
    assert text.startswith("<长&<长&")
    assert text.endswith("…")


async def test_blocked_user_is_left_alone(hall: Hall) -> None:
    """Somebody who blocked the bot is noted as unreachable; the rest goes on."""
    anna, bert = await hall.enrol("安娜"), await hall.enrol("伯特")
    await anna.person.blocks()

    def say(tx):  # type: ignore[no-untyped-def]
        for actor in (anna, bert):
            tx.outbox.say(actor.id, Note(text="通知"), now=hall.clock.now(), batch="both")

    await hall.write(say)
    await hall.settle()

    states = await hall.read(lambda tx: tx.outbox.batch_states("both"))
    user = await hall.read(lambda tx: tx.places.user(anna.id))
    assert states == {(State.REFUSED, "blocked"): 1, (State.SENT, None): 1}
    assert user is not None
    assert not user.reachable


async def test_what_arrives_again_makes_somebody_reachable_again(hall: Hall) -> None:
    """Somebody who let the bot in again without a word to it is known to be reachable once a message has arrived."""
    anna = await hall.enrol("安娜")
    await hall.write(lambda tx: tx.places.reach(anna.id, False))

    await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="通知"), now=hall.clock.now()))
    await hall.settle()

    user = await hall.read(lambda tx: tx.places.user(anna.id))
    assert user is not None
    assert user.reachable


async def ring_until_quiet(hall: Hall) -> None:
    """Let the pauses after failures pass one by one until the bot has caught up."""
    while not hall.sandbox.quiet:
        if hall.clock.due(60) is not None:
            hall.clock.ring_next()
        for _ in range(500):
            await asyncio.sleep(0)
    await hall.settle()
    while hall.app is not None and hall.app.pump.pausing:
        hall.clock.ring_next()
        await hall.settle()


async def test_telegram_away_is_waited_out(hall: Hall) -> None:
    """A refused connection is surely no delivery: the message waits and goes out when Telegram is back, once."""
    anna = await hall.person("安娜")
    await anna.says("/help")
    await hall.wire.cut()
    await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="等待中"), now=hall.clock.now()))
    await hall.until_true(lambda: hall.app.poller.trouble == "unreachable" and hall.app.pump.pausing == 1)

    await hall.wire.mend()
    await ring_until_quiet(hall)

    assert sum("等待中" in message.text for message in await anna.messages()) == 1


async def test_outage_during_a_window_voids_the_question(match: Match) -> None:
    """Nobody could press while the line was down: the question is void and asked again, no points are lost."""
    hall = match.hall
    await match.begins()
    await match.anna.presses("抢答", match.group)

    await hall.wire.cut()
    await hall.until_true(lambda: hall.app.poller.trouble == "unreachable")
    await hall.wire.mend()
    await ring_until_quiet(hall)
    await hall.advance(seconds=2)

    texts = [message.text for message in await match.anna.messages(match.group)]
    assert any("服务曾中断" in text for text in texts)
    assert "重新出题" in texts[-1]


async def test_unknown_kinds_of_update_stop_nothing(hall: Hall) -> None:
    """A kind of update that we do not know is stored, dealt with and forgotten."""
    anna = await hall.person("安娜")
    await hall.town.put_update({"brand_new_thing": {"x": 1}})
    await hall.town.put_update({"message": {"message_id": 1, "date": 0, "chat": {"id": anna.id, "type": "private"}}})
    await hall.settle()

    await anna.says("/help")

    assert "/lang" in await anna.reads()


async def test_standings_whose_answer_was_lost_come_again(match: Match) -> None:
    """Twice does no harm, and a contest without its end would: the standings are sent once more, and only once."""
    await match.begins("buzzer 常识 1")
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)

    await match.hall.advance(minutes=2)

    ends = [message for message in await match.anna.messages(match.group) if "最终成绩" in message.text]
    assert len(ends) == 2
    assert ends[0].text == ends[1].text

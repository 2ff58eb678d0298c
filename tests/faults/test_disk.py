"""The disk fails while the bot runs: it says so once, pretends nothing, and goes on by itself when it is mended."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import aiohttp
import pytest
import structlog

from quizzes.engine import events as e
from quizzes.live import events_of
from sandbox.people import Group
from storage.errors import CommitFailed
from tests.dialogues.match import Match, gather
from tests.faults.disk import becomes_read_only, has_room, held, is_full_for, is_writable_again, pragma, until_mended
from tests.hall import Actor, Hall, HallMaker

UNSTORED = "机器人暂时无法保存数据。您的操作已保留，恢复后会自动处理，无需重复操作。"


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def texts(actor: Actor, chat: Group | None = None) -> Sequence[str]:
    """What the bot said in a chat."""
    return [message.text for message in await actor.messages(chat) if message.sender != actor.id]


async def health(hall: Hall) -> dict[str, Any]:
    """What /health would say."""
    assert hall.app is not None
    state = await hall.app.health.look()
    return {"ready": state.ready, "trouble": state.troubles[0].code if state.troubles else None}


async def test_read_only_disk_keeps_what_comes_until_it_is_mended(hall: Hall) -> None:
    """Who writes is told once that nothing can be stored, never that it was done; afterwards all of it is done, once."""
    anna = await hall.enrol("安娜")
    await hall.unit_group("一支部", "示范区/第一支部", anna)
    await hall.advance(hours=2)
    await becomes_read_only(hall)

    with structlog.testing.capture_logs() as log:
        await anna.says("签到")
        await anna.says("/help")
        during, state = await texts(anna), await health(hall)
        await hall.advance(minutes=30)
        await is_writable_again(hall)
        await hall.advance(minutes=1)

    after = (await texts(anna))[len(during) :]
    assert during[-1] == UNSTORED
    assert Counter(during)[UNSTORED] == 1
    assert not any("签到成功" in text for text in during)
    assert (state["ready"], state["trouble"]) == (False, "storage")
    assert len(after) == 2
    assert "/lang" in after[-1]
    assert (await health(hall))["ready"] is True
    assert await hall.read(lambda tx: len(tx.connection.execute("SELECT * FROM checkin_entries").fetchall())) == 1
    told = [line["event"] for line in log if line["log_level"] in ("error", "warning")]
    assert told == ["nothing can be stored"]
    assert [line["trouble"] for line in log if line["event"] == "nothing can be stored"] == ["read_only"]
    assert "things can be stored again" in [line["event"] for line in log]


async def test_who_fails_to_hear_of_an_outage_keeps_nobody_else_from_it(hall: Hall) -> None:
    """One of those who are told fails, another finds the disk full again: the rest hear, and all of them at the next look."""
    assert hall.app is not None
    told = []

    async def fails(_since: datetime, _until: datetime) -> None:
        told.append("fails")
        raise LookupError

    async def finds_it_full_once(_since: datetime, _until: datetime) -> None:
        told.append("full" if "full" not in told else "again")
        if told[-1] == "full":
            raise CommitFailed

    async def hears(_since: datetime, _until: datetime) -> None:
        told.append("hears")

    hall.app.mending.outages[:] = [fails, finds_it_full_once, hears]
    await becomes_read_only(hall)
    with pytest.raises(CommitFailed):
        await hall.write(lambda tx: tx.meta.put("probe", "1"))

    with structlog.testing.capture_logs() as log:
        await is_writable_again(hall)
        await until_mended(hall)

    assert told == ["fails", "full", "fails", "again", "hears"]
    assert [line["event"] for line in log if line["log_level"] == "error"] == [
        "somebody could not be told that nothing could be stored"
    ] * 2


async def test_press_that_finds_the_disk_full_is_told_so_and_counts_later(hall: Hall) -> None:
    """It was in the inbox, its check-in did not fit: a dialog says so at once; with room again it counts, once, in order."""
    anna = await hall.enrol("安娜")
    group = await hall.unit_group("一支部", "示范区/第一支部", anna)
    await hall.advance(hours=1)
    await is_full_for(hall, "checkin_entries")

    toast = await anna.presses("签到", group)
    await anna.says("/lang en", group)
    await anna.says("/lang zh-CN")
    waiting = await hall.read(lambda tx: [row.chat_id for row in tx.inbox.waiting()])
    await has_room(hall)
    await hall.advance(minutes=1)

    assert toast == UNSTORED
    assert waiting[0] == group.id
    assert await hall.read(lambda tx: tx.inbox.waiting()) == ()
    assert await hall.read(lambda tx: len(tx.connection.execute("SELECT * FROM checkin_entries").fetchall())) == 1


async def test_press_while_the_file_is_locked_decides_nothing(match: Match) -> None:
    """Another program holds the database in mid-question: nobody's press is ruled on, the question is asked again."""
    hall = match.hall
    await match.begins()
    await pragma(hall.app, "busy_timeout = 0")

    with held(hall.database_path):
        toast = await match.anna.presses("抢答", match.group)
        await hall.advance(seconds=30)
        during = await match.contest()
    await until_mended(hall)

    contest = await match.contest()
    assert toast == UNSTORED
    assert during.open_index == 0
    assert contest.records == ()
    lost = [event for event in await hall.read(lambda tx: events_of(tx, 1)) if isinstance(event, e.RoundLost)]
    assert [event.reason for event in lost] == [e.LossReason.OUTAGE]
    assert any("服务曾中断" in text for text in await texts(match.anna, match.group))


async def test_contest_goes_on_to_its_end_after_the_disk_failed_at_every_question(match: Match) -> None:
    """The end of a window that could not be stored comes later: no contest is stuck, every score is right."""
    hall = match.hall
    await match.begins()

    for _ in range(2):
        await match.anna.presses("抢答", match.group)
        await becomes_read_only(hall)
        await hall.advance(minutes=2)
        await is_writable_again(hall)
        await until_mended(hall)
        await hall.advance(seconds=5)
        await match.anna.presses("抢答", match.group)
        await match.anna.presses(await match.letter(right=True), match.group)
        await hall.advance(seconds=8)
    await hall.advance(minutes=2)

    said = await texts(match.anna, match.group)
    assert sum("最终成绩" in text for text in said) == 1
    assert "120" in next(text for text in said if "最终成绩" in text)


async def test_alarm_that_could_not_be_stored_for_an_hour_rings_afterwards(hall: Hall) -> None:
    """The check-in opens late and is not forgotten, however long the disk was away."""
    anna = await hall.enrol("安娜")
    group = await hall.unit_group("一支部", "示范区/第一支部", anna)
    await becomes_read_only(hall)

    await hall.advance(hours=2)
    before = await texts(anna, group)
    await is_writable_again(hall)
    await hall.advance(minutes=1)

    assert before == []
    assert len(await texts(anna, group)) == 1
    assert await anna.presses("签到", group) != UNSTORED


async def test_webhook_is_not_answered_with_success_until_it_is_stored(hall_with: HallMaker) -> None:
    """Telegram hears 503 and calls again; the update has its effect once things can be stored."""
    hall = await hall_with(telegram={"mode": "webhook"})
    anna = await hall.person("安娜")
    await becomes_read_only(hall)
    secret = hall.sandbox.webhook._secret
    url = f"{hall.config().telegram.webhook.public_url}/telegram"
    body = {
        "update_id": 990_000_001,
        "message": {
            "message_id": 5,
            "date": 0,
            "chat": {"id": anna.id, "type": "private"},
            "from": {"id": anna.id, "is_bot": False, "first_name": "安娜"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }

    statuses = []
    async with aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": secret}) as session:
        async with session.post(url, json=body) as answer:
            statuses.append(answer.status)
        await hall.settle()
        during = await texts(anna)
        await is_writable_again(hall)
        await hall.advance(seconds=5)
        for _ in range(2):
            async with session.post(url, json=body) as answer:
                statuses.append(answer.status)
    await hall.settle()

    assert statuses == [503, 200, 200]
    assert during == [UNSTORED]
    assert ["/lang" in text for text in await texts(anna)] == [False, True]

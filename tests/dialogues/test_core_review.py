"""Traps on the way of an update that a reading of the core brought to light."""

import asyncio
import sqlite3
from collections.abc import Callable
from io import BytesIO
from typing import Any

import aiohttp
import orjson
import pytest

from bot.web.control import socket_of
from storage import StorageError
from storage.outbox import State
from study.notes import Note
from tests.dialogues.match import Match, gather
from tests.hall import Hall, HallMaker


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def inbox_state(hall: Hall, update_id: int) -> tuple[str, str | None]:
    """How an update fared."""

    def look(tx: Any) -> tuple[str, str | None]:
        row = tx.connection.execute("SELECT state, error FROM inbox WHERE update_id = ?", (update_id,)).fetchone()
        return row["state"], row["error"]

    return await hall.read(look)


def disk_full_once(state: str) -> Callable[[Any], None]:
    """From now on the disk is full whenever a row of the outbox is to be noted as ``state``."""

    def begin(tx: Any) -> None:
        tx.connection.execute(
            f"CREATE TRIGGER trouble BEFORE UPDATE OF state ON outbox WHEN NEW.state = '{state}' "  # noqa: S608 - a test's own word
            "BEGIN INSERT INTO meta (name, value) VALUES ('large', zeroblob(1000000)); END"
        )
        pages = tx.connection.execute("PRAGMA page_count").fetchone()["page_count"]
        tx.connection.execute(f"PRAGMA max_page_count = {pages + 20}").fetchone()

    return begin


def no_trouble(tx: Any) -> None:
    """The disk has room again."""
    tx.connection.execute("PRAGMA max_page_count = 1000000").fetchone()
    tx.connection.execute("DROP TRIGGER trouble")


async def test_update_that_fails_outside_its_handler_is_noted_as_failed(hall: Hall) -> None:
    """What escapes python-telegram-bot's handlers is not taken for success: the row says that it failed, and why."""
    anna = await hall.person("安娜")
    await anna.says("/help")
    await hall.write(trouble_with_groups)

    body = membership(anna.id, -1_005_000_000_000)
    update_id = await hall.town.put_update(body)
    await hall.settle()

    assert await inbox_state(hall, update_id) == ("failed", "IntegrityError")


def trouble_with_groups(tx: Any) -> None:
    """No group can be added."""
    tx.connection.execute("CREATE TRIGGER trouble BEFORE INSERT ON groups BEGIN SELECT RAISE(ABORT, 'no'); END")


def membership(by: int, chat_id: int, kind: str = "supergroup") -> dict[str, Any]:
    """The bot was let into a chat."""
    bot = {"id": 1, "is_bot": True, "first_name": "b"}
    return {
        "my_chat_member": {
            "chat": {"id": chat_id, "type": kind, "title": "新群"},
            "from": {"id": by, "is_bot": False, "first_name": "安娜"},
            "date": 0,
            "old_chat_member": {"status": "left", "user": bot},
            "new_chat_member": {"status": "member", "user": bot},
        }
    }


async def test_channel_that_the_bot_is_put_into_is_no_group(hall: Hall) -> None:
    """A channel is neither greeted nor listed."""
    anna = await hall.person("安娜")

    await hall.town.put_update(membership(anna.id, -1_005_000_000_001, "channel"))
    await hall.settle()

    assert await hall.read(lambda tx: tx.places.group(-1_005_000_000_001)) is None


async def test_group_keeps_its_unit_when_the_upgrade_is_heard_of_twice(hall: Hall) -> None:
    """A send hears of the upgrade before the update about it comes: the unit stays bound to the new id."""
    anna = await hall.enrol("安娜")
    group = await hall.unit_group("一支部群", "示范区/第一支部", anna, kind="group")
    unit = (await hall.read(lambda tx: tx.places.group(group.id))).unit_id  # type: ignore[union-attr]
    new = -1_009_000_000_000
    await hall.write(lambda tx: tx.move_chat(group.id, new))

    await hall.town.put_update(migration(group.id, anna.id, migrate_to_chat_id=new))
    await hall.settle()

    place = await hall.read(lambda tx: tx.places.group(new))
    assert place is not None
    assert place.unit_id == unit
    assert await hall.read(lambda tx: tx.places.group(group.id)) is None


def migration(chat_id: int, by: int, **what: int) -> dict[str, Any]:
    """The service message of an upgrade."""
    return {
        "message": {
            "message_id": 99,
            "date": 0,
            "chat": {"id": chat_id, "type": "group", "title": "一支部群"},
            "from": {"id": by, "is_bot": False, "first_name": "新名"},
            **what,
        }
    }


async def test_half_a_character_stops_nothing(hall: Hall) -> None:
    """Half a surrogate pair, which Telegram may send in a name, is stored and answered; nothing behind it waits."""
    anna = await hall.person("安娜")
    assert hall.app is not None
    text = orjson.loads(b'{"x": 1}')
    text["update_id"] = 990_000_001
    text["message"] = {
        "message_id": 5,
        "date": 0,
        "chat": {"id": anna.id, "type": "private", "first_name": "\ud83d"},
        "from": {"id": anna.id, "is_bot": False, "first_name": "安\ud83d"},
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }

    await hall.app.ingest.take([text], hall.clock.now())
    await hall.settle()

    assert await inbox_state(hall, 990_000_001) == ("done", None)
    assert "/lang" in await anna.reads()


async def test_half_a_character_in_a_title_is_kept_as_it_can_be(hall: Hall) -> None:
    """What is dealt with is what was stored, so that a group's title goes into the database whatever it holds; NaN too."""
    anna = await hall.person("安娜")
    assert hall.app is not None
    text = {
        "update_id": 990_000_009,
        "message": {
            "message_id": 5,
            "date": 0,
            "chat": {"id": -1_003_000_000_777, "type": "supergroup", "title": "学习\ud83d"},
            "from": {"id": anna.id, "is_bot": False, "first_name": "安娜"},
            "text": "大家好",
            "x": float("nan"),
        },
    }

    await hall.app.ingest.take([text], hall.clock.now())
    await hall.settle()

    group = await hall.read(lambda tx: tx.places.group(-1_003_000_000_777))
    assert await inbox_state(hall, 990_000_009) == ("done", None)
    assert group is not None
    assert group.title == "学习?"


async def test_numbers_beyond_measure_stop_nothing(hall: Hall) -> None:
    """An update whose numbers no database can hold is passed over; its neighbours have their effect."""
    anna = await hall.person("安娜")
    assert hall.app is not None
    good = {
        "update_id": 990_000_002,
        "message": {
            "message_id": 5,
            "date": 0,
            "chat": {"id": anna.id, "type": "private"},
            "from": {"id": anna.id, "is_bot": False, "first_name": "安娜"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }
    wide = {"update_id": 990_000_003, "message": {"chat": {"id": 2**70}, "from": {"id": 2**70}, "x": 2**70}}

    await hall.app.ingest.take([{"update_id": 2**70}, wide, good, {"update_id": True}], hall.clock.now())
    await hall.settle()

    assert "/lang" in await anna.reads()


async def test_updates_of_a_batch_go_in_the_order_of_their_ids(hall: Hall) -> None:
    """However a batch is sorted, a chat's updates are dealt with by their ids."""
    anna = await hall.person("安娜")
    assert hall.app is not None

    def speak(update_id: int, language: str) -> dict[str, Any]:
        return {
            "update_id": update_id,
            "message": {
                "message_id": 5,
                "date": 0,
                "chat": {"id": anna.id, "type": "private"},
                "from": {"id": anna.id, "is_bot": False, "first_name": "安娜"},
                "text": f"/lang {language}",
                "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
            },
        }

    await hall.app.ingest.take([speak(990_000_005, "en"), speak(990_000_004, "zh-CN")], hall.clock.now())
    await hall.settle()

    assert await hall.read(lambda tx: tx.places.language(anna.id)) == "en"


async def test_message_whose_end_could_not_be_noted_is_noted_later(match: Match) -> None:
    """The disk is full when a question's delivery is to be noted: the lane waits for room, then the window opens."""
    hall = match.hall
    await match.opens()
    await hall.write(disk_full_once("sent"))

    await match.host.presses("开始", match.group)
    await hall.write(no_trouble)
    await hall.advance(seconds=8)
    toast = await match.anna.presses("抢答", match.group)

    assert toast == "您抢到了！请立即作答。"
    assert await hall.read(lambda tx: tx.outbox.interrupted()) == ()


async def test_row_that_could_not_be_claimed_is_claimed_later(hall: Hall) -> None:
    """The disk is full when a row is to be claimed: its chat is not forgotten."""
    anna = await hall.person("安娜")
    await hall.write(disk_full_once("sending"))
    await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="终于"), now=hall.clock.now()))
    await hall.settle()

    await hall.write(no_trouble)
    await hall.advance(seconds=5)

    assert await anna.reads() == "终于"


async def test_edit_that_is_never_answered_does_not_hold_its_chat_for_ever(hall: Hall) -> None:
    """An edit whose answer is lost every time is given up in the end; what waits behind it goes out."""
    anna = await hall.person("安娜")
    await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="一"), now=hall.clock.now(), ref="one"))
    await hall.settle()
    await hall.advance(seconds=5)
    await hall.town.fault("lost", method="editMessageText", chat_id=anna.id, times=1000)

    await hall.write(lambda tx: tx.outbox.edit("one", Note(text="二"), now=hall.clock.now()))
    await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="三"), now=hall.clock.now(), batch="b"))
    await hall.settle()
    await hall.advance(minutes=10)

    assert await anna.reads() == "三"
    assert await hall.read(lambda tx: tx.outbox.pending()) == 0


async def test_outage_that_cannot_be_told_does_not_end_the_polling(match: Match) -> None:
    """Telling a contest of an outage may fail; the bot goes on listening."""
    hall = match.hall
    await match.begins()
    assert hall.app is not None

    async def fails(_since: object, _until: object) -> None:
        raise StorageError()

    hall.app.poller.outages.insert(0, fails)
    await hall.wire.cut()
    await hall.until_true(lambda: hall.app.poller.trouble == "unreachable")  # type: ignore[union-attr]
    await hall.wire.mend()
    while not hall.sandbox.quiet:
        hall.clock.ring_next()
        for _ in range(500):
            await asyncio.sleep(0)
    await hall.settle()

    assert hall.app.failed is not None
    assert not hall.app.failed.done()


async def test_unreadable_contest_does_not_keep_the_bot_from_starting(match: Match) -> None:
    """One contest whose log cannot be read is left alone; everything else starts."""
    hall = match.hall
    await match.begins()
    await hall.write(lambda tx: tx.connection.execute("UPDATE contest_events SET body = '{}' WHERE number = 1"))

    await hall.stop_bot()
    await hall.start_bot()
    await match.anna.says("/help")

    assert "/lang" in await match.anna.reads()


async def test_second_process_leaves_the_first_ones_socket(hall: Hall) -> None:
    """A second start on the same database is refused and takes nothing of the first away."""
    from bot.app import App
    from bot.scheduler import ClockAlarms
    from storage.errors import InUse

    second = App(hall.config(), hall.clock, lambda: ClockAlarms(hall.clock))
    with pytest.raises(InUse):
        await second.start()
    await second.stop()

    assert socket_of(hall.database_path).exists()


async def test_stopping_twice_is_stopping_once(hall: Hall) -> None:
    """``stop`` is safe at any point: after the end too."""
    assert hall.app is not None

    await hall.app.stop()
    await hall.app.stop()
    hall.app = None


async def test_what_is_on_the_wire_arrives_before_the_end(hall_with: HallMaker) -> None:
    """The bot is stopped while a call is under way: its answer is waited for and noted."""
    hall = await hall_with()
    anna = await hall.person("安娜")
    await hall.town.fault("hold", method="sendMessage", chat_id=anna.id)
    row_id = await hall.write(lambda tx: tx.outbox.say(anna.id, Note(text="就到"), now=hall.clock.now()))
    await hall.until_true(lambda: bool(hall.app.pump._on_wire))  # type: ignore[union-attr]
    app, hall.app = hall.app, None

    stopping = asyncio.ensure_future(app.stop())  # type: ignore[union-attr]
    for _ in range(500):
        await asyncio.sleep(0)
    ended_before_the_answer = stopping.done()
    await hall.town.clear_faults()
    await stopping
    connection = sqlite3.connect(hall.database_path)
    state = connection.execute("SELECT state FROM outbox WHERE id = ?", (row_id,)).fetchone()[0]
    connection.close()

    assert not ended_before_the_answer
    assert state == State.SENT.value


async def test_forged_button_of_the_host_changes_no_message(match: Match) -> None:
    """Whoever is not the host cannot turn a message of the group into the host's question."""
    await match.begins()
    before = await match.text()
    contest_id = (await match.contest()).setup.id

    toast = await match.anna.presses(data=f"host:stop:{contest_id}", chat=match.group)

    assert toast == "这个按钮无效。"
    assert await match.text() == before


async def test_names_that_turn_the_line_around_are_tamed(match: Match) -> None:
    """A name with direction marks, line breaks or nothing to see does no harm to the lists that it stands in."""
    await match.host.says("/contest buzzer 常识 2", match.group)
    eve = await match.hall.person("\u202e夏娃\u2066\n\u200b")
    await match.group.add(eve.person)
    await eve.presses("加入 红队", match.group)

    text = "".join(message.text for message in await match.anna.messages(match.group))

    assert "夏娃" in text
    assert not set("\u202e\u2066\u200b") & set(text)


async def test_webhook_bears_whatever_comes(hall_with: HallMaker) -> None:
    """No JSON, not an object, too large, a secret of strange letters: refused; half a character: taken."""
    hall = await hall_with(telegram={"mode": "webhook"})
    secret = hall.sandbox.webhook._secret
    url = f"{hall.config().telegram.webhook.public_url}/telegram"
    bodies = [b"nonsense", b"[]", b"1" * 2_000_000, b'{"update_id": 5, "x": "\\ud83d"}']

    async with aiohttp.ClientSession() as session:
        statuses = []
        for body in bodies:
            async with session.post(
                url, data=BytesIO(body), headers={"X-Telegram-Bot-Api-Secret-Token": secret}
            ) as answer:
                statuses.append(answer.status)
        async with session.post(url, data=b"{}", headers={"X-Telegram-Bot-Api-Secret-Token": "密码"}) as answer:
            statuses.append(answer.status)
    await hall.settle()

    assert statuses == [400, 400, 413, 200, 401]

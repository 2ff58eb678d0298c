"""One actor a chat: order within a chat, chats side by side, a bound, an end."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.dispatch import Dispatch
from quizzes.ears import behind_all
from storage import Arrival, Turn
from storage.inbox import InboxRow

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def row(update_id: int, chat_id: int = 1) -> InboxRow:
    """An update of a chat."""
    return InboxRow(update_id=update_id, chat_id=chat_id, received_at=NOON, body="{}")


async def rounds() -> None:
    """Let everything run that can."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_updates_of_a_chat_wait_for_one_another() -> None:
    """The second begins when the first has ended, and work that was put in stands in line with both."""
    log: list[str] = []
    gate = asyncio.Event()

    async def deal(one: InboxRow, _turn: Turn) -> None:
        log.append(f"begins {one.update_id}")
        await gate.wait()
        log.append(f"ends {one.update_id}")

    async def window_ends() -> None:
        log.append("window")

    dispatch = Dispatch(deal)

    dispatch.put([row(1)])
    dispatch.put_work(1, window_ends)
    dispatch.put([row(2)])
    await rounds()
    before = list(log)
    gate.set()
    await rounds()

    assert before == ["begins 1"]
    assert log == ["begins 1", "ends 1", "window", "begins 2", "ends 2"]
    assert dispatch.idle


async def test_chats_do_not_wait_for_one_another() -> None:
    """A chat whose handler hangs delays no other."""
    dealt: list[int] = []

    async def deal(one: InboxRow, _turn: Turn) -> None:
        if one.chat_id == 1:
            await asyncio.Event().wait()
        dealt.append(one.update_id)

    dispatch = Dispatch(deal)

    dispatch.put([row(1, 1), row(2, 2), row(3, 1), row(4, 2)])
    await rounds()

    assert dealt == [2, 4]
    assert dispatch.depth == 2
    await dispatch.stop()


async def test_failure_stops_neither_the_chat_nor_the_others() -> None:
    """Whatever escapes a handler, the next update of the chat is dealt with."""
    dealt: list[int] = []

    async def deal(one: InboxRow, _turn: Turn) -> None:
        dealt.append(one.update_id)
        raise LookupError

    dispatch = Dispatch(deal)

    dispatch.put([row(1), row(2)])
    await rounds()

    assert dealt == [1, 2]
    assert dispatch.idle


async def test_more_than_there_is_room_for_has_to_wait() -> None:
    """``room`` holds back whoever fetches until the waiting updates are fewer than the bound."""
    gate = asyncio.Semaphore(0)

    async def deal(_one: InboxRow, _turn: Turn) -> None:
        await gate.acquire()

    dispatch = Dispatch(deal, room=2)
    dispatch.put([row(1), row(2)])
    waiting = asyncio.ensure_future(dispatch.room())
    await rounds()
    held_back = not waiting.done()

    gate.release()
    await rounds()

    assert held_back
    assert waiting.done()
    await dispatch.stop()


async def test_nothing_begins_after_the_end() -> None:
    """What comes after ``stop`` is left in the inbox."""
    dealt: list[int] = []

    async def deal(one: InboxRow, _turn: Turn) -> None:
        dealt.append(one.update_id)

    dispatch = Dispatch(deal)
    await dispatch.stop()

    dispatch.put([row(1)])
    await rounds()

    assert dealt == []


async def test_the_end_of_a_window_waits_for_other_chats_too() -> None:
    """What was received in other chats before is dealt with first, though those chats have lines of their own."""
    log: list[str] = []
    gate = asyncio.Event()

    async def deal(one: InboxRow, _turn: Turn) -> None:
        if one.chat_id == 2:
            await gate.wait()
        log.append(f"update {one.update_id}")

    async def window_ends() -> None:
        log.append("window")

    dispatch = Dispatch(deal)

    dispatch.put([row(1, chat_id=2), row(2, chat_id=3)])
    behind_all(dispatch.put_work, frozenset({2, 3, 4}), 1, window_ends)
    dispatch.put([row(3, chat_id=2)])
    await rounds()
    before = list(log)
    gate.set()
    await rounds()

    assert before == ["update 2"]
    assert log.index("window") > log.index("update 1")
    assert dispatch.idle


async def test_nothing_else_to_wait_for() -> None:
    """Without other chats the work stands in its own chat's line at once."""
    log: list[str] = []

    async def deal(one: InboxRow, _turn: Turn) -> None:
        log.append(f"update {one.update_id}")

    async def window_ends() -> None:
        log.append("window")

    dispatch = Dispatch(deal)

    behind_all(dispatch.put_work, frozenset(), 1, window_ends)
    await rounds()

    assert log == ["window"]


async def test_swift_updates_follow_one_another_into_the_line() -> None:
    """The next swift one begins when the one before stands in the writer's line; what is not swift waits for all of them."""
    log: list[str] = []
    committed = asyncio.Event()
    looked_up = asyncio.Event()

    async def deal(one: InboxRow, turn: Turn) -> None:
        if one.update_id == 1:
            await looked_up.wait()
        await turn.comes()
        log.append(f"enters {one.update_id}")
        turn.take()
        if one.update_id < 4:
            await committed.wait()
        log.append(f"ends {one.update_id}")

    dispatch = Dispatch(deal, lambda one: one.update_id != 4)

    dispatch.put([row(1), row(2), row(3), row(4), row(5)])
    await rounds()
    before = list(log)
    looked_up.set()
    await rounds()
    entered = list(log)
    committed.set()
    await rounds()

    assert before == []
    assert entered == ["enters 1", "enters 2", "enters 3"]
    assert log[3:6] == ["ends 1", "ends 2", "ends 3"]
    assert log[6:] == ["enters 4", "ends 4", "enters 5", "ends 5"]
    assert dispatch.idle


async def test_update_that_comes_behind_swift_ones_waits_for_them() -> None:
    """A lane whose actor has gone home still has presses under way: nobody overtakes these either."""
    log: list[int] = []
    committed = asyncio.Event()

    async def deal(one: InboxRow, turn: Turn) -> None:
        turn.take()
        if one.update_id == 1:
            await committed.wait()
        log.append(one.update_id)

    dispatch = Dispatch(deal, lambda one: one.update_id == 1)

    dispatch.put([row(1)])
    await rounds()
    dispatch.put([row(2)])
    await rounds()
    before = list(log)
    committed.set()
    await rounds()

    assert before == []
    assert log == [1, 2]


async def test_swift_update_that_fails_lets_the_next_in() -> None:
    """It ends without ever standing in the line: the chat goes on, and still nobody overtakes those before it."""
    dealt: list[int] = []
    looked_up = asyncio.Event()

    async def deal(one: InboxRow, turn: Turn) -> None:
        if one.update_id == 2:
            raise LookupError
        if one.update_id == 1:
            await looked_up.wait()
        await turn.comes()
        turn.take()
        dealt.append(one.update_id)

    dispatch = Dispatch(deal, lambda _: True)

    dispatch.put([row(1), row(2), row(3)])
    await rounds()
    before = list(dealt)
    looked_up.set()
    await rounds()

    assert before == []
    assert dealt == [1, 3]
    assert dispatch.idle


async def test_what_has_not_come_in_is_not_dealt_with() -> None:
    """Updates are put in while the inbox is written: whatever is not swift waits for that, and a known one is left out."""
    dealt: list[int] = []

    async def deal(one: InboxRow, _turn: Turn) -> None:
        dealt.append(one.update_id)

    dispatch = Dispatch(deal)
    arrival = Arrival()

    dispatch.put([replace(row(number), arrival=arrival) for number in (1, 2, 3)])
    await rounds()
    before = list(dealt)
    arrival.came(frozenset((1, 3)))
    arrival.ended()
    await rounds()

    assert before == []
    assert dealt == [1, 3]
    assert dispatch.idle


async def test_end_calls_swift_updates_off() -> None:
    """Nothing is left running when the bot stops, and what was under way comes again after the next start."""

    async def deal(_one: InboxRow, turn: Turn) -> None:
        turn.take()
        await asyncio.Event().wait()

    dispatch = Dispatch(deal, lambda _: True)
    dispatch.put([row(1), row(2)])
    await rounds()

    await dispatch.stop()

    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith(("chat", "press"))]

"""One actor a chat: updates of a chat run one after another in the order of their ids, chats run side by side.

Theory of operation
-------------------
What a chat has to be dealt with stands in its lane, and one actor goes along it. An update is finished before the next
begins, but for *swift* ones: a press on a buzzer or an answer is one transaction and nothing else. These are begun together,
and each has a turn behind the one before: their transactions come to the writer's line in their order, so that five hundred
presses on one question share a few commits instead of paying for one each. Whatever is not swift waits until every
swift one before it is committed, and nothing overtakes it.

Updates are put in while the inbox is still being written. A swift one that nothing stands before is begun at once and shares
the inbox's commit (if that fails, so does it); any other waits until it is known that it came in.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import structlog

from storage import Turn
from storage.errors import Unavailable
from storage.inbox import InboxRow

log = structlog.get_logger()

Item = InboxRow | Callable[[], Awaitable[None]]

_ROOM = 2_000
"""How many updates may wait in memory; beyond that Telegram keeps them."""


@dataclass(slots=True)
class _Lane:
    """``flowing``: swift updates that have begun; ``has_actor``: whether somebody goes along it at present; ``turn``: that of the
    swift update that has begun last.

    Of those ``under_way`` so many are ``held`` until things can be stored again: whatever comes later waits behind these.
    """

    items: deque[Item] = field(default_factory=deque)
    flowing: set[asyncio.Task[None]] = field(default_factory=set)
    has_actor: bool = False
    turn: Turn | None = None
    under_way: int = 0
    held: int = 0

    @property
    def is_over(self) -> bool:
        return not (self.items or self.flowing or self.has_actor)


def _never(_row: InboxRow) -> bool:
    return False


class Dispatch:
    """Hands inbox rows to ``deal``, in order within a chat.

    ``deal`` is the outermost boundary of an update: whatever escapes it is logged here and stops nothing. Its second
    argument is the turn in which the transaction of a swift update stands in the writer's line; ``is_swift`` says which
    updates are. What could not be stored has had no effect: its chat waits until ``mended`` comes back, and then it is dealt
    with again (without one it waits for the next start).
    """

    def __init__(
        self,
        deal: Callable[[InboxRow, Turn], Awaitable[None]],
        is_swift: Callable[[InboxRow], bool] = _never,
        *,
        mended: Callable[[], Awaitable[None]] | None = None,
        room: int = _ROOM,
    ) -> None:
        self._deal = deal
        self.is_swift = is_swift
        self._mended = mended
        self._limit = room
        self._lanes: dict[int, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._is_open = True

    @property
    def idle(self) -> bool:
        """Whether every update that was put in has been dealt with."""
        return self._waiting == 0

    @property
    def held(self) -> bool:
        """Whether all that was put in waits until things can be stored again."""
        return all(lane.held and lane.held == lane.under_way for lane in self._lanes.values())

    @property
    def depth(self) -> int:
        """How many updates wait or are being dealt with."""
        return self._waiting

    @property
    def is_full(self) -> bool:
        """Whether no more are let in until some are dealt with."""
        return self._waiting >= self._limit

    async def room(self) -> None:
        """Wait until more updates may be put in."""
        await self._has_room.wait()

    def put(self, rows: Iterable[InboxRow]) -> None:
        """Queue updates that are in the inbox, or on their way into it."""
        for row in rows:
            self._join(row.chat_id, row)
        if self._waiting >= self._limit:
            self._has_room.clear()

    def put_work(self, chat_id: int, work: Callable[[], Awaitable[None]]) -> None:
        """Queue something else that has to stand in line with a chat's updates, such as the end of a window."""
        self._join(chat_id, work)

    def _join(self, chat_id: int, item: Item) -> None:
        if not self._is_open:
            return  # it is in the inbox, or rings again after the next start
        self._waiting += 1
        lane = self._lanes.get(chat_id)
        if lane is None:
            lane = self._lanes[chat_id] = _Lane()
        if (
            isinstance(item, InboxRow)
            and self.is_swift(item)
            and _may_begin(item)
            and not (lane.has_actor or lane.held)
        ):
            self._let_in(chat_id, lane, item)
            return
        lane.items.append(item)
        if not lane.has_actor:
            lane.has_actor = True
            self._start(self._act(chat_id, lane), f"chat {chat_id}")

    def _start(self, work: Awaitable[None], name: str) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        assert isinstance(task, asyncio.Task)
        task.set_name(name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        """Let nothing more begin; what is under way is cancelled and will be dealt with after the next start."""
        self._is_open = False
        self._has_room.set()
        for lane in self._lanes.values():
            lane.items.clear()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _act(self, chat_id: int, lane: _Lane) -> None:
        try:
            while lane.items:
                item = lane.items.popleft()
                if isinstance(item, InboxRow) and self.is_swift(item):
                    if lane.held:
                        await asyncio.wait(lane.flowing)
                    if _may_begin(item) or await _has_come(item):
                        self._let_in(chat_id, lane, item)
                    else:
                        self._is_through_with_one()
                    continue
                if lane.flowing:
                    await asyncio.wait(lane.flowing)
                await self._carry_out(chat_id, lane, item, Turn())
        finally:
            lane.has_actor = False
            self._leave(chat_id, lane)

    def _let_in(self, chat_id: int, lane: _Lane, row: InboxRow) -> None:
        """Begin a swift update, in its turn behind the one before."""
        turn = lane.turn = Turn(lane.turn)
        task = self._start(self._carry_out(chat_id, lane, row, turn), f"press {row.update_id}")
        lane.flowing.add(task)

        def ended(task: asyncio.Task[None]) -> None:
            turn.take()
            lane.flowing.discard(task)
            self._leave(chat_id, lane)

        task.add_done_callback(ended)

    def _leave(self, chat_id: int, lane: _Lane) -> None:
        if lane.is_over and self._lanes.get(chat_id) is lane:
            del self._lanes[chat_id]

    async def _carry_out(self, chat_id: int, lane: _Lane, item: Item, turn: Turn) -> None:
        lane.under_way += 1
        try:
            while not await self._is_through(chat_id, lane, item, turn):
                pass
        finally:
            lane.under_way -= 1
        self._is_through_with_one()

    def _is_through_with_one(self) -> None:
        self._waiting -= 1
        if self._waiting < self._limit:
            self._has_room.set()

    async def _is_through(self, chat_id: int, lane: _Lane, item: Item, turn: Turn) -> bool:
        """Deal with something; false if that could not be stored and is to be tried again now."""
        try:
            if not isinstance(item, InboxRow):
                await item()
            elif self.is_swift(item) or await _has_come(item):
                await self._deal(item, turn)
        except Unavailable:
            if self._mended is None:
                return True
            lane.held += 1
            try:
                await self._mended()
            finally:
                lane.held -= 1
            return False
        except Exception:
            log.exception("an update could not be dealt with", chat_id=chat_id)
        return True


def _may_begin(row: InboxRow) -> bool:
    """Whether a swift update may begin: the inbox has it, or both are one commit."""
    return row.arrival is None or row.arrival.is_shared or row.arrival.is_over


async def _has_come(row: InboxRow) -> bool:
    """Whether an update is in the inbox, once that is known."""
    return row.arrival is None or await row.arrival.has_brought(row.update_id)

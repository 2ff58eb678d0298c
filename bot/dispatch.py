"""One actor a chat: updates of a chat run one after another in the order of their ids, chats run side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

import structlog

from storage.errors import Unavailable
from storage.inbox import InboxRow

log = structlog.get_logger()

Item = InboxRow | Callable[[], Awaitable[None]]

_ROOM = 2_000
"""How many updates may wait in memory; beyond that Telegram keeps them."""


class Dispatch:
    """Hands inbox rows to ``deal``, in order within a chat.

    ``deal`` is the outermost boundary of an update: whatever escapes it is logged here and stops nothing. What could not
    be stored has had no effect: its chat waits until ``mended`` comes back, and then it is dealt with again (without one
    it waits for the next start).
    """

    def __init__(
        self,
        deal: Callable[[InboxRow], Awaitable[None]],
        *,
        mended: Callable[[], Awaitable[None]] | None = None,
        room: int = _ROOM,
    ) -> None:
        self._deal = deal
        self._mended = mended
        self._held = 0
        self._limit = room
        self._lanes: dict[int, deque[Item]] = {}
        self._actors: set[asyncio.Task[None]] = set()
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
        return self._held == len(self._lanes)

    @property
    def depth(self) -> int:
        """How many updates wait or are being dealt with."""
        return self._waiting

    async def room(self) -> None:
        """Wait until more updates may be put in."""
        await self._has_room.wait()

    def put(self, rows: Iterable[InboxRow]) -> None:
        """Queue updates, which are in the inbox already."""
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
            self._lanes[chat_id] = deque([item])
            actor = asyncio.create_task(self._act(chat_id), name=f"chat {chat_id}")
            self._actors.add(actor)
            actor.add_done_callback(self._actors.discard)
        else:
            lane.append(item)

    async def stop(self) -> None:
        """Let nothing more begin; what is under way is cancelled and will be dealt with after the next start."""
        self._is_open = False
        self._has_room.set()
        for lane in self._lanes.values():
            lane.clear()
        for actor in list(self._actors):
            actor.cancel()
        await asyncio.gather(*self._actors, return_exceptions=True)

    async def _act(self, chat_id: int) -> None:
        lane = self._lanes[chat_id]
        try:
            while lane:
                item = lane.popleft()
                await self._carry_out(chat_id, item)
                self._waiting -= 1
                if self._waiting < self._limit:
                    self._has_room.set()
        finally:
            del self._lanes[chat_id]

    async def _carry_out(self, chat_id: int, item: Item) -> None:
        while True:
            try:
                await (self._deal(item) if isinstance(item, InboxRow) else item())
            except Unavailable:
                if self._mended is None:
                    return
                self._held += 1
                try:
                    await self._mended()
                finally:
                    self._held -= 1
            except Exception:
                log.exception("an update could not be dealt with", chat_id=chat_id)
                return
            else:
                return

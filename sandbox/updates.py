"""The queue of updates: numbered, kept until they are confirmed, handed out at least once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from sandbox.clock import Clock
from sandbox.errors import bad_request, conflict
from sandbox.limits import UPDATE_KEPT

FIRST_ID = 500_000_001
DEFAULT_KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_join_request",
    }
)
"""What a bot gets that never named its ``allowed_updates``: all but ``chat_member`` and reactions."""
_HISTORY = 20_000


@dataclass(slots=True)
class Entry:
    """One update on its way.

    Args:
        seq: the order of arrival.
        lane: the person (or else the chat) it comes from; a webhook keeps the order within a lane.
        again: it stands out of the order of ids (redelivered, or put in by hand): an offset confirms it only after
            it was handed out.
    """

    seq: int
    update_id: int
    body: bytes
    lane: int
    at: float
    again: bool = False
    handed_out: bool = False


class UpdateQueue:
    """What the bot has not confirmed yet."""

    def __init__(self, clock: Clock) -> None:
        self.next_id = FIRST_ID
        self.kinds: frozenset[str] = DEFAULT_KINDS
        self.duplicate_next = 0
        self.on_put: Callable[[Entry], None] | None = None
        self._clock = clock
        self._seq = 0
        self._line: OrderedDict[int, Entry] = OrderedDict()
        self._again: dict[int, Entry] = {}
        self._history: OrderedDict[int, tuple[bytes, int]] = OrderedDict()
        self._waiter: asyncio.Future[None] | None = None
        self._on_rest: list[asyncio.Future[None]] = []
        self._closed = False

    def __len__(self) -> int:
        return len(self._line) + len(self._again)

    @property
    def pending(self) -> list[Entry]:
        """All that waits, in the order of arrival."""
        return sorted((*self._again.values(), *self._line.values()), key=lambda entry: entry.seq)

    @property
    def poller_waits(self) -> bool:
        """Whether a long poll is open and has nothing to bring."""
        return self._waiter is not None and not self._waiter.done()

    def put(self, kind: str, payload: dict[str, Any], lane: int) -> int | None:
        """Number an update and put it in line; ``None`` if the bot does not want its kind."""
        if kind not in self.kinds:
            return None
        update_id = self.next_id
        self.next_id += 1
        body = orjson.dumps({"update_id": update_id, kind: payload})
        self._add(update_id, body, lane)
        if self.duplicate_next:
            self.duplicate_next -= 1
            self._add(update_id, body, lane, again=True)
        return update_id

    def put_raw(self, update: dict[str, Any], lane: int = 0) -> int:
        """Put an update in line as it is given; one without an id gets the next one."""
        update_id = update.get("update_id")
        if not isinstance(update_id, int) or isinstance(update_id, bool):
            update_id = self.next_id
            update = {"update_id": update_id, **{name: part for name, part in update.items() if name != "update_id"}}
        again = update_id < self.next_id
        self.next_id = max(self.next_id, update_id + 1)
        self._add(update_id, orjson.dumps(update), lane, again=again)
        return update_id

    def redeliver(self, update_ids: Iterable[int]) -> None:
        """Hand out updates once more, whether they were confirmed or not.

        Raises:
            KeyError: an update that never was.
        """
        wanted = list(update_ids)
        found = [(update_id, *self._history[update_id]) for update_id in wanted]
        for update_id, body, lane in found:
            self._add(update_id, body, lane, again=True)

    def drop(self) -> None:
        """Forget all that waits."""
        self._line.clear()
        self._again.clear()
        self._at_rest()

    def delivered(self, entry: Entry) -> None:
        """A webhook took an update."""
        self._line.pop(entry.seq, None)
        self._again.pop(entry.seq, None)
        self._at_rest()

    async def poll(self, *, offset: int, limit: int, wait: float) -> list[bytes]:
        """The next updates, after everything below ``offset`` was confirmed; a negative one keeps that many.

        Args:
            wait: seconds of the event loop until it gives up and brings nothing.

        Raises:
            ApiError: 409, another poll began meanwhile.
        """
        self.end_poll(
            conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        )
        self._forget_old()
        self._confirm(offset)
        batch = self._batch(offset, limit)
        if batch or wait <= 0 or self._closed:
            return batch
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        self._at_rest()
        try:
            async with asyncio.timeout(wait):
                await waiter
        except TimeoutError:
            return []
        finally:
            if self._waiter is waiter:
                self._waiter = None
        return self._batch(offset, limit)

    def end_poll(self, reason: Exception | None = None) -> None:
        """Let an open long poll return, with nothing or with an error."""
        waiter, self._waiter = self._waiter, None
        if waiter is None or waiter.done():
            return
        if reason:
            waiter.set_exception(reason)
        else:
            waiter.set_result(None)

    def close(self) -> None:
        """The server stops: no poll waits any more."""
        self._closed = True
        self.end_poll()

    def rest(self) -> asyncio.Future[None]:
        """Done as soon as somebody should look whether all is quiet."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._on_rest.append(future)
        return future

    def _add(self, update_id: int, body: bytes, lane: int, *, again: bool = False) -> None:
        self._seq += 1
        entry = Entry(self._seq, update_id, body, lane, self._clock.now(), again)
        (self._again if again else self._line)[entry.seq] = entry
        self._history[update_id] = (body, lane)
        if len(self._history) > _HISTORY:
            self._history.popitem(last=False)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        if self.on_put:
            self.on_put(entry)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._line) > -offset:
                self._line.popitem(last=False)
            return
        while self._line and next(iter(self._line.values())).update_id < offset:
            self._line.popitem(last=False)
        for seq in [seq for seq, one in self._again.items() if one.handed_out and one.update_id < offset]:
            del self._again[seq]

    def _batch(self, offset: int, limit: int) -> list[bytes]:
        taken = list(self._again.values())
        for entry in self._line.values():
            if len(taken) >= limit + len(self._again):
                break
            if offset <= 0 or entry.update_id >= offset:
                taken.append(entry)
        taken = sorted(taken, key=lambda entry: entry.seq)[:limit]
        for entry in taken:
            entry.handed_out = True
        return [entry.body for entry in taken]

    def _forget_old(self) -> None:
        oldest = self._clock.now() - UPDATE_KEPT.total_seconds()
        while self._line and next(iter(self._line.values())).at < oldest:
            self._line.popitem(last=False)

    def _at_rest(self) -> None:
        waiting, self._on_rest = self._on_rest, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


def wanted_kinds(names: list[str], known: Iterable[str]) -> frozenset[str]:
    """What ``allowed_updates`` asks for; an empty list means the default.

    Raises:
        ApiError: 400, a kind that does not exist (Telegram would ignore it silently).
    """
    for name in names:
        if name not in known:
            raise bad_request(f'unknown update type "{name}" in allowed_updates')
    return frozenset(names) or DEFAULT_KINDS

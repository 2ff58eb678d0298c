"""Who may go next: the calls that wait, in one line a chat, and the lines among each other.

Pure: no clock and no ``await``. A line whose chat has to wait (its allowance is used up, or the server stopped it)
sleeps and is passed over, so it never holds up another; of the lines that are awake the one goes first whose head has
the highest rank, and among equals whoever came first. What the token cannot carry, the head of all waits for: nobody
behind it may slip through, or a call that costs much would never go.

Joining, leaving and going cost O(log n). Whatever a line's head changes, the line is placed anew under a new version;
what still lies in the heaps under an older version is passed over and swept out when it becomes most of a heap.
"""

import heapq
from dataclasses import dataclass, field
from typing import Final, Generic, TypeAlias, TypeVar

from bot.delivery.buckets import Budget, ChatId, Spare

_SWEEP_ABOVE: Final = 32


@dataclass(slots=True, eq=False)
class Waiter:
    """A call that waits for its turn, or with ``takes`` unset a wish to know when ``cost`` calls could go at once.

    Such a wish stands behind the calls of its own rank: they are part of what it waits for.
    """

    chat_id: ChatId | None
    is_group: bool
    rank: int
    number: int
    cost: int
    spare: Spare
    takes: bool = True
    waits: bool = field(default=False, init=False)

    @property
    def place(self) -> tuple[int, bool, int]:
        """The smaller goes first; no two are equal."""
        return (self.rank, not self.takes, self.number)


W = TypeVar("W", bound=Waiter)
_Place: TypeAlias = tuple[int, bool, int]


@dataclass(slots=True, eq=False)
class _Line(Generic[W]):
    """Those who wait for one chat. Whoever left is swept out when it is the head, or when most have left."""

    heap: list[tuple[_Place, W]] = field(default_factory=list)
    left: int = 0
    version: int = 0

    @property
    def head(self) -> W:
        return self.heap[0][1]

    def drop_left(self) -> None:
        while self.heap and not self.head.waits:
            heapq.heappop(self.heap)
            self.left -= 1
        if self.left > len(self.heap) // 2:
            self.heap = [entry for entry in self.heap if entry[1].waits]
            heapq.heapify(self.heap)
            self.left = 0


class Lines(Generic[W]):
    """All who wait. ``now`` never goes back between calls."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lines: dict[ChatId | None, _Line[W]] = {}
        self._awake: list[tuple[_Place, int, ChatId | None]] = []
        self._asleep: list[tuple[float, int, ChatId | None]] = []
        self._version = 0
        self._waiting = 0

    def __len__(self) -> int:
        """How many wait."""
        return self._waiting

    def join(self, waiter: W, now: float) -> None:
        """Stand in line."""
        line = self._lines.get(waiter.chat_id)
        if line is None:
            line = self._lines[waiter.chat_id] = _Line()
        waiter.waits = True
        self._waiting += 1
        heapq.heappush(line.heap, (waiter.place, waiter))
        if line.head is waiter:
            self._place(waiter.chat_id, line, now)

    def leave(self, waiter: W, now: float) -> None:
        """Give up; a no-op for whoever does not wait any more."""
        if not waiter.waits:
            return
        line = self._lines[waiter.chat_id]
        was_head = line.head is waiter
        self._remove(line, waiter)
        if was_head:
            self._place(waiter.chat_id, line, now)

    def next(self, now: float) -> W | None:
        """Let the next one go, if it is anybody's turn, and take from the budget what it costs."""
        self._wake(now)
        head = self._first_awake()
        if head is None or self._token_earliest(head, now) > now:
            return None
        heapq.heappop(self._awake)
        line = self._lines[head.chat_id]
        self._remove(line, head)
        if head.takes:
            self._budget.take(head.chat_id, head.is_group, now, cost=head.cost)
        self._place(head.chat_id, line, now)
        return head

    def wake_at(self, now: float) -> float | None:
        """When :meth:`next` is worth asking again; ``None`` if nobody waits."""
        while self._asleep and not self._is_current(*self._asleep[0][1:]):
            heapq.heappop(self._asleep)
        moments = [self._asleep[0][0]] if self._asleep else []
        if head := self._first_awake():
            moments.append(self._token_earliest(head, now))
        return min(moments, default=None)

    def recheck(self, chat_id: ChatId | None, now: float) -> None:
        """The chat's budget was changed from outside."""
        if line := self._lines.get(chat_id):
            self._place(chat_id, line, now)

    def dissolve(self) -> list[W]:
        """Send everyone away; returns who they were."""
        everyone = [waiter for line in self._lines.values() for _, waiter in line.heap if waiter.waits]
        for waiter in everyone:
            waiter.waits = False
        self._lines.clear()
        self._awake.clear()
        self._asleep.clear()
        self._waiting = 0
        return everyone

    def _remove(self, line: _Line[W], waiter: W) -> None:
        waiter.waits = False
        self._waiting -= 1
        line.left += 1
        line.drop_left()

    def _place(self, chat_id: ChatId | None, line: _Line[W], now: float) -> None:
        if not line.heap:
            del self._lines[chat_id]
            return
        self._version += 1
        line.version = self._version
        head = line.head
        at = self._budget.chat_earliest(chat_id, now, cost=head.cost, spare=head.spare.chat)
        if at <= now:
            heapq.heappush(self._awake, (head.place, line.version, chat_id))
        else:
            heapq.heappush(self._asleep, (at, line.version, chat_id))
        self._sweep()

    def _wake(self, now: float) -> None:
        while self._asleep and self._asleep[0][0] <= now:
            _, version, chat_id = heapq.heappop(self._asleep)
            if self._is_current(version, chat_id):
                self._place(chat_id, self._lines[chat_id], now)

    def _first_awake(self) -> W | None:
        while self._awake:
            _, version, chat_id = self._awake[0]
            if self._is_current(version, chat_id):
                return self._lines[chat_id].head
            heapq.heappop(self._awake)
        return None

    def _token_earliest(self, waiter: W, now: float) -> float:
        return self._budget.token_earliest(now, cost=waiter.cost, spare=waiter.spare.token)

    def _is_current(self, version: int, chat_id: ChatId | None) -> bool:
        line = self._lines.get(chat_id)
        return line is not None and line.version == version

    def _sweep(self) -> None:
        most = 2 * len(self._lines) + _SWEEP_ABOVE
        if len(self._awake) > most:
            self._awake = [entry for entry in self._awake if self._is_current(entry[1], entry[2])]
            heapq.heapify(self._awake)
        if len(self._asleep) > most:
            self._asleep = [entry for entry in self._asleep if self._is_current(entry[1], entry[2])]
            heapq.heapify(self._asleep)

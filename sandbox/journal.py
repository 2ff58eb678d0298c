"""What people can watch happen: the events behind the web page's live view, kept so that a reconnect loses none."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, and who may see it.

    Args:
        only: these people alone; ``None`` for everyone.
    """

    seq: int
    kind: str
    data: dict[str, Any]
    only: frozenset[int] | None


class Journal:
    """The last few thousand events, in order.

    Args:
        present: who is in a chat now.
    """

    def __init__(self, present: Callable[[int], frozenset[int]]) -> None:
        self._present = present
        self._kept: deque[Happening] = deque(maxlen=_KEPT)
        self._seq = 0
        self._watchers: set[asyncio.Event] = set()
        self.closed = False

    @property
    def seq(self) -> int:
        """The number of the newest event."""
        return self._seq

    def write(
        self, kind: str, data: dict[str, Any], *, chat_id: int | None = None, only: frozenset[int] | None = None
    ) -> None:
        """Something happened, for everyone who is in this chat now, for some people only, or for all."""
        self._seq += 1
        if chat_id is not None:
            only = self._present(chat_id)
        self._kept.append(Happening(self._seq, kind, data, only))
        for watcher in self._watchers:
            watcher.set()

    def after(self, seq: int, user_id: int) -> list[Happening]:
        """What this person may see of what came after ``seq``."""
        fresh = []
        for happening in reversed(self._kept):
            if happening.seq <= seq:
                break
            if happening.only is None or user_id in happening.only:
                fresh.append(happening)
        return fresh[::-1]

    def watch(self) -> asyncio.Event:
        """An event that is set whenever there is something new; give it back with :meth:`leave`."""
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: asyncio.Event) -> None:
        """Stop watching."""
        self._watchers.discard(watcher)

    def close(self) -> None:
        """The server stops: every watcher wakes."""
        self.closed = True
        for watcher in self._watchers:
            watcher.set()

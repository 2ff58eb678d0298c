"""What goes out to the big screens of one hall: the newest state, and to each viewer only what that viewer lacks.

A state is a dict of sections. Each section has the number of the change that brought it, so that a viewer who has seen
everything up to some number gets the sections that are newer: after a reconnect, or after having been slow. There is no
queue: a viewer who reads slowly skips states, and what waits for it never grows.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import field
from typing import Any

import orjson

from quizzes.engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What a viewer has to show from now on: ``body`` is JSON, ``id`` is what to name after a reconnect."""

    id: str
    body: bytes


class Beat:
    """Nothing has changed; the line is alive."""


class Gone:
    """The link was revoked, or the bot stops: there is nothing more to come."""


class Feed:
    """The state on show and everybody who looks at it.

    ``epoch`` tells this feed from the one of an earlier process, whose numbers mean nothing here.
    """

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(4)
        self.number = 0
        self.viewers: set[Viewer] = set()
        self._sections: dict[str, Any] = {}
        self._changed: dict[str, int] = {}
        self._encoded: dict[int, Change] = {}

    def publish(self, state: Mapping[str, Any]) -> bool:
        """Show a state; whether anything of it is new."""
        state = {**dict.fromkeys(self._sections), **state}
        changed = [name for name, value in state.items() if name not in self._sections or self._sections[name] != value]
        if not changed:
            return False
        self.number += 1
        self._sections = state
        self._changed.update(dict.fromkeys(changed, self.number))
        self._encoded.clear()
        for viewer in self.viewers:
            viewer.wake()
        return True

    def since(self, seen: int) -> Change | None:
        """What came after change number ``seen`` (0: everything there is); ``None``: nothing did."""
        if seen >= self.number:
            return None
        change = self._encoded.get(seen)
        if change is None:
            sections = {name: self._sections[name] for name, number in self._changed.items() if number > seen}
            id_ = f"{self.epoch}-{self.number}"
            body = orjson.dumps({"id": id_, "full": seen == 0, "sections": sections})
            change = self._encoded[seen] = Change(id_, body)
        return change

    def view(self, last: str = "") -> Viewer:
        """A new viewer; ``last`` is the id of the last change that it has."""
        epoch, _, number = last.partition("-")
        known = epoch == self.epoch and number.isascii() and number.isdigit() and len(number) < 16
        viewer = Viewer(self, min(int(number), self.number) if known else 0)
        self.viewers.add(viewer)
        return viewer

    def beat(self) -> None:
        """Let every viewer know that the line is alive."""
        for viewer in self.viewers:
            viewer.wake(beat=True)

    def end(self) -> None:
        """Let every viewer go."""
        for viewer in self.viewers:
            viewer.wake(gone=True)


@dataclass(eq=False, slots=True)
class Viewer:
    """Somebody who looks; ``next`` waits for what is to be sent."""

    feed: Feed
    seen: int
    _beat: bool = False
    _gone: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self, *, beat: bool = False, gone: bool = False) -> None:
        """There is something to look at."""
        self._beat |= beat
        self._gone |= gone
        self._woken.set()

    async def next(self) -> Change | Beat | Gone:
        """The newest state as far as this viewer lacks it, or a sign of life, or the end."""
        while True:
            self._woken.clear()
            if self._gone:
                return Gone()
            change = self.feed.since(self.seen)
            if change is not None:
                self.seen, self._beat = self.feed.number, False
                return change
            if self._beat:
                self._beat = False
                return Beat()
            await self._woken.wait()

    def leave(self) -> None:
        """Look no more."""
        self.feed.viewers.discard(self)

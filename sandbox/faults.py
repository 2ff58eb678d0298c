"""Trouble on purpose: what a network and a busy server do to a bot, staged by a test."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import NotPossible

BEFORE = frozenset({"status", "retry", "refuse", "html"})
"""The call does not take effect."""
AFTER = frozenset({"lost", "hang", "hold", "delay", "cut"})
"""The call takes effect; its answer is in trouble."""
KINDS = BEFORE | AFTER | {"duplicate"}
EVERY_METHOD = "*"


@dataclass(slots=True)
class Fault:
    """One kind of trouble, for the calls that it fits.

    Args:
        method: the method it strikes; ``None`` for all but ``getUpdates``, ``"*"`` for really all.
        chat_id: only calls to this chat.
        times: how often it still strikes; ``None`` without end.
        until: by the sandbox's clock; afterwards it strikes no more.
        seconds: how long a ``delay`` lasts, on the event loop.
        code: of a ``status``; with ``description`` in Telegram's place.
    """

    kind: str
    method: str | None = None
    chat_id: str | None = None
    times: int | None = 1
    until: float | None = None
    seconds: float = 0.0
    retry_after: int = 1
    code: int = 500
    description: str | None = None
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def fits(self, method: str, chat_id: Any, now: float) -> bool:
        """Whether it strikes this call."""
        if self.until is not None and now >= self.until:
            return False
        if self.method is None:
            if method.lower() == "getupdates":
                return False
        elif self.method != EVERY_METHOD and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or str(chat_id) == self.chat_id


class Faults:
    """The faults that are staged now, the oldest first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._staged: list[Fault] = []
        self._holding: list[Fault] = []

    def stage(self, fault: Fault) -> None:
        """Have trouble from now on.

        Raises:
            NotPossible: there is no such kind.
        """
        if fault.kind not in KINDS:
            raise NotPossible(f'there is no fault "{fault.kind}", only {", ".join(sorted(KINDS))}')
        self._staged.append(fault)

    def clear(self) -> None:
        """No more trouble; held answers go out, hanging ones never do."""
        for fault in (*self._staged, *self._holding):
            fault.released.set()
        self._staged.clear()
        self._holding.clear()

    def strike(self, method: str, chat_id: Any) -> Fault | None:
        """The fault that strikes this call, if any; it is used up by it."""
        now = self._clock.now()
        self._staged = [one for one in self._staged if one.until is None or now < one.until]
        for fault in self._staged:
            if fault.fits(method, chat_id, now):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._staged.remove(fault)
                        if fault.kind == "hold":
                            self._holding.append(fault)
                return fault
        return None

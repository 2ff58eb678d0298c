"""How fast the bot may send: a gate over all chats and one for each chat.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this. Edits count as messages.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.errors import too_many_requests
from sandbox.limits import (
    GROUP_MESSAGES_A_MINUTE,
    MESSAGES_A_SECOND,
    PRIVATE_BURST,
    PRIVATE_MESSAGES_A_SECOND,
)

_ROUNDING = 1e-6
"""Seconds since 1970 are kept to a fraction of a microsecond; a gate opens on time in spite of that."""


@dataclass(slots=True)
class _Gate:
    """A bucket of ``size`` that fills with ``rate`` a second; once overrun it is shut until what it announced."""

    size: float
    rate: float
    level: float
    at: float
    shut_until: float = 0.0

    def wait(self, now: float, count: int) -> float:
        """Seconds until ``count`` more may pass; 0 if they may now."""
        if now > self.at:
            self.level = min(self.size, self.level + (now - self.at) * self.rate)
            self.at = now
        if now < self.shut_until - _ROUNDING:
            return self.shut_until - now
        # An album larger than the bucket passes once the bucket is full.
        lacking = min(float(count), self.size) - self.level
        return lacking / self.rate if lacking > _ROUNDING else 0.0


class Flood:
    """The gates of one bot."""

    def __init__(self, clock: Clock, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._clock = clock
        self._all = _Gate(MESSAGES_A_SECOND, MESSAGES_A_SECOND, MESSAGES_A_SECOND, clock.now())
        self._chats: dict[int, _Gate] = {}

    def charge(self, chat_id: int, count: int = 1) -> None:
        """Let ``count`` messages or edits to a chat pass.

        Raises:
            ApiError: 429 with ``retry_after`` in whole seconds; before they are over nothing passes there.
        """
        if not self.enabled:
            return
        now = self._clock.now()
        gates = (self._all, self._gate(chat_id, now))
        waits = [gate.wait(now, count) for gate in gates]
        longest = math.ceil(max(waits))
        if longest:
            for gate, wait in zip(gates, waits, strict=True):
                if wait and now >= gate.shut_until:  # knocking at a shut gate does not keep it shut for longer
                    gate.shut_until = now + math.ceil(wait)
            raise too_many_requests(longest)
        for gate in gates:
            gate.level -= count

    def _gate(self, chat_id: int, now: float) -> _Gate:
        gate = self._chats.get(chat_id)
        if gate is None:
            if chat_id > 0:
                size, rate = float(PRIVATE_BURST), float(PRIVATE_MESSAGES_A_SECOND)
            else:
                size, rate = float(GROUP_MESSAGES_A_MINUTE), GROUP_MESSAGES_A_MINUTE / 60
            gate = self._chats[chat_id] = _Gate(size, rate, size, now)
        return gate

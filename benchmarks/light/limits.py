"""How many messages the light server lets through, as Telegram does: over all, to a person, to a group."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates are calls a second. Sends and edits count, answers to pressed buttons do not.

    ``rate`` and ``burst`` over all chats, ``private_rate`` and ``private_burst`` for each person, ``group_calls`` in any
    ``group_length`` seconds for each group.
    """

    rate: float = 30.0
    burst: float = 30.0
    private_rate: float = 1.0
    private_burst: float = 5.0
    group_calls: int = 20
    group_length: float = 60.0


class _Bucket:
    __slots__ = ("full_at", "interval", "shut_until", "span")

    def __init__(self, rate: float, burst: float) -> None:
        self.interval, self.span = 1 / rate, burst / rate
        self.full_at = self.shut_until = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until one more call passes; 0 or less: it passes now."""
        return max(self.shut_until - now, self.full_at + self.interval - self.span - now)

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + self.interval


class _Window:
    __slots__ = ("calls", "length", "passed", "shut_until")

    def __init__(self, calls: int, length: float) -> None:
        self.calls, self.length = calls, length
        self.passed: deque[float] = deque()
        self.shut_until = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until one more call passes; 0 or less: it passes now."""
        while self.passed and self.passed[0] <= now - self.length:
            self.passed.popleft()
        full = len(self.passed) >= self.calls
        return max(self.shut_until - now, self.passed[0] + self.length - now if full else 0.0)

    def take(self, now: float) -> None:
        self.passed.append(now)


class Gate:
    """Lets a call pass or says for how many whole seconds the bot has to wait; before they are over nothing passes."""

    def __init__(self, limits: Limits) -> None:
        self._all = _Bucket(limits.rate, limits.burst)
        self._private = defaultdict[int, _Bucket](lambda: _Bucket(limits.private_rate, limits.private_burst))
        self._groups = defaultdict[int, _Window](lambda: _Window(limits.group_calls, limits.group_length))

    def refused(self, chat_id: int, now: float) -> int:
        """0: the call passes and is counted; else ``retry_after``. ``now`` is monotonic seconds."""
        allowances = (self._all, self._private[chat_id] if chat_id > 0 else self._groups[chat_id])
        for allowance in allowances:
            wait = allowance.wait(now)
            if wait > 1e-9:
                retry_after = max(1, math.ceil(wait - 1e-9))
                if allowance.shut_until <= now:
                    allowance.shut_until = now + retry_after
                return retry_after
        for allowance in allowances:
            allowance.take(now)
        return 0

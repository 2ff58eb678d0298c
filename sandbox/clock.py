"""Where the sandbox takes the time from."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Tells Telegram's time: dates of messages, flood limits, the age of callback queries and updates.

    Waiting (long polls, a delayed answer, the retry of a webhook) uses the event loop instead, so that a clock which
    is moved by hand never hangs a poll.
    """

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return time.time()

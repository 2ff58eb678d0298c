"""The log of what the bot asked for, and of what it was told."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.files import Upload

_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot.

    Args:
        n: its number, from 1, in the order in which calls took effect.
        params: as they were understood; as they came, where they were not.
        status: the code of the answer that was given, or would have been.
        error: the description of a refusal.
        at: seconds since 1970 by the sandbox's clock.
        fault: the staged fault that struck it.
        arrived_with: names and sizes of the files that came with it.
    """

    n: int
    method: str
    params: Mapping[str, Any]
    status: int
    error: str | None
    at: float
    fault: str | None = None
    arrived_with: Mapping[str, Any] | None = None

    def shown(self) -> dict[str, Any]:
        """As the people's side shows it."""
        files = {"files": self.arrived_with} if self.arrived_with else {}
        return {
            "n": self.n,
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "error": self.error,
            "at": self.at,
            "fault": self.fault,
            **files,
        }


class Calls:
    """The last hundred thousand calls."""

    def __init__(self) -> None:
        self._kept: deque[Call] = deque(maxlen=_KEPT)
        self._count = 0

    def note(
        self,
        method: str,
        params: Mapping[str, Any],
        uploads: Mapping[str, Upload],
        *,
        status: int,
        error: str | None,
        at: float,
        fault: str | None,
    ) -> None:
        """A call was dealt with."""
        self._count += 1
        files = {
            name: {"name": one.name, "size": len(one.content), "mime_type": one.mime_type}
            for name, one in uploads.items()
        }
        self._kept.append(Call(self._count, method, params, status, error, at, fault, files or None))

    def after(self, n: int, method: str | None = None) -> list[Call]:
        """The calls that came after number ``n``, of one method if it is named."""
        first = self._count - len(self._kept)
        fresh = islice(self._kept, max(n - first, 0), None)
        return [call for call in fresh if method is None or call.method == method]

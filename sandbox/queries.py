"""Callback queries: a press waits for its answer, and not for ever."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import bad_request
from sandbox.limits import CALLBACK_ANSWER_WITHIN

_KEPT = 50_000


@dataclass(slots=True)
class Query:
    """One press of a button.

    Args:
        at: when it was pressed, seconds since 1970.
        answer: what the bot said, as the people's side shows it; ``None`` while it has not.
    """

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: dict[str, Any] | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def shown(self) -> dict[str, Any]:
        """What the presser can know of it."""
        nothing = {"answered": False, "text": None, "show_alert": False, "url": None, "at": None}
        return {"id": self.id, **(self.answer or nothing)}


class Queries:
    """All presses that somebody may still ask about."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: OrderedDict[str, Query] = OrderedDict()
        self._count = 0

    def open(self, user_id: int, chat_id: int, message_id: int, data: str) -> Query:
        """A button was pressed."""
        self._count += 1
        # As long as Telegram's own, and spread, so that nobody takes them for small numbers.
        query_id = str(4_611_686_018_000_000_000 + self._count * 1_000_003)
        query = self._all[query_id] = Query(query_id, user_id, chat_id, message_id, data, self._clock.now())
        if len(self._all) > _KEPT:
            self._all.popitem(last=False)
        return query

    def find(self, query_id: str) -> Query | None:
        """The press with this id."""
        return self._all.get(query_id)

    def answer(self, query_id: str, *, text: str | None, show_alert: bool, url: str | None) -> Query:
        """The bot's answer to a press; there is one, a second is refused like one that is too late.

        Raises:
            ApiError: 400, there is no such query, it is too old, or it has been answered.
        """
        query = self._all.get(query_id)
        now = self._clock.now()
        late = query is None or now - query.at > CALLBACK_ANSWER_WITHIN.total_seconds()
        if query is None or late or query.answer is not None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answer = {"answered": True, "text": text, "show_alert": show_alert, "url": url, "at": now}
        query.answered.set()
        return query

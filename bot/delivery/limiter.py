"""The gate that every call to Telegram passes: nothing is sent too fast, nothing is dropped, nobody waits for another.

What the limits are is the arithmetic of :mod:`bot.delivery.buckets`, who goes first is :mod:`bot.delivery.lines`; here
the two meet the event loop. A call that Telegram refuses with 429 keeps its place and is made again when the time that
Telegram named is over.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.clock import Cancellable
from bot.delivery.blame import Blame
from bot.delivery.buckets import Budget, ChatId, Spare
from bot.delivery.lines import Lines, Waiter
from bot.delivery.toll import toll_of
from bot.delivery.unsent import NotSent
from storage import Rank

T = TypeVar("T")
_Answer: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]

_SPARE: Final[Mapping[Rank, Spare]] = {
    Rank.CONTEST: Spare(token=0, chat=0),
    Rank.REPLY: Spare(token=0.125, chat=0.15),
    Rank.PUSH: Spare(token=0.5, chat=0.15),
    Rank.BROADCAST: Spare(token=11 / 12, chat=0.15),
}
"""What each rank leaves to the higher ones, so that these need not even wait for one call's worth to come in: of the
24 calls that the token may make at once a broadcast leaves 22, of a group's 20 all leave the 3 of a contest's question.

So a broadcast goes evenly, two at once at the most: that makes up for an alarm that rang up to 34 ms late, and what
rang later is lost. How large a burst Telegram bears it says nowhere; a server that bears five refused one of six at once,
and of three with a question and a reply beside them."""

_PATIENCE: Final = timedelta(seconds=30)
"""How long a 429 holds back a call that counts for no limit before its caller is told. Telegram may answer hours to
``setMyName``, and a start must not hang on that."""


class Timer(Protocol):
    """The monotonic half of :class:`bot.clock.Clock`: seconds on a scale that never goes back."""

    def monotonic(self) -> float:
        """The present."""

    def call_at_monotonic(self, when: float, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when`` or later, never earlier."""


class Closed(NotSent):
    """The limiter was closed while the call waited; it was surely not sent."""


@dataclass(slots=True, eq=False)
class _Turn(Waiter):
    """``come`` is made only for whoever really has to wait."""

    come: asyncio.Future[None] | None = None


@dataclass(slots=True)
class _Ticket:
    """A turn that was waited for and is still to be used by the call of ``ExtBot`` inside."""

    rank: Rank
    is_used: bool = False


_ticket: ContextVar[_Ticket | None] = ContextVar("ticket", default=None)


class Limiter(BaseRateLimiter[Rank]):
    """All calls of one token, in the order of their rank and then of their coming.

    ``ExtBot`` passes its calls through :meth:`process_request`; their ``rate_limit_args`` is a :class:`Rank`, ``REPLY``
    if none is given. Whoever has more to do when the turn has come (claim a row, render a text) does it within
    :meth:`call`; the first call that ``ExtBot`` makes inside goes on that turn. Calls of one chat may overtake each
    other on the wire: whoever needs their order waits for one before making the next.

    Attributes:
        calls: how many turns were given, by rank; a call repeated after a 429 counts again.
        free_calls: how many calls passed that count for no limit.
        refusals: how often Telegram answered 429.
    """

    repeats: Final = RetryAfter
    """What :meth:`call` takes as the request to call again later; everything else it lets through."""

    def __init__(self, timer: Timer, budget: Budget | None = None) -> None:
        self._timer = timer
        self._budget = budget if budget is not None else Budget()
        self._lines: Lines[_Turn] = Lines(self._budget)
        self._blame = Blame()
        self._numbers = itertools.count()
        self._alarm: Cancellable | None = None
        self._alarm_at = 0.0
        self._free_stops: dict[tuple[str, ChatId | None], float] = {}
        self._held: set[asyncio.Future[None]] = set()
        self._is_open = True
        self.calls = dict.fromkeys(Rank, 0)
        self.free_calls = 0
        self.refusals = 0

    @property
    def waiting(self) -> int:
        """How many wait now, for their turn or for room."""
        return len(self._lines) + len(self._held)

    async def initialize(self) -> None:
        """Open; called by ``ExtBot.initialize``."""
        self._is_open = True

    async def shutdown(self) -> None:
        """Close; called by ``ExtBot.shutdown``."""
        self.close()

    def close(self) -> None:
        """Wake everyone who waits with :class:`Closed`; whoever comes later gets it at once."""
        self._is_open = False
        turns = self._lines.dissolve()
        for future in [turn.come for turn in turns if turn.come is not None] + list(self._held):
            if not future.done():
                future.set_exception(Closed("The way to Telegram was closed"))
        self._set_alarm(None)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Rank | None,
    ) -> _Answer:
        """Make one call of ``ExtBot`` when its turn comes."""

        def send() -> Awaitable[_Answer]:
            return callback(*args, **kwargs)

        toll = toll_of(endpoint, data)
        if toll.cost == 0:
            return await self.free(send, endpoint, toll.chat_id)
        ticket = _ticket.get()
        if ticket is not None and not ticket.is_used:
            ticket.is_used = True
            return await send()
        rank = rate_limit_args or (ticket.rank if ticket is not None else Rank.REPLY)
        return await self.call(send, rank, toll.chat_id, toll.is_group, cost=toll.cost)

    async def call(
        self,
        send: Callable[[], Awaitable[T]],
        rank: Rank,
        chat_id: ChatId | None,
        is_group: bool,
        *,
        cost: int = 1,
    ) -> T:
        """Await ``send()`` when its turn comes, and again as often as it ends in 429; returns what it returns.

        Args:
            chat_id: the chat it is for; ``None`` counts for the token alone.
            cost: how many messages or edits it is.

        Raises:
            Closed: the limiter was closed before it was sent.
            Exception: whatever else ``send`` raises.
        """
        number = next(self._numbers)
        while True:
            await self._wait(_Turn(chat_id, is_group, rank, number, cost, _SPARE[rank]))
            self.calls[rank] += 1
            mark = _ticket.set(_Ticket(rank))
            try:
                answer = await send()
            except RetryAfter as refusal:
                self._refused(chat_id, is_group, _length(refusal))
            else:
                self._blame.accepted()
                return answer
            finally:
                _ticket.reset(mark)

    async def room(self, chat_id: ChatId, is_group: bool, calls: int = 3) -> None:
        """Wait until ``calls`` calls of a contest could go to the chat at once; nothing is taken.

        Raises:
            Closed: the limiter was closed meanwhile.
        """
        rank = Rank.CONTEST
        await self._wait(_Turn(chat_id, is_group, rank, next(self._numbers), calls, _SPARE[rank], takes=False))

    def remember(self, chat_id: ChatId, is_group: bool, ago: timedelta) -> None:
        """The process before this one made a call so long ago: Telegram has counted it."""
        self._budget.remember(chat_id, is_group, self._timer.monotonic() - ago.total_seconds())

    async def _wait(self, turn: _Turn) -> None:
        if not self._is_open:
            raise Closed("The way to Telegram is closed")
        self._lines.join(turn, self._timer.monotonic())
        self._let_go()
        if not turn.waits:
            return
        turn.come = asyncio.get_running_loop().create_future()
        try:
            await turn.come
        except asyncio.CancelledError:
            now = self._timer.monotonic()
            if turn.waits:
                self._lines.leave(turn, now)
            elif turn.takes and self._is_open:
                self._budget.give_back(turn.chat_id, now, cost=turn.cost)
                self._lines.recheck(turn.chat_id, now)
            self._let_go()
            raise

    def _let_go(self) -> None:
        """Give a turn to everybody whose time it is, and set the one alarm for the next."""
        now = self._timer.monotonic()
        while (turn := self._lines.next(now)) is not None:
            if turn.come is not None:
                _release(turn.come)
        self._set_alarm(self._lines.wake_at(now))

    def _set_alarm(self, when: float | None) -> None:
        if self._alarm is not None:
            if when == self._alarm_at:
                return
            self._alarm.cancel()
            self._alarm = None
        if when is not None:
            self._alarm_at = when
            self._alarm = self._timer.call_at_monotonic(when, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._let_go()

    def _refused(self, chat_id: ChatId | None, is_group: bool, pause: timedelta) -> None:
        self.refusals += 1
        now = self._timer.monotonic()
        until = now + pause.total_seconds()
        if chat_id is None:
            self._budget.punish(None, is_group, now, until)
            return
        hardly_used = self._budget.is_hardly_used(chat_id, now)
        self._budget.punish(chat_id, is_group, now, until)
        self._lines.recheck(chat_id, now)
        if self._blame.is_on_token(chat_id, now, hardly_used=hardly_used):
            self._budget.punish(None, is_group, now, until)

    async def free(self, send: Callable[[], Awaitable[T]], endpoint: str, chat_id: ChatId | None = None) -> T:
        """Await ``send()``, a call that counts for no limit, at once: only a short 429 on its own kind holds it back.

        Raises:
            Closed: the limiter was closed before it was sent.
            Exception: whatever ``send`` raises, a long 429 too.
        """
        what = (endpoint, chat_id)
        while True:
            await self._hold(what)
            self.free_calls += 1
            try:
                return await send()
            except RetryAfter as refusal:
                self.refusals += 1
                pause = _length(refusal)
                if pause > _PATIENCE:
                    raise
                self._free_stops[what] = self._timer.monotonic() + pause.total_seconds()

    async def _hold(self, what: tuple[str, ChatId | None]) -> None:
        if not self._is_open:
            raise Closed("The way to Telegram is closed")
        while (until := self._free_stops.get(what)) is not None:
            if until <= self._timer.monotonic():
                del self._free_stops[what]
                return
            over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._held.add(over)
            alarm = self._timer.call_at_monotonic(until, partial(_release, over))
            try:
                await over
            finally:
                alarm.cancel()
                self._held.discard(over)


def _release(waiter: asyncio.Future[None]) -> None:
    # Whoever was cancelled this very moment finds that out, and the turn unused.
    if not waiter.done():
        waiter.set_result(None)


def _length(refusal: RetryAfter) -> timedelta:
    pause = refusal.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)

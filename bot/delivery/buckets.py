"""How many calls Telegram allows, as pure arithmetic: no clock, no ``await``; times are seconds of one monotonic clock.

The rules, from https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this and from what bots see:

* about 30 messages a second over all chats, with bursts;
* one message a second in a private chat, short bursts pass;
* 20 messages a minute in a group. Edits count as messages, answers to callbacks do not.

Telegram counts arrivals, we count departures, and the network squeezes the spaces between them. So every allowance
here keeps :attr:`Limits.jitter` seconds of its rate in reserve, and goes at :attr:`Limits.steadiness` of the full
rate in the long run, so that the server's own bucket fills up again and never runs dry by rounding.

For groups "20 a minute" is taken at its word, any 60 seconds: a bucket of 20 that refills meanwhile would let 40
through in the first minute, and in mid-contest a 429 costs half a minute.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

ChatId: TypeAlias = int | str
"""A chat's id, or the ``@name`` of a public group or channel."""

LEAST_PACE: Final = 0.1
PACE_KEPT: Final = 0.8
"""What a refusal leaves of the pace."""
PACE_WON_BACK: Final = 0.002
"""What a second without a refusal gives back: from 0.8 to 1 in 100 s."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server allows. Rates are calls a second, lengths of time are seconds."""

    rate: float = 30
    burst: float = 30
    private_rate: float = 1
    private_burst: float = 5
    group_calls: int = 20
    group_length: float = 60
    jitter: float = 0.2
    steadiness: float = 0.995


class Spare(NamedTuple):
    """What a call must leave unused for calls of higher rank: shares, 0 to 1, of what an idle token or chat may do."""

    token: float
    chat: float


NO_SPARE: Final = Spare(0.0, 0.0)


class Pace:
    """The share of an allowance that is really used: less than 1 after the server refused what should have passed.

    A refusal multiplies it, time adds to it, so that it settles near what the server allows.
    """

    __slots__ = ("_at", "_share")

    def __init__(self) -> None:
        self._share, self._at = 1.0, 0.0

    def share(self, now: float) -> float:
        """The share at ``now``, above 0 and at most 1."""
        if self._share == 1.0:
            return 1.0
        return min(1.0, self._share + (now - self._at) * PACE_WON_BACK)

    def shrink(self, now: float) -> None:
        """The server refused."""
        self._share, self._at = max(LEAST_PACE, self.share(now) * PACE_KEPT), now


class Bucket:
    """A token bucket: ``capacity`` calls at once, ``rate`` calls a second in the long run.

    In any length of time ``T`` it grants at most ``capacity + rate * T`` calls. It is kept as one number, the moment
    at which the bucket will be full again: what follows from it is the same however often and whenever one asks.
    """

    __slots__ = ("_full_at", "_interval", "_span", "pace")

    def __init__(self, capacity: float, rate: float) -> None:
        self._interval = 1 / rate
        self._span = capacity / rate
        self._full_at = -math.inf
        self.pace = Pace()

    def earliest(self, now: float, cost: int = 1, spare: float = 0.0) -> float:
        """When ``cost`` calls may be made at once and the share ``spare`` of the bucket is left: ``now`` or later.

        What is asked beyond the whole bucket waits until it is full, and goes into debt.
        """
        need = cost * self._interval / self.pace.share(now) + spare * self._span
        return max(now, self._full_at + min(need, self._span) - self._span)

    def take(self, now: float, cost: int = 1) -> None:
        """``cost`` calls are made at ``now``."""
        self._full_at = max(self._full_at, now) + cost * self._interval / self.pace.share(now)

    def give_back(self, now: float, cost: int = 1) -> None:
        """``cost`` calls that were taken just before will not be made after all."""
        self._full_at -= cost * self._interval / self.pace.share(now)

    def room(self, now: float) -> float:
        """How many calls may be made at once."""
        missing = max(0.0, self._full_at - now)
        return max(0.0, (self._span - missing) / self._interval * self.pace.share(now))

    def is_half_full(self, now: float) -> bool:
        """Whether it was used little of late."""
        return self._full_at - now <= self._span / 2

    def is_idle(self, now: float) -> bool:
        """Whether it is as good as new."""
        return self._full_at <= now and self.pace.share(now) == 1.0


class Window:
    """At most ``limit`` calls in any ``length`` seconds."""

    __slots__ = ("_length", "_limit", "_taken", "pace")

    def __init__(self, limit: int, length: float) -> None:
        self._limit = limit
        self._length = length
        self._taken: deque[float] = deque()
        self.pace = Pace()

    def earliest(self, now: float, cost: int = 1, spare: float = 0.0) -> float:
        """When ``cost`` calls may be made at once and the share ``spare`` of the window is left: ``now`` or later.

        What is asked beyond the whole window waits until it is empty.
        """
        need = min(cost + round(spare * self._limit), self._limit)
        leaving = len(self._taken) + need - self._limit
        if leaving <= 0:
            return now
        return max(now, self._taken[leaving - 1] + self._stretched(now))

    def take(self, now: float, cost: int = 1) -> None:
        """``cost`` calls are made at ``now``, or were made then: see :meth:`Budget.remember`."""
        while self._taken and self._taken[0] + self._stretched(now) <= now:
            self._taken.popleft()
        late = bool(self._taken) and self._taken[-1] > now
        self._taken.extend([now] * cost)
        if late:
            self._taken = deque(sorted(self._taken))

    def give_back(self, now: float, cost: int = 1) -> None:
        """``cost`` calls that were taken just before will not be made after all."""
        for _ in range(min(cost, len(self._taken))):
            self._taken.pop()

    def room(self, now: float) -> float:
        """How many calls may be made at once."""
        stretched = self._stretched(now)
        return max(0, self._limit - sum(at + stretched > now for at in self._taken))

    def is_half_full(self, now: float) -> bool:
        """Whether it was used little of late."""
        return self.room(now) >= self._limit / 2

    def is_idle(self, now: float) -> bool:
        """Whether it is as good as new."""
        return self.room(now) >= self._limit and self.pace.share(now) == 1.0

    def _stretched(self, now: float) -> float:
        return self._length / self.pace.share(now)


@dataclass(slots=True)
class _Scope:
    """One thing that the server counts for: a chat, or the token."""

    allowance: Bucket | Window
    stopped_until: float = field(default=-math.inf)

    def earliest(self, now: float, cost: int, spare: float) -> float:
        return max(self.stopped_until, self.allowance.earliest(now, cost, spare))

    def stop(self, now: float, until: float) -> None:
        # Calls that were under way together are refused together; that says no more than one refusal.
        if self.stopped_until <= now:
            self.allowance.pace.shrink(now)
        self.stopped_until = max(self.stopped_until, until)

    def room(self, now: float) -> float:
        return 0.0 if self.stopped_until > now else self.allowance.room(now)

    def is_idle(self, now: float) -> bool:
        return self.stopped_until <= now and self.allowance.is_idle(now)


class Budget:
    """All of Telegram's limits for one token.

    ``chat_id`` is ``None`` for a call that counts for the token alone. ``now`` never goes back between calls. Memory
    is bounded: a chat that is as good as new is forgotten.
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._token = _Scope(self._bucket(limits.burst, limits.rate))
        self._chats: OrderedDict[ChatId, _Scope] = OrderedDict()

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def earliest(self, chat_id: ChatId | None, now: float, *, cost: int = 1, spare: Spare = NO_SPARE) -> float:
        """When ``cost`` calls may be made to the chat at once: ``now`` or later."""
        return max(
            self.chat_earliest(chat_id, now, cost=cost, spare=spare.chat),
            self.token_earliest(now, cost=cost, spare=spare.token),
        )

    def token_earliest(self, now: float, *, cost: int = 1, spare: float = 0.0) -> float:
        """When the token would allow it, whatever the chat says."""
        return self._token.earliest(now, cost, spare)

    def chat_earliest(self, chat_id: ChatId | None, now: float, *, cost: int = 1, spare: float = 0.0) -> float:
        """When the chat would allow it, whatever the token says."""
        scope = None if chat_id is None else self._chats.get(chat_id)
        return now if scope is None else scope.earliest(now, cost, spare)

    def take(self, chat_id: ChatId | None, is_group: bool, now: float, *, cost: int = 1) -> None:
        """``cost`` calls are made at ``now``; that it is time for them is the caller's care."""
        self._token.allowance.take(now, cost)
        if chat_id is not None:
            self._scope(chat_id, is_group).allowance.take(now, cost)
            self._forget_idle(now)

    def give_back(self, chat_id: ChatId | None, now: float, *, cost: int = 1) -> None:
        """``cost`` calls that were taken just before will not be made after all."""
        self._token.allowance.give_back(now, cost)
        if chat_id is not None and (scope := self._chats.get(chat_id)):
            scope.allowance.give_back(now, cost)

    def remember(self, chat_id: ChatId, is_group: bool, at: float) -> None:
        """A call was made at ``at`` by the process before this one: the server has counted it."""
        self._scope(chat_id, is_group).allowance.take(at)

    def punish(self, chat_id: ChatId | None, is_group: bool, now: float, until: float) -> None:
        """The server refused: nothing for the chat, or with ``None`` for the whole token, before ``until``.

        The pace of what was refused shrinks too, since by our count it was allowed.
        """
        scope = self._token if chat_id is None else self._scope(chat_id, is_group)
        scope.stop(now, until)

    def room(self, chat_id: ChatId | None, is_group: bool, now: float) -> float:
        """How many calls the chat may make at once."""
        token = self._token.room(now)
        if chat_id is None:
            return token
        return min(token, (self._chats.get(chat_id) or _Scope(self._allowance(is_group))).room(now))

    def is_hardly_used(self, chat_id: ChatId, now: float) -> bool:
        """Whether the chat's own limit cannot well be the reason of a refusal."""
        scope = self._chats.get(chat_id)
        return scope is None or (scope.stopped_until <= now and scope.allowance.is_half_full(now))

    def _scope(self, chat_id: ChatId, is_group: bool) -> _Scope:
        scope = self._chats.get(chat_id)
        if scope is None:
            scope = self._chats[chat_id] = _Scope(self._allowance(is_group))
        return scope

    def _allowance(self, is_group: bool) -> Bucket | Window:
        limits = self._limits
        if is_group:
            return Window(limits.group_calls, limits.group_length + limits.jitter)
        return self._bucket(limits.private_burst, limits.private_rate)

    def _bucket(self, burst: float, rate: float) -> Bucket:
        return Bucket(max(1.0, burst - self._limits.jitter * rate), rate * self._limits.steadiness)

    def _forget_idle(self, now: float) -> None:
        # Two looks a call: more chats are looked at than come in, and no call pays for a long sweep.
        for _ in range(min(2, len(self._chats))):
            chat_id, scope = next(iter(self._chats.items()))
            if scope.is_idle(now):
                del self._chats[chat_id]
            else:
                self._chats.move_to_end(chat_id)

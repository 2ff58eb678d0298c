"""Who goes next, held against the plainest way to say it."""

import math
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.buckets import Budget, Spare
from bot.delivery.lines import Lines, Waiter

SPARES = {1: Spare(0, 0), 2: Spare(0.125, 0.15), 3: Spare(0.5, 0.15), 4: Spare(11 / 12, 0.15)}

joins = st.tuples(
    st.just("join"), st.sampled_from([None, 1, 2, -1, -2]), st.integers(1, 4), st.integers(1, 4), st.booleans()
)
leaves = st.tuples(st.just("leave"), st.floats(0, 1, exclude_max=True))
passes = st.tuples(st.just("pass"), st.floats(0, 30))
wakes = st.tuples(st.just("wake"))


class Plain:
    """Everybody in one list; whoever may go is searched for."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.waiting: list[Waiter] = []

    def heads(self) -> list[Waiter]:
        ordered = sorted(self.waiting, key=lambda waiter: waiter.place)
        return list({waiter.chat_id: waiter for waiter in reversed(ordered)}.values())

    def chat_at(self, waiter: Waiter, now: float) -> float:
        return self.budget.chat_earliest(waiter.chat_id, now, cost=waiter.cost, spare=waiter.spare.chat)

    def next(self, now: float) -> Waiter | None:
        first = min(
            (head for head in self.heads() if self.chat_at(head, now) <= now), key=lambda w: w.place, default=None
        )
        if first is None or self.token_at(first, now) > now:
            return None
        return first

    def token_at(self, waiter: Waiter, now: float) -> float:
        return self.budget.token_earliest(now, cost=waiter.cost, spare=waiter.spare.token)

    def wake_at(self, now: float) -> float | None:
        asleep = [at for head in self.heads() if (at := self.chat_at(head, now)) > now]
        awake = [head for head in self.heads() if self.chat_at(head, now) <= now]
        tokens = [self.token_at(min(awake, key=lambda w: w.place), now)] if awake else []
        return min(asleep + tokens, default=None)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(joins, joins, joins, leaves, passes, wakes), max_size=150))
def test_the_lines_choose_as_the_plainest_search_would(acts):
    """Whatever joins, leaves and passes: the same one goes next, and the alarm is set for the right moment."""
    budget, now, numbers = Budget(), 0.0, count()
    lines: Lines[Waiter] = Lines(budget)
    plain = Plain(budget)

    for act in acts:
        match act:
            case ("join", chat_id, rank, cost, takes):
                is_group = chat_id is not None and chat_id < 0
                waiter = Waiter(chat_id, is_group, rank, next(numbers), cost, SPARES[rank], takes)
                plain.waiting.append(waiter)
                lines.join(waiter, now)
            case ("leave", which) if plain.waiting:
                lines.leave(plain.waiting.pop(int(which * len(plain.waiting))), now)
            case ("pass", seconds):
                now += seconds
            case ("wake",):
                now = max(now, lines.wake_at(now) or now)

        while True:
            expected = plain.next(now)
            assert lines.next(now) is expected
            if expected is None:
                break
            assert not expected.waits
            plain.waiting.remove(expected)
        assert lines.wake_at(now) == plain.wake_at(now)
        assert (lines.wake_at(now) or math.inf) > now
        assert len(lines) == len(plain.waiting)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([1, 2, -1, None]), st.integers(1, 4)), max_size=60))
def test_everybody_goes_in_the_end(joins):
    """Nobody starves: waking whenever the lines say so, all have gone after as many wakes as waiters."""
    lines: Lines[Waiter] = Lines(Budget())
    for number, (chat_id, rank) in enumerate(joins):
        is_group = chat_id is not None and chat_id < 0
        lines.join(Waiter(chat_id, is_group, rank, number, 1, SPARES[rank]), 0.0)

    now, wakes, gone = 0.0, 0, 0
    while (at := lines.wake_at(now)) is not None:
        now = max(now, at)
        wakes += 1
        while lines.next(now) is not None:
            gone += 1

    assert gone == len(joins)
    assert wakes <= 2 * len(joins)


def test_dissolving_sends_everyone_away():
    """Nobody waits any more, and whoever had left before is not named."""
    lines: Lines[Waiter] = Lines(Budget())
    waiters = [Waiter(-1, True, 1, number, 30, SPARES[1]) for number in range(5)]
    for waiter in waiters:
        lines.join(waiter, 0.0)
    lines.next(0.0)
    lines.leave(waiters[2], 0.0)

    dissolved = lines.dissolve()

    assert [waiter.number for waiter in dissolved] == [1, 3, 4]
    assert not any(waiter.waits for waiter in waiters)
    assert lines.wake_at(0.0) is None
    assert len(lines) == 0

"""The timers of contests, on a clock moved by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.timers import Timers
from tests.manual_clock import ManualClock

START = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)
contests = st.integers(1, 6)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("set"), contests, st.integers(-2, 12)),
        st.tuples(st.just("drop"), contests),
        st.tuples(st.just("pass"), st.floats(0, 3)),
    ),
    max_size=80,
)


def move(clock: ManualClock, seconds: float) -> None:
    """Let time pass; alarms ring on the way, each at its moment."""
    end = clock.monotonic() + seconds
    while clock.due(end - clock.monotonic()) is not None:
        clock.ring_next()
    clock.skip(end - clock.monotonic())


@settings(deadline=None)
@given(acts)
def test_each_contest_rings_once_at_the_moment_set_last(acts):
    """Whatever is set, moved and dropped: every timer that stands rings at its moment, never early, and no other does."""
    clock = ManualClock(START)
    rung: list[tuple[int, datetime]] = []
    timers = Timers[int](clock, lambda due: rung.extend((contest, clock.now()) for contest in due))
    expected: list[tuple[int, datetime]] = []
    standing: dict[int, datetime] = {}

    for act in [*acts, ("pass", 20.0)]:
        match act:
            case ("set", contest, seconds):
                when = clock.now() + timedelta(seconds=seconds)
                timers.set(contest, when, contest)
                standing[contest] = when
            case ("drop", contest):
                timers.drop(contest)
                standing.pop(contest, None)
            case ("pass", seconds):
                before = clock.now()
                move(clock, seconds)
                due = {contest: when for contest, when in standing.items() if when <= clock.now()}
                expected += [(contest, max(when, before)) for contest, when in due.items()]
                for contest in due:
                    del standing[contest]

        assert len(timers) == len(standing)
        assert all(contest in timers for contest in standing)
    assert sorted(rung) == sorted(expected)


def test_a_thousand_due_at_one_moment_ring_in_one_go():
    """The clock is asked for one alarm, and whoever rings gets them all at once, on the second."""
    clock = ManualClock(START)
    rung: list[list[int]] = []
    late: list[timedelta] = []
    timers = Timers[int](clock, lambda due: rung.append(list(due)))
    timers.late.append(late.append)
    for contest in range(1000):
        timers.set(contest, START + timedelta(seconds=5), contest)

    clock.ring_next()

    assert rung == [list(range(1000))]
    assert late == [timedelta(0)] * 1000
    assert clock.due(1e9) is None


def test_what_is_due_later_rings_though_an_earlier_ring_failed():
    """The failure is told, and the alarm of the next is set all the same."""
    clock = ManualClock(START)
    rung: list[int] = []

    def ring(due: Sequence[int]) -> None:
        rung.extend(due)
        if 1 in due:
            raise RuntimeError("of this ring alone")

    timers = Timers[int](clock, ring)
    timers.set(1, START + timedelta(seconds=1), 1)
    timers.set(2, START + timedelta(seconds=2), 2)

    with pytest.raises(RuntimeError):
        clock.ring_next()
    clock.ring_next()

    assert rung == [1, 2]

"""The timers of contests, on a clock moved by hand."""

from datetime import UTC, datetime, timedelta

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
    timers = Timers(clock)
    rung: list[tuple[int, datetime]] = []
    expected: list[tuple[int, datetime]] = []
    standing: dict[int, datetime] = {}

    for act in [*acts, ("pass", 20.0)]:
        match act:
            case ("set", contest, seconds):
                when = clock.now() + timedelta(seconds=seconds)
                timers.set(contest, when, lambda contest=contest: rung.append((contest, clock.now())))
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
    """The clock is asked for one alarm, and all have rung when it has."""
    clock = ManualClock(START)
    timers = Timers(clock)
    rung: list[int] = []
    for contest in range(1000):
        timers.set(contest, START + timedelta(seconds=5), lambda contest=contest: rung.append(contest))

    clock.skip(5)
    clock.ring_next()

    assert rung == list(range(1000))
    assert clock.due(1e9) is None


def test_a_timer_that_fails_takes_no_other_with_it():
    """What is due beside it rings, and what is due later too."""
    clock = ManualClock(START)
    timers = Timers(clock)
    rung: list[str] = []

    def fail() -> None:
        raise RuntimeError("of this contest alone")

    timers.set(1, START + timedelta(seconds=1), fail)
    timers.set(2, START + timedelta(seconds=1), lambda: rung.append("beside"))
    timers.set(3, START + timedelta(seconds=2), lambda: rung.append("later"))

    move(clock, 3)

    assert rung == ["beside", "later"]

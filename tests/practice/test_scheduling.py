"""When a question comes again: FSRS with our clock, nothing random; days of the programme."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.practice.scheduling import Caps, Grade, Known, Today, grade_of, reviewed

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 23, 20, 13, tzinfo=ZONE).astimezone(UTC)


def days_until_due(known: Known, at: datetime) -> int:
    """Whole days of the programme from an answer to the next."""
    return (known.due_at.astimezone(ZONE).date() - at.astimezone(ZONE).date()).days


def test_wrong_answer_comes_back_after_ten_minutes() -> None:
    """New or known: what is forgotten is asked again soon."""
    new = reviewed(None, Grade.FORGOT, EVENING, ZONE)
    known = reviewed(reviewed(None, Grade.GOOD, EVENING, ZONE), Grade.FORGOT, EVENING + timedelta(days=3), ZONE)

    assert new.due_at == EVENING + timedelta(minutes=10)
    assert known.due_at == EVENING + timedelta(days=3, minutes=10)


def test_right_answers_come_back_after_ever_longer_times() -> None:
    """The dates of a question that is always known, answered on the day it is due."""
    known, at, gaps = None, EVENING, []
    for _ in range(5):
        known = reviewed(known, Grade.GOOD, at, ZONE)
        gaps.append(days_until_due(known, at))
        at = known.due_at + timedelta(hours=20)

    assert gaps == [2, 7, 32, 118, 365]


def test_days_begin_at_midnight_of_the_programme() -> None:
    """Answered in the evening, due from the first minute of the day."""
    known = reviewed(None, Grade.GOOD, EVENING, ZONE)

    assert known.due_at.astimezone(ZONE) == datetime(2026, 11, 25, tzinfo=ZONE)


def test_harder_means_sooner() -> None:
    """Hard before good before easy."""
    hard, good, easy = (
        days_until_due(reviewed(None, grade, EVENING, ZONE), EVENING)
        if grade is not Grade.HARD
        else (reviewed(None, grade, EVENING, ZONE).due_at - EVENING) / timedelta(days=1)
        for grade in (Grade.HARD, Grade.GOOD, Grade.EASY)
    )

    assert hard < good < easy


@given(
    st.lists(st.tuples(st.sampled_from(list(Grade)), st.integers(0, 40 * 24 * 60)), min_size=1, max_size=12),
)
def test_due_dates_are_reproducible_and_in_the_future(history: list[tuple[Grade, int]]) -> None:
    """The same answers at the same times give the same card, through its stored form too; nothing is due in the past."""
    first = second = None
    at = EVENING
    for grade, minutes in history:
        at += timedelta(minutes=minutes)
        first = reviewed(first, grade, at, ZONE)
        if second is not None:
            stored = second.memory.model_validate_json(second.memory.model_dump_json())
            second = Known(stored, second.due_at, second.reviewed_at)
        second = reviewed(second, grade, at, ZONE)

        assert first == second
        assert first.due_at > at
        assert first.due_at <= at + timedelta(days=366)


@pytest.mark.parametrize(
    ("right", "seconds", "grade"),
    [
        (False, 1, Grade.FORGOT),
        (True, 5, Grade.EASY),
        (True, 20, Grade.GOOD),
        (True, 100, Grade.HARD),
        (True, 3600, Grade.GOOD),
        (True, None, Grade.GOOD),
    ],
)
def test_grade_follows_from_right_and_speed(right: bool, seconds: int | None, grade: Grade) -> None:
    """Eighty characters take ten seconds to read; whoever was away an hour was neither quick nor slow."""
    took = None if seconds is None else timedelta(seconds=seconds)

    assert grade_of(right=right, took=took, length=80) is grade


def test_day_is_capped() -> None:
    """New questions and reviews have caps of their own."""
    caps = Caps(new=2, reviews=3)

    assert Today(new=1, reviews=3).may_learn(caps)
    assert not Today(new=2).may_learn(caps)
    assert Today(new=2, reviews=2).may_review(caps)
    assert not Today(reviews=3).may_review(caps)

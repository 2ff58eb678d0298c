"""Who is on time, who is expected, streaks, and the pace of a card."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.checkin_rules import CheckinPlan, Pace, is_expected, streak

PLAN = CheckinPlan(True, "workdays", time(7, 30), time(9), time(20), True, ZoneInfo("Asia/Shanghai"), "CN")
DAY = date(2026, 11, 23)


def _at(hour: int, minute: int = 0, millisecond: int = 0) -> datetime:
    local = datetime(2026, 11, 23, hour, minute, 0, millisecond * 1000, tzinfo=PLAN.zone)
    return local.astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (_at(7, 30), "on_time"),
        (_at(9), "on_time"),
        (_at(9, 0, 1), "late"),
        (_at(20), "late"),
        (_at(20, 0, 1), None),
    ],
)
def test_limits_themselves_still_count(at: datetime, verdict: str | None) -> None:
    """Nine o'clock sharp is on time, a millisecond later is late; the same at the close."""
    assert PLAN.window(DAY).opened(_at(7, 30)).judge(at) == verdict


def test_nobody_is_late_because_the_bot_was() -> None:
    """A sheet opened at 9:10 takes people as on time until 9:40; one opened at 7:31 changes nothing."""
    assert PLAN.window(DAY).opened(_at(9, 10)).judge(_at(9, 40)) == "on_time"
    assert PLAN.window(DAY).opened(_at(9, 10)).judge(_at(9, 41)) == "late"
    assert PLAN.window(DAY).opened(_at(7, 31)).late_at == _at(9)
    assert PLAN.window(DAY).opened(_at(19, 50)).late_at == _at(20)


@pytest.mark.parametrize(
    ("role", "joined_at", "expected"),
    [
        ("member", _at(9), True),
        ("organiser", _at(7), True),
        ("member", _at(9, 1), False),
        ("member", None, False),
        ("observer", _at(7), False),
        ("judge", _at(7), False),
        ("admin", _at(7), False),
    ],
)
def test_expected_are_members_and_organisers_who_have_joined(
    role: str, joined_at: datetime | None, expected: bool
) -> None:
    """Whoever has not joined, or joined after people began to be late, is not missing."""
    assert is_expected(role, joined_at, _at(9)) is expected


@pytest.mark.parametrize(
    ("before", "today", "days"),
    [
        ([], "on_time", 1),
        (["on_time", "late", "absent", "on_time"], "late", 3),
        (["leave", "on_time", "excused", "on_time"], "on_time", 3),
        (["absent"], "on_time", 1),
        (["on_time"], None, 1),
        (["on_time"], "leave", 1),
        (["on_time"], "absent", 0),
    ],
)
def test_streak_goes_back_to_the_last_day_absent(before: list[str], today: str | None, days: int) -> None:
    """Leave neither counts nor breaks; today's own absence ends it."""
    assert streak(before, today) == days


@given(st.lists(st.sampled_from(["on_time", "late", "leave", "excused", "absent"])))
def test_streak_never_counts_more_than_the_days_there(statuses: list[str]) -> None:
    """However the days went, at most those on time or late count."""
    assert 0 <= streak(statuses, None) <= sum(status in ("on_time", "late") for status in statuses)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=200), st.integers(1, 6))
def test_pace_lets_a_burst_pass_and_then_one_at_a_time(gaps: list[int], burst: int) -> None:
    """In any ten seconds pass at most the burst and as many as the interval allows."""
    pace = Pace(timedelta(seconds=5), burst)
    now = account = _at(8)
    passed = []
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        taken = pace.take(account, now)
        if taken is None:
            assert pace.room_at(account) > now
            assert pace.take(account, pace.room_at(account)) is not None
        else:
            account = taken
            passed.append(now)

    for start in passed:
        within = [at for at in passed if start <= at < start + timedelta(seconds=10)]
        assert len(within) <= burst + 2

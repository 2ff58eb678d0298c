"""Deadlines as people write them, and when those who are missing are reminded."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.deadlines import DeadlineFar, DeadlinePast, DeadlineUnreadable, read_deadline
from study.errors import StudyError
from study.task_clock import remind_at

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("11-30 18:00", "2026-11-30 18:00", ""),
        ("11-30 18:00 查隐患：请查。", "2026-11-30 18:00", "查隐患：请查。"),
        ("11月30日 9点 标题", "2026-11-30 09:00", "标题"),
        ("11/30 标题", "2026-11-30 18:00", "标题"),
        ("2026-12-01 08：30", "2026-12-01 08:30", ""),
        ("1-5 12:00", "2027-01-05 12:00", ""),
        ("周五 17:00", "2026-11-27 17:00", ""),
        ("周五下午5点半", "2026-11-27 17:30", ""),
        ("周一", "2026-11-30 18:00", ""),
        ("下周五 12:00", "2026-12-04 12:00", ""),
        ("星期天", "2026-11-29 18:00", ""),
        ("今天 11:00", "2026-11-25 11:00", ""),
        ("明天", "2026-11-26 18:00", ""),
        ("后天 9:00", "2026-11-27 09:00", ""),
        ("3天", "2026-11-28 18:00", ""),
        ("3天后 查", "2026-11-28 18:00", "查"),
        ("Fri 17:00 title", "2026-11-27 17:00", "title"),
        ("next Friday", "2026-12-04 18:00", ""),
        ("tomorrow 9:00", "2026-11-26 09:00", ""),
        ("in 2 days", "2026-11-27 18:00", ""),
        ("30 Nov 9:00 title", "2026-11-30 09:00", "title"),
        ("大后天", "2026-11-28 18:00", ""),
        ("11-30：标题", "2026-11-30 18:00", "标题"),
    ],
)
def test_deadline_is_read(text: str, at: str, rest: str) -> None:
    """Each form gives its moment on the programme's clock and the words that follow."""
    found = read_deadline(text, NOW, ZONE)

    assert found.at == datetime.fromisoformat(at).replace(tzinfo=ZONE)
    assert found.rest == rest


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", DeadlineUnreadable),
        ("标题", DeadlineUnreadable),
        ("11-31", DeadlineUnreadable),
        ("13-01", DeadlineUnreadable),
        ("11-30 25:00", DeadlineUnreadable),
        ("2-29", DeadlineUnreadable),
        ("11-30 18:00标题", DeadlineUnreadable),
        ("3天内完成", DeadlineUnreadable),
        ("昨天", DeadlinePast),
        ("11-24 18:00", DeadlinePast),
        ("今天 9:00", DeadlinePast),
        ("2028-01-01", DeadlineFar),
        ("999天", DeadlineFar),
    ],
)
def test_bad_deadline_is_refused(text: str, error: type[StudyError]) -> None:
    """What cannot be read, is past or too far has its own sentence."""
    with pytest.raises(error):
        read_deadline(text, NOW, ZONE)


@given(st.text(max_size=30))
def test_only_our_own_refusals_escape(text: str) -> None:
    """Whatever is written, there is a deadline in the future or a refusal."""
    try:
        found = read_deadline(text, NOW, ZONE)
    except StudyError:
        return
    assert NOW < found.at <= NOW + timedelta(days=366)


@pytest.mark.parametrize(
    ("given_at", "due_at", "reminded_at"),
    [
        ("2026-11-23 17:00", "2026-11-26 17:00", "2026-11-25 09:00"),
        ("2026-11-26 17:00", "2026-11-30 12:00", "2026-11-27 09:00"),  # over the weekend
        ("2026-11-23 17:00", "2026-11-24 17:00", "2026-11-24 09:00"),  # too new for the day before
        ("2026-11-23 10:00", "2026-11-23 17:00", None),
        ("2026-09-28 17:00", "2026-10-08 17:00", "2026-09-30 09:00"),  # over the national holiday
    ],
)
def test_reminder_falls_on_a_workday_before_the_deadline(given_at: str, due_at: str, reminded_at: str | None) -> None:
    """At 9:00 of the last workday before, holidays and their swapped days minded."""
    start, due = (datetime.fromisoformat(at).replace(tzinfo=ZONE) for at in (given_at, due_at))

    at = remind_at(start, due, ZONE, "CN")

    assert at == (
        None if reminded_at is None else datetime.fromisoformat(reminded_at).replace(tzinfo=ZONE).astimezone(UTC)
    )

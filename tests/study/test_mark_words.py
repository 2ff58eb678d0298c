"""Corrections as organisers write them."""

from datetime import date

import pytest

from storage.checkins import Status
from study.mark_words import Mark, MarkUnreadable, read_mark

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("张三 迟到 堵车", Mark("张三", TODAY, Status.LATE, "堵车")),
        ("张三 11月20日 公假 参加 市里 会议", Mark("张三", date(2026, 11, 20), Status.EXCUSED, "参加 市里 会议")),
        ("Anna Lee yesterday Absent did not come", Mark("Anna Lee", date(2026, 11, 22), Status.ABSENT, "did not come")),
        ("C-1-2 25 Nov 到 x", Mark("C-1-2", date(2026, 11, 25), Status.ON_TIME, "x")),
        ("late late overslept", Mark("late", TODAY, Status.LATE, "overslept")),
        ("张三", Mark("张三", TODAY, None, "")),
        ("张三 11-20", Mark("张三", date(2026, 11, 20), None, "")),
    ],
)
def test_name_day_status_and_reason_are_told_apart(words: str, mark: Mark) -> None:
    """Names and reasons may have spaces, the day may be missing, a name may look like a status."""
    assert read_mark(words, TODAY) == mark


@pytest.mark.parametrize("words", ["", "张三 准时", "张三 11-20 准时"])
def test_without_a_name_or_a_reason_it_is_refused(words: str) -> None:
    """A correction has a reason."""
    with pytest.raises(MarkUnreadable):
        read_mark(words, TODAY)

"""What belongs into a day's reminder."""

from datetime import UTC, datetime, timedelta

from study.owed import Owed
from study.reminders import is_worth

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)


def days_of(due: int, *, weekly: bool = False) -> tuple[bool, bool]:
    """Whether something that is due in so many days is told today, and if today is the week's first workday."""
    one = Owed(1, "quota", "一本好书 0/1", NOW + timedelta(days=due), weekly=weekly)
    ahead = timedelta(days=3)
    return is_worth(one, NOW, ahead=ahead, is_weekly=False), is_worth(one, NOW, ahead=ahead, is_weekly=True)


def test_what_is_far_off_or_long_over_comes_weekly_and_what_is_near_daily() -> None:
    """A year's quota is told weekly for two months and daily at last; a task only when it is near; what is over, less and less."""
    quota = [days_of(due, weekly=True) for due in (40, 4, 3, 0)]
    task = [days_of(due) for due in (40, 3, -6, -7, -40)]

    assert quota == [(False, True), (False, True), (True, True), (True, True)]
    assert task == [(False, False), (True, True), (True, True), (False, True), (False, True)]
    assert is_worth(Owed(1, "form", "自评"), NOW, ahead=timedelta(days=3), is_weekly=False)

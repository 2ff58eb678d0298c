"""Workdays with the official swaps, weekdays by name, and clocks in a zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.calendar import WEEKDAYS, day_of, days_between, is_country, is_on, is_workday, moment, next_on, previous_on


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),  # the last day of that holiday
        (date(2026, 10, 10), True),  # a Saturday that makes up for it
        (date(2026, 2, 14), True),  # a Saturday that makes up for the Spring Festival
        (date(2026, 11, 21), False),  # a plain Saturday
        (date(2026, 11, 23), True),
    ],
)
def test_china_works_on_swapped_weekends_and_rests_on_official_holidays(day: date, works: bool) -> None:
    """The State Council's announcement for 2026 decides, not the weekday."""
    assert is_workday(day, "CN") is works


def test_year_without_an_announcement_falls_back_to_weekdays_and_public_holidays() -> None:
    """Nothing is known of the swaps of 2045: weekends and National Day are off, the rest is on."""
    assert not is_workday(date(2045, 10, 2), "CN")
    assert not is_workday(date(2045, 11, 18), "CN")
    assert is_workday(date(2045, 11, 20), "CN")


def test_other_countries_have_their_own_weekends_and_holidays() -> None:
    """Christmas is off in Germany; Friday is off and Sunday on in Saudi Arabia."""
    assert not is_workday(date(2026, 12, 25), "DE")
    assert not is_workday(date(2026, 11, 27), "SA")
    assert is_workday(date(2026, 11, 29), "SA")


def test_unknown_country_is_refused() -> None:
    """A country without a calendar is an error, not a silent Monday to Friday."""
    assert is_country("CN")
    assert not is_country("ZZ")
    with pytest.raises(ValueError, match="ZZ"):
        is_workday(date(2026, 11, 23), "ZZ")


def test_next_and_previous_step_over_a_holiday() -> None:
    """The workday after 30 September 2026 is 8 October, and the other way round."""
    assert next_on("workdays", date(2026, 9, 30), "CN") == date(2026, 10, 8)
    assert previous_on("workdays", date(2026, 10, 8), "CN") == date(2026, 9, 30)


def test_days_by_name_know_no_holidays() -> None:
    """Who names the weekdays gets them, on a holiday too; no name at all means never."""
    assert is_on(("thursday",), date(2026, 10, 1), "CN")
    assert not is_on(("friday",), date(2026, 10, 1), "CN")
    assert is_on("every day", date(2026, 10, 1), "CN")
    assert next_on((), date(2026, 10, 1), "CN") is None


@given(st.dates(date(2005, 1, 1), date(2060, 1, 1)), st.sets(st.sampled_from(WEEKDAYS), min_size=1))
def test_next_day_is_on_and_none_before_it_is(after: date, names: set[str]) -> None:
    """Between a day and the next one that is on lies none that is."""
    days = tuple(sorted(names))

    found = next_on(days, after, "CN")

    assert found is not None
    assert [day for day in days_between(after, found)[1:] if is_on(days, day, "CN")] == [found]


def test_moment_is_what_the_clocks_of_the_zone_show() -> None:
    """Half past seven in Shanghai is half past eleven at night in UTC, the day before."""
    at = moment(date(2026, 11, 23), time(7, 30), ZoneInfo("Asia/Shanghai"))

    assert at == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert day_of(at, ZoneInfo("Asia/Shanghai")) == date(2026, 11, 23)


def test_moment_left_out_by_summer_time_comes_later() -> None:
    """At 2:30 on the last Sunday of March the clocks of Berlin show 3:30."""
    at = moment(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin"))

    assert at.astimezone(ZoneInfo("Europe/Berlin")).time() == time(3, 30)

"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.day_words import DayUnreadable, Period, read_day, read_period

TODAY = date(2026, 11, 23)
WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


@pytest.mark.parametrize(
    "words",
    [
        "11月25日 看病",
        "11月25号看病",
        "2026-11-25 看病",
        "2026年11月25日,看病",
        "2026/11/25 看病",
        "11-25 看病",
        "11.25 看病",
        "25 Nov 看病",
        "November 25th, 2026 看病",
        "后天看病",
        "day after tomorrow 看病",
    ],
)
def test_one_day_in_many_forms(words: str) -> None:
    """All of them are the Wednesday, and the words after it are kept."""
    assert read_period(words, TODAY) == Period(WEDNESDAY, WEDNESDAY, "看病")


@pytest.mark.parametrize(
    "words",
    [
        "11月25日 至 11月27日 出差",
        "11月25日至27日 出差",
        "11-25到11-27 出差",
        "2026-11-25 - 2026-11-27 出差",
        "11-25~27 出差",
        "25 Nov to 27 Nov 出差",
        "后天到11月27日 出差",
    ],
)
def test_period_in_many_forms(words: str) -> None:
    """Wednesday to Friday."""
    assert read_period(words, TODAY) == Period(WEDNESDAY, FRIDAY, "出差")


def test_until_that_is_no_day_belongs_to_the_reason() -> None:
    """「到医院」 is where somebody goes, not the end of the leave."""
    assert read_period("11月25日到医院复查", TODAY) == Period(WEDNESDAY, WEDNESDAY, "到医院复查")


def test_day_without_a_year_is_the_nearest() -> None:
    """In December 1-5 is next January; three days ago stays this year; the new year is crossed."""
    assert read_day("1-5", date(2026, 12, 28)) == (date(2027, 1, 5), "")
    assert read_day("11-20", TODAY) == (date(2026, 11, 20), "")
    assert read_period("12-30至1-3 探亲", TODAY) == Period(date(2026, 12, 30), date(2027, 1, 3), "探亲")


@pytest.mark.parametrize(
    "words", ["", "看病", "2月30日 看病", "2026-13-01 看病", "11-25至11-20 出差", "0-0 x", "35 Nov x"]
)
def test_what_is_no_day_is_refused(words: str) -> None:
    """No day, a day that does not exist, an end before the beginning."""
    with pytest.raises(DayUnreadable):
        read_period(words, TODAY)


@given(st.dates(date(2026, 6, 1), date(2027, 4, 1)), st.dates(date(2026, 6, 1), date(2027, 4, 1)))
def test_what_is_written_with_years_is_read_back(one: date, other: date) -> None:
    """Any two days in order, joined by a dash, come back as they are."""
    first, last = sorted((one, other))

    assert read_period(f"{first} - {last} x", TODAY) == Period(first, last, "x")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(words: str) -> None:
    """Nothing but DayUnreadable escapes."""
    try:
        period = read_period(words, TODAY)
    except DayUnreadable:
        return
    assert period.first <= period.last

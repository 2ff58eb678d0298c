"""What a good material is, how plans change, how late a day's material may still be sent."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.calendar import WEEKDAYS
from study.material_rules import (
    Draft,
    Flaw,
    clean_tags,
    days_text,
    draft_of,
    flaws_of,
    picture_flaw,
    read_days,
    shifted,
    toggled,
    use_until,
    week_start,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("due", "until"),
    [((8, 0), (20, 0)), ((18, 0), (20, 0)), ((18, 1), (20, 1)), ((21, 30), (23, 30))],
)
def test_day_is_of_use_until_eight_or_two_hours(due: tuple[int, int], until: tuple[int, int]) -> None:
    """Until 20:00; what is due in the evening has two hours."""
    found = use_until(datetime(2026, 11, 23, *due, tzinfo=SHANGHAI), SHANGHAI)

    assert found == datetime(2026, 11, 23, *until, tzinfo=SHANGHAI)


def test_flaws_are_named_all_at_once() -> None:
    """A title too long, nothing to read, a link that is none."""
    flaws = [flaw for flaw, _ in flaws_of(Draft("系列", "", "长" * 101, "", link="example.org/没有协议"))]

    assert flaws == [Flaw.TOO_LONG, Flaw.BAD_LINK]
    assert [flaw for flaw, _ in flaws_of(Draft("", "", "", ""))] == [Flaw.NO_TITLE, Flaw.NO_TEXT]


def test_length_counts_as_telegram_does() -> None:
    """An emoji counts two: 1,500 of them fit, one more does not."""
    assert not flaws_of(Draft("", "", "题", "😀" * 1500))
    assert [flaw for flaw, _ in flaws_of(Draft("", "", "题", "😀" * 1501))] == [Flaw.TOO_LONG]


def test_material_is_read_as_it_is_written() -> None:
    """The first line is the title, a line that is an address the link, wherever it stands."""
    draft = draft_of("  标题\n第一段\nhttps://example.org/x\n看 https://example.org 这里")

    assert (draft.title, draft.link) == ("标题", "https://example.org/x")
    assert draft.text == "第一段\n看 https://example.org 这里"


def test_tags_take_any_separator_once() -> None:
    """Chinese and English commas and semicolons, repeats left out."""
    assert clean_tags("公文；写作,公文、 学习|#安全") == "公文;写作;学习;安全"


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (None, Flaw.NO_PICTURE),
        (b"GIF89a", Flaw.BAD_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024), Flaw.BIG_PICTURE),
    ],
)
def test_pictures_that_cannot_be_sent(content: bytes | None, flaw: Flaw) -> None:
    """None there, of another kind, larger than Telegram takes."""
    found = picture_flaw("a.png", content)

    assert found is not None
    assert found[0] is flaw


@given(st.lists(st.sampled_from(WEEKDAYS), max_size=12))
def test_toggling_weekdays_is_kept_as_it_is_read(presses: list[str]) -> None:
    """Any presses give the days pressed an odd number of times, in the order of the week, and survive being stored."""
    days = read_days("")
    for weekday in presses:
        days = toggled(days, weekday)

    assert days == tuple(day for day in WEEKDAYS if presses.count(day) % 2)
    assert read_days(days_text(days)) == days


def test_choosing_a_weekday_leaves_the_workdays() -> None:
    """From workdays or every day the choice begins anew."""
    assert toggled("workdays", "monday") == ("monday",)
    assert toggled("every day", "sunday") == ("sunday",)


@given(st.times(), st.lists(st.sampled_from((-60, -10, 10, 60))))
def test_hour_goes_round_the_clock(at: time, steps: list[int]) -> None:
    """Steps forth and back come to the same time."""
    start = at.replace(second=0, microsecond=0, tzinfo=None)
    found = start
    for step in steps:
        found = shifted(found, step)
    for step in steps:
        found = shifted(found, -step)

    assert found == start


def test_week_begins_on_monday() -> None:
    """Sunday belongs to the week before."""
    assert week_start(date(2026, 11, 29)) == date(2026, 11, 23)
    assert week_start(date(2026, 11, 23)) == date(2026, 11, 23)

"""The rules of roll calls: codes that turn, who is late, what is counted, when somebody is warned."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from study.programme.reading import folder_of, read_programme
from study.rollcall_rules import (
    CODE_GRACE,
    absent_in_a_row,
    accepted,
    code_of,
    interval_of,
    judge,
    period_of,
    rate,
    sums,
)

OPENED = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)


@given(st.integers(0, 7200), st.integers(10, 300), st.floats(0, 400))
def test_a_code_counts_while_it_is_shown_and_a_moment_after(shown: int, seconds: int, later: float) -> None:
    """Whatever its length: sent within the grace it is taken, two intervals on it never is."""
    at = OPENED + timedelta(seconds=shown)
    code = code_of("secret", interval_of(at, OPENED, seconds))
    ends = OPENED + timedelta(seconds=(interval_of(at, OPENED, seconds) + 1) * seconds)

    arrives = at + timedelta(seconds=later)
    taken = accepted(code, "secret", at=arrives, opened_at=OPENED, seconds=seconds)

    if arrives <= ends + CODE_GRACE:
        assert taken
    elif len({code_of("secret", interval_of(at, OPENED, seconds) + n) for n in range(60)}) == 60:
        assert not taken


def test_the_moments_themselves_still_count() -> None:
    """On the dot is in time; on the close is late; after it nothing."""
    late, closes = OPENED + timedelta(minutes=10), OPENED + timedelta(minutes=30)
    moments = (late, late + timedelta(milliseconds=1), closes, closes + timedelta(milliseconds=1))

    assert [judge(at, late, closes) for at in moments] == ["present", "late", "late", None]


@given(st.lists(st.sampled_from(["present", "late", "leave", "absent", "make_up"])))
def test_figures_add_up_and_what_was_made_up_stays_an_absence(statuses: list[str]) -> None:
    """应到 is every line; 实到 those who were there; a make-up is in neither 实到 nor plain absence."""
    found = sums(statuses)

    assert found.expected == found.came + found.leave + found.absent + found.made_up == len(statuses)
    assert found.came == sum(status in ("present", "late") for status in statuses)
    assert rate(statuses) == (found.came, found.expected - found.leave)


def test_leave_neither_counts_nor_breaks_a_row_of_absences() -> None:
    """Absent, on leave, absent: twice in a row; whoever was there begins anew."""
    assert absent_in_a_row(["absent", "leave", "make_up"]) == 2
    assert absent_in_a_row(["absent", "late", "absent"]) == 1
    assert absent_in_a_row(["absent", "present"]) == 0


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(["month", "quarter", "year"]))
def test_a_day_lies_in_its_period(day: date, period: str) -> None:
    """The first day and the first after it enclose the day, and the next period begins there."""
    name, first, after = period_of(day, period)

    assert first <= day < after
    assert period_of(after, period)[1] == after
    assert period_of(first, period)[0] == name


def test_shipped_roll_calls_and_notes_have_no_mistake() -> None:
    """What penglai ships is read with its warnings, its make-ups and its form of notes."""
    penglai = read_programme(folder_of("penglai"))

    assert [one.key for one in penglai.rollcall.warnings] == ["three_in_a_row", "low_rate"]
    assert penglai.rollcall.make_up is not None
    assert penglai.rollcall.make_up.leave
    assert [one.title.within("zh-CN") for one in penglai.notes.fields][-2:] == ["学习要点", "学习体会"]

"""On which days rounds fall, who is in which group, who speaks after whom."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from study.calendar import is_workday
from study.round_rules import (
    Weeks,
    dates,
    duty_due,
    duty_period,
    is_day_rule,
    read_clock,
    reading_lines,
    speaking_order,
    split,
)


def works(day: date) -> bool:
    """A workday in China."""
    return is_workday(day, "CN")


def days_of(*rules: int | str, shift: str = "none", weeks: Weeks | None = None, year: int = 2026) -> list[str]:
    """The rounds of a year as texts."""
    found = dates(rules, weeks, shift, works, date(year, 1, 1), date(year, 12, 31))  # type: ignore[arg-type]
    return [one.day.isoformat() for one in found]


def test_e1_the_16th_and_the_30th_and_the_last_day_of_february() -> None:
    """Twice a month, in February on the 16th and on its last day, leap year or not."""
    year = days_of(16, 30)

    assert len(year) == 24
    assert year[:5] == ["2026-01-16", "2026-01-30", "2026-02-16", "2026-02-28", "2026-03-16"]
    assert "2028-02-29" in days_of(16, 30, year=2028)


def test_e1_rounds_are_moved_off_free_days_if_so_set() -> None:
    """A Saturday goes to the Friday before or the Monday after; a workday that was swapped in stays."""
    assert days_of(16, shift="before")[4:6] == ["2026-05-15", "2026-06-16"]
    assert days_of(16, shift="after")[4:6] == ["2026-05-18", "2026-06-16"]
    # Spring Festival of 2026 is from 15 to 23 February, with 14 and 28 February as workdays.
    assert days_of(16, 30, shift="before")[2:4] == ["2026-02-14", "2026-02-28"]
    assert days_of(16, 30, shift="after")[2:4] == ["2026-02-24", "2026-02-28"]


def test_rules_in_words() -> None:
    """The second Friday, the last workday, the last day; every second Friday from a day on."""
    assert days_of("second friday")[:2] == ["2026-01-09", "2026-02-13"]
    assert days_of("last workday")[:2] == ["2026-01-30", "2026-02-28"]
    assert days_of("last day")[:2] == ["2026-01-31", "2026-02-28"]
    fortnight = days_of(weeks=Weeks(2, 4, date(2026, 1, 7)))
    assert fortnight[:3] == ["2026-01-09", "2026-01-23", "2026-02-06"]
    assert [is_day_rule(words) for words in ("last friday", "fifth friday", "friday", "last day")] == [
        True,
        False,
        False,
        True,
    ]


@settings(max_examples=25)
@given(
    st.lists(st.integers(1, 31), min_size=1, max_size=3),
    st.sampled_from(["none", "before", "after"]),
    st.dates(date(2024, 1, 1), date(2026, 11, 1)),
    st.integers(0, 70),
)
def test_a_window_shows_what_the_whole_shows(days: list[int], shift: str, first: date, length: int) -> None:
    """Planning by pieces finds the same rounds as planning at once, never two on a day, all within the window."""
    last = first + timedelta(days=length)
    whole = dates(days, None, shift, works, first - timedelta(days=90), last + timedelta(days=90))  # type: ignore[arg-type]

    piece = dates(days, None, shift, works, first, last)  # type: ignore[arg-type]

    assert piece == tuple(one for one in whole if first <= one.day <= last)
    assert len({one.day for one in piece}) == len(piece)
    assert shift == "none" or all(works(one.day) for one in piece)


people = st.integers(0, 60).map(lambda n: list(range(n)))
most = st.integers(2, 12)


def sizes(groups: dict[int, int]) -> list[int]:
    """How many are in each group."""
    return sorted(Counter(groups.values()).values())


@given(people, most)
def test_the_first_split_is_even_and_has_no_group_too_many(everybody: list[int], limit: int) -> None:
    """Sizes differ by one at most, nobody is left over, no group is over the limit; the same again changes nothing."""
    groups = split({}, everybody, limit)

    assert sorted(groups) == everybody
    assert not everybody or (max(sizes(groups)) <= limit and max(sizes(groups)) - min(sizes(groups)) <= 1)
    assert len(set(groups.values())) == -(-len(everybody) // limit)
    if not everybody or min(sizes(groups)) >= 3 or len(set(groups.values())) == 1:
        assert split(groups, everybody, limit) == groups


@given(people, st.integers(6, 12), st.integers(0, 20), st.data())
def test_who_stays_is_not_moved(everybody: list[int], limit: int, more: int, data: st.DataObject) -> None:
    """Leavers move nobody; newcomers fill up what is smallest; only when all is full one more group is made, even again."""
    before = split({}, everybody, limit)
    gone = set(data.draw(st.lists(st.sampled_from(everybody), unique=True))) if everybody else set()
    left = [person for person in everybody if person not in gone]
    new = [1000 + n for n in range(more)]

    after = split(before, [*left, *new], limit)

    assert sorted(after) == sorted([*left, *new])
    assert not after or max(sizes(after)) <= limit
    still = Counter(before[person] for person in left)
    room = len(still) * limit
    if all(count >= 3 for count in still.values()) and len(after) <= room and left:
        together = {frozenset(p for p in left if before[p] == number) for number in still}
        assert together == {frozenset(p for p in left if after[p] == number) for number in set(after.values())}
        fair = max(still.values()) - min(still.values()) <= 1
        assert not fair or max(sizes(after)) - min(sizes(after)) <= 1
    if left and all(count >= 3 for count in still.values()) and len(after) > room:
        assert max(sizes(after)) - min(sizes(after)) <= 1


@given(st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=10), st.text())
def test_everybody_is_last_in_turn(group: list[int], seed: str) -> None:
    """In as many rounds as there are people each is first once and last once; the first order is drawn by lot, again the same."""
    order: tuple[int, ...] = ()
    firsts, lasts = [], []
    for turn in range(len(group)):
        order = speaking_order(order, group, f"{seed}{turn}")
        firsts.append(order[0])
        lasts.append(order[-1])

    assert sorted(firsts) == sorted(lasts) == sorted(group)
    assert speaking_order((), group, seed) == speaking_order((), list(reversed(group)), seed)


@given(st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20)), st.text())
def test_an_order_has_everybody_once(before: set[int], now: set[int], seed: str) -> None:
    """Whoever left is out, whoever is new has a place."""
    assert sorted(speaking_order(sorted(before), sorted(now), seed)) == sorted(now)


def test_what_organisers_write_is_read() -> None:
    """Times of day as people write them; a reading a line, with its address at the end."""
    clocks = {"15:00": (15, 0), "下午3点半": (15, 30), "9点": (9, 0), "3 pm": (15, 0), "晚上7时15分": (19, 15)}

    assert {words: read_clock(words) for words in clocks} == clocks
    assert [read_clock(words) for words in ("25:00", "下午", "9:75", "")] == [None] * 4
    assert reading_lines("材料一 https://example.org/1\n\n 简报 \nhttps://example.org/2") == (
        ("材料一", "https://example.org/1"),
        ("简报", ""),
        ("https://example.org/2", "https://example.org/2"),
    )


def test_e4_duties_are_due_by_the_last_workday() -> None:
    """A day's duty on a workday only, a week's and a month's by their last workday, whatever the holidays."""
    thursday = date(2026, 10, 1)

    assert duty_due("day", thursday, works) is None
    assert duty_due("week", date(2026, 11, 24), works) == date(2026, 11, 27)
    assert duty_due("week", thursday, works) == date(2026, 9, 30)
    assert duty_due("month", date(2026, 10, 5), works) == date(2026, 10, 30)
    assert [duty_period(every, date(2027, 1, 1)) for every in ("day", "week", "month")] == [  # type: ignore[arg-type]
        "2027-01-01",
        "2026-W53",
        "2027-01",
    ]

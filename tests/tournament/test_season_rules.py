"""Points for places, and standings that add up."""

from hypothesis import given
from hypothesis import strategies as st

from quizzes.season_rules import Credit, Subject, points_for, table

CREDITS = st.lists(
    st.builds(
        Credit,
        st.sampled_from(Subject),
        st.sampled_from(["甲", "乙", "丙"]),
        st.integers(-10, 10),
        st.sampled_from(["拔河", "跳绳"]),
        st.none() | st.integers(1, 3),
    )
)


def test_places_beyond_the_table_earn_nothing() -> None:
    """Neither the fourth of three, nor a place before the first."""
    assert [points_for(place, (10, 7, 5)) for place in (0, 1, 3, 4)] == [0, 10, 5, 0]


def test_more_first_places_break_a_tie() -> None:
    """10 + 0 stands before 5 + 5."""
    found = table(
        [
            Credit(Subject.UNIT, "甲", 5, "a", 3),
            Credit(Subject.UNIT, "甲", 5, "b", 3),
            Credit(Subject.UNIT, "乙", 10, "a", 1),
        ],
        Subject.UNIT,
    )

    assert [(line.rank, line.name, line.points) for line in found] == [(1, "乙", 10), (2, "甲", 10)]


@given(credits_=CREDITS, subject=st.sampled_from(Subject))
def test_standings_add_up(credits_: list[Credit], subject: Subject) -> None:
    """Totals equal the sum of the credits, and ranks never rise with fewer points."""
    found = table(credits_, subject)

    assert sum(line.points for line in found) == sum(one.points for one in credits_ if one.subject is subject)
    assert [line.points for line in found] == sorted((line.points for line in found), reverse=True)
    assert [line.rank for line in found] == sorted(line.rank for line in found)

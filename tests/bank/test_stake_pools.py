"""Which question is for which stake, and what is drawn for them."""

from __future__ import annotations

from random import Random

import pytest

from quizzes.draws import Candidate, Drawn, Shortage, Wanted, draw, stake_of
from quizzes.engine.plan import block_of, needed, pool_of
from quizzes.engine.rules import BuzzerSegment, RiskSegment, Rules

STAKES = (10, 30, 50)


def item(number: int, *, points: int | None = None, difficulty: int | None = None) -> Candidate:
    """A question that only its value matters of."""
    return Candidate(number, "fill_in", points=points, difficulty=difficulty)


@pytest.mark.parametrize(
    ("points", "difficulty", "stake"),
    [
        (30, None, 30),
        (30, 5, 30),
        (None, 1, 10),
        (None, 2, 10),
        (None, 3, 30),
        (None, 4, 30),
        (None, 5, 50),
        (5, 5, 50),
        (5, None, None),
        (None, None, None),
    ],
)
def test_points_come_first_then_difficulty(points: int | None, difficulty: int | None, stake: int | None) -> None:
    """A value that is a stake decides; any other value does not; without either nobody can say."""
    assert stake_of(item(1, points=points, difficulty=difficulty), STAKES) == stake


def test_each_place_gets_a_question_of_its_stake() -> None:
    """None twice, whatever the dice say."""
    items = [item(n, points=STAKES[n % 3]) for n in range(9)]
    wanted = [Wanted(stake=(STAKES, stake)) for stake in STAKES for _ in range(3)]

    drawn = draw(items, wanted, 0, {}, Random(1))

    assert isinstance(drawn, Drawn)
    assert sorted(drawn.places) == list(range(9))
    assert [items[place].points for place in drawn.places] == [10, 10, 10, 30, 30, 30, 50, 50, 50]


def test_too_few_for_one_stake() -> None:
    """What is missing is named with its numbers."""
    ten, fifty = Wanted(stake=(STAKES, 10)), Wanted(stake=(STAKES, 50))

    assert draw([item(1, points=10)], [ten, fifty], 0, {}, Random(1)) == Shortage(fifty, 0, 1)


def test_layout_of_a_contest_with_pools() -> None:
    """A block a segment; one with pools holds its number for each stake, the lowest first; then the reserve."""
    rules = Rules((BuzzerSegment(questions=2), RiskSegment(questions=3, stakes=(50, 10), pools=True)))

    assert (needed(rules), rules.planned) == (8, 5)
    assert (block_of(rules, 0), block_of(rules, 1)) == (range(2), range(2, 8))
    assert (pool_of(rules, 1, 10), pool_of(rules, 1, 50)) == (range(2, 5), range(5, 8))

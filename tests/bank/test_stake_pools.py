"""Which question is for which stake, and what is drawn for them."""

from __future__ import annotations

from random import Random

import pytest

from quizzes.bank.items import Item, Kind
from quizzes.engine.plan import block_of, needed, pool_of, wishes
from quizzes.engine.rules import BuzzerSegment, RiskSegment, Rules
from quizzes.errors import TooFewForStake
from quizzes.stake_pools import draw_pools, stake_of

STAKES = (10, 30, 50)


def item(number: int, *, points: int | None = None, difficulty: int | None = None) -> Item:
    """A question that only its value matters of."""
    return Item(Kind.FILL_IN, f"q{number}", accepted=("a",), points=points, difficulty=difficulty)


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
    wanted = tuple((STAKES, stake) for stake in STAKES for _ in range(3))

    drawn = draw_pools(items, wanted, "bank", Random(1))

    assert sorted(drawn) == list(range(9))
    assert [items[place].points for place in drawn] == [10, 10, 10, 30, 30, 30, 50, 50, 50]


def test_too_few_for_one_stake() -> None:
    """The refusal names the stake and the numbers."""
    with pytest.raises(TooFewForStake) as refused:
        draw_pools([item(1, points=10)], ((STAKES, 10), (STAKES, 50)), "bank", Random(1))

    assert refused.value.params == {"name": "bank", "stake": 50, "given": 0, "needed": 1}


def test_layout_of_a_contest_with_pools() -> None:
    """A block a segment; one with pools holds its number for each stake, the lowest first; then the reserve."""
    rules = Rules((BuzzerSegment(questions=2), RiskSegment(questions=3, stakes=(50, 10), pools=True)))

    assert (needed(rules), rules.planned) == (8, 5)
    assert (block_of(rules, 0), block_of(rules, 1)) == (range(2), range(2, 8))
    assert (pool_of(rules, 1, 10), pool_of(rules, 1, 50)) == (range(2, 5), range(5, 8))
    assert [stake for _, stake in wishes(rules)] == [None, None, 10, 10, 10, 50, 50, 50]

"""kill -9 at random moments of a mixed load: nothing acknowledged is lost, nothing is there twice, nothing is stuck."""

from pathlib import Path

import pytest

from tests.chaos.run import EVERYTHING, Findings, run
from tests.chaos.strands.bulletins import Bulletins
from tests.chaos.strands.tournaments import Tournaments
from tests.cli.desk import Desk


def told(found: Findings) -> str:
    """What is wrong, and how to have it again."""
    return "\n".join([f"python -m tests.chaos --kills {found.kills.total()} --seed {found.seed}", *found.wrong])


async def test_a_few_kills_lose_nothing(desk: Desk, empty_database: Path) -> None:
    """A few kills among everything for which no picture has to be drawn, which costs seconds of processor time each."""
    strands = tuple(strand for strand in EVERYTHING if strand not in (Bulletins, Tournaments))

    found = await run(desk, empty_database, kills=8, seed=4, members=12, strands=strands)

    assert found.wrong == [], told(found)
    assert found.kills.total() == 8
    assert found.checked.total() > 20


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
async def test_many_kills_lose_nothing(desk: Desk, empty_database: Path, seed: int) -> None:
    """A hundred kills each; `make chaos` has 200 of them, and says more about them."""
    found = await run(desk, empty_database, kills=80, seed=seed, members=60)

    assert found.wrong == [], told(found)
    assert found.kills.total() == 80

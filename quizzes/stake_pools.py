"""Which questions of a bank are for which stake."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from quizzes.bank.items import Item
from quizzes.errors import TooFewForStake

_HARDEST = 5


def stake_of(item: Item, stakes: Sequence[int]) -> int | None:
    """The stake that a question is for: as much as it is worth in the bank, else by how difficult it is; None: no one can say.

    Difficulties are shared out evenly: of three stakes the lowest has 1 and 2, the middle one 3 and 4, the highest 5.
    """
    stakes = sorted(stakes)
    if item.points in stakes:
        return item.points
    if item.difficulty is None:
        return None
    return stakes[(item.difficulty - 1) * len(stakes) // _HARDEST]


def draw_pools(
    items: Sequence[Item], wanted: Sequence[tuple[tuple[int, ...], int]], bank: str, dice: random.Random
) -> list[int]:
    """A question for each place that wants one for a stake: their positions in ``items``, none twice.

    ``wanted``: for each place all stakes of its segment, and the one that it is for.

    Raises:
        TooFewForStake: the bank has not enough for one of them.
    """
    taken: set[int] = set()
    needs = Counter(wanted)
    pools: dict[tuple[tuple[int, ...], int], list[int]] = {}
    for (stakes, stake), needed in needs.items():
        fitting = [place for place, item in enumerate(items) if place not in taken and stake_of(item, stakes) == stake]
        if len(fitting) < needed:
            raise TooFewForStake(name=bank, stake=stake, given=len(fitting), needed=needed)
        pools[stakes, stake] = dice.sample(fitting, needed)
        taken.update(pools[stakes, stake])
    return [pools[want].pop() for want in wanted]

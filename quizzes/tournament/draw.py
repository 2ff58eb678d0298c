"""The draw: who meets whom, from a seed, teams of one unit apart as long as that is possible.

The units are put in the order of their lots, each unit's teams in the order of theirs, and all of them dealt out like
cards, one to each bout in turn. So bouts differ by one team at the most, and no bout has more teams of a unit than it
must have. Which bout comes first is drawn too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from quizzes.tournament.events import Pairing
from quizzes.tournament.lots import drawn, lot
from quizzes.tournament.plan import BOUT_MOST, Drawing, Stage
from quizzes.tournament.results import EntrantId
from quizzes.tournament.state import Entrant


def pair(
    stage: Stage, entrants: Sequence[Entrant], *, first: int, seed: str, before: Mapping[EntrantId, int]
) -> tuple[Pairing, ...]:
    """The bouts of a stage, numbered from ``first``.

    ``before``: the bout each entrant comes from. Where no two are of one unit, those from one bout are kept apart.
    """
    match stage.drawing:
        case Drawing.WITHIN:
            bouts = _within(entrants, seed)
        case Drawing.ORDER:
            bouts = _in_order(entrants, bouts_of(stage, len(entrants)))
        case Drawing.APART:
            bouts = _apart(entrants, bouts_of(stage, len(entrants)), seed, before)
    return tuple(Pairing(number, tuple(one.id for one in bout)) for number, bout in enumerate(bouts, start=first))


def bouts_of(stage: Stage, entrants: int) -> int:
    """How many bouts a stage has: as many as are needed for its teams a bout, or its number if there are two for each."""
    if stage.teams is not None:
        return max(1, -(-entrants // stage.teams))
    return max(1, min(stage.bouts or 1, entrants // 2), -(-entrants // BOUT_MOST))


def _apart(entrants: Sequence[Entrant], bouts: int, seed: str, before: Mapping[EntrantId, int]) -> list[list[Entrant]]:
    by_unit = _grouped(entrants, lambda one: one.unit.casefold())
    if len(by_unit) == len(entrants):
        by_unit = _grouped(entrants, lambda one: str(before.get(one.id, f"-{one.id}")))
    dealt: list[list[Entrant]] = [[] for _ in range(bouts)]
    deck = [
        one
        for unit in drawn(seed, by_unit, lambda unit: f"unit {unit}")
        for one in drawn(seed, by_unit[unit], lambda one: f"team {one.name}")
    ]
    for place, one in enumerate(deck):
        dealt[place % bouts].append(one)
    # The longer bouts come first in the deal; which numbers they get is drawn.
    shuffled = sorted(range(bouts), key=lambda number: lot(seed, f"bout {number}"))
    return [dealt[number] for number in shuffled]


def _within(entrants: Sequence[Entrant], seed: str) -> list[list[Entrant]]:
    """A bout for each unit, in the order in which the units stand on the list."""
    return [
        list(drawn(seed, unit, lambda one: f"team {one.name}"))
        for unit in _grouped(entrants, lambda one: one.unit.casefold()).values()
    ]


def _in_order(entrants: Sequence[Entrant], bouts: int) -> list[list[Entrant]]:
    least, more = divmod(len(entrants), bouts)
    sizes = [least + (number < more) for number in range(bouts)]
    starts = [sum(sizes[:number]) for number in range(bouts)]
    return [list(entrants[start : start + size]) for start, size in zip(starts, sizes, strict=True)]


def _grouped(entrants: Iterable[Entrant], key: Callable[[Entrant], str]) -> dict[str, list[Entrant]]:
    groups: defaultdict[str, list[Entrant]] = defaultdict(list)
    for one in entrants:
        groups[key(one)].append(one)
    return dict(groups)

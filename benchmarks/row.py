"""What a row of the benchmark is. A module in ``benchmarks/rows/`` names its own in ``ROWS``; nothing else is to be done.

::

    async def measure(run: Run) -> list[Line]:
        ours, theirs = [], []
        for number in run.rounds("writer against one commit a row"):      # ours and the peer in turn, in each round
            ours.append(await …(run.folder / f"{number}.db"))
            theirs.append(await …)
        return [Line("100 callers", "writes/s", ours, peer="a commit a row", theirs=theirs, ratio_at_least=10)]

    ROWS = (Row(6, "writer", measure),)

A line holds one value a round for us and, if there is one, for the peer of the same round. Its targets are judged by the
medians: ``at_least`` and ``at_most`` by ours, ``ratio_…`` by ours divided by theirs; with ``every`` each round has to meet
them. A target that is missed is shown as missed and is no failure of the run; an exception is.
"""

import math
import statistics
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEST_OF_ALL = 5
"""Rounds of a full run."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of all do not exceed: the nearest rank, never between two values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table; see the module."""

    what: str = field(kw_only=False)
    unit: str = field(kw_only=False)
    ours: Sequence[float] = field(kw_only=False)
    peer: str = ""
    theirs: Sequence[float] = ()
    at_least: float | None = None
    at_most: float | None = None
    ratio_at_least: float | None = None
    ratio_at_most: float | None = None
    every: bool = False
    note: str = ""

    @property
    def ratios(self) -> list[float]:
        """Ours by theirs, round by round; none without a peer."""
        return [our / their for our, their in zip(self.ours, self.theirs, strict=False) if their]

    @property
    def ratio(self) -> float | None:
        """The median of the ratios."""
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def has_target(self) -> bool:
        """Whether anything is asked of this line."""
        return any(one is not None for one in (self.at_least, self.at_most, self.ratio_at_least, self.ratio_at_most))

    @property
    def met(self) -> bool | None:
        """Whether all targets are met; None: it has none."""
        if not self.has_target:
            return None
        values = list(self.ours) if self.every else [statistics.median(self.ours)]
        ratios = self.ratios
        if not self.every and ratios:
            ratios = [statistics.median(ratios)]
        if (self.ratio_at_least is not None or self.ratio_at_most is not None) and not ratios:
            return None
        return (
            all(self.at_least is None or value >= self.at_least for value in values)
            and all(self.at_most is None or value <= self.at_most for value in values)
            and all(self.ratio_at_least is None or value >= self.ratio_at_least for value in ratios)
            and all(self.ratio_at_most is None or value <= self.ratio_at_most for value in ratios)
        )

    @property
    def target(self) -> str:
        """What is asked, in words."""
        unit = f" {self.unit}" if self.unit else ""
        parts = [
            f"≥ {self.at_least:,g}{unit}" if self.at_least is not None else "",
            f"≤ {self.at_most:,g}{unit}" if self.at_most is not None else "",
            f"≥ {self.ratio_at_least:g} ×" if self.ratio_at_least is not None else "",
            f"≤ {self.ratio_at_most:g} ×" if self.ratio_at_most is not None else "",
        ]
        return ", ".join(part for part in parts if part) + (" each time" if self.every and self.has_target else "")

    def as_json(self) -> dict[str, Any]:
        """Everything, with every round's value."""
        return {
            "what": self.what, "unit": self.unit, "ours": list(self.ours), "peer": self.peer,
            "theirs": list(self.theirs), "median": statistics.median(self.ours),
            "peer_median": statistics.median(self.theirs) if self.theirs else None, "ratio": self.ratio,
            "ratios": self.ratios, "target": self.target, "met": self.met, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """How a row is to be run. ``folder`` is empty and thrown away afterwards.

    ``quick``: a tenth of the load or less, to see that it works; its figures mean nothing. ``peers``: whether the
    environment of the peers may be used (rows that compare with them leave their lines out otherwise).
    """

    folder: Path
    count: int = BEST_OF_ALL
    quick: bool = False
    peers: bool = True
    say: Callable[[str], None] = lambda _: None

    def rounds(self, what: str) -> Iterator[int]:
        """The numbers of the rounds, from 0; tells whoever watches where we are."""
        for number in range(self.count):
            self.say(f"{what}: round {number + 1} of {self.count}")
            yield number


@dataclass(frozen=True, slots=True)
class Row:
    """A row of issue and table: its number, its title, and how it is measured."""

    number: int
    title: str
    measure: Callable[[Run], Awaitable[Sequence[Line]]]

"""A points card as data."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.present.pictures.drawing import Drawing


@dataclass(frozen=True)
class CardRow:
    """A line of the card: what, a note below it, how many; ``full`` is how far a cap is used up (0 to 1), if there is one."""

    what: str
    note: str
    points: str
    full: float | None = None


@dataclass(frozen=True)
class CardPicture(Drawing):
    """A points card: whose, the three sums, by rule, the newest entries."""

    drawer: ClassVar[str] = "handlers.present.pictures.card_drawer"
    over: str
    name: str
    unit: str
    sums: tuple[tuple[str, str], ...]
    rules_title: str
    rules: tuple[CardRow, ...]
    entries_title: str
    entries: tuple[CardRow, ...]
    note: str

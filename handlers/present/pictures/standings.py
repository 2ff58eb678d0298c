"""The standings of a contest as data."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.present.pictures.drawing import Drawing


@dataclass(frozen=True)
class Line:
    """One team; ``moved`` counts the places it has gained (lost: negative) since half-time."""

    rank: int
    name: str
    score: str
    detail: str
    moved: int = 0


@dataclass(frozen=True)
class StandingsPicture(Drawing):
    """A ranking for the group, best first. ``note`` explains the arrows."""

    drawer: ClassVar[str] = "handlers.present.pictures.standings_drawer"
    over: str
    title: str
    below: str
    lines: tuple[Line, ...]
    note: str

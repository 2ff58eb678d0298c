"""The bracket of a tournament as a picture's data."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.present.pictures.drawing import Drawing


@dataclass(frozen=True)
class Team:
    """A team in a bout; ``mark`` says in a word why it goes on without a place (a bye, a walk-over)."""

    name: str
    score: str
    through: bool
    out: bool
    mark: str = ""


@dataclass(frozen=True)
class Box:
    """A bout with its heading and, at its right, what state it is in."""

    title: str
    state: str
    live: bool
    teams: tuple[Team, ...]


@dataclass(frozen=True)
class Column:
    """A round."""

    title: str
    below: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class BracketPicture(Drawing):
    """Rounds from left to right. ``podium``: (place, team) for the first places, once it is over."""

    drawer: ClassVar[str] = "handlers.present.pictures.bracket_drawer"
    over: str
    title: str
    columns: tuple[Column, ...]
    podium_title: str
    podium: tuple[tuple[int, str], ...]
    note: str

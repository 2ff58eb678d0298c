"""The standings of a season: places become points, points add up. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from quizzes.engine.frozen import dataclass

DEFAULT_PLACES = (10, 7, 5, 3, 2, 1)
"""Points for the first, second … place, where a season says nothing else."""


class Subject(StrEnum):
    """Whose standings."""

    UNIT = "unit"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Credit:
    """Points that somebody has: for a place in a contest or a tournament, or entered by hand (``entry``)."""

    subject: Subject
    name: str
    points: int
    event: str
    place: int | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class SeasonLine:
    """A line of the standings; equal points share a rank and leave the next ones free. ``firsts``: times in first place."""

    rank: int
    name: str
    points: int
    firsts: int
    events: int


def points_for(place: int, places: Sequence[int]) -> int:
    """What a place is worth; whoever shares a place gets all its points."""
    return places[place - 1] if 1 <= place <= len(places) else 0


def table(credits_: Iterable[Credit], subject: Subject) -> tuple[SeasonLine, ...]:
    """The standings of units, teams or people: points first, among equals more first places."""
    points: defaultdict[str, int] = defaultdict(int)
    firsts: defaultdict[str, int] = defaultdict(int)
    events: defaultdict[str, set[str]] = defaultdict(set)
    for credit in credits_:
        if credit.subject is subject:
            points[credit.name] += credit.points
            # An entry that was taken back counts for neither.
            firsts[credit.name] += (credit.place == 1) * (1 if credit.points >= 0 else -1)
            events[credit.name].add(credit.event)
    keys = {name: (-points[name], -firsts[name]) for name in points}
    order = sorted(points, key=lambda name: (keys[name], name))
    return tuple(
        SeasonLine(
            1 + sum(keys[other] < keys[name] for other in order), name, points[name], firsts[name], len(events[name])
        )
        for name in order
    )

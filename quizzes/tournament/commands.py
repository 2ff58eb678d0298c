"""What the shell asks of a tournament. ``by`` is a messenger's number of a person; who may ask is checked by the shell."""

from __future__ import annotations

from quizzes.engine.frozen import dataclass
from quizzes.tournament.plan import Plan
from quizzes.tournament.results import Line


@dataclass(frozen=True, slots=True)
class Open:
    """Open a tournament; entrants are (team, unit)."""

    title: str
    preset: str
    plan: Plan
    bank: str
    by: int
    entrants: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Enter:
    """Further teams, before the draw."""

    entrants: tuple[tuple[str, str], ...]
    by: int


@dataclass(frozen=True, slots=True)
class Strike:
    """Take a team off the list again, before the draw."""

    name: str
    by: int


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw the stage that is next."""

    seed: str
    by: int


@dataclass(frozen=True, slots=True)
class Redraw:
    """Draw the stage anew; only before any of its bouts has begun."""

    seed: str
    by: int
    reason: str


@dataclass(frozen=True, slots=True)
class OpenBout:
    """A contest's lobby is open for a bout."""

    bout: int
    contest: str
    by: int


@dataclass(frozen=True, slots=True)
class Report:
    """A contest is over, or its standings were revised. ``seed`` serves lots among equals, if any are needed."""

    contest: str
    lines: tuple[Line, ...]
    asked: int
    attainable: int
    seed: str


@dataclass(frozen=True, slots=True)
class Abandon:
    """A contest was called off: its bout is to be played again."""

    contest: str
    reason: str


@dataclass(frozen=True, slots=True)
class EnterResult:
    """A result by hand: (team, points) for every team of the bout that has not withdrawn."""

    bout: int
    scores: tuple[tuple[str, int], ...]
    by: int
    reason: str
    seed: str


@dataclass(frozen=True, slots=True)
class BreakTie:
    """Draw the order of the teams that share a place across the cut."""

    bout: int
    seed: str
    by: int


@dataclass(frozen=True, slots=True)
class Annul:
    """Take a bout's result back; it is played again."""

    bout: int
    by: int
    reason: str


@dataclass(frozen=True, slots=True)
class Accept:
    """Take up a result that was changed too late, now that nothing depends on it any more."""

    bout: int
    by: int
    reason: str
    seed: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A team does not play any more (or did not come)."""

    name: str
    by: int
    reason: str
    seed: str


@dataclass(frozen=True, slots=True)
class CallOff:
    """Give the tournament up."""

    by: int
    reason: str


Command = (
    Open
    | Enter
    | Strike
    | Draw
    | Redraw
    | OpenBout
    | Report
    | Abandon
    | EnterResult
    | BreakTie
    | Annul
    | Accept
    | Withdraw
    | CallOff
)

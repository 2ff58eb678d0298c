"""The state of a tournament."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from quizzes.engine.frozen import dataclass
from quizzes.tournament.events import Advance, Place
from quizzes.tournament.plan import Plan, Stage
from quizzes.tournament.results import EntrantId, Result


@dataclass(frozen=True, slots=True)
class Entrant:
    """A team; ``unit`` is what keeps teams apart in the draw."""

    id: EntrantId
    name: str
    unit: str


class BoutState(StrEnum):
    """How far a bout has come."""

    WAITING = "waiting"
    OPEN = "open"
    TIED = "tied"
    """It has a result, but not who goes on."""
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Bout:
    """One bout. ``contest`` is the one that decides (or decided) it, ``flagged`` a result that came too late."""

    number: int
    round: int
    entrants: tuple[EntrantId, ...]
    state: BoutState = BoutState.WAITING
    contest: str | None = None
    result: Result | None = None
    flagged: Result | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A stage that was drawn. ``advanced`` None: it is not over. ``lots``: the seed that decides among equals."""

    number: int
    stage: int
    bouts: tuple[int, ...]
    seed: str
    advanced: tuple[Advance, ...] | None = None
    lots: str = ""


@dataclass(frozen=True, slots=True)
class Tournament:
    """All that is known of a tournament. Mappings keep their order and are never changed in place."""

    title: str
    preset: str
    plan: Plan
    bank: str
    by: int
    opened_at: datetime
    entrants: Mapping[EntrantId, Entrant] = field(default_factory=dict)
    next_entrant: EntrantId = 1
    withdrawn: frozenset[EntrantId] = frozenset()
    rounds: tuple[Round, ...] = ()
    bouts: Mapping[int, Bout] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    called_off: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be played."""
        return bool(self.places) or self.called_off is not None

    @property
    def current(self) -> Round | None:
        """The round that was drawn last."""
        return self.rounds[-1] if self.rounds else None

    def named(self, name: str) -> Entrant | None:
        """The team of this name, regardless of case."""
        folded = name.strip().casefold()
        return next((one for one in self.entrants.values() if one.name.casefold() == folded), None)

    def stage_of(self, bout: Bout) -> Stage:
        """The stage that a bout belongs to."""
        return self.plan.stages[self.rounds[bout.round].stage]

    def of_contest(self, contest: str) -> Bout | None:
        """The bout that a contest decides (or decided)."""
        return next((bout for bout in self.bouts.values() if bout.contest == contest), None)

    def playing(self, bout: Bout) -> tuple[EntrantId, ...]:
        """Who is to play in a bout: those drawn who have not withdrawn."""
        return tuple(entrant for entrant in bout.entrants if entrant not in self.withdrawn)

    def is_last(self, round_: Round) -> bool:
        """Whether this is the final."""
        return round_.stage == len(self.plan.stages) - 1

    def has_begun(self, number: int) -> bool:
        """Whether a bout of this round was opened or decided otherwise than by itself (a bye, a walk-over)."""
        if number >= len(self.rounds):
            return False
        return any(_is_touched(self.bouts[bout]) for bout in self.rounds[number].bouts)

    @property
    def to_draw(self) -> tuple[int, int] | None:
        """The round and the stage that can be drawn now."""
        current = self.current
        if self.is_over:
            return None
        if current is None:
            return 0, 0
        if current.advanced is None or self.is_last(current):
            return None
        return current.number + 1, self.next_stage(current)

    def next_stage(self, after: Round) -> int:
        """The stage that follows a round that is over: the same once more, as long as the next cannot hold them."""
        stage = self.plan.stages[after.stage]
        following = self.plan.stages[after.stage + 1]
        holds = following.seats
        if stage.repeat and holds is not None and len(after.advanced or ()) > holds:
            return after.stage
        return after.stage + 1


def _is_touched(bout: Bout) -> bool:
    return bout.contest is not None or (bout.result is not None and bout.result.source.value in ("contest", "hand"))

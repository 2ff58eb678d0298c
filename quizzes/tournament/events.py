"""What happened in a tournament. ``at`` is an aware UTC datetime; a new field needs a default."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from quizzes.engine.frozen import dataclass
from quizzes.tournament.plan import Plan
from quizzes.tournament.results import EntrantId, Result


@dataclass(frozen=True, slots=True)
class Pairing:
    """A bout as it was drawn; bouts are counted from 1 through the whole tournament."""

    bout: int
    entrants: tuple[EntrantId, ...]


class Way(StrEnum):
    """By what right somebody goes on."""

    PLACE = "place"
    BEST_LOSER = "best_loser"
    BYE = "bye"
    WALK_OVER = "walk_over"


@dataclass(frozen=True, slots=True)
class Advance:
    """Somebody goes on; ``place`` in their bout, counted without those who withdrew or may not go on."""

    entrant: EntrantId
    bout: int
    place: int
    way: Way
    by_lot: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The end of a tournament for somebody; shared places leave the next ones free."""

    entrant: EntrantId
    place: int


@dataclass(frozen=True, slots=True)
class Opened:
    at: datetime
    title: str
    preset: str
    plan: Plan
    bank: str
    by: int


@dataclass(frozen=True, slots=True)
class Entered:
    at: datetime
    entrant: EntrantId
    name: str
    unit: str
    by: int


@dataclass(frozen=True, slots=True)
class Struck:
    at: datetime
    entrant: EntrantId
    by: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A round is drawn. ``round`` counts from 0; ``by`` None: there was nothing to choose."""

    at: datetime
    round: int
    stage: int
    pairings: tuple[Pairing, ...]
    seed: str
    by: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BoutOpened:
    at: datetime
    bout: int
    contest: str
    by: int


@dataclass(frozen=True, slots=True)
class BoutDecided:
    """A bout has a result, or another one than before. ``tied``: nobody goes on before the tie across the cut is broken."""

    at: datetime
    bout: int
    result: Result
    tied: bool
    by: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BoutAnnulled:
    at: datetime
    bout: int
    contest: str | None
    by: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ResultFlagged:
    """A result was changed when the next stage had begun: it is kept, and the bracket stays."""

    at: datetime
    bout: int
    result: Result


@dataclass(frozen=True, slots=True)
class Withdrawn:
    at: datetime
    entrant: EntrantId
    by: int
    reason: str


@dataclass(frozen=True, slots=True)
class RoundEnded:
    """Who goes on from a round; again, if a changed result changes it. ``seed`` is set if lots decided."""

    at: datetime
    round: int
    advanced: tuple[Advance, ...]
    seed: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The final is decided; again, if its result is changed."""

    at: datetime
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class CalledOff:
    at: datetime
    by: int
    reason: str


Event = (
    Opened
    | Entered
    | Struck
    | Drawn
    | BoutOpened
    | BoutDecided
    | BoutAnnulled
    | ResultFlagged
    | Withdrawn
    | RoundEnded
    | Finished
    | CalledOff
)

"""What a contest shows where teams take turns: stakes, lots, who passed."""

from typing import ClassVar, Literal

from quizzes.part import Part
from storage import View


class TurnRules(Part):
    """What the rules of such a segment say beyond other segments'; times in seconds, points as they are added."""

    order: Literal["seats", "drawn", "score", "highest", "lowest"]
    passes_on: int = 0
    make_up: int | None = None
    make_up_wrong: int = 0
    stakes: tuple[int, ...] = ()
    losses: tuple[int, ...] = ()
    may_pass: bool = False
    choose: float = 0
    not_chosen: Literal["lowest", "pass"] = "lowest"
    beyond_score: bool = True


class Lot(Part):
    """What a team drew."""

    team: str
    number: int


class Order(Part):
    """The teams in the order of their turns, and the lots if any were drawn for it."""

    teams: tuple[str, ...]
    lots: tuple[Lot, ...] = ()


class Missed(Part):
    """An answer that was wrong, so that others may try. ``chosen`` and ``text`` empty: nothing came in time."""

    team: str
    player: str
    chosen: tuple[int, ...]
    text: str
    points: int


class Fine(Part):
    """What a false start has cost a team."""

    team: str
    points: int


class Offered(Part):
    """Whose stake it is: for which question of how many."""

    number: int
    of: int
    team: str


class StakeCard(View):
    """A team chooses what its question is to be worth."""

    kind: ClassVar[str] = "contest.stake"
    contest_id: int
    nonce: int
    offered: Offered
    stakes: tuple[int, ...]
    losses: tuple[int, ...]
    may_pass: bool
    seconds: float
    not_chosen: Literal["lowest", "pass"]
    answerer: Literal["member", "captain"]
    individuals: bool
    score: int
    order: Order
    again: bool


class PassedCard(View):
    """A team has passed; ``player`` empty: it did not choose in time."""

    kind: ClassVar[str] = "contest.passed"
    offered: Offered
    player: str


class StakeVoidCard(View):
    """The choice of a stake whose round came to nothing."""

    kind: ClassVar[str] = "contest.stake_void"
    offered: Offered
    reason: Literal["lost", "outage", "paused", "restart"]

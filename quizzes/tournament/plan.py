"""The plan of a tournament: its stages as data, fixed when it is opened."""

from __future__ import annotations

from enum import StrEnum

from quizzes.engine.frozen import dataclass
from quizzes.tournament.errors import PlanUnusable

ENTRANTS_MOST = 64
"""More would need more groups and evenings than an organisation has, and a picture that nobody can read."""
BOUT_MOST = 50
"""As many teams as a contest can seat."""


class Drawing(StrEnum):
    """How a stage's entrants come into its bouts."""

    APART = "apart"
    """By lot, teams of one unit apart."""
    WITHIN = "within"
    """A bout for each unit, among its own teams."""
    ORDER = "order"
    """As they stand on the list, one bout filled after the other."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. ``titles``: (language, words); ``preset``: the rules of its contests.

    ``teams`` a bout or a number of ``bouts`` (one of the two; neither with ``Drawing.WITHIN``). ``top`` of each bout go
    on, ``one_a_unit`` at the most, then ``best_losers``; never more than ``most``. ``repeat``: the stage is played again
    until the next one holds them all. ``questions`` a bout: None leaves them to the preset.
    """

    titles: tuple[tuple[str, str], ...]
    preset: str
    teams: int | None = None
    bouts: int | None = None
    drawing: Drawing = Drawing.APART
    top: int = 1
    one_a_unit: bool = False
    best_losers: int = 0
    most: int | None = None
    repeat: bool = False
    questions: int | None = None
    seats: int | None = None
    """How many teams the stage takes in: the one before is repeated until they fit (``repeat``)."""
    medals: int = 3
    """Only the last stage: so many places are not shared if sudden death can help it."""

    def title(self, language: str) -> str:
        """The stage's name in a language, or in the first one it has."""
        return dict(self.titles).get(language) or self.titles[0][1]


@dataclass(frozen=True, slots=True)
class Plan:
    """All stages in order; the last is the final and has one bout."""

    stages: tuple[Stage, ...]

    def tie_places(self, stage: int) -> tuple[int, ...]:
        """The places that may not be shared in a bout of a stage."""
        last = stage == len(self.stages) - 1
        return tuple(range(1, self.stages[stage].medals + 1)) if last else (self.stages[stage].top,)


def check_plan(plan: Plan) -> None:
    """Refuse a plan that cannot be played.

    Raises:
        PlanUnusable: ``problem`` and the ``stage`` (from 1).
    """
    if not plan.stages:
        raise PlanUnusable(problem="no_stages", stage=0)
    for number, stage in enumerate(plan.stages, start=1):
        last = number == len(plan.stages)
        if not stage.titles or not stage.preset:
            raise PlanUnusable(problem="no_title", stage=number)
        for value, least, most in (
            (stage.teams, 2, BOUT_MOST),
            (stage.bouts, 1, ENTRANTS_MOST),
            (stage.top, 1, BOUT_MOST),
            (stage.most, 1, ENTRANTS_MOST),
            (stage.seats, 2, BOUT_MOST),
            (stage.best_losers, 0, ENTRANTS_MOST),
            (stage.questions, 1, 200),
            (stage.medals, 0, BOUT_MOST),
        ):
            if value is not None and not least <= value <= most:
                raise PlanUnusable(problem="bad_number", stage=number)
        shares = (stage.teams is not None) + (stage.bouts is not None)
        if shares != (0 if stage.drawing is Drawing.WITHIN else 1):
            raise PlanUnusable(problem="teams_or_bouts", stage=number)
        if last and (stage.bouts != 1 or stage.repeat):
            raise PlanUnusable(problem="no_final", stage=number)
        if stage.repeat and not _gets_fewer(stage, plan.stages[number]):
            raise PlanUnusable(problem="endless", stage=number)


def _gets_fewer(stage: Stage, following: Stage) -> bool:
    """Whether playing a stage again and again ends with as many as the next one takes.

    Bouts are filled evenly, so the last ones may be half full: at most half of a full bout goes on.
    """
    if stage.teams is None or following.seats is None or stage.best_losers:
        return False
    return stage.top <= min(stage.teams // 2, following.seats)

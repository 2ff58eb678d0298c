"""When a question is asked again: FSRS with our clock and nothing random.

A wrong answer brings the question back after ten minutes, whenever it is; a right one after a number of days, which FSRS
takes from the whole history of the card. Days are days of the programme: whoever practises in the evening finds
tomorrow's questions in the morning.
"""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fsrs import Card, Rating, Scheduler, State
from pydantic import BaseModel, ConfigDict

from quizzes.engine.frozen import dataclass

_SOON = timedelta(minutes=10)
_SCHEDULER = Scheduler(
    learning_steps=(_SOON,),
    relearning_steps=(_SOON,),
    maximum_interval=365,
    enable_fuzzing=False,  # it draws random numbers of its own
)
_TO_PRESS = timedelta(seconds=3)
_CHARACTERS_A_SECOND = 8
"""About as fast as Chinese is read with care."""
_SLOW = 4
_AWAY = timedelta(minutes=5)


class Grade(StrEnum):
    """How well somebody knew it."""

    FORGOT = "forgot"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


_RATINGS = {
    Grade.FORGOT: Rating.Again,
    Grade.HARD: Rating.Hard,
    Grade.GOOD: Rating.Good,
    Grade.EASY: Rating.Easy,
}


class Memory(BaseModel):
    """What FSRS knows of one person and one question, except for times."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    state: int = State.Learning.value
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A card at a moment: the memory, when it is due, when it was last answered (aware, UTC)."""

    memory: Memory
    due_at: datetime
    reviewed_at: datetime | None = None


def grade_of(*, right: bool, took: timedelta | None, length: int) -> Grade:
    """The grade of an answer: wrong is forgotten; right is easy, good or hard by the time it took.

    ``length`` counts the characters that had to be read. Whoever was away for minutes (or ``took`` is not known) was
    neither quick nor slow.
    """
    if not right:
        return Grade.FORGOT
    reading = _TO_PRESS + timedelta(seconds=length / _CHARACTERS_A_SECOND)
    if took is None or took > max(_AWAY, reading * _SLOW * 2):
        return Grade.GOOD
    if took <= reading:
        return Grade.EASY
    return Grade.HARD if took > reading * _SLOW else Grade.GOOD


def reviewed(before: Known | None, grade: Grade, at: datetime, zone: ZoneInfo) -> Known:
    """The card after an answer at ``at``; ``before`` None: it was never asked."""
    at = at.astimezone(UTC)
    memory = before.memory if before is not None else Memory()
    card = Card(
        card_id=0,
        state=State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=at if before is None else before.due_at,
        last_review=None if before is None or before.reviewed_at is None else before.reviewed_at.astimezone(UTC),
    )
    after, _ = _SCHEDULER.review_card(card, _RATINGS[grade], at)
    due_at = after.due
    if after.state is State.Review:
        due_at = datetime.combine(after.due.astimezone(zone).date(), time.min, zone).astimezone(UTC)
    kept = Memory(state=after.state.value, step=after.step, stability=after.stability, difficulty=after.difficulty)
    return Known(kept, due_at, at)


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that one day asks of somebody."""

    new: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Today:
    """What somebody has done today: new questions, reviews, right answers of both."""

    new: int = 0
    reviews: int = 0
    right: int = 0

    def may_review(self, caps: Caps) -> bool:
        """Whether one more review is within the day's cap."""
        return self.reviews < caps.reviews

    def may_learn(self, caps: Caps) -> bool:
        """Whether one more new question is within the day's cap."""
        return self.new < caps.new

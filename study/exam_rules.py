"""Exams, the pure part: when somebody may begin, which answers count, what a paper is worth.

Nobody has more time than the exam has: a paper ends ``minutes`` after its own start or at the close, whichever is first.
An answer counts if it was received by then, whenever it is dealt with.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from quizzes.bank.items import Item
from quizzes.engine.frozen import dataclass
from quizzes.posing import Answer, is_right, order_of
from study.exam_errors import ExamNotOpen, ExamOver, PaperHandedIn, PaperOver

WARNING = timedelta(minutes=5)
Layout = tuple[tuple[int, tuple[int, ...]], ...]
"""For each page the question's number and the order of its options."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an exam asks for; times are aware."""

    opens_at: datetime
    closes_at: datetime
    time: timedelta
    points: int
    pass_percent: int
    at_once: bool
    cancelled: bool = False


class Stage(StrEnum):
    """How far an exam is."""

    AHEAD = "ahead"
    OPEN = "open"
    OVER = "over"


def stage(terms: Terms, at: datetime) -> Stage:
    """How far an exam is at a moment; the last moment is still open."""
    if terms.cancelled or at > terms.closes_at:
        return Stage.OVER
    return Stage.AHEAD if at < terms.opens_at else Stage.OPEN


def due_at(terms: Terms, started_at: datetime) -> datetime:
    """When a paper that is begun now ends.

    Raises:
        ExamNotOpen, ExamOver: it cannot be begun.
    """
    match stage(terms, started_at):
        case Stage.AHEAD:
            raise ExamNotOpen(at=terms.opens_at)
        case Stage.OVER:
            raise ExamOver()
    return min(started_at + terms.time, terms.closes_at)


def warn_at(started_at: datetime, due: datetime) -> datetime | None:
    """When somebody is told that the time is nearly over; a paper of few minutes has no such moment."""
    return due - WARNING if due - started_at >= 2 * WARNING else None


def must_count(due: datetime, handed_in_at: datetime | None, received_at: datetime, *, by_time: bool) -> None:
    """Let an answer pass that counts.

    A paper that time has ended takes an answer that was received in time and is only dealt with now: what lay in the
    inbox when the bot went down, or waited in its turn when the alarm rang.

    Raises:
        PaperHandedIn: the person has handed in.
        PaperOver: it came too late.
    """
    if handed_in_at is not None and not by_time:
        raise PaperHandedIn()
    if received_at > due:
        raise PaperOver()


def lay_out(items: Sequence[Item], dice: random.Random) -> Layout:
    """An order of the questions and of their options for one person."""
    numbers = list(range(1, len(items) + 1))
    dice.shuffle(numbers)
    return tuple((number, order_of(items[number - 1], dice)) for number in numbers)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a paper is worth; ``marks`` by the questions' numbers: right, wrong, or None where nothing was answered."""

    marks: Mapping[int, bool | None]
    score: int
    total: int
    passed: bool

    @property
    def right(self) -> int:
        """How many are right."""
        return sum(mark is True for mark in self.marks.values())

    @property
    def wrong(self) -> int:
        """How many are answered wrongly."""
        return sum(mark is False for mark in self.marks.values())

    @property
    def blank(self) -> int:
        """How many are not answered."""
        return sum(mark is None for mark in self.marks.values())

    @property
    def percent(self) -> float:
        """The score in percent of the total, to one decimal."""
        return round(100 * self.score / self.total, 1) if self.total else 0.0


def worth(items: Sequence[Item], answers: Mapping[int, Answer], terms: Terms) -> Worth:
    """Judge a paper: every question is worth the same, and a wrong answer costs nothing."""
    marks = {
        number: is_right(item, answers[number]) if number in answers else None for number, item in enumerate(items, 1)
    }
    score = terms.points * sum(mark is True for mark in marks.values())
    total = terms.points * len(items)
    return Worth(marks, score, total, score * 100 >= terms.pass_percent * total)


def toggled(item_order: Sequence[int], answer: Answer | None, option: int) -> Answer | None:
    """An answer of several options with one more or one less; ``None`` if nothing is left."""
    before = set() if answer is None or isinstance(answer, str) else set(answer)
    after = before ^ {option}
    return tuple(sorted(after & set(item_order))) or None

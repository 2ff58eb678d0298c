"""What practice shows, as data."""

from datetime import datetime
from typing import ClassVar, Literal

from quizzes.part import Part
from quizzes.posing import Posed
from storage import View


class Progress(Part):
    """The day so far, and the day's caps."""

    new: int
    new_cap: int
    reviews: int
    reviews_cap: int
    right: int


class BankChoice(Part):
    """A bank that new questions may come from."""

    id: int
    name: str
    items: int


class PracticeMenu(View):
    """Which bank? ``due`` mistakes wait whatever it is."""

    kind: ClassVar[str] = "practice.menu"
    round: int
    due: int
    banks: tuple[BankChoice, ...]


class PracticeCard(View):
    """A question that waits for its answer."""

    kind: ClassVar[str] = "practice.card"
    round: int
    posed: Posed
    is_new: bool
    bank: str
    progress: Progress


class PracticeRuling(View):
    """The answer, what is right, why, and when it comes again."""

    kind: ClassVar[str] = "practice.ruling"
    round: int
    posed: Posed
    is_right: bool
    due_at: datetime
    progress: Progress


class PracticeOver(View):
    """Nothing is asked any more. ``waiting``: due, but more than the day's cap; ``bank_left``: the bank has more."""

    kind: ClassVar[str] = "practice.over"
    round: int
    reason: Literal["done", "stopped"]
    bank: str
    progress: Progress
    waiting: int
    bank_left: bool
    next_at: datetime | None
    other_banks: bool

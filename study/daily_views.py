"""What is shown of the question of a day."""

from typing import ClassVar

from quizzes.posing import Posed
from study.programme.words import Title
from study.views import View


class DailyCard(View):
    """The question, its options as buttons; once it is closed (or answered, in private) with the answer.

    ``counts`` are how many were right, were wrong, and looked at the answer; ``None``: nothing of it is told yet.
    """

    kind: ClassVar[str] = "daily.card"
    card: int
    title: Title
    number: int
    of_all: int
    posed: Posed
    choosable: bool
    closed: bool
    outcome: str = ""
    counts: tuple[int, int, int] | None = None


class DailyBankMissing(View):
    """For the admins: there is no such bank (or no question in it), so there was no card today."""

    kind: ClassVar[str] = "daily.bank_missing"
    title: Title
    bank: str

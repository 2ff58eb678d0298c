"""The short test of a make-up: drawn from a bank, answered a question at a time, kept with the make-up."""

import random

from pydantic import BaseModel, ConfigDict

from quizzes.engine.frozen import dataclass
from quizzes.posing import Answer, Posed, can_be_posed, is_right, item_of, order_of, pose
from storage import Tx


class Drawn(BaseModel):
    """One question: as the bank had it when it was drawn, the order of its options, the answer so far."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    body: str
    order: tuple[int, ...]
    answer: tuple[int, ...] | str | None = None
    is_answered: bool = False


class Paper(BaseModel):
    """A test; answered in order."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    questions: tuple[Drawn, ...]

    @property
    def at(self) -> int | None:
        """The place (from 0) of the question that is to be answered; ``None`` at the end."""
        return next((place for place, one in enumerate(self.questions) if not one.is_answered), None)

    @property
    def right(self) -> int:
        """How many were answered rightly."""
        return sum(one.answer is not None and is_right(item_of(one.body), one.answer) for one in self.questions)

    @property
    def percent(self) -> int:
        """The right ones of all in percent, rounded down: 59.9 is no pass at 60."""
        return 100 * self.right // len(self.questions)

    def posed(self, place: int) -> Posed:
        """A question as it is shown."""
        one = self.questions[place]
        return pose(item_of(one.body), one.order, one.answer)

    def with_answer(self, place: int, answer: Answer | None, *, final: bool) -> "Paper":
        """The paper with an answer; ``final``: the next question follows."""
        changed = self.questions[place].model_copy(update={"answer": answer, "is_answered": final})
        return Paper(questions=(*self.questions[:place], changed, *self.questions[place + 1 :]))


@dataclass(frozen=True, slots=True)
class Source:
    """A bank and how many questions come from it."""

    bank: str
    questions: int


def draw(tx: Tx, source: Source, dice: random.Random) -> Paper | None:
    """Draw a test; ``None`` if none is wanted, or the bank has no question that can be answered alone."""
    bank = tx.banks.named(source.bank) if source.bank and source.questions else None
    if bank is None:
        return None
    fitting = [row for row in tx.banks.items(bank.id) if can_be_posed(item_of(row.body))]
    if not fitting:
        return None
    chosen = dice.sample(fitting, min(source.questions, len(fitting)))
    return Paper(questions=tuple(Drawn(body=row.body, order=order_of(item_of(row.body), dice)) for row in chosen))

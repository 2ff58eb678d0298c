"""A question as a contest carries it: options in the order in which everybody sees them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from quizzes.engine.copying import replace
from quizzes.engine.frozen import dataclass
from quizzes.engine.typed import same_answer


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    SEVERAL = "several"
    TRUE_FALSE = "true_false"
    FILL_IN = "fill_in"
    ORAL = "oral"
    """Answered aloud; the judges rule."""

    @property
    def one_tap(self) -> bool:
        """The first tap is the answer; otherwise options are toggled and then submitted."""
        return self not in (Kind.SEVERAL, Kind.ORAL)

    @property
    def typed(self) -> bool:
        """The answer is a text; there are no options."""
        return self is Kind.FILL_IN


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``answer`` holds the positions (from 0, ascending) of the right options as shown.

    A fill-in question has neither options nor positions, but ``accepted`` texts, each of which is right.
    An oral question has neither; ``accepted`` is what the judges should hear.
    ``id`` is the bank's own, for exports; ``points`` is the value that the bank gives, if any;
    ``media`` names a picture or sound in the shell's own way.
    """

    id: str
    kind: Kind
    text: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    explanation: str = ""
    points: int | None = None
    media: str = ""
    accepted: tuple[str, ...] = ()

    def fits(self, options: tuple[int, ...]) -> bool:
        """Whether these positions could be an answer at all: existing ones, each once, and as many as the kind takes."""
        if len(options) == 1:
            return 0 <= options[0] < len(self.options)
        if self.kind.one_tap or not options or len(set(options)) != len(options):
            return False
        return all(0 <= option < len(self.options) for option in options)

    def is_right(self, options: tuple[int, ...], text: str = "") -> bool:
        """Whether these positions are exactly the right ones, in whatever order; or the text one that is accepted."""
        if self.kind.typed:
            return self.accepts(text)
        return tuple(sorted(options)) == self.answer

    def accepts(self, text: str) -> bool:
        """Whether this is one of the accepted texts, whatever its width, case, spaces and punctuation."""
        return self.kind.typed and any(same_answer(text, accepted) for accepted in self.accepted)


def shuffled(question: Question, order: Sequence[int]) -> Question:
    """The same question with its options in another order: ``order[0]`` is the old position of the first one.

    Raises:
        ValueError: ``order`` is not a permutation of the options' positions.
    """
    if sorted(order) != list(range(len(question.options))):
        raise ValueError("the order must name every option once")
    return replace(
        question,
        options=tuple(question.options[old] for old in order),
        answer=tuple(sorted(order.index(old) for old in question.answer)),
    )

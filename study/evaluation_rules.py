"""What may be answered, what a number of answers amounts to, who is lowest. Nothing here knows a database or a clock.

Scores are between 0 and 100: each step of a scale counts evenly from its low end (0) to its high end (100), an item has the
mean of its answers, a subject the mean of its items that are scales, each weighing the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Literal

from quizzes.engine.frozen import dataclass
from study.errors import StudyError, TooLong
from study.programme.forms import Form, Item

LONGEST_ANSWER = 1000
"""Characters of a text or a remark."""


class AnswerUnreadable(StudyError):
    """What was sent is no answer to the item; ``wanted`` is ``number`` (with ``min`` and ``max``) or ``text``."""

    code = "answer_unreadable"


class AnswersMissing(StudyError):
    """The form cannot be sent: ``count`` items have no answer (or no remark where one is needed)."""

    code = "answers_missing"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: digits, an option's key, ``yes``, ``no`` or words; ``remark`` explains it where that is asked for."""

    value: str
    remark: str = ""


Answers = Mapping[str, Answer]
"""A form's answers by item."""


def choices(item: Item) -> tuple[str, ...]:
    """The answers that an item has buttons for; none if it is written."""
    match item.kind:
        case "scale":
            return tuple(str(step) for step in range(item.min, item.max + 1))
        case "choice":
            return tuple(option.key for option in item.options)
        case "yes_no":
            return ("yes", "no")
        case "number" | "text":
            return ()


def written(item: Item, text: str) -> Answer:
    """Read what was typed for an item.

    Raises:
        AnswerUnreadable: it is no number within the limits, or empty.
        TooLong: it has too many characters.
    """
    said = text.strip()
    if item.kind == "number":
        digits = said.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 7 and item.min <= int(said) <= item.max):
            raise AnswerUnreadable(wanted="number", min=item.min, max=item.max)
        return Answer(str(int(said)))
    if not said:
        raise AnswerUnreadable(wanted="text")
    if len(said) > LONGEST_ANSWER:
        raise TooLong(limit=LONGEST_ANSWER, length=len(said))
    return Answer(said)


def wants_remark(item: Item, answer: Answer | None) -> bool:
    """Whether an answer is there that has to be explained and is not."""
    return answer is not None and item.remark == answer.value and not answer.remark


def unanswered(form: Form, answers: Answers) -> tuple[int, ...]:
    """Which items (by their place) keep the form from being sent."""
    return tuple(
        at
        for at, item in enumerate(form.items)
        if (item.key not in answers and not item.optional) or wants_remark(item, answers.get(item.key))
    )


def must_be_complete(form: Form, answers: Answers) -> None:
    """Let a form pass that can be sent.

    Raises:
        AnswersMissing: something is missing.
    """
    if missing := unanswered(form, answers):
        raise AnswersMissing(count=len(missing))


def problems(form: Form, answers: Answers) -> tuple[Item, ...]:
    """The items of a checklist whose answer counts as a problem."""
    return tuple(
        item for item in form.items if item.remark is not None and _value(answers.get(item.key)) == item.remark
    )


def _value(answer: Answer | None) -> str:
    return "" if answer is None else answer.value


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What an item's answers amount to; ``None`` and empty where nothing may be shown.

    ``mean`` is in the item's own steps (scales and numbers), ``score`` between 0 and 100 (scales); ``counts`` has how often each
    answer was given (not of texts); ``words`` the texts and remarks, in no order that means anything.
    """

    item: Item
    count: int
    mean: float | None
    score: float | None
    counts: Mapping[str, int]
    words: tuple[str, ...]


@dataclass(slots=True)
class Given:
    """The answers to an item: how often each was given (a text counts as the empty answer), and what was written."""

    counts: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def add(self, item: Item, answer: Answer) -> None:
        """Count one answer."""
        counted, words = parted(item, answer)
        self.counts[counted] += 1
        if words:
            self.words.append(words)


def parted(item: Item, answer: Answer) -> tuple[str, str]:
    """What of an answer is counted, and what is words."""
    return ("", answer.value) if item.kind == "text" else (answer.value, answer.remark)


def item_result(item: Item, given: Given, *, least: int) -> ItemResult:
    """What the answers to an item amount to, if there are at least ``least``; texts need no least number of their own."""
    count, words = given.counts.total(), tuple(sorted(given.words))
    if item.kind == "text":
        return ItemResult(item, count, None, None, {}, words)
    if count < max(1, least):
        return ItemResult(item, count, None, None, {}, ())
    mean = score = None
    if item.kind in ("scale", "number"):
        mean = sum(int(value) * times for value, times in given.counts.items()) / count
    if item.kind == "scale" and mean is not None:
        score = (mean - item.min) / (item.max - item.min) * 100
    return ItemResult(item, count, mean, score, dict(given.counts), words)


def score_of(results: Iterable[ItemResult]) -> float | None:
    """A subject's score: the mean of its scales; ``None`` if none may be shown."""
    scores = [result.score for result in results if result.score is not None]
    return sum(scores) / len(scores) if scores else None


def ranks(scores: Sequence[float]) -> tuple[int, ...]:
    """Each score's rank among them, the highest first; equals share one (1, 2, 2, 4)."""
    rounded = [round(score, 6) for score in scores]
    return tuple(1 + sum(other > score for other in rounded) for score in rounded)


def lowest(scores: Mapping[int, float], most: int) -> frozenset[int]:
    """Whose score is among the ``most`` lowest; whoever has the same score as the last of them is among them too."""
    if most < 1 or not scores:
        return frozenset()
    border = sorted(round(score, 6) for score in scores.values())[min(most, len(scores)) - 1]
    return frozenset(key for key, score in scores.items() if round(score, 6) <= border)


Pairs = Literal["self", "others", "all"]
"""Who rates whom: everybody themselves, everybody all others, everybody every subject."""


def may_rate(pairs: Pairs, rater: int, subject_person: int | None) -> bool:
    """Whether a rater rates a subject, which may be a person."""
    match pairs:
        case "self":
            return rater == subject_person
        case "others":
            return rater != subject_person
        case "all":
            return True

"""Questions of a bank, what can be wrong with one, and what reading a file gives.

An ``Item`` is what a contest can ask: its lengths fit one Telegram message (4,096 characters for the question with its
options, its ruling and its explanation) and its answers name options that are there. ``flaws`` says what is missing.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from quizzes.engine.frozen import dataclass

MAX_ITEMS = 50_000
MAX_TEXT = 1_000
MAX_OPTION = 200  # eight of them, the text and the explanation leave 496 characters for the rest of the message
MAX_OPTIONS = 8
MAX_EXPLANATION = 1_000
MAX_ACCEPTED = 200
MAX_ACCEPTED_TEXTS = 20
MAX_LABEL = 50
MAX_TAGS = 20
MAX_POINTS = 1_000
LETTERS = "ABCDEFGH"
LETTERS_SEEN = "ABCDEFGHIJKL"  # more than can be asked, so that too many options are noticed


class Kind(StrEnum):
    """How a question is answered: by one option, by several, by true or false, by typing, or aloud before judges."""

    SINGLE = "single"
    SEVERAL = "several"
    TRUE_FALSE = "true_false"
    FILL_IN = "fill_in"
    ORAL = "oral"


CHOICE = frozenset({Kind.SINGLE, Kind.SEVERAL})


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``answers`` holds the indexes of the right options in ascending order; a true/false question has no options of its own,
    0 is true and 1 is false. ``accepted`` holds the texts that count as right when the answer is typed, or what the judges
    should hear. ``difficulty`` runs from 1 (easy) to 5 (hard). ``media`` names a picture or a sound: an address, or a name
    among the bank's ``media``.
    """

    kind: Kind
    text: str
    options: tuple[str, ...] = ()
    answers: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str = ""
    points: int | None = None
    difficulty: int | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    media: str | None = None


class Fault(StrEnum):
    """What can be wrong with one question; the value is the code of the sentence that says so."""

    NO_TEXT = "item.no_text"
    TEXT_TOO_LONG = "item.text_too_long"  # limit, length
    UNKNOWN_KIND = "item.unknown_kind"  # kind
    UNSUPPORTED_KIND = "item.unsupported_kind"  # kind
    TOO_FEW_OPTIONS = "item.too_few_options"  # count
    TOO_MANY_OPTIONS = "item.too_many_options"  # limit, count
    OPTION_EMPTY = "item.option_empty"  # option
    OPTION_TOO_LONG = "item.option_too_long"  # option, limit, length
    OPTIONS_EQUAL = "item.options_equal"  # first, second
    OPTION_MISSING = "item.option_missing"  # option: a letter that the options skip
    NOT_TRUE_OR_FALSE = "item.not_true_or_false"  # a true/false question with other options
    NO_ANSWER = "item.no_answer"
    ANSWER_UNCLEAR = "item.answer_unclear"  # answer
    ANSWER_NO_OPTION = "item.answer_no_option"  # option
    ANSWERS_TOO_MANY = "item.answers_too_many"  # answer: several, and the kind allows one
    ANSWERS_DISAGREE = "item.answers_disagree"  # first, second: in the text, and given apart
    ANSWER_TOO_LONG = "item.answer_too_long"  # limit, length
    TOO_MANY_ANSWERS = "item.too_many_answers"  # limit, count: texts that count as right
    EXPLANATION_TOO_LONG = "item.explanation_too_long"  # limit, length
    BAD_POINTS = "item.bad_points"  # value
    BAD_DIFFICULTY = "item.bad_difficulty"  # value
    LABEL_TOO_LONG = "item.label_too_long"  # limit, length
    TOO_MANY_TAGS = "item.too_many_tags"  # limit, count
    DUPLICATE = "item.duplicate"  # first_line
    DUPLICATE_DISAGREES = "item.duplicate_disagrees"  # first_line: the same question with another answer
    FORMULA = "item.formula"  # column
    CELL_ERROR = "item.cell_error"  # column
    SYNTAX = "item.syntax"  # found


class Remark(StrEnum):
    """What an organiser should look at although the question is taken."""

    NEAR_DUPLICATE = "item.near_duplicate"  # first_line
    ONE_OF_SEVERAL = "item.one_of_several"  # a question for several answers has one
    KEY_UNUSED = "item.key_unused"  # number: an answer at the end of the file whose question is not there
    PICTURES_LEFT_OUT = "item.pictures_left_out"
    TEXT_LEFT_OUT = "item.text_left_out"  # found
    MEDIA_MISSING = "item.media_missing"  # name
    MEDIA_UNUSABLE = "item.media_unusable"  # name: no picture and no sound that Telegram shows
    MEDIA_TOO_LARGE = "item.media_too_large"  # name, limit in MB


@dataclass(frozen=True, slots=True)
class ItemError:
    """One thing wrong with one question: a code and parameters, never words for users.

    ``line`` is the row of a table, the line of a text or the paragraph of a Word document, from 1, on ``sheet`` if the
    workbook has several. Where the questions of a text have numbers, ``params`` has the ``number``. ``field`` is the attribute of ``Item`` that is concerned.
    """

    line: int
    field: str
    code: Fault | Remark
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedBank:
    """What a file holds: the good questions in order, each with its line, and what was wrong with the others.

    ``media`` holds the pictures that the file itself carries, by the names that items use.
    """

    items: tuple[Item, ...]
    errors: tuple[ItemError, ...]
    format: str
    warnings: tuple[ItemError, ...] = ()
    lines: tuple[int, ...] = ()
    media: Mapping[str, bytes] = dataclasses.field(default_factory=dict)


Flaw = tuple[str, Fault, dict[str, str | int]]


def flaws(item: Item) -> Iterator[Flaw]:
    """Name everything that keeps the question from being asked: the field, the fault and its parameters."""
    if not item.text:
        yield "text", Fault.NO_TEXT, {}
    yield from _too_long("text", Fault.TEXT_TOO_LONG, item.text, MAX_TEXT)
    yield from _option_flaws(item)
    yield from _answer_flaws(item)
    yield from _too_long("explanation", Fault.EXPLANATION_TOO_LONG, item.explanation, MAX_EXPLANATION)
    yield from _label_flaws(item)


def _option_flaws(item: Item) -> Iterator[Flaw]:
    if item.kind not in CHOICE:
        if item.options:
            yield "options", Fault.NOT_TRUE_OR_FALSE, {}
        return
    if len(item.options) < 2:
        yield "options", Fault.TOO_FEW_OPTIONS, {"count": len(item.options)}
    if len(item.options) > MAX_OPTIONS:
        yield "options", Fault.TOO_MANY_OPTIONS, {"limit": MAX_OPTIONS, "count": len(item.options)}
        return
    first: dict[str, str] = {}
    for letter, option in zip(LETTERS, item.options, strict=False):
        if not option:
            yield "options", Fault.OPTION_EMPTY, {"option": letter}
        elif (same := first.setdefault(option.casefold(), letter)) != letter:
            yield "options", Fault.OPTIONS_EQUAL, {"first": same, "second": letter}
        for name, fault, params in _too_long("options", Fault.OPTION_TOO_LONG, option, MAX_OPTION):
            yield name, fault, params | {"option": letter}


def _answer_flaws(item: Item) -> Iterator[Flaw]:
    if item.kind is Kind.ORAL:
        right = True
    elif item.kind is Kind.FILL_IN:
        right = any(item.accepted)
    else:
        right = bool(item.answers)
        choices = 2 if item.kind is Kind.TRUE_FALSE else len(item.options)
        for index in item.answers:
            if index >= choices > 1:  # with fewer there is nothing that an answer could name
                letter = LETTERS[index] if index < len(LETTERS) else str(index + 1)
                yield "answers", Fault.ANSWER_NO_OPTION, {"option": letter}
        if len(item.answers) > 1 and item.kind is not Kind.SEVERAL:
            yield "answers", Fault.ANSWERS_TOO_MANY, {"answer": letters_of(item.answers)}
    if not right:
        yield "answers", Fault.NO_ANSWER, {}
    if len(item.accepted) > MAX_ACCEPTED_TEXTS:
        yield "accepted", Fault.TOO_MANY_ANSWERS, {"limit": MAX_ACCEPTED_TEXTS, "count": len(item.accepted)}
        return
    limit = MAX_EXPLANATION if item.kind is Kind.ORAL else MAX_ACCEPTED
    for text in item.accepted:
        yield from _too_long("accepted", Fault.ANSWER_TOO_LONG, text, limit)


def _label_flaws(item: Item) -> Iterator[Flaw]:
    for name, label in (("category", item.category or ""), *(("tags", tag) for tag in item.tags)):
        yield from _too_long(name, Fault.LABEL_TOO_LONG, label, MAX_LABEL)
    if len(item.tags) > MAX_TAGS:
        yield "tags", Fault.TOO_MANY_TAGS, {"limit": MAX_TAGS, "count": len(item.tags)}
    if item.points is not None and not 0 < item.points <= MAX_POINTS:
        yield "points", Fault.BAD_POINTS, {"value": item.points}
    if item.difficulty is not None and not 1 <= item.difficulty <= 5:
        yield "difficulty", Fault.BAD_DIFFICULTY, {"value": item.difficulty}


def _too_long(name: str, fault: Fault, text: str, limit: int) -> Iterator[Flaw]:
    length = len(text)
    if length * 2 > limit:  # only then can it matter that Telegram counts UTF-16 units
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > limit:
        yield name, fault, {"limit": limit, "length": length}


def letters_of(indexes: tuple[int, ...]) -> str:
    """The answer as people write it: ``(0, 2)`` is ``AC``."""
    return "".join(LETTERS[index] for index in indexes if index < len(LETTERS))


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES_AT_LINE_END = re.compile("(?<![ \t\u3000])[ \t\u3000]+\n")  # a run is tried once, not from each space
_BLANK_LINES = re.compile("\n{3,}")


def tidy(text: str) -> str:
    """A text as it is kept: no invisible characters, no spaces around it or at line ends, one blank line at most."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\xa0", " ")
        text = _BLANK_LINES.sub("\n\n", _SPACES_AT_LINE_END.sub("\n", text))
    return text.strip()

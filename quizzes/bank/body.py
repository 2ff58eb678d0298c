"""From the lines of one question in a document to its draft: options, the answer in the brackets, marks of kind and points."""

import re
from dataclasses import dataclass, field

from quizzes.bank import words
from quizzes.bank.answer_key import KeyEntry, parted_answer
from quizzes.bank.drafts import LONGEST, Draft
from quizzes.bank.items import LETTERS, Fault, Kind, letters_of
from quizzes.bank.options import split_options
from quizzes.bank.outline import Section
from quizzes.bank.words import as_read

_MOST_ROWS = 60
_HINT = re.compile(r"[A-Ha-hＡ-Ｈａ-ｈ]\s*[.、:)．：）]|[(（【\[]|(?:^|\s)[A-H]")  # of an option or an answer


@dataclass(slots=True)
class Question:
    """A question as its lines were found: ``rows`` are its text and options, ``parts`` what stood behind labels."""

    line: int
    number: int
    style: str
    section: Section
    rows: list[str]
    mark: str = ""
    parts: dict[str, list[str]] = field(default_factory=dict)
    key: KeyEntry | None = None
    looked_at: int = 0  # rows of which is_complete knows
    complete_at: int = 0

    def part(self, name: str) -> str:
        """What was found for a field, its lines joined."""
        return "\n".join(filter(None, self.parts.get(name, ()))).strip()

    @property
    def is_answered(self) -> bool:
        return bool(self.mark.strip() or self.part("answer") or self.part("explanation"))

    @property
    def is_complete(self) -> bool:
        """Whether its text is over: there is an answer, or there are options, or brackets hold something like an answer.

        A text of too many lines is over too: none that is asked has so many, and each look at them costs more.
        """
        if self.is_answered or len(self.rows) > _MOST_ROWS:
            return True
        if not self.complete_at and any(map(_HINT.search, self.rows[self.looked_at :])):
            options = split_options(self.rows).options
            if len(options) > 1 or _answer_in_text("\n".join(self.rows), 0) is not None:
                self.complete_at = len(self.rows)
        self.looked_at = len(self.rows)
        return self.complete_at > 0


def draft_of(question: Question) -> Draft:
    """Make the draft that all formats share."""
    body = split_options(_clipped(question.rows))
    kind, points, text = _marks(body.text)
    answer, reason = question.part("answer"), ""
    if body.options or not words.blanks_in(text):
        answer, reason = parted_answer(answer)
    in_text = question.mark.strip()
    if found := _answer_in_text(text, len(body.options), sole=not answer and question.key is None):
        in_text = found[0]
        blank = "（　　）" if body.options and not words.blanks_in(text) else ""
        text = (text[: found[1]] + blank + text[found[2] :]).rstrip()
    explanation = "\n".join(filter(None, (reason, question.part("explanation"))))
    if question.key is not None:
        # Of two answers of its own and one in the key, the own two are compared first, then the key's.
        in_text, answer = answer or in_text, question.key.answer
        explanation = explanation or question.key.explanation
    options = list(body.options)
    if not answer and not in_text:
        answer, options = _ticked(options)
    draft = Draft(
        line=question.line,
        text=text,
        options=options,
        answer=answer,
        in_text=in_text,
        kind=question.part("kind") or kind,
        section=question.section.kinds,
        explanation=explanation,
        points=question.part("points") or points or question.section.points,
        difficulty=question.part("difficulty"),
        category=question.part("category") or question.section.category,
        tags=question.part("tags"),
        media=question.part("media").partition("\n")[0],
        number=question.number,
    )
    if not body.options and (
        question.section.kinds == (Kind.TRUE_FALSE,) or words.truth(answer or in_text) is not None
    ):
        draft.text = _EMPTY_AT_END.sub("", draft.text)
    if body.skipped:
        draft.flaws.append(("options", Fault.OPTION_MISSING, {"option": body.skipped}))
    return draft


_TICK = re.compile(r"\s*(?:[√✓✔]|[(（]\s*(?:[√✓✔]|正[确確](?:答案)?)\s*[)）])$")


def _ticked(options: list[str]) -> tuple[str, list[str]]:
    """The answer given by ticks behind the right options, and the options without them."""
    bare = [_TICK.sub("", option) for option in options]
    right = [index for index, option in enumerate(options) if option != bare[index]]
    if not right or len(right) == len(options) or right[-1] >= len(LETTERS):
        return "", options
    return letters_of(tuple(right)), bare


def _clipped(rows: list[str]) -> list[str]:
    """The rows as far as a question can reach; more is refused for its length whatever it says."""
    room = 2 * LONGEST
    kept = []
    for row in rows:
        kept.append(row[:room])
        room -= len(row)
        if room <= 0:
            break
    return kept


_EMPTY_AT_END = re.compile(r"(?<!\s)\s*[(（【\[][\s　]*[)）】\]][\s　.。]*$")
_KIND_MARK = re.compile(
    r"[(\[【]\s*((?:单项?选择?|多项?选择?|不定项(?:选择)?|判断|是非|填空|简答|问答|论述)题?)\s*[,，、]?\s*(?:([0-9.]+)\s*分)?\s*[)\]】]"
)
_POINTS_MARK = re.compile(r"[(\[【]\s*(?:本题)?\s*([0-9]+(?:\.[0-9]+)?)\s*分\s*[)\]】]")


def _marks(text: str) -> tuple[str, str, str]:
    """Take marks such as ``【单选题】`` and ``（2分）`` from the beginning or the end of a text."""
    kind = points = ""
    for pattern in (_KIND_MARK, _POINTS_MARK):
        for found in pattern.finditer(as_read(text)):
            if found.start() and as_read(text[found.end() :]).strip(" .:?\n"):
                continue  # in the middle it belongs to the text
            if pattern is _KIND_MARK:
                kind, points = found[1], found[2] or ""
            else:
                points = found[1]
            text = (text[: found.start()] + text[found.end() :]).strip()
            break
    return kind, points, text


_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{0,24})[)\]】]")


def _answer_in_text(text: str, options: int, *, sole: bool = False) -> tuple[str, int, int] | None:
    """The answer that stands in the brackets of the text, and where.

    If other brackets are still empty, only a ``sole`` answer behind the whole text is one: ``首都是（ ）。（A）``.
    """
    brackets = [(found[1].strip(), found.start(), found.end()) for found in _BRACKETS.finditer(as_read(text))]
    one_is_empty = any(not content for content, _, _ in brackets)
    for content, start, end in reversed(brackets):
        at_end = not as_read(text[end:]).strip(" .?:\n")
        if one_is_empty and not (sole and at_end):
            break
        letters = words.letters(content)
        if options and letters and max(letters) <= LETTERS[options - 1]:
            return content, start, end
        if not options and at_end and (words.truth(content) is not None or (letters and max(letters) <= LETTERS[-1])):
            return content, start, end
    return None

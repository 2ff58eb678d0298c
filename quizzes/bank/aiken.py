"""Aiken, the simplest format of Moodle: a question, lettered options, ``ANSWER: B``.

It carries single choice and true/false, without explanations, points or categories.
https://docs.moodle.org/en/Aiken_format
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.bank.carry import one_line, refuse_what_is_lost
from quizzes.bank.collect import Collector
from quizzes.bank.drafts import Draft
from quizzes.bank.items import LETTERS, Fault, Item, Kind, ParsedBank, letters_of
from quizzes.bank.words import as_read
from quizzes.files import decode

AIKEN = "aiken"
_OPTION = re.compile(r"([A-Z])[.)]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)


def read(data: bytes) -> ParsedBank:
    """Read an Aiken file; a question stands at the line where its text begins.

    Raises:
        FileError: it cannot be read, or there is no question in it.
    """
    collector = Collector(AIKEN)
    question = _Question(0)
    for number, line in enumerate(decode(data).split("\n"), 1):
        stripped = line.strip()
        shadow = as_read(stripped)
        if answer := _ANSWER.fullmatch(shadow):
            collector.draft(question.draft(answer[1], number))
            question = _Question(0)
        elif question.rows and (option := _OPTION.fullmatch(shadow)):
            question.options.append((option[1], stripped[option.start(2) :]))
        elif stripped:
            if question.options:
                # Another question begins, and the one before never had its answer.
                collector.draft(question.draft("", number))
                question = _Question(number)
            question.line = question.line or number
            question.rows.append(stripped)
    if question.rows:
        collector.draft(question.draft("", question.line))
    return collector.bank()


@dataclass(slots=True)
class _Question:
    line: int
    rows: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)

    def draft(self, answer: str, line: int) -> Draft:
        draft = Draft(self.line or line, "\n".join(self.rows), [text for _, text in self.options], answer)
        letters = "".join(letter for letter, _ in self.options)
        missing = next((wanted for wanted, letter in zip(LETTERS, letters, strict=False) if wanted != letter), None)
        if missing:
            draft.flaws.append(("options", Fault.OPTION_MISSING, {"option": missing}))
        return draft


def to_aiken(items: Sequence[Item]) -> bytes:
    """Write single choice and true/false questions as Aiken; line ends within a text become spaces.

    Raises:
        FormatCannotCarry: a question is of another kind, or would be read as something else.
    """
    blocks = []
    for item in items:
        options = ("对", "错") if item.kind is Kind.TRUE_FALSE else tuple(map(one_line, item.options))
        lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=False)]
        blocks.append("\n".join([one_line(item.text), *lines, f"ANSWER: {letters_of(item.answers)}"]))
    data = ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")
    refuse_what_is_lost(AIKEN, items, read, data, kinds=(Kind.SINGLE, Kind.TRUE_FALSE))
    return data

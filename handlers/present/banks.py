"""What came of importing a question bank: every bad question with its line and why."""

from collections.abc import Iterable

from handlers.texts import N_, Texts
from quizzes.bank.items import Fault, ItemError, Remark
from quizzes.banks import Taken
from study.content import excerpt

_FAULTS = {
    Fault.NO_TEXT: N_("the question has no text"),
    Fault.TEXT_TOO_LONG: N_("the question is too long: {length} characters, {limit} at most"),
    Fault.UNKNOWN_KIND: N_("unknown kind of question: {kind}"),
    Fault.UNSUPPORTED_KIND: N_("this kind of question cannot be taken in: {kind}"),
    Fault.TOO_FEW_OPTIONS: N_("a choice needs at least two options, there are {count}"),
    Fault.TOO_MANY_OPTIONS: N_("too many options: {count}, {limit} at most"),
    Fault.OPTION_EMPTY: N_("option {option} is empty"),
    Fault.OPTION_TOO_LONG: N_("option {option} is too long: {length} characters, {limit} at most"),
    Fault.OPTIONS_EQUAL: N_("options {first} and {second} are the same"),
    Fault.OPTION_MISSING: N_("option {option} is missing"),
    Fault.NOT_TRUE_OR_FALSE: N_("a true/false question has other options than true and false"),
    Fault.NO_ANSWER: N_("there is no answer"),
    Fault.ANSWER_UNCLEAR: N_("the answer is not clear: {answer}"),
    Fault.ANSWER_NO_OPTION: N_("the answer names {option}, and there is no such option"),
    Fault.ANSWERS_TOO_MANY: N_("several answers ({answer}), and this kind takes one"),
    Fault.ANSWERS_DISAGREE: N_("two different answers are given: {first} and {second}"),
    Fault.ANSWER_TOO_LONG: N_("the answer is too long: {length} characters, {limit} at most"),
    Fault.TOO_MANY_ANSWERS: N_("too many texts count as right: {count}, {limit} at most"),
    Fault.EXPLANATION_TOO_LONG: N_("the explanation is too long: {length} characters, {limit} at most"),
    Fault.BAD_POINTS: N_("the points are not a sensible number: {value}"),
    Fault.BAD_DIFFICULTY: N_("the difficulty is not 1 to 5: {value}"),
    Fault.LABEL_TOO_LONG: N_("a category or tag is too long: {length} characters, {limit} at most"),
    Fault.TOO_MANY_TAGS: N_("too many tags: {count}, {limit} at most"),
    Fault.DUPLICATE: N_("the same question stands in line {first_line}"),
    Fault.DUPLICATE_DISAGREES: N_("the same question with another answer stands in line {first_line}"),
    Fault.FORMULA: N_("the cell in column {column} is a formula without a value"),
    Fault.CELL_ERROR: N_("the cell in column {column} holds an error"),
    Fault.SYNTAX: N_("this cannot be read: {found}"),
}
_REMARKS = {
    Remark.NEAR_DUPLICATE: N_("very much like the question in line {first_line}"),
    Remark.ONE_OF_SEVERAL: N_("a question for several answers has only one"),
    Remark.KEY_UNUSED: N_("the answer list has an answer for question {number}, which is not there"),
    Remark.PICTURES_LEFT_OUT: N_("pictures were left out"),
    Remark.TEXT_LEFT_OUT: N_("this was left out: {found}"),
}


def error_lines(errors: Iterable[ItemError], t: Texts) -> list[str]:
    """A line for each bad question or remark, with where it stands."""
    return [_error_line(error, t) for error in errors]


def _error_line(error: ItemError, t: Texts) -> str:
    where, what = _where(error, t), _what(error, t)
    if "number" in error.params and error.code is not Remark.KEY_UNUSED:
        return t("Question {number} (line {line}): {what}", number=error.params["number"], line=where, what=what)
    return t("Line {line}: {what}", line=where, what=what)


def _where(error: ItemError, t: Texts) -> str:
    return t("{line} of sheet {sheet}", line=error.line, sheet=error.sheet) if error.sheet else str(error.line)


def _what(error: ItemError, t: Texts) -> str:
    text = _FAULTS[error.code] if isinstance(error.code, Fault) else _REMARKS[error.code]
    return t(text, **error.params)


def taken_line(taken: Taken, t: Texts) -> str:
    """What became of the good ones."""
    return t(
        "Bank “{bank}”: {new} new questions, {renewed} brought up to date.",
        bank=taken.bank,
        new=taken.new,
        renewed=taken.renewed,
    )


def bad_line(bad: int, good: int, t: Texts) -> str:
    """How many questions were left out."""
    return t("{bad} questions were not taken in ({good} were):", bad=bad, good=good)


def near_lines(taken: Taken, t: Texts) -> list[str]:
    """A line for each new question that the bank nearly had already."""
    return near_pairs(taken.near, t)


def near_pairs(near: Iterable[tuple[str, str]], t: Texts) -> list[str]:
    """A line for each pair of a new question and the known one that it is like."""
    return [
        t("“{new}” is very much like “{known}”, which the bank has already.", new=excerpt(new), known=excerpt(known))
        for new, known in near
    ]

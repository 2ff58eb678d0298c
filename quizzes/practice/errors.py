"""Refusals around practice."""

from quizzes.errors import QuizError


class CardGone(QuizError):
    """The button belongs to a question that is no longer on the screen."""

    code = "practice.gone"


class ExamUnderWay(QuizError):
    """The person is taking an exam; practice shows right answers."""

    code = "practice.exam"


class NothingMarked(QuizError):
    """Nothing is marked yet where several options are to be."""

    code = "practice.nothing_marked"


class NoAnswer(QuizError):
    """What was written is no answer to the question on the screen."""

    code = "practice.no_answer"


class NotPractising(QuizError):
    """No practice is under way."""

    code = "practice.not_under_way"

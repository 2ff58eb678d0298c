"""Refusals around exams."""

from study.errors import StudyError


class ExamUnknown(StudyError):
    """There is no such exam (that the person may see)."""

    code = "exam_unknown"


class ExamNotAsked(StudyError):
    """The exam is meant for others."""

    code = "exam_not_asked"


class ExamNotOpen(StudyError):
    """It opens at ``at`` (aware)."""

    code = "exam_not_open"


class ExamOver(StudyError):
    """It has closed, or was called off."""

    code = "exam_over"


class ExamTaken(StudyError):
    """There is one attempt, and it was made."""

    code = "exam_taken"


class PaperForeign(StudyError):
    """The paper is somebody else's."""

    code = "exam_foreign"


class PaperOver(StudyError):
    """The time is over; the answer came too late to count."""

    code = "exam_time_over"


class PaperHandedIn(StudyError):
    """The paper is handed in and stays as it is."""

    code = "exam_handed_in"


class PaperOld(StudyError):
    """The button belongs to another question, or to an older message."""

    code = "exam_old_button"


class ExamNoAnswer(StudyError):
    """What was written is no answer to the question on the screen."""

    code = "exam_no_answer"


class AnswersHidden(StudyError):
    """The right answers are shown when the exam has closed."""

    code = "exam_answers_hidden"


class ExamNobody(StudyError):
    """Nobody who has joined would take it."""

    code = "exam_nobody"


class ExamBegun(StudyError):
    """Somebody has begun, so it cannot be called off any more."""

    code = "exam_begun"


class ExamShort(StudyError):
    """The bank has ``given`` questions that fit, and ``needed`` are wanted (in ``category``, if one is named)."""

    code = "exam_short"


class ExamLine(StudyError):
    """A line of the plan that cannot be read."""

    code = "exam_line"


class ExamNumber(StudyError):
    """A number of the plan out of its range, ``least`` to ``most``."""

    code = "exam_number"


class ExamWindow(StudyError):
    """It would close before it opens, or leave less time than the exam takes."""

    code = "exam_window"

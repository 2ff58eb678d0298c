"""What can be refused about a submission."""

from study.errors import StudyError


class SubmissionEmpty(StudyError):
    """There is nothing to hand in yet."""

    code = "submission_empty"


class SubmissionShort(StudyError):
    """Fewer characters (``length``) than asked for (``least``)."""

    code = "submission_short"


class PieceNotTaken(StudyError):
    """The template does not take this ``wanted`` kind of piece."""

    code = "piece_not_taken"


class TooManyFiles(StudyError):
    """More files than ``limit``."""

    code = "too_many_files"


class TaskClosed(StudyError):
    """Nothing is taken any more."""

    code = "task_closed"


class DeadlineOver(StudyError):
    """What was handed in cannot be changed after the deadline."""

    code = "deadline_over"


class AlreadyAccepted(StudyError):
    """The submission is accepted and stays as it is."""

    code = "already_accepted"


class AlreadyReviewed(StudyError):
    """Another reviewer was first."""

    code = "already_reviewed"


class NewerVersion(StudyError):
    """The author has handed in anew since it was read."""

    code = "newer_version"


class ReasonNeeded(StudyError):
    """A return needs a reason."""

    code = "reason_needed"


class ConsentGiven(StudyError):
    """The author has answered already, or was not asked."""

    code = "consent_given"

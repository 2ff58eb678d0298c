"""What can be refused about a work."""

from study.errors import StudyError


class WorkUnknown(StudyError):
    """There is no such work for this person."""

    code = "work_unknown"


class WorkNotMeant(StudyError):
    """This kind of work is not for this person (or there is no such kind)."""

    code = "work_not_meant"


class WorkEnough(StudyError):
    """The person has begun as many of the kind in this period as there may be: ``most``."""

    code = "work_enough"


class WorkNotOpen(StudyError):
    """Nothing can be written or handed in: it is with the reviewers, or over."""

    code = "work_not_open"


class WorkOver(StudyError):
    """It is accepted, rejected or withdrawn."""

    code = "work_over"


class FieldUnknown(StudyError):
    """The stage has no such field."""

    code = "work_field_unknown"


class FieldsWanting(StudyError):
    """Something is missing or wrong: ``count`` fields; ``faults`` has them."""

    code = "work_fields_wanting"


class NothingChanged(StudyError):
    """It is exactly what was returned."""

    code = "work_nothing_changed"


class FieldPieceWrong(StudyError):
    """The field takes something else: ``wanted`` is ``text``, ``file`` or ``photo``."""

    code = "work_piece"


class NoReview(StudyError):
    """The work waits for no review at this stage (any more): somebody was faster, or it went on."""

    code = "work_no_review"


class ReviewNewer(StudyError):
    """There is a newer version than the one that was read."""

    code = "work_review_newer"


class OpinionGiven(StudyError):
    """The reviewer has given theirs already."""

    code = "work_opinion_given"


class OwnWorkReviewed(StudyError):
    """Nobody reviews what they take part in."""

    code = "work_own"


class ScoreWrong(StudyError):
    """A score is a whole number from 0 to 100."""

    code = "work_score"


class RatingWrong(StudyError):
    """There is no such rating at this stage."""

    code = "work_rating"


class ReasonWanted(StudyError):
    """A return or a rejection says why."""

    code = "work_reason"


class NotRejectable(StudyError):
    """Nothing is rejected for good at this stage."""

    code = "work_not_rejectable"


class ReturnNowhere(StudyError):
    """There is no such stage to return it to."""

    code = "work_return_nowhere"


class ConsentSettled(StudyError):
    """The author was not asked, or has answered."""

    code = "work_consent_settled"


class ReportUnreadable(StudyError):
    """A progress report is a number, and perhaps a day that is not in the future."""

    code = "work_report"


class MemberUnknown(StudyError):
    """Nobody is called ``name``."""

    code = "work_member_unknown"


class MemberUnclear(StudyError):
    """Several people are called ``name``: of the units ``units``."""

    code = "work_member_unclear"


class NotLeader(StudyError):
    """Only who leads the work may do it."""

    code = "work_not_leader"


class NothingToShortlist(StudyError):
    """Nothing is accepted and scored, or what is was chosen before."""

    code = "work_nothing_to_shortlist"

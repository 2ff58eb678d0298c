"""What is refused about points."""

from study.errors import StudyError


class PointsNone(StudyError):
    """Points of nothing."""

    code = "points_none"


class PointsTooMany(StudyError):
    """More than ``most`` at once by hand."""

    code = "points_too_many"


class PointsReasonMissing(StudyError):
    """Points by hand, a reversal, a dispute and a ruling each need a reason in words."""

    code = "points_reason_missing"


class PointsOwn(StudyError):
    """Nobody gives points to, takes points from or rules on a dispute of themselves."""

    code = "points_own"


class EntryUnknown(StudyError):
    """There is no entry ``number`` (that concerns whoever asks)."""

    code = "entry_unknown"


class EntryReversed(StudyError):
    """The entry ``number`` is taken back already."""

    code = "entry_reversed"


class EntryIsReversal(StudyError):
    """The entry ``number`` takes another back; it stands."""

    code = "entry_is_reversal"


class DisputedAlready(StudyError):
    """The person has disputed the entry ``number`` before."""

    code = "disputed_already"


class DisputeSettled(StudyError):
    """Somebody has ruled on it."""

    code = "dispute_settled"


class RanksPrivate(StudyError):
    """The list that was asked for is not open to whoever asks."""

    code = "ranks_private"

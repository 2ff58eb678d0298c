"""What cannot be done with a round."""

from study.errors import StudyError


class ObserverOnly(StudyError):
    """An observer sits in and comments, but neither speaks, votes, evaluates nor rules."""

    code = "round_observer"


class ForObservers(StudyError):
    """Only observers comment from outside."""

    code = "round_for_observers"


class NotInRound(StudyError):
    """Whoever pressed is not asked to this round (or is in another group of it)."""

    code = "round_not_in"


class RoundMovedOn(StudyError):
    """Somebody else was quicker: the card shows something else by now."""

    code = "round_moved_on"


class RoundNotOpen(StudyError):
    """The group does not meet at this moment."""

    code = "round_not_open"


class RoundBegun(StudyError):
    """It has begun (or is over) and can be neither moved nor called off."""

    code = "round_begun"


class RoundInPast(StudyError):
    """The new time is over already."""

    code = "round_in_past"


class RoundTimeUnreadable(StudyError):
    """No day and time can be read from it."""

    code = "round_time_unreadable"


class RoundWordsMissing(StudyError):
    """What was sent has no words."""

    code = "round_words_missing"


class RoundHosted(StudyError):
    """Somebody hosts the group already: ``name``."""

    code = "round_hosted"

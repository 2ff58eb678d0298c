"""Why somebody cannot check in, or a line cannot be corrected."""

from study.errors import StudyError


class CheckinNotOpen(StudyError):
    """It is too early in the day; ``opens`` is the time, ``HH:MM``."""

    code = "checkin_not_open"


class CheckinClosed(StudyError):
    """It is too late in the day; ``closes`` was the time, ``HH:MM``."""

    code = "checkin_closed"


class CheckinNotToday(StudyError):
    """No check-in is held on this day."""

    code = "checkin_not_today"


class CheckinNoGroup(StudyError):
    """Neither the person's unit nor one above it has a group, so no check-in is held there."""

    code = "checkin_no_group"


class CheckinNotNeeded(StudyError):
    """Observers and judges do not check in."""

    code = "checkin_not_needed"


class CheckinNotHeld(StudyError):
    """There was no check-in on ``day`` (``YYYY-MM-DD``) where it was asked for."""

    code = "checkin_not_held"


class CheckinUnbound(StudyError):
    """The group is bound to no unit."""

    code = "checkin_unbound"


class PersonUnknown(StudyError):
    """Nobody in the units that one runs is called ``name`` or has it as a code."""

    code = "person_unknown"


class PersonAmbiguous(StudyError):
    """Several people are called ``name``; ``codes`` tells them apart."""

    code = "person_ambiguous"


class DayAhead(StudyError):
    """A day to come has no register yet."""

    code = "day_ahead"


class NotYetJoined(StudyError):
    """Nobody is absent on a day before they joined."""

    code = "not_yet_joined"

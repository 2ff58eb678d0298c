"""What a roll call refuses."""

from study.errors import StudyError


class RollCallNone(StudyError):
    """No session is on whose roll could be called."""

    code = "rollcall_none"


class RollCallOfRound(StudyError):
    """The meeting of a round: who is there stands on the round's own card."""

    code = "rollcall_of_round"


class RollCallOver(StudyError):
    """It closed at ``closes``."""

    code = "rollcall_over"


class RollCallOthers(StudyError):
    """The session is not meant for this person."""

    code = "rollcall_others"


class RollCallByCode(StudyError):
    """It takes the code that the hall's screen shows, not the button."""

    code = "rollcall_by_code"


class CodeWrong(StudyError):
    """A code that is on show nowhere (any more)."""

    code = "rollcall_code_wrong"


class CodeTooMany(StudyError):
    """Too many wrong ones; the next is heard in ``minutes`` minutes."""

    code = "rollcall_code_too_many"


class CodeNotAsked(StudyError):
    """No roll call that takes a code is open."""

    code = "rollcall_code_not_asked"


class ReasonMissing(StudyError):
    """A reason is asked for, and what was sent has no words."""

    code = "rollcall_reason_missing"


class NotYetOnRoster(StudyError):
    """The person joined the roster after the session."""

    code = "rollcall_not_yet"


class SessionLeaveAsked(StudyError):
    """Leave from this session is asked for already."""

    code = "session_leave_asked"


class SessionLeaveBegun(StudyError):
    """Leave has to be asked for before the session begins."""

    code = "session_leave_begun"


class SessionLeaveDecided(StudyError):
    """Somebody has decided it already."""

    code = "session_leave_decided"


class SessionLeaveOwn(StudyError):
    """Nobody decides on their own leave."""

    code = "session_leave_own"


class MakeUpNotYet(StudyError):
    """The material comes first."""

    code = "makeup_not_yet"


class MakeUpDone(StudyError):
    """It is signed off, or waits for that, or is no longer asked for."""

    code = "makeup_done"


class MakeUpTooLate(StudyError):
    """Its deadline has passed; whoever runs the unit can give more time."""

    code = "makeup_too_late"


class MakeUpOwn(StudyError):
    """Nobody signs their own make-up off."""

    code = "makeup_own"


class RegisterUnitUnknown(StudyError):
    """No unit is called ``name``, or more than one is."""

    code = "register_unit"

"""What cannot be done with ideas."""

from study.errors import StudyError


class IdeaUnknown(StudyError):
    """There is no such idea, or none that this person may see."""

    code = "idea_unknown"


class IdeasClosed(StudyError):
    """No campaign that is for this person is on."""

    code = "ideas_closed"


class IdeaTooShort(StudyError):
    """Fewer than ``least`` characters are no idea."""

    code = "idea_short"


class IdeaOwn(StudyError):
    """Nobody votes or rules on an idea of their own."""

    code = "idea_own"


class VotesUsed(StudyError):
    """All ``most`` votes are given."""

    code = "idea_votes"


class IdeaWaits(StudyError):
    """An idea that is like others waits for its author's decision."""

    code = "idea_waits"

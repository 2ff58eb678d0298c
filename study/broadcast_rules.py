"""The rules of a broadcast: who may decide what about one, what fits into it, what its list of recipients is called."""

import hashlib
from collections.abc import Iterable

from study.content import TEXT_LIMIT, Content, excerpt, fitting, length
from study.errors import StudyError

_NAME = 64
_LINES_OF_OURS = 120
"""Room for what stands around the text besides the heading: blank lines, and a reminder's own line in any language."""


class NotYours(StudyError):
    """Only whoever wrote a broadcast decides about it."""

    code = "broadcast_not_yours"


class AlreadySent(StudyError):
    """It has gone out; a second press sends nothing."""

    code = "broadcast_sent"


class NobodyMeant(StudyError):
    """Nobody who could receive it."""

    code = "broadcast_nobody"


class Nowhere(StudyError):
    """Neither in private nor to groups."""

    code = "broadcast_nowhere"


class OwnBroadcast(StudyError):
    """Whoever wrote it has nothing to acknowledge, in the preview or later."""

    code = "broadcast_own"


class NotMeant(StudyError):
    """Whoever pressed is not among the recipients."""

    code = "broadcast_not_meant"


class AllAcknowledged(StudyError):
    """There is nobody to remind."""

    code = "broadcast_acknowledged"


class AlreadyReminded(StudyError):
    """They were reminded since the button was shown."""

    code = "broadcast_reminded"


class UnderWay(StudyError):
    """It is still being sent."""

    code = "broadcast_under_way"


def heading(sender: str, unit: str) -> str:
    """Who writes, as it stands above every copy."""
    parts = [excerpt(part, _NAME) for part in (unit, sender) if part]
    return f"📢 {' · '.join(parts)}"


def room_for_text(sender: str, unit: str) -> int:
    """The longest text that fits under this heading."""
    return TEXT_LIMIT - length(heading(sender, unit)) - _LINES_OF_OURS


def fitted(content: Content, sender: str, unit: str) -> Content:
    """The content itself, if it fits into one message.

    Raises:
        TooLong: with the ``limit`` and the ``length``.
    """
    fitting(content.text, room_for_text(sender, unit))
    return content


def digest(people: Iterable[int], groups: Iterable[int]) -> str:
    """A name for a list of recipients: the same list, the same name."""
    text = ",".join(str(chat_id) for chat_id in (*sorted(people), *sorted(groups)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]

"""Something that has fallen due."""

from datetime import datetime

from quizzes.engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Due:
    """An alarm as a use case sees it; ``late`` is true if it is past its use and can only be reported as missed.

    Whatever the use case writes while it deals with the alarm completes it in the same transaction.
    """

    kind: str
    key: str
    body: str
    due_at: datetime
    now: datetime
    late: bool

"""What somebody still owes, as the reminders gather it: one message a person and day, whatever it is made of."""

from collections.abc import Callable, Iterable
from datetime import datetime

from quizzes.engine.frozen import dataclass
from storage import Tx
from study.programme.words import Title


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that a person has not done.

    ``kind`` says of what sort it is (``task``, ``work``, ``quota``, ``reading``, ``form``, ``make_up`` …), ``title`` names it in
    the words of the data (of the programme's, in the reader's language), ``due_at`` is when it is due (UTC), if it is; ``payload`` opens it in the private chat
    (``?start=``), if something does. ``weekly``: it is worth a word each week already long before it is due (a year's quota).
    """

    person_id: int
    kind: str
    title: str | Title
    due_at: datetime | None = None
    payload: str = ""
    weekly: bool = False


Owing = Callable[[Tx, datetime], Iterable[Owed]]
"""A capability's own list of what is owed at a moment; only what is worth a reminder on that day."""

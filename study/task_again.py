"""Returned work that is handed in again: whoever returned it hears of it, of all of a quarter of an hour in one message."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from storage import Rank, Tx
from storage.tasks import SubmissionEvent, TaskRow
from study.due import Due
from study.submission import Accepted, HandedIn, Returned
from study.task_book import head_of, task_of
from study.task_templates import State
from study.task_views import HandedInAgain

ALARM = "task.again"
GATHERED_FOR = timedelta(minutes=15)
_KEPT = (HandedIn.__name__, Returned.__name__, Accepted.__name__)


def gather(tx: Tx, task: TaskRow, submission_id: int, now: datetime) -> None:
    """Something was handed in; if it had been returned, tell of it at the end of the quarter of an hour."""
    if any(at == now for at, _ in _again(tx.tasks.events(submission_id))):
        number = int(now.timestamp() // GATHERED_FOR.total_seconds()) + 1
        ends_at = datetime.fromtimestamp(number * GATHERED_FOR.total_seconds(), UTC)
        tx.alarms.set(ALARM, f"{task.id}:{number}", ends_at)


def tell(tx: Tx, due: Due, zone: ZoneInfo) -> None:
    """One message to each reviewer with the names of those whose work waits for them again."""
    task = task_of(tx, int(due.key.partition(":")[0]))
    names: dict[int, list[str]] = {}
    for row in tx.tasks.submissions(task.id):
        if row.version > 1 and row.state == State.HANDED_IN:
            times = _again(tx.tasks.events(row.id))
            reviewers = [by for at, by in times if due.due_at - GATHERED_FOR <= at < due.due_at]
            if reviewers:
                names.setdefault(reviewers[-1], []).append(row.name)
    for reviewer, people in names.items():
        view = HandedInAgain(head=head_of(task, due.now, zone), names=tuple(people))
        tx.outbox.say(reviewer, view, now=due.now, rank=Rank.PUSH)


def _again(events: Sequence[SubmissionEvent]) -> list[tuple[datetime, int]]:
    """When the work was handed in after it had been returned, and who had returned it."""
    kept = [event for event in events if event.kind in _KEPT]
    return [
        (later.at, earlier.author)
        for earlier, later in pairwise(kept)
        if earlier.kind == Returned.__name__ and later.kind == HandedIn.__name__
    ]

"""The services of the tasks, together."""

from quizzes.engine.frozen import dataclass
from storage import Database
from study.assigning import Assigning
from study.task_clock import TaskClock
from study.task_records import TaskRecords
from study.task_reviews import Reviews
from study.task_writing import Writing
from study.tasks import Tasks, TaskSettings


@dataclass(frozen=True, slots=True)
class TaskServices:
    """A member's side, the writing, an organiser's side, giving assignments, what falls due, the records."""

    members: Tasks
    writing: Writing
    reviews: Reviews
    assigning: Assigning
    clock: TaskClock
    records: TaskRecords


def open_tasks(database: Database, settings: TaskSettings) -> TaskServices:
    """Build them for a programme."""
    return TaskServices(
        members=Tasks(database, settings),
        writing=Writing(database, settings.zone),
        reviews=Reviews(database, settings.admins, settings.zone),
        assigning=Assigning(database, settings),
        clock=TaskClock(database, settings),
        records=TaskRecords(database, settings.zone),
    )

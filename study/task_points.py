"""What a submission for a task means for the ledger: handed in, accepted, commended."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Tx
from storage.tasks import SubmissionRow, TaskRow
from study.ledger import Happening, credit
from study.submission import Submission
from study.task_templates import TEMPLATES, State


def credit_submission(
    tx: Tx,
    task: TaskRow,
    row: SubmissionRow,
    work: Submission,
    *,
    now: datetime,
    zone: ZoneInfo,
    author_id: int | None = None,
) -> None:
    """Let the ledger say what a submission amounts to as it is now.

    Each of the three is evidence of its own: a commended reflection earns what an accepted one does, and more.
    """
    about = {
        "kind": TEMPLATES[task.template].kind,
        "template": task.template,
        "late": "yes" if work.late else "no",
    }
    facts = {
        "task.handed_in": (f"submission_handed_in:{row.id}", work.version > 0),
        "task.accepted": (f"submission:{row.id}", work.state is State.ACCEPTED),
        "task.commended": (f"submission_commended:{row.id}", work.commended),
    }
    for name, (evidence, holds) in facts.items():
        what = Happening(name, about) if holds else None
        day = now.astimezone(zone).date()
        credit(tx, row.person_id, evidence, what, day=day, now=now, author_id=author_id)

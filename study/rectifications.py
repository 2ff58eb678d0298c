"""What has to be put right (整改): a task for whoever runs a unit, with a reason and a deadline, reviewed from above.

Accepted is closed; returned is done again; what was closed can be reopened. All of that is what tasks do
(``study.task_templates.RECTIFICATION``); here a task is given, once for each cause.
"""

from collections.abc import Mapping
from datetime import datetime

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.evaluations import SubjectRow
from storage.people import Person, Role
from study.audience import Audience
from study.errors import StudyError
from study.task_clock import hand_out
from study.task_templates import RECTIFICATION, State
from study.tasks import TaskSettings

RANK = "rank"
"""The cause of a rectification that a low rank calls for; any other names what somebody wrote (``said:`` and its id)."""


class NobodyResponsible(StudyError):
    """Neither the unit nor any above it has an organiser who has joined; ``unit`` is its name."""

    code = "nobody_responsible"


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked for, in words: a title and the reason, in the programme's language."""

    title: str
    reason: str


def responsible(tx: Tx, unit_id: int) -> tuple[Person, ...]:
    """The organisers who have joined, of the unit or of the nearest above it that has any."""
    everybody = [one for one in tx.people.everybody() if one.user_id is not None and one.role is Role.ORGANISER]
    unit = tx.people.unit(unit_id)
    while unit is not None:
        if found := tuple(one for one in everybody if one.unit_id == unit.id):
            return found
        unit = None if unit.parent_id is None else tx.people.unit(unit.parent_id)
    return ()


def demand(
    tx: Tx,
    evaluation_id: int,
    subject: SubjectRow,
    cause: str,
    what: Demand,
    *,
    by: int,
    given_by: int | None,
    due_at: datetime,
    me: str,
    now: datetime,
    settings: TaskSettings,
) -> bool:
    """Let a unit put something right; false if that was asked of it before. ``given_by`` is the unit that asks.

    Raises:
        NobodyResponsible: nobody could be asked.
    """
    assert subject.unit_id is not None
    number = tx.evaluations.add_rectification(evaluation_id, subject.id, cause, by=by)
    if number is None:
        return False
    people = responsible(tx, subject.unit_id)
    if not people:
        raise NobodyResponsible(unit=subject.title)
    audience = Audience(units=(people[0].unit_id,), with_below=False, roles=(Role.ORGANISER,))
    task_id = tx.tasks.add(
        template=RECTIFICATION.name,
        key=f"rectification:{number}",
        title=what.title,
        text=what.reason,
        files="[]",
        least=RECTIFICATION.least,
        unit_id=given_by,
        audience=audience.model_dump_json(),
        created_by=by,
        now=now,
        due_at=due_at,
    )
    assert task_id is not None
    tx.evaluations.set_task(number, task_id)
    task = tx.tasks.get(task_id)
    assert task is not None
    hand_out(tx, task, people, (), me=me, now=now, settings=settings)
    return True


def states(tx: Tx, evaluation_id: int) -> Mapping[tuple[int, str], str]:
    """How far everything is that has to be put right after an evaluation, by subject and cause."""
    found = {}
    for one in tx.evaluations.rectifications(evaluation_id):
        heads = () if one.task_id is None else tx.tasks.heads(one.task_id)
        reached = {head.state for head in heads}
        # One answer is the unit's, whoever of its organisers gives it.
        order = (State.ACCEPTED, State.HANDED_IN, State.RETURNED)
        state = next((state for state in order if state.value in reached), State.DRAFT)
        found[(one.subject_id, one.cause)] = state.value
    return found

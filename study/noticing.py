"""Supervision notices (督导通报): to whoever answers for a unit, with a deadline for the reply, settled from above."""

from collections.abc import Mapping
from datetime import datetime

from storage import Tx
from storage.people import Person, Role
from study.access import Access
from study.assign_plan import Planned
from study.audience import Audience
from study.deadlines import DeadlinePast
from study.errors import StudyError
from study.rectifications import NobodyResponsible, responsible
from study.task_book import task_of
from study.task_clock import hand_out
from study.task_templates import NOTICE
from study.tasks import TaskSettings


class UnitsWanted(StudyError):
    """A notice says which units it is about."""

    code = "notice_units"


def answerers(tx: Tx, planned: Planned) -> Mapping[int, tuple[Person, ...]]:
    """Who would have to reply, by the id of each chosen unit; nobody for a unit that has no organiser above it either."""
    return {unit_id: responsible(tx, unit_id) for unit_id in planned.audience.units}


def give_notices(
    tx: Tx, access: Access, planned: Planned, *, me: str, now: datetime, settings: TaskSettings
) -> tuple[int, int, int]:
    """Give each unit a notice of its own, so that each has to reply.

    Returns the first one's number, how many people were asked, and how many groups have a card.

    Raises:
        DeadlinePast: the deadline has passed while the preview stood there.
        UnitsWanted: no unit is chosen.
        NotAllowed: they do not run one of them.
        NobodyResponsible: nobody could reply for one of them; no notice goes out.
    """
    if planned.due_at is None or planned.due_at <= now:
        raise DeadlinePast()
    asked = answerers(tx, planned)
    if not asked:
        raise UnitsWanted()
    numbers, chats = [], 0
    for unit_id, people in asked.items():
        access.must_run(tx, unit_id)
        if not people:
            unit = tx.people.unit(unit_id)
            raise NobodyResponsible(unit="" if unit is None else unit.name)
        task_id = tx.tasks.add(
            template=NOTICE.name,
            key=f"notice:{access.user_id}:{planned.key}:{unit_id}",
            title=planned.title,
            text=planned.text,
            files=planned.files_json(),
            least=NOTICE.least,
            unit_id=None if access.is_admin or access.person is None else access.person.unit_id,
            audience=Audience(units=(unit_id,), with_below=False, roles=(Role.ORGANISER,)).model_dump_json(),
            created_by=access.user_id,
            now=now,
            due_at=planned.due_at,
        )
        if task_id is None:
            continue
        groups = tuple((group.chat_id, unit_id) for group in tx.places.groups() if group.unit_id == unit_id)
        hand_out(tx, task_of(tx, task_id), people, groups, me=me, now=now, settings=settings)
        numbers.append(task_id)
        chats += len(groups)
    return min(numbers, default=0), len({person.id for people in asked.values() for person in people}), chats

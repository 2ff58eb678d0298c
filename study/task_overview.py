"""How far people are with a task, and who is to be reminded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from storage import Rank, Tx
from storage.tasks import Count, TaskRow
from study.access import Access
from study.task_book import head_of, is_missing, tally, template_of
from study.task_templates import State
from study.task_views import Detail, Missing, Reminder

_OPEN_FOR = timedelta(days=30)
"""How long after its deadline a task is offered among those that are still open."""


def may_close(tx: Tx, access: Access, task: TaskRow) -> bool:
    """Whether somebody may close a task: who gave it, or who runs the unit that did."""
    if access.is_admin or (task.created_by is not None and task.created_by == access.user_id):
        return True
    return task.unit_id is not None and task.unit_id in access.units(tx)


def open_tasks(tx: Tx, access: Access, now: datetime) -> list[TaskRow]:
    """The tasks that somebody's people are asked for and can still hand in, the newest first."""
    units = access.units(tx)
    found = []
    for task in tx.tasks.recent(now - _OPEN_FOR):
        template = template_of(task)
        if template.by_choice or (task.closes_at is not None and now > task.closes_at):
            continue
        if tally(tx.tasks.counts(task.id), units, template).asked:
            found.append(task)
    return found


def detail(tx: Tx, task: TaskRow, access: Access, now: datetime, zone: ZoneInfo, *, summary: bool = False) -> Detail:
    """How far the people are whom somebody runs, unit by unit."""
    units, template = access.units(tx), template_of(task)
    counts: Sequence[Count] = tx.tasks.counts(task.id)
    done = tally(counts, units, template)
    heads = [
        head
        for head in tx.tasks.heads(task.id)
        if head.unit_id in units and (head.version > 0 or is_missing(head, template))
    ]
    lines = []
    for (_, name), members in groupby(heads, key=lambda head: (head.unit_path, head.unit)):
        people = tuple(members)
        missing = tuple(head.name for head in people if is_missing(head, template))
        lines.append(Missing(unit=name, asked=len(people), handed_in=len(people) - len(missing), names=missing))
    return Detail(
        head=head_of(task, now, zone),
        asked=done.asked,
        received=done.received,
        handed_in=done.handed_in,
        late=done.late,
        waiting=done.waiting,
        accepted=done.accepted,
        units=tuple(lines),
        may_close=may_close(tx, access, task),
        summary=summary,
    )


def remind(tx: Tx, task: TaskRow, units: frozenset[int], *, now: datetime, zone: ZoneInfo) -> int:
    """Remind those in the units who owe something, each at most once a day, nobody on leave; returns how many."""
    if task.closes_at is not None and now > task.closes_at:
        return 0
    today, template, head = now.astimezone(zone).date(), template_of(task), head_of(task, now, zone)
    on_leave, count = {leave.person_id for leave in tx.leaves.approved_on(today)}, 0
    for one in tx.tasks.heads(task.id):
        owes = is_missing(one, template) or (one.state == State.RETURNED and one.left_at is None)
        if not owes or one.unit_id not in units or one.person_id in on_leave or one.user_id is None:
            continue
        if one.reminded_on != today and not tx.reminders.was(one.person_id, today):
            tx.tasks.reminded(one.id, today)
            tx.outbox.say(one.user_id, Reminder(head=head, state=one.state), now=now, rank=Rank.PUSH)
            count += 1
    return count

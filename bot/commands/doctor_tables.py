"""The doctor's look into the tables: what waits too long, what has come to a stop, what does not fit together."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.commands.doctor_findings import Finding, Subject, TableCheck, hint, wrong
from quizzes.engine.errors import ContestError
from quizzes.engine.wake import wake_at
from quizzes.errors import QuizError
from quizzes.live import events_of, load
from quizzes.records import replayed
from storage import Tx
from storage.contests import ContestState
from storage.doctor import Examination
from storage.outbox import State
from study.programme import programme_in_force
from study.programme.works import WorkKind
from study.task_templates import TEMPLATES

_SOON: Final = timedelta(minutes=10)
"""What is due is dealt with at once; a busy bot, or one that has just started, is given so long."""
_DELIVERY: Final = timedelta(hours=2)
"""A broadcast to 10,000 people takes six minutes; a long 429 may take an hour."""
_STANDSTILL: Final = timedelta(minutes=30)
_FORGOTTEN: Final = timedelta(days=1)
_LATELY: Final = timedelta(days=7)
_REPLAYED: Final = 20
_BROKEN: Final = (ContestError, QuizError, ValueError, LookupError, TypeError)
"""What a log that was tampered with, or written by another version, makes of its replay."""


def integrity(subject: Subject, tx: Tx) -> Iterator[Finding]:
    """The file as SQLite sees it."""
    for finding in Examination.of(tx).integrity():
        yield wrong("backup_damaged" if subject.is_copy else "damaged", reason=finding)


def orphans(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Rows that name what is not there."""
    for found in Examination.of(tx).orphans():
        yield wrong("orphans", count=found.rows, table=found.child, other=found.parent)


def ledger(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Sums that are not what the entries come to."""
    unequal = tx.ledger.unequal()
    if unequal:
        yield wrong("ledger_unequal", count=len(unequal), first=unequal[0])


def updates_waiting(subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Updates that were stored and not dealt with."""
    found = Examination.of(tx).updates_waiting(subject.as_of - _SOON)
    if found.rows:
        yield wrong("updates_waiting", count=found.rows, at=found.oldest)


def updates_failed(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Updates that came to nothing."""
    found = Examination.of(tx).updates_failed()
    if found.rows:
        yield hint("updates_failed", count=found.rows, at=found.oldest)


def deliveries(subject: Subject, tx: Tx) -> Iterator[Finding]:
    """What should have been sent long ago, or has been on its way too long."""
    room = Examination.of(tx)
    pending = room.deliveries(State.PENDING, subject.as_of - _DELIVERY)
    if pending.rows:
        yield wrong("deliveries_waiting", count=pending.rows, at=pending.oldest)
    sending = room.deliveries(State.SENDING, subject.as_of - _DELIVERY)
    if sending.rows:
        yield wrong("deliveries_stuck", count=sending.rows, at=sending.oldest)
    doubtful = room.doubtful(subject.as_of - _LATELY)
    if doubtful.rows:
        yield hint("deliveries_doubtful", count=doubtful.rows, at=doubtful.oldest)


def alarms(subject: Subject, tx: Tx) -> Iterator[Finding]:
    """What should have happened and did not."""
    found = Examination.of(tx).overdue(subject.as_of - _SOON)
    if found.rows:
        yield wrong("alarms_overdue", count=found.rows, at=found.oldest)


def contests_stuck(subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Contests in which nothing happens and nothing will."""
    room = Examination.of(tx)
    for row in tx.contests.live():
        last = room.last_event(row.id) or row.opened_at
        quiet = subject.as_of - last
        if row.state is not ContestState.RUNNING:
            if quiet > _FORGOTTEN:
                yield hint("contest_forgotten", id=row.id, at=last)
            continue
        try:
            due = wake_at(load(tx, row).contest)
        except _BROKEN:
            continue  # told by contests_replayed
        if quiet > _STANDSTILL and (due is None or due < subject.as_of - _SOON):
            yield wrong("contest_stuck", id=row.id, at=last)


def contests_replayed(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """The last contests and those that go on, replayed: ``studyhall audit`` for many."""
    live = [row.id for row in tx.contests.live()]
    for contest_id in (*live, *Examination.of(tx).contests_ended(_REPLAYED)):
        try:
            replayed(contest_id, events_of(tx, contest_id))
        except _BROKEN as error:
            yield wrong("contest_broken", id=contest_id, reason=str(error))


def works(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Works that the programme does not list any more, or at a stage that their own plan does not have."""
    known = programme_in_force(tx).works
    for found in Examination.of(tx).works_under_way():
        if known.kind(found.kind) is None:
            yield hint("work_unknown", kind=found.kind, count=found.rows)
        stages = len(WorkKind.model_validate_json(found.plan).stages)
        if found.stage >= stages:
            yield wrong("work_stage_unknown", kind=found.kind, stage=found.stage + 1, stages=stages)


def tasks(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Tasks of a template that the program does not know."""
    for found in Examination.of(tx).task_templates():
        if found.kind not in TEMPLATES:
            yield wrong("task_unknown", kind=found.kind, count=found.rows)


def people(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """One person twice, perhaps; one code twice, surely."""
    room = Examination.of(tx)
    for found in room.same_names():
        yield hint("person_twice", name=found.name, unit=found.unit, count=found.rows)
    for same in room.same_codes():
        yield wrong("code_twice", code=same.kind, count=same.rows)


def groups(_subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Groups that no unit's news reach."""
    room = Examination.of(tx)
    for group in room.groups_unbound():
        yield hint("group_unbound", title=group.title or str(group.chat_id))
    for group in room.groups_astray():
        yield wrong("group_astray", title=group.title or str(group.chat_id))


def admins(subject: Subject, tx: Tx) -> Iterator[Finding]:
    """Admins of the configuration who never wrote to the bot: it cannot write to them first."""
    for user_id in subject.config.programme.admins:
        if tx.places.user(user_id) is None:
            yield hint("admin_unknown", id=user_id)


TABLE_CHECKS: tuple[TableCheck, ...] = (
    orphans,
    ledger,
    updates_waiting,
    updates_failed,
    deliveries,
    alarms,
    contests_stuck,
    contests_replayed,
    works,
    tasks,
    people,
    groups,
    admins,
)

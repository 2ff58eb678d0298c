"""What is odd in a database: questions that no use case asks."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage.operations import Backlog
from storage.outbox import State
from storage.rows import Row, from_ms
from storage.transaction import Tx, queries


class Orphans(Row):
    """How many rows of a table name a row of another that is not there."""

    child: str
    parent: str
    rows: int


class Counted(Row):
    """How many rows are of a kind."""

    kind: str
    rows: int


class WorksUnderWay(Row):
    """How many works go by a plan (the kind of work as JSON), and the last stage that one of them has reached."""

    kind: str
    plan: str
    stage: int
    rows: int


class Namesakes(Row):
    """How many people of a unit have the same name."""

    name: str
    unit: str
    rows: int


class GroupName(Row):
    """A group."""

    chat_id: int
    title: str


class Examination:
    """Not one of the rooms that every transaction brings along: it is asked for by ``studyhall doctor``."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    @classmethod
    def of(cls, tx: Tx) -> "Examination":
        """The room, in a transaction."""
        return cls(tx.connection, queries())

    def integrity(self) -> Sequence[str]:
        """What SQLite finds wrong with the file itself; nothing, if all is well."""
        findings = [row["finding"] for row in list(self._sql.doctor_integrity(self._connection))]
        return [] if findings == ["ok"] else findings

    def orphans(self) -> Sequence[Orphans]:
        """Rows that name what is not there."""
        return Orphans.all(self._sql.doctor_foreign_keys(self._connection))

    def last_sign(self) -> datetime | None:
        """When the bot last did something; None: never."""
        at = self._sql.doctor_last_sign(self._connection)
        return None if at is None else from_ms(at)

    def updates_waiting(self, before: datetime) -> Backlog:
        """Updates that came before a moment and wait."""
        return Backlog.of(self._sql.doctor_inbox_waiting(self._connection, before=before))

    def updates_failed(self) -> Backlog:
        """Updates that could not be dealt with."""
        return Backlog.of(self._sql.doctor_inbox_failed(self._connection))

    def deliveries(self, state: State, before: datetime) -> Backlog:
        """What was to be delivered before a moment and is in a state."""
        return Backlog.of(self._sql.doctor_outbox_open(self._connection, state=state.value, before=before))

    def doubtful(self, since: datetime) -> Backlog:
        """What was sent since a moment and may or may not have arrived."""
        return Backlog.of(self._sql.doctor_outbox_unknown(self._connection, since=since))

    def overdue(self, before: datetime) -> Backlog:
        """What should have happened before a moment."""
        return Backlog.of(self._sql.doctor_alarms_overdue(self._connection, before=before))

    def last_event(self, contest_id: int) -> datetime | None:
        """When something last happened in a contest."""
        at = self._sql.doctor_last_event(self._connection, contest_id=contest_id)
        return None if at is None else from_ms(at)

    def contests_ended(self, most: int) -> Sequence[int]:
        """The contests that ended last, the newest first."""
        return [row["id"] for row in list(self._sql.doctor_contests_ended(self._connection, most=most))]

    def works_under_way(self) -> Sequence[WorksUnderWay]:
        """The plans by which works go that are not at their end."""
        return WorksUnderWay.all(self._sql.doctor_work_kinds(self._connection))

    def task_templates(self) -> Sequence[Counted]:
        """The templates that tasks are of."""
        return Counted.all(self._sql.doctor_task_templates(self._connection))

    def same_names(self) -> Sequence[Namesakes]:
        """People of one name in one unit."""
        return Namesakes.all(self._sql.doctor_same_names(self._connection))

    def same_codes(self) -> Sequence[Counted]:
        """Codes that differ in nothing but capital letters."""
        return Counted.all(self._sql.doctor_same_codes(self._connection))

    def groups_unbound(self) -> Sequence[GroupName]:
        """Groups that belong to no unit."""
        return GroupName.all(self._sql.doctor_groups_unbound(self._connection))

    def groups_astray(self) -> Sequence[GroupName]:
        """Groups that belong to a unit which is not there."""
        return GroupName.all(self._sql.doctor_groups_astray(self._connection))

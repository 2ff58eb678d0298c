"""Works that move through stages, who takes part in them, what happened to them, and what counts towards quotas."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Json

from storage.rows import Instant, Row


class WorkRow(Row):
    """A work as lists need it. ``unit`` is the one that it was begun in; ``score`` is a mean in hundredths.

    ``opined`` are the Telegram ids of those who have given their opinion at the present stage.
    """

    id: int
    key: str | None
    kind: str
    plan: str
    period: str
    unit_id: int
    unit: str
    unit_path: str
    author_id: int
    author: str
    title: str
    phase: str
    stage: int
    opined: Json[tuple[int, ...]]
    version: int
    returned: bool
    rating: str
    score: int | None
    due_at: Instant | None
    begun_at: Instant
    changed_at: Instant
    accepted_on: date | None
    shortlisted: bool
    consent: str
    published_at: Instant | None


class WorkEvent(Row):
    """Something that happened to a work; ``author`` is a Telegram user's id (0: the bot itself), ``name`` as it was then."""

    id: int
    work_id: int
    number: int
    at: Instant
    author: int
    name: str
    kind: str
    body: str


class WorkMember(Row):
    """Somebody who takes part in a work."""

    person_id: int
    name: str
    unit_id: int
    unit: str
    user_id: int | None


class WorkReport(Row):
    """How far a plan had come on a day."""

    id: int
    work_id: int
    day: date
    value: str
    reported_by: int
    reported_at: Instant


class WorkRoom:
    """Works."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        key: str | None,
        kind: str,
        plan: str,
        period: str,
        unit_id: int,
        author_id: int,
        due_at: datetime | None,
        now: datetime,
    ) -> int | None:
        """Begin a work; returns its id, or ``None`` if there is one with this ``key`` already."""
        work_id: int | None = self._sql.work_add(
            self._connection,
            key=key,
            kind=kind,
            plan=plan,
            period=period,
            unit_id=unit_id,
            author_id=author_id,
            due_at=due_at,
            begun_at=now,
        )
        return work_id

    def get(self, work_id: int) -> WorkRow | None:
        """A work by its id."""
        return WorkRow.maybe(self._sql.work_get(self._connection, id=work_id))

    def by_key(self, key: str) -> WorkRow | None:
        """The one work with a key."""
        return WorkRow.maybe(self._sql.work_by_key(self._connection, key=key))

    def all(self) -> Sequence[WorkRow]:
        """Every work, the oldest first."""
        return WorkRow.all(self._sql.works_all(self._connection))

    def in_phase(self, phase: str) -> Sequence[WorkRow]:
        """The works in a phase, the longest waiting first."""
        return WorkRow.all(self._sql.works_in_phase(self._connection, phase=phase))

    def of_person(self, person_id: int) -> Sequence[WorkRow]:
        """What a person leads or takes part in, the newest first."""
        return WorkRow.all(self._sql.works_of_person(self._connection, person_id=person_id))

    def of_kind(self, kind: str, period: str) -> Sequence[WorkRow]:
        """The works of a kind that belong to a period, the oldest first."""
        return WorkRow.all(self._sql.works_of_kind(self._connection, kind=kind, period=period))

    def periods(self, kind: str) -> Sequence[str]:
        """The periods that works of a kind belong to, the newest first."""
        return tuple(row["period"] for row in list(self._sql.work_periods(self._connection, kind=kind)))

    def put(
        self,
        work_id: int,
        *,
        title: str,
        phase: str,
        stage: int,
        opined: str,
        version: int,
        returned: bool,
        rating: str,
        score: int | None,
        due_at: datetime | None,
        changed_at: datetime,
        accepted_on: date | None,
        shortlisted: bool,
        consent: str,
    ) -> None:
        """Store what lists need of a work as it is now."""
        self._sql.work_put(
            self._connection,
            id=work_id,
            title=title,
            phase=phase,
            stage=stage,
            opined=opined,
            version=version,
            returned=returned,
            rating=rating,
            score=score,
            due_at=due_at,
            changed_at=changed_at,
            accepted_on=accepted_on,
            shortlisted=shortlisted,
            consent=consent,
        )

    def unlock(self, work_id: int) -> None:
        """Let another work have the key of one that came to nothing."""
        self._sql.work_unlock(self._connection, id=work_id)

    def published(self, work_id: int, *, now: datetime) -> None:
        """Note that a work went to the group."""
        self._sql.work_published(self._connection, id=work_id, published_at=now)

    def note(self, work_id: int, number: int, kind: str, body: str, *, author: int, name: str, now: datetime) -> None:
        """Keep what happened to a work; ``number`` counts its events from 0."""
        self._sql.work_event_add(
            self._connection, work_id=work_id, number=number, at=now, author=author, name=name, kind=kind, body=body
        )

    def events(self, work_id: int) -> Sequence[WorkEvent]:
        """Everything that happened to a work, in order."""
        return WorkEvent.all(self._sql.work_events_all(self._connection, work_id=work_id))

    def join(self, work_id: int, person_id: int) -> bool:
        """Let somebody take part; says whether they did not before."""
        return bool(self._sql.work_member_add(self._connection, work_id=work_id, person_id=person_id))

    def drop(self, work_id: int, person_id: int) -> bool:
        """Let somebody take part no longer; says whether they did."""
        return bool(self._sql.work_member_drop(self._connection, work_id=work_id, person_id=person_id))

    def members(self, work_id: int) -> Sequence[WorkMember]:
        """Who takes part besides the author, by unit and name."""
        return WorkMember.all(self._sql.work_members_all(self._connection, work_id=work_id))

    def report(self, work_id: int, day: date, value: str, *, by: int, now: datetime) -> None:
        """Keep how far a plan has come on a day."""
        self._sql.work_report_add(
            self._connection, work_id=work_id, day=day, value=value, reported_by=by, reported_at=now
        )

    def reports(self, work_id: int) -> Sequence[WorkReport]:
        """Every report of a plan, by day."""
        return WorkReport.all(self._sql.work_reports_all(self._connection, work_id=work_id))

    def accepted(self, person_id: int, kind: str, first: date, last: date) -> int:
        """How many works of a kind were accepted of a person from ``first`` to ``last``."""
        return self._count(self._sql.quota_works, person_id=person_id, kind=kind, first=first, last=last)

    def tasks(self, person_id: int, templates: tuple[str, str], since: datetime, until: datetime) -> int:
        """How many tasks (of these templates) that were due within some time were accepted of a person."""
        first, second = templates
        return self._count(
            self._sql.quota_tasks,
            person_id=person_id,
            first_template=first,
            second_template=second,
            since=since,
            until=until,
        )

    def attended(self, person_id: int, series: str, since: datetime, until: datetime) -> int:
        """How many held sessions (of a series; ``""``: any) a person attended within some time."""
        return self._count(self._sql.quota_attended, person_id=person_id, series=series, since=since, until=until)

    def lectured(self, name: str, series: str, since: datetime, until: datetime) -> int:
        """How many held sessions (of a series; ``""``: any) within some time name a lecturer."""
        return self._count(self._sql.quota_lectured, name=name, series=series, since=since, until=until)

    def spoke(self, person_id: int, series: str, since: datetime, until: datetime) -> int:
        """In how many held sessions (of a series; ``""``: any) a person spoke within some time."""
        return self._count(self._sql.quota_spoke, person_id=person_id, series=series, since=since, until=until)

    def _count(self, query: Any, **params: object) -> int:
        return int(query(self._connection, **params)["n"])

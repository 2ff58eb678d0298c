"""Tasks with a deadline, what is handed in for them, and everything that happened to it."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Json

from storage.order import as_people_count
from storage.rows import Instant, Row


class TaskFile(Row):
    """A photo or file by Telegram's id of it; ``piece`` is ``photo`` or ``file``."""

    piece: str
    file_id: str
    name: str = ""


class TaskRow(Row):
    """A task. ``unit_id`` is the unit that gave it (none: the whole programme), ``audience`` who was meant, as JSON."""

    id: int
    template: str
    key: str | None
    title: str
    text: str
    files: Json[tuple[TaskFile, ...]]
    least: int
    unit_id: int | None
    audience: str
    created_by: int | None
    created_at: Instant
    due_at: Instant
    closes_at: Instant | None


class SubmissionHead(Row):
    """As much of a submission as counting takes."""

    id: int
    task_id: int
    person_id: int
    name: str
    unit_id: int
    unit: str
    unit_path: str
    user_id: int | None
    left_at: Instant | None
    state: str
    received: bool
    version: int
    late: bool
    reminded_on: date | None


class SubmissionRow(SubmissionHead):
    """One person's work. ``text`` and ``files`` are the last version handed in; ``card`` numbers the draft's cards."""

    draft: str
    draft_files: Json[tuple[TaskFile, ...]]
    text: str
    files: Json[tuple[TaskFile, ...]]
    handed_in_at: Instant | None
    reviewer: str | None
    reviewed_at: Instant | None
    reason: str
    commended: bool
    consent: str
    published_at: Instant | None
    card: int
    album: str


class Count(Row):
    """How many of a unit are in one state."""

    unit_id: int
    state: str
    received: bool
    handed: bool
    late: bool
    people: int


class SubmissionEvent(Row):
    """Something that happened to a submission; ``author`` is a Telegram user's id."""

    id: int
    submission_id: int
    at: Instant
    author: int
    kind: str
    body: str


class TaskCard(Row):
    """A group that has a card of a task; ``moved``: the card stayed behind when the group became a supergroup."""

    chat_id: int
    moved: bool


class Tasks:
    """Tasks and submissions."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        template: str,
        key: str | None,
        title: str,
        text: str,
        files: str,
        least: int,
        unit_id: int | None,
        audience: str,
        created_by: int | None,
        now: datetime,
        due_at: datetime,
    ) -> int | None:
        """Give a task; returns its id, or ``None`` if there is one with this ``key`` already."""
        task_id: int | None = self._sql.task_add(
            self._connection,
            template=template,
            key=key,
            title=title,
            text=text,
            files=files,
            least=least,
            unit_id=unit_id,
            audience=audience,
            created_by=created_by,
            created_at=now,
            due_at=due_at,
        )
        return task_id

    def get(self, task_id: int) -> TaskRow | None:
        """A task by its id."""
        return TaskRow.maybe(self._sql.task_get(self._connection, id=task_id))

    def by_key(self, key: str) -> TaskRow | None:
        """The one task with a key."""
        return TaskRow.maybe(self._sql.task_by_key(self._connection, key=key))

    def recent(self, since: datetime) -> Sequence[TaskRow]:
        """The tasks whose deadline is not before ``since``, the newest first."""
        return TaskRow.all(self._sql.tasks_recent(self._connection, since=since))

    def all(self) -> Sequence[TaskRow]:
        """Every task, the oldest first."""
        return TaskRow.all(self._sql.tasks_all(self._connection))

    def close(self, task_id: int, *, by: int, now: datetime) -> None:
        """Nothing new is taken from now on."""
        self._sql.task_close(self._connection, id=task_id, closes_at=now, closed_by=by)

    def add_card(self, task_id: int, chat_id: int) -> None:
        """Note that a group has a (new) card of a task."""
        self._sql.task_card_add(self._connection, task_id=task_id, chat_id=chat_id)

    def cards(self, task_id: int) -> Sequence[TaskCard]:
        """The groups that have a card of a task."""
        return TaskCard.all(self._sql.task_cards_all(self._connection, task_id=task_id))

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup, where its cards have to be sent anew."""
        self._sql.task_cards_move(self._connection, old=old, new=new)

    def ask(self, task_id: int, person_id: int) -> bool:
        """Ask a person for their work; says whether they were not asked before."""
        return bool(self._sql.submission_add(self._connection, task_id=task_id, person_id=person_id))

    def submission(self, submission_id: int) -> SubmissionRow | None:
        """One person's work by its id."""
        return SubmissionRow.maybe(self._sql.submission_get(self._connection, id=submission_id))

    def submission_of(self, task_id: int, person_id: int) -> SubmissionRow | None:
        """One person's work for a task."""
        return SubmissionRow.maybe(self._sql.submission_of(self._connection, task_id=task_id, person_id=person_id))

    def submissions(self, task_id: int) -> Sequence[SubmissionRow]:
        """Everybody's work for a task, by unit and name."""
        return SubmissionRow.all(self._sql.submissions_of_task(self._connection, task_id=task_id))

    def heads(self, task_id: int) -> Sequence[SubmissionHead]:
        """Everybody's state in a task, by unit and name, without the texts."""
        heads = SubmissionHead.all(self._sql.submission_heads(self._connection, task_id=task_id))
        return sorted(heads, key=lambda head: as_people_count(head.unit_path))

    def counts(self, task_id: int) -> Sequence[Count]:
        """How many are how far in a task, unit by unit (each unit alone, without those below it)."""
        return Count.all(self._sql.submission_counts(self._connection, task_id=task_id))

    def of_person(self, person_id: int, since: datetime) -> Sequence[SubmissionRow]:
        """A person's work for tasks whose deadline is not before ``since``, the next deadline first."""
        return SubmissionRow.all(self._sql.submissions_of_person(self._connection, person_id=person_id, since=since))

    def put(
        self,
        submission_id: int,
        *,
        state: str,
        received: bool,
        draft: str,
        draft_files: str,
        text: str,
        files: str,
        version: int,
        handed_in_at: datetime | None,
        late: bool,
        reason: str,
        commended: bool,
        consent: str,
    ) -> None:
        """Store a submission as it is now."""
        self._sql.submission_put(
            self._connection,
            id=submission_id,
            state=state,
            received=received,
            draft=draft,
            draft_files=draft_files,
            text=text,
            files=files,
            version=version,
            handed_in_at=handed_in_at,
            late=late,
            reason=reason,
            commended=commended,
            consent=consent,
        )

    def reviewed(self, submission_id: int, reviewer: str, *, now: datetime) -> None:
        """Note by name who ruled last."""
        self._sql.submission_reviewed(self._connection, id=submission_id, reviewer=reviewer, reviewed_at=now)

    def published(self, submission_id: int, *, now: datetime) -> None:
        """Note that a submission went to the group."""
        self._sql.submission_published(self._connection, id=submission_id, published_at=now)

    def reminded(self, submission_id: int, day: date) -> None:
        """Note the day of a reminder."""
        self._sql.submission_reminded(self._connection, id=submission_id, reminded_on=day)

    def card(self, submission_id: int, card: int, album: str) -> None:
        """Note which card shows the draft now, and the last album it shows."""
        self._sql.submission_card(self._connection, id=submission_id, card=card, album=album)

    def note(self, submission_id: int, kind: str, body: str, *, author: int, now: datetime) -> None:
        """Keep what happened to a submission."""
        self._sql.submission_event_add(
            self._connection, submission_id=submission_id, at=now, author=author, kind=kind, body=body
        )

    def events(self, submission_id: int) -> Sequence[SubmissionEvent]:
        """Everything that happened to a submission, in order."""
        return SubmissionEvent.all(self._sql.submission_events_all(self._connection, submission_id=submission_id))

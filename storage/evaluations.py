"""Forms that are being filled in: subjects, tickets, open sheets, anonymous marks, and what came of them.

Tickets say who may answer and who has; marks say what was answered. Nothing leads from one to the other: no key in common,
no time, no order (marks are stored under random ids and in their order).
"""

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


class EvaluationRow(Row):
    """A form in use. ``body`` is the form as JSON, ``about`` whatever the purpose keeps with it, as JSON.

    ``purpose`` says who opened it (``round``, ``survey``, ``checklist`` …), ``unit_id`` whose it is (none: the programme's).
    """

    id: int
    ref: str
    form: str
    body: str
    anonymous: bool
    purpose: str
    about: str
    unit_id: int | None
    created_by: int | None
    opened_at: Instant
    closes_at: Instant | None
    closed_at: Instant | None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be filled in."""
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


class SubjectRow(Row):
    """What is rated; ``key`` is unique in its evaluation."""

    id: int
    evaluation_id: int
    key: str
    title: str
    person_id: int | None
    unit_id: int | None


class Ticket(Row):
    """Somebody may answer about a subject (``title``); ``answered``: they have."""

    subject_id: int
    person_id: int
    evaluation_id: int
    answered: bool
    title: str


class Missing(Row):
    """How many answers somebody still owes an open evaluation."""

    evaluation_id: int
    person_id: int
    missing: int


class PersonCount(Row):
    """How much somebody was asked and has answered."""

    person_id: int
    unit_id: int
    name: str
    asked: int
    answered: int


class SubjectCount(Row):
    """How many were asked about a subject and have answered."""

    subject_id: int
    asked: int
    answered: int


class Sheet(Row):
    """An open form of one person: the draft and what was sent, each a JSON object by item."""

    subject_id: int
    person_id: int
    evaluation_id: int
    name: str
    unit_id: int
    draft: str
    sent: str | None
    sent_at: Instant | None


class Mark(Row):
    """One anonymous answer; ``answer`` is empty for a text, ``words`` what was written."""

    id: str
    subject_id: int
    item: str
    answer: str
    words: str


class MarkCount(Row):
    """How often an anonymous answer was given."""

    subject_id: int
    item: str
    answer: str
    times: int


class Rectification(Row):
    """Something that has to be put right: ``cause`` is ``rank`` or ``said:`` with the id of what somebody wrote."""

    id: int
    evaluation_id: int
    subject_id: int
    cause: str
    task_id: int | None


class EvaluationRoom:
    """Forms, and the answers to them."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        ref: str,
        form: str,
        body: str,
        anonymous: bool,
        purpose: str,
        about: str,
        unit_id: int | None,
        created_by: int | None,
        now: datetime,
        closes_at: datetime | None,
    ) -> int | None:
        """Open one; returns its id, or ``None`` if there is one with this ``ref``."""
        found: int | None = self._sql.evaluation_add(
            self._connection,
            ref=ref,
            form=form,
            body=body,
            anonymous=anonymous,
            purpose=purpose,
            about=about,
            unit_id=unit_id,
            created_by=created_by,
            opened_at=now,
            closes_at=closes_at,
        )
        return found

    def get(self, evaluation_id: int) -> EvaluationRow | None:
        """One by its id."""
        return EvaluationRow.maybe(self._sql.evaluation_get(self._connection, id=evaluation_id))

    def by_ref(self, ref: str) -> EvaluationRow | None:
        """The one with a ref."""
        return EvaluationRow.maybe(self._sql.evaluation_by_ref(self._connection, ref=ref))

    def of_purpose(self, purpose: str) -> Sequence[EvaluationRow]:
        """Those of a purpose, the newest first."""
        return EvaluationRow.all(self._sql.evaluations_of_purpose(self._connection, purpose=purpose))

    def open_at(self, now: datetime) -> Sequence[EvaluationRow]:
        """Those that can be filled in, the next to close first."""
        return EvaluationRow.all(self._sql.evaluations_open(self._connection, now=now))

    def close(self, evaluation_id: int, *, now: datetime) -> bool:
        """Take nothing more; says whether it was not closed before."""
        return bool(self._sql.evaluation_close(self._connection, id=evaluation_id, closed_at=now))

    def add_subject(
        self, evaluation_id: int, key: str, title: str, *, person_id: int | None, unit_id: int | None
    ) -> int:
        """Name a subject; returns its id, the old one if it is there already."""
        found: int = self._sql.evaluation_subject_add(
            self._connection, evaluation_id=evaluation_id, key=key, title=title, person_id=person_id, unit_id=unit_id
        )
        return found

    def subject(self, subject_id: int) -> SubjectRow | None:
        """A subject by its id."""
        return SubjectRow.maybe(self._sql.evaluation_subject_get(self._connection, id=subject_id))

    def subjects(self, evaluation_id: int) -> Sequence[SubjectRow]:
        """The subjects of an evaluation, as they were named."""
        return SubjectRow.all(self._sql.evaluation_subjects_all(self._connection, evaluation_id=evaluation_id))

    def add_ticket(self, evaluation_id: int, subject_id: int, person_id: int) -> bool:
        """Let somebody answer about a subject; says whether they could not before."""
        return bool(
            self._sql.evaluation_ticket_add(
                self._connection, evaluation_id=evaluation_id, subject_id=subject_id, person_id=person_id
            )
        )

    def use_ticket(self, subject_id: int, person_id: int) -> bool:
        """Note that somebody has answered; says whether they had not before."""
        return bool(self._sql.evaluation_ticket_use(self._connection, subject_id=subject_id, person_id=person_id))

    def ticket(self, subject_id: int, person_id: int) -> Ticket | None:
        """Whether somebody may answer about a subject, and has."""
        return Ticket.maybe(
            self._sql.evaluation_ticket_get(self._connection, subject_id=subject_id, person_id=person_id)
        )

    def tickets_of(self, evaluation_id: int, person_id: int) -> Sequence[Ticket]:
        """What somebody may answer about in an evaluation."""
        return Ticket.all(
            self._sql.evaluation_tickets_of(self._connection, evaluation_id=evaluation_id, person_id=person_id)
        )

    def missing(self, now: datetime) -> Sequence[Missing]:
        """Who still owes answers to what is open."""
        return Missing.all(self._sql.evaluation_tickets_open(self._connection, now=now))

    def person_counts(self, evaluation_id: int) -> Sequence[PersonCount]:
        """How much each person was asked and has answered, by name."""
        return PersonCount.all(self._sql.evaluation_person_counts(self._connection, evaluation_id=evaluation_id))

    def subject_counts(self, evaluation_id: int) -> Mapping[int, SubjectCount]:
        """How many were asked about each subject and have answered, by the subject's id."""
        rows = SubjectCount.all(self._sql.evaluation_subject_counts(self._connection, evaluation_id=evaluation_id))
        return {row.subject_id: row for row in rows}

    def put_draft(self, evaluation_id: int, subject_id: int, person_id: int, draft: str) -> None:
        """Keep the draft of an open form."""
        self._sql.evaluation_sheet_put(
            self._connection, evaluation_id=evaluation_id, subject_id=subject_id, person_id=person_id, draft=draft
        )

    def send_draft(self, subject_id: int, person_id: int, *, now: datetime) -> None:
        """What was drafted is sent."""
        self._sql.evaluation_sheet_send(self._connection, subject_id=subject_id, person_id=person_id, sent_at=now)

    def sheet(self, subject_id: int, person_id: int) -> Sheet | None:
        """Somebody's open form about a subject."""
        return Sheet.maybe(self._sql.evaluation_sheet_get(self._connection, subject_id=subject_id, person_id=person_id))

    def sheets(self, evaluation_id: int) -> Sequence[Sheet]:
        """The open forms that were sent, by subject and name."""
        return Sheet.all(self._sql.evaluation_sheets_sent(self._connection, evaluation_id=evaluation_id))

    def sheets_of(self, person_id: int, purpose: str) -> Sequence[Sheet]:
        """What somebody has sent for a purpose, the newest first."""
        return Sheet.all(self._sql.evaluation_sheets_of(self._connection, person_id=person_id, purpose=purpose))

    def add_mark(self, evaluation_id: int, subject_id: int, item: str, answer: str, words: str) -> None:
        """Keep one anonymous answer under a random id of its own."""
        self._sql.evaluation_mark_add(
            self._connection,
            id=secrets.token_hex(16),
            evaluation_id=evaluation_id,
            subject_id=subject_id,
            item=item,
            answer=answer,
            words=words,
        )

    def written(self, evaluation_id: int) -> Sequence[Mark]:
        """The anonymous answers in which something is written, in no order that means anything."""
        return Mark.all(self._sql.evaluation_marks_written(self._connection, evaluation_id=evaluation_id))

    def mark_counts(self, evaluation_id: int) -> Sequence[MarkCount]:
        """How often each anonymous answer was given."""
        return MarkCount.all(self._sql.evaluation_mark_counts(self._connection, evaluation_id=evaluation_id))

    def is_complete(self, evaluation_id: int) -> bool:
        """Whether everybody has answered about everything."""
        return self._sql.evaluation_ticket_left(self._connection, evaluation_id=evaluation_id) is None

    def add_rectification(self, evaluation_id: int, subject_id: int, cause: str, *, by: int | None) -> int | None:
        """Note that something has to be put right; ``None`` if that is noted already."""
        found: int | None = self._sql.rectification_add(
            self._connection, evaluation_id=evaluation_id, subject_id=subject_id, cause=cause, made_by=by
        )
        return found

    def set_task(self, rectification_id: int, task_id: int) -> None:
        """Name the task that asks for it."""
        self._sql.rectification_task(self._connection, id=rectification_id, task_id=task_id)

    def rectifications(self, evaluation_id: int) -> Sequence[Rectification]:
        """What has to be put right after an evaluation."""
        return Rectification.all(self._sql.rectifications_all(self._connection, evaluation_id=evaluation_id))

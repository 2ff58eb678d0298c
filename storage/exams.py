"""Exams: what is asked of whom, each person's paper, the answers."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Json

from storage.banks import BankItemLabels
from storage.rows import Instant, Row

_ALL = 1_000_000_000


class ExamRow(Row):
    """An exam; ``at_once``: who hands in sees the result at once, else everybody at the close.

    ``unit_id`` is the unit that gives it (none: the whole programme), ``audience`` whom it is for, as JSON.
    """

    id: int
    title: str
    bank: str
    minutes: int
    points: int
    pass_percent: int
    at_once: bool
    audience: str
    unit_id: int | None
    created_by: int
    created_at: Instant
    opens_at: Instant
    closes_at: Instant
    cancelled_at: Instant | None
    closed_at: Instant | None


class ExamQuestionRow(Row):
    """A question of an exam as it is asked: ``body`` is the JSON of ``quizzes.bank.items.Item``."""

    exam_id: int
    number: int
    item_id: int
    body: str


class ExamPersonRow(Row):
    """Somebody who is asked to take an exam, and their paper, if there is one."""

    exam_id: int
    person_id: int
    name: str
    unit_id: int
    unit: str
    unit_path: str
    user_id: int | None
    left_at: Instant | None
    told_at: Instant | None
    reminded_at: Instant | None
    paper_id: int | None
    started_at: Instant | None
    due_at: Instant | None
    handed_in_at: Instant | None
    by_time: bool | None
    right_count: int | None
    score: int | None


class PaperRow(Row):
    """One person's paper. ``layout``: for each page the question's number and the order of its options.

    ``page`` (from 0) is on the screen, on the message with the number ``message``; ``by_time``: time ran out.
    """

    id: int
    exam_id: int
    person_id: int
    layout: Json[tuple[tuple[int, tuple[int, ...]], ...]]
    page: int
    message: int
    started_at: Instant
    due_at: Instant
    handed_in_at: Instant | None
    by_time: bool
    right_count: int | None
    score: int | None


class ExamRoom:
    """Everything that exams keep."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        title: str,
        bank: str,
        minutes: int,
        points: int,
        pass_percent: int,
        at_once: bool,
        audience: str,
        unit_id: int | None,
        created_by: int,
        opens_at: datetime,
        closes_at: datetime,
        questions: Iterable[tuple[int, str]],
        now: datetime,
    ) -> int:
        """A new exam with its questions (id in the bank, body); returns its id."""
        exam_id: int = self._sql.exam_add(
            self._connection,
            title=title,
            bank=bank,
            minutes=minutes,
            points=points,
            pass_percent=pass_percent,
            at_once=at_once,
            audience=audience,
            unit_id=unit_id,
            created_by=created_by,
            created_at=now,
            opens_at=opens_at,
            closes_at=closes_at,
        )
        for number, (item_id, body) in enumerate(questions, 1):
            self._sql.exam_question_add(self._connection, exam_id=exam_id, number=number, item_id=item_id, body=body)
        return exam_id

    def get(self, exam_id: int) -> ExamRow | None:
        """An exam by its id."""
        return ExamRow.maybe(self._sql.exam_get(self._connection, id=exam_id))

    def since(self, at: datetime) -> Sequence[ExamRow]:
        """Every exam that closes at a time or later and was not called off, the next to close first."""
        return ExamRow.all(self._sql.exams_since(self._connection, since=at))

    def cancel(self, exam_id: int, *, now: datetime) -> None:
        """Call an exam off."""
        self._sql.exam_cancel(self._connection, id=exam_id, at=now)

    def close(self, exam_id: int, *, now: datetime) -> bool:
        """Note that an exam is over; says whether that is new."""
        return bool(self._sql.exam_close(self._connection, id=exam_id, at=now))

    def size(self, exam_id: int) -> int:
        """How many questions an exam has."""
        count: int = self._sql.exam_size(self._connection, exam_id=exam_id)
        return count

    def questions(self, exam_id: int) -> Sequence[ExamQuestionRow]:
        """The questions of an exam by number."""
        return ExamQuestionRow.all(self._sql.exam_questions(self._connection, exam_id=exam_id))

    def candidates(self, bank_id: int) -> Sequence[BankItemLabels]:
        """The questions of a bank that an exam can ask: neither oral ones nor those with a picture or a sound."""
        return BankItemLabels.all(self._sql.exam_candidates(self._connection, bank_id=bank_id))

    def ask(self, exam_id: int, person_id: int) -> None:
        """Ask somebody to take an exam."""
        self._sql.exam_person_add(self._connection, exam_id=exam_id, person_id=person_id)

    def told(self, exam_id: int, person_id: int, *, now: datetime) -> None:
        """Note that somebody was told."""
        self._sql.exam_person_told(self._connection, exam_id=exam_id, person_id=person_id, at=now)

    def reminded(self, exam_id: int, person_id: int, *, now: datetime) -> None:
        """Note that somebody was reminded."""
        self._sql.exam_person_reminded(self._connection, exam_id=exam_id, person_id=person_id, at=now)

    def is_asked(self, exam_id: int, person_id: int) -> bool:
        """Whether somebody is asked to take an exam."""
        return bool(self._sql.exam_asked(self._connection, exam_id=exam_id, person_id=person_id))

    def people(self, exam_id: int) -> Sequence[ExamPersonRow]:
        """Everybody who is asked, by unit and name."""
        return ExamPersonRow.all(self._sql.exam_people(self._connection, exam_id=exam_id))

    def begin(self, exam_id: int, person_id: int, layout: str, *, due_at: datetime, now: datetime) -> int:
        """A paper for somebody; returns its id.

        Raises:
            sqlite3.IntegrityError: they have one.
        """
        paper_id: int = self._sql.paper_add(
            self._connection, exam_id=exam_id, person_id=person_id, layout=layout, started_at=now, due_at=due_at
        )
        return paper_id

    def paper(self, paper_id: int) -> PaperRow | None:
        """A paper by its id."""
        return PaperRow.maybe(self._sql.paper_get(self._connection, id=paper_id))

    def paper_of(self, exam_id: int, person_id: int) -> PaperRow | None:
        """Somebody's paper of an exam."""
        return PaperRow.maybe(self._sql.paper_of(self._connection, exam_id=exam_id, person_id=person_id))

    def is_under_way(self, user_id: int, now: datetime) -> bool:
        """Whether the person behind a Telegram account is taking an exam."""
        return bool(self._sql.exam_under_way(self._connection, user_id=user_id, now=now))

    def papers(self, exam_id: int, *, after: int = 0, most: int | None = None) -> Sequence[PaperRow]:
        """The papers of an exam with an id above ``after``, all of them or ``most``."""
        return PaperRow.all(
            self._sql.papers_of_exam(
                self._connection, exam_id=exam_id, after=after, most=_ALL if most is None else most
            )
        )

    def show(self, paper_id: int, *, page: int, message: int) -> None:
        """Note what is on the screen."""
        self._sql.paper_shows(self._connection, id=paper_id, page=page, message=message)

    def hand_in(self, paper_id: int, *, at: datetime, by_time: bool, right: int, score: int) -> None:
        """Note that a paper is handed in, and what it is worth."""
        self._sql.paper_hand_in(
            self._connection, id=paper_id, handed_in_at=at, by_time=by_time, right_count=right, score=score
        )

    def answer(self, paper_id: int, number: int, body: str | None, *, now: datetime) -> None:
        """Keep an answer in place of an earlier one; ``None`` takes it away."""
        if body is None:
            self._sql.exam_answer_drop(self._connection, paper_id=paper_id, number=number)
        else:
            self._sql.exam_answer_put(self._connection, paper_id=paper_id, number=number, body=body, at=now)

    def answers(self, paper_id: int) -> Mapping[int, str]:
        """The answers on a paper by the questions' numbers."""
        return {row["number"]: row["body"] for row in self._sql.exam_answers(self._connection, paper_id=paper_id)}

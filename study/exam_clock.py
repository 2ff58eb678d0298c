"""What exams do by themselves: they open, remind, warn, end papers, and close with the results.

All of it is rows with a time; whatever fell due while the bot was down is dealt with when it is back. A paper whose time
ended meanwhile is handed in as of that time, with what was answered by then.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import BaseModel

from quizzes.practice.mistakes import forgotten
from storage import Database, Rank, Tx
from storage.exams import ExamRow
from study.access import Access, Role, access_of
from study.due import Due
from study.exam_book import (
    ExamSettings,
    ask_everybody,
    end_what_is_due,
    exam_of,
    finish,
    head_of,
    paper_with,
    ref_of,
    result_card,
    shown_anew,
    terms_of,
    worth_of,
)
from study.exam_points import credit_paper
from study.exam_records import overview
from study.exam_rules import Stage, stage
from study.exam_views import ExamInvite, ExamReminder, ExamWarning
from study.owed import Owed
from study.programme import programme_in_force
from study.task_clock import remind_at, reminder_days

_LAST_CALL = timedelta(hours=1)
_AT_A_TIME = 50
_MILLISECOND = timedelta(milliseconds=1)


class _Results(BaseModel):
    """How far the results are given out; ``told``: papers that ended with the exam, whose result is out already."""

    after: int
    told: frozenset[int]


def set_alarms(tx: Tx, exam: ExamRow, settings: ExamSettings) -> None:
    """Plan what an exam does by itself.

    It is part of the day's reminder as a task is: on the last workday before the close. For an exam that is too short for
    that there is a last call an hour before it closes, or none if it is not open for three.
    """
    key = str(exam.id)
    tx.alarms.set("exam.opens", key, exam.opens_at, useful_until=exam.closes_at)
    tx.alarms.set("exam.closes", key, exam.closes_at + _MILLISECOND)
    at = remind_at(exam.opens_at, exam.closes_at, settings.zone, settings.country)
    if at is None and exam.closes_at - exam.opens_at >= 3 * _LAST_CALL:
        tx.alarms.set("exam.remind", key, exam.closes_at - _LAST_CALL, useful_until=exam.closes_at)


def invite(tx: Tx, exam: ExamRow, *, now: datetime) -> None:
    """Tell everybody whom it is for, and who has not been told, that an exam is open."""
    ask_everybody(tx, exam)
    view, reachable = ExamInvite(head=head_of(tx, exam)), tx.places.reachable()
    for one in tx.exams.people(exam.id):
        if one.told_at is None and one.left_at is None and one.user_id in reachable and one.user_id is not None:
            tx.exams.told(exam.id, one.person_id, now=now)
            tx.outbox.say(one.user_id, view, now=now, rank=Rank.BROADCAST)


class ExamClock:
    """Deals with what falls due."""

    def __init__(self, database: Database, settings: ExamSettings) -> None:
        self._database, self._settings = database, settings

    async def opens(self, due: Due) -> None:
        """Invite everybody."""

        def work(tx: Tx) -> None:
            exam = exam_of(tx, int(due.key))
            if not due.late and exam.cancelled_at is None:
                invite(tx, exam, now=due.now)

        await self._database.write(work)

    def owed(self, tx: Tx, now: datetime) -> Iterable[Owed]:
        """Who has not begun an open exam, on the day on which it reminds."""
        settings = self._settings
        today, hour = now.astimezone(settings.zone).date(), programme_in_force(tx).header.reminders.at
        for exam in tx.exams.since(now):
            days = reminder_days(exam.opens_at, exam.closes_at, settings.zone, settings.country, hour, today)
            if days is None or stage(terms_of(exam), now) is not Stage.OPEN:
                continue
            ask_everybody(tx, exam)
            for person in tx.exams.people(exam.id):
                missing = person.paper_id is None and person.left_at is None
                if missing and days.concern(tx, person.person_id, today):
                    yield Owed(person.person_id, "exam", exam.title, exam.closes_at, f"exam_{exam.id}")

    async def remind(self, due: Due) -> None:
        """The last call for a short exam: to who has not begun, nobody on leave, nobody who was reminded on this day."""

        def work(tx: Tx) -> None:
            exam = exam_of(tx, int(due.key))
            if due.late or exam.cancelled_at is not None:
                return
            ask_everybody(tx, exam)
            today = due.now.astimezone(self._settings.zone).date()
            on_leave = {leave.person_id for leave in tx.leaves.approved_on(today)}
            open_now = [one for one in tx.exams.since(due.now) if stage(terms_of(one), due.now) is Stage.OPEN]
            heads = {one.id: head_of(tx, one) for one in open_now}
            owed: dict[int, list[int]] = {}
            for one in open_now:
                for person in tx.exams.people(one.id):
                    if person.paper_id is None and person.reminded_at is None:
                        owed.setdefault(person.person_id, []).append(one.id)
            for person in tx.exams.people(exam.id):
                exams = owed.get(person.person_id, [])
                if exam.id not in exams or person.person_id in on_leave or person.left_at is not None:
                    continue
                if not tx.reminders.note(person.person_id, today):
                    continue
                for exam_id in exams:
                    tx.exams.reminded(exam_id, person.person_id, now=due.now)
                if person.user_id is not None:
                    view = ExamReminder(heads=tuple(heads[exam_id] for exam_id in exams))
                    tx.outbox.say(person.user_id, view, now=due.now, rank=Rank.PUSH)

        await self._database.write(work)

    async def soon(self, due: Due) -> None:
        """Warn somebody whose time is nearly over; of no use once it is."""

        def work(tx: Tx) -> None:
            row = tx.exams.paper(int(due.key))
            if row is None or row.handed_in_at is not None or due.now >= row.due_at:
                return
            person, paper = tx.people.person(row.person_id), paper_with(tx, row)
            if person is not None and person.user_id is not None:
                minutes = max(1, round((row.due_at - due.now) / timedelta(minutes=1)))
                view = ExamWarning(title=paper.exam.title, minutes=minutes, left=len(paper.left), due_at=row.due_at)
                tx.outbox.say(person.user_id, view, now=due.now)

        await self._database.write(work)

    async def time(self, due: Due) -> None:
        """Hand a paper in whose time is over, as of then."""

        def work(tx: Tx) -> None:
            row = tx.exams.paper(int(due.key))
            if row is not None and row.handed_in_at is None:
                finish(tx, paper_with(tx, row), at=row.due_at, by_time=True, now=due.now, zone=self._settings.zone)

        await self._database.write(work)

    async def closes(self, due: Due) -> None:
        """End what is still open, tell the organisers, and begin to give out the results; once."""

        def work(tx: Tx) -> None:
            exam = exam_of(tx, int(due.key))
            if exam.cancelled_at is not None or not tx.exams.close(exam.id, now=due.now):
                return
            ask_everybody(tx, exam)
            told = {row.id for row in tx.exams.papers(exam.id) if row.handed_in_at is None}
            for row in tx.exams.papers(exam.id):
                if row.id in told:
                    end_what_is_due(tx, paper_with(tx, row), due.now, self._settings.zone)
            body = json.dumps({"after": 0, "told": sorted(told)})
            tx.alarms.set("exam.results", f"{exam.id}:0", due.now, body=body)
            for access in self._organisers(tx, exam):
                card = overview(tx, exam, access, due.now, self._settings, summary=True)
                if card.asked:
                    tx.outbox.say(access.user_id, card, now=due.now, rank=Rank.PUSH)

        await self._database.write(work)

    async def results(self, due: Due) -> None:
        """Give some papers' results out and let their mistakes be practised, then leave the rest to the next alarm.

        A large exam is thousands of messages: nobody's buzzer waits behind all of them, and a crash loses none.
        """

        def work(tx: Tx) -> None:
            exam, state = exam_of(tx, int(due.key.split(":")[0])), _Results.model_validate_json(due.body)
            questions = {question.number: question.item_id for question in tx.exams.questions(exam.id)}
            rows, last = tx.exams.papers(exam.id, after=state.after, most=_AT_A_TIME), None
            for row in rows:
                last = paper_with(tx, row, last)
                if row.handed_in_at is not None:
                    credit_paper(tx, exam, row, worth_of(last), now=due.now, zone=self._settings.zone)
                person = tx.people.person(row.person_id)
                if person is None or person.user_id is None:
                    continue
                if not exam.at_once and row.id not in state.told:
                    moved = shown_anew(tx, row)
                    view = result_card(tx, last, due.now)
                    tx.outbox.say(person.user_id, view, now=due.now, rank=Rank.PUSH, ref=ref_of(moved))
                for number, mark in worth_of(last).marks.items():
                    if not mark:
                        forgotten(tx, person.user_id, questions[number], source="exam", at=exam.closes_at)
            if len(rows) == _AT_A_TIME:
                after = state.model_copy(update={"after": rows[-1].id})
                tx.alarms.set("exam.results", f"{exam.id}:{after.after}", due.now, body=after.model_dump_json())

        await self._database.write(work)

    def _organisers(self, tx: Tx, exam: ExamRow) -> list[Access]:
        admins = self._settings.admins
        ids = {
            person.user_id
            for person in tx.people.everybody()
            if person.user_id is not None and person.role in (Role.ORGANISER, Role.ADMIN)
        }
        reachable = tx.places.reachable()
        found = sorted(ids | {exam.created_by} | set(admins))
        return [access_of(tx, user_id, admins) for user_id in found if user_id in reachable]

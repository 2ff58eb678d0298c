"""Taking an exam: the list, the start, answering in any order, handing in, the review afterwards."""

import json
import random
from datetime import datetime, timedelta

from quizzes.bank.items import Kind
from quizzes.posing import Answer, chosen_at, pose, typed_answer
from storage import Database, Tx
from storage.exams import ExamRow
from storage.people import Person
from study.access import access_of
from study.audience import Audience, recipients
from study.exam_book import (
    TOPIC,
    ExamSettings,
    Paper,
    body_of,
    end_what_is_due,
    exam_of,
    finish,
    head_of,
    items_of,
    must_be_asked,
    own_paper,
    paper_with,
    question_card,
    ref_of,
    result_card,
    sheet_card,
    show,
    shown_anew,
    terms_of,
    worth_of,
)
from study.exam_errors import AnswersHidden, ExamNoAnswer, ExamOver, ExamTaken, PaperHandedIn, PaperOld
from study.exam_rules import Stage, due_at, lay_out, must_count, stage, toggled, warn_at
from study.exam_views import ExamList, ExamReview, ExamStart, MyExam, RunExam
from study.task_book import WHOLE_PROGRAMME

_SHOWN_FOR = timedelta(days=60)


class Papers:
    """The side of those who take exams; ``dice`` shuffles. ``now`` is when a press or a message was received."""

    def __init__(self, database: Database, settings: ExamSettings, *, dice: random.Random | None = None) -> None:
        self._database, self._settings = database, settings
        self._dice = dice if dice is not None else random.SystemRandom()

    async def mine(self, user_id: int, *, now: datetime) -> None:
        """List the person's exams, and for an organiser those of the own units.

        Raises:
            NotOnRoster: they are nobody on the roster (and no admin).
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            person = access.person if access.is_admin else access.member()
            units = access.units(tx)
            mine, run = [], []
            for exam in tx.exams.since(now - _SHOWN_FOR):
                if person is not None and (line := self._line(tx, exam, person, now)) is not None:
                    mine.append(line)
                if access.is_organiser:
                    people = [one for one in tx.exams.people(exam.id) if one.unit_id in units]
                    taken = sum(one.handed_in_at is not None for one in people)
                    over = stage(terms_of(exam), now) is Stage.OVER
                    if people or exam.created_by == user_id:
                        run.append(RunExam(id=exam.id, title=exam.title, asked=len(people), taken=taken, over=over))
            view = ExamList(mine=tuple(mine), run=tuple(run), organiser=access.is_organiser)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def rules(self, user_id: int, exam_id: int, *, now: datetime) -> None:
        """Show the rules with the button that starts the clock; a paper under way is shown again instead.

        Raises:
            StudyError: the exam is not theirs, is not open, or was taken.
        """

        def work(tx: Tx) -> None:
            exam, person = self._meant(tx, user_id, exam_id)
            row = tx.exams.paper_of(exam.id, person.id)
            if row is not None:
                self._again(tx, user_id, paper_with(tx, row), now)
                return
            ends_at = due_at(terms_of(exam), now)
            tx.outbox.say(user_id, ExamStart(head=head_of(tx, exam), ends_at=ends_at), now=now)

        await self._database.write(work)

    async def begin(self, user_id: int, exam_id: int, *, on_message: int, now: datetime) -> None:
        """Start the clock and show the first question, in place of the rules.

        Raises:
            StudyError: the exam is not theirs, is not open, or was taken.
        """

        def work(tx: Tx) -> None:
            exam, person = self._meant(tx, user_id, exam_id)
            row = tx.exams.paper_of(exam.id, person.id)
            if row is not None:
                self._again(tx, user_id, paper_with(tx, row), now)
                return
            ends_at = due_at(terms_of(exam), now)
            layout = json.dumps(lay_out(items_of(tx, exam.id), self._dice))
            paper_id = tx.exams.begin(exam.id, person.id, layout, due_at=ends_at, now=now)
            tx.alarms.set("exam.time", str(paper_id), ends_at)
            warning = warn_at(now, ends_at)
            if warning is not None:
                tx.alarms.set("exam.soon", str(paper_id), warning, useful_until=ends_at)
            ref = _start_ref(exam.id, person.id)
            tx.outbox.adopt(ref, user_id, on_message, now=now)
            tx.outbox.delete(ref, now=now)
            paper = own_paper(tx, user_id, paper_id)
            tx.outbox.say(user_id, question_card(paper, 0), now=now, ref=ref_of(paper.row))
            self._listen(tx, user_id, paper, now)

        await self._database.write(work)

    async def choose(self, user_id: int, paper_id: int, page: int, place: int, *, now: datetime) -> None:
        """Choose an option by its place on the screen; of several, take it in or out.

        Raises:
            StudyError: the paper is not theirs, is over or handed in, or there is no such option.
        """

        def work(tx: Tx) -> None:
            paper = self._open(tx, user_id, paper_id, page, now)
            number, order = paper.row.layout[page]
            item = paper.items[number - 1]
            found = chosen_at(order, (place,))
            if not found or item.kind is Kind.FILL_IN:
                raise PaperOld()
            answer: Answer | None = found
            if item.kind is Kind.SEVERAL:
                answer = toggled(order, paper.answers.get(number), found[0])
            self._answer(tx, user_id, paper, page, answer, now)

        await self._database.write(work)

    async def write(self, user_id: int, paper_id: int, said: str, *, now: datetime) -> None:
        """Answer the question on the screen in words; it comes again below them.

        Raises:
            StudyError: the paper is over or handed in, or that is no answer.
        """

        def work(tx: Tx) -> None:
            paper = self._open(tx, user_id, paper_id, None, now)
            page = paper.row.page
            answer = typed_answer(paper.item_on(page), paper.row.layout[page][1], said)
            if answer is None or (isinstance(answer, str) and len(answer) > 500):
                raise ExamNoAnswer()
            tx.exams.answer(paper.row.id, paper.row.layout[page][0], body_of(answer), now=now)
            if paper.row.handed_in_at is not None:
                finish(
                    tx,
                    own_paper(tx, user_id, paper_id),
                    at=paper.row.due_at,
                    by_time=True,
                    now=now,
                    zone=self._settings.zone,
                )
            else:
                self._show_anew(tx, user_id, own_paper(tx, user_id, paper_id), now)

        await self._database.write(work)

    async def turn(self, user_id: int, paper_id: int, page: int, *, now: datetime) -> None:
        """Show another page.

        Raises:
            StudyError: the paper is not theirs, is over or handed in, or there is no such page.
        """

        def work(tx: Tx) -> None:
            paper = self._running(tx, user_id, paper_id, now)
            if not 0 <= page < paper.pages:
                raise PaperOld()
            tx.exams.show(paper.row.id, page=page, message=paper.row.message)
            self._listen(tx, user_id, paper, now)
            show(tx, user_id, paper, question_card(paper, page), now)

        await self._database.write(work)

    async def sheet(self, user_id: int, paper_id: int, *, sure: bool, now: datetime) -> None:
        """Show which questions are answered; ``sure`` asks whether to hand in.

        Raises:
            StudyError: the paper is not theirs, is over or handed in.
        """

        def work(tx: Tx) -> None:
            paper = self._running(tx, user_id, paper_id, now)
            show(tx, user_id, paper, sheet_card(paper, sure=sure), now)

        await self._database.write(work)

    async def hand_in(self, user_id: int, paper_id: int, *, now: datetime) -> None:
        """Hand in before the time is over.

        Raises:
            StudyError: the paper is not theirs, is over or handed in.
        """

        def work(tx: Tx) -> None:
            paper = self._open(tx, user_id, paper_id, None, now)
            finish(tx, paper, at=now, by_time=False, now=now, zone=self._settings.zone)

        await self._database.write(work)

    async def review(self, user_id: int, paper_id: int, page: int | None, *, on_message: int, now: datetime) -> None:
        """Show a page of a paper with the right answer (``None``: the first, as a new message).

        Raises:
            StudyError: the paper is not theirs, or the exam is still open to others.
        """

        def work(tx: Tx) -> None:
            paper = own_paper(tx, user_id, paper_id)
            if paper.row.handed_in_at is None or now < paper.exam.closes_at:
                raise AnswersHidden()
            at = 0 if page is None else page
            if not 0 <= at < paper.pages:
                raise PaperOld()
            number, order = paper.row.layout[at]
            answer, item = paper.answers.get(number), paper.items[number - 1]
            view = ExamReview(
                paper=paper.row.id,
                title=paper.exam.title,
                page=at,
                pages=paper.pages,
                number=at + 1,
                posed=pose(item, order, answer, reveal=True),
                mark=worth_of(paper).marks[number],
            )
            ref = f"exam:review:{paper.row.id}"
            if page is None:
                tx.outbox.say(user_id, view, now=now, ref=ref)
            else:
                tx.outbox.adopt(ref, user_id, on_message, now=now)
                tx.outbox.edit(ref, view, now=now)

        await self._database.write(work)

    def _answer(self, tx: Tx, user_id: int, paper: Paper, page: int, answer: Answer | None, now: datetime) -> None:
        number = paper.row.layout[page][0]
        tx.exams.answer(paper.row.id, number, None if answer is None else body_of(answer), now=now)
        if paper.row.handed_in_at is not None:
            finish(
                tx,
                own_paper(tx, user_id, paper.row.id),
                at=paper.row.due_at,
                by_time=True,
                now=now,
                zone=self._settings.zone,
            )
            return
        tx.exams.show(paper.row.id, page=page, message=paper.row.message)
        self._listen(tx, user_id, paper, now)
        after = own_paper(tx, user_id, paper.row.id)
        show(tx, user_id, after, question_card(after, page), now)

    def _meant(self, tx: Tx, user_id: int, exam_id: int) -> tuple[ExamRow, Person]:
        person = access_of(tx, user_id, self._settings.admins).member()
        exam = exam_of(tx, exam_id)
        if exam.cancelled_at is not None:
            raise ExamOver()
        must_be_asked(tx, exam, person)
        return exam, person

    def _again(self, tx: Tx, user_id: int, paper: Paper, now: datetime) -> None:
        paper = end_what_is_due(tx, paper, now, self._settings.zone)
        if paper.row.handed_in_at is not None:
            raise ExamTaken()
        self._show_anew(tx, user_id, paper, now)

    def _show_anew(self, tx: Tx, user_id: int, paper: Paper, now: datetime) -> None:
        tx.outbox.delete(ref_of(paper.row), now=now)
        moved = Paper(shown_anew(tx, paper.row), paper.exam, paper.items, paper.answers)
        tx.outbox.say(user_id, question_card(moved, moved.row.page), now=now, ref=ref_of(moved.row))
        self._listen(tx, user_id, moved, now)

    def _open(self, tx: Tx, user_id: int, paper_id: int, page: int | None, now: datetime) -> Paper:
        """A paper that takes an answer that was received at ``now``, though it may have been ended by time meanwhile."""
        paper = own_paper(tx, user_id, paper_id)
        row = paper.row
        must_count(row.due_at, row.handed_in_at, now, by_time=row.by_time)
        if page is not None and not 0 <= page < paper.pages:
            raise PaperOld()
        return paper

    def _running(self, tx: Tx, user_id: int, paper_id: int, now: datetime) -> Paper:
        paper = self._open(tx, user_id, paper_id, None, now)
        if paper.row.handed_in_at is not None:
            raise PaperHandedIn()
        return paper

    def _listen(self, tx: Tx, user_id: int, paper: Paper, now: datetime) -> None:
        """What is written from now on answers the question on the screen."""
        tx.conversations.put(user_id, user_id, TOPIC, str(paper.row.id), now=now)

    def _line(self, tx: Tx, exam: ExamRow, person: Person, now: datetime) -> MyExam | None:
        if not tx.exams.is_asked(exam.id, person.id) and person not in recipients(
            tx, Audience.model_validate_json(exam.audience), WHOLE_PROGRAMME
        ):
            return None
        line = MyExam(
            head=head_of(tx, exam),
            state="ahead",
            paper=None,
            due_at=None,
            score=None,
            total=0,
            passed=False,
            may_review=False,
        )
        row = tx.exams.paper_of(exam.id, person.id)
        if row is None:
            at = stage(terms_of(exam), now)
            return line.model_copy(
                update={"state": {Stage.AHEAD: "ahead", Stage.OPEN: "open", Stage.OVER: "missed"}[at]}
            )
        paper = end_what_is_due(tx, paper_with(tx, row), now, self._settings.zone)
        if paper.row.handed_in_at is None:
            return line.model_copy(update={"state": "running", "paper": row.id, "due_at": row.due_at})
        card = result_card(tx, paper, now)
        return line.model_copy(
            update={
                "state": "done" if card.announced else "waiting",
                "paper": row.id,
                "score": card.score,
                "total": card.total,
                "passed": card.passed,
                "may_review": card.may_review,
            }
        )


def _start_ref(exam_id: int, person_id: int) -> str:
    return f"exam:start:{exam_id}:{person_id}"

"""The book of exams: papers between their rows and their rules, and the cards that show them.

Everything here works inside a transaction that a use case has opened.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from quizzes.bank.items import Item
from quizzes.engine.frozen import dataclass
from quizzes.posing import Answer, item_of, pose
from storage import Rank, Tx
from storage.exams import ExamRow, PaperRow
from storage.people import Person
from study.audience import Audience, recipients
from study.exam_errors import ExamNotAsked, ExamUnknown, PaperForeign
from study.exam_points import credit_paper
from study.exam_rules import Stage, Terms, Worth, stage, worth
from study.exam_views import ExamHead, ExamQuestion, ExamResult, ExamSheet
from study.task_book import WHOLE_PROGRAMME

TOPIC = "exam"
_answer: TypeAdapter[tuple[int, ...] | str] = TypeAdapter(tuple[int, ...] | str)


@dataclass(frozen=True, slots=True)
class ExamSettings:
    """The programme's zone, country and admins, and what a new exam begins with."""

    zone: ZoneInfo
    country: str
    admins: frozenset[int]
    questions: int
    minutes: int
    points: int
    pass_percent: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with all that belongs to it; ``items`` by the questions' numbers from 1, ``answers`` likewise."""

    row: PaperRow
    exam: ExamRow
    items: tuple[Item, ...]
    answers: Mapping[int, Answer]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.row.layout)

    @property
    def left(self) -> tuple[int, ...]:
        """The pages, from 1, without an answer."""
        return tuple(page for page, (number, _) in enumerate(self.row.layout, 1) if number not in self.answers)

    def item_on(self, page: int) -> Item:
        """The question on a page (from 0)."""
        return self.items[self.row.layout[page][0] - 1]


def exam_of(tx: Tx, exam_id: int) -> ExamRow:
    """An exam by its number.

    Raises:
        ExamUnknown: there is none.
    """
    exam = tx.exams.get(exam_id)
    if exam is None:
        raise ExamUnknown()
    return exam


def terms_of(exam: ExamRow) -> Terms:
    """What an exam asks for."""
    return Terms(
        opens_at=exam.opens_at,
        closes_at=exam.closes_at,
        time=timedelta(minutes=exam.minutes),
        points=exam.points,
        pass_percent=exam.pass_percent,
        at_once=exam.at_once,
        cancelled=exam.cancelled_at is not None,
    )


def head_of(tx: Tx, exam: ExamRow) -> ExamHead:
    """What every card says of an exam."""
    return ExamHead(
        id=exam.id,
        title=exam.title,
        bank=exam.bank,
        questions=tx.exams.size(exam.id),
        minutes=exam.minutes,
        points=exam.points,
        pass_percent=exam.pass_percent,
        at_once=exam.at_once,
        opens_at=exam.opens_at,
        closes_at=exam.closes_at,
    )


def items_of(tx: Tx, exam_id: int) -> tuple[Item, ...]:
    """The questions of an exam by number."""
    return tuple(item_of(question.body) for question in tx.exams.questions(exam_id))


def answers_of(tx: Tx, paper_id: int) -> dict[int, Answer]:
    """The answers on a paper by the questions' numbers."""
    return {number: _answer.validate_json(body) for number, body in tx.exams.answers(paper_id).items()}


def body_of(answer: Answer) -> str:
    """An answer as it is kept."""
    return json.dumps(answer if isinstance(answer, str) else list(answer), ensure_ascii=False)


def paper_with(tx: Tx, row: PaperRow, like: Paper | None = None) -> Paper:
    """A paper with its questions and answers; ``like`` is another one of the same exam, read before."""
    if like is not None:
        return Paper(row, like.exam, like.items, answers_of(tx, row.id))
    return Paper(row, exam_of(tx, row.exam_id), items_of(tx, row.exam_id), answers_of(tx, row.id))


def own_paper(tx: Tx, user_id: int, paper_id: int) -> Paper:
    """The paper of the person behind a Telegram account.

    Raises:
        PaperForeign: it is somebody else's, or there is none.
    """
    row = tx.exams.paper(paper_id)
    person = tx.people.by_user(user_id)
    if row is None or person is None or row.person_id != person.id:
        raise PaperForeign()
    return paper_with(tx, row)


def must_be_asked(tx: Tx, exam: ExamRow, person: Person) -> None:
    """Let somebody pass whom an exam is for; whoever joined later is asked now.

    Raises:
        ExamNotAsked: it is for others.
    """
    if tx.exams.is_asked(exam.id, person.id):
        return
    if person not in recipients(tx, Audience.model_validate_json(exam.audience), WHOLE_PROGRAMME):
        raise ExamNotAsked()
    tx.exams.ask(exam.id, person.id)


def ask_everybody(tx: Tx, exam: ExamRow) -> None:
    """Ask everybody whom an exam is for at this moment."""
    for person in recipients(tx, Audience.model_validate_json(exam.audience), WHOLE_PROGRAMME):
        tx.exams.ask(exam.id, person.id)


def worth_of(paper: Paper) -> Worth:
    """What a paper is worth as it stands."""
    return worth(paper.items, paper.answers, terms_of(paper.exam))


def question_card(paper: Paper, page: int) -> ExamQuestion:
    """One page (from 0) of a paper."""
    number, order = paper.row.layout[page]
    return ExamQuestion(
        paper=paper.row.id,
        page=page,
        pages=paper.pages,
        posed=pose(paper.items[number - 1], order, paper.answers.get(number)),
        points=paper.exam.points,
        left=paper.left,
        due_at=paper.row.due_at,
    )


def sheet_card(paper: Paper, *, sure: bool) -> ExamSheet:
    """The answer sheet of a paper."""
    return ExamSheet(
        paper=paper.row.id,
        page=paper.row.page,
        pages=paper.pages,
        left=paper.left,
        due_at=paper.row.due_at,
        sure=sure,
    )


def result_card(tx: Tx, paper: Paper, now: datetime) -> ExamResult:
    """What came of a paper, as far as that may be known."""
    over = stage(terms_of(paper.exam), now) is Stage.OVER or now >= paper.exam.closes_at
    announced = paper.exam.at_once or over
    card = ExamResult(
        paper=paper.row.id,
        head=head_of(tx, paper.exam),
        by_time=paper.row.by_time,
        answered=len(paper.answers),
        announced=announced,
    )
    if not announced:
        return card
    done = worth_of(paper)
    pages = {mark: _pages(paper.row, done.marks, mark) for mark in (True, False, None)}
    return card.model_copy(
        update={
            "score": done.score,
            "total": done.total,
            "percent": done.percent,
            "passed": done.passed,
            "right": pages[True],
            "wrong": pages[False],
            "blank": pages[None],
            "may_review": over,
        }
    )


def _pages(row: PaperRow, marks: Mapping[int, bool | None], wanted: bool | None) -> tuple[int, ...]:
    return tuple(page for page, (number, _) in enumerate(row.layout, 1) if marks[number] is wanted)


def ref_of(row: PaperRow) -> str:
    """The name of the message that shows a paper."""
    return f"exam:{row.id}:{row.message}"


def finish(tx: Tx, paper: Paper, *, at: datetime, by_time: bool, now: datetime, zone: ZoneInfo) -> Paper:
    """Hand a paper in and show what came of it; a second time (a late look at an answer in time) it is judged anew.

    Where time ended it, the result is a new message: nobody notices an edit of a message they are not looking at.
    """
    done = worth_of(paper)
    again = paper.row.handed_in_at is not None
    tx.exams.hand_in(paper.row.id, at=at, by_time=by_time, right=done.right, score=done.score)
    tx.alarms.cancel("exam.time", str(paper.row.id))
    tx.alarms.cancel("exam.soon", str(paper.row.id))
    row = tx.exams.paper(paper.row.id)
    assert row is not None
    if paper.exam.at_once or paper.exam.closed_at is not None:
        # Else the points would tell what the close is to tell.
        credit_paper(tx, paper.exam, row, done, now=now, zone=zone)
    user_id = _user_of(tx, row)
    if user_id is not None:
        under_way = tx.conversations.get(user_id, user_id)
        if under_way is not None and under_way.topic == TOPIC and under_way.body == str(row.id):
            tx.conversations.end(user_id, user_id)
        if by_time and not again:
            tx.outbox.delete(ref_of(row), now=now)
            row = shown_anew(tx, row)
            after = Paper(row, paper.exam, paper.items, paper.answers)
            tx.outbox.say(user_id, result_card(tx, after, now), now=now, ref=ref_of(row))
            return after
        after = Paper(row, paper.exam, paper.items, paper.answers)
        show(tx, user_id, after, result_card(tx, after, now), now)
        return after
    return Paper(row, paper.exam, paper.items, paper.answers)


def show(tx: Tx, user_id: int, paper: Paper, view: ExamQuestion | ExamSheet | ExamResult, now: datetime) -> None:
    """Let the paper's message show something; if there is no such message any more, a new one does."""
    ref = ref_of(paper.row)
    if not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
        tx.outbox.say(user_id, view, now=now, ref=ref)


def shown_anew(tx: Tx, row: PaperRow, *, page: int | None = None) -> PaperRow:
    """The paper goes to a new message, at the end of the chat."""
    tx.exams.show(row.id, page=row.page if page is None else page, message=row.message + 1)
    after = tx.exams.paper(row.id)
    assert after is not None
    return after


def end_what_is_due(tx: Tx, paper: Paper, now: datetime, zone: ZoneInfo) -> Paper:
    """Hand a paper in whose time is over, if nobody has noticed yet (the bot was down, the alarm is on its way)."""
    if paper.row.handed_in_at is None and now > paper.row.due_at:
        return finish(tx, paper, at=paper.row.due_at, by_time=True, now=now, zone=zone)
    return paper


def _user_of(tx: Tx, row: PaperRow) -> int | None:
    person = tx.people.person(row.person_id)
    return None if person is None else person.user_id

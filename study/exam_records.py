"""The gradebook: results and who is missing, how each question was answered, the records for export."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from quizzes.posing import right_answer, written
from storage import Database, Rank, Tx
from storage.exams import ExamPersonRow, ExamRow
from study.access import Access, access_of
from study.errors import NotAllowed
from study.exam_book import ExamSettings, exam_of, head_of, items_of, paper_with, terms_of, worth_of
from study.exam_errors import ExamBegun, ExamOver
from study.exam_rules import Stage, stage
from study.exam_views import (
    ExamCancelled,
    ExamOverview,
    ExamStatistics,
    ExamSure,
    QuestionLine,
    Taken,
    UnitMissing,
)

_RESULTS_A_PAGE = 30
_QUESTIONS_A_PAGE = 15
_EXCERPT = 60


def may_run(tx: Tx, access: Access, exam: ExamRow) -> bool:
    """Whether somebody may call an exam off and see how its questions were answered."""
    if access.is_admin or (access.is_organiser and exam.created_by == access.user_id):
        return True
    return exam.unit_id is not None and exam.unit_id in access.units(tx)


def overview(
    tx: Tx,
    exam: ExamRow,
    access: Access,
    now: datetime,
    settings: ExamSettings,
    *,
    page: int = 0,
    summary: bool = False,
) -> ExamOverview:
    """How far the people are whom somebody runs: the best first, then who is missing, unit by unit."""
    units = access.units(tx)
    people = [
        one
        for one in tx.exams.people(exam.id)
        if one.unit_id in units and (one.paper_id is not None or one.left_at is None)
    ]
    head = head_of(tx, exam)
    results = sorted(
        (
            _taken(one, head.questions * exam.points, exam.pass_percent)
            for one in people
            if one.handed_in_at is not None
        ),
        key=lambda one: (-one.score, one.minutes),
    )
    pages = max(1, -(-len(results) // _RESULTS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    return ExamOverview(
        head=head,
        asked=len(people),
        running=sum(one.paper_id is not None and one.handed_in_at is None for one in people),
        taken=len(results),
        passed=sum(one.passed for one in results),
        average=round(sum(one.percent for one in results) / len(results), 1) if results else None,
        results=tuple(results[page * _RESULTS_A_PAGE : (page + 1) * _RESULTS_A_PAGE]),
        missing=_missing(people),
        page=page,
        pages=pages,
        may_cancel=may_run(tx, access, exam)
        and stage(terms_of(exam), now) is not Stage.OVER
        and not tx.exams.papers(exam.id),
        summary=summary,
    )


def _taken(one: ExamPersonRow, total: int, pass_percent: int) -> Taken:
    assert one.handed_in_at is not None
    assert one.started_at is not None
    score = one.score or 0
    return Taken(
        name=one.name,
        unit=one.unit,
        score=score,
        percent=round(100 * score / total, 1) if total else 0,
        passed=score * 100 >= pass_percent * total,
        minutes=max(1, round((one.handed_in_at - one.started_at) / timedelta(minutes=1))),
        by_time=bool(one.by_time),
    )


def _missing(people: Sequence[ExamPersonRow]) -> tuple[UnitMissing, ...]:
    lines = []
    for (_, unit), members in groupby(people, key=lambda one: (one.unit_path, one.unit)):
        every = tuple(members)
        names = tuple(one.name for one in every if one.paper_id is None)
        if names:
            lines.append(UnitMissing(unit=unit, asked=len(every), taken=len(every) - len(names), names=names))
    return tuple(lines)


class ExamRecords:
    """The organisers' side of an exam that is set, each for the own units."""

    def __init__(self, database: Database, settings: ExamSettings) -> None:
        self._database, self._settings = database, settings

    async def overview(
        self, user_id: int, exam_id: int, *, page: int = 0, on_message: int | None = None, now: datetime
    ) -> None:
        """Show the gradebook, on the message whose button was pressed if there is one.

        Raises:
            NotAllowed: they organise nothing.
            ExamUnknown: there is no such exam.
        """

        def look(tx: Tx) -> ExamOverview:
            exam, access = self._of(tx, user_id, exam_id)
            return overview(tx, exam, access, now, self._settings, page=page)

        view = await self._database.read(look)
        await self._database.write(lambda tx: self._show(tx, user_id, view, on_message, now))

    async def statistics(self, user_id: int, exam_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Show how each question was answered, by everybody who has handed in.

        Raises:
            NotAllowed: they do not run the exam.
            ExamUnknown: there is no such exam.
        """

        def look(tx: Tx) -> ExamStatistics:
            exam, access = self._of(tx, user_id, exam_id)
            if not may_run(tx, access, exam):
                raise NotAllowed()
            lines, papers = _lines(tx, exam)
            pages = max(1, -(-len(lines) // _QUESTIONS_A_PAGE))
            at = min(max(page, 0), pages - 1)
            return ExamStatistics(
                id=exam.id,
                title=exam.title,
                papers=papers,
                lines=tuple(lines[at * _QUESTIONS_A_PAGE : (at + 1) * _QUESTIONS_A_PAGE]),
                page=at,
                pages=pages,
            )

        view = await self._database.read(look)
        await self._database.write(lambda tx: self._show(tx, user_id, view, on_message, now))

    async def cancel(self, user_id: int, exam_id: int, *, sure: bool, on_message: int, now: datetime) -> None:
        """Call an exam off that nobody has begun; without ``sure`` it is asked first.

        Raises:
            NotAllowed: they do not run the exam.
            ExamBegun, ExamOver: it cannot be called off any more.
        """

        def work(tx: Tx) -> None:
            exam, access = self._of(tx, user_id, exam_id)
            if not may_run(tx, access, exam):
                raise NotAllowed()
            if tx.exams.papers(exam.id):
                raise ExamBegun()
            if stage(terms_of(exam), now) is Stage.OVER:
                raise ExamOver()
            if not sure:
                self._show(tx, user_id, ExamSure(id=exam.id, title=exam.title), on_message, now)
                return
            tx.exams.cancel(exam.id, now=now)
            for kind in ("exam.opens", "exam.remind", "exam.closes"):
                tx.alarms.cancel(kind, str(exam.id))
            self._show(tx, user_id, ExamCancelled(title=exam.title), on_message, now)
            for one in tx.exams.people(exam.id):
                if one.told_at is not None and one.user_id is not None and one.user_id != user_id:
                    tx.outbox.say(one.user_id, ExamCancelled(title=exam.title), now=now, rank=Rank.BROADCAST)

        await self._database.write(work)

    async def export(self, *, units: frozenset[int] | None = None) -> tuple[dict[str, object], ...]:
        """Everybody who was asked for every exam, by exam, unit and name; times as ISO 8601.

        ``units`` limits it to the people of some units. The state is ``missing``, ``under_way``, ``handed_in`` or
        ``time_over``; ``questions`` has one entry for each question of the exam, in its order, once a paper is in.
        """

        def work(tx: Tx) -> tuple[dict[str, object], ...]:
            return tuple(
                _record(tx, exam, one, self._settings.zone)
                for exam in sorted(tx.exams.since(datetime.fromtimestamp(0, self._settings.zone)), key=lambda e: e.id)
                for one in tx.exams.people(exam.id)
                if (units is None or one.unit_id in units) and (one.left_at is None or one.paper_id is not None)
            )

        return await self._database.read(work)

    def _of(self, tx: Tx, user_id: int, exam_id: int) -> tuple[ExamRow, Access]:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return exam_of(tx, exam_id), access

    def _show(
        self,
        tx: Tx,
        user_id: int,
        view: ExamOverview | ExamStatistics | ExamSure | ExamCancelled,
        on_message: int | None,
        now: datetime,
    ) -> None:
        if on_message is None:
            tx.outbox.say(user_id, view, now=now)
            return
        ref = f"pressed:{user_id}:{on_message}"
        tx.outbox.adopt(ref, user_id, on_message, now=now)
        tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)


def _lines(tx: Tx, exam: ExamRow) -> tuple[list[QuestionLine], int]:
    counts: Counter[tuple[int, bool | None]] = Counter()
    papers, last = 0, None
    for row in tx.exams.papers(exam.id):
        if row.handed_in_at is not None:
            last = paper_with(tx, row, last)
            counts.update(worth_of(last).marks.items())
            papers += 1
    lines = []
    for number, item in enumerate(items_of(tx, exam.id), 1):
        text = " ".join(item.text.split())
        lines.append(
            QuestionLine(
                number=number,
                text=text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…",
                right=counts[number, True],
                wrong=counts[number, False],
                blank=counts[number, None],
            )
        )
    return lines, papers


def _record(tx: Tx, exam: ExamRow, one: ExamPersonRow, zone: ZoneInfo) -> dict[str, object]:
    def iso(at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(zone).isoformat(timespec="seconds")

    record: dict[str, object] = {
        "exam": exam.title,
        "exam_id": exam.id,
        "unit": one.unit_path,
        "name": one.name,
        "state": "missing" if one.paper_id is None else "under_way",
        "started_at": iso(one.started_at),
        "handed_in_at": iso(one.handed_in_at),
        "score": None,
        "total": len(tx.exams.questions(exam.id)) * exam.points,
        "percent": None,
        "passed": None,
        "right": None,
        "wrong": None,
        "blank": None,
        "questions": [],
    }
    row = None if one.paper_id is None else tx.exams.paper(one.paper_id)
    if row is None or row.handed_in_at is None:
        return record
    paper = paper_with(tx, row)
    done = worth_of(paper)
    return record | {
        "state": "time_over" if row.by_time else "handed_in",
        "score": done.score,
        "percent": done.percent,
        "passed": done.passed,
        "right": done.right,
        "wrong": done.wrong,
        "blank": done.blank,
        "questions": [
            {
                "number": number,
                "question": item.text,
                "answer": right_answer(item),
                "chosen": written(item, paper.answers.get(number)),
                "right": done.marks[number],
            }
            for number, item in enumerate(paper.items, 1)
        ],
    }

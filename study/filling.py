"""Filling in forms, a member's side, in private: what waits, one item after the other in one message, checking, sending.

The draft of an open form is stored at every press and survives a restart. The draft of an anonymous one is kept in memory
alone and nowhere else, so that no table ever holds an answer beside a person: after a restart it has to be begun anew. Its
answers are stored when it is sent, each alone (see ``study.evaluations``).
"""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.evaluations import EvaluationRow, Ticket
from storage.people import Person
from study.access import access_of
from study.calendar import day_of
from study.checklists import CHECKLIST, ask_newcomer
from study.errors import Expired, Forged
from study.evaluation_rules import (
    Answer,
    Answers,
    choices,
    must_be_complete,
    parted,
    unanswered,
    wants_remark,
    written,
)
from study.evaluation_views import (
    FormLine,
    FormList,
    FormOver,
    FormSent,
    FormSubjects,
    SubjectLine,
)
from study.evaluations import answers_of, close_evaluation, form_of
from study.form_page import FormPage, Where, show, stop_listening
from study.ledger import Happening, credit
from study.survey_end import tell_closed


class NotAskedToFill(Forged):
    """Nobody has asked the person to fill this in."""


class Filling:
    """A member's forms; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone
        self._blind: dict[tuple[int, int], Answers] = {}

    async def mine(self, user_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """List what waits for somebody.

        Raises:
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            stop_listening(tx, user_id)
            lines = []
            for row in tx.evaluations.open_at(now):
                if row.purpose == CHECKLIST:
                    ask_newcomer(tx, row, person)
                tickets = tx.evaluations.tickets_of(row.id, person.id)
                answered = sum(ticket.answered for ticket in tickets)
                if tickets and not (row.anonymous and answered == len(tickets)):
                    lines.append(
                        FormLine(
                            evaluation=row.id,
                            title=form_of(row).title,
                            anonymous=row.anonymous,
                            asked=len(tickets),
                            answered=answered,
                            closes_at=row.closes_at,
                        )
                    )
            lines.sort(key=lambda line: line.answered == line.asked)
            show(tx, user_id, FormList(forms=tuple(lines)), on_message, now)

        await self._database.write(work)

    async def open(self, user_id: int, evaluation_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """Open a form: the list of its subjects, or its first item if there is one subject only.

        Raises:
            NotOnRoster, NotAskedToFill: it is not for them.
        """

        def work(tx: Tx) -> None:
            row, person = self._mine(tx, user_id, evaluation_id)
            tickets = tx.evaluations.tickets_of(row.id, person.id)
            if len(tickets) == 1:
                self._start(tx, user_id, tickets[0].subject_id, on_message, now)
            else:
                self._show_subjects(tx, user_id, row, tickets, 0, on_message, now)

        await self._database.write(work)

    async def subjects(self, user_id: int, evaluation_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Show a page of the subjects of a form.

        Raises:
            NotOnRoster, NotAskedToFill: it is not for them.
        """

        def work(tx: Tx) -> None:
            row, person = self._mine(tx, user_id, evaluation_id)
            tickets = tx.evaluations.tickets_of(row.id, person.id)
            self._show_subjects(tx, user_id, row, tickets, page, on_message, now)

        await self._database.write(work)

    async def start(self, user_id: int, subject_id: int, *, on_message: int, now: datetime) -> None:
        """Begin with a subject, or go on where it was left.

        Raises:
            NotOnRoster, NotAskedToFill: it is not for them.
        """
        await self._database.write(lambda tx: self._start(tx, user_id, subject_id, on_message, now))

    async def go(self, user_id: int, subject_id: int, at: int, *, on_message: int, now: datetime) -> None:
        """Show an item by its place; one past the last is the check before sending.

        Raises:
            NotOnRoster, NotAskedToFill: it is not for them.
        """

        def work(tx: Tx) -> None:
            page = self._page(tx, user_id, subject_id, on_message, now)
            if page is not None:
                page.show(at)

        await self._database.write(work)

    async def answer(
        self, user_id: int, subject_id: int, at: int, value: str, *, on_message: int, now: datetime
    ) -> None:
        """Answer an item with one of its buttons and go on to the next.

        Raises:
            NotOnRoster, NotAskedToFill, Forged: it is not for them, or no such answer.
        """

        def work(tx: Tx) -> None:
            page = self._page(tx, user_id, subject_id, on_message, now, begin=at == 0)
            if page is None:
                return
            items = page.form.items
            if not 0 <= at < len(items) or value not in choices(items[at]):
                raise Forged()
            before = page.answers.get(items[at].key)
            answer = Answer(value, before.remark if before is not None and before.value == value else "")
            page.put(items[at].key, answer)
            page.show(at if wants_remark(items[at], answer) else at + 1)

        await self._database.write(work)

    async def write(self, user_id: int, body: str, text: str, *, now: datetime) -> None:
        """Take what was typed for an item (or as the remark to its answer) and go on to the next.

        Raises:
            AnswerUnreadable, TooLong: it is no answer.
            Expired: the form is not there any more.
        """
        about = json.loads(body)
        subject_id, at = int(about["subject"]), int(about["at"])

        def work(tx: Tx) -> None:
            page = self._page(tx, user_id, subject_id, str(about["card"]), now)
            if page is None:
                return
            item = page.form.items[at]
            if item.kind in ("text", "number"):
                page.put(item.key, written(item, text))
            else:
                before = page.answers.get(item.key)
                if before is None or item.remark != before.value:
                    raise Expired()
                remark = written(item.model_copy(update={"kind": "text"}), text)
                page.put(item.key, Answer(before.value, remark.value))
            page.show(at + 1)

        await self._database.write(work)

    async def send(self, user_id: int, subject_id: int, *, on_message: int, now: datetime) -> bool:
        """Send a form as it is; false if it could not be (the message says why).

        Raises:
            NotOnRoster, NotAskedToFill: it is not for them.
            AnswersMissing: something that is needed has no answer.
        """

        def work(tx: Tx) -> bool:
            page = self._page(tx, user_id, subject_id, on_message, now)
            if page is None:
                return False
            must_be_complete(page.form, page.answers)
            stop_listening(tx, user_id)
            first = tx.evaluations.use_ticket(subject_id, page.person.id)
            if page.row.anonymous:
                for item in page.form.items:
                    if item.key in page.answers:
                        counted, words = parted(item, page.answers[item.key])
                        tx.evaluations.add_mark(page.row.id, subject_id, item.key, counted, words)
                draft = (page.person.id, subject_id)
                tx.on_commit(lambda: self._forget(draft))
            else:
                tx.evaluations.send_draft(subject_id, page.person.id, now=now)
            self._after(tx, page.row, page.person, now)
            self._show_sent(tx, user_id, page, first=first, now=now, on_message=on_message)
            return True

        return await self._database.write(work)

    async def close(self, evaluation_id: int, *, now: datetime) -> None:
        """The deadline of an evaluation has come."""

        def work(tx: Tx) -> None:
            row = tx.evaluations.get(evaluation_id)
            if row is not None and close_evaluation(tx, row.id, now=now):
                tell_closed(tx, row, now=now)

        await self._database.write(work)
        self._blind = {key: draft for key, draft in self._blind.items() if await self._is_open(key[1], now)}

    async def _is_open(self, subject_id: int, now: datetime) -> bool:
        def look(tx: Tx) -> bool:
            subject = tx.evaluations.subject(subject_id)
            row = None if subject is None else tx.evaluations.get(subject.evaluation_id)
            return row is not None and row.is_open(now)

        return await self._database.read(look)

    def _forget(self, draft: tuple[int, int]) -> None:
        self._blind.pop(draft, None)

    def _after(self, tx: Tx, row: EvaluationRow, person: Person, now: datetime) -> None:
        """What follows from a form that was sent: points, and the end of an anonymous one that everybody has answered."""
        if all(ticket.answered for ticket in tx.evaluations.tickets_of(row.id, person.id)):
            day, evidence = day_of(now, self._zone), f"evaluation:{row.id}"
            what = Happening("form.filled", {"form": row.form, "purpose": row.purpose})
            if row.purpose == CHECKLIST:
                what = Happening("checklist.done", {"checklist": json.loads(row.about)["checklist"]})
            credit(tx, person.id, evidence, what, day=day, now=now)
        if row.anonymous and tx.evaluations.is_complete(row.id):
            close_evaluation(tx, row.id, now=now)
            tell_closed(tx, row, now=now)

    def _mine(self, tx: Tx, user_id: int, evaluation_id: int) -> tuple[EvaluationRow, Person]:
        person = access_of(tx, user_id, self._admins).member()
        row = tx.evaluations.get(evaluation_id)
        if row is None:
            raise NotAskedToFill()
        if row.purpose == CHECKLIST:
            ask_newcomer(tx, row, person)
        if not tx.evaluations.tickets_of(row.id, person.id):
            raise NotAskedToFill()
        return row, person

    def _start(self, tx: Tx, user_id: int, subject_id: int, on_message: int | None, now: datetime) -> None:
        page = self._page(tx, user_id, subject_id, on_message, now, begin=True)
        if page is not None:
            missing = unanswered(page.form, page.answers)
            page.put_all(page.answers)
            page.show(missing[0] if missing else len(page.form.items) if page.answers else 0)

    def _page(
        self, tx: Tx, user_id: int, subject_id: int, where: Where, now: datetime, *, begin: bool = False
    ) -> FormPage | None:
        """What somebody is filling in; ``None`` if it cannot be any more, which the message then says."""
        person = access_of(tx, user_id, self._admins).member()
        ticket, subject = tx.evaluations.ticket(subject_id, person.id), tx.evaluations.subject(subject_id)
        row = None if ticket is None else tx.evaluations.get(ticket.evaluation_id)
        if ticket is None or row is None or subject is None:
            raise NotAskedToFill()
        over = None
        answers: Answers | None
        if row.anonymous:
            answers = self._blind.get((person.id, subject_id), {} if begin else None)
            over = "answered" if ticket.answered else "lost" if answers is None else None
        else:
            sheet = tx.evaluations.sheet(subject_id, person.id)
            answers = {} if sheet is None else answers_of(sheet.draft)
        over = over if row.is_open(now) else "closed"
        if over is not None or answers is None:
            view = FormOver(
                title=form_of(row).title,
                why="closed" if over == "closed" else "answered" if over == "answered" else "lost",
                subject=subject_id,
            )
            stop_listening(tx, user_id)
            show(tx, user_id, view, where, now)
            return None
        return FormPage(self._keep_blind, tx, user_id, person, row, subject, answers, ticket, where, now)

    def _keep_blind(self, person_id: int, subject_id: int, answers: Answers) -> None:
        self._blind[(person_id, subject_id)] = answers

    def _show_subjects(
        self,
        tx: Tx,
        user_id: int,
        row: EvaluationRow,
        tickets: Sequence[Ticket],
        page: int,
        on_message: int | None,
        now: datetime,
    ) -> None:
        stop_listening(tx, user_id)
        form = form_of(row)
        lines = tuple(SubjectLine(id=one.subject_id, title=one.title, answered=one.answered) for one in tickets)
        view = FormSubjects(
            evaluation=row.id,
            title=form.title,
            intro=form.intro,
            anonymous=row.anonymous,
            closes_at=row.closes_at,
            subjects=lines,
            page=page,
        )
        show(tx, user_id, view, on_message, now)

    def _show_sent(
        self, tx: Tx, user_id: int, page: FormPage, *, first: bool, now: datetime, on_message: int | None
    ) -> None:
        tickets = tx.evaluations.tickets_of(page.row.id, page.person.id)
        left = [ticket for ticket in tickets if not ticket.answered]
        view = FormSent(
            evaluation=page.row.id,
            title=page.form.title,
            about=page.subject.title if len(tickets) > 1 else "",
            anonymous=page.row.anonymous,
            left=len(left),
            following=left[0].subject_id if left else None,
            state="sent" if first else "again",
        )
        show(tx, user_id, view, on_message, now)

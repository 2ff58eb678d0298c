"""Filling in forms, a member's side, in private: what waits, one item after the other in one message, checking, sending.

The draft of an open form is stored at every press and survives a restart. The draft of an anonymous one is kept in memory
alone and nowhere else, so that no table ever holds an answer beside a person: after a restart it has to be begun anew. Its
answers are stored when it is sent, each alone (see ``study.evaluations``).
"""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx, to_ms
from storage.evaluations import EvaluationRow, SubjectRow, Ticket
from storage.outbox import FLEETING
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
    FormCheck,
    FormItem,
    FormLine,
    FormList,
    FormOver,
    FormSent,
    FormSubjects,
    SubjectLine,
)
from study.evaluations import answers_of, body_of, close_evaluation, form_of
from study.ledger import Happening, credit
from study.survey_end import tell_closed
from study.views import View

WRITING = "form.write"
"""The topic of the conversation in which an item is written; its body names the subject and the item's place."""

Where = int | str | None
"""Where a form is shown: in the message whose button was pressed (its number), below what was typed (the name of the message
that goes), or in a new one."""
_FORM = f"{FLEETING}form:"


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
            _stop_listening(tx, user_id)
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
            _show(tx, user_id, FormList(forms=tuple(lines)), on_message, now)

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
            _stop_listening(tx, user_id)
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
    ) -> "_Page | None":
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
            _stop_listening(tx, user_id)
            _show(tx, user_id, view, where, now)
            return None
        return _Page(self, tx, user_id, person, row, subject, answers, ticket, where, now)

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
        _stop_listening(tx, user_id)
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
        _show(tx, user_id, view, on_message, now)

    def _show_sent(
        self, tx: Tx, user_id: int, page: "_Page", *, first: bool, now: datetime, on_message: int | None
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
        _show(tx, user_id, view, on_message, now)


class _Page:
    """A form in somebody's hands, within one transaction."""

    def __init__(
        self,
        filling: Filling,
        tx: Tx,
        user_id: int,
        person: Person,
        row: EvaluationRow,
        subject: SubjectRow,
        answers: Answers,
        ticket: Ticket,
        where: Where,
        now: datetime,
    ) -> None:
        self._filling, self._tx, self._user_id = filling, tx, user_id
        self.person, self.row, self.subject, self.answers = person, row, subject, answers
        self.form = form_of(row)
        self._ticket, self._where, self._now = ticket, where, now

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer in the draft."""
        self.put_all({**self.answers, key: answer})

    def put_all(self, answers: Answers) -> None:
        """Keep the draft as it is: stored, or in memory only."""
        self.answers = answers
        if self.row.anonymous:
            person_id, subject_id, keep = self.person.id, self.subject.id, self._filling._keep_blind
            self._tx.on_commit(lambda: keep(person_id, subject_id, answers))
        else:
            self._tx.evaluations.put_draft(self.row.id, self.subject.id, self.person.id, body_of(answers))

    def show(self, at: int) -> None:
        """Show the item at a place, or the check if it is past the last."""
        items = self.form.items
        several = len(self._tx.evaluations.tickets_of(self.row.id, self.person.id)) > 1
        about = "" if self.subject.person_id == self.person.id else self.subject.title
        if not 0 <= at < len(items):
            _stop_listening(self._tx, self._user_id)
            check = FormCheck(
                evaluation=self.row.id,
                subject=self.subject.id,
                about=about,
                form=self.form,
                answers={key: (one.value, one.remark) for key, one in self.answers.items()},
                missing=unanswered(self.form, self.answers),
                sent_before=self._ticket.answered,
                several=several,
            )
            _show(self._tx, self._user_id, check, self._where, self._now)
            return
        item = items[at]
        answer = self.answers.get(item.key)
        asks_remark = wants_remark(item, answer)
        aspect = self.form.aspect_of(item.key)
        view = FormItem(
            evaluation=self.row.id,
            subject=self.subject.id,
            about=about,
            title=self.form.title,
            aspect=None if aspect is None else aspect.title,
            item=item,
            at=at,
            of=len(items),
            value="" if answer is None else answer.value,
            remark="" if answer is None else answer.remark,
            asks_remark=asks_remark,
            anonymous=self.row.anonymous,
            several=several,
        )
        card = _show(self._tx, self._user_id, view, self._where, self._now)
        if asks_remark or not choices(item):
            body = json.dumps({"subject": self.subject.id, "at": at, "card": card})
            self._tx.conversations.put(self._user_id, self._user_id, WRITING, body, now=self._now)
        else:
            _stop_listening(self._tx, self._user_id)


def _show(tx: Tx, user_id: int, view: View, where: Where, now: datetime) -> str:
    """Show something in the message whose button was pressed, or in a new one; returns the message's name.

    After something typed the message is sent anew below it, and the one before goes. What such messages showed is not kept once
    it was delivered.
    """
    if isinstance(where, int):
        ref = f"{_FORM}{user_id}:{where}"
        tx.outbox.adopt(ref, user_id, where, now=now)
        tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)
        return ref
    ref = f"{_FORM}{user_id}:n{to_ms(now)}"
    tx.outbox.say(user_id, view, now=now, ref=ref)
    if where is not None:
        # Second and with a lower rank: a private chat takes one call a second, and the new message matters more.
        tx.outbox.delete(where, now=now)
    return ref


def _stop_listening(tx: Tx, user_id: int) -> None:
    under_way = tx.conversations.get(user_id, user_id)
    if under_way is not None and under_way.topic == WRITING:
        tx.conversations.end(user_id, user_id)

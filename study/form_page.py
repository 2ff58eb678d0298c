"""A form in somebody's hands: the draft (stored, or in memory only), the item that is shown, the message that shows it."""

import json
from collections.abc import Callable
from datetime import datetime

from storage import Rank, Tx, to_ms
from storage.evaluations import EvaluationRow, SubjectRow, Ticket
from storage.outbox import FLEETING
from storage.people import Person
from study.evaluation_rules import Answer, Answers, choices, unanswered, wants_remark
from study.evaluation_views import FormCheck, FormItem
from study.evaluations import body_of, form_of
from study.views import View

WRITING = "form.write"
"""The topic of the conversation in which an item is written; its body names the subject, the item's place and the message."""

Where = int | str | None
"""Where a form is shown: in the message whose button was pressed (its number), below what was typed (the name of the message
that goes), or in a new one."""
_FORM = f"{FLEETING}form:"


class FormPage:
    """A form in somebody's hands, within one transaction."""

    def __init__(
        self,
        keep: Callable[[int, int, Answers], None],
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
        self._keep, self._tx, self._user_id = keep, tx, user_id
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
            person_id, subject_id, keep = self.person.id, self.subject.id, self._keep
            self._tx.on_commit(lambda: keep(person_id, subject_id, answers))
        else:
            self._tx.evaluations.put_draft(self.row.id, self.subject.id, self.person.id, body_of(answers))

    def show(self, at: int) -> None:
        """Show the item at a place, or the check if it is past the last."""
        items = self.form.items
        several = len(self._tx.evaluations.tickets_of(self.row.id, self.person.id)) > 1
        about = "" if self.subject.person_id == self.person.id else self.subject.title
        if not 0 <= at < len(items):
            stop_listening(self._tx, self._user_id)
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
            show(self._tx, self._user_id, check, self._where, self._now)
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
        card = show(self._tx, self._user_id, view, self._where, self._now)
        if asks_remark or not choices(item):
            body = json.dumps({"subject": self.subject.id, "at": at, "card": card})
            self._tx.conversations.put(self._user_id, self._user_id, WRITING, body, now=self._now)
        else:
            stop_listening(self._tx, self._user_id)


def show(tx: Tx, user_id: int, view: View, where: Where, now: datetime) -> str:
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


def stop_listening(tx: Tx, user_id: int) -> None:
    """What is said next belongs to no form any more."""
    under_way = tx.conversations.get(user_id, user_id)
    if under_way is not None and under_way.topic == WRITING:
        tx.conversations.end(user_id, user_id)

"""The book of tasks: submissions between their rows and their rules, who is asked, the counts, the cards in groups.

Everything here works inside a transaction that a use case has opened.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx
from storage.people import Person
from storage.tasks import Count, SubmissionHead, SubmissionRow, TaskFile, TaskRow
from study.access import Access
from study.audience import Audience, recipients
from study.errors import Forged, StudyError
from study.submission import Attached, Command, Consent, Event, Submission, Terms, Text
from study.task_rules import decide, evolve
from study.task_templates import TEMPLATES, Piece, State, Template
from study.task_views import FileView, GroupCard, TaskHead

WHOLE_PROGRAMME = Access(0, None, is_admin=True)
"""Whose choice a task of the schedule is."""


class TaskUnknown(StudyError):
    """There is no task with this number (that the person may see)."""

    code = "task_unknown"


class NotAsked(StudyError):
    """The task is meant for others."""

    code = "not_asked"


def task_of(tx: Tx, task_id: int) -> TaskRow:
    """A task by its number.

    Raises:
        TaskUnknown: there is none.
    """
    task = tx.tasks.get(task_id)
    if task is None:
        raise TaskUnknown()
    return task


def template_of(task: TaskRow) -> Template:
    """The template of a task."""
    return TEMPLATES[task.template]


def terms_of(task: TaskRow) -> Terms:
    """What a task asks for."""
    return Terms(template_of(task), task.least, task.due_at, task.closes_at)


def head_of(task: TaskRow, now: datetime, zone: ZoneInfo) -> TaskHead:
    """What every card says of a task."""
    return TaskHead(
        id=task.id,
        template=task.template,
        title=task.title,
        day=task.created_at.astimezone(zone).date(),
        due_at=task.due_at,
        over=now > task.due_at,
        closed=task.closes_at is not None and now > task.closes_at,
    )


def submission_of(row: SubmissionRow) -> Submission:
    """A stored submission as the rules know it."""
    return Submission(
        state=State(row.state),
        draft=Text(row.draft, _attached(row.draft_files)),
        handed=Text(row.text, _attached(row.files)),
        version=row.version,
        handed_in_at=row.handed_in_at,
        late=row.late,
        received=row.received,
        reason=row.reason,
        commended=row.commended,
        consent=Consent(row.consent),
    )


def carry_out(
    tx: Tx, task: TaskRow, row: SubmissionRow, command: Command, *, author: int, now: datetime
) -> tuple[Submission, tuple[Event, ...]]:
    """Let a command have its effect on a submission and keep what happened, with its author (a Telegram user) and time.

    Raises:
        StudyError: the rules refuse it.
    """
    work = submission_of(row)
    events = decide(work, command, terms_of(task), now=now)
    for event in events:
        work = evolve(work, event)
        tx.tasks.note(row.id, type(event).__name__, _json(event), author=author, now=now)
    if events:
        tx.tasks.put(
            row.id,
            state=work.state.value,
            received=work.received,
            draft=work.draft.text,
            draft_files=_json(work.draft.files),
            text=work.handed.text,
            files=_json(work.handed.files),
            version=work.version,
            handed_in_at=work.handed_in_at,
            late=work.late,
            reason=work.reason,
            commended=work.commended,
            consent=work.consent.value,
        )
    return work, events


def mine(tx: Tx, task: TaskRow, person: Person, now: datetime) -> SubmissionRow:
    """A person's own submission; whoever joined later is asked now, where the template and the time allow it.

    Raises:
        NotAsked: the task is not meant for them.
    """
    found = tx.tasks.submission_of(task.id, person.id)
    if found is not None:
        return found
    template = template_of(task)
    if not template.later_joiners or now > task.due_at or not is_meant(tx, task, person):
        raise NotAsked()
    tx.tasks.ask(task.id, person.id)
    row = tx.tasks.submission_of(task.id, person.id)
    assert row is not None
    return row


def own(tx: Tx, user_id: int, submission_id: int) -> tuple[TaskRow, SubmissionRow]:
    """A submission of the person behind a Telegram account.

    Raises:
        Forged: it is somebody else's, or there is none.
    """
    row = tx.tasks.submission(submission_id)
    if row is None or row.user_id != user_id or row.left_at is not None:
        raise Forged()
    return task_of(tx, row.task_id), row


def is_meant(tx: Tx, task: TaskRow, person: Person) -> bool:
    """Whether a task of the whole programme would be given to a person who joined only now."""
    audience = Audience.model_validate_json(task.audience)
    everybody = not (audience.units or audience.levels or audience.roles or audience.not_answered)
    return everybody or person in recipients(tx, audience, WHOLE_PROGRAMME)


def take_in_later_joiners(tx: Tx, task: TaskRow, now: datetime) -> None:
    """Ask whoever has joined since, until the deadline, if the template says so."""
    template = template_of(task)
    if template.later_joiners and not template.by_choice and now <= task.due_at:
        for person in recipients(tx, Audience.model_validate_json(task.audience), WHOLE_PROGRAMME):
            tx.tasks.ask(task.id, person.id)


def is_missing(head: SubmissionHead, template: Template) -> bool:
    """Whether a person still owes a first version."""
    return not template.by_choice and head.version == 0 and head.left_at is None


def owing(tx: Tx, reference: str) -> frozenset[int]:
    """The ids (roster) of those who have not handed in for a task, which is named by its number.

    Whoever joined before the deadline of a task for later joiners owes it too, even if nobody has noted that yet.
    """
    if not (reference.isascii() and reference.isdigit()):
        raise TaskUnknown()
    task = task_of(tx, int(reference))
    template, heads = template_of(task), tx.tasks.heads(task.id)
    missing = {head.person_id for head in heads if is_missing(head, template)}
    if template.later_joiners and not template.by_choice:
        asked = {head.person_id for head in heads}
        missing |= {
            person.id
            for person in recipients(tx, Audience.model_validate_json(task.audience), WHOLE_PROGRAMME)
            if person.id not in asked and person.joined_at is not None and person.joined_at <= task.due_at
        }
    return frozenset(missing)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a number of people are."""

    asked: int = 0
    received: int = 0
    handed_in: int = 0
    late: int = 0
    waiting: int = 0
    accepted: int = 0


def tally(counts: Iterable[Count], units: frozenset[int], template: Template) -> Tally:
    """Count the people of some units; of a task by choice only those who have handed in."""
    mine = [count for count in counts if count.unit_id in units and (count.handed or not template.by_choice)]
    return Tally(
        asked=sum(count.people for count in mine),
        received=sum(count.people for count in mine if count.received),
        handed_in=sum(count.people for count in mine if count.handed),
        late=sum(count.people for count in mine if count.late),
        waiting=sum(count.people for count in mine if count.state == State.HANDED_IN),
        accepted=sum(count.people for count in mine if count.state == State.ACCEPTED),
    )


def card_ref(task_id: int, chat_id: int) -> str:
    """The name of a task's card in a group."""
    return f"task:{task_id}:{chat_id}"


def link_to(me: str, payload: int | str) -> str:
    """The link that opens a task in private."""
    return f"https://t.me/{me}?start=task_{payload}"


def group_card(
    tx: Tx, task: TaskRow, unit_id: int, counts: Iterable[Count], *, me: str, now: datetime, zone: ZoneInfo
) -> GroupCard:
    """A task's card for the group of a unit."""
    done = tally(counts, tx.people.within(unit_id), template_of(task))
    return GroupCard(
        head=head_of(task, now, zone),
        text=task.text,
        link=link_to(me, task.id),
        asked=done.asked,
        received=done.received,
        handed_in=done.handed_in,
    )


def refresh_cards(tx: Tx, task: TaskRow, *, me: str, now: datetime, zone: ZoneInfo, unit_id: int | None = None) -> None:
    """Let the cards in the groups show the newest counts (of the groups whose unit has ``unit_id`` in it, or of all).

    A card that a supergroup left behind when it was a group cannot be edited and is sent anew.
    """
    moved = {card.chat_id: card.moved for card in tx.tasks.cards(task.id)}
    counts: tuple[Count, ...] | None = None
    for group in tx.places.groups() if moved else ():
        if group.chat_id not in moved or group.unit_id is None:
            continue
        if unit_id is None or unit_id in tx.people.within(group.unit_id):
            counts = tuple(tx.tasks.counts(task.id)) if counts is None else counts
            card = group_card(tx, task, group.unit_id, counts, me=me, now=now, zone=zone)
            if not tx.outbox.edit(card_ref(task.id, group.chat_id), card, now=now) and moved[group.chat_id]:
                show_card(tx, task, group.chat_id, card, now)


def show_card(tx: Tx, task: TaskRow, chat_id: int, card: GroupCard, now: datetime) -> None:
    """Give a group its card of a task."""
    tx.outbox.say(chat_id, card, now=now, rank=Rank.PUSH, ref=card_ref(task.id, chat_id))
    tx.tasks.add_card(task.id, chat_id)


def file_views(files: Iterable[TaskFile | Attached]) -> tuple[FileView, ...]:
    """Files as views show them."""
    return tuple(FileView(piece=str(file.piece), file_id=file.file_id, name=file.name) for file in files)


def _attached(files: Iterable[TaskFile]) -> tuple[Attached, ...]:
    return tuple(Attached(Piece(file.piece), file.file_id, file.name) for file in files)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)

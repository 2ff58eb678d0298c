"""What a member does about tasks: sees them, says that they arrived, writes, hands in, answers to being published."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from storage.people import Person
from storage.tasks import SubmissionRow, TaskRow
from study.access import access_of
from study.audience import Audience
from study.calendar import Days, moment
from study.submission import Answer, Consent, Receive, Submission
from study.task_book import (
    carry_out,
    file_views,
    head_of,
    is_meant,
    link_to,
    mine,
    own,
    refresh_cards,
    submission_of,
    task_of,
    template_of,
    terms_of,
)
from study.task_drafts import begin
from study.task_publishing import publish
from study.task_rules import may_write
from study.task_templates import OWN_REFLECTION, State
from study.task_views import (
    ConsentAsked,
    MyTask,
    MyTasks,
    Sheet,
    TaskLink,
)

_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """The programme's zone, country and admins, and the schedule of its reflections (``days`` empty: none)."""

    zone: ZoneInfo
    country: str
    admins: frozenset[int]
    days: Days
    at: time
    due_days: int
    least: int
    prompt: str


class Tasks:
    """A member's side of the tasks. ``me`` is always the bot's user name, for links."""

    def __init__(self, database: Database, settings: TaskSettings) -> None:
        self._database, self._settings = database, settings

    async def link(self, chat_id: int, *, reply_to: int | None, me: str, now: datetime) -> None:
        """Answer in a group with the way into private."""

        def work(tx: Tx) -> None:
            tx.outbox.say(chat_id, TaskLink(link=link_to(me, "own")), now=now, reply_to=reply_to)

        await self._database.write(work)

    async def reflect(self, user_id: int, *, now: datetime) -> None:
        """Open the person's current reflection: one they owe, else one they may still change, else one of their own.

        Raises:
            NotOnRoster: they are nobody on the roster.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            current = self._current(tx, person, now)
            if current is None:
                self._write_own(tx, person, user_id, now)
            elif current[1].version == 0 or current[1].state == State.RETURNED:
                begin(tx, self._settings.zone, *current, user_id, now)
            else:
                self._say_sheet(tx, *current, user_id, now, another=True)

        await self._database.write(work)

    async def reflect_freely(self, user_id: int, *, now: datetime) -> None:
        """Open this week's reflection of the person's own.

        Raises:
            NotOnRoster: they are nobody on the roster.
            AlreadyAccepted: this week's is accepted.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            self._write_own(tx, person, user_id, now)

        await self._database.write(work)

    async def open(self, user_id: int, task_id: int, *, now: datetime) -> None:
        """Open a task by its number: to be written at once if it is owed, else as it stands.

        Raises:
            NotOnRoster, TaskUnknown, NotAsked: it cannot be.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            task = task_of(tx, task_id)
            row = mine(tx, task, person, now)
            if template_of(task).acknowledged or not may_write(submission_of(row), terms_of(task), now):
                self._say_sheet(tx, task, row, user_id, now)
            else:
                begin(tx, self._settings.zone, task, row, user_id, now)

        await self._database.write(work)

    async def receive(self, user_id: int, task_id: int, *, on_message: int, me: str, now: datetime) -> bool:
        """The person says that a task has reached them; false if they had said so before.

        Raises:
            NotOnRoster, TaskUnknown, NotAsked: it is not theirs.
        """

        def work(tx: Tx) -> bool:
            person = access_of(tx, user_id, self._settings.admins).member()
            task = task_of(tx, task_id)
            row = mine(tx, task, person, now)
            done, events = carry_out(tx, task, row, Receive(), author=user_id, now=now)
            if events:
                ref = sheet_ref(task.id, row.person_id)
                sent = tx.outbox.message(ref)
                if sent is not None and sent.message_id == on_message:
                    tx.outbox.edit(ref, self._sheet(task, done, now), now=now)
                refresh_cards(tx, task, me=me, now=now, zone=self._settings.zone, unit_id=row.unit_id)
            return bool(events)

        return await self._database.write(work)

    async def begin(self, user_id: int, task_id: int, *, now: datetime) -> None:
        """Begin to write for a task, or go on: the next messages in private are the draft.

        Raises:
            StudyError: the task is not theirs, or nothing can be written any more.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            task = task_of(tx, task_id)
            begin(tx, self._settings.zone, task, mine(tx, task, person, now), user_id, now)

        await self._database.write(work)

    async def mine(self, user_id: int, *, now: datetime) -> None:
        """List the person's tasks of the last weeks: what is owed first.

        Raises:
            NotOnRoster: they are nobody on the roster.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            for task in tx.tasks.recent(now):
                template = template_of(task)
                if template.later_joiners and not template.by_choice and is_meant(tx, task, person):
                    tx.tasks.ask(task.id, person.id)
            lines = [self._line(tx, row, now) for row in tx.tasks.of_person(person.id, now - _SHOWN_FOR)]
            shown = sorted((line for line in lines if line is not None), key=lambda line: not line.may_write)
            tx.outbox.say(user_id, MyTasks(tasks=tuple(shown)), now=now)

        await self._database.write(work)

    async def answer(self, user_id: int, submission_id: int, consent: Consent, *, now: datetime) -> None:
        """The author says whether a good piece may go to the group, and under which name; with consent it goes at once.

        Raises:
            ConsentGiven: they have answered already, or were not asked.
            Forged: it is not theirs.
        """

        def work(tx: Tx) -> None:
            task, row = own(tx, user_id, submission_id)
            done, _ = carry_out(tx, task, row, Answer(consent), author=user_id, now=now)
            head = head_of(task, now, self._settings.zone)
            groups = 0 if consent is Consent.REFUSED else publish(tx, head, row, done, now=now)
            view = ConsentAsked(submission=row.id, head=head, answered=consent.value, groups=groups)
            tx.outbox.edit(f"consent:{row.id}", view, now=now)

        await self._database.write(work)

    def _current(self, tx: Tx, person: Person, now: datetime) -> tuple[TaskRow, SubmissionRow] | None:
        open_tasks = []
        for task in tx.tasks.recent(now - _SHOWN_FOR):
            template = template_of(task)
            if template.kind != "reflection" or template.by_choice:
                continue
            row = tx.tasks.submission_of(task.id, person.id)
            if row is None and now <= task.due_at and template.later_joiners and is_meant(tx, task, person):
                row = mine(tx, task, person, now)
            if row is not None and may_write(submission_of(row), terms_of(task), now):
                open_tasks.append((task, row))
        owed = [(task, row) for task, row in open_tasks if row.state in (State.DRAFT, State.RETURNED)]
        # The newest prompt first: whoever owes an older one finds it in /tasks.
        return next(iter(owed or open_tasks), None)

    def _write_own(self, tx: Tx, person: Person, user_id: int, now: datetime) -> None:
        today = now.astimezone(self._settings.zone).date()
        task = self._week_of(tx, today, now)
        tx.tasks.ask(task.id, person.id)
        row = tx.tasks.submission_of(task.id, person.id)
        assert row is not None
        begin(tx, self._settings.zone, task, row, user_id, now)

    def _week_of(self, tx: Tx, today: date, now: datetime) -> TaskRow:
        year, week, weekday = today.isocalendar()
        key = f"own:{year}-W{week:02}"
        sunday = today + timedelta(days=7 - weekday)
        tx.tasks.add(
            template=OWN_REFLECTION.name,
            key=key,
            title="",
            text="",
            files="[]",
            least=self._settings.least,
            unit_id=None,
            audience=Audience().model_dump_json(),
            created_by=None,
            now=now,
            due_at=moment(sunday, time(23, 59, 59), self._settings.zone),
        )
        task = tx.tasks.by_key(key)
        assert task is not None
        return task

    def _say_sheet(
        self, tx: Tx, task: TaskRow, row: SubmissionRow, user_id: int, now: datetime, *, another: bool = False
    ) -> None:
        view = self._sheet(task, submission_of(row), now, another=another)
        tx.outbox.say(user_id, view, now=now, ref=sheet_ref(task.id, row.person_id))

    def _sheet(self, task: TaskRow, work: Submission, now: datetime, *, another: bool = False) -> Sheet:
        return sheet(task, work, now, self._settings.zone, another=another)

    def _line(self, tx: Tx, row: SubmissionRow, now: datetime) -> MyTask | None:
        task = task_of(tx, row.task_id)
        work = submission_of(row)
        if template_of(task).by_choice and work.version == 0 and work.draft.is_empty:
            return None
        return MyTask(
            head=head_of(task, now, self._settings.zone),
            state=work.state.value,
            late=work.late,
            may_write=may_write(work, terms_of(task), now),
        )


def sheet(task: TaskRow, work: Submission, now: datetime, zone: ZoneInfo, *, another: bool = False) -> Sheet:
    """A task as its member sees it."""
    return Sheet(
        head=head_of(task, now, zone),
        text=task.text,
        files=file_views(task.files),
        least=task.least,
        state=work.state.value,
        received=work.received or not template_of(task).acknowledged,
        late=work.late,
        reason=work.reason,
        may_write=may_write(work, terms_of(task), now),
        another=another,
    )


def sheet_ref(task_id: int, person_id: int) -> str:
    """The name of the newest message that shows a task to a person."""
    return f"sheet:{task_id}:{person_id}"

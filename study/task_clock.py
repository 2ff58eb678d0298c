"""What tasks do by themselves: prompts by schedule, what is owed the day before, the word at the deadline."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Database, Rank, Tx
from storage.people import Person, Role
from storage.tasks import TaskRow
from study.access import Access, access_of
from study.audience import Audience, recipients
from study.calendar import day_of, days_between, is_on, is_workday, moment, previous_on
from study.due import Due
from study.owed import Owed
from study.programme import programme_in_force
from study.submission import Submission
from study.task_again import tell
from study.task_book import (
    WHOLE_PROGRAMME,
    file_views,
    group_card,
    head_of,
    is_missing,
    refresh_cards,
    show_card,
    take_in_later_joiners,
    task_of,
    template_of,
)
from study.task_overview import detail
from study.task_templates import REFLECTION, State
from study.task_views import DeadlinePassed, TaskAttachment
from study.tasks import TaskSettings, sheet, sheet_ref

_MORNING = time(9, 0)
_SOON = timedelta(hours=2)


def remind_at(
    created_at: datetime, due_at: datetime, zone: ZoneInfo, country: str, hour: time = _MORNING
) -> datetime | None:
    """When those who are missing are reminded by themselves: in the morning of the last workday before the deadline's day.

    If the task is too new for that, in the morning of the day itself, if people work on it; a task of a few hours has no
    reminder. ``hour`` is on the zone's clock; aware times in, UTC out.
    """
    last = day_of(due_at, zone)
    before = previous_on("workdays", last, country)
    days = ([] if before is None else [before]) + ([last] if is_workday(last, country) else [])
    for day in days:
        at = moment(day, hour, zone)
        if created_at + _SOON <= at <= due_at - _SOON:
            return at
    return None


@dataclass(frozen=True, slots=True)
class ReminderDays:
    """The day on which something is in the day's reminder, and the last one: for who was on leave on the first."""

    first: date
    last: date

    def concern(self, tx: Tx, person_id: int, today: date) -> bool:
        """Whether a person is reminded on a day."""
        return today == self.first or (today == self.last and not tx.reminders.was(person_id, self.first))


def reminder_days(
    created_at: datetime, due_at: datetime, zone: ZoneInfo, country: str, hour: time, today: date
) -> ReminderDays | None:
    """The days of something with a deadline, if ``today`` is one of them."""
    at = remind_at(created_at, due_at, zone, country, hour)
    last = day_of(due_at, zone)
    if at is None:
        return None
    days = ReminderDays(day_of(at, zone), last if moment(last, hour, zone) <= due_at - _SOON else day_of(at, zone))
    return days if today in (days.first, days.last) else None


def hand_out(
    tx: Tx,
    task: TaskRow,
    people: tuple[Person, ...],
    chats: tuple[tuple[int, int], ...],
    *,
    me: str,
    now: datetime,
    settings: TaskSettings,
) -> None:
    """Ask people for a task, tell each in private and each group (chat, unit) by a card, and set the alarms for it."""
    zone = settings.zone
    for person in people:
        tx.tasks.ask(task.id, person.id)
    counts = tx.tasks.counts(task.id)
    for chat_id, unit_id in chats:
        card = group_card(tx, task, unit_id, counts, me=me, now=now, zone=zone)
        show_card(tx, task, chat_id, card, now)
    reachable = tx.places.reachable()
    view = sheet(task, Submission(), now, zone)
    for person in people:
        if person.user_id is not None and person.user_id in reachable:
            for file in file_views(task.files):
                tx.outbox.say(person.user_id, TaskAttachment(file=file), now=now, rank=Rank.BROADCAST)
            ref = sheet_ref(task.id, person.id)
            tx.outbox.say(person.user_id, view, now=now, rank=Rank.BROADCAST, ref=ref)
    tx.alarms.set("task.due", str(task.id), task.due_at)


class TaskClock:
    """Deals with what falls due. ``me`` is the bot's user name, for links."""

    def __init__(self, database: Database, settings: TaskSettings) -> None:
        self._database, self._settings = database, settings

    async def plan(self, since: datetime, until: datetime) -> None:
        """Set the alarms for the prompts between two times."""
        settings = self._settings

        def work(tx: Tx) -> None:
            for day in days_between(day_of(since, settings.zone), day_of(until, settings.zone)):
                at = moment(day, settings.at, settings.zone)
                if since <= at <= until and is_on(settings.days, day, settings.country):
                    tx.alarms.set("task.prompt", day.isoformat(), at, useful_until=self._due(day))

        if settings.days:
            await self._database.write(work)

    async def prompt(self, due: Due, *, me: str) -> None:
        """Ask everybody for a reflection; if the bot was down until after its deadline, nobody is asked any more."""
        settings = self._settings

        def work(tx: Tx) -> None:
            if due.late:
                return
            due_at = self._due(date.fromisoformat(due.key))
            self._ask(tx, f"reflection:{due.key}", "", settings.prompt, settings.least, due_at, me, due.now)

        await self._database.write(work)

    async def ask_for_reflection(
        self, key: str, title: str, prompt: str, *, least: int, due_at: datetime, me: str, now: datetime
    ) -> int | None:
        """Ask everybody for a reflection outside of the schedule; ``None`` if one with this ``key`` was asked for before."""
        return await self._database.write(lambda tx: self._ask(tx, key, title, prompt, least, due_at, me, now))

    def owed(self, tx: Tx, now: datetime) -> Iterable[Owed]:
        """Whose first version is missing, or whose work was returned, on the day on which a task reminds."""
        settings = self._settings
        today, hour = day_of(now, settings.zone), programme_in_force(tx).header.reminders.at
        for task in tx.tasks.recent(now):
            days = reminder_days(task.created_at, task.due_at, settings.zone, settings.country, hour, today)
            if days is None or (task.closes_at is not None and now > task.closes_at):
                continue
            take_in_later_joiners(tx, task, now)
            template = template_of(task)
            for one in tx.tasks.heads(task.id):
                returned = one.state == State.RETURNED and one.left_at is None
                owes = (returned or is_missing(one, template)) and one.reminded_on != today
                if owes and days.concern(tx, one.person_id, today):
                    kind = "returned" if returned else template.kind
                    yield Owed(one.person_id, kind, task.title, task.due_at, f"task_{task.id}")

    async def again(self, due: Due) -> None:
        """Tell those who returned work that it was handed in again."""
        await self._database.write(lambda tx: tell(tx, due, self._settings.zone))

    async def deadline(self, due: Due, *, me: str) -> None:
        """Say once that the deadline has passed: to who is missing, to the groups, and to the organisers who is missing.

        It is told late if the bot was down at the deadline.
        """
        zone = self._settings.zone

        def work(tx: Tx) -> None:
            task = task_of(tx, int(due.key))
            take_in_later_joiners(tx, task, task.due_at)
            # An alarm rings at the deadline itself, which is still in time; the cards are about what comes after it.
            after = max(due.now, task.due_at + timedelta(milliseconds=1))
            head = head_of(task, after, zone)
            for one in tx.tasks.heads(task.id):
                if is_missing(one, template_of(task)) and one.user_id is not None and not head.closed:
                    tx.outbox.say(one.user_id, DeadlinePassed(head=head), now=due.now, rank=Rank.PUSH)
            refresh_cards(tx, task, me=me, now=after, zone=zone)
            for access in self._organisers(tx, task):
                view = detail(tx, task, access, after, zone, summary=True)
                if view.asked:
                    ref = f"summary:{task.id}:{access.user_id}"
                    tx.outbox.say(access.user_id, view, now=due.now, rank=Rank.PUSH, ref=ref)

        await self._database.write(work)

    def _ask(
        self, tx: Tx, key: str, title: str, text: str, least: int, due_at: datetime, me: str, now: datetime
    ) -> int | None:
        audience = Audience()
        task_id = tx.tasks.add(
            template=REFLECTION.name,
            key=key,
            title=title,
            text=text,
            files="[]",
            least=least,
            unit_id=None,
            audience=audience.model_dump_json(),
            created_by=None,
            now=now,
            due_at=due_at,
        )
        if task_id is not None:
            people = recipients(tx, audience, WHOLE_PROGRAMME)
            chats = tuple((group.chat_id, group.unit_id) for group in tx.places.groups() if group.unit_id is not None)
            hand_out(tx, task_of(tx, task_id), people, chats, me=me, now=now, settings=self._settings)
        return task_id

    def _due(self, day: date) -> datetime:
        settings = self._settings
        return moment(day + timedelta(days=settings.due_days), settings.at, settings.zone).astimezone(UTC)

    def _organisers(self, tx: Tx, task: TaskRow) -> list[Access]:
        admins = self._settings.admins
        ids = {
            person.user_id
            for person in tx.people.everybody()
            if person.user_id is not None and person.role in (Role.ORGANISER, Role.ADMIN)
        }
        ids |= set(admins) | ({task.created_by} if task.created_by is not None else set())
        reachable = tx.places.reachable()
        return [access_of(tx, user_id, admins) for user_id in sorted(ids) if user_id in reachable]

"""The day's reminder: to each person who owes something one message, whatever it is made of.

Never on a day that the programme does not remind on (holidays, unless it says otherwise), never during approved leave, at
most once a person and day, also after a crash. What a capability's people owe it says itself (``study.owed``).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import ClassVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from storage import Database, Rank, Tx
from study.calendar import Days, day_of, days_between, is_on, moment, next_on
from study.due import Due
from study.owed import Owed, Owing
from study.programme import programme_in_force
from study.programme.header import Reminders as Settings
from study.views import View

_LAST = time(20, 0)
"""A reminder that the bot's absence has kept until the evening comes no more; the next day's says the same."""
_FRESH = timedelta(days=7)
"""For so long after its deadline something is reminded of daily."""
_EVER = timedelta(days=366)
_LATEST = datetime.max.replace(tzinfo=UTC)


class ReminderLine(BaseModel):
    """One thing that is owed."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    kind: str
    title: str
    due_at: datetime | None
    payload: str


class Reminded(View):
    """Everything that one person owes on a day, what is due first ahead. ``me`` is the bot's user name, for links."""

    kind: ClassVar[str] = "reminder.daily"
    lines: tuple[ReminderLine, ...]
    me: str


class Reminders:
    """Gathers what is owed from every capability that knows of something."""

    def __init__(
        self, database: Database, sources: Sequence[Owing], *, zone: ZoneInfo, country: str, language: str
    ) -> None:
        self._database, self._language = database, language
        self._sources = tuple(sources)
        self._zone, self._country = zone, country

    async def plan(self, since: datetime, until: datetime) -> None:
        """Set the alarms of the days between two times; another hour of the programme moves those that wait."""

        def work(tx: Tx) -> None:
            settings = programme_in_force(tx).header.reminders
            for day in days_between(day_of(since, self._zone), day_of(until, self._zone)):
                at = moment(day, settings.at, self._zone)
                if not settings.enabled or not since <= at <= until or not is_on(settings.days, day, self._country):
                    continue
                last = moment(day, max(_LAST, settings.at), self._zone)
                if not tx.alarms.set("reminders", day.isoformat(), at, useful_until=last):
                    tx.alarms.move("reminders", day.isoformat(), at)

        await self._database.write(work)

    def owed(self, tx: Tx, now: datetime) -> Iterable[Owed]:
        """Everything that anybody owes at a moment, from every source."""
        return chain.from_iterable(source(tx, now) for source in self._sources)

    async def ring(self, due: Due, *, me: str) -> None:
        """Remind everybody who owes something, unless the day is over or the programme has changed its mind."""
        today = date.fromisoformat(due.key)

        def work(tx: Tx) -> None:
            settings = programme_in_force(tx).header.reminders
            if due.late or not settings.enabled or not is_on(settings.days, today, self._country):
                return
            ahead = moment(_horizon(settings, today, self._country), time(0), self._zone) - due.now
            is_weekly = _is_first(settings.days, today, self._country)
            owed: dict[int, list[Owed]] = {}
            for one in self.owed(tx, due.now):
                if is_worth(one, due.now, ahead=ahead, is_weekly=is_weekly):
                    owed.setdefault(one.person_id, []).append(one)
            on_leave = {leave.person_id for leave in tx.leaves.approved_on(today)}
            reachable = tx.places.reachable()
            for person in tx.people.everybody():
                if person.id not in owed or person.id in on_leave or person.user_id is None:
                    continue
                if person.user_id not in reachable:
                    continue
                lines = _lines(owed[person.id], tx.places.language(person.user_id) or self._language)
                if tx.reminders.note(person.id, today):
                    tx.outbox.say(person.user_id, Reminded(lines=lines, me=me), now=due.now, rank=Rank.BROADCAST)

        await self._database.write(work)


def _horizon(settings: Settings, today: date, country: str) -> date:
    """The first day whose deadlines are not reminded of yet: the day after ``ahead_days`` days with a reminder."""
    day: date | None = today
    for _ in range(settings.ahead_days + 1):
        day = None if day is None else next_on(settings.days, day, country)
    return day or today + _EVER


def is_worth(one: Owed, now: datetime, *, ahead: timedelta, is_weekly: bool) -> bool:
    """Whether something belongs into a day's message.

    Daily from ``ahead`` before it is due to a week after, then once a week (``is_weekly``: today is that day); what asks for it
    is told weekly before, too. Nobody reads the same message every morning for two months.
    """
    if one.due_at is None or now - _FRESH < one.due_at <= now + ahead:
        return True
    return is_weekly and (one.weekly or one.due_at <= now)


def _is_first(days: Days, day: date, country: str) -> bool:
    """Whether a day is the first of its week on which people are reminded."""
    return not any(is_on(days, day - timedelta(days=back), country) for back in range(1, day.weekday() + 1))


def _lines(owed: Iterable[Owed], language: str) -> tuple[ReminderLine, ...]:
    """A person's lines: what is due first ahead, what has no deadline last, else by title; nothing twice."""
    lines = {
        ReminderLine(
            kind=one.kind,
            title=one.title if isinstance(one.title, str) else one.title.within(language),
            due_at=one.due_at,
            payload=one.payload,
        ): None
        for one in owed
    }
    return tuple(sorted(lines, key=lambda line: (line.due_at is None, line.due_at or _LATEST, _order(line))))


def _order(line: ReminderLine) -> str:
    """The slots of a quota stay in the order in which the programme names them: the book is the first of the five."""
    return "" if line.kind == "quota" else line.title

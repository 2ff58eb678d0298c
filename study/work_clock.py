"""What works do by themselves: a period begins and its works are asked for; each night the counts are looked at again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx
from study.access import access_of
from study.calendar import day_of, days_between, is_workday, moment
from study.due import Due
from study.owed import Owed
from study.periods import period_of
from study.programme import programme_in_force
from study.programme.works import WorkKind
from study.quotas import owed as quotas_owed
from study.quotas import settle_quotas
from study.work_book import THE_BOT, carry_out, kind_of
from study.work_facts import waits_for
from study.work_news import WorkSettings, tell
from study.work_reviewers import Bench
from study.work_states import Phase, Recount
from study.work_views import Period

_MORNING, _NIGHT = time(9, 0), time(23, 30)
_LOOK_BACK = timedelta(days=7)
_AT_ONCE = 100


class WorkClock:
    """Deals with what falls due."""

    def __init__(self, database: Database, settings: WorkSettings) -> None:
        self._database, self._settings = database, settings

    async def plan(self, since: datetime, until: datetime) -> None:
        """Set the alarms between two times: the first workday of each announced period, and every night."""
        zone = self._settings.zone

        def work(tx: Tx) -> None:
            programme = programme_in_force(tx)
            if not programme.works.works and not programme.quotas.quotas:
                return
            for day in days_between(day_of(since, zone), day_of(until, zone)):
                if since <= (at := moment(day, _NIGHT, zone)) <= until:
                    tx.alarms.set("work.night", day.isoformat(), at)
                at = moment(day, _MORNING, zone)
                if not since <= at <= until:
                    continue
                for kind in programme.works.works:
                    period = period_of(kind.period, day)
                    before = days_between(period.first, day)[:-1]
                    first = is_workday(day, self._settings.country) and not any(
                        is_workday(one, self._settings.country) for one in before
                    )
                    if kind.announce and first:
                        last = moment(period.last, _NIGHT, zone)
                        tx.alarms.set("work.period", f"{kind.key}:{period.key}", at, useful_until=last)

        await self._database.write(work)

    def owed(self, tx: Tx, now: datetime) -> Iterable[Owed]:
        """What is worth a reminder on a day: gaps of quotas, stages that wait for an author, reviews that wait."""
        yield from quotas_owed(tx, now, zone=self._settings.zone)
        yield from owed(tx, now, admins=self._settings.admins)

    async def period(self, due: Due) -> None:
        """Ask everybody who is meant for the work of a period that has begun."""
        key, _, period_key = due.key.partition(":")

        def work(tx: Tx) -> None:
            kind = programme_in_force(tx).works.kind(key)
            if due.late or kind is None:
                return
            period = period_of(kind.period, day_of(due.due_at, self._settings.zone))
            reachable = tx.places.reachable()
            view = Period(key=kind.key, title=kind.title, about=kind.about, period=period_key, last=period.last)
            for person in programme_in_force(tx).meant(tx, kind.who):
                if person.user_id is not None and person.user_id in reachable:
                    tx.outbox.say(person.user_id, view, now=due.now, rank=Rank.BROADCAST)

        await self._database.write(work)

    async def night(self, due: Due) -> None:
        """Look again at what counts by itself: quotas that sessions and tasks fill, and stages with fewer reviewers now.

        The week before is looked at too: a register is often corrected after the period has ended.
        """
        zone = self._settings.zone
        today = day_of(due.due_at, zone)

        def meant(tx: Tx) -> list[int]:
            programme = programme_in_force(tx)
            return sorted({one.id for quota in programme.quotas.quotas for one in programme.meant(tx, quota.who)})

        people = await self._database.read(meant)
        # A hundred at a time, so that nobody's press waits for thousands of counts. What a crash leaves undone is done
        # the next night.
        for start in range(0, len(people), _AT_ONCE):
            some = people[start : start + _AT_ONCE]
            await self._database.write(partial(_settle_some, some, today, due.now, zone))
        await self._database.write(partial(self._recount, due.now))

    def _recount(self, now: datetime, tx: Tx) -> None:
        bench, zone = Bench(tx, self._settings.admins), self._settings.zone
        for row in tx.works.in_phase(Phase.REVIEW):
            if row.opined:
                _, events = carry_out(bench, row, Recount(), author=THE_BOT, name="", now=now, zone=zone)
                tell(bench, row, events, actor=THE_BOT, by="", now=now, zone=zone)


def _settle_some(people: Sequence[int], today: date, now: datetime, zone: ZoneInfo, tx: Tx) -> None:
    quotas = programme_in_force(tx).quotas.quotas
    # Today last: within one period it is today's date that the points bear.
    days = {tuple(period_of(quota.period, day).key for quota in quotas): day for day in (today - _LOOK_BACK, today)}
    for person_id in people:
        for day in days.values():
            settle_quotas(tx, person_id, day, now=now, zone=zone)


def owed(tx: Tx, now: datetime, *, admins: frozenset[int] = frozenset()) -> Iterable[Owed]:
    """Stages that wait for an author, and for each reviewer how many works wait for them, by kind."""
    bench = Bench(tx, admins)
    for row in tx.works.in_phase(Phase.WRITING):
        person = bench.people.get(row.author_id)
        if person is not None and (row.due_at is not None or row.returned or row.stage > 0):
            kind, language = kind_of(row), _language(tx, person.user_id)
            stage = kind.stages[row.stage].title.within(language)
            name = row.title or kind.title.within(language)
            yield Owed(person.id, "work", f"{name} · {stage}", row.due_at, f"work_{row.id}")
    waiting: dict[tuple[int, str], list[tuple[WorkKind, datetime | None]]] = {}
    for row in tx.works.in_phase(Phase.REVIEW):
        kind = kind_of(row)
        for user_id in bench.reviewers(row, kind) - bench.authors(row):
            if waits_for(bench, row, user_id):
                waiting.setdefault((user_id, row.kind), []).append((kind, row.due_at))
    for (user_id, _), found in sorted(waiting.items(), key=lambda item: item[0]):
        person = access_of(tx, user_id, admins).person
        if person is not None:
            due_at = min((at for _, at in found if at is not None), default=None)
            title = f"{found[0][0].title.within(_language(tx, user_id))} ×{len(found)}"
            yield Owed(person.id, "work_review", title, due_at, "work_waiting")


def _language(tx: Tx, user_id: int | None) -> str:
    return (None if user_id is None else tx.places.language(user_id)) or "zh-CN"

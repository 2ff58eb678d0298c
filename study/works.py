"""What those do who have works of their own: see what they owe, begin, name their team, give up, report, consent."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.people import Person, Role
from storage.works import WorkRow
from study.access import Access, access_of
from study.calendar import day_of
from study.errors import SwitchedOff
from study.periods import period_of
from study.programme import programme_in_force
from study.programme.words import Who
from study.programme.works import WorkKind
from study.quotas import quotas_of, standing
from study.submission import Consent as Answered
from study.work_book import carry_out, due_of, kind_of, note, state_of, work_of
from study.work_errors import (
    ReportUnreadable,
    WorkEnough,
    WorkNotMeant,
    WorkNotOpen,
    WorkUnknown,
)
from study.work_facts import head_of, is_blind, log_of, progress_of, version_view, waits_for
from study.work_field_rules import read_date, read_number
from study.work_news import WorkSettings, consent_ref
from study.work_publishing import publish
from study.work_reviewers import Bench
from study.work_sheets import led, name_of, seen, sheet, show
from study.work_states import Answer, Phase, Withdraw, Work
from study.work_views import (
    Asked,
    Consent,
    Done,
    Home,
    KindView,
    Log,
    QuotaView,
    SlotView,
    Versions,
)

REPORT_TOPIC = "work.report"

_PAGE = 8
_LOG_PAGE = 12
_DATE_AT_END = 2


class Works:
    """A member's own works, always in private."""

    def __init__(self, database: Database, settings: WorkSettings) -> None:
        self._database, self._settings = database, settings

    async def home(self, user_id: int, *, now: datetime, page: int = 0, on_message: int | None = None) -> None:
        """Show what somebody owes and has under way.

        Raises:
            SwitchedOff: the programme has no works and no quotas.
            NotOnRoster: they are nobody and organise nothing.
        """

        def work(tx: Tx) -> None:
            show(tx, user_id, self._home(tx, user_id, page, now), on_message, now)

        await self._database.write(work)

    async def begin(self, user_id: int, key: str, *, now: datetime) -> int:
        """Begin a work, or find the one that was begun and not written in yet; returns its id.

        Raises:
            WorkNotMeant, WorkEnough: it is not for them, or there are enough.
        """

        def work(tx: Tx) -> int:
            person = access_of(tx, user_id, self._settings.admins).member()
            kind = programme_in_force(tx).works.kind(key)
            if kind is None or kind.key not in {one.key for one in kinds_for(tx, person)}:
                raise WorkNotMeant()
            return self._begin(tx, person, kind, user_id, now)

        return await self._database.write(work)

    async def open(
        self,
        user_id: int,
        work_id: int,
        *,
        now: datetime,
        page: int = 0,
        sure: bool = False,
        on_message: int | None = None,
    ) -> None:
        """Show a work; ``sure`` asks whether it is to be given up.

        Raises:
            WorkUnknown: it is none of their business.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access, own = seen(bench, user_id, work_id)
            view = sheet(bench, row, access, own=own, now=now, zone=self._settings.zone, page=page, sure=sure)
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def withdraw(self, user_id: int, name: str, work_id: int, *, now: datetime, on_message: int) -> None:
        """Give a work up.

        Raises:
            WorkUnknown, NotLeader, WorkOver: it is not theirs, or over.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access = led(bench, user_id, work_id)
            carry_out(bench, row, Withdraw(), author=user_id, name=name_of(access, name), now=now, zone=self._zone)
            view = sheet(bench, work_of(tx, row.id), access, own=True, now=now, zone=self._zone)
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def log(self, user_id: int, work_id: int, page: int, *, now: datetime, on_message: int) -> None:
        """Show what happened to a work, the newest page first (-1).

        Raises:
            WorkUnknown: it is none of their business.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, _, own = seen(bench, user_id, work_id)
            blind = not own and is_blind(bench, row, user_id)
            hidden = blind or (own and kind_of(row).blind)
            lines = log_of(tx, row, blind=hidden)
            pages = max(1, -(-len(lines) // _LOG_PAGE))
            at = pages - 1 if page < 0 else min(page, pages - 1)
            view = Log(
                head=head_of(tx, row, now, blind=blind),
                lines=lines[at * _LOG_PAGE : (at + 1) * _LOG_PAGE],
                page=at,
                pages=pages,
            )
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def versions(self, user_id: int, work_id: int, number: int, *, now: datetime, on_message: int) -> None:
        """Show what changed from one version to another (0: the newest).

        Raises:
            WorkUnknown: it is none of their business, or there is no such version.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, _, own = seen(bench, user_id, work_id)
            found = state_of(tx, row)
            at = number or found.version
            if not 0 < at <= found.version:
                raise WorkUnknown()
            view = Versions(
                head=head_of(tx, row, now, blind=not own and is_blind(bench, row, user_id)),
                version=version_view(tx, row, found, at),
                total=found.version,
            )
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def ask_report(self, user_id: int, work_id: int, *, now: datetime) -> None:
        """The next thing said is how far the plan has come.

        Raises:
            WorkUnknown, WorkNotOpen: not theirs, or there is nothing to report.
        """

        def work(tx: Tx) -> None:
            row, found, _ = self._reported(tx, user_id, work_id)
            at = progress_of(tx, row, found)
            tx.conversations.put(user_id, user_id, REPORT_TOPIC, str(row.id), now=now)
            measure = "" if at is None else at.measure
            tx.outbox.say(user_id, Asked(head=head_of(tx, row, now), what="report", measure=measure), now=now)

        await self._database.write(work)

    async def report(self, user_id: int, work_id: int, text: str, *, now: datetime) -> None:
        """Keep how far a plan has come: a number, and perhaps the day that it is of (today if none is said).

        Raises:
            ReportUnreadable: there is no number, or the day is none or in the future.
        """

        def work(tx: Tx) -> None:
            row, found, _ = self._reported(tx, user_id, work_id)
            value, day = _report(text, day_of(now, self._zone))
            tx.works.report(row.id, day, value, by=user_id, now=now)
            tx.conversations.end(user_id, user_id)
            view = Done(head=head_of(tx, row, now), what="report", progress=progress_of(tx, row, found))
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def answer(self, user_id: int, name: str, work_id: int, consent: Answered, *, now: datetime) -> None:
        """The author says whether a work may be published, which then happens at once.

        Raises:
            WorkUnknown, NotLeader, ConsentSettled: not theirs to say, or said already.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access = led(bench, user_id, work_id)
            found, _ = carry_out(
                bench, row, Answer(consent), author=user_id, name=name_of(access, name), now=now, zone=self._zone
            )
            groups = 0
            if consent in (Answered.NAMED, Answered.ANONYMOUS):
                groups = publish(tx, work_of(tx, row.id), found, now=now)
            view = Consent(head=head_of(tx, work_of(tx, row.id), now), answered=consent.value, groups=groups)
            tx.outbox.edit(consent_ref(row.id), view, now=now)

        await self._database.write(work)

    @property
    def _zone(self) -> ZoneInfo:
        return self._settings.zone

    def _home(self, tx: Tx, user_id: int, page: int, now: datetime) -> Home:
        programme = programme_in_force(tx)
        bench = Bench(tx, self._settings.admins)
        access = access_of(tx, user_id, self._settings.admins)
        person = access.person if access.is_admin else access.member()
        rows = [] if person is None else _in_order(tx.works.of_person(person.id))
        pages = max(1, -(-len(rows) // _PAGE))
        at = max(0, min(page, pages - 1))
        waiting = [row for row in tx.works.in_phase(Phase.REVIEW) if waits_for(bench, row, user_id)]
        if not (programme.works.works or programme.quotas.quotas or rows or waiting):
            raise SwitchedOff()
        return Home(
            quotas=() if person is None else self._quotas(tx, person, day_of(now, self._zone)),
            own=tuple(head_of(tx, row, now) for row in rows[at * _PAGE : (at + 1) * _PAGE]),
            kinds=() if person is None else tuple(KindView(key=k.key, title=k.title) for k in kinds_for(tx, person)),
            waiting=len(waiting),
            oversees=access.is_organiser,
            page=at,
            pages=pages,
        )

    def _quotas(self, tx: Tx, person: Person, day: date) -> tuple[QuotaView, ...]:
        found = []
        for quota in quotas_of(tx, person):
            gaps = standing(tx, person, quota, day, self._zone)
            slots = tuple(SlotView(title=gap.title, done=gap.done, wanted=gap.wanted) for gap in gaps)
            found.append(QuotaView(title=quota.title, period=gaps[0].period.key, slots=slots))
        return tuple(found)

    def _begin(self, tx: Tx, person: Person, kind: WorkKind, user_id: int, now: datetime) -> int:
        today = day_of(now, self._zone)
        period = period_of(kind.period, today).key
        live = [
            row
            for row in tx.works.of_kind(kind.key, period)
            if row.phase not in (Phase.REJECTED, Phase.WITHDRAWN)
            and (row.unit_id == person.unit_id if kind.by == "unit" else row.author_id == person.id)
        ]
        untouched = [row for row in live if row.author_id == person.id and not row.version and not row.title]
        if untouched:
            return untouched[-1].id
        most = 1 if kind.by == "unit" and kind.most is None else kind.most
        if most is not None and len(live) >= most:
            if most == 1 and live[0].author_id == person.id:
                return live[0].id
            raise WorkEnough(most=most)
        of = f"unit:{person.unit_id}" if kind.by == "unit" else f"person:{person.id}"
        work_id = tx.works.add(
            key=f"{kind.key}:{period}:{of}" if most == 1 else None,
            kind=kind.key,
            plan=kind.model_dump_json(),
            period=period,
            unit_id=person.unit_id,
            author_id=person.id,
            due_at=due_of(kind, Work(), today, self._zone),
            now=now,
        )
        if work_id is None:
            raise WorkEnough(most=most)
        note(tx, work_of(tx, work_id), "begun", "", author=user_id, name=person.name, now=now)
        return work_id

    def _reported(self, tx: Tx, user_id: int, work_id: int) -> tuple[WorkRow, Work, Access]:
        row, access, own = seen(Bench(tx, self._settings.admins), user_id, work_id)
        if not own:
            raise WorkUnknown()
        found = state_of(tx, row)
        if progress_of(tx, row, found) is None:
            raise WorkNotOpen()
        return row, found, access


def kinds_for(tx: Tx, person: Person) -> tuple[WorkKind, ...]:
    """The kinds that a person may begin: those that mean them; a unit's plan is also its organisers' to write."""
    programme = programme_in_force(tx)
    unit = tx.people.unit(person.unit_id)
    path = "" if unit is None else unit.path
    cohorts = {cohort.key: cohort.who for cohort in programme.header.cohorts}
    runs = person.role in (Role.ORGANISER, Role.ADMIN)
    return tuple(
        kind
        for kind in programme.works.works
        if (
            kind.who.concerns(person, path, cohorts)
            if kind.by != "unit"
            else runs or _named(kind, person, path, cohorts)
        )
    )


def _named(kind: WorkKind, person: Person, path: str, cohorts: dict[str, Who]) -> bool:
    return bool(kind.who.titles or kind.who.roles or kind.who.levels) and kind.who.means(person, path, cohorts)


def _in_order(rows: Sequence[WorkRow]) -> list[WorkRow]:
    """What waits for the author first, then what is with reviewers, then what is over."""
    order = {Phase.WRITING: 0, Phase.REVIEW: 1, Phase.ACCEPTED: 2}
    return sorted(rows, key=lambda row: order.get(Phase(row.phase), 3))


def _report(text: str, today: date) -> tuple[str, date]:
    words = text.split()
    day = read_date(words[-1]) if len(words) == _DATE_AT_END else today
    if not words or len(words) > _DATE_AT_END or read_number(words[0]) is None or day is None or day > today:
        raise ReportUnreadable()
    return words[0], day

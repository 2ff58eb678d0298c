"""The daily check-in: opened and closed by the clock, taken from people, exported."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date, datetime, timedelta

from quizzes.engine.frozen import dataclass
from storage import Database, Rank, Tx
from storage.checkins import Cause, Line, Registered, Sheet, SheetState, Status
from storage.people import Person, Role
from study import checkin_points
from study import checkin_sheets as sheets
from study.access import access_of
from study.calendar import day_of, days_between, is_on
from study.checkin_errors import (
    CheckinClosed,
    CheckinNoGroup,
    CheckinNotNeeded,
    CheckinNotOpen,
    CheckinNotToday,
)
from study.checkin_rules import HERE, REPLY_PACE, UNNEEDED_ROLES, CheckinPlan, is_missed_close, streak
from study.checkin_views import CheckedIn, OutageReport
from study.due import Due
from study.errors import Expired
from study.outcome import Outcome

OPEN = "checkin.open"
_PAGE = 60
_SAME_START = timedelta(minutes=10)
"""Outages noted within this time of one another were found at the same start and are one report."""


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Where somebody said that they are here: the chat, and the message in a group."""

    chat_id: int
    message_id: int | None


class Checkins:
    """Check-ins of one programme; ``admins`` are those that the config names."""

    def __init__(self, database: Database, plan: CheckinPlan, admins: frozenset[int]) -> None:
        self._database = database
        self._plan = plan
        self._admins = admins

    async def plan_days(self, since: datetime, until: datetime, *, now: datetime) -> None:
        """Set the alarm of every check-in that is not over by ``since`` and opens before ``until``.

        A group that was bound after today's opening gets its card here, at the latest an hour later.
        """

        def work(tx: Tx) -> None:
            today = day_of(now, self._plan.zone)
            if self._is_open(today, now):
                sheets.open_sheets(tx, self._plan, today, tx.checkins.units_with_group(), now=now)
            for day in days_between(day_of(since, self._plan.zone), day_of(until, self._plan.zone)):
                window = self._plan.window(day)
                if self._is_held(day) and since <= window.closes_at and window.opens_at < until:
                    tx.alarms.set(OPEN, self._key(day), window.opens_at, body=f'"{day}"', useful_until=window.closes_at)

        await self._database.write(work)

    async def open_day(self, due: Due) -> None:
        """Open the sheets of a day; if the bot was away until its end, report it as missed.

        An alarm that was set under other hours than those of today's configuration does nothing.
        """
        day = date.fromisoformat(due.body.strip('"'))

        def work(tx: Tx) -> None:
            units = tx.checkins.units_with_group()
            if due.key != self._key(day) or not self._is_held(day) or not units:
                return
            if not due.late:
                sheets.open_sheets(tx, self._plan, day, units, now=due.now)
            elif not tx.checkins.sheets(day):
                self._report(tx, day, "missed", now=due.now)

        await self._database.write(work)

    async def close_due(self, due: Due) -> None:
        """Close every sheet whose time is over."""

        def work(tx: Tx) -> None:
            for sheet in tx.checkins.to_close(due.now):
                if not sheets.close(tx, self._plan, sheet, now=due.now):
                    self._report(tx, sheet.day, "interrupted", now=due.now)

        await self._database.write(work)

    async def refresh(self, day: date, unit_id: int, *, now: datetime) -> None:
        """Show on the cards of a sheet what has gathered."""

        def work(tx: Tx) -> None:
            sheet = tx.checkins.sheet(day, unit_id)
            if sheet is not None:
                sheets.refresh(tx, sheet, now=now)

        await self._database.write(work)

    async def card_ended(self, outcome: Outcome) -> None:
        """Give a group a new card of today if its old one turns out to be gone."""
        if outcome.action != "edit" or outcome.error != "message_gone":
            return

        def work(tx: Tx) -> None:
            group = tx.places.group(outcome.chat_id)
            if group is None or group.unit_id is None:
                return
            sheet = tx.checkins.sheet(day_of(outcome.at, self._plan.zone), group.unit_id)
            if sheet is not None and outcome.ref == sheets.ref_of(sheet.day, group.chat_id):
                sheets.show_anew(tx, sheet, group.chat_id, now=outcome.at)

        await self._database.write(work)

    def group_bound(self, tx: Tx, chat_id: int, now: datetime) -> None:
        """Within the transaction that binds a group to a unit: if check-in is open at this hour, the card comes at once."""
        group = tx.places.group(chat_id)
        day = day_of(now, self._plan.zone)
        if group is None or group.unit_id is None or not self._is_open(day, now):
            return
        sheet = tx.checkins.sheet(day, group.unit_id)
        if sheet is None:
            sheets.open_sheets(tx, self._plan, day, (group.unit_id,), now=now)
        else:
            sheets.show(tx, sheet, now=now)

    async def check_in(
        self, user_id: int, *, at: datetime, day: date | None = None, reply: ReplyTo | None = None
    ) -> CheckedIn:
        """Somebody is here. A second time changes nothing and tells when the first was.

        Args:
            at: when the bytes of the press or message arrived; judged by it.
            day: the day of the card whose button was pressed; today if it was said.
            reply: where to confirm it (a press is answered by the caller).

        Raises:
            NotOnRoster, CheckinNotNeeded, CheckinNotToday, CheckinNotOpen, CheckinClosed, CheckinNoGroup, Expired.
        """

        def work(tx: Tx) -> CheckedIn:
            person = access_of(tx, user_id, self._admins).member()
            if person.role in UNNEEDED_ROLES:
                raise CheckinNotNeeded()
            sheet = self._sheet(tx, person, at=at, day=day)
            done = self._enter(tx, person, sheet, at=at)
            if reply is not None:
                self._confirm(tx, sheet, user_id, reply, done, now=at)
            return done

        return await self._database.write(work)

    async def export(
        self, *, first: date | None = None, last: date | None = None, units: frozenset[int] | None = None
    ) -> tuple[Mapping[str, object], ...]:
        """The register of a period (all of it by default) and of some units (all by default), by day, unit and name.

        Each line is ``{"date", "event", "unit", "name", "status", "at"}``: the event is ``checkin``, the unit a path, the
        status ``on_time``, ``late``, ``leave``, ``absent`` or ``excused``, ``at`` ISO 8601 in the programme's zone or None.
        """
        return tuple([line async for page in self.pages(first=first, last=last, units=units) for line in page])

    async def pages(
        self, *, first: date | None = None, last: date | None = None, units: frozenset[int] | None = None
    ) -> AsyncIterator[tuple[Mapping[str, object], ...]]:
        """The same a day at a time: a register of years is never in memory as a whole."""
        start, end = first or date.min, last or date.max

        def work(tx: Tx) -> tuple[date, tuple[Mapping[str, object], ...]] | None:
            day = tx.checkins.next_day(start, end)
            if day is None:
                return None
            lines = tx.checkins.period(day, day)
            return day, tuple(self._record(line) for line in lines if units is None or line.unit_id in units)

        while (found := await self._database.read(work)) is not None:
            day, lines = found
            yield lines
            start = day + timedelta(days=1)

    def _record(self, line: Registered) -> Mapping[str, object]:
        return {
            "date": line.day.isoformat(),
            "event": "checkin",
            "unit": line.unit,
            "name": line.name,
            "status": line.status.value,
            "at": line.at and line.at.astimezone(self._plan.zone).isoformat(timespec="seconds"),
        }

    def _is_held(self, day: date) -> bool:
        return self._plan.enabled and is_on(self._plan.days, day, self._plan.country)

    def _is_open(self, day: date, now: datetime) -> bool:
        window = self._plan.window(day)
        return self._is_held(day) and window.opens_at <= now < window.closes_at

    def _key(self, day: date) -> str:
        return f"{day}@{self._plan.opens:%H:%M}-{self._plan.closes:%H:%M}"

    def _report(self, tx: Tx, day: date, kind: str, *, now: datetime) -> None:
        """Tell those who organise of an outage; all that are found at one start are one message."""
        lately = now - _SAME_START
        goes_on = bool(tx.checkins.outages_since(lately))
        tx.checkins.note_outage(day, kind, now=now)
        outages = tx.checkins.outages_since(lately)
        missed = tuple(outage.day for outage in outages if outage.kind == "missed")
        interrupted = tuple(outage.day for outage in outages if outage.kind == "interrupted")
        view = OutageReport(missed=missed, interrupted=interrupted)
        for user_id in _organising(tx, self._admins):
            ref = f"checkin.outage:{user_id}"
            if not (goes_on and tx.outbox.edit(ref, view, now=now)):
                tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH, ref=ref)

    def _sheet(self, tx: Tx, person: Person, *, at: datetime, day: date | None) -> Sheet:
        today = day or day_of(at, self._plan.zone)
        sheet = tx.checkins.sheet_over(today, person.unit_id)
        if sheet is not None and sheet.state is SheetState.OPEN and is_missed_close(sheet.closes_at, at):
            # After a start, what waited at Telegram may come before the alarm that the bot missed.
            sheets.close(tx, self._plan, sheet, now=at)
            sheet = tx.checkins.sheet(today, sheet.unit_id)
        if sheet is not None:
            return sheet
        if day is not None and day != day_of(at, self._plan.zone):
            raise Expired()
        self._must_be_open(today, at)
        unit_id = tx.checkins.unit_with_group(person.unit_id)
        if unit_id is None:
            raise CheckinNoGroup()
        sheets.open_sheets(tx, self._plan, today, (unit_id,), now=at)
        opened = tx.checkins.sheet(today, unit_id)
        assert opened is not None
        return opened

    def _must_be_open(self, day: date, at: datetime) -> None:
        if not self._is_held(day):
            raise CheckinNotToday()
        window = self._plan.window(day)
        if at < window.opens_at:
            raise CheckinNotOpen(opens=f"{self._plan.opens:%H:%M}")
        if at > window.closes_at:
            raise CheckinClosed(closes=f"{self._plan.closes:%H:%M}")

    def _enter(self, tx: Tx, person: Person, sheet: Sheet, *, at: datetime) -> CheckedIn:
        line = tx.checkins.line(sheet.day, person.id)
        again = line is not None and line.status in HERE
        if not again:
            verdict = sheets.window_of(sheet).judge(at)
            if verdict is None:
                raise CheckinClosed(closes=f"{sheet.closes_at.astimezone(self._plan.zone):%H:%M}")
            line = Line(day=sheet.day, person_id=person.id, unit_id=person.unit_id, status=Status(verdict), at=at)
            checkin_points.enter(tx, line, cause=Cause.SELF, now=at, author_id=person.user_id, author=person.name)
            sheets.refresh(tx, sheet, now=at)
        assert line is not None
        return CheckedIn(
            name=person.name,
            day=sheet.day,
            status="late" if line.status is Status.LATE else "on_time",
            at=line.at,
            streak=streak(_before(tx, person.id, sheet.day), line.status),
            again=again,
        )

    def _confirm(self, tx: Tx, sheet: Sheet, user_id: int, reply: ReplyTo, done: CheckedIn, *, now: datetime) -> None:
        """Say it where it was said; in a rush privately, so that the group is not flooded with replies."""
        if reply.chat_id < 0:
            account = REPLY_PACE.take(sheet.replied_at, now)
            user = tx.places.user(user_id)
            if account is not None:
                tx.checkins.replied(sheet, account)
            elif user is not None and user.reachable:
                tx.outbox.say(user_id, done, now=now)
                return
        tx.outbox.say(reply.chat_id, done, now=now, reply_to=reply.message_id)


def _before(tx: Tx, person_id: int, day: date) -> Iterator[str]:
    """A person's statuses before a day, the newest first, read a page at a time."""
    while page := tx.checkins.statuses(person_id, before=day, limit=_PAGE):
        yield from (entry.status.value for entry in page)
        day = page[-1].day


def _organising(tx: Tx, admins: frozenset[int]) -> list[int]:
    """The Telegram ids of all organisers and admins who can be reached."""
    roles = (Role.ORGANISER, Role.ADMIN)
    ids = {person.user_id for person in tx.people.everybody() if person.user_id is not None and person.role in roles}
    users = (tx.places.user(user_id) for user_id in sorted(ids | admins))
    return [user.user_id for user in users if user is not None and user.reachable]

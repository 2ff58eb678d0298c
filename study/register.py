"""The register of sessions on paper and as records: who was to come, who came, by unit and period."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from storage.attendance import Registered
from storage.order import as_people_count
from study.access import access_of
from study.calendar import day_of, moment
from study.errors import NotAllowed
from study.rollcall_cards import Office
from study.rollcall_errors import RegisterUnitUnknown
from study.rollcall_rules import Sums, sums
from study.rollcall_views import RegisterFile, RegisterMenu

_FIRST, _LAST = date(1970, 1, 2), date(9000, 1, 1)
_NEXT = timedelta(milliseconds=1)
"""Times are stored in milliseconds."""


@dataclass(frozen=True, slots=True)
class Column:
    """A session of the register."""

    id: int
    title: str
    starts_at: datetime
    sums: Sums


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of the register; ``marks`` by session, none for one that they were not expected at."""

    name: str
    unit: str
    marks: Mapping[int, str]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Register:
    """A unit's register of a period, with the sums of every session and person and of all. ``unit`` may be empty: all."""

    unit: str
    first: date
    last: date
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    sums: Sums


class Registers:
    """Registers; each organiser those of the own unit and the ones below it."""

    def __init__(self, database: Database, office: Office) -> None:
        self._database, self._office = database, office

    def today(self, now: datetime) -> date:
        """The programme's day."""
        return day_of(now, self._office.zone)

    async def menu(self, user_id: int, *, unit_id: int = 0, on_message: int | None = None, now: datetime) -> None:
        """Ask for the unit and the period.

        Raises:
            NotAllowed: they organise nothing.
        """

        def work(tx: Tx) -> None:
            units = self._units(tx, user_id)
            known = tuple((unit.id, unit.path) for unit in tx.people.units() if unit.id in units)
            chosen = unit_id if unit_id in units else known[0][0]
            view = RegisterMenu(units=known, unit=chosen, today=self.today(now))
            if on_message is None:
                tx.outbox.say(user_id, view, now=now)
                return
            ref = f"pressed:{user_id}:{on_message}"
            tx.outbox.adopt(ref, user_id, on_message, now=now)
            tx.outbox.edit(ref, view, now=now)

        await self._database.write(work)

    async def unit_of(self, user_id: int) -> int:
        """The topmost unit that somebody runs.

        Raises:
            NotAllowed: they organise nothing.
        """

        def work(tx: Tx) -> int:
            units = self._units(tx, user_id)
            return next(unit.id for unit in tx.people.units() if unit.id in units)

        return await self._database.read(work)

    async def ask(self, user_id: int, unit_id: int, first: date, last: date, *, now: datetime) -> None:
        """Send a register in private.

        Raises:
            NotAllowed: they do not run this unit.
        """

        def work(tx: Tx) -> None:
            if unit_id not in self._units(tx, user_id):
                raise NotAllowed()
            unit = tx.people.unit(unit_id)
            assert unit is not None
            view = RegisterFile(user_id=user_id, unit_id=unit_id, unit=unit.name, first=first, last=last)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def for_user(self, user_id: int, unit_id: int, first: date, last: date) -> Register:
        """The register, if somebody may still have it.

        Raises:
            NotAllowed: they do not run this unit (any more).
        """

        def work(tx: Tx) -> Register:
            if unit_id not in self._units(tx, user_id):
                raise NotAllowed()
            return self._register(tx, unit_id, first, last)

        return await self._database.read(work)

    async def of(self, unit: str | None, first: date, last: date) -> Register:
        """The register of a unit by its name or path (``None``: everybody) and a period, both days included.

        Raises:
            RegisterUnitUnknown: no unit, or more than one, is called that.
        """

        def work(tx: Tx) -> Register:
            if unit is None:
                return self._register(tx, None, first, last)
            found = tx.people.units_called(unit)
            if len(found) != 1:
                raise RegisterUnitUnknown(name=unit)
            return self._register(tx, found[0].id, first, last)

        return await self._database.read(work)

    async def export(
        self, *, first: date | None = None, last: date | None = None, units: frozenset[int] | None = None
    ) -> tuple[Mapping[str, object], ...]:
        """The lines of a period (all by default) and of some units (all by default), by session, unit and name.

        Each is ``{"date", "event", "unit", "name", "status", "at"}`` as those of the check-in; the event is the session's title,
        the status ``present``, ``late``, ``leave``, ``absent`` or ``make_up``.
        """
        return tuple([line async for page in self.pages(first=first, last=last, units=units) for line in page])

    async def pages(
        self, *, first: date | None = None, last: date | None = None, units: frozenset[int] | None = None
    ) -> AsyncIterator[tuple[Mapping[str, object], ...]]:
        """The same, sessions of one beginning at a time: a register of years is never in memory as a whole."""
        zone: ZoneInfo = self._office.zone
        start = moment(first or _FIRST, time(), zone)
        end = moment((last or _LAST) + timedelta(days=1), time(), zone)

        def work(tx: Tx) -> tuple[datetime, tuple[Mapping[str, object], ...]] | None:
            began = tx.attendance.next_start(start, end)
            if began is None:
                return None
            lines = tx.attendance.period(began, began + _NEXT)
            return began, tuple(_record(line, zone) for line in lines if units is None or line.unit_id in units)

        while (found := await self._database.read(work)) is not None:
            began, lines = found
            yield lines
            start = began + _NEXT

    def _units(self, tx: Tx, user_id: int) -> frozenset[int]:
        units = access_of(tx, user_id, self._office.admins).units(tx)
        if not units:
            raise NotAllowed()
        return units

    def _lines(self, tx: Tx, first: date, last: date) -> tuple[Registered, ...]:
        zone: ZoneInfo = self._office.zone
        return tuple(tx.attendance.period(moment(first, time(), zone), moment(last + timedelta(days=1), time(), zone)))

    def _register(self, tx: Tx, unit_id: int | None, first: date, last: date) -> Register:
        units = None if unit_id is None else tx.people.within(unit_id)
        lines = [line for line in self._lines(tx, first, last) if units is None or line.unit_id in units]
        unit = None if unit_id is None else tx.people.unit(unit_id)
        by_session: dict[int, list[Registered]] = {}
        by_person: dict[int, list[Registered]] = {}
        for line in lines:
            by_session.setdefault(line.session_id, []).append(line)
            by_person.setdefault(line.person_id, []).append(line)
        columns = tuple(
            Column(session_id, of[0].title, of[0].starts_at, sums(line.status.value for line in of))
            for session_id, of in by_session.items()
        )
        # The unit of the newest line is where somebody is looked for.
        entries = [
            Entry(
                name=of[-1].name,
                unit=of[-1].unit,
                marks={line.session_id: line.status.value for line in of},
                sums=sums(line.status.value for line in of),
            )
            for of in by_person.values()
        ]
        entries.sort(key=lambda entry: (as_people_count(entry.unit), entry.name))
        return Register(
            unit="" if unit is None else unit.path,
            first=first,
            last=last,
            columns=columns,
            entries=tuple(entries),
            sums=sums(line.status.value for line in lines),
        )


def _record(line: Registered, zone: ZoneInfo) -> Mapping[str, object]:
    return {
        "date": day_of(line.starts_at, zone).isoformat(),
        "event": line.title,
        "unit": line.unit,
        "name": line.name,
        "status": line.status.value,
        "at": line.at and line.at.astimezone(zone).isoformat(timespec="seconds"),
    }

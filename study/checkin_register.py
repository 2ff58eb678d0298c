"""The register in the hands of organisers: who is missing, corrections with a reason, how a line came about."""

from collections.abc import Iterator
from datetime import date, datetime

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from storage.checkins import Cause, Line, Sheet, Status
from storage.people import Person
from study import checkin_points
from study import checkin_sheets as sheets
from study.access import Access, access_of
from study.calendar import day_of, is_on
from study.checkin_errors import (
    CheckinNotHeld,
    CheckinUnbound,
    DayAhead,
    NotYetJoined,
    PersonAmbiguous,
    PersonUnknown,
)
from study.checkin_rules import HERE, CheckinPlan
from study.checkin_views import History, HistoryEntry, Marked, MissingList, MissingOfUnit
from study.errors import TooLong

REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: their Telegram account and the name that goes into the log."""

    user_id: int
    name: str


class CheckinRegister:
    """What organisers see and correct in the units that they run; ``admins`` are those that the config names."""

    def __init__(self, database: Database, plan: CheckinPlan, admins: frozenset[int]) -> None:
        self._database = database
        self._plan = plan
        self._admins = admins

    def today(self, now: datetime) -> date:
        """The programme's day."""
        return day_of(now, self._plan.zone)

    async def missing(self, user_id: int, chat_id: int, day: date, *, now: datetime) -> MissingList:
        """Who is missing: of the group's card in a group, of the units that one runs in private; said in the chat.

        Raises:
            NotAllowed, CheckinUnbound, CheckinNotHeld.
        """

        def work(tx: Tx) -> MissingList:
            access = access_of(tx, user_id, self._admins)
            if chat_id < 0:
                units, found = self._of_group(tx, access, chat_id, day)
            else:
                units, found = access.units(tx), tuple(tx.checkins.sheets(day))
            listed = tuple(_missing(tx, found, units))
            if not listed:
                raise CheckinNotHeld(day=day)
            waiting = sum(person.user_id is None for person in tx.people.of_units(units))
            view = MissingList(day=day, units=listed, not_joined=waiting)
            tx.outbox.say(chat_id, view, now=now)
            return view

        return await self._database.write(work)

    async def mark(
        self, actor: Actor, name: str, day: date, status: Status, reason: str, *, chat_id: int, now: datetime
    ) -> Marked:
        """Correct a person's line of a day; the reason is kept, and the person is told.

        Raises:
            PersonUnknown, PersonAmbiguous, DayAhead, CheckinNotHeld, NotYetJoined, TooLong.
        """
        if len(reason) > REASON_LIMIT:
            raise TooLong(limit=REASON_LIMIT, length=len(reason))

        def work(tx: Tx) -> Marked:
            access = access_of(tx, actor.user_id, self._admins)
            person = _person(tx, access, name)
            self._must_be_markable(tx, person, day, status, now=now)
            line = tx.checkins.line(day, person.id)
            at = line.at if line is not None and status in HERE else None
            unit_id = person.unit_id if line is None else line.unit_id
            new = Line(day=day, person_id=person.id, unit_id=unit_id, status=status, at=at)
            checkin_points.enter(
                tx, new, cause=Cause.MARK, author_id=actor.user_id, author=actor.name, reason=reason, now=now
            )
            before = None if line is None else line.status.value
            marked = Marked(
                name=person.name, day=day, before=before, after=status.value, reason=reason, author=actor.name
            )
            self._show(tx, person, marked, actor, chat_id=chat_id, now=now)
            return marked

        return await self._database.write(work)

    async def history(self, actor: Actor, name: str, day: date, *, chat_id: int, now: datetime) -> History:
        """Say in the chat how a person's line of a day came about.

        Raises:
            PersonUnknown, PersonAmbiguous.
        """

        def work(tx: Tx) -> History:
            person = _person(tx, access_of(tx, actor.user_id, self._admins), name)
            entries = tuple(
                HistoryEntry(
                    made_at=entry.made_at,
                    status=entry.status.value,
                    cause=entry.cause.value,
                    author=entry.author,
                    reason=entry.reason,
                )
                for entry in tx.checkins.entries(day, person.id)
            )
            view = History(name=person.name, day=day, entries=entries)
            tx.outbox.say(chat_id, view, now=now)
            return view

        return await self._database.write(work)

    def _of_group(self, tx: Tx, access: Access, chat_id: int, day: date) -> tuple[frozenset[int], tuple[Sheet, ...]]:
        group = tx.places.group(chat_id)
        if group is None or group.unit_id is None:
            raise CheckinUnbound()
        access.must_run(tx, group.unit_id)
        sheet = tx.checkins.sheet_over(day, group.unit_id)
        return tx.people.within(group.unit_id), () if sheet is None else (sheet,)

    def _must_be_markable(self, tx: Tx, person: Person, day: date, status: Status, *, now: datetime) -> None:
        if day > self.today(now):
            raise DayAhead()
        held = self._plan.enabled and is_on(self._plan.days, day, self._plan.country)
        if not held and tx.checkins.sheet_over(day, person.unit_id) is None:
            raise CheckinNotHeld(day=day)
        joined_at = person.joined_at or person.added_at
        if status is Status.ABSENT and day < self.today(joined_at):
            raise NotYetJoined()

    def _show(self, tx: Tx, person: Person, marked: Marked, actor: Actor, *, chat_id: int, now: datetime) -> None:
        sheet = tx.checkins.sheet_over(marked.day, person.unit_id)
        if sheet is not None:
            sheets.refresh(tx, sheet, now=now)
        tx.outbox.say(chat_id, marked, now=now)
        if person.user_id is not None and person.user_id != actor.user_id:
            tx.outbox.say(person.user_id, marked.model_copy(update={"for_person": True}), now=now)


def _missing(tx: Tx, found: tuple[Sheet, ...], units: frozenset[int]) -> Iterator[MissingOfUnit]:
    for sheet in found:
        register = [listed for listed in tx.checkins.register(sheet) if listed.unit_id in units]
        unit = tx.people.unit(sheet.unit_id)
        if unit is not None and (register or sheet.unit_id in units):
            figures = sheets.figures_of(sheet, register)
            yield MissingOfUnit(unit=unit.name, state=sheet.state.value, figures=figures)


def _person(tx: Tx, access: Access, name: str) -> Person:
    """The one person with this name or code in the units that somebody runs."""
    wanted = name.casefold()
    mine = tx.people.of_units(access.units(tx))
    found = [one for one in mine if one.code.casefold() == wanted] or [
        one for one in mine if one.name.casefold() == wanted
    ]
    if not found:
        raise PersonUnknown(name=name)
    if len(found) > 1:
        raise PersonAmbiguous(name=name, codes=", ".join(one.code for one in found[:5]))
    return found[0]

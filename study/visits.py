"""The visit log (督导走访): observers and organisers note what they saw in a unit; those who run it from above may act on it.

A visit can be one of an observer's regular duties (a daily touch-point, a weekly meeting, a monthly observation); then it is done
for that time. Whoever runs the unit can turn what was found into a supervision notice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from storage import Database, Rank, Tx
from storage.people import Role, Unit
from storage.visits import Visit
from study.access import Access, access_of
from study.calendar import day_of
from study.errors import Forged, NotAllowed, StudyError, TooLong
from study.ledger import Happening, credit
from study.near_names import near_units
from study.programme.words import Title
from study.round_book import RoundSettings
from study.round_duties import do_duty, duties_of
from study.views import View

LONGEST = 1500
_LISTED = 15
_BACK = timedelta(days=92)


class VisitUnitUnknown(StudyError):
    """No unit that they may visit is called so; ``near`` names what is like it (``wanted`` is ``near`` or ``none``)."""

    code = "visit_unit"


class VisitUnreadable(StudyError):
    """The unit or what was seen is missing."""

    code = "visit_unreadable"


class DutyChoice(BaseModel):
    """A regular duty that a visit can be."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    key: str
    title: dict[str, str]


class VisitNoted(View):
    """For whoever noted it: what is kept, and which duties it can be; ``duty`` is the one that it is."""

    kind: ClassVar[str] = "visit.noted"
    visit: int
    unit: str
    text: str
    duties: tuple[DutyChoice, ...]
    duty: str = ""


class VisitReport(View):
    """For those who run the unit: who saw what, and the button that makes a notice of it."""

    kind: ClassVar[str] = "visit.report"
    visit: int
    name: str
    unit: str
    text: str
    photo: str


class VisitLine(BaseModel):
    """One visit in the list."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    day: str
    name: str
    unit: str
    text: str
    duty: dict[str, str] | None


class VisitList(View):
    """The newest visits of the last three months; ``visits``, ``units`` and ``people`` count all of them."""

    kind: ClassVar[str] = "visit.list"
    lines: tuple[VisitLine, ...]
    visits: int
    units: int
    people: int


class Visits:
    """The log of one programme."""

    def __init__(self, database: Database, settings: RoundSettings) -> None:
        self._database, self._settings = database, settings

    async def note(self, user_id: int, update_id: int, said: str, photo: str, *, now: datetime) -> None:
        """Keep ``UNIT what was seen`` and tell those who run the unit; the same message again is not kept twice.

        Raises:
            NotOnRoster, NotAllowed: they neither observe nor organise.
            VisitUnreadable, VisitUnitUnknown, TooLong.
        """
        name, _, text = said.strip().partition(" ")
        text = text.strip()
        if not name or not text:
            raise VisitUnreadable()
        if len(text) > LONGEST:
            raise TooLong(limit=LONGEST, length=len(text))

        def work(tx: Tx) -> None:
            access = self._visitor(tx, user_id)
            person = access.member()
            unit = _unit(tx, access, name)
            day = day_of(now, self._settings.zone)
            visit_id = tx.visits.add(
                update_id, person_id=person.id, unit_id=unit.id, day=day, text=text, photo=photo, now=now
            )
            if visit_id is None:
                return
            credit(tx, person.id, f"visit:{visit_id}", Happening("visit.noted"), day=day, now=now)
            duties = tuple(DutyChoice(key=duty.key, title=duty.title.root) for duty in duties_of(tx, person))
            view = VisitNoted(visit=visit_id, unit=unit.name, text=text, duties=duties)
            tx.outbox.say(user_id, view, now=now, ref=f"visit:{visit_id}:{user_id}")
            report = VisitReport(visit=visit_id, name=person.name, unit=unit.name, text=text, photo=photo)
            for reader in self._readers(tx, unit.id):
                if reader != user_id:
                    tx.outbox.say(reader, report, now=now, rank=Rank.PUSH)

        await self._database.write(work)

    async def as_duty(self, user_id: int, visit_id: int, key: str, *, now: datetime) -> bool:
        """Say that a visit was one of the visitor's regular duties; says whether that is new for the time.

        Raises:
            Forged: it is somebody else's visit, or there is no such duty.
        """

        def work(tx: Tx) -> bool:
            person = self._visitor(tx, user_id).member()
            visit = tx.visits.get(visit_id)
            duties = {duty.key: duty for duty in duties_of(tx, person)}
            if visit is None or visit.person_id != person.id or key not in duties:
                raise Forged()
            tx.visits.set_duty(visit_id, key)
            choices = tuple(DutyChoice(key=duty.key, title=duty.title.root) for duty in duties.values())
            view = VisitNoted(visit=visit_id, unit=visit.unit, text=visit.text, duties=choices, duty=key)
            tx.outbox.edit(f"visit:{visit_id}:{user_id}", view, now=now)
            return do_duty(tx, person.id, key, evidence=f"visit:{visit_id}", now=visit.made_at, settings=self._settings)

        return await self._database.write(work)

    async def list(self, user_id: int, *, now: datetime) -> None:
        """Show the visits of three months: an observer's own, an organiser's units'.

        Raises:
            NotOnRoster, NotAllowed: they neither observe nor organise.
        """

        def work(tx: Tx) -> None:
            access = self._visitor(tx, user_id)
            today = day_of(now, self._settings.zone)
            units = access.units(tx)
            mine = None if access.person is None else access.person.id
            found = [
                visit
                for visit in tx.visits.between(today - _BACK, today)
                if visit.unit_id in units or visit.person_id == mine
            ]
            titles: dict[str, Title] = {}
            if access.person is not None:
                titles = {duty.key: duty.title for duty in duties_of(tx, access.person)}
            view = VisitList(
                lines=tuple(_line(visit, titles) for visit in found[:_LISTED]),
                visits=len(found),
                units=len({visit.unit_id for visit in found}),
                people=len({visit.person_id for visit in found}),
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def finding(self, user_id: int, visit_id: int) -> Visit:
        """A visit of a unit that somebody runs, to make a notice of.

        Raises:
            Forged: there is no such visit.
            NotAllowed: the unit is not theirs.
        """

        def work(tx: Tx) -> Visit:
            visit = tx.visits.get(visit_id)
            if visit is None:
                raise Forged()
            access = access_of(tx, user_id, self._settings.admins)
            if not access.is_organiser:
                raise NotAllowed()
            access.must_run(tx, visit.unit_id)
            return visit

        return await self._database.read(work)

    def _visitor(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        observes = access.person is not None and access.person.role is Role.OBSERVER
        if not observes and not access.is_organiser:
            raise NotAllowed()
        return access

    def _readers(self, tx: Tx, unit_id: int) -> Sequence[int]:
        """The organisers of the unit and of all above it, and the admins."""
        parents = {unit.id: unit.parent_id for unit in tx.people.units()}
        above: set[int | None] = {unit_id}
        walked = parents[unit_id]
        while walked is not None:
            above.add(walked)
            walked = parents[walked]
        organisers = {
            person.user_id
            for person in tx.people.everybody()
            if person.user_id is not None and person.role is Role.ORGANISER and person.unit_id in above
        }
        return sorted((organisers | self._settings.admins) & tx.places.reachable())


def _unit(tx: Tx, access: Access, name: str) -> Unit:
    """The unit that is meant, among those that they run or observe (those below their own)."""
    within = access.units(tx)
    if access.person is not None:
        within |= tx.people.within(access.person.unit_id)
    found = [unit for unit in tx.people.units_called(name) if unit.id in within]
    if len(found) == 1:
        return found[0]
    candidates = found or near_units(name, [unit for unit in tx.people.units() if unit.id in within])
    near = "、".join(unit.path for unit in candidates)
    raise VisitUnitUnknown(unit=name, near=near, wanted="near" if near else "none")


def _line(visit: Visit, titles: dict[str, Title]) -> VisitLine:
    duty = titles.get(visit.duty)
    return VisitLine(
        id=visit.id,
        day=visit.day.isoformat(),
        name=visit.name,
        unit=visit.unit,
        text=visit.text,
        duty=None if duty is None else duty.root,
    )

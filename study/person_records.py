"""The record of real results (实绩档案): everything of one person in a year on one page: study, exams, evaluation, duties.

The figures are the measures of a report, taken of the one person; quotas are told slot by slot.
"""

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from storage import Database, Tx
from storage.people import Person
from study.access import access_of
from study.calendar import day_of
from study.errors import NotAllowed, StudyError, SwitchedOff
from study.periods import period_of
from study.programme import Programme, programme_in_force
from study.quotas import gaps
from study.report_book import ReportSettings
from study.report_figures import part_title, window_of
from study.report_rules import MEASURE, MEASURES, Counted, parts_of, rows_of, value_of, within
from study.report_views import Chapter, Figure
from study.views import View

CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("learn", ("sessions.", "checkins.", "materials.", "reflections.")),
    ("exam", ("exams.",)),
    ("judge", ("rounds.", "works.", "items.", "ideas.", "checklists.")),
    ("manage", ("assignments.", "notices.", "rectifications.", "visits.", "points.")),
)
"""Study, exams, evaluation, administration (学、考、评、管): which measures belong where."""
_NOT_OWN = frozenset({"session_held", "round_held", "survey_sent", "contest_finished", "tournament_finished"})
"""Sources whose rows are nobody's own."""


class PersonUnclear(StudyError):
    """Nobody whom they may see is called so (``wanted`` is ``none``), or several are (``many``); ``near`` names them."""

    code = "record_person"


class QuotaFact(BaseModel):
    """A slot of a quota: how many of how many."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    title: dict[str, str]
    slot: dict[str, str]
    done: int
    wanted: int


class PersonRecord(View):
    """Everything of a person in a year."""

    kind: ClassVar[str] = "record.page"
    person_id: int
    name: str
    unit: str
    level: str
    post: str
    year: int
    chapters: tuple[Chapter, ...]
    quotas: tuple[QuotaFact, ...]
    taken_at: datetime


class RecordFile(View):
    """The message that brings a record as a Word file; it is made when it is sent."""

    kind: ClassVar[str] = "record.file"
    person_id: int
    name: str
    year: int
    user_id: int


class PersonRecords:
    """The records of a programme's people."""

    def __init__(self, database: Database, settings: ReportSettings) -> None:
        self._database, self._settings = database, settings

    async def show(self, user_id: int, wanted: str, *, now: datetime) -> None:
        """Show one's own record, or that of somebody (by name or code) whose unit one runs.

        Raises:
            SwitchedOff, NotOnRoster, NotAllowed, PersonUnclear.
        """
        view = await self._database.read(lambda tx: self._record(tx, self._person(tx, user_id, wanted), now))
        await self._database.write(lambda tx: tx.outbox.say(user_id, view, now=now))

    async def ask_file(self, user_id: int, person_id: int, *, now: datetime) -> None:
        """Send a record as a Word file.

        Raises:
            SwitchedOff, NotAllowed.
        """

        def work(tx: Tx) -> None:
            person = self._allowed(tx, user_id, person_id)
            year = day_of(now, self._settings.zone).year
            tx.outbox.say(
                user_id, RecordFile(person_id=person.id, name=person.name, year=year, user_id=user_id), now=now
            )

        await self._database.write(work)

    async def record(self, user_id: int, person_id: int, *, now: datetime) -> PersonRecord:
        """A record for somebody who may see it at this moment.

        Raises:
            SwitchedOff, NotAllowed.
        """
        return await self._database.read(lambda tx: self._record(tx, self._allowed(tx, user_id, person_id), now))

    def _person(self, tx: Tx, user_id: int, wanted: str) -> Person:
        if not programme_in_force(tx).has("reports"):
            raise SwitchedOff()
        access = access_of(tx, user_id, self._settings.admins)
        if not wanted:
            return access.member()
        if not access.is_organiser:
            own = access.member()
            if wanted in (own.name, own.code):
                return own
            raise NotAllowed()
        units = access.units(tx)
        found = [person for person in tx.people.called(wanted) if person.unit_id in units]
        if len(found) != 1:
            near = "、".join(f"{person.code} {person.name}（{person.unit}）" for person in found[:8])
            raise PersonUnclear(name=wanted, near=near, wanted="many" if found else "none")
        return found[0]

    def _allowed(self, tx: Tx, user_id: int, person_id: int) -> Person:
        if not programme_in_force(tx).has("reports"):
            raise SwitchedOff()
        person = tx.people.person(person_id)
        access = access_of(tx, user_id, self._settings.admins)
        own = access.person is not None and access.person.id == person_id
        if person is None or not (own or person.unit_id in access.units(tx)):
            raise NotAllowed()
        return person

    def _record(self, tx: Tx, person: Person, now: datetime) -> PersonRecord:
        programme = programme_in_force(tx)
        today = day_of(now, self._settings.zone)
        window = window_of(tx, period_of("year", today), self._settings.zone, now)
        counted: dict[str, list[Counted]] = {}
        for measure in MEASURES:
            source = measure.source
            if source in counted or source in _NOT_OWN or source.startswith("quota_"):
                continue
            counted[source] = list(map(Counted._make, tx.reports.own_sums(source, window, person.id)))
        chapters = tuple(
            Chapter(key=key, figures=tuple(_figures(counted, starts, programme))) for key, starts in CHAPTERS
        )
        return PersonRecord(
            person_id=person.id,
            name=person.name,
            unit=person.unit,
            level=person.level,
            post=person.title,
            year=today.year,
            chapters=chapters,
            quotas=tuple(
                QuotaFact(title=gap.quota_title.root, slot=gap.title.root, done=gap.done, wanted=gap.wanted)
                for gap in gaps(tx, person, today, zone=self._settings.zone)
            ),
            taken_at=now,
        )


def _figures(counted: dict[str, list[Counted]], starts: tuple[str, ...], programme: Programme) -> list[Figure]:
    made = []
    for measure in MEASURE.values():
        # How many people are behind the rows of one person says nothing.
        if measure.how == "people" or measure.source not in counted or not measure.key.startswith(starts):
            continue
        for part in parts_of(measure, counted[measure.source]) if measure.by else [""]:
            own = within(counted[measure.source], None, (part,) if measure.by else measure.parts)
            value = value_of(measure, own)
            if own and value is not None:
                made.append(
                    Figure(
                        key=measure.key,
                        how=measure.how,
                        by=measure.by,
                        part=part,
                        title=part_title(measure, part, programme),
                        value=value,
                        before=None,
                        rows=rows_of(measure, own),
                    )
                )
    return made

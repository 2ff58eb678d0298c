"""A syllabus as a whole: looked through before it is taken in, taken in, and taken in again when it has changed."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from pydantic import TypeAdapter, ValidationError

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from storage import Database, Tx
from storage.sessions import Session, SessionState
from study.access import Access, access_of
from study.calendar import moment
from study.errors import Expired, NotAllowed, StudyError
from study.programme import Programme, programme_in_force
from study.programme.words import Title, Who
from study.session_book import MEETING, SessionSettings, link_lecturers, must_have, set_alarms, tell_changes
from study.session_changes import change
from study.session_views import Change
from study.syllabus import Known, Lesson, SyllabusReading, read_syllabus
from study.syllabus_views import SyllabusAsked, SyllabusDropped, SyllabusPreview, SyllabusTaken, preview

TOPIC = "syllabus.file"
_READING = TypeAdapter(SyllabusReading)
_USUAL_MINUTES = 90
_REACH = timedelta(days=400)


class SyllabusFileWanted(StudyError):
    """Something else was sent where a file with the syllabus was expected."""

    code = "syllabus_file_wanted"


class SyllabusNothingGood(StudyError):
    """Not one row can be taken in."""

    code = "syllabus_nothing_good"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and the session that it is about, if there is one; ``fields`` are the values that it has from now on."""

    lesson: Lesson
    session: Session | None
    fields: Mapping[str, object]

    @property
    def changed(self) -> tuple[str, ...]:
        """What of a session would be other than it is."""
        if self.session is None or self.session.state is not SessionState.PLANNED:
            return ()
        return tuple(name for name, value in self.fields.items() if getattr(self.session, name) != value)


@dataclass(frozen=True, slots=True)
class SyllabusPlan:
    """A syllabus before it is taken in."""

    reading: SyllabusReading
    rows: tuple[Planned, ...]

    @property
    def new(self) -> tuple[Planned, ...]:
        """Rows that become sessions."""
        return tuple(row for row in self.rows if row.session is None)

    @property
    def changed(self) -> tuple[Planned, ...]:
        """Rows that change a session."""
        return tuple(row for row in self.rows if row.changed)

    @property
    def unchanged(self) -> int:
        """How many rows are as they are already (held sessions among them: what was, stays)."""
        return len(self.rows) - len(self.new) - len(self.changed)


class Syllabi:
    """Syllabuses in files; the command line and the chat take the same steps.

    An admin's (and the command line's) syllabus is the whole programme's, an organiser's that of the own unit.
    """

    def __init__(self, database: Database, settings: SessionSettings) -> None:
        self._database, self._settings = database, settings

    async def plan(self, content: bytes, filename: str, *, now: datetime) -> SyllabusPlan:
        """Read a file for the whole programme and say what taking it in would change; nothing is changed.

        Raises:
            FileError: it cannot be read at all.
            SyllabusColumns: there is no column for the dates or the titles.
        """
        reading = await self._read(content, filename, now)
        return await self._database.read(lambda tx: self._plan(tx, reading, None))

    async def take_in(self, plan: SyllabusPlan, *, now: datetime) -> SyllabusPlan:
        """Take in the good rows; what is there by now is looked at anew. Returns what was done."""
        return await self._database.write(lambda tx: self._take_in(tx, plan.reading, None, by=None, now=now))

    async def ask(self, user_id: int, *, now: datetime) -> None:
        """Say how a syllabus is written; the next file of this organiser is taken for one.

        Raises:
            NotAllowed: they run nothing.
        """

        def work(tx: Tx) -> None:
            self._access(tx, user_id)
            tx.conversations.put(user_id, user_id, TOPIC, "{}", now=now)
            tx.outbox.say(user_id, SyllabusAsked(), now=now)

        await self._database.write(work)

    async def may_send(self, user_id: int) -> None:
        """Let only organisers pass, before their file is fetched.

        Raises:
            NotAllowed: they run nothing.
        """
        await self._database.read(lambda tx: self._access(tx, user_id))

    async def receive(self, user_id: int, content: bytes, filename: str, *, now: datetime) -> None:
        """Look a file through that came by chat: what is wrong with it, what would change; and ask.

        Raises:
            NotAllowed: the sender runs nothing.
            FileError, SyllabusColumns: it is no syllabus.
        """
        reading = await self._read(content, filename, now)

        def work(tx: Tx) -> None:
            access = self._access(tx, user_id)
            tx.conversations.end(user_id, user_id)
            draft_id = tx.joining.draft(user_id, _READING.dump_json(reading).decode(), now=now)
            view = self._preview(tx, reading, access, draft_id)
            tx.outbox.say(user_id, view, now=now, ref=_ref(draft_id))

        await self._database.write(work)

    async def take_rest(self, user_id: int, draft_id: int, *, now: datetime) -> None:
        """Take in the good rows of a file that was looked through.

        Raises:
            Expired: it was taken in or dropped already, or is somebody else's.
            NotAllowed: they run nothing any more.
            SyllabusNothingGood: there is no good row.
        """

        def work(tx: Tx) -> None:
            access, reading = self._draft(tx, user_id, draft_id)
            if not reading.lessons:
                raise SyllabusNothingGood()
            tx.joining.settle_draft(draft_id, taken=True)
            done = self._take_in(tx, reading, _unit(access), by=user_id, now=now)
            view = SyllabusTaken(
                new=len(done.new), changed=len(done.changed), unchanged=done.unchanged, left_out=reading.bad_rows
            )
            tx.outbox.edit(_ref(draft_id), view, now=now)

        await self._database.write(work)

    async def drop(self, user_id: int, draft_id: int, *, now: datetime) -> None:
        """Leave everything as it is.

        Raises:
            Expired, NotAllowed: as above.
        """

        def work(tx: Tx) -> None:
            self._draft(tx, user_id, draft_id)
            tx.joining.settle_draft(draft_id, taken=False)
            tx.outbox.edit(_ref(draft_id), SyllabusDropped(), now=now)

        await self._database.write(work)

    async def _read(self, content: bytes, filename: str, now: datetime) -> SyllabusReading:
        known = await self._database.read(_known)
        return await asyncio.to_thread(read_syllabus, content, filename, known, self._settings.day(now))

    def _preview(self, tx: Tx, reading: SyllabusReading, access: Access, draft_id: int) -> SyllabusPreview:
        plan = self._plan(tx, reading, _unit(access))
        return preview(
            draft_id,
            reading,
            new=[(row.lesson.day, row.lesson.title) for row in plan.new],
            changed=[(row.lesson.day, row.lesson.title, row.changed) for row in plan.changed],
            unchanged=plan.unchanged,
        )

    def _plan(self, tx: Tx, reading: SyllabusReading, unit_id: int | None) -> SyllabusPlan:
        programme, lessons = programme_in_force(tx), reading.lessons
        if not lessons:
            return SyllabusPlan(reading, ())
        zone = self._settings.zone
        first = moment(min(one.day for one in lessons), time(0), zone) - _REACH
        last = moment(max(one.day for one in lessons), time(0), zone) + _REACH
        there = [
            one
            for one in tx.sessions.between(first, last)
            if one.unit_id == unit_id and one.state is not SessionState.CANCELLED and not one.sign_up
        ]
        pairs = self._matched(lessons, there)
        rows = (
            Planned(one, pairs.get(at), self._fields(programme, one, pairs.get(at))) for at, one in enumerate(lessons)
        )
        return SyllabusPlan(reading, tuple(rows))

    def _matched(self, lessons: Sequence[Lesson], there: Sequence[Session]) -> Mapping[int, Session]:
        """Which session each row is about: the one of its day and title; else one that is planned in its series on its day
        (so a line takes the place of a recurring meeting); else the only one of its title, which was moved."""
        pairs: dict[int, Session] = {}
        taken: set[int] = set()

        def pair(at: int, found: Iterable[Session]) -> None:
            session = next((one for one in found if one.id not in taken), None)
            if session is not None:
                pairs[at] = session
                taken.add(session.id)

        days = {one.id: self._settings.day(one.starts_at) for one in there}
        for at, lesson in enumerate(lessons):
            pair(at, (one for one in there if days[one.id] == lesson.day and one.title == lesson.title))
        planned = [one for one in there if one.state is SessionState.PLANNED]
        for at, lesson in enumerate(lessons):
            if at not in pairs:
                series = lesson.series or ""
                pair(at, (one for one in planned if days[one.id] == lesson.day and one.series == series))
        rest = Counter(lesson.title for at, lesson in enumerate(lessons) if at not in pairs)
        titles = Counter(one.title for one in planned if one.id not in taken)
        for at, lesson in enumerate(lessons):
            if at not in pairs and rest[lesson.title] == 1 and titles[lesson.title] == 1:
                pair(at, (one for one in planned if one.title == lesson.title))
        return pairs

    def _fields(self, programme: Programme, lesson: Lesson, session: Session | None) -> Mapping[str, object]:
        """The values of a session by its row; what the file does not say stays, or is as the series has it."""
        part, zone = programme.series, self._settings.zone
        series = part.one(lesson.series or (session.series if session else ""))
        meeting = next((one for one in part.meetings if series is not None and one.series == series.key), None)
        length = timedelta(minutes=_USUAL_MINUTES if series is None else series.minutes)
        starts = lesson.starts
        if session is not None:
            length = session.ends_at - session.starts_at
            starts = starts or session.starts_at.astimezone(zone).time()
        elif meeting is not None:
            length = timedelta(minutes=meeting.minutes)
            starts = starts or meeting.at
        starts_at = moment(lesson.day, starts or time(9), zone)
        usual = Who() if series is None else (meeting.who if meeting and meeting.who else series.who)
        who = usual
        if lesson.units or lesson.cohorts:
            who = Who(units=lesson.units, cohorts=lesson.cohorts)

        def either(said: str | None, kept: str, usual: str) -> str:
            return said if said is not None else kept if session is not None else usual

        return {
            "title": lesson.title,
            "starts_at": starts_at,
            "ends_at": moment(lesson.day, lesson.ends, zone) if lesson.ends else starts_at + length,
            "series": either(lesson.series, session.series if session else "", ""),
            "topic": either(lesson.topic, session.topic if session else "", ""),
            "form": either(lesson.form, session.form if session else "", series.form if series else "lecture"),
            "lecturer": either(lesson.lecturer, session.lecturer if session else "", ""),
            "place": either(
                lesson.place or None,
                session.place if session else "",
                (meeting.place if meeting else "") or (series.place if series else ""),
            ),
            "material": either(lesson.material, session.material if session else "", ""),
            "audience": session.audience if session and not (lesson.units or lesson.cohorts) else who.model_dump_json(),
        }

    def _take_in(
        self, tx: Tx, reading: SyllabusReading, unit_id: int | None, *, by: int | None, now: datetime
    ) -> SyllabusPlan:
        plan = self._plan(tx, reading, unit_id)
        told: dict[int, tuple[Change, ...]] = {}
        everybody = tx.people.everybody()
        for row in plan.rows:
            if row.session is None:
                session_id = tx.sessions.add(key=None, unit_id=unit_id, created_by=by, now=now, **row.fields)  # type: ignore[arg-type]
                assert session_id is not None
                link_lecturers(tx, session_id, str(row.fields["lecturer"]), everybody)
                set_alarms(tx, must_have(tx, session_id), self._settings, now=now)
            elif row.changed:
                changes = change(tx, row.session, self._settings, by=by, now=now, **row.fields)
                if (row.session.key or "").startswith(MEETING) and "title" in row.changed:
                    # A meeting that everybody knew of has its subject now: that is news, not a change of plan.
                    tx.sessions.tell(row.session.id, now=None)
                    set_alarms(tx, must_have(tx, row.session.id), self._settings, now=now)
                elif changes:
                    told[row.session.id] = changes
        tell_changes(tx, told, by=by, now=now)
        return plan

    def _access(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access

    def _draft(self, tx: Tx, user_id: int, draft_id: int) -> tuple[Access, SyllabusReading]:
        access = self._access(tx, user_id)
        draft = tx.joining.drafted(draft_id)
        if draft is None or draft.user_id != user_id or draft.state != "waiting":
            raise Expired()
        try:
            return access, _READING.validate_json(draft.body)
        except ValidationError as error:
            # A draft of a roster: no button of ours leads here.
            raise Expired() from error


def _unit(access: Access) -> int | None:
    return None if access.is_admin or access.person is None else access.person.unit_id


def _known(tx: Tx) -> Known:
    programme = programme_in_force(tx)
    part = programme.series

    def words(ones: Iterable[tuple[str, Title]]) -> dict[str, str]:
        return {heard(word): key for key, title in ones for word in (*title.root.values(), key)}

    units = tx.people.units()
    named = Counter(heard(unit.name) for unit in units)
    paths = {heard(unit.name): unit.path for unit in units if named[heard(unit.name)] == 1}
    return Known(
        series=words((one.key, one.title) for one in part.series),
        topics=words((one.key, one.title) for one in part.topics),
        forms=words((one.key, one.title) for one in part.forms),
        cohorts=words((one.key, one.title) for one in programme.header.cohorts),
        units={**paths, **{heard(unit.path): unit.path for unit in units}},
        timed=frozenset(meeting.series for meeting in part.meetings),
    )


def _ref(draft_id: int) -> str:
    return f"syllabus:{draft_id}"

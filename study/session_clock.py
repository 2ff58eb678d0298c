"""Sessions by the clock: recurring meetings come into being, people are told, what is over has been held."""

from collections import defaultdict
from datetime import datetime, timedelta

from storage import Database, Rank, Tx
from storage.people import Person
from storage.sessions import Session, SessionState
from study.calendar import moment
from study.due import Due
from study.programme import Programme, programme_in_force
from study.programme.series import Meeting
from study.session_book import (
    EVE,
    MEETING,
    SessionSettings,
    away,
    credit_lecturers,
    facts,
    hold,
    must_have,
    push_material,
    set_alarms,
    tell_changes,
    tell_news,
    told,
)
from study.session_changes import change
from study.session_rules import eve_of, meeting_days
from study.session_views import Change, SessionReminder

_AHEAD = timedelta(days=14)
"""How long before it takes place a recurring meeting stands in the list."""
_EVE_REACH = timedelta(days=40)
"""No eve lies further before its session: no holiday is longer."""


class SessionClock:
    """What happens to sessions by itself."""

    def __init__(self, database: Database, settings: SessionSettings) -> None:
        self._database, self._settings = database, settings

    async def plan(self, since: datetime, until: datetime) -> None:
        """Let the recurring meetings of the next two weeks be there, each once.

        A meeting gives way to a session of its series that is planned for the same day: a syllabus fills its place.
        """

        def work(tx: Tx) -> None:
            programme = programme_in_force(tx)
            changed: dict[int, tuple[Change, ...]] = {}
            for meeting in programme.series.meetings:
                changed |= self._meet(tx, programme, meeting, since, until)
            tell_changes(tx, changed, now=since)

        await self._database.write(work)

    def _meet(
        self, tx: Tx, programme: Programme, meeting: Meeting, since: datetime, until: datetime
    ) -> dict[int, tuple[Change, ...]]:
        """One meeting: its days come into being; returns what is other than it was told about those that are there."""
        settings, changed = self._settings, dict[int, tuple[Change, ...]]()
        first, last = settings.day(since), settings.day(until + _AHEAD)
        days = meeting_days(
            meeting.days,
            first,
            last,
            holidays=meeting.holidays,
            is_workday=settings.is_workday,
            since=meeting.first,
            until=meeting.last,
            every_weeks=meeting.every_weeks,
        )
        series = programme.series.one(meeting.series)
        assert series is not None
        unit = next((one for one in tx.people.units() if one.path == meeting.unit), None)
        if meeting.unit and unit is None:
            return {}  # until the roster has the unit
        for by_rule, day in days:
            starts_at = moment(day, meeting.at, settings.zone)
            key = f"{MEETING}{meeting.key}:{by_rule}"
            fields = {
                "title": meeting.title.within(settings.language),
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=meeting.minutes),
                "series": meeting.series,
                "form": meeting.form or series.form,
                "place": meeting.place or series.place,
                "audience": (meeting.who or series.who).model_dump_json(),
            }
            there = tx.sessions.keyed(key)
            if there is not None:
                changed |= self._follow(tx, there, fields, since)
            if starts_at <= since or there is not None or self._taken(tx, meeting, starts_at):
                continue
            # Everybody knows of Fridays: the message of the day before is enough.
            session_id = tx.sessions.add(
                key=key,
                unit_id=None if unit is None else unit.id,
                told_at=since,
                now=since,
                **fields,  # type: ignore[arg-type]
            )
            if session_id is not None:
                set_alarms(tx, must_have(tx, session_id), settings, now=since)
        return changed

    def _follow(
        self, tx: Tx, session: Session, fields: dict[str, object], now: datetime
    ) -> dict[int, tuple[Change, ...]]:
        """A meeting that nobody has touched follows the programme when that is changed."""
        as_made = session.title == fields["title"] and not tx.sessions.touched(session.id)
        if session.state is SessionState.PLANNED and session.starts_at > now and as_made:
            changes = change(tx, session, self._settings, by=None, now=now, **fields)
            if changes:
                return {session.id: changes}
        return {}

    def _taken(self, tx: Tx, meeting: Meeting, starts_at: datetime) -> bool:
        day = self._settings.day(starts_at)
        around = tx.sessions.between(starts_at - timedelta(days=1), starts_at + timedelta(days=1))
        return any(
            one.series == meeting.series
            and one.state is not SessionState.CANCELLED
            and self._settings.day(one.starts_at) == day
            for one in around
        )

    async def news_due(self, due: Due) -> None:
        """Tell what has been planned."""
        await self._database.write(lambda tx: tell_news(tx, self._settings, now=due.now))

    async def eve_due(self, due: Due) -> None:
        """Tell each of those concerned, in one message, what comes on the next day of work; the materials follow it."""
        await self._database.write(lambda tx: self._remind(tx, due))

    async def soon_due(self, due: Due) -> None:
        """Tell those concerned that it is about to begin."""
        await self._database.write(lambda tx: self._remind(tx, due))

    async def end_due(self, due: Due) -> None:
        """What is over and was not cancelled has been held."""

        def work(tx: Tx) -> None:
            for session in tx.sessions.between(due.due_at - timedelta(days=2), due.now):
                if session.ends_at > due.now or hold(tx, session, self._settings, now=due.now):
                    continue
                # The close of a roll call says that it was held before its time is over.
                credit_lecturers(tx, session, self._settings, now=due.now)

        await self._database.write(work)

    def _remind(self, tx: Tx, due: Due) -> None:
        programme, settings = programme_in_force(tx), self._settings
        is_eve = due.kind == EVE
        for_one: dict[int, list[Session]] = defaultdict(list)
        with_material: list[tuple[Session, list[Person]]] = []
        # What is reminded of at this moment; not what has begun already, if the bot was away.
        for session in tx.sessions.between(due.now, due.due_at + _EVE_REACH):
            if session.state is not SessionState.PLANNED or self._moment(session, programme, eve=is_eve) != due.due_at:
                continue
            # After a downtime both may be due: then the one that it is about to begin says all.
            too_late = is_eve and self._moment(session, programme, eve=False) <= due.now < session.starts_at
            tx.sessions.tell(session.id, now=due.now)
            on_leave = away(tx, settings.day(session.starts_at), settings.day(due.now))
            people = [person for person in told(tx, session, programme) if person.id not in on_leave]
            for person in people:
                if person.user_id is not None and not too_late:
                    for_one[person.user_id].append(session)
            with_material += [(session, people)] if is_eve else []
        shown = {session.id: facts(tx, session, programme) for theirs in for_one.values() for session in theirs}
        reachable = tx.places.reachable()
        for user_id, theirs in for_one.items():
            if user_id not in reachable:
                continue
            view = SessionReminder(
                when="eve" if is_eve else "soon", sessions=tuple(shown[session.id] for session in theirs)
            )
            tx.outbox.say(user_id, view, now=due.now, rank=Rank.PUSH)
        for session, people in with_material:
            push_material(tx, session, people, programme, now=due.now)

    def _moment(self, session: Session, programme: Programme, *, eve: bool) -> datetime:
        """When people are reminded of a session: never (at its start, which is too late) if the programme says so."""
        notices = programme.series.notices
        if not eve:
            return session.starts_at - timedelta(minutes=notices.minutes_before)
        if notices.eve is None:
            return session.starts_at
        found = eve_of(session.starts_at, notices.eve, self._settings.zone, self._settings.is_workday)
        return session.starts_at if found is None else found

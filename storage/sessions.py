"""Sessions: lectures, classes, seminars, discussions, as they are planned, held or cancelled; and who spoke in them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Session(Row):
    """A session; ``series``, ``topic`` and ``form`` are keys of the programme, empty if it has none.

    ``key`` names what there may be only one of. ``unit_id`` is the unit that it belongs to (``None``: the whole programme),
    ``audience`` whom of that unit and those below it concerns, as JSON of :class:`study.programme.words.Who`. ``material`` is
    the name of a material, a link or plain words. ``reason`` says why it was cancelled. With ``sign_up`` only those who have a
    seat are meant, ``capacity`` of them at most if it is given. ``told_at``: since when the people concerned know of it.
    """

    id: int
    key: str | None
    series: str
    topic: str
    title: str
    form: str
    lecturer: str
    place: str
    unit_id: int | None
    audience: str
    starts_at: Instant
    ends_at: Instant
    state: SessionState
    material: str
    reason: str
    sign_up: bool
    capacity: int | None
    told_at: Instant | None
    created_by: int | None
    created_at: Instant


class Speech(Row):
    """Somebody spoke. ``topic``: about what, in a few words. It counts with ``confirmed_by`` and without ``withdrawn_at``."""

    id: int
    session_id: int
    person_id: int
    unit_id: int
    topic: str
    noted_by: int
    noted_at: Instant
    confirmed_by: int | None
    withdrawn_at: Instant | None


class Seat(Row):
    """Somebody who has signed up; ``state`` is ``seat`` or ``waiting``."""

    person_id: int
    state: str
    asked_at: Instant


class Attended(Row):
    """Held sessions, attendances and people of one ``part`` (a series, a unit's id as text, "" for all …)."""

    part: str | None
    sessions: int
    attendances: int
    people: int


class Spoken(Row):
    """Speeches and speakers of one ``part``."""

    part: str | None
    speeches: int
    speakers: int


class FigureLine(Row):
    """Somebody attended, or spoke in, a held session."""

    session_id: int
    person_id: int
    what: str


class Named(Row):
    """A person by id and name."""

    id: int
    name: str


class SessionRoom:
    """Every session of the programme."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        key: str | None,
        title: str,
        starts_at: datetime,
        ends_at: datetime,
        now: datetime,
        series: str = "",
        topic: str = "",
        form: str = "",
        lecturer: str = "",
        place: str = "",
        unit_id: int | None = None,
        audience: str = "{}",
        material: str = "",
        sign_up: bool = False,
        capacity: int | None = None,
        told_at: datetime | None = None,
        created_by: int | None = None,
    ) -> int | None:
        """Plan a session; returns its id, or ``None`` if there is one with the ``key`` already."""
        session_id: int | None = self._sql.session_add(
            self._connection,
            key=key,
            series=series,
            topic=topic,
            title=title,
            form=form,
            lecturer=lecturer,
            place=place,
            unit_id=unit_id,
            audience=audience,
            starts_at=starts_at,
            ends_at=ends_at,
            material=material,
            sign_up=sign_up,
            capacity=capacity,
            told_at=told_at,
            created_by=created_by,
            created_at=now,
        )
        return session_id

    def get(self, session_id: int) -> Session | None:
        """A session by its id."""
        return Session.maybe(self._sql.session_get(self._connection, id=session_id))

    def keyed(self, key: str) -> Session | None:
        """The session that there may be only one of."""
        return Session.maybe(self._sql.session_keyed(self._connection, key=key))

    def between(self, first: datetime, last: datetime) -> Sequence[Session]:
        """Every session that begins from ``first`` on and before ``last``, in whatever state, in order."""
        return Session.all(self._sql.sessions_between(self._connection, first=first, last=last))

    def set_state(self, session_id: int, state: SessionState, reason: str = "") -> None:
        """Note what became of a session, and why."""
        self._sql.session_state(self._connection, id=session_id, state=state.value, reason=reason)

    def change(self, session: Session) -> None:
        """Keep a session as it is planned now (its state, key and unit stay)."""
        self._sql.session_change(self._connection, **session.model_dump())

    def untold(self, now: datetime) -> Sequence[Session]:
        """What is planned for after ``now`` and has been told to nobody yet, in order."""
        return Session.all(self._sql.sessions_untold(self._connection, now=now))

    def tell(self, session_id: int, *, now: datetime | None) -> None:
        """Note that the people concerned know of it, or (``None``) that they are to hear of it as of something new."""
        self._sql.session_told(self._connection, id=session_id, told_at=now)

    def note_change(
        self, session_id: int, what: str, before: str, after: str, *, by: int | None, now: datetime
    ) -> None:
        """Note what was changed about a session."""
        self._sql.session_change_note(
            self._connection, session_id=session_id, what=what, before=before, after=after, author_id=by, at=now
        )

    def touched(self, session_id: int) -> bool:
        """Whether somebody has changed a session by hand."""
        return bool(self._sql.session_touched(self._connection, session_id=session_id))

    def lecturers(self, session_id: int) -> Sequence[int]:
        """The people of the roster who lecture."""
        return tuple(row["person_id"] for row in self._sql.session_lecturers(self._connection, session_id=session_id))

    def set_lecturers(self, session_id: int, person_ids: Sequence[int]) -> None:
        """Say who of the roster lectures."""
        self._sql.session_lecturers_clear(self._connection, session_id=session_id)
        for person_id in person_ids:
            self._sql.session_lecturer_add(self._connection, session_id=session_id, person_id=person_id)

    def seats(self, session_id: int) -> Sequence[Seat]:
        """Everybody who has signed up and not left again, the first first."""
        return Seat.all(self._sql.session_seats(self._connection, session_id=session_id))

    def take_seat(self, session_id: int, person_id: int, *, waiting: bool, now: datetime) -> None:
        """Somebody signs up, for a seat or for the waiting list."""
        state = "waiting" if waiting else "seat"
        self._sql.session_seat_put(
            self._connection, session_id=session_id, person_id=person_id, state=state, asked_at=now
        )

    def set_seat(self, session_id: int, person_id: int, state: str) -> None:
        """Let somebody leave (``left``) or come up from the waiting list (``seat``)."""
        self._sql.session_seat_state(self._connection, session_id=session_id, person_id=person_id, state=state)

    def speak(
        self,
        session_id: int,
        person_id: int,
        unit_id: int,
        topic: str,
        *,
        by: int,
        confirmed_by: int | None,
        now: datetime,
    ) -> int:
        """Note a speech; returns its id."""
        speech_id: int = self._sql.speech_add(
            self._connection,
            session_id=session_id,
            person_id=person_id,
            unit_id=unit_id,
            topic=topic,
            noted_by=by,
            noted_at=now,
            confirmed_by=confirmed_by,
        )
        return speech_id

    def speech(self, speech_id: int) -> Speech | None:
        """A speech by its id."""
        return Speech.maybe(self._sql.speech_get(self._connection, id=speech_id))

    def speeches(self, session_id: int) -> Sequence[Speech]:
        """Every speech of a session that was not withdrawn, those that wait for a confirmation too."""
        return Speech.all(self._sql.speeches_of(self._connection, session_id=session_id))

    def confirm_speech(self, speech_id: int, *, by: int) -> bool:
        """Let a registered speech count; says whether that is new."""
        return bool(self._sql.speech_confirm(self._connection, id=speech_id, confirmed_by=by))

    def withdraw_speech(self, speech_id: int, *, now: datetime) -> bool:
        """Let a speech not count any more; says whether that is new."""
        return bool(self._sql.speech_withdraw(self._connection, id=speech_id, at=now))

    def present(self, session_id: int) -> Sequence[Named]:
        """Who is there by the register as it stands, by name."""
        return Named.all(self._sql.session_present(self._connection, session_id=session_id))

    def attended(self, first: datetime, last: datetime, *, by: str = "", path: str = "") -> Sequence[Attended]:
        """Held sessions from ``first`` on and before ``last`` with who attended: all, or by ``by`` (``series``, ``topic``,
        ``form``, ``unit``, ``session``); of a unit and those below it if ``path`` names one."""
        return Attended.all(self._sql.figures_attended(self._connection, first=first, last=last, by=by, path=path))

    def spoken(self, first: datetime, last: datetime, *, by: str = "", path: str = "") -> Sequence[Spoken]:
        """The speeches in the same sessions."""
        return Spoken.all(self._sql.figures_spoken(self._connection, first=first, last=last, by=by, path=path))

    def figure_lines(self, first: datetime, last: datetime) -> Sequence[FigureLine]:
        """A line for each attendance and each speech in the held sessions of a time."""
        return FigureLine.all(self._sql.figures_lines(self._connection, first=first, last=last))

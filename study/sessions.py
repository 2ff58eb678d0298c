"""Sessions as members and organisers use them: what comes, one in detail, changed, cancelled, signed up for."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal, cast

from quizzes.engine.han import heard
from storage import Database, Rank, Tx
from storage.people import Person
from storage.sessions import Session, SessionState
from study.access import Access, access_of
from study.errors import Forged, NotAllowed, StudyError, TooLong
from study.programme import Programme, programme_in_force
from study.programme.words import Who
from study.session_book import SessionSettings, concerned, facts, invited, must_have, tell_changes
from study.session_changes import cancel, change
from study.session_draft import names_of
from study.session_figures import Figures, figures_by
from study.session_line import TITLE_LIMIT, WORD_LIMIT, read_times
from study.session_views import (
    SessionFieldAsked,
    SessionList,
    SessionSeat,
    SessionSheet,
)
from study.views import View

FIELD = "session.field"
"""A conversation in which the next message is a field's new value."""
FIELDS = ("time", "place", "lecturer", "title", "material", "class", "capacity", "cancel")
Scope = Literal["mine", "run"]
_PAGE = 6
_PAST = timedelta(days=366)
_FUTURE = timedelta(days=366 * 2)
_REASON_LIMIT = 200
_NOTHING = ("无", "-", "—", "none")


class SessionClassUnknown(StudyError):
    """Neither a series nor a topic nor a form has this name; ``known`` are those that there are."""

    code = "session_class_unknown"


class SessionCapacity(StudyError):
    """No number of seats from 1 to 10,000."""

    code = "session_capacity"


class SessionValueMissing(StudyError):
    """What was sent for a field has no words."""

    code = "session_value_missing"


class SessionReasonMissing(StudyError):
    """The reason for cancelling has no words."""

    code = "session_reason_missing"


class SignUpClosed(StudyError):
    """It has begun, or is over or cancelled: nobody signs up or off any more."""

    code = "sign_up_closed"


class SessionNoSignUp(StudyError):
    """Nobody signs up for this one: whoever it concerns simply comes."""

    code = "session_no_sign_up"


class Sessions:
    """The sessions of one programme."""

    def __init__(self, database: Database, settings: SessionSettings) -> None:
        self._database, self._settings = database, settings

    def today(self, now: datetime) -> date:
        """The programme's day."""
        return self._settings.day(now)

    async def look(
        self,
        user_id: int,
        chat_id: int,
        *,
        scope: Scope = "mine",
        past: bool = False,
        page: int = 0,
        on_message: int | None = None,
        now: datetime,
    ) -> None:
        """Show a page of what comes or was: the sessions that concern somebody, or those that they run.

        Raises:
            NotOnRoster: they are nobody.
            NotAllowed: they run nothing.
        """

        def work(tx: Tx) -> None:
            access, programme = access_of(tx, user_id, self._settings.admins), programme_in_force(tx)
            mine = scope == "mine" and access.person is not None
            if not access.is_organiser:
                access.member()
                if scope == "run":
                    raise NotAllowed()
            found = self._listed(tx, access, programme, mine=mine, past=past, now=now)
            pages = max(1, -(-len(found) // _PAGE))
            at = max(0, min(page, pages - 1))
            view = SessionList(
                scope="mine" if mine else "run",
                past=past,
                page=at,
                pages=pages,
                total=len(found),
                sessions=tuple(facts(tx, one, programme) for one in found[at * _PAGE : (at + 1) * _PAGE]),
                is_organiser=access.is_organiser,
            )
            show(tx, chat_id, view, on_message, now)

        await self._database.write(work)

    def _listed(
        self, tx: Tx, access: Access, programme: Programme, *, mine: bool, past: bool, now: datetime
    ) -> list[Session]:
        window = (now - _PAST, now) if past else (now - timedelta(days=1), now + _FUTURE)
        found = [session for session in tx.sessions.between(*window) if (session.ends_at <= now) == past]
        if mine and access.person is not None:
            meets = Meets(tx, access.person, programme)
            found = [session for session in found if meets(session)]
        else:
            units = access.units(tx)
            found = [session for session in found if access.is_admin or session.unit_id in units]
        return found[::-1] if past else found

    async def open(
        self, user_id: int, chat_id: int, session_id: int, *, on_message: int | None = None, now: datetime
    ) -> None:
        """Show one session with what the reader may do about it.

        Raises:
            Expired: there is none.
            NotAllowed: it neither concerns them nor do they run it.
        """

        def work(tx: Tx) -> None:
            session, access = must_have(tx, session_id), access_of(tx, user_id, self._settings.admins)
            if not (_runs(tx, access, session) or self._concerns(tx, access, session)):
                raise NotAllowed()
            show(tx, chat_id, self._sheet(tx, access, session), on_message, now)

        await self._database.write(work)

    async def ask_field(self, user_id: int, session_id: int, field: str, *, now: datetime) -> None:
        """The next thing that an organiser says is the new value of a field (``cancel``: the reason).

        Raises:
            Expired, NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            session, _ = self._run(tx, user_id, session_id)
            if field not in FIELDS:
                raise Forged()
            tx.conversations.put(user_id, user_id, FIELD, f"{session.id} {field}", now=now)
            tx.outbox.say(user_id, SessionFieldAsked(session=facts(tx, session), field=field), now=now)

        await self._database.write(work)

    async def take_field(self, user_id: int, body: str, said: str, *, now: datetime) -> None:
        """Give a session a field's new value; those concerned hear of it at once if they know of the session.

        Raises:
            Expired, NotAllowed: it is gone, or not theirs.
            StudyError: the value cannot be read, or the session is settled.
        """
        number, field = body.split()
        if not said.strip() and field != "cancel":
            raise SessionValueMissing()

        def work(tx: Tx) -> None:
            session, access = self._run(tx, user_id, int(number))
            if field == "cancel":
                reason = _text(said, _REASON_LIMIT)
                if not reason:
                    raise SessionReasonMissing()
                cancel(tx, session, reason, self._settings, by=user_id, now=now)
                tell_changes(tx, {session.id: ()}, by=user_id, now=now)
            else:
                fields = self._read(tx, session, field, said, now)
                changes = change(tx, session, self._settings, by=user_id, now=now, **fields)
                if changes:
                    tell_changes(tx, {session.id: changes}, by=user_id, now=now)
            self._seat_all(tx, session.id, now)
            tx.conversations.end(user_id, user_id)
            tx.outbox.say(user_id, self._sheet(tx, access, must_have(tx, session.id)), now=now)

        await self._database.write(work)

    async def sign_up(self, user_id: int, session_id: int, *, off: bool, on_message: int, now: datetime) -> str:
        """Take a seat (or a place on the waiting list), or give it up; returns ``seat``, ``waiting`` or ``left``.

        A second press changes nothing. Whoever comes up from the waiting list is told.

        Raises:
            NotOnRoster, Expired, SessionNoSignUp, SignUpClosed.
            NotAllowed: it is not meant for them.
        """

        def work(tx: Tx) -> str:
            session, access = must_have(tx, session_id), access_of(tx, user_id, self._settings.admins)
            person = access.member()
            if not session.sign_up:
                raise SessionNoSignUp()
            if session.state is not SessionState.PLANNED or session.starts_at <= now:
                raise SignUpClosed()
            if person.id not in {one.id for one in invited(tx, session)}:
                raise NotAllowed()
            seats = {seat.person_id: seat.state for seat in tx.sessions.seats(session.id)}
            state = seats.get(person.id, "left")
            if off and state != "left":
                tx.sessions.set_seat(session.id, person.id, "left")
                self._seat_all(tx, session.id, now)
                state = "left"
            elif not off and state == "left":
                taken = sum(one == "seat" for one in seats.values())
                full = session.capacity is not None and taken >= session.capacity
                tx.sessions.take_seat(session.id, person.id, waiting=full, now=now)
                state = "waiting" if full else "seat"
            show(tx, user_id, self._sheet(tx, access, session), on_message, now)
            return state

        return await self._database.write(work)

    def _seat_all(self, tx: Tx, session_id: int, now: datetime) -> None:
        """Let those who wait come up as far as there are seats, and tell them."""
        session = must_have(tx, session_id)
        if not session.sign_up or session.state is not SessionState.PLANNED or session.starts_at <= now:
            return
        seats = tx.sessions.seats(session_id)
        taken = sum(seat.state == "seat" for seat in seats)
        for seat in seats:
            if seat.state == "waiting" and (session.capacity is None or taken < session.capacity):
                tx.sessions.set_seat(session_id, seat.person_id, "seat")
                taken += 1
                person = tx.people.person(seat.person_id)
                if person is not None and person.user_id is not None:
                    tx.outbox.say(person.user_id, SessionSeat(session=facts(tx, session)), now=now, rank=Rank.PUSH)

    def _read(self, tx: Tx, session: Session, field: str, said: str, now: datetime) -> dict[str, object]:
        """A field's new value, and what follows from it for others."""
        match field:
            case "time":
                starts_at, ends_at, _ = read_times(said, now, self._settings.zone)
                return {"starts_at": starts_at, "ends_at": ends_at or starts_at + (session.ends_at - session.starts_at)}
            case "class":
                found = _classes(said, names_of(programme_in_force(tx)))
                if not found:
                    part = programme_in_force(tx).series
                    titles = [one.title for ones in (part.series, part.topics, part.forms) for one in ones]
                    raise SessionClassUnknown(known="、".join(one.within(self._settings.language) for one in titles))
                return dict(found)
            case "capacity":
                number = said.strip()
                if not (number.isdecimal() and 1 <= int(number) <= 10_000):
                    raise SessionCapacity()
                return {"sign_up": True, "capacity": int(number)}
            case _ if heard(said) in _NOTHING and field != "title":
                return {field: ""}
            case _:
                return {field: _text(said, TITLE_LIMIT if field in ("title", "material") else WORD_LIMIT)}

    def _sheet(self, tx: Tx, access: Access, session: Session) -> SessionSheet:
        seats = tx.sessions.seats(session.id) if session.sign_up else ()
        own = next((seat for seat in seats if access.person is not None and seat.person_id == access.person.id), None)
        waiting = [seat.person_id for seat in seats if seat.state == "waiting"]
        day = self._settings.day(session.starts_at)
        parts = figures_by(tx, day, day, self._settings.zone, "session")
        counted = parts.get(str(session.id), Figures())
        return SessionSheet(
            session=facts(tx, session),
            may_run=_runs(tx, access, session),
            concerned=len(concerned(tx, session)),
            seat="" if own is None else cast("Literal['seat', 'waiting']", own.state),
            place_in_line=waiting.index(own.person_id) + 1 if own is not None and own.person_id in waiting else 0,
            attendances=counted.attendances,
            speeches=counted.speeches,
            speakers=counted.speakers,
        )

    def _concerns(self, tx: Tx, access: Access, session: Session) -> bool:
        return access.person is not None and Meets(tx, access.person, programme_in_force(tx))(session)

    def _run(self, tx: Tx, user_id: int, session_id: int) -> tuple[Session, Access]:
        session, access = must_have(tx, session_id), access_of(tx, user_id, self._settings.admins)
        access.must_run(tx, session.unit_id)
        return session, access


class Meets:
    """Whether a session concerns a person, without looking at everybody else."""

    def __init__(self, tx: Tx, person: Person, programme: Programme) -> None:
        self._tx, self._person = tx, person
        self._paths = {unit.id: unit.path for unit in tx.people.units()}
        self._cohorts = {cohort.key: cohort.who for cohort in programme.header.cohorts}

    def __call__(self, session: Session) -> bool:
        if self._person.id in self._tx.sessions.lecturers(session.id):
            return True
        path = self._paths[self._person.unit_id]
        if session.unit_id is not None:
            own = self._paths[session.unit_id]
            if path != own and not path.startswith(f"{own}/"):
                return False
        who = Who.model_validate_json(session.audience)
        known = tuple(key for key in who.cohorts if key in self._cohorts)
        if who.cohorts and not known:
            return False
        return who.model_copy(update={"cohorts": known}).means(self._person, path, self._cohorts)


def is_within(tx: Tx, session: Session, access: Access) -> bool:
    """Whether a session is one of those that somebody runs."""
    return access.is_admin or session.unit_id in access.units(tx)


def _runs(tx: Tx, access: Access, session: Session) -> bool:
    return access.is_organiser and is_within(tx, session, access)


def _text(said: str, limit: int) -> str:
    text = " ".join(said.split())
    if len(text) > limit:
        raise TooLong(limit=limit, length=len(text))
    return text


def show(tx: Tx, chat_id: int, view: View, on_message: int | None, now: datetime) -> None:
    """Say something in a chat, or let the message whose button was pressed show it."""
    if on_message is None:
        tx.outbox.say(chat_id, view, now=now)
        return
    ref = f"pressed:{chat_id}:{on_message}"
    tx.outbox.adopt(ref, chat_id, on_message, now=now)
    tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)


def _classes(said: str, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What a word means among the names of series, topics and forms, in either script."""
    meant = {what: {heard(word): key for word, key in meanings.items()} for what, meanings in names.items()}
    return {what: meanings[heard(said)] for what, meanings in meant.items() if heard(said) in meanings}

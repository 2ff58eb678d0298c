"""Sessions within a transaction: whom they concern, what is told, when they are held; what all use cases around them share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx
from storage.materials import MaterialRow
from storage.people import Person
from storage.sessions import Session, SessionState, Speech
from study.calendar import day_of, is_workday
from study.errors import Expired
from study.ledger import Happening, credit
from study.material_cards import say_privately
from study.programme import Programme, programme_in_force
from study.programme.words import Who
from study.session_rules import eve_of, names_in, news_at
from study.session_views import Change, ChangedSession, SessionFacts, SessionNews, SessionsChanged

NEWS, EVE, SOON, END = "session.news", "session.eve", "session.soon", "session.end"
"""The kinds of alarms. Their keys are moments: what is due then is looked up when they ring, so that a session that was moved
or cancelled meanwhile needs no alarm to be called off."""

MEETING = "meeting:"
"""What the keys of recurring meetings begin with."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """The programme's zone, the country of its holidays, its language (for titles of meetings) and the config's admins."""

    zone: ZoneInfo
    country: str
    language: str
    admins: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day."""
        return is_workday(day, self.country)

    def day(self, at: datetime) -> date:
        """The programme's day at a moment."""
        return day_of(at, self.zone)


def must_have(tx: Tx, session_id: int) -> Session:
    """A session.

    Raises:
        Expired: there is none with this id.
    """
    session = tx.sessions.get(session_id)
    if session is None:
        raise Expired()
    return session


def invited(tx: Tx, session: Session, programme: Programme | None = None) -> Sequence[Person]:
    """Everybody on the roster for whom a session is meant, by unit and name, whether they have signed up or not."""
    programme = programme or programme_in_force(tx)
    who = Who.model_validate_json(session.audience)
    known = {cohort.key for cohort in programme.header.cohorts}
    if who.cohorts and not known.issuperset(who.cohorts):
        # A cohort that the programme has no more: nobody is in it, and an empty list would mean everybody.
        who = who.model_copy(update={"cohorts": tuple(key for key in who.cohorts if key in known)})
        if not who.cohorts:
            return ()
    people = programme.meant(tx, who)
    if session.unit_id is None:
        return people
    within = tx.people.within(session.unit_id)
    return [person for person in people if person.unit_id in within]


def concerned(tx: Tx, session: Session, programme: Programme | None = None) -> Sequence[Person]:
    """Everybody who is to come, by unit and name: those for whom it is meant, or of one with a sign-up those with a seat."""
    if not session.sign_up:
        return invited(tx, session, programme)
    seated = {seat.person_id for seat in tx.sessions.seats(session.id) if seat.state == "seat"}
    return [person for person in tx.people.everybody() if person.id in seated]


def told(tx: Tx, session: Session, programme: Programme) -> Sequence[Person]:
    """Those who are to come, and the lecturers."""
    return _with_lecturers(tx, session, concerned(tx, session, programme))


def _with_lecturers(tx: Tx, session: Session, people: Sequence[Person]) -> Sequence[Person]:
    ids = {person.id for person in people}
    others = (tx.people.person(one) for one in tx.sessions.lecturers(session.id) if one not in ids)
    return [*people, *(one for one in others if one is not None and one.left_at is None)]


def material_of(tx: Tx, session: Session) -> MaterialRow | None:
    """The material of the library that a session names by its title."""
    if not session.material:
        return None
    found = (material for material in tx.materials.all() if material.title == session.material)
    return next(found, None)


def facts(tx: Tx, session: Session, programme: Programme | None = None) -> SessionFacts:
    """A session as it is shown."""
    programme = programme or programme_in_force(tx)
    part = programme.series
    series, topic, form = part.one(session.series), part.topic(session.topic), part.form(session.form)
    unit = None if session.unit_id is None else tx.people.unit(session.unit_id)
    material = material_of(tx, session)
    states = [seat.state for seat in tx.sessions.seats(session.id)] if session.sign_up else []
    return SessionFacts(
        id=session.id,
        title=session.title,
        series=None if series is None else series.title,
        topic=None if topic is None else topic.title,
        form=None if form is None else form.title,
        lecturer=session.lecturer,
        place=session.place,
        unit="" if unit is None else unit.name,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        state=session.state.value,
        material=session.material,
        material_id=None if material is None else material.id,
        reason=session.reason,
        sign_up=session.sign_up,
        capacity=session.capacity,
        seats=states.count("seat"),
        waiting=states.count("waiting"),
        speeches=form is not None and form.speeches,
    )


def about(session: Session) -> dict[str, str]:
    """What happenings around a session say of it: its series, topic and form."""
    said = {"series": session.series, "topic": session.topic, "form": session.form}
    return {key: value for key, value in said.items() if value}


def set_alarms(tx: Tx, session: Session, settings: SessionSettings, *, now: datetime) -> None:
    """Let the people be told of a session as it is planned now, and let it be held when its time is over."""
    notices = programme_in_force(tx).series.notices
    if session.ends_at <= now:
        hold(tx, session, settings, now=now)
        return
    _ring(tx, END, session.ends_at)
    if notices.eve is not None:
        eve = eve_of(session.starts_at, notices.eve, settings.zone, settings.is_workday)
        if eve is not None and eve > now:
            _ring(tx, EVE, eve)
    soon = session.starts_at - timedelta(minutes=notices.minutes_before)
    if notices.minutes_before and soon > now:
        _ring(tx, SOON, soon)
    if session.told_at is None and session.starts_at > now:
        _ring(tx, NEWS, news_at(now, session.starts_at, settings.zone, settings.is_workday))


def _ring(tx: Tx, kind: str, at: datetime) -> None:
    tx.alarms.set(kind, str(int(at.timestamp() * 1000)), at)


def hold(tx: Tx, session: Session, settings: SessionSettings, *, now: datetime) -> bool:
    """A planned session has been held: its lecturers are credited; says whether that is new."""
    if session.state is not SessionState.PLANNED:
        return False
    tx.sessions.set_state(session.id, SessionState.HELD)
    credit_lecturers(tx, session.model_copy(update={"state": SessionState.HELD}), settings, now=now)
    return True


def credit_lecturers(
    tx: Tx, session: Session, settings: SessionSettings, *, before: Iterable[int] = (), now: datetime
) -> None:
    """Let the ledger say who lectured; ``before`` are those who stood there before a correction."""
    ids = tx.sessions.lecturers(session.id)
    happening = Happening("session.lectured", about(session)) if session.state is SessionState.HELD else None
    for person_id in sorted({*ids, *before}):
        what = happening if person_id in ids else None
        day = settings.day(session.starts_at)
        credit(tx, person_id, f"session:{session.id}:lecturer", what, day=day, now=now)


def credit_speech(tx: Tx, session: Session, speech: Speech, settings: SessionSettings, *, now: datetime) -> None:
    """Let the ledger say what a speech amounts to as it stands now."""
    counts = speech.confirmed_by is not None and speech.withdrawn_at is None
    what = Happening("session.spoke", about(session)) if counts else None
    credit(tx, speech.person_id, f"speech:{speech.id}", what, day=settings.day(session.starts_at), now=now)


def credit_speeches(tx: Tx, session: Session, settings: SessionSettings, *, now: datetime) -> None:
    """The same for all speeches of a session of which something else is said now."""
    for speech in tx.sessions.speeches(session.id):
        credit_speech(tx, session, speech, settings, now=now)


def link_lecturers(
    tx: Tx, session_id: int, lecturer: str, everybody: Sequence[Person] | None = None
) -> tuple[int, ...]:
    """Find the people who are named as lecturers on the roster; a name that several have means nobody.

    ``everybody``: the roster, if it is at hand (a year's plan need not read it for each line).
    """
    names = names_in(lecturer)
    people = (everybody if everybody is not None else tx.people.everybody()) if names else ()
    found = []
    for name in names:
        same = [person.id for person in people if person.name == name or person.code.casefold() == name.casefold()]
        found += same if len(same) == 1 else []
    ids = tuple(dict.fromkeys(found))
    tx.sessions.set_lecturers(session_id, ids)
    return ids


def away(tx: Tx, *days: date) -> frozenset[int]:
    """The people who are on approved leave on one of these days."""
    return frozenset(leave.person_id for day in set(days) for leave in tx.leaves.approved_on(day))


def tell_news(tx: Tx, settings: SessionSettings, *, now: datetime) -> None:
    """Tell each of those concerned, in one message, what has been planned and not been told yet.

    What begins before the next eve's message has its material with it.
    """
    programme = programme_in_force(tx)
    sessions = tx.sessions.untold(now)
    # A year's plan has hundreds of sessions for the same people: the roster is gone through once for each sort of them.
    meant: dict[tuple[int | None, str], Sequence[Person]] = {}
    for_one: dict[int, list[Session]] = defaultdict(list)
    with_material: list[tuple[Session, list[Person]]] = []
    for session in sessions:
        tx.sessions.tell(session.id, now=now)
        on_leave = away(tx, settings.day(session.starts_at))
        sort = (session.unit_id, session.audience)
        if sort not in meant:
            meant[sort] = invited(tx, session, programme)
        people = _to_tell(tx, session, meant[sort])
        for person in people:
            if person.id not in on_leave and person.user_id is not None:
                for_one[person.user_id].append(session)
        eve = programme.series.notices.eve
        eve_at = None if eve is None else eve_of(session.starts_at, eve, settings.zone, settings.is_workday)
        if eve_at is None or eve_at <= now:
            with_material.append((session, [one for one in people if one.id not in on_leave]))
    shown = {session.id: facts(tx, session, programme) for session in sessions}
    reachable = tx.places.reachable()
    for user_id, theirs in for_one.items():
        if user_id not in reachable:
            continue
        view = SessionNews(sessions=tuple(shown[one.id] for one in theirs[:_SHOWN]), total=len(theirs))
        tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH)
    for session, readers in with_material:
        push_material(tx, session, readers, programme, now=now)


def _to_tell(tx: Tx, session: Session, meant: Sequence[Person]) -> Sequence[Person]:
    """Those who hear that a session is planned: of one with a sign-up those who may still sign up (whoever voted for it is
    signed up, and knows)."""
    if not session.sign_up:
        return _with_lecturers(tx, session, meant)
    signed = {seat.person_id for seat in tx.sessions.seats(session.id)}
    return [person for person in meant if person.id not in signed]


def push_material(tx: Tx, session: Session, people: Sequence[Person], programme: Programme, *, now: datetime) -> None:
    """Send the material of a session to these people, with its button ``read``."""
    material = material_of(tx, session) if programme.series.notices.materials else None
    if material is not None:
        say_privately(tx, material, people, now=now, rank=Rank.PUSH)


def tell_changes(tx: Tx, changed: Mapping[int, tuple[Change, ...]], *, by: int | None = None, now: datetime) -> None:
    """Tell each of those concerned, in one message, which sessions are other than they were told; none of what is new about
    a session means that it is cancelled. What nobody knew of, and what is over, is not told;
    nor is whoever (``by``) made the change."""
    programme = programme_in_force(tx)
    for_one: dict[int, list[ChangedSession]] = defaultdict(list)
    for session_id, changes in changed.items():
        session = must_have(tx, session_id)
        if session.told_at is None or session.ends_at <= now:
            continue
        shown = ChangedSession(session=facts(tx, session, programme), changes=changes)
        waiting = {seat.person_id for seat in tx.sessions.seats(session.id) if seat.state == "waiting"}
        people = [*told(tx, session, programme), *(one for one in map(tx.people.person, waiting) if one is not None)]
        for person in people:
            if person.user_id is not None and person.user_id != by:
                for_one[person.user_id].append(shown)
    reachable = tx.places.reachable()
    for user_id, theirs in for_one.items():
        if user_id not in reachable:
            continue
        view = SessionsChanged(sessions=tuple(theirs[:_SHOWN]), total=len(theirs))
        tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH)

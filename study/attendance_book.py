"""The register of sessions inside a transaction: whom a session is for, a line and all that follows from it.

Whatever changes a line comes through :func:`enter`: the line, its log and its points are one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Tx
from storage.attendance import Line, Presence, RollCall, Source
from storage.people import Person
from storage.sessions import Session
from study.access import Access
from study.calendar import day_of
from study.errors import Expired
from study.ledger import Happening, credit
from study.programme import programme_in_force
from study.quotas import settle_quotas
from study.rollcall_rules import is_expected, sums
from study.rollcall_views import Figures, SessionFacts
from study.session_book import about, concerned

__all__ = [
    "Presence",
    "about",
    "enter",
    "facts_of",
    "figures_of",
    "is_meant",
    "is_of_round",
    "may_mark",
    "meant",
    "roll_of",
    "session_of",
]


def session_of(tx: Tx, session_id: int) -> Session:
    """A session.

    Raises:
        Expired: there is none.
    """
    session = tx.sessions.get(session_id)
    if session is None:
        raise Expired()
    return session


def facts_of(session: Session) -> SessionFacts:
    """A session in short."""
    return SessionFacts(
        id=session.id,
        title=session.title,
        starts_at=session.starts_at,
        lecturer=session.lecturer,
        place=session.place,
    )


def is_of_round(session: Session) -> bool:
    """Whether a session is a group's meeting in a round: its card is its register, and its points are the round's."""
    return session.key is not None and session.key.startswith("round:")


def meant(tx: Tx, session: Session, unit_id: int | None = None) -> Sequence[Person]:
    """Everybody who is to come to a session (with a sign-up: who has a seat), of a unit and those below it (or of all)."""
    people = concerned(tx, session)
    if unit_id is None:
        return people
    within = tx.people.within(unit_id)
    return [person for person in people if person.unit_id in within]


def is_meant(tx: Tx, session: Session, person: Person, unit_id: int | None = None) -> bool:
    """Whether a session is for somebody."""
    return any(one.id == person.id for one in meant(tx, session, unit_id))


def roll_of(tx: Tx, roll_call: RollCall, session: Session) -> tuple[Sequence[Person], dict[int, Line]]:
    """Who is on the roll: the expected, and whoever came in spite of not being so; and the lines that there are."""
    people = meant(tx, session, roll_call.unit_id)
    lines = {line.person_id: line for line in tx.attendance.lines(session.id)}
    on_it = [
        person
        for person in people
        if person.id in lines or is_expected(person.role, person.added_at, roll_call.late_at)
    ]
    return on_it, lines


def figures_of(people: Sequence[Person], lines: Mapping[int, Line]) -> Figures:
    """The three figures; whoever has neither come nor leave is absent (or, while the roll is called, not there yet)."""
    counted = sums(lines[person.id].status.value for person in people if person.id in lines)
    return Figures(
        expected=len(people),
        came=counted.came,
        late=counted.late,
        leave=counted.leave,
        absent=len(people) - counted.came - counted.leave,
    )


def may_mark(tx: Tx, access: Access) -> frozenset[int]:
    """The units whose roll somebody may call: those that they run, for one of ``markers`` the own and those below."""
    units = access.units(tx)
    programme = programme_in_force(tx)
    markers = programme.rollcall.markers
    if markers is None or access.person is None:
        return units
    if any(one.id == access.person.id for one in programme.meant(tx, markers)):
        return units | tx.people.within(access.person.unit_id)
    return units


def enter(
    tx: Tx,
    session: Session,
    person: Person,
    status: Presence,
    *,
    zone: ZoneInfo,
    cause: Source,
    now: datetime,
    at: datetime | None = None,
    author_id: int | None = None,
    author: str = "",
    reason: str = "",
) -> None:
    """Write a line with its log, and let the ledger know."""
    before = tx.attendance.line(session.id, person.id)
    unit_id = person.unit_id if before is None else before.unit_id
    line = Line(session_id=session.id, person_id=person.id, unit_id=unit_id, status=status, at=at)
    tx.attendance.write(line, cause=cause, now=now, author_id=author_id, author=author, reason=reason)
    _settle(tx, session, line, zone=zone, now=now, author_id=author_id, reason=reason)


def credit_attendances(tx: Tx, session: Session, *, zone: ZoneInfo, now: datetime) -> None:
    """Let the ledger know of a whole register anew: something else is said of the session now."""
    for line in tx.attendance.lines(session.id):
        _settle(tx, session, line, zone=zone, now=now)


def _settle(
    tx: Tx,
    session: Session,
    line: Line,
    *,
    zone: ZoneInfo,
    now: datetime,
    author_id: int | None = None,
    reason: str = "",
) -> None:
    """What a line amounts to in points and in quotas, as it stands now."""
    happening = None if line.status is Presence.LEAVE else Happening(f"session.{line.status.value}", about(session))
    day = day_of(session.starts_at, zone)
    evidence = f"session:{session.id}"
    credit(tx, line.person_id, evidence, happening, day=day, now=now, reason=reason, author_id=author_id)
    settle_quotas(tx, line.person_id, day, now=now, zone=zone)

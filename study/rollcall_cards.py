"""A roll call inside a transaction: its card in the groups, its panel and its code in private, its close."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx, to_ms
from storage.attendance import Presence, RollCall, Source
from storage.people import Person, Role
from storage.sessions import Session, SessionState
from study.access import access_of
from study.attendance_book import enter, facts_of, figures_of, may_mark, roll_of, session_of
from study.attendance_warnings import warn_of
from study.calendar import day_of
from study.checkin_rules import CARD_PACE
from study.checkin_views import Names
from study.leaves import reachable
from study.makeup_opening import settle_make_up
from study.rollcall_rules import begins, code_of, interval_of
from study.rollcall_views import RollCallCard, RollCallCode, RollCallPanel, RollCallSummary, Warned

LISTENER = "rollcall"
CLOSE = "rollcall.close"
REFRESH = "rollcall.card"
CODE = "rollcall.code"
LINK = "roll_"

_PUNCTUAL = timedelta(minutes=1)
_AWAY = timedelta(hours=6)
"""If the bot was away for longer than this at the close, nobody is counted absent: the hall has long been empty."""
_EXTENSION = timedelta(minutes=10)
_WARNED = 40
"""The most warnings that one summary names."""


@dataclass(frozen=True, slots=True)
class Office:
    """What every use case of attendance needs to know of the programme's office."""

    zone: ZoneInfo
    admins: frozenset[int]


@dataclass(slots=True)
class Doors:
    """Where people come in: the bot's user name and the address of its pages (empty: there are none)."""

    me: str = ""
    base: str = ""

    def code_link(self, roll_call_id: int, code: str) -> str:
        """What the picture on the hall's screen says."""
        return f"https://t.me/{self.me}?start={LINK}{roll_call_id}_{code}"

    def page_of(self, roll_call: RollCall) -> str:
        """The address of the hall's screen, if there is one."""
        return f"{self.base}/rollcall/{roll_call.page}" if self.base else ""


def card_ref(roll_call_id: int, chat_id: int) -> str:
    """The name of the card in a group."""
    return f"rollcall:{roll_call_id}:{chat_id}"


def panel_ref(roll_call_id: int, user_id: int) -> str:
    """The name of somebody's panel."""
    return f"rollcall.panel:{roll_call_id}:{user_id}"


def code_ref(roll_call_id: int, user_id: int) -> str:
    """The name of the message that shows somebody the code."""
    return f"rollcall.code:{roll_call_id}:{user_id}"


def unit_name(tx: Tx, roll_call: RollCall) -> str:
    """Whose roll it is; empty for the whole programme."""
    unit = None if roll_call.unit_id is None else tx.people.unit(roll_call.unit_id)
    return "" if unit is None else unit.name


def show(tx: Tx, roll_call: RollCall, doors: Doors, *, now: datetime) -> None:
    """Let every card and panel show how it stands; a group without a card gets one."""
    card = card_of(tx, roll_call, doors)
    for chat_id in tx.attendance.cards(roll_call.id):
        ref = card_ref(roll_call.id, chat_id)
        if not tx.outbox.edit(ref, card, now=now, listener=LISTENER):
            tx.outbox.say(chat_id, card, now=now, rank=Rank.PUSH, ref=ref, listener=LISTENER)
    panel = panel_of(tx, roll_call, doors)
    for one in tx.attendance.panels(roll_call.id):
        tx.outbox.edit(panel_ref(roll_call.id, one.user_id), panel, now=now)


def show_anew(tx: Tx, roll_call: RollCall, chat_id: int, doors: Doors, *, now: datetime) -> None:
    """Give a group a new card: the old one is gone, or far up in the chat."""
    tx.attendance.put_card(roll_call.id, chat_id)
    card, ref = card_of(tx, roll_call, doors), card_ref(roll_call.id, chat_id)
    tx.outbox.say(chat_id, card, now=now, rank=Rank.REPLY, ref=ref, listener=LISTENER)


def give_panel(tx: Tx, roll_call: RollCall, user_id: int, doors: Doors, *, now: datetime) -> bool:
    """Send somebody the panel in private; says whether they can be reached there."""
    user = tx.places.user(user_id)
    if user is None or not user.reachable:
        return False
    had = {one.user_id: one.shows_code for one in tx.attendance.panels(roll_call.id)}
    tx.attendance.put_panel(roll_call.id, user_id, shows_code=had.get(user_id, False))
    tx.outbox.say(user_id, panel_of(tx, roll_call, doors), now=now, ref=panel_ref(roll_call.id, user_id))
    return True


def refresh(tx: Tx, roll_call: RollCall, doors: Doors, *, now: datetime) -> None:
    """Show how it stands now, or soon if the cards were edited often lately."""
    account = CARD_PACE.take(roll_call.paced_at, now)
    if account is not None:
        tx.attendance.pace(roll_call.id, account)
        show(tx, roll_call, doors, now=now)
        return
    room_at = CARD_PACE.room_at(roll_call.paced_at)
    tx.alarms.set(REFRESH, f"{roll_call.id}:{to_ms(room_at)}", room_at, body=str(roll_call.id))


def card_of(tx: Tx, roll_call: RollCall, doors: Doors) -> RollCallCard:
    """What a group sees."""
    session = session_of(tx, roll_call.session_id)
    people, lines = roll_of(tx, roll_call, session)
    return RollCallCard(
        id=roll_call.id,
        session=facts_of(session),
        unit=unit_name(tx, roll_call),
        figures=figures_of(people, lines),
        late_at=roll_call.late_at,
        closes_at=roll_call.closes_at,
        by_code=roll_call.way == "code",
        is_open=roll_call.state == "open",
        link=f"https://t.me/{doors.me}",
    )


def panel_of(tx: Tx, roll_call: RollCall, doors: Doors) -> RollCallPanel:
    """What whoever runs it sees."""
    card = card_of(tx, roll_call, doors)
    shared = ("id", "session", "unit", "figures", "late_at", "closes_at", "by_code", "is_open")
    return RollCallPanel(**{name: getattr(card, name) for name in shared}, page=doors.page_of(roll_call))


def code_view(tx: Tx, roll_call: RollCall, now: datetime) -> RollCallCode:
    """The code of the moment."""
    title = session_of(tx, roll_call.session_id).title
    if roll_call.state == "closed" or roll_call.way != "code" or now > roll_call.closes_at:
        return RollCallCode(title=title, code=None, seconds=roll_call.code_seconds)
    interval = interval_of(now, roll_call.opened_at, roll_call.code_seconds)
    return RollCallCode(title=title, code=code_of(roll_call.secret, interval), seconds=roll_call.code_seconds)


def turn_code(tx: Tx, roll_call: RollCall, *, now: datetime) -> None:
    """Show the code of the moment wherever one is shown in a chat, and be back for the next."""
    shown = [one.user_id for one in tx.attendance.panels(roll_call.id) if one.shows_code]
    view = code_view(tx, roll_call, now)
    for user_id in shown:
        tx.outbox.edit(code_ref(roll_call.id, user_id), view, now=now, rank=Rank.REPLY)
    if shown and view.code is not None:
        following = interval_of(now, roll_call.opened_at, roll_call.code_seconds) + 1
        at = begins(following, roll_call.opened_at, roll_call.code_seconds)
        tx.alarms.set(CODE, f"{roll_call.id}:{following}", at, body=str(roll_call.id))


def note_leave(tx: Tx, roll_call: RollCall, session: Session, office: Office, *, now: datetime) -> None:
    """Whoever has approved leave, for the day or for this session, is on leave unless something stands there already."""
    people, lines = roll_of(tx, roll_call, session)
    reasons = leaves_from(tx, session, office)
    for person in people:
        line = lines.get(person.id)
        if person.id in reasons and (line is None or line.status is Presence.ABSENT):
            enter(
                tx,
                session,
                person,
                Presence.LEAVE,
                zone=office.zone,
                cause=Source.LEAVE,
                now=now,
                reason=reasons[person.id],
            )


def leaves_from(tx: Tx, session: Session, office: Office) -> dict[int, str]:
    """Who has approved leave from a session, and why."""
    day = day_of(session.starts_at, office.zone)
    found = {leave.person_id: leave.reason for leave in tx.leaves.approved_on(day)}
    of_session = (leave for leave in tx.attendance.leaves(session.id) if leave.state == "approved")
    return found | {leave.person_id: leave.reason for leave in of_session}


def close(tx: Tx, roll_call: RollCall, doors: Doors, office: Office, *, now: datetime) -> None:
    """Close it: whoever has no line is absent unless on leave; make-ups, warnings and the summary follow. Once."""
    if not tx.attendance.close(roll_call.id, at=min(now, roll_call.closes_at)):
        return
    session = session_of(tx, roll_call.session_id)
    interrupted = now - roll_call.closes_at > _AWAY
    note_leave(tx, roll_call, session, office, now=now)
    people, lines = roll_of(tx, roll_call, session)
    if not interrupted:
        for person in people:
            if person.id not in lines:
                enter(tx, session, person, Presence.ABSENT, zone=office.zone, cause=Source.CLOSE, now=now)
        people, lines = roll_of(tx, roll_call, session)
    if session.state is SessionState.PLANNED:
        tx.sessions.set_state(session.id, SessionState.HELD)
    for person in people:
        if person.id in lines:
            settle_make_up(tx, session, person, lines[person.id].status, office.zone, now=now)
    closed = tx.attendance.roll_call(roll_call.id)
    assert closed is not None
    show(tx, closed, doors, now=now)
    turn_code(tx, closed, now=now)
    absent = [one for one in people if one.id in lines and lines[one.id].status is Presence.ABSENT]
    warned = {person.id: warn_of(tx, person, session, office.zone, now=now) for person in absent}
    _summarise(tx, closed, session, warned, office, interrupted=interrupted, now=now)


def _summarise(
    tx: Tx,
    roll_call: RollCall,
    session: Session,
    warned: Mapping[int, Sequence[Warned]],
    office: Office,
    *,
    interrupted: bool,
    now: datetime,
) -> None:
    """Tell everybody who runs the roll or a unit on it, each of their own people."""
    people, lines = roll_of(tx, roll_call, session)
    for user_id in _responsible(tx, roll_call, people, office):
        units = may_mark(tx, access_of(tx, user_id, office.admins))
        own = [person for person in people if person.unit_id in units]
        if not own:
            continue
        by_status = {
            status: Names.of([one.name for one in own if one.id in lines and lines[one.id].status is status])
            for status in Presence
        }
        view = RollCallSummary(
            id=roll_call.id,
            session=facts_of(session),
            unit=unit_name(tx, roll_call),
            figures=figures_of(own, lines),
            late=by_status[Presence.LATE],
            leave=by_status[Presence.LEAVE],
            absent=by_status[Presence.ABSENT],
            warned=tuple(one for person in own for one in warned.get(person.id, ()))[:_WARNED],
            interrupted=interrupted,
        )
        tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH)


def _responsible(tx: Tx, roll_call: RollCall, people: Sequence[Person], office: Office) -> Sequence[int]:
    """Who gets the summary: whoever opened it or has its panel, and the organisers of the units that its people are of."""
    units = {person.unit_id for person in people} | ({roll_call.unit_id} if roll_call.unit_id is not None else set())
    users = {roll_call.opened_by, *(one.user_id for one in tx.attendance.panels(roll_call.id))}
    users |= {
        one.user_id
        for one in tx.people.everybody()
        if one.user_id is not None and one.role is Role.ORGANISER and one.unit_id in units
    }
    return reachable(tx, users) or reachable(tx, office.admins)


def late_close(roll_call: RollCall, now: datetime) -> datetime | None:
    """Until when a roll call stays open whose close the bot missed, so that what waited at Telegram counts."""
    missed = now - roll_call.closes_at
    return now + _EXTENSION if _PUNCTUAL < missed <= _AWAY else None

"""The roll call of a session: opened, come to by button or code, closed by itself or by hand."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from storage import Database, Rank, Tx, to_ms
from storage.attendance import Presence, RollCall, Source
from storage.leaves import Leave
from storage.people import Person
from storage.sessions import Session, SessionState
from study import rollcall_cards as cards
from study.access import access_of
from study.attendance_book import enter, facts_of, figures_of, is_meant, may_mark, roll_of, session_of
from study.calendar import day_of, days_between, moment
from study.checkin_errors import CheckinUnbound
from study.checkin_register import Actor
from study.due import Due
from study.errors import Expired, NotAllowed, TooLong
from study.makeup_opening import settle_make_up
from study.outcome import Outcome
from study.programme import programme_in_force
from study.rollcall_cards import Doors, Office
from study.rollcall_errors import (
    CodeNotAsked,
    CodeTooMany,
    CodeWrong,
    RollCallByCode,
    RollCallNone,
    RollCallOthers,
    RollCallOver,
)
from study.rollcall_rules import MISSES, MISSES_WITHIN, accepted, begins, interval_of, judge
from study.rollcall_views import Came, RollCallChoice, SessionChoice

TITLE_LIMIT = 100
_LONGEST = timedelta(hours=12)
_RECENT = timedelta(days=62)
_LISTED = 20
_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class HallScreen:
    """What the hall's screen shows at a moment; no ``code``: it is over, or goes by button. ``left`` in seconds."""

    title: str
    unit: str
    code: str | None
    link: str
    left: float
    seconds: int
    came: int
    expected: int
    closes_at: datetime
    is_open: bool


class RollCalls:
    """Roll calls; ``doors`` are filled in when the bot knows its name and the address of its pages.

    ``listening`` holds the open ones that take a code, so that six digits in private are known for one at once.
    """

    def __init__(self, database: Database, office: Office) -> None:
        self._database, self._office = database, office
        self.doors = Doors()
        self.listening: set[int] = set()

    async def recover(self) -> None:
        """Know again which roll calls take codes."""
        found = await self._database.read(lambda tx: tx.attendance.open_ones())
        self.listening = {one.id for one in found if one.way == "code"}

    async def call(self, actor: Actor, chat_id: int, topic: str, *, message_id: int, now: datetime) -> None:
        """``/rollcall``: open the roll call of the session that is on, or of one made for ``topic``; what is open already is
        shown again. Where there are several sessions, ask which.

        Raises:
            NotAllowed, CheckinUnbound, RollCallNone, TooLong.
        """
        if len(topic) > TITLE_LIMIT:
            raise TooLong(limit=TITLE_LIMIT, length=len(topic))

        def work(tx: Tx) -> None:
            units = may_mark(tx, access_of(tx, actor.user_id, self._office.admins))
            unit_id = self._unit(tx, actor.user_id, chat_id)
            if not units or (unit_id is not None and unit_id not in units):
                raise NotAllowed()
            if topic:
                self._ad_hoc(tx, actor, unit_id, chat_id, topic, message_id, now=now)
                return
            choices = self._on(tx, unit_id, now)
            if chat_id > 0:
                recent = self._recent(tx, units, now)
                known = {choice.roll_call for choice in recent}
                ahead = [one for one in choices if one.roll_call is None or one.roll_call not in known]
                shown = tuple([*ahead, *recent][:_LISTED])
                if not shown:
                    raise RollCallNone()
                tx.outbox.say(chat_id, RollCallChoice(choices=shown, in_group=False), now=now)
            elif not choices:
                raise RollCallNone()
            elif len(choices) > 1:
                tx.outbox.say(chat_id, RollCallChoice(choices=tuple(choices), in_group=True), now=now)
            else:
                session = session_of(tx, choices[0].session.id)
                self._open(tx, session, self._scope(tx, session, unit_id), actor, chat_id, now=now)

        await self._database.write(work)

    async def choose(self, actor: Actor, chat_id: int, session_id: int, *, now: datetime) -> None:
        """The session whose roll is to be called has been chosen.

        Raises:
            NotAllowed, CheckinUnbound, Expired.
        """

        def work(tx: Tx) -> None:
            session = session_of(tx, session_id)
            unit_id = self._unit(tx, actor.user_id, chat_id)
            scope = self._scope(tx, session, unit_id)
            self._must_mark(tx, actor.user_id, scope)
            if tx.attendance.keyed(_key(session, scope)) is None and not self._is_on(tx, session, unit_id, now):
                raise Expired()
            self._open(tx, session, scope, actor, chat_id, now=now)

        await self._database.write(work)

    async def panel(self, actor: Actor, roll_call_id: int, *, now: datetime) -> None:
        """Send the panel of a roll call in private.

        Raises:
            NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            roll_call = self.runs(tx, actor.user_id, roll_call_id)
            cards.give_panel(tx, roll_call, actor.user_id, self.doors, now=now)

        await self._database.write(work)

    async def press(self, user_id: int, roll_call_id: int, *, at: datetime) -> Came:
        """Somebody presses the button on the card; a second time changes nothing.

        Raises:
            NotOnRoster, Expired, RollCallByCode, RollCallOthers, RollCallOver.
        """

        def work(tx: Tx) -> Came:
            roll_call = _get(tx, roll_call_id)
            if roll_call.way == "code":
                raise RollCallByCode()
            return self._come(tx, user_id, roll_call, at=at)

        return await self._database.write(work)

    async def enter_code(self, user_id: int, code: str, *, only: int | None = None, at: datetime) -> None:
        """Somebody sends the code of the hall's screen (or scans it); said in private how it went.

        Raises:
            NotOnRoster, CodeNotAsked, CodeTooMany, CodeWrong, RollCallOthers, RollCallOver.
        """

        def work(tx: Tx) -> bool:
            access_of(tx, user_id, self._office.admins).member()
            wanted = [
                one for one in tx.attendance.open_ones() if one.way == "code" and (only is None or one.id == only)
            ]
            if not wanted:
                raise CodeNotAsked()
            if tx.attendance.misses(user_id, at - MISSES_WITHIN) >= MISSES:
                raise CodeTooMany(minutes=int(MISSES_WITHIN.total_seconds()) // 60)
            for one in wanted:
                if accepted(code, one.secret, at=at, opened_at=one.opened_at, seconds=one.code_seconds):
                    tx.outbox.say(user_id, self._come(tx, user_id, one, at=at), now=at)
                    return True
            tx.attendance.miss(user_id, now=at)
            return False

        # What was wrong is noted before it is refused: a refusal would take the note with it.
        if not await self._database.write(work):
            raise CodeWrong()

    async def switch_way(self, actor: Actor, roll_call_id: int, *, now: datetime) -> None:
        """From button to code and back.

        Raises:
            NotAllowed, Expired, RollCallOver.
        """

        def work(tx: Tx) -> None:
            roll_call = self._open_one(tx, actor.user_id, roll_call_id)
            tx.attendance.set_way(roll_call.id, "button" if roll_call.way == "code" else "code")
            after = _get(tx, roll_call.id)
            self._listen(tx, after)
            cards.show(tx, after, self.doors, now=now)
            cards.turn_code(tx, after, now=now)

        await self._database.write(work)

    async def show_code(self, actor: Actor, roll_call_id: int, *, now: datetime) -> None:
        """Show the code in the private chat and keep it up to date there.

        Raises:
            NotAllowed, Expired, RollCallOver.
        """

        def work(tx: Tx) -> None:
            roll_call = self._open_one(tx, actor.user_id, roll_call_id)
            if roll_call.way != "code":
                raise Expired()
            tx.attendance.put_panel(roll_call.id, actor.user_id, shows_code=True)
            ref = cards.code_ref(roll_call.id, actor.user_id)
            tx.outbox.delete(ref, now=now, rank=Rank.REPLY)
            tx.outbox.say(actor.user_id, cards.code_view(tx, roll_call, now), now=now, ref=ref)
            following = interval_of(now, roll_call.opened_at, roll_call.code_seconds) + 1
            at = begins(following, roll_call.opened_at, roll_call.code_seconds)
            tx.alarms.set(cards.CODE, f"{roll_call.id}:{following}", at, body=str(roll_call.id))

        await self._database.write(work)

    async def close(self, actor: Actor, roll_call_id: int, *, now: datetime) -> None:
        """Close it before its time; a second time changes nothing.

        Raises:
            NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            self._end(tx, self.runs(tx, actor.user_id, roll_call_id), now=now)

        await self._database.write(work)

    async def close_due(self, due: Due) -> None:
        """Its time is over. If the bot was away, it stays open a little, so that what waited at Telegram counts."""

        def work(tx: Tx) -> None:
            roll_call = tx.attendance.roll_call(int(due.body))
            if roll_call is None or roll_call.state == "closed" or due.now < roll_call.closes_at:
                return
            until = cards.late_close(roll_call, due.now)
            if until is None:
                self._end(tx, roll_call, now=due.now)
                return
            tx.attendance.extend(roll_call.id, until)
            _close_at(tx, roll_call.id, until)
            cards.show(tx, _get(tx, roll_call.id), self.doors, now=due.now)

        await self._database.write(work)

    async def refresh_due(self, due: Due) -> None:
        """The cards show what has gathered."""

        def work(tx: Tx) -> None:
            cards.show(tx, _get(tx, int(due.body)), self.doors, now=due.now)

        await self._database.write(work)

    async def code_due(self, due: Due) -> None:
        """The next code is shown."""

        def work(tx: Tx) -> None:
            cards.turn_code(tx, _get(tx, int(due.body)), now=due.now)

        await self._database.write(work)

    async def card_ended(self, outcome: Outcome) -> None:
        """Give a group a new card if its old one turns out to be gone."""
        if outcome.action != "edit" or outcome.error != "message_gone" or outcome.ref is None:
            return
        _, number, _ = outcome.ref.split(":")

        def work(tx: Tx) -> None:
            roll_call = tx.attendance.roll_call(int(number))
            if roll_call is not None and roll_call.state == "open":
                cards.show_anew(tx, roll_call, outcome.chat_id, self.doors, now=outcome.at)

        await self._database.write(work)

    async def screen(self, page: str, *, now: datetime) -> HallScreen | None:
        """What the hall's screen shows at a moment; ``None`` if the address opens nothing."""

        def work(tx: Tx) -> HallScreen | None:
            roll_call = tx.attendance.paged(page)
            if roll_call is None:
                return None
            session = session_of(tx, roll_call.session_id)
            view = cards.code_view(tx, roll_call, now)
            figures = figures_of(*roll_of(tx, roll_call, session))
            following = interval_of(now, roll_call.opened_at, roll_call.code_seconds) + 1
            next_at = begins(following, roll_call.opened_at, roll_call.code_seconds)
            return HallScreen(
                title=session.title,
                unit=cards.unit_name(tx, roll_call),
                code=view.code,
                link="" if view.code is None else self.doors.code_link(roll_call.id, view.code),
                left=(next_at - now).total_seconds(),
                seconds=roll_call.code_seconds,
                came=figures.came,
                expected=figures.expected,
                closes_at=roll_call.closes_at,
                is_open=roll_call.state == "open" and now <= roll_call.closes_at,
            )

        return await self._database.read(work)

    def leave_approved(self, tx: Tx, leave: Leave, person: Person, now: datetime) -> None:
        """Leave by days was approved: sessions of those days whose roll was called count it."""
        zone = self._office.zone
        days = days_between(leave.first_day, min(leave.last_day, day_of(now, zone)))
        if not days:
            return
        start, end = moment(days[0], _MIDNIGHT, zone), moment(days[-1] + timedelta(days=1), _MIDNIGHT, zone)
        for session in tx.sessions.between(start, end):
            self.excuse(tx, session, person, leave.reason, now=now)

    def excuse(self, tx: Tx, session: Session, person: Person, reason: str, *, now: datetime) -> None:
        """Leave from a session counts where its roll was called and nothing but an absence stands."""
        called = [one for one in tx.attendance.of_session(session.id) if is_meant(tx, session, person, one.unit_id)]
        line = tx.attendance.line(session.id, person.id)
        if not called or (line is not None and line.status is not Presence.ABSENT):
            return
        enter(
            tx,
            session,
            person,
            Presence.LEAVE,
            zone=self._office.zone,
            cause=Source.LEAVE,
            now=now,
            reason=reason,
        )
        if all(one.state == "closed" for one in called):
            settle_make_up(tx, session, person, Presence.LEAVE, self._office.zone, now=now)
        for one in called:
            cards.refresh(tx, one, self.doors, now=now)

    def runs(self, tx: Tx, user_id: int, roll_call_id: int) -> RollCall:
        """A roll call that somebody may run.

        Raises:
            Expired, NotAllowed.
        """
        roll_call = _get(tx, roll_call_id)
        self._must_mark(tx, user_id, roll_call.unit_id)
        return roll_call

    def _must_mark(self, tx: Tx, user_id: int, unit_id: int | None) -> None:
        access = access_of(tx, user_id, self._office.admins)
        if unit_id is None:
            access.must_run(tx, None)
        elif unit_id not in may_mark(tx, access):
            raise NotAllowed()

    def _open_one(self, tx: Tx, user_id: int, roll_call_id: int) -> RollCall:
        roll_call = self.runs(tx, user_id, roll_call_id)
        if roll_call.state == "closed":
            raise self._over(roll_call)
        return roll_call

    def _over(self, roll_call: RollCall) -> RollCallOver:
        return RollCallOver(closes=f"{roll_call.closes_at.astimezone(self._office.zone):%H:%M}")

    def _unit(self, tx: Tx, user_id: int, chat_id: int) -> int | None:
        """The unit whose people somebody calls here: the group's, in private their own (an admin's: all)."""
        if chat_id < 0:
            group = tx.places.group(chat_id)
            if group is None or group.unit_id is None:
                raise CheckinUnbound()
            return group.unit_id
        access = access_of(tx, user_id, self._office.admins)
        return None if access.is_admin or access.person is None else access.person.unit_id

    def _ad_hoc(
        self, tx: Tx, actor: Actor, unit_id: int | None, chat_id: int, topic: str, message_id: int, *, now: datetime
    ) -> None:
        for one in tx.attendance.open_ones():
            session = session_of(tx, one.session_id)
            if one.unit_id == unit_id and session.title == topic:
                self._open(tx, session, unit_id, actor, chat_id, now=now)
                return
        rules = programme_in_force(tx).rollcall
        key = f"rollcall:{chat_id}:{message_id}:{actor.user_id}"
        session_id = tx.sessions.add(
            key=key,
            title=topic,
            starts_at=now,
            ends_at=now + timedelta(minutes=max(rules.close_after, 60)),
            unit_id=unit_id,
            created_by=actor.user_id,
            now=now,
        )
        found = tx.sessions.keyed(key) if session_id is None else tx.sessions.get(session_id)
        assert found is not None
        self._open(tx, found, unit_id, actor, chat_id, now=now)

    def _open(
        self, tx: Tx, session: Session, unit_id: int | None, actor: Actor, chat_id: int, *, now: datetime
    ) -> None:
        """Open the roll call, or show the one that there is; in private the panel, in the group the card."""
        key = _key(session, unit_id)
        known = tx.attendance.keyed(key)
        roll_call = known or self._new(tx, session, unit_id, actor, now=now)
        if chat_id < 0:
            if known is not None and roll_call.state == "open":
                tx.outbox.delete(cards.card_ref(roll_call.id, chat_id), now=now, rank=Rank.REPLY)
            if known is None or roll_call.state == "open":
                cards.show_anew(tx, roll_call, chat_id, self.doors, now=now)
        elif known is None:
            unit = unit_id if unit_id is not None else session.unit_id
            for group in tx.places.groups_of(unit) if unit is not None else tx.places.groups():
                if group.unit_id is not None:
                    cards.show_anew(tx, roll_call, group.chat_id, self.doors, now=now)
        cards.give_panel(tx, roll_call, actor.user_id, self.doors, now=now)

    def _new(self, tx: Tx, session: Session, unit_id: int | None, actor: Actor, *, now: datetime) -> RollCall:
        rules = programme_in_force(tx).rollcall
        # Whoever sits in the hall cannot be late because the roll was opened late.
        begins_at = max(session.starts_at, now)
        closes_at = begins_at + timedelta(minutes=rules.close_after)
        roll_call_id = tx.attendance.open(
            key=_key(session, unit_id),
            session_id=session.id,
            unit_id=unit_id,
            way=rules.way,
            secret=secrets.token_hex(16),
            page=secrets.token_urlsafe(18),
            code_seconds=rules.code_seconds,
            late_at=begins_at + timedelta(minutes=rules.late_after),
            closes_at=closes_at,
            by=actor.user_id,
            now=now,
        )
        assert roll_call_id is not None, "the key was looked up in this transaction"
        roll_call = _get(tx, roll_call_id)
        cards.note_leave(tx, roll_call, session, self._office, now=now)
        _close_at(tx, roll_call_id, closes_at)
        self._listen(tx, roll_call)
        return roll_call

    def _listen(self, tx: Tx, roll_call: RollCall) -> None:
        if roll_call.way == "code" and roll_call.state == "open":
            tx.on_commit(lambda: self.listening.add(roll_call.id))
        else:
            tx.on_commit(lambda: self.listening.discard(roll_call.id))

    def _end(self, tx: Tx, roll_call: RollCall, *, now: datetime) -> None:
        cards.close(tx, roll_call, self.doors, self._office, now=now)
        self._listen(tx, _get(tx, roll_call.id))

    def _come(self, tx: Tx, user_id: int, roll_call: RollCall, *, at: datetime) -> Came:
        person = access_of(tx, user_id, self._office.admins).member()
        session = session_of(tx, roll_call.session_id)
        if not is_meant(tx, session, person, roll_call.unit_id):
            raise RollCallOthers()
        line = tx.attendance.line(session.id, person.id)
        if line is not None and line.status not in (Presence.ABSENT, Presence.LEAVE):
            return Came(name=person.name, title=session.title, mark=line.status.value, at=line.at, again=True)
        if roll_call.state == "open" and cards.late_close(roll_call, at) is not None:
            # After a start, what waited at Telegram may come before the alarm that the bot missed.
            tx.attendance.extend(roll_call.id, at + timedelta(minutes=1))
            _close_at(tx, roll_call.id, at + timedelta(minutes=1))
            roll_call = _get(tx, roll_call.id)
        verdict = judge(at, roll_call.late_at, roll_call.closes_at)
        # What arrived in time counts, even if the close was dealt with first; an organiser's mark stands.
        marked = any(one.cause is Source.MARK for one in tx.attendance.entries(session.id, person.id)[-1:])
        if verdict is None or (roll_call.state == "closed" and marked):
            raise self._over(roll_call)
        status = Presence(verdict)
        enter(tx, session, person, status, zone=self._office.zone, cause=Source.SELF, at=at, now=at)
        if roll_call.state == "closed":
            settle_make_up(tx, session, person, status, self._office.zone, now=at)
        cards.refresh(tx, roll_call, self.doors, now=at)
        return Came(name=person.name, title=session.title, mark=status.value, at=at, again=False)

    def _is_on(self, tx: Tx, session: Session, unit_id: int | None, now: datetime) -> bool:
        return any(choice.session.id == session.id for choice in self._on(tx, unit_id, now))

    def _on(self, tx: Tx, unit_id: int | None, now: datetime) -> list[SessionChoice]:
        """The sessions that are on (or about to begin) for a unit, and whose roll is open."""
        before = timedelta(minutes=programme_in_force(tx).rollcall.open_before)
        found = []
        for session in tx.sessions.between(now - _LONGEST, now + before + timedelta(milliseconds=1)):
            scope = self._scope(tx, session, unit_id)
            known = tx.attendance.keyed(_key(session, scope))
            is_open = known is not None and known.state == "open"
            called_off = session.state is SessionState.CANCELLED
            fits = self._concerns(tx, session, unit_id) and not called_off
            if fits and (is_open or (known is None and session.ends_at >= now)):
                found.append(
                    SessionChoice(
                        session=facts_of(session), roll_call=None if known is None else known.id, is_open=is_open
                    )
                )
        return found

    def _recent(self, tx: Tx, units: frozenset[int], now: datetime) -> list[SessionChoice]:
        """The roll calls of the last weeks that somebody may run, the newest first."""
        found = []
        for session in reversed(tx.sessions.between(now - _RECENT, now + _LONGEST)):
            for one in tx.attendance.of_session(session.id):
                if one.unit_id in units or (one.unit_id is None and len(units) == len(tx.people.units())):
                    found.append(
                        SessionChoice(session=facts_of(session), roll_call=one.id, is_open=one.state == "open")
                    )
        return found

    def _concerns(self, tx: Tx, session: Session, unit_id: int | None) -> bool:
        if session.unit_id is None or unit_id is None:
            return True
        return unit_id in tx.people.within(session.unit_id) or session.unit_id in tx.people.within(unit_id)

    def _scope(self, tx: Tx, session: Session, unit_id: int | None) -> int | None:
        """Whose roll it is: the unit's, or the session's own unit if that is below."""
        if unit_id is None or (session.unit_id is not None and session.unit_id in tx.people.within(unit_id)):
            return session.unit_id
        return unit_id


def code_in(text: str) -> str | None:
    """The code in a message: six digits, however they are spaced."""
    digits = "".join(text.split())
    return digits if _CODE.fullmatch(digits) and digits.isascii() else None


def _key(session: Session, unit_id: int | None) -> str:
    return f"{session.id}:{unit_id or 0}"


def _get(tx: Tx, roll_call_id: int) -> RollCall:
    roll_call = tx.attendance.roll_call(roll_call_id)
    if roll_call is None:
        raise Expired()
    return roll_call


def _close_at(tx: Tx, roll_call_id: int, at: datetime) -> None:
    tx.alarms.set(cards.CLOSE, f"{roll_call_id}:{to_ms(at)}", at, body=str(roll_call_id))


_MIDNIGHT = time()

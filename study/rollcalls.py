"""The roll call of a session: opened, come to by button or code, closed by itself or by hand."""

import re
from datetime import datetime, time, timedelta

from storage import Database, Rank, Tx, to_ms
from storage.attendance import Presence, RollCall, Source
from storage.leaves import Leave
from storage.people import Person
from storage.sessions import Session
from study import rollcall_cards as cards
from study.access import access_of
from study.attendance_book import enter, is_meant, may_mark, session_of
from study.calendar import day_of, days_between, moment
from study.checkin_register import Actor
from study.due import Due
from study.errors import Expired, NotAllowed
from study.makeup_opening import settle_make_up
from study.outcome import Outcome
from study.rollcall_cards import Doors, Office
from study.rollcall_errors import (
    CodeNotAsked,
    CodeTooMany,
    CodeWrong,
    RollCallByCode,
    RollCallOthers,
    RollCallOver,
)
from study.rollcall_rules import MISSES, MISSES_WITHIN, accepted, begins, interval_of, judge
from study.rollcall_screen import HallScreen, screen_of
from study.rollcall_views import Came

_CODE = re.compile(r"\d{6}")
_MIDNIGHT = time()


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
            roll_call = roll_call_of(tx, roll_call_id)
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
            tx.attendance.miss(user_id, now=at, forget=at - MISSES_WITHIN)
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
            after = roll_call_of(tx, roll_call.id)
            self.listen(tx, after)
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
            close_at(tx, roll_call.id, until)
            cards.show(tx, roll_call_of(tx, roll_call.id), self.doors, now=due.now)

        await self._database.write(work)

    async def refresh_due(self, due: Due) -> None:
        """The cards show what has gathered."""

        def work(tx: Tx) -> None:
            cards.show(tx, roll_call_of(tx, int(due.body)), self.doors, now=due.now)

        await self._database.write(work)

    async def code_due(self, due: Due) -> None:
        """The next code is shown."""

        def work(tx: Tx) -> None:
            cards.turn_code(tx, roll_call_of(tx, int(due.body)), now=due.now)

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
            return None if roll_call is None else screen_of(tx, roll_call, self.doors, now)

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
        roll_call = roll_call_of(tx, roll_call_id)
        self.must_mark(tx, user_id, roll_call.unit_id)
        return roll_call

    def must_mark(self, tx: Tx, user_id: int, unit_id: int | None) -> None:
        """Let those pass who may call the roll of a unit (``None``: of the programme).

        Raises:
            NotAllowed: they may not.
        """
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

    def listen(self, tx: Tx, roll_call: RollCall) -> None:
        """Once this is committed, know whether it takes codes."""
        if roll_call.way == "code" and roll_call.state == "open":
            tx.on_commit(lambda: self.listening.add(roll_call.id))
        else:
            tx.on_commit(lambda: self.listening.discard(roll_call.id))

    def _end(self, tx: Tx, roll_call: RollCall, *, now: datetime) -> None:
        cards.close(tx, roll_call, self.doors, self._office, now=now)
        self.listen(tx, roll_call_of(tx, roll_call.id))

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
            close_at(tx, roll_call.id, at + timedelta(minutes=1))
            roll_call = roll_call_of(tx, roll_call.id)
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


def code_in(text: str) -> str | None:
    """The code in a message: six digits, however they are spaced."""
    digits = "".join(text.split())
    return digits if _CODE.fullmatch(digits) and digits.isascii() else None


def roll_call_of(tx: Tx, roll_call_id: int) -> RollCall:
    """A roll call.

    Raises:
        Expired: there is none.
    """
    roll_call = tx.attendance.roll_call(roll_call_id)
    if roll_call is None:
        raise Expired()
    return roll_call


def close_at(tx: Tx, roll_call_id: int, at: datetime) -> None:
    """Let a roll call close by itself at a moment."""
    tx.alarms.set(cards.CLOSE, f"{roll_call_id}:{to_ms(at)}", at, body=str(roll_call_id))

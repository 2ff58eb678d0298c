"""Opening a roll call: which session is on, whose people are called, what is called ad hoc."""

import secrets
from datetime import datetime, timedelta

from storage import Database, Rank, Tx
from storage.attendance import RollCall
from storage.sessions import Session, SessionState
from study import rollcall_cards as cards
from study.access import access_of
from study.attendance_book import facts_of, is_of_round, may_mark, session_of
from study.checkin_errors import CheckinUnbound
from study.checkin_register import Actor
from study.errors import Expired, NotAllowed, TooLong
from study.programme import programme_in_force
from study.rollcall_cards import Office
from study.rollcall_errors import RollCallNone, RollCallOfRound
from study.rollcall_views import RollCallChoice, SessionChoice
from study.rollcalls import RollCalls, close_at, roll_call_of

TITLE_LIMIT = 100
_LONGEST = timedelta(hours=12)
_RECENT = timedelta(days=62)
_LISTED = 20


class RollCallOpening:
    """Where roll calls begin."""

    def __init__(self, database: Database, office: Office, roll_calls: RollCalls) -> None:
        self._database, self._office, self._roll_calls = database, office, roll_calls

    async def call(self, actor: Actor, chat_id: int, topic: str, *, message_id: int, now: datetime) -> None:
        """``/rollcall``: open the roll call of the session that is on, or of one made for ``topic``; what is open already is
        shown again. Where there are several sessions, ask which.

        Raises:
            NotAllowed, CheckinUnbound, RollCallNone, RollCallOfRound, TooLong.
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
                    raise self._none(tx, unit_id, now)
                tx.outbox.say(chat_id, RollCallChoice(choices=shown, in_group=False), now=now)
            elif not choices:
                raise self._none(tx, unit_id, now)
            elif len(choices) > 1:
                tx.outbox.say(chat_id, RollCallChoice(choices=tuple(choices), in_group=True), now=now)
            else:
                session = session_of(tx, choices[0].session.id)
                self._open(tx, session, self._scope(tx, session, unit_id), actor, chat_id, now=now)

        await self._database.write(work)

    async def choose(self, actor: Actor, chat_id: int, session_id: int, *, now: datetime) -> None:
        """The session whose roll is to be called has been chosen.

        Raises:
            NotAllowed, CheckinUnbound, RollCallOfRound, Expired.
        """

        def work(tx: Tx) -> None:
            session = session_of(tx, session_id)
            if is_of_round(session):
                raise RollCallOfRound()
            unit_id = self._unit(tx, actor.user_id, chat_id)
            scope = self._scope(tx, session, unit_id)
            self._roll_calls.must_mark(tx, actor.user_id, scope)
            if tx.attendance.keyed(_key(session, scope)) is None and not self._is_on(tx, session, unit_id, now):
                raise Expired()
            self._open(tx, session, scope, actor, chat_id, now=now)

        await self._database.write(work)

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
                cards.show_anew(tx, roll_call, chat_id, self._roll_calls.doors, now=now)
        elif known is None:
            unit = unit_id if unit_id is not None else session.unit_id
            for group in tx.places.groups_of(unit) if unit is not None else tx.places.groups():
                if group.unit_id is not None:
                    cards.show_anew(tx, roll_call, group.chat_id, self._roll_calls.doors, now=now)
        cards.give_panel(tx, roll_call, actor.user_id, self._roll_calls.doors, now=now)

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
        roll_call = roll_call_of(tx, roll_call_id)
        cards.note_leave(tx, roll_call, session, self._office, now=now)
        close_at(tx, roll_call_id, closes_at)
        self._roll_calls.listen(tx, roll_call)
        return roll_call

    def _is_on(self, tx: Tx, session: Session, unit_id: int | None, now: datetime) -> bool:
        return any(choice.session.id == session.id for choice in self._on(tx, unit_id, now))

    def _none(self, tx: Tx, unit_id: int | None, now: datetime) -> RollCallNone | RollCallOfRound:
        """Why there is no roll to call: nothing is on, or nothing but a round."""
        rounds = [one for one in tx.sessions.between(now - _LONGEST, now) if is_of_round(one) and one.ends_at >= now]
        return RollCallOfRound() if any(self._concerns(tx, one, unit_id) for one in rounds) else RollCallNone()

    def _on(self, tx: Tx, unit_id: int | None, now: datetime) -> list[SessionChoice]:
        """The sessions that are on (or about to begin) for a unit, and whose roll is open; a round keeps its own register."""
        before = timedelta(minutes=programme_in_force(tx).rollcall.open_before)
        found = []
        for session in tx.sessions.between(now - _LONGEST, now + before + timedelta(milliseconds=1)):
            scope = self._scope(tx, session, unit_id)
            known = tx.attendance.keyed(_key(session, scope))
            is_open = known is not None and known.state == "open"
            called_off = session.state is SessionState.CANCELLED
            fits = self._concerns(tx, session, unit_id) and not called_off and not is_of_round(session)
            if fits and (is_open or (known is None and session.ends_at >= now)):
                found.append(
                    SessionChoice(
                        session=facts_of(session), roll_call=None if known is None else known.id, is_open=is_open
                    )
                )
        return found

    def _recent(self, tx: Tx, units: frozenset[int], now: datetime) -> list[SessionChoice]:
        """The roll calls of the last weeks that somebody may run, the newest first."""
        found: list[SessionChoice] = []
        is_all = len(units) == len(tx.people.units())
        for session in reversed(tx.sessions.between(now - _RECENT, now + _LONGEST)):
            found += [
                _called(session, one)
                for one in tx.attendance.of_session(session.id)
                if one.unit_id in units or (one.unit_id is None and is_all)
            ]
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


def _called(session: Session, roll_call: RollCall) -> SessionChoice:
    return SessionChoice(session=facts_of(session), roll_call=roll_call.id, is_open=roll_call.state == "open")


def _key(session: Session, unit_id: int | None) -> str:
    return f"{session.id}:{unit_id or 0}"

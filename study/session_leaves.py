"""Leave from a single session: asked for before it begins, with a reason; decided by those who run the unit."""

import json
from datetime import datetime, timedelta
from typing import Literal

from storage import Database, Rank, Tx
from storage.attendance import SessionLeave
from storage.people import Person
from storage.sessions import SessionState
from study.access import access_of
from study.attendance_book import facts_of, is_meant, session_of
from study.checkin_register import REASON_LIMIT, Actor
from study.errors import Expired, TooLong
from study.leaves import deciders_of
from study.rollcall_cards import Office
from study.rollcall_errors import (
    ReasonMissing,
    RollCallOthers,
    SessionLeaveAsked,
    SessionLeaveBegun,
    SessionLeaveDecided,
    SessionLeaveOwn,
)
from study.rollcall_views import AskLeave, LeaveAnswered, LeaveChoice, LeaveRequested, LeaveWhy
from study.rollcalls import RollCalls

LEAVE_TOPIC = "rollcall.leave"
_AHEAD = timedelta(days=31)
_LISTED = 20


class SessionLeaves:
    """Requests for leave from one session."""

    def __init__(self, database: Database, office: Office, roll_calls: RollCalls) -> None:
        self._database, self._office, self._roll_calls = database, office, roll_calls

    async def ahead(self, user_id: int, *, now: datetime) -> None:
        """List the sessions to come that somebody is meant to attend.

        Raises:
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._office.admins).member()
            found = []
            for session in tx.sessions.between(now, now + _AHEAD):
                if session.state is SessionState.PLANNED and is_meant(tx, session, person):
                    asked = next((one for one in tx.attendance.leaves(session.id) if one.person_id == person.id), None)
                    state: Literal["none", "asked", "approved", "declined"] = "none" if asked is None else asked.state
                    found.append(LeaveChoice(session=facts_of(session), state=state))
            tx.outbox.say(user_id, AskLeave(sessions=tuple(found[:_LISTED])), now=now)

        await self._database.write(work)

    async def begin(self, user_id: int, session_id: int, *, now: datetime) -> None:
        """Ask for the reason.

        Raises:
            NotOnRoster, Expired, RollCallOthers, SessionLeaveBegun, SessionLeaveAsked.
        """

        def work(tx: Tx) -> None:
            self._must_be_askable(tx, user_id, session_id, now)
            body = json.dumps({"session": session_id})
            tx.conversations.put(user_id, user_id, LEAVE_TOPIC, body, now=now)
            tx.outbox.say(user_id, LeaveWhy(session=facts_of(session_of(tx, session_id))), now=now)

        await self._database.write(work)

    async def ask(self, user_id: int, session_id: int, reason: str, *, now: datetime) -> None:
        """Keep the request and pass it on.

        Raises:
            NotOnRoster, Expired, RollCallOthers, SessionLeaveBegun, SessionLeaveAsked, ReasonMissing, TooLong.
        """
        if not reason.strip():
            raise ReasonMissing()
        if len(reason) > REASON_LIMIT:
            raise TooLong(limit=REASON_LIMIT, length=len(reason))

        def work(tx: Tx) -> None:
            person = self._must_be_askable(tx, user_id, session_id, now)
            leave_id = tx.attendance.ask_leave(session_id, person.id, reason.strip(), now=now)
            if leave_id is None:
                raise SessionLeaveAsked()
            leave = tx.attendance.leave(leave_id)
            assert leave is not None
            tx.conversations.end(user_id, user_id)
            deciders = deciders_of(tx, person, self._office.admins)
            for decider in deciders:
                tx.attendance.notify_leave(leave_id, decider)
                view, ref = _request(tx, leave), _ref(leave, decider)
                tx.outbox.say(decider, view, now=now, rank=Rank.PUSH, ref=ref)
            answer = LeaveAnswered(
                session=facts_of(session_of(tx, session_id)), state="asked", decider="", heard=bool(deciders)
            )
            tx.outbox.say(user_id, answer, now=now)

        await self._database.write(work)

    async def decide(self, actor: Actor, leave_id: int, *, approve: bool, now: datetime) -> None:
        """Approve or decline; the asker hears of it, every copy of the request shows it, an absence becomes leave.

        Raises:
            Expired, NotAllowed, SessionLeaveOwn, SessionLeaveDecided.
        """

        def work(tx: Tx) -> None:
            leave = tx.attendance.leave(leave_id)
            person = None if leave is None else tx.people.person(leave.person_id)
            if leave is None or person is None:
                raise Expired()
            access = access_of(tx, actor.user_id, self._office.admins)
            access.must_run(tx, person.unit_id)
            if person.user_id == actor.user_id and not access.is_admin:
                raise SessionLeaveOwn()
            state: Literal["approved", "declined"] = "approved" if approve else "declined"
            if not tx.attendance.decide_leave(leave_id, state, by=actor.user_id, decider=actor.name, now=now):
                raise SessionLeaveDecided()
            after = tx.attendance.leave(leave_id)
            assert after is not None
            session = session_of(tx, leave.session_id)
            if approve:
                self._roll_calls.excuse(tx, session, person, leave.reason, now=now)
            for decider in tx.attendance.notified_of_leave(leave_id):
                tx.outbox.edit(_ref(after, decider), _request(tx, after), now=now)
            if person.user_id is not None:
                told = LeaveAnswered(session=facts_of(session), state=state, decider=actor.name)
                tx.outbox.say(person.user_id, told, now=now)

        await self._database.write(work)

    def _must_be_askable(self, tx: Tx, user_id: int, session_id: int, now: datetime) -> Person:
        person = access_of(tx, user_id, self._office.admins).member()
        session = session_of(tx, session_id)
        if session.state is SessionState.CANCELLED:
            raise Expired()
        if not is_meant(tx, session, person):
            raise RollCallOthers()
        if now >= session.starts_at:
            raise SessionLeaveBegun()
        known = next((one for one in tx.attendance.leaves(session_id) if one.person_id == person.id), None)
        if known is not None and known.state != "declined":
            raise SessionLeaveAsked()
        return person


def _ref(leave: SessionLeave, user_id: int) -> str:
    return f"session.leave:{leave.id}:{user_id}"


def _request(tx: Tx, leave: SessionLeave) -> LeaveRequested:
    person = tx.people.person(leave.person_id)
    assert person is not None
    return LeaveRequested(
        id=leave.id,
        session=facts_of(session_of(tx, leave.session_id)),
        name=person.name,
        unit=person.unit,
        reason=leave.reason,
        state=leave.state,
        decider=leave.decider,
    )

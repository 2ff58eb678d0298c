"""The roll by names: called one after the other, looked up, corrected with a reason; how a line came about."""

import json
from datetime import datetime

from storage import Database, Rank, Tx
from storage.attendance import Presence, RollCall, Source
from storage.people import Person
from storage.sessions import Session
from study import rollcall_cards as cards
from study.access import access_of
from study.attendance_book import enter, facts_of, figures_of, may_mark, meant, roll_of, session_of
from study.attendance_warnings import warn_of
from study.checkin_register import REASON_LIMIT, Actor
from study.errors import Expired, NotAllowed, TooLong
from study.makeup_opening import settle_make_up
from study.rollcall_cards import Office
from study.rollcall_errors import NotYetOnRoster, ReasonMissing
from study.rollcall_rules import is_expected
from study.rollcall_views import LogEntry, Mark, MarkedForYou, NameCalled, NameList, PersonMark, PersonSheet
from study.rollcalls import RollCalls

REASON_TOPIC = "rollcall.reason"
PAGE = 30
_LOG = 6


class RollCallNames:
    """What whoever runs a roll call does by name; each in the units whose roll they may call."""

    def __init__(self, database: Database, office: Office, roll_calls: RollCalls) -> None:
        self._database, self._office, self._roll_calls = database, office, roll_calls

    async def listed(
        self, user_id: int, roll_call_id: int, page: int, *, on_message: int | None, now: datetime
    ) -> None:
        """A page of the roll, in place of the message whose button was pressed.

        Raises:
            NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            roll_call, session, units = self._mine(tx, user_id, roll_call_id)
            people, lines = roll_of(tx, roll_call, session)
            own = [person for person in people if person.unit_id in units]
            pages = max(1, -(-len(own) // PAGE))
            at = min(max(page, 0), pages - 1)
            view = NameList(
                roll_call=roll_call.id,
                session=facts_of(session),
                people=tuple(
                    _mark(person, None if (line := lines.get(person.id)) is None else line.status)
                    for person in own[at * PAGE : (at + 1) * PAGE]
                ),
                page=at,
                pages=pages,
                figures=figures_of(own, lines),
                is_open=roll_call.state == "open",
            )
            _show(tx, user_id, on_message, view, now)

        await self._database.write(work)

    async def call(
        self, user_id: int, roll_call_id: int, *, after: int | None, on_message: int | None, now: datetime
    ) -> None:
        """Call the next name that nothing stands beside (after that of a person), in place of the message.

        Raises:
            NotAllowed, Expired.
        """
        await self._database.write(
            lambda tx: self._call(tx, user_id, roll_call_id, after=after, on_message=on_message, now=now)
        )

    async def answer(
        self,
        actor: Actor,
        roll_call_id: int,
        person_id: int,
        mark: Presence,
        reason: str,
        *,
        on_message: int,
        now: datetime,
    ) -> None:
        """What the call of a name came to; then the next is called. A second press on the same name changes nothing.

        Raises:
            NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            roll_call, session, units = self._mine(tx, actor.user_id, roll_call_id)
            person = self._person(tx, roll_call, session, units, person_id)
            if tx.attendance.line(session.id, person.id) is None:
                self._write(tx, roll_call, session, person, mark, actor, reason, now=now)
            self._call(tx, actor.user_id, roll_call_id, after=person_id, on_message=on_message, now=now)

        await self._database.write(work)

    async def person(
        self,
        user_id: int,
        roll_call_id: int,
        person_id: int,
        page: int,
        *,
        wanted: Presence | None = None,
        on_message: int,
        now: datetime,
    ) -> None:
        """Somebody's line and its log; with ``wanted`` the question why, which the next message may answer too.

        Raises:
            NotAllowed, Expired, NotYetOnRoster.
        """

        def work(tx: Tx) -> None:
            roll_call, session, units = self._mine(tx, user_id, roll_call_id)
            person = self._person(tx, roll_call, session, units, person_id)
            if wanted is not None:
                self._must_be_markable(roll_call, person, wanted)
                body = {"roll_call": roll_call.id, "person": person.id, "mark": wanted.value, "page": page}
                tx.conversations.put(user_id, user_id, REASON_TOPIC, json.dumps(body), now=now)
            view = self._sheet(tx, roll_call, session, person, page, wanted)
            _show(tx, user_id, on_message, view, now)

        await self._database.write(work)

    async def mark(
        self,
        actor: Actor,
        roll_call_id: int,
        person_id: int,
        mark: Presence,
        reason: str,
        *,
        page: int = 0,
        on_message: int | None = None,
        now: datetime,
    ) -> None:
        """Put somebody's line right, with a reason; the person is told of it.

        Raises:
            NotAllowed, Expired, NotYetOnRoster, ReasonMissing, TooLong.
        """
        if not reason.strip():
            raise ReasonMissing()
        if len(reason) > REASON_LIMIT:
            raise TooLong(limit=REASON_LIMIT, length=len(reason))

        def work(tx: Tx) -> None:
            roll_call, session, units = self._mine(tx, actor.user_id, roll_call_id)
            person = self._person(tx, roll_call, session, units, person_id)
            self._must_be_markable(roll_call, person, mark)
            before = tx.attendance.line(session.id, person.id)
            self._write(tx, roll_call, session, person, mark, actor, reason.strip(), now=now)
            under_way = tx.conversations.get(actor.user_id, actor.user_id)
            if under_way is not None and under_way.topic == REASON_TOPIC:
                tx.conversations.end(actor.user_id, actor.user_id)
            if person.user_id is not None and person.user_id != actor.user_id:
                told = MarkedForYou(
                    session=facts_of(session),
                    before=None if before is None else _word(before.status),
                    after=_word(mark),
                    author=actor.name,
                    reason=reason.strip(),
                )
                tx.outbox.say(person.user_id, told, now=now, rank=Rank.PUSH)
            view = self._sheet(tx, roll_call, session, person, page, None)
            _show(tx, actor.user_id, on_message, view, now)

        await self._database.write(work)

    def _call(
        self, tx: Tx, user_id: int, roll_call_id: int, *, after: int | None, on_message: int | None, now: datetime
    ) -> None:
        roll_call, session, units = self._mine(tx, user_id, roll_call_id)
        people, lines = roll_of(tx, roll_call, session)
        own = [person for person in people if person.unit_id in units]
        places = {person.id: place for place, person in enumerate(own)}
        start = places.get(after, -1) + 1 if after is not None else 0
        # Whoever was passed over comes again at the end.
        turn = [person for person in [*own[start:], *own[:start]] if person.id not in lines]
        person = turn[0] if turn else None
        view = NameCalled(
            roll_call=roll_call.id,
            session=facts_of(session),
            person=None if person is None else _mark(person, None),
            unit="" if person is None else person.unit,
            left=len(turn),
            figures=figures_of(own, lines),
        )
        _show(tx, user_id, on_message, view, now)

    def _write(
        self,
        tx: Tx,
        roll_call: RollCall,
        session: Session,
        person: Person,
        mark: Presence,
        actor: Actor,
        reason: str,
        *,
        now: datetime,
    ) -> None:
        before = tx.attendance.line(session.id, person.id)
        came = mark in (Presence.PRESENT, Presence.LATE)
        at = None if not came else before.at if before is not None and before.at is not None else None
        if came and at is None and roll_call.state == "open":
            at = now
        enter(
            tx,
            session,
            person,
            mark,
            zone=self._office.zone,
            cause=Source.MARK,
            at=at,
            author_id=actor.user_id,
            author=actor.name,
            reason=reason,
            now=now,
        )
        if roll_call.state == "closed":
            settle_make_up(tx, session, person, mark, self._office.zone, now=now)
            if mark is Presence.ABSENT:
                warn_of(tx, person, session, self._office.zone, now=now)
        cards.refresh(tx, roll_call, self._roll_calls.doors, now=now)

    def _mine(self, tx: Tx, user_id: int, roll_call_id: int) -> tuple[RollCall, Session, frozenset[int]]:
        """The roll call, its session and the units of it that somebody may mark in; an organiser of a unit below, theirs."""
        roll_call = tx.attendance.roll_call(roll_call_id)
        if roll_call is None:
            raise Expired()
        units = may_mark(tx, access_of(tx, user_id, self._office.admins))
        if roll_call.unit_id is not None:
            units &= tx.people.within(roll_call.unit_id)
        if not units:
            raise NotAllowed()
        return roll_call, session_of(tx, roll_call.session_id), units

    def _person(self, tx: Tx, roll_call: RollCall, session: Session, units: frozenset[int], person_id: int) -> Person:
        for person in meant(tx, session, roll_call.unit_id):
            if person.id == person_id:
                if person.unit_id not in units:
                    raise NotAllowed()
                return person
        raise Expired()

    def _must_be_markable(self, roll_call: RollCall, person: Person, mark: Presence) -> None:
        if mark is Presence.ABSENT and not is_expected(person.role, person.added_at, roll_call.late_at):
            raise NotYetOnRoster()

    def _sheet(
        self, tx: Tx, roll_call: RollCall, session: Session, person: Person, page: int, wanted: Presence | None
    ) -> PersonSheet:
        line = tx.attendance.line(session.id, person.id)
        return PersonSheet(
            roll_call=roll_call.id,
            session=facts_of(session),
            person=_mark(person, None if line is None else line.status),
            unit=person.unit,
            log=tuple(
                LogEntry(
                    made_at=entry.made_at,
                    mark=_word(entry.status),
                    cause=entry.cause.value,
                    author=entry.author,
                    reason=entry.reason,
                )
                for entry in tx.attendance.entries(session.id, person.id)[-_LOG:]
            ),
            page=page,
            wanted=None if wanted is None else _word(wanted),
        )


def _word(status: Presence) -> Mark:
    return status.value


def _mark(person: Person, status: Presence | None) -> PersonMark:
    return PersonMark(id=person.id, name=person.name, mark=None if status is None else _word(status))


def _show(
    tx: Tx, user_id: int, message_id: int | None, view: NameList | NameCalled | PersonSheet, now: datetime
) -> None:
    """In place of the message whose button was pressed, if one was."""
    if message_id is None:
        tx.outbox.say(user_id, view, now=now)
        return
    ref = f"pressed:{user_id}:{message_id}"
    tx.outbox.adopt(ref, user_id, message_id, now=now)
    tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)

"""Signing make-up lessons off: what waits, approved or sent back with a reason, more time."""

from datetime import datetime, time, timedelta

from storage import Database, Rank, Tx
from storage.attendance import Presence, Source
from storage.makeups import MakeUp
from storage.people import Person
from study import rollcall_cards as cards
from study.access import access_of
from study.attendance_book import enter, facts_of, session_of
from study.calendar import day_of, moment
from study.checkin_register import REASON_LIMIT, Actor
from study.errors import SwitchedOff, TooLong
from study.makeup_book import line_of, make_up_of, person_of, request_of, request_ref
from study.makeup_views import MakeUpDecided, MakeUpExtended, MakeUpList, MakeUpWhyNot
from study.programme import programme_in_force
from study.rollcall_cards import Doors, Office
from study.rollcall_errors import MakeUpDone, MakeUpOwn, ReasonMissing

RETURN_TOPIC = "makeup.return"
MORE_DAYS = 7
_LISTED = 15
_LAST_MINUTE = time(23, 59)
_GRACE = timedelta(days=3)
"""So long at least somebody has whose make-up was sent back."""


class MakeUpSigning:
    """The side of those who sign off; ``listed`` is everybody's."""

    def __init__(self, database: Database, office: Office, doors: Doors) -> None:
        self._database, self._office, self._doors = database, office, doors

    async def listed(self, user_id: int, *, now: datetime) -> None:
        """List one's own make-ups and, for whoever calls a roll, what waits for a signature and what is overdue.

        Raises:
            NotOnRoster: they are nobody (and no admin).
            SwitchedOff: nobody has to make up for anything.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._office.admins)
            person = access.person if access.is_admin else access.member()
            units = access.units(tx)
            own = () if person is None else tx.make_ups.of_person(person.id)
            theirs = [one for one in tx.make_ups.all_in("open") if self._is_theirs(tx, one, units)]
            waiting = [one for one in tx.make_ups.all_in("waiting") if self._is_theirs(tx, one, units)]
            late = [one for one in theirs if now > one.due_at]
            if programme_in_force(tx).rollcall.make_up is None and not (own or theirs or waiting):
                raise SwitchedOff()
            view = MakeUpList(
                own=tuple(line_of(tx, one, now) for one in own if one.state != "cleared")[:_LISTED],
                waiting=tuple(line_of(tx, one, now, named=True) for one in waiting[:_LISTED]),
                overdue=tuple(line_of(tx, one, now, named=True) for one in late[:_LISTED]),
                open_count=len(theirs),
                signs=bool(units),
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def sign(self, actor: Actor, make_up_id: int, tries: int, *, now: datetime) -> None:
        """Sign it off: the register says "made up", never plainly present, and the points follow.

        Raises:
            Expired, NotAllowed, MakeUpOwn, MakeUpDone.
        """

        def work(tx: Tx) -> None:
            make_up, person = self._decidable(tx, actor, make_up_id, tries)
            session = session_of(tx, make_up.session_id)
            done = make_up.model_copy(
                update={"state": "cleared", "signed_at": now, "signed_by": actor.user_id, "signer": actor.name}
            )
            tx.make_ups.put(done)
            enter(
                tx,
                session,
                person,
                Presence.MAKE_UP,
                zone=self._office.zone,
                cause=Source.MAKE_UP,
                author_id=actor.user_id,
                author=actor.name,
                now=now,
            )
            for roll_call in tx.attendance.of_session(session.id):
                cards.refresh(tx, roll_call, self._doors, now=now)
            self._tell(tx, done, person, cleared=True, now=now)

        await self._database.write(work)

    async def ask_why_not(self, actor: Actor, make_up_id: int, tries: int, *, now: datetime) -> None:
        """The next thing that the signer says is why it is sent back.

        Raises:
            Expired, NotAllowed, MakeUpOwn, MakeUpDone.
        """

        def work(tx: Tx) -> None:
            make_up, person = self._decidable(tx, actor, make_up_id, tries)
            tx.conversations.put(actor.user_id, actor.user_id, RETURN_TOPIC, f"{make_up.id}:{tries}", now=now)
            title = session_of(tx, make_up.session_id).title
            tx.outbox.say(actor.user_id, MakeUpWhyNot(id=make_up.id, name=person.name, title=title), now=now)

        await self._database.write(work)

    async def send_back(self, actor: Actor, make_up_id: int, tries: int, reason: str, *, now: datetime) -> None:
        """Send it back with a reason: it is to be done again from the material on.

        Raises:
            Expired, NotAllowed, MakeUpOwn, MakeUpDone, ReasonMissing, TooLong.
        """
        if not reason.strip():
            raise ReasonMissing()
        if len(reason) > REASON_LIMIT:
            raise TooLong(limit=REASON_LIMIT, length=len(reason))

        def work(tx: Tx) -> None:
            make_up, person = self._decidable(tx, actor, make_up_id, tries)
            # Whoever did it in time does not lose the deadline to the signer's desk.
            due_at = max(make_up.due_at, self._end_of(now, _GRACE))
            back = make_up.model_copy(
                update={
                    "state": "open",
                    "read_at": None,
                    "paper": "",
                    "reason": reason.strip(),
                    "due_at": due_at,
                    "signer": actor.name,
                }
            )
            tx.make_ups.put(back)
            tx.conversations.end(actor.user_id, actor.user_id)
            self._tell(tx, back, person, cleared=False, now=now)

        await self._database.write(work)

    async def extend(self, actor: Actor, make_up_id: int, *, now: datetime) -> None:
        """Give somebody more time whose deadline has passed; a second press changes nothing.

        Raises:
            Expired, NotAllowed, MakeUpDone.
        """

        def work(tx: Tx) -> None:
            make_up = make_up_of(tx, make_up_id)
            person = person_of(tx, make_up)
            access_of(tx, actor.user_id, self._office.admins).must_run(tx, person.unit_id)
            if make_up.state != "open" or now <= make_up.due_at:
                raise MakeUpDone()
            later = make_up.model_copy(update={"due_at": self._end_of(now, timedelta(days=MORE_DAYS))})
            tx.make_ups.put(later)
            view = MakeUpExtended(
                id=later.id, session=facts_of(session_of(tx, later.session_id)), due_at=later.due_at, by=actor.name
            )
            if person.user_id is not None:
                tx.outbox.say(person.user_id, view, now=now, rank=Rank.PUSH)

        await self._database.write(work)

    def _end_of(self, now: datetime, more: timedelta) -> datetime:
        return moment(day_of(now, self._office.zone) + more, _LAST_MINUTE, self._office.zone)

    def _tell(self, tx: Tx, make_up: MakeUp, person: Person, *, cleared: bool, now: datetime) -> None:
        for user_id in tx.make_ups.notified(make_up):
            tx.outbox.edit(request_ref(make_up, user_id), request_of(tx, make_up), now=now)
        if person.user_id is not None:
            view = MakeUpDecided(
                id=make_up.id,
                session=facts_of(session_of(tx, make_up.session_id)),
                cleared=cleared,
                signer=make_up.signer,
                reason=make_up.reason,
                due_at=make_up.due_at,
            )
            tx.outbox.say(person.user_id, view, now=now)

    def _decidable(self, tx: Tx, actor: Actor, make_up_id: int, tries: int) -> tuple[MakeUp, Person]:
        make_up = make_up_of(tx, make_up_id)
        person = person_of(tx, make_up)
        access = access_of(tx, actor.user_id, self._office.admins)
        access.must_run(tx, person.unit_id)
        if person.user_id == actor.user_id and not access.is_admin:
            raise MakeUpOwn()
        if make_up.state != "waiting" or make_up.tries != tries:
            raise MakeUpDone()
        return make_up, person

    def _is_theirs(self, tx: Tx, make_up: MakeUp, units: frozenset[int]) -> bool:
        return bool(units) and person_of(tx, make_up).unit_id in units

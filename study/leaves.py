"""Leave from the check-in: asked for in advance, decided by those who run the unit, called off before it begins."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from storage import Database, Rank, Tx
from storage.checkins import Cause, Line, SheetState, Status
from storage.leaves import Leave, LeaveState
from storage.people import Person, Role
from study import checkin_points
from study import checkin_sheets as sheets
from study.access import access_of
from study.calendar import day_of
from study.checkin_register import REASON_LIMIT, Actor
from study.checkin_rules import CheckinPlan
from study.day_words import Period
from study.errors import Expired, NotAllowed, StudyError, TooLong
from study.leave_views import (
    LeaveDecided,
    LeaveFacts,
    LeaveKept,
    LeaveList,
    LeaveOutcome,
    LeaveReasonAsked,
    LeaveRequest,
    LeaveWithdrawn,
)

DECLINE_TOPIC = "leave.decline"
_LONGEST = timedelta(days=184)


class LeavePast(StudyError):
    """It begins on a day that is over."""

    code = "leave_past"


class LeaveTooLong(StudyError):
    """It is for more than ``days`` days."""

    code = "leave_too_long"


class LeaveUnreadable(StudyError):
    """The day or the reason is missing."""

    code = "leave_unreadable"


class LeaveOverlaps(StudyError):
    """The person has asked for some of these days before: ``first`` to ``last``."""

    code = "leave_overlaps"


class LeaveDecidedAlready(StudyError):
    """Somebody has decided it, or it was called off."""

    code = "leave_decided_already"


class LeaveOwn(StudyError):
    """Nobody decides on their own leave."""

    code = "leave_own"


class LeaveBegun(StudyError):
    """It has begun and cannot be called off."""

    code = "leave_begun"


class DeclineReasonMissing(StudyError):
    """What was sent as the reason for declining has no words."""

    code = "decline_reason_missing"


def leave_ref(leave_id: int, user_id: int) -> str:
    """The name under which a decider's copy of a request can be edited."""
    return f"leave:{leave_id}:{user_id}"


class Leaves:
    """Requests for leave of one programme; ``admins`` are those that the config names."""

    def __init__(
        self,
        database: Database,
        plan: CheckinPlan,
        admins: frozenset[int],
        approved: Callable[[Tx, Leave, Person, datetime], None] = lambda tx, leave, person, now: None,
    ) -> None:
        """``approved`` lets other registers know of leave, in the transaction that approves it."""
        self._database = database
        self._approved = approved
        self._plan = plan
        self._admins = admins

    def today(self, now: datetime) -> date:
        """The programme's day."""
        return day_of(now, self._plan.zone)

    async def ask(self, user_id: int, period: Period, *, chat_id: int, reply_to: int | None, now: datetime) -> None:
        """Keep a request (``period.rest`` is the reason) and pass it on to those who may decide.

        Raises:
            NotOnRoster, LeaveUnreadable, LeavePast, LeaveTooLong, LeaveOverlaps, TooLong.
        """
        reason = period.rest
        if not reason:
            raise LeaveUnreadable()
        if len(reason) > REASON_LIMIT:
            raise TooLong(limit=REASON_LIMIT, length=len(reason))
        if period.first < self.today(now):
            raise LeavePast()
        if period.last - period.first >= _LONGEST:
            raise LeaveTooLong(days=_LONGEST.days)

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            for other in tx.leaves.of(person.id, since=period.first):
                if other.state in (LeaveState.ASKED, LeaveState.APPROVED) and other.first_day <= period.last:
                    raise LeaveOverlaps(first=other.first_day, last=other.last_day)
            leave_id = tx.leaves.ask(person.id, period.first, period.last, reason, now=now)
            facts = _facts(tx, _get(tx, leave_id))
            deciders = deciders_of(tx, person, self._admins)
            for decider in deciders:
                tx.leaves.notify(leave_id, decider)
                view = LeaveRequest(leave=facts)
                tx.outbox.say(decider, view, now=now, rank=Rank.PUSH, ref=leave_ref(leave_id, decider))
            tx.outbox.say(chat_id, LeaveKept(leave=facts, asked=len(deciders)), now=now, reply_to=reply_to)

        await self._database.write(work)

    async def own(self, user_id: int, *, chat_id: int, now: datetime) -> None:
        """Say in the chat which leave somebody has asked for from today on.

        Raises:
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            today = self.today(now)
            found = tx.leaves.of(person.id, since=today)
            open_ids = tuple(leave.id for leave in found if _is_open(leave, today))
            view = LeaveList(leaves=tuple(_facts(tx, leave) for leave in found), open_ids=open_ids)
            tx.outbox.say(chat_id, view, now=now)

        await self._database.write(work)

    async def decide(
        self,
        actor: Actor,
        leave_id: int,
        *,
        approve: bool,
        answer: str = "",
        confirm_in: int | None = None,
        now: datetime,
    ) -> LeaveFacts:
        """Approve or decline a request; the asker hears of it, and days already counted absent are corrected.

        Raises:
            Expired, NotAllowed, LeaveOwn, LeaveDecidedAlready, TooLong.
        """
        if len(answer) > REASON_LIMIT:
            raise TooLong(limit=REASON_LIMIT, length=len(answer))

        def work(tx: Tx) -> LeaveFacts:
            leave, person = self._decidable(tx, actor, leave_id)
            state = LeaveState.APPROVED if approve else LeaveState.DECLINED
            tx.leaves.decide(leave.id, state, by=actor.user_id, decider=actor.name, answer=answer, now=now)
            if approve:
                self._take_from_register(tx, leave, person, actor, now=now)
                self._approved(tx, leave, person, now)
            facts = self._tell_deciders(tx, leave.id, now=now)
            if person.user_id is not None:
                tx.outbox.say(person.user_id, LeaveDecided(leave=facts), now=now)
            if confirm_in is not None:
                tx.outbox.say(confirm_in, LeaveOutcome(leave=facts), now=now)
            under_way = tx.conversations.get(actor.user_id, actor.user_id)
            if under_way is not None and under_way.topic == DECLINE_TOPIC:
                tx.conversations.end(actor.user_id, actor.user_id)
            return facts

        return await self._database.write(work)

    async def ask_why_not(self, actor: Actor, leave_id: int, *, now: datetime) -> None:
        """The next thing that the decider says is the reason for declining.

        Raises:
            Expired, NotAllowed, LeaveOwn, LeaveDecidedAlready.
        """

        def work(tx: Tx) -> None:
            leave, _ = self._decidable(tx, actor, leave_id)
            tx.conversations.put(actor.user_id, actor.user_id, DECLINE_TOPIC, str(leave.id), now=now)
            tx.outbox.say(actor.user_id, LeaveReasonAsked(leave=_facts(tx, leave)), now=now)

        await self._database.write(work)

    async def withdraw(self, user_id: int, leave_id: int, *, now: datetime) -> LeaveFacts:
        """The asker calls a request off, at the latest on the day before it begins (an undecided one at any time).

        Raises:
            NotOnRoster, Expired, NotAllowed, LeaveBegun, LeaveDecidedAlready.
        """

        def work(tx: Tx) -> LeaveFacts:
            person = access_of(tx, user_id, self._admins).member()
            leave = _get(tx, leave_id)
            if leave.person_id != person.id:
                raise NotAllowed()
            if leave.state in (LeaveState.DECLINED, LeaveState.WITHDRAWN):
                raise LeaveDecidedAlready()
            if not _is_open(leave, self.today(now)):
                raise LeaveBegun()
            tx.leaves.decide(leave.id, LeaveState.WITHDRAWN, by=user_id, decider=person.name, now=now)
            facts = self._tell_deciders(tx, leave.id, now=now)
            if leave.decided_by is not None:
                tx.outbox.say(leave.decided_by, LeaveWithdrawn(leave=facts), now=now, rank=Rank.PUSH)
            return facts

        return await self._database.write(work)

    def _decidable(self, tx: Tx, actor: Actor, leave_id: int) -> tuple[Leave, Person]:
        leave = _get(tx, leave_id)
        person = tx.people.person(leave.person_id)
        if person is None:
            raise Expired()
        access = access_of(tx, actor.user_id, self._admins)
        access.must_run(tx, person.unit_id)
        if person.user_id == actor.user_id and not access.is_admin:
            raise LeaveOwn()
        if leave.state is not LeaveState.ASKED:
            raise LeaveDecidedAlready()
        return leave, person

    def _tell_deciders(self, tx: Tx, leave_id: int, *, now: datetime) -> LeaveFacts:
        """Let every copy of the request show what became of it."""
        facts = _facts(tx, _get(tx, leave_id))
        for decider in tx.leaves.notified(leave_id):
            tx.outbox.edit(leave_ref(leave_id, decider), LeaveRequest(leave=facts), now=now)
        return facts

    def _take_from_register(self, tx: Tx, leave: Leave, person: Person, actor: Actor, *, now: datetime) -> None:
        """On days whose sheet was opened before the decision: leave takes away "absent" and stands where nothing does."""
        day = leave.first_day
        while day <= min(leave.last_day, self.today(now)):
            sheet = tx.checkins.sheet_over(day, person.unit_id)
            line = tx.checkins.line(day, person.id)
            blank = line is None and sheet is not None and sheet.state is not SheetState.INTERRUPTED
            if sheet is not None and (blank or (line is not None and line.status is Status.ABSENT)):
                new = Line(day=day, person_id=person.id, unit_id=person.unit_id, status=Status.LEAVE, at=None)
                checkin_points.enter(
                    tx, new, cause=Cause.LEAVE, author_id=actor.user_id, author=actor.name, reason=leave.reason, now=now
                )
                sheets.refresh(tx, sheet, now=now)
            day += timedelta(days=1)


def _get(tx: Tx, leave_id: int) -> Leave:
    leave = tx.leaves.get(leave_id)
    if leave is None:
        raise Expired()
    return leave


def _is_open(leave: Leave, today: date) -> bool:
    return leave.state is LeaveState.ASKED or (leave.state is LeaveState.APPROVED and today < leave.first_day)


def _facts(tx: Tx, leave: Leave) -> LeaveFacts:
    person = tx.people.person(leave.person_id)
    return LeaveFacts(
        id=leave.id,
        name="" if person is None else person.name,
        unit="" if person is None else person.unit,
        first=leave.first_day,
        last=leave.last_day,
        reason=leave.reason,
        state=leave.state.value,
        decider=leave.decider,
        answer=leave.answer,
    )


def deciders_of(tx: Tx, person: Person, admins: frozenset[int]) -> list[int]:
    """Whoever can be reached of the organisers of the nearest unit, from the person's own upwards, that has any; else of
    the admins. An admin who is alone decides on the own leave too."""
    everybody = [one for one in tx.people.everybody() if one.user_id is not None and one.id != person.id]
    unit = tx.people.unit(person.unit_id)
    while unit is not None:
        at_hand = {one.user_id for one in everybody if one.role is Role.ORGANISER and one.unit_id == unit.id}
        if found := reachable(tx, at_hand):
            return found
        unit = tx.people.unit(unit.parent_id) if unit.parent_id is not None else None
    chosen = {one.user_id for one in everybody if one.role is Role.ADMIN} | admins
    return reachable(tx, chosen - {person.user_id}) or reachable(tx, admins)


def reachable(tx: Tx, user_ids: Collection[int | None]) -> list[int]:
    """Those of some Telegram users in whose private chats messages arrive."""
    users = [tx.places.user(user_id) for user_id in user_ids if user_id is not None]
    return sorted(user.user_id for user in users if user is not None and user.reachable)

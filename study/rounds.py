"""Rounds as organisers, members and observers use them outside of the meeting: ``/round``, reading, moving, commenting."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Literal

from storage import Database, Rank, Tx
from storage.people import Role
from storage.rounds import RoundRow, RoundState
from study.access import Access, access_of
from study.calendar import day_of
from study.errors import SwitchedOff
from study.ledger import Happening, credit
from study.overseers import lineage
from study.owed import Owed
from study.programme import programme_in_force
from study.round_book import (
    RoundSettings,
    asked,
    call_of,
    call_ref,
    head_of,
    plan_in,
    plan_of,
    refresh_card,
    round_of,
    teams_of,
)
from study.round_calendar import AHEAD, call_off_alarms, follow_programme, remind_at
from study.round_duties import do_duty, duty_list, must_have_duty, owed_duties
from study.round_errors import (
    RoundBegun,
)
from study.round_meeting import RoundMeeting
from study.round_saying import run_by, tell_change
from study.round_summary import close, refresh_announcement, summary_of
from study.round_views import (
    DutyList,
    OwnRound,
    RoundDetail,
    RoundHead,
    RoundLine,
    RoundList,
    RoundOwn,
)
from study.views import View

_PAGE = 8
_BACK = timedelta(days=60)


class Rounds:
    """The rounds of one programme."""

    def __init__(self, database: Database, settings: RoundSettings, meeting: RoundMeeting) -> None:
        self._database, self._settings, self._meeting = database, settings, meeting

    async def overview(self, user_id: int, *, chat_id: int, page: int = 0, now: datetime) -> None:
        """``/round`` in private: an organiser's rounds, an observer's list, a member's own.

        Raises:
            SwitchedOff, NotOnRoster.
        """

        def work(tx: Tx) -> None:
            tx.outbox.say(chat_id, self._overview(tx, user_id, page, now), now=now)

        await self._database.write(work)

    async def turn_page(self, user_id: int, page: int, *, ref: tuple[int, int], now: datetime) -> None:
        """Another page of an organiser's list, on the message that is there (its chat and its id).

        Raises:
            SwitchedOff, NotOnRoster.
        """
        await self._show(ref, lambda tx: self._overview(tx, user_id, page, now), now)

    def _overview(self, tx: Tx, user_id: int, page: int, now: datetime) -> View:
        if not programme_in_force(tx).rounds.rounds:
            raise SwitchedOff()
        access = access_of(tx, user_id, self._settings.admins)
        # A read-only look would show nothing until the next hour after a programme was applied.
        follow_programme(tx, now, self._settings)
        if access.is_organiser:
            return self._list(tx, access, page, now)
        person = access.member()
        if person.role is Role.OBSERVER:
            return duty_list(tx, person, now, self._settings)
        return self._own(tx, access, now)

    def _list(self, tx: Tx, access: Access, page: int, now: datetime) -> RoundList:
        mine = access.units(tx)
        rows = [row for row in tx.rounds.between(now - _BACK, now + AHEAD) if row.unit_id in mine]
        # What goes on or comes next first, then the past, the newest first.
        coming = [row for row in rows if row.state in (RoundState.OPEN, RoundState.EVALUATING)]
        coming += [row for row in rows if row.state in (RoundState.PLANNED, RoundState.ANNOUNCED)]
        past = [row for row in reversed(rows) if row.state in (RoundState.CLOSED, RoundState.CANCELLED)]
        pages = max(1, -(-len(rows) // _PAGE))
        page = min(page, pages - 1)
        shown = [*coming, *past][page * _PAGE : (page + 1) * _PAGE]
        return RoundList(lines=tuple(_line(tx, row) for row in shown), page=page, pages=pages)

    def _own(self, tx: Tx, access: Access, now: datetime) -> RoundOwn:
        person = access.member()
        found = []
        for row in tx.rounds.of(person.id):
            if row.state is RoundState.CLOSED:
                continue
            member = tx.rounds.member(row.id, person.id)
            assert member is not None
            call = call_of(tx, row, member, me="")
            found.append(
                OwnRound(
                    head=call.head,
                    number=call.number,
                    teams=call.teams,
                    place=call.place,
                    to_read=bool(call.reading) and not call.has_read and row.state is RoundState.ANNOUNCED,
                )
            )
        planned: list[RoundHead] = []
        if not found:
            within = set(lineage(tx, person.unit_id))
            planned = [head_of(row) for row in tx.rounds.planned(now) if row.unit_id in within][:1]
        return RoundOwn(rounds=tuple(reversed(found)), planned=tuple(planned))

    async def call(self, user_id: int, round_id: int, *, me: str, now: datetime) -> None:
        """Open a round in private: what somebody has to do for it.

        Raises:
            Expired, NotOnRoster, ObserverOnly, NotInRound.
        """

        def work(tx: Tx) -> None:
            row = round_of(tx, round_id)
            member = asked(tx, access_of(tx, user_id, self._settings.admins), row.id)
            view = call_of(tx, row, member, me=me)
            tx.outbox.say(user_id, view, now=now, ref=call_ref(row.id, member.person_id))

        await self._database.write(work)

    async def read(self, user_id: int, round_id: int, *, me: str, now: datetime) -> bool:
        """Somebody acknowledges that they have read what is to be read; says whether that is new.

        Raises:
            Expired, NotOnRoster, ObserverOnly, NotInRound.
        """

        def work(tx: Tx) -> bool:
            row = round_of(tx, round_id)
            member = asked(tx, access_of(tx, user_id, self._settings.admins), row.id)
            if not tx.rounds.read(row.id, member.person_id, now=now):
                return False
            in_time = "yes" if now <= row.starts_at else "no"
            what = Happening("round.read", {"round": row.plan, "in_time": in_time})
            day = day_of(now, self._settings.zone)
            credit(tx, member.person_id, f"round:{row.id}:read", what, day=day, now=now)
            after = tx.rounds.member(row.id, member.person_id)
            tx.outbox.edit(call_ref(row.id, member.person_id), call_of(tx, row, after, me=me), now=now)
            refresh_announcement(tx, row, me=me, now=now)
            for group in tx.rounds.groups(row.id):
                if group.id == member.group_id:
                    refresh_card(tx, group, row, me=me, now=now)
            return True

        return await self._database.write(work)

    async def detail(
        self, user_id: int, round_id: int, *, ref: tuple[int, int], asks: bool = False, now: datetime
    ) -> None:
        """One round, for those who run its unit, on the message that is there; ``asks`` whether it is to be called off.

        Raises:
            Expired, NotAllowed.
        """

        def look(tx: Tx) -> View:
            return self._detail(tx, run_by(tx, user_id, round_id, self._settings.admins), now).model_copy(
                update={"asks": asks}
            )

        await self._show(ref, look, now)

    async def summary(self, user_id: int, round_id: int, *, now: datetime) -> None:
        """The summary as it stands, for those who run the unit.

        Raises:
            Expired, NotAllowed.
        """

        def work(tx: Tx) -> None:
            row = run_by(tx, user_id, round_id, self._settings.admins)
            tx.outbox.say(user_id, summary_of(tx, row, now=now), now=now)

        await self._database.write(work)

    async def run(
        self, user_id: int, round_id: int, what: Literal["open", "end", "close", "cancel"], *, me: str, now: datetime
    ) -> None:
        """An organiser opens a round ahead of its hour, ends its meetings, ends its evaluation, or calls it off.

        Raises:
            Expired, NotAllowed, RoundBegun: it is further than that.
        """

        def work(tx: Tx) -> None:
            row = run_by(tx, user_id, round_id, self._settings.admins)
            early = row.state in (RoundState.PLANNED, RoundState.ANNOUNCED)
            if what == "open" and early:
                call_off_alarms(tx, row)
                self._meeting.open(tx, row, me=me, now=now)
            elif what == "end" and row.state is RoundState.OPEN:
                self._meeting.end_all(tx, row, by=user_id, me=me, now=now)
            elif what == "close" and row.state is RoundState.EVALUATING:
                close(tx, row, now=now, settings=self._settings)
            elif what == "cancel" and early:
                call_off_alarms(tx, row)
                tx.rounds.set_state(row.id, RoundState.CANCELLED)
                if row.state is RoundState.ANNOUNCED:
                    tell_change(tx, round_of(tx, row.id), "cancelled", None, now)
            else:
                raise RoundBegun()

        await self._database.write(work)

    async def do_duty(self, user_id: int, key: str, *, ref: tuple[int, int], now: datetime) -> bool:
        """An observer has done what is done at regular times; says whether that is new.

        Raises:
            NotOnRoster, NotAllowed.
        """

        def work(tx: Tx) -> bool:
            person = must_have_duty(tx, access_of(tx, user_id, self._settings.admins), key)
            new = do_duty(tx, person.id, key, now=now, settings=self._settings)
            view: DutyList = duty_list(tx, person, now, self._settings)
            self._edit(tx, ref, view, now)
            return new

        return await self._database.write(work)

    def owed(self, tx: Tx, now: datetime) -> Iterable[Owed]:
        """Reading that was not acknowledged, and what observers have to do on this day."""
        for one in tx.rounds.unread(now):
            plan = plan_in(one.body, one.reading)
            if plan.reading:
                yield Owed(one.person_id, "reading", plan.title, one.starts_at, f"round_{one.round_id}")
        yield from owed_duties(tx, now, self._settings)

    def _detail(self, tx: Tx, row: RoundRow, now: datetime) -> RoundDetail:
        members, plan = tx.rounds.members(row.id), plan_of(row)
        early = row.state in (RoundState.PLANNED, RoundState.ANNOUNCED)
        at = remind_at(row, self._settings)
        return RoundDetail(
            head=head_of(row),
            nominal=row.nominal,
            moved=row.moved_by is not None,
            teams=teams_of(tx, row),
            people=len(members),
            read=sum(one.read_at is not None for one in members),
            unread=tuple(one.name for one in members if one.read_at is None),
            reads=bool(plan.reading),
            reminder=row.reminder,
            standard=plan.reminder,
            remind_at=at if early and at > now else None,
            due_at=row.due_at,
        )

    async def _show(self, ref: tuple[int, int], look: Callable[[Tx], View], now: datetime) -> None:
        await self._database.write(lambda tx: self._edit(tx, ref, look(tx), now))

    def _edit(self, tx: Tx, ref: tuple[int, int], view: View, now: datetime) -> None:
        name = f"pressed:{ref[0]}:{ref[1]}"
        tx.outbox.adopt(name, *ref, now=now)
        tx.outbox.edit(name, view, now=now, rank=Rank.REPLY)


def _line(tx: Tx, row: RoundRow) -> RoundLine:
    members = tx.rounds.members(row.id)
    return RoundLine(
        head=head_of(row),
        people=len(members),
        read=sum(one.read_at is not None for one in members),
        came=sum(one.here_at is not None for one in members),
    )

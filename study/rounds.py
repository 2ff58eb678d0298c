"""Rounds as organisers, members and observers use them outside of the meeting: ``/round``, reading, moving, commenting."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Literal

from storage import Database, Rank, Tx
from storage.people import Role
from storage.rounds import RoundRow, RoundState
from study.access import Access, access_of
from study.calendar import day_of, moment
from study.day_words import read_day
from study.errors import SwitchedOff, TooLong
from study.ledger import Happening, credit
from study.overseers import lineage
from study.owed import Owed
from study.programme import programme_in_force
from study.round_book import (
    RoundSettings,
    announced_ref,
    asked,
    call_of,
    call_ref,
    group_of,
    head_of,
    must_not_observe,
    observers_of,
    plan_in,
    plan_of,
    refresh_card,
    round_of,
    teams_of,
)
from study.round_calendar import AHEAD, call_off_alarms, follow_programme, remind_at, set_alarms
from study.round_duties import do_duty, duty_list, must_have_duty, owed_duties
from study.round_errors import (
    ForObservers,
    RoundBegun,
    RoundInPast,
    RoundTimeUnreadable,
    RoundWordsMissing,
)
from study.round_meeting import RoundMeeting
from study.round_rules import read_clock
from study.round_summary import close, refresh_announcement, refresh_summary, summary_of
from study.round_views import (
    DutyList,
    OwnRound,
    RoundAsked,
    RoundChanged,
    RoundDetail,
    RoundHead,
    RoundKept,
    RoundLine,
    RoundList,
    RoundOwn,
)
from study.views import View

TOPIC = "round"
LONGEST = 1000
"""Characters of a reminder, of closing words, of a comment."""
_PAGE = 8
_BACK = timedelta(days=60)

What = Literal["move", "reminder", "words", "comment"]


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
            return self._detail(tx, self._run(tx, user_id, round_id), now).model_copy(update={"asks": asks})

        await self._show(ref, look, now)

    async def summary(self, user_id: int, round_id: int, *, now: datetime) -> None:
        """The summary as it stands, for those who run the unit.

        Raises:
            Expired, NotAllowed.
        """

        def work(tx: Tx) -> None:
            row = self._run(tx, user_id, round_id)
            tx.outbox.say(user_id, summary_of(tx, row, now=now), now=now)

        await self._database.write(work)

    async def ask(self, user_id: int, what: What, target: int, *, now: datetime) -> None:
        """Let the next thing that somebody says be the new time or the reminder of a round (``target``: its id), the closing
        words of a group (its id), or a comment on a round.

        Raises:
            Expired, NotAllowed, ObserverOnly, ForObservers, RoundBegun.
        """

        def work(tx: Tx) -> None:
            row, says = self._target(tx, user_id, what, target)
            tx.conversations.put(user_id, user_id, TOPIC, json.dumps({"what": what, "target": target}), now=now)
            tx.outbox.say(user_id, RoundAsked(head=head_of(row), what=what, now_says=says), now=now)

        await self._database.write(work)

    async def say(self, user_id: int, body: str, words: str, *, me: str, now: datetime) -> None:
        """What was asked for has been said.

        Raises:
            Expired, NotAllowed, ObserverOnly, ForObservers, RoundBegun, RoundInPast, RoundTimeUnreadable, RoundWordsMissing,
            TooLong, DayUnreadable.
        """
        asked_for = json.loads(body)
        what: What = asked_for["what"]
        target: int = asked_for["target"]
        if not words:
            raise RoundWordsMissing()
        if len(words) > LONGEST:
            raise TooLong(limit=LONGEST, length=len(words))
        starts_at = self._moment(words, now) if what == "move" else now

        def work(tx: Tx) -> None:
            row, _ = self._target(tx, user_id, what, target)
            tx.conversations.end(user_id, user_id)
            if what == "move":
                self._move(tx, row, starts_at, user_id, now)
                return
            if what == "reminder":
                tx.rounds.set_reminder(row.id, words)
            elif what == "words":
                group, _ = group_of(tx, target)
                person = tx.people.by_user(user_id)
                name = person.name if person is not None else group.host
                tx.rounds.keep_group(group.model_copy(update={"words": words, "words_by": name}))
                refresh_summary(tx, row, now=now, settings=self._settings)
            else:
                person = access_of(tx, user_id, self._settings.admins).member()
                tx.rounds.comment(row.id, person.id, words, now=now)
                refresh_summary(tx, row, now=now, settings=self._settings)
            tx.outbox.say(user_id, RoundKept(head=head_of(row), what=what, text=words), now=now)

        await self._database.write(work)

    async def plain_reminder(self, user_id: int, round_id: int, *, now: datetime) -> None:
        """Let the reminder of a round say the plan's own words again.

        Raises:
            Expired, NotAllowed, RoundBegun.
        """

        def work(tx: Tx) -> None:
            row, _ = self._target(tx, user_id, "reminder", round_id)
            tx.rounds.set_reminder(row.id, "")
            under_way = tx.conversations.get(user_id, user_id)
            if under_way is not None and under_way.topic == TOPIC:
                tx.conversations.end(user_id, user_id)
            tx.outbox.say(user_id, RoundKept(head=head_of(row), what="reminder"), now=now)

        await self._database.write(work)

    async def run(
        self, user_id: int, round_id: int, what: Literal["open", "end", "close", "cancel"], *, me: str, now: datetime
    ) -> None:
        """An organiser opens a round ahead of its hour, ends its meetings, ends its evaluation, or calls it off.

        Raises:
            Expired, NotAllowed, RoundBegun: it is further than that.
        """

        def work(tx: Tx) -> None:
            row = self._run(tx, user_id, round_id)
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
                    self._tell(tx, round_of(tx, row.id), "cancelled", None, now)
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
            plan = plan_in(one.body)
            if plan.reading:
                yield Owed(one.person_id, "reading", plan.title, one.starts_at, f"round_{one.round_id}")
        yield from owed_duties(tx, now, self._settings)

    def _target(self, tx: Tx, user_id: int, what: What, target: int) -> tuple[RoundRow, str]:
        """The round that somebody wants to say something about, and what was said so far; whoever may not is refused."""
        access = access_of(tx, user_id, self._settings.admins)
        if what == "comment":
            row = round_of(tx, target)
            if access.member() not in observers_of(tx, row.unit_id):
                raise ForObservers()
            return row, ""
        must_not_observe(access)
        if what == "words":
            group, row = group_of(tx, target)
            if group.host_id != user_id:
                access.must_run(tx, row.unit_id)
            return row, group.words
        row = self._run(tx, user_id, target)
        if row.state not in (RoundState.PLANNED, RoundState.ANNOUNCED):
            raise RoundBegun()
        return row, row.reminder if what == "reminder" else ""

    def _run(self, tx: Tx, user_id: int, round_id: int) -> RoundRow:
        access = access_of(tx, user_id, self._settings.admins)
        must_not_observe(access)
        row = round_of(tx, round_id)
        access.must_run(tx, row.unit_id)
        return row

    def _moment(self, words: str, now: datetime) -> datetime:
        day, rest = read_day(words, day_of(now, self._settings.zone))
        at = read_clock(rest)
        if at is None:
            raise RoundTimeUnreadable()
        starts_at = moment(day, time(*at), self._settings.zone)
        if starts_at <= now:
            raise RoundInPast()
        return starts_at

    def _move(self, tx: Tx, row: RoundRow, starts_at: datetime, user_id: int, now: datetime) -> None:
        call_off_alarms(tx, row)
        tx.rounds.move(row.id, starts_at, by=user_id)
        moved = round_of(tx, row.id)
        set_alarms(tx, moved, now, self._settings)
        if row.state is RoundState.ANNOUNCED:
            self._tell(tx, moved, "moved", row.starts_at, now)
        tx.outbox.say(user_id, RoundChanged(head=head_of(moved), what="moved", before=row.starts_at), now=now)

    def _tell(
        self, tx: Tx, row: RoundRow, what: Literal["moved", "cancelled"], before: datetime | None, now: datetime
    ) -> None:
        view = RoundChanged(head=head_of(row), what=what, before=before)
        reachable = tx.places.reachable()
        for chat_id in sorted({group.chat_id for group in tx.rounds.groups(row.id) if group.chat_id is not None}):
            tx.outbox.say(chat_id, view, now=now, rank=Rank.PUSH)
            if what == "cancelled":
                tx.outbox.delete(announced_ref(row.id, chat_id), now=now)
        people = [*(one.user_id for one in tx.rounds.members(row.id))]
        people += [one.user_id for one in observers_of(tx, row.unit_id)]
        for user_id in people:
            if user_id is not None and user_id in reachable:
                tx.outbox.say(user_id, view, now=now, rank=Rank.BROADCAST)

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

"""A group's meeting: who is there, who speaks, how long, who hosts; every speech and every attendance is a row.

The host's buttons carry the card's step, so that one pressed twice (or by two hosts at once) does nothing twice.
"""

from datetime import datetime, timedelta

from storage import Database, Rank, Tx
from storage.people import Role
from storage.rounds import GroupRow, GroupState, RoundRow, RoundState, Speaking
from storage.sessions import SessionState
from study.access import Access, access_of
from study.calendar import day_of
from study.due import Due
from study.overseers import called, overseers
from study.round_book import (
    SOURCE,
    RoundSettings,
    arrange,
    asked,
    card_of,
    card_ref,
    group_of,
    head_of,
    must_not_observe,
    plan_of,
    refresh_card,
    round_of,
)
from study.round_errors import NotInRound, RoundHosted, RoundMovedOn, RoundNotOpen
from study.round_steps import Step, attend, deal_with, go_on, last_place, undo
from study.round_summary import begin_evaluation
from study.round_views import WordsWanted

OVERTIME = timedelta(hours=3)
"""A meeting that nobody has ended by so long after its planned end is ended by itself."""


class RoundMeeting:
    """What the card's buttons do."""

    def __init__(self, database: Database, settings: RoundSettings) -> None:
        self._database, self._settings = database, settings

    async def here(self, user_id: int, group_id: int, *, me: str, now: datetime) -> bool:
        """Somebody says that they are there; says whether that is new. Whoever was taken for absent may speak after all.

        Raises:
            Expired, NotOnRoster, ObserverOnly, NotInRound, RoundNotOpen.
        """

        def work(tx: Tx) -> bool:
            group, row = group_of(tx, group_id)
            member = asked(tx, access_of(tx, user_id, self._settings.admins), row.id)
            if member.group_id != group.id:
                raise NotInRound()
            _must_be_open(group)
            if not tx.rounds.here(row.id, member.person_id, now=now):
                return False
            if member.status in (Speaking.ABSENT, Speaking.LEAVE):
                tx.rounds.set_status(member, Speaking.WAITING, place=last_place(tx, group) + 1)
            attend(tx, group, row, member, self._settings, cause="self", author_id=user_id, author=member.name, now=now)
            refresh_card(tx, group, row, me=me, now=now)
            return True

        return await self._database.write(work)

    async def host(self, user_id: int, name: str, group_id: int, *, me: str, now: datetime) -> None:
        """Somebody of the group takes the chair, if nobody has it; whoever runs the unit may take it over.

        Raises:
            Expired, NotOnRoster, ObserverOnly, NotInRound, RoundNotOpen, RoundHosted.
        """

        def work(tx: Tx) -> None:
            group, row = group_of(tx, group_id)
            access = access_of(tx, user_id, self._settings.admins)
            must_not_observe(access)
            runs = row.unit_id in access.units(tx)
            if not runs and asked(tx, access, row.id).group_id != group.id:
                raise NotInRound()
            _must_be_open(group)
            if group.host_id is not None and group.host_id != user_id and not runs:
                raise RoundHosted(name=group.host)
            changed = group.model_copy(update={"host_id": user_id, "host": called(tx, user_id, name)})
            tx.rounds.keep_group(changed)
            refresh_card(tx, changed, row, me=me, now=now)

        await self._database.write(work)

    async def step(self, user_id: int, group_id: int, step: int, what: Step, *, me: str, now: datetime) -> None:
        """The host goes on: the next speaker, or the present one is skipped, comes later, is absent; or ends the meeting.

        Raises:
            Expired, ObserverOnly, NotAllowed, RoundNotOpen.
            RoundMovedOn: the card shows something else by now.
        """

        def work(tx: Tx) -> None:
            group, row = group_of(tx, group_id)
            access = access_of(tx, user_id, self._settings.admins)
            _must_host(tx, access, group, row)
            _must_be_open(group)
            if group.step != step:
                raise RoundMovedOn()
            if what == "end":
                self._end(tx, group, row, by=user_id, me=me, now=now)
                return
            if what == "undo":
                changed = undo(tx, group, row, user_id, now, self._settings)
            else:
                changed = go_on(tx, group, row, what, user_id, now, self._settings)
            tx.rounds.keep_group(changed)
            refresh_card(tx, changed, row, me=me, now=now)

        await self._database.write(work)

    async def bell(self, due: Due, *, me: str) -> None:
        """A speaker's time is over: the card says so."""

        def work(tx: Tx) -> None:
            group_id, step = (int(part) for part in due.key.split(":"))
            group = tx.rounds.group(group_id)
            if due.late or group is None or group.state is not GroupState.OPEN or group.step != step:
                return
            changed = group.model_copy(update={"rung": step})
            tx.rounds.keep_group(changed)
            refresh_card(tx, changed, round_of(tx, group.round_id), me=me, now=due.now)

        await self._database.write(work)

    async def repost(self, chat_id: int, *, me: str, now: datetime) -> bool:
        """Show the cards of the meetings in a chat anew, below what was written since; says whether there are any."""

        def work(tx: Tx) -> bool:
            groups = tx.rounds.groups_in(chat_id)
            for group in groups:
                tx.outbox.delete(card_ref(group), now=now)
                changed = group.model_copy(update={"card": group.card + 1})
                tx.rounds.keep_group(changed)
                _show_card(tx, changed, round_of(tx, group.round_id), me=me, now=now)
            return bool(groups)

        return await self._database.write(work)

    def open(self, tx: Tx, row: RoundRow, *, me: str, now: datetime) -> None:
        """Let the groups of a round meet: the register begins, whoever is on leave is noted, the cards are shown."""
        settings = self._settings
        arrange(tx, row, first=row.state is RoundState.PLANNED)
        tx.rounds.set_state(row.id, RoundState.OPEN)
        row = round_of(tx, row.id)
        plan, members = plan_of(row), tx.rounds.members(row.id)
        if not members:
            # Everybody has left since: nobody would ever end it.
            tx.rounds.set_state(row.id, RoundState.CANCELLED)
            return
        on_leave = {leave.person_id for leave in tx.leaves.approved_on(day_of(now, settings.zone))}
        ends_at = row.starts_at + timedelta(minutes=plan.minutes)
        for group in tx.rounds.groups(row.id):
            if group.state is not GroupState.WAITING:
                continue
            mine = [one for one in members if one.group_id == group.id]
            session_id = tx.sessions.add(
                key=f"round:{row.id}:{group.number}",
                title=plan.title.within(SOURCE),
                series=plan.key,
                form="discussion",
                unit_id=row.unit_id,
                starts_at=row.starts_at,
                ends_at=ends_at,
                told_at=now,
                now=now,
            )
            changed = group.model_copy(
                update={
                    "state": GroupState.OPEN if mine else GroupState.DONE,
                    "session_id": session_id,
                    "opened_at": now,
                }
            )
            for member in mine:
                if member.person_id in on_leave and session_id is not None:
                    tx.rounds.set_status(member, Speaking.LEAVE)
                    tx.rounds.attend(
                        session_id, member, "leave", at=None, cause="leave", author_id=None, author="", now=now
                    )
            if changed.chat_id is None:
                changed = changed.model_copy(update={"chat_id": self._private_chat(tx, row)})
            tx.rounds.keep_group(changed)
            if mine:
                _show_card(tx, changed, row, me=me, now=now)
        tx.alarms.set("round.end", str(row.id), max(ends_at, now) + OVERTIME)

    def end_all(self, tx: Tx, row: RoundRow, *, by: int | None, me: str, now: datetime) -> None:
        """End the meetings of a round that are still going on."""
        for group in tx.rounds.groups(row.id):
            if group.state is GroupState.OPEN:
                self._end(tx, group, row, by=by, me=me, now=now)

    def _private_chat(self, tx: Tx, row: RoundRow) -> int | None:
        """Where the card of a unit without a group stands: with whoever looks after the unit."""
        reachable = tx.places.reachable()
        found = [user for user in overseers(tx, row.unit_id, self._settings.admins) if user in reachable]
        own = [user for user in found if _works_in(tx, user, row.unit_id)]
        return next(iter(own or found), None)

    def _end(self, tx: Tx, group: GroupRow, row: RoundRow, *, by: int | None, me: str, now: datetime) -> None:
        """End a group's meeting. Whose turn it is has spoken; whoever neither came nor is on leave was absent."""
        if group.speaker_id is not None:
            speaker = tx.rounds.member(row.id, group.speaker_id)
            if speaker is not None and by is not None:
                deal_with(tx, group, row, speaker, "next", by, now, self._settings)
        for member in (one for one in tx.rounds.members(row.id) if one.group_id == group.id):
            if member.here_at is None and member.status not in (Speaking.ABSENT, Speaking.LEAVE):
                tx.rounds.set_status(member, Speaking.ABSENT)
                if group.session_id is not None:
                    tx.rounds.attend(
                        group.session_id, member, "absent", at=None, cause="close", author_id=None, author="", now=now
                    )
        changed = group.model_copy(
            update={
                "state": GroupState.DONE,
                "speaker_id": None,
                "called_at": None,
                "step": group.step + 1,
                "ended_at": now,
            }
        )
        tx.rounds.keep_group(changed)
        if group.session_id is not None:
            tx.sessions.set_state(group.session_id, SessionState.HELD)
        refresh_card(tx, changed, row, me=me, now=now)
        host = group.host_id if group.host_id is not None else by
        if host is not None and host in tx.places.reachable():
            tx.outbox.say(host, WordsWanted(head=head_of(row), group=group.id), now=now)
        if all(one.state is GroupState.DONE for one in tx.rounds.groups(row.id)):
            begin_evaluation(tx, row, now=now, settings=self._settings)


def _must_be_open(group: GroupRow) -> None:
    if group.state is not GroupState.OPEN:
        raise RoundNotOpen()


def _must_host(tx: Tx, access: Access, group: GroupRow, row: RoundRow) -> None:
    """Let those pass who run the unit or have the chair."""
    must_not_observe(access)
    if group.host_id is None or group.host_id != access.user_id:
        access.must_run(tx, row.unit_id)


def _works_in(tx: Tx, user_id: int, unit_id: int) -> bool:
    person = tx.people.by_user(user_id)
    return person is not None and person.unit_id == unit_id and person.role is Role.ORGANISER


def _show_card(tx: Tx, group: GroupRow, row: RoundRow, *, me: str, now: datetime) -> None:
    if group.chat_id is not None:
        view = card_of(tx, group, row, me=me)
        tx.outbox.say(group.chat_id, view, now=now, rank=Rank.REPLY, ref=card_ref(group))

"""Recurring rounds: which there are, who is in which group, what became of each; what observers say and do."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class RoundState(StrEnum):
    """How far a round is."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    OPEN = "open"
    EVALUATING = "evaluating"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class GroupState(StrEnum):
    """How far a group's meeting is."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"


class Speaking(StrEnum):
    """How far somebody is with speaking."""

    WAITING = "waiting"
    SPOKE = "spoke"
    SKIPPED = "skipped"
    ABSENT = "absent"
    LEAVE = "leave"


class RoundRow(Row):
    """A round of a unit. ``nominal`` is its day by the rule; ``turn`` counts how often it was moved; ``body`` is the plan as
    JSON, as it was when people were told of it; ``due_at`` is the end of the evaluation."""

    id: int
    key: str
    plan: str
    unit_id: int
    unit: str
    nominal: date
    starts_at: Instant
    state: RoundState
    turn: int
    moved_by: int | None
    reminder: str
    reading: str
    body: str
    seed: str
    due_at: Instant | None


class GroupRow(Row):
    """One group in one round; ``rung`` is the step at which the speaker's time was over, ``card`` numbers its cards, ``undo`` is
    what it takes to undo the last step, as JSON."""

    id: int
    round_id: int
    number: int
    state: GroupState
    chat_id: int | None
    session_id: int | None
    host_id: int | None
    host: str
    speaker_id: int | None
    called_at: Instant | None
    rung: int
    step: int
    undo: str
    card: int
    opened_at: Instant | None
    ended_at: Instant | None
    words: str
    words_by: str


class MemberRow(Row):
    """Somebody who is asked to a round."""

    round_id: int
    person_id: int
    group_id: int
    unit_id: int
    place: int
    status: Speaking
    read_at: Instant | None
    here_at: Instant | None
    name: str
    user_id: int | None


class PlaceRow(Row):
    """Somebody's group and place, as they were the last time."""

    person_id: int
    number: int
    place: int


class CommentRow(Row):
    """What an observer has said."""

    id: int
    person_id: int
    name: str
    body: str
    made_at: Instant


class UnreadRow(Row):
    """Somebody who has not acknowledged what is to be read."""

    person_id: int
    round_id: int
    body: str
    reading: str
    starts_at: Instant


class DutyRow(Row):
    """A duty that was done; ``evidence`` names what shows it, if anything."""

    person_id: int
    duty: str
    period: str
    evidence: str
    done_at: Instant


class RoundRoom:
    """Every round of the programme."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        key: str,
        plan: str,
        unit_id: int,
        nominal: date,
        starts_at: datetime,
        body: str,
        seed: str,
        now: datetime,
    ) -> int | None:
        """Plan a round; returns its id, or ``None`` if there is one with the ``key``."""
        round_id: int | None = self._sql.round_add(
            self._connection,
            key=key,
            plan=plan,
            unit_id=unit_id,
            nominal=nominal,
            starts_at=starts_at,
            body=body,
            seed=seed,
            now=now,
        )
        return round_id

    def get(self, round_id: int) -> RoundRow | None:
        """A round by its id."""
        return RoundRow.maybe(self._sql.round_get(self._connection, id=round_id))

    def between(self, first: datetime, last: datetime) -> Sequence[RoundRow]:
        """The rounds that begin from ``first`` on and before ``last``, in whatever state, in order."""
        return RoundRow.all(self._sql.rounds_between(self._connection, first=first, last=last))

    def planned(self, now: datetime) -> Sequence[RoundRow]:
        """The rounds to come that nobody was told of."""
        return RoundRow.all(self._sql.rounds_planned(self._connection, now=now))

    def of(self, person_id: int, *, most: int = 6) -> Sequence[RoundRow]:
        """The rounds that somebody is asked to, the newest first."""
        return RoundRow.all(self._sql.rounds_of(self._connection, person_id=person_id, most=most))

    def alive(self) -> Sequence[RoundRow]:
        """The rounds that people know of and that are not over, in order."""
        return RoundRow.all(self._sql.rounds_alive(self._connection))

    def replan(self, round_id: int, *, starts_at: datetime, body: str) -> None:
        """Keep a round as the programme has it now."""
        self._sql.round_plan(self._connection, id=round_id, starts_at=starts_at, body=body)

    def drop(self, round_id: int) -> None:
        """Forget a round that nobody was told of."""
        self._sql.round_drop(self._connection, id=round_id)

    def move(self, round_id: int, starts_at: datetime, *, by: int) -> None:
        """Move a round to another time."""
        self._sql.round_move(self._connection, id=round_id, starts_at=starts_at, moved_by=by)

    def set_state(self, round_id: int, state: RoundState) -> None:
        """Note how far a round is."""
        self._sql.round_state(self._connection, id=round_id, state=state.value)

    def set_due(self, round_id: int, due_at: datetime) -> None:
        """Note until when a round is evaluated."""
        self._sql.round_due(self._connection, id=round_id, due_at=due_at)

    def set_reminder(self, round_id: int, text: str) -> None:
        """Say what the reminder of a round says; "" is the plan's own words."""
        self._sql.round_reminder(self._connection, id=round_id, reminder=text)

    def set_reading(self, round_id: int, text: str) -> None:
        """Say what is to be read before a round, a line each; "" is what the plan says."""
        self._sql.round_reading(self._connection, id=round_id, reading=text)

    def places(self, plan: str, unit_id: int) -> Sequence[PlaceRow]:
        """Who is in which group of a unit, in the order in which they spoke the last time."""
        return PlaceRow.all(self._sql.round_places(self._connection, plan=plan, unit_id=unit_id))

    def set_places(self, plan: str, unit_id: int, groups: Mapping[int, Sequence[int]]) -> None:
        """Keep who is in which group (by its number) in which order."""
        self._sql.round_places_clear(self._connection, plan=plan, unit_id=unit_id)
        for number, people in groups.items():
            for place, person_id in enumerate(people):
                self._sql.round_place_add(
                    self._connection, plan=plan, unit_id=unit_id, person_id=person_id, number=number, place=place
                )

    def put_group(self, round_id: int, number: int, chat_id: int | None) -> int:
        """The id of a group of a round, made if it is new; its card stands in this chat."""
        group_id: int = self._sql.round_group_put(self._connection, round_id=round_id, number=number, chat_id=chat_id)
        return group_id

    def group(self, group_id: int) -> GroupRow | None:
        """A group by its id."""
        return GroupRow.maybe(self._sql.round_group_get(self._connection, id=group_id))

    def groups(self, round_id: int) -> Sequence[GroupRow]:
        """The groups of a round."""
        return GroupRow.all(self._sql.round_groups_of(self._connection, round_id=round_id))

    def groups_in(self, chat_id: int) -> Sequence[GroupRow]:
        """The groups that meet at this moment and whose card stands in a chat."""
        return GroupRow.all(self._sql.round_groups_in(self._connection, chat_id=chat_id))

    def keep_group(self, group: GroupRow) -> None:
        """Keep a group as it is now."""
        self._sql.round_group_keep(self._connection, **{**group.model_dump(), "state": group.state.value})

    def move_chat(self, old: int, new: int) -> None:
        """A group of Telegram became a supergroup."""
        self._sql.round_groups_move_chat(self._connection, old=old, new=new)

    def put_member(self, round_id: int, person_id: int, *, group_id: int, unit_id: int, place: int) -> None:
        """Ask somebody to a round, or put them into another group or place of it."""
        self._sql.round_member_put(
            self._connection, round_id=round_id, person_id=person_id, group_id=group_id, unit_id=unit_id, place=place
        )

    def drop_member(self, round_id: int, person_id: int) -> None:
        """Somebody has left before the round."""
        self._sql.round_member_drop(self._connection, round_id=round_id, person_id=person_id)

    def members(self, round_id: int) -> Sequence[MemberRow]:
        """Everybody who is asked to a round, by group and place."""
        return MemberRow.all(self._sql.round_members(self._connection, round_id=round_id))

    def member(self, round_id: int, person_id: int) -> MemberRow | None:
        """One of them."""
        return MemberRow.maybe(self._sql.round_member_get(self._connection, round_id=round_id, person_id=person_id))

    def read(self, round_id: int, person_id: int, *, now: datetime) -> bool:
        """Note that somebody has read what was to be read; says whether that is new."""
        return bool(self._sql.round_read(self._connection, round_id=round_id, person_id=person_id, now=now))

    def here(self, round_id: int, person_id: int, *, now: datetime) -> bool:
        """Note that somebody is there; says whether that is new."""
        return bool(self._sql.round_here(self._connection, round_id=round_id, person_id=person_id, now=now))

    def not_here(self, round_id: int, person_id: int) -> None:
        """Note that somebody is not there after all."""
        self._sql.round_not_here(self._connection, round_id=round_id, person_id=person_id)

    def set_status(self, member: MemberRow, status: Speaking, *, place: int | None = None) -> None:
        """Note how far somebody is with speaking, and their place in the order if it is another one."""
        self._sql.round_member_status(
            self._connection,
            round_id=member.round_id,
            person_id=member.person_id,
            status=status.value,
            place=member.place if place is None else place,
        )

    def unread(self, now: datetime) -> Sequence[UnreadRow]:
        """Who has not acknowledged what is to be read before the rounds that were announced."""
        return UnreadRow.all(self._sql.round_unread(self._connection, now=now))

    def attend(
        self,
        session_id: int,
        member: MemberRow,
        status: str,
        *,
        at: datetime | None,
        cause: str,
        author_id: int | None,
        author: str,
        now: datetime,
    ) -> None:
        """Write a line of the register of a group's session, and how it came about."""
        line = {"session_id": session_id, "person_id": member.person_id, "status": status, "at": at}
        self._sql.round_attendance_put(self._connection, unit_id=member.unit_id, **line)
        self._sql.round_attendance_entry(
            self._connection, cause=cause, author_id=author_id, author=author, reason="", made_at=now, **line
        )

    def attendances(self, session_id: int) -> Mapping[int, str]:
        """The register of a group's session: the status of each person."""
        rows = self._sql.round_attendances(self._connection, session_id=session_id)
        return {row["person_id"]: row["status"] for row in rows}

    def comment(self, round_id: int, person_id: int, body: str, *, now: datetime) -> int:
        """Keep what an observer says; returns its id."""
        comment_id: int = self._sql.round_comment_add(
            self._connection, round_id=round_id, person_id=person_id, body=body, now=now
        )
        return comment_id

    def comments(self, round_id: int) -> Sequence[CommentRow]:
        """What observers have said about a round."""
        return CommentRow.all(self._sql.round_comments_of(self._connection, round_id=round_id))

    def duty_done(self, person_id: int, duty: str, period: str, evidence: str, *, now: datetime) -> bool:
        """Note that a duty was done in a period; says whether that is new."""
        return bool(
            self._sql.round_duty_done(
                self._connection, person_id=person_id, duty=duty, period=period, evidence=evidence, now=now
            )
        )

    def duties_done(self, duty: str, period: str) -> Sequence[DutyRow]:
        """Who has done a duty in a period."""
        return DutyRow.all(self._sql.round_duties_done(self._connection, duty=duty, period=period))

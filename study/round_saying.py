"""What is said about a round in private: another time, a reminder, the closing words of the chair, an observer's comment."""

import json
from datetime import datetime, time
from typing import Literal

from storage import Database, Rank, Tx
from storage.rounds import RoundRow, RoundState
from study.access import access_of
from study.calendar import day_of, moment
from study.day_words import read_day
from study.errors import TooLong
from study.overseers import called
from study.round_book import (
    RoundSettings,
    announced_ref,
    group_of,
    head_of,
    must_not_observe,
    observers_of,
    round_of,
)
from study.round_calendar import call_off_alarms, set_alarms
from study.round_errors import ForObservers, RoundBegun, RoundInPast, RoundTimeUnreadable, RoundWordsMissing
from study.round_rules import read_clock
from study.round_summary import refresh_announcement, refresh_summary
from study.round_views import RoundAsked, RoundChanged, RoundKept

TOPIC = "round"
LONGEST = 1000
"""Characters of a reminder, of closing words, of a comment."""

What = Literal["move", "reminder", "reading", "words", "comment"]


class RoundSaying:
    """Asks for what is to be said, and keeps it."""

    def __init__(self, database: Database, settings: RoundSettings) -> None:
        self._database, self._settings = database, settings

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

    async def say(self, user_id: int, name: str, body: str, words: str, *, me: str, now: datetime) -> None:
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
            elif what == "reading":
                tx.rounds.set_reading(row.id, words)
                refresh_announcement(tx, round_of(tx, row.id), me=me, now=now)
            elif what == "words":
                group, _ = group_of(tx, target)
                by = called(tx, user_id, name)
                tx.rounds.keep_group(group.model_copy(update={"words": words, "words_by": by}))
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
        row = run_by(tx, user_id, target, self._settings.admins)
        if row.state not in (RoundState.PLANNED, RoundState.ANNOUNCED):
            raise RoundBegun()
        return row, {"reminder": row.reminder, "reading": row.reading}.get(what, "")

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
            tell_change(tx, moved, "moved", row.starts_at, now)
        tx.outbox.say(user_id, RoundChanged(head=head_of(moved), what="moved", before=row.starts_at), now=now)


def run_by(tx: Tx, user_id: int, round_id: int, admins: frozenset[int]) -> RoundRow:
    """A round of a unit that somebody runs.

    Raises:
        Expired, NotAllowed, ObserverOnly.
    """
    access = access_of(tx, user_id, admins)
    must_not_observe(access)
    row = round_of(tx, round_id)
    access.must_run(tx, row.unit_id)
    return row


def tell_change(
    tx: Tx, row: RoundRow, what: Literal["moved", "cancelled"], before: datetime | None, now: datetime
) -> None:
    """Tell everybody who knows of a round that it is at another time, or not at all."""
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

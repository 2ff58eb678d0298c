"""What is done with contests: opened, joined, acted on, asked about; each use case one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from quizzes.announce import LISTENER, lobby_ref, question_ref
from quizzes.confirmations import confirmation, said_again, without_media
from quizzes.draws import ANY, Wanted
from quizzes.ears import Ear
from quizzes.engine import commands as c
from quizzes.engine.han import heard
from quizzes.engine.phases import Aborted, Contest, Finished
from quizzes.errors import ContestGoesOn, ContestGone, NoContest, NotHost, UnknownPreset
from quizzes.homes import known_as
from quizzes.live import Live
from quizzes.opening import Fixture, Opening, SeasonStart, calendar_year, open_lobby, rules_for
from quizzes.presets import Preset
from quizzes.running import Done, Running
from quizzes.timers import Clock
from quizzes.views import LobbyCard
from storage import Database, Rank, Tx
from storage.contests import ContestRow

log = structlog.get_logger()

T = TypeVar("T")

_FRESH = timedelta(seconds=5)
"""Words that took longer to reach us were written before the question under way, if we cannot tell by its message."""


class Contests:
    """All contests of the programme. ``settle``: see ``Rules.settle``; ``dice`` draws and shuffles questions.

    ``season_start``: since when a question counts as asked already in a group (the calendar year, if nobody says).
    ``picture``: the final standings come as a picture too.
    """

    def __init__(
        self,
        database: Database,
        presets: Mapping[str, Preset],
        clock: Clock,
        *,
        settle: timedelta,
        dice: random.Random | None = None,
        season_start: SeasonStart | None = None,
        picture: bool = False,
    ) -> None:
        self._database = database
        self.presets = presets
        self._settle = settle
        self._dice = dice if dice is not None else random.SystemRandom()
        self._season_start = season_start or calendar_year
        self.running = Running(database, presets, clock, picture=picture)

    async def open(
        self,
        *,
        chat_id: int,
        group: str,
        host_id: int,
        preset: str,
        bank: str,
        count: int | None,
        team_names: tuple[str, ...],
        now: datetime,
        wanted: Wanted = ANY,
        fixture: Fixture | None = None,
    ) -> int:
        """Open a lobby in a group and return the contest's id.

        Teams come from the units below the group's own; where there are none, the first two of ``team_names`` stand
        ready. ``count`` replaces the number of questions of a preset with one segment; ``wanted`` narrows down which
        questions of the bank are drawn; ``fixture``: a tournament's bout.

        Raises:
            UnknownPreset, UnknownBank, NoBanks, TooFewQuestions, TooFewFitting, BadCount: nothing is opened.
            ContestGoesOn: there is one in this group already.
        """
        chosen = self._preset(preset)
        rules = rules_for(chosen, settle=self._settle, count=count, fixture=fixture)
        opening = Opening(chat_id, group, host_id, chosen, rules, bank, wanted, team_names, fixture)

        def work(tx: Tx) -> int:
            row, events = open_lobby(tx, opening, dice=self._dice, season_start=self._season_start, now=now)
            tx.on_commit(lambda: self.running.tell(row, 0, events))
            return row.id

        return await self._database.write(work)

    async def do(
        self,
        contest_id: int,
        make: Callable[[Contest], c.Command],
        *,
        chat_id: int | None = None,
        host: tuple[int, bool] | None = None,
    ) -> Done:
        """Carry a command out; ``make`` gets the contest as it is and returns the command.

        See :meth:`do_within`.
        """
        return await self.do_within(contest_id, lambda _tx, contest: make(contest), chat_id=chat_id, host=host)

    async def do_within(
        self,
        contest_id: int,
        make: Callable[[Tx, Contest], c.Command],
        *,
        chat_id: int | None = None,
        host: tuple[int, bool] | None = None,
    ) -> Done:
        """Carry a command out that is made with a look into the database, in one transaction.

        ``chat_id``: where the button was pressed, which has
        to be the contest's group. ``host``: who asks, and whether they are an organiser of the group; given for what
        only the host may do.

        Raises:
            ContestGone: there is no such contest in this chat.
            NotHost: the person may not do that.
            quizzes.engine.errors.ContestError: the command does not fit the phase, the rules or the person.
        """

        def work(tx: Tx) -> Done:
            live = self._allowed(tx, contest_id, chat_id=chat_id, host=host)
            return self.running.carry_out(tx, live, make(tx, live.contest))

        return await self._database.write(work)

    async def join(self, contest_id: int, chat_id: int, user_id: int, name: str, *, team: int | None) -> Done:
        """Sit down in a team (individuals: ``team`` None), under the name on the roster if there is one.

        Raises:
            ContestGone, ContestError: see :meth:`do`.
        """

        def work(tx: Tx) -> Done:
            live = self._allowed(tx, contest_id, chat_id=chat_id)
            player, home = known_as(tx, chat_id, user_id, name)
            done = self.running.carry_out(tx, live, c.Join(user_id, player, team, home=home))
            return replace(done, home=home)

        return await self._database.write(work)

    async def add_team(
        self, contest_id: int, chat_id: int, user_id: int, name: str, *, team_names: tuple[str, ...]
    ) -> Done:
        """Make a further team, called by the first of ``team_names`` that is free, and sit down in it.

        Raises:
            ContestGone, ContestError: see :meth:`do`.
        """

        def work(tx: Tx) -> Done:
            live = self._allowed(tx, contest_id, chat_id=chat_id)
            seats = live.contest.seats
            free = [known for known in team_names if seats.named(known) is None]
            team_name = free[0] if free else f"{team_names[-1]} {len(seats.teams) + 1}"
            player, home = known_as(tx, chat_id, user_id, name)
            return self.running.carry_out(tx, live, c.Join(user_id, player, None, team_name, home))

        return await self._database.write(work)

    def find(self, tx: Tx, contest_id: int) -> Live:
        """A contest as it is now, for whoever looks at it within a transaction of the writer.

        Raises:
            ContestGone: there is no such contest, or it is over.
        """
        live = self.running.find(tx, contest_id)
        if live is None or isinstance(live.contest.phase, Finished | Aborted):
            raise ContestGone()
        return live

    def ear(self, chat_id: int, user_id: int) -> Ear | None:
        """The contest for which what this person writes in this chat is an answer; asked at every message, so no I/O."""
        return self.running.ears.find(chat_id, user_id)

    async def write(self, contest_id: int, command: c.Type, *, message_id: int | None, sent_at: datetime) -> Done:
        """Take what somebody wrote as an answer.

        ``message_id`` is that of a message in the contest's group (None: written in private), ``sent_at`` its time on
        Telegram's clock: what was said before the question's own message is no answer to it, even if it reaches us late.

        Raises:
            ContestGone: there is no such contest any more.
        """

        def work(tx: Tx) -> Done:
            live = self._allowed(tx, contest_id)
            if message_id is not None:
                card = tx.outbox.message(question_ref(live.id, live.card))
                stale = command.received_at - sent_at > _FRESH if card is None else message_id <= card.message_id
                if stale:
                    return Done(live.id, (), live.contest)
            return self.running.carry_out(tx, live, command)

        return await self._database.write(work)

    async def in_chat(self, chat_id: int) -> ContestRow:
        """The contest that goes on in a group.

        Raises:
            NoContest: none does.
        """
        row = await self._database.read(lambda tx: tx.contests.live_in(chat_id))
        if row is None:
            raise NoContest()
        return row

    async def in_chat_or_last(self, chat_id: int) -> ContestRow:
        """The contest that goes on in a group, or the last one that was finished there.

        Raises:
            NoContest: there was none.
        """

        def work(tx: Tx) -> ContestRow | None:
            live = tx.contests.live_in(chat_id)
            ended = [row for row in tx.contests.all() if row.chat_id == chat_id and row.ended_at is not None]
            return live or (ended[-1] if ended else None)

        row = await self._database.read(work)
        if row is None:
            raise NoContest()
        return row

    async def look(self, work: Callable[[Tx], T]) -> T:
        """Look something up beside a contest."""
        return await self._database.read(work)

    async def state(self, contest_id: int, *, host: tuple[int, bool]) -> Contest:
        """A contest as it is, for whoever runs it (see ``host`` of :meth:`do_within`).

        Raises:
            ContestGone, NotHost.
        """

        return await self._database.write(lambda tx: self._allowed(tx, contest_id, host=host).contest)

    def needs_no_bank(self, name: str) -> bool:
        """Whether a preset asks no questions."""
        try:
            return not self._preset(name).rules.planned
        except UnknownPreset:
            return False

    async def row(self, contest_id: int) -> ContestRow:
        """A contest's own row.

        Raises:
            ContestGone: there is no such contest.
        """
        row = await self._database.read(lambda tx: tx.contests.get(contest_id))
        if row is None:
            raise ContestGone()
        return row

    async def delivered(self, kind: str, body: str, *, sent_at: datetime | None) -> None:
        """The message with a question, or with who was first, was confirmed (``sent_at`` None: lost or refused)."""
        learnt = confirmation(kind, body, sent_at)
        if learnt is not None:
            contest_id, command = learnt
            await self.do(contest_id, lambda _: command)

    async def lobby_again(self, chat_id: int, *, now: datetime) -> bool:
        """Let the card of the lobby that is open in a group come once more, below all that was said since.

        Says whether one is open.

        Raises:
            ContestGoesOn: it is being played already.
        """

        def work(tx: Tx) -> bool:
            row = tx.contests.live_in(chat_id)
            live = None if row is None else self.running.find(tx, row.id)
            if live is None:
                return False
            if not live.contest.gathers:
                raise ContestGoesOn()
            tx.outbox.delete(lobby_ref(live.id), now=now, rank=Rank.CONTEST)
            self.running.post_lobby(tx, live, now)
            return True

        return await self._database.write(work)

    async def say_again(self, kind: str, body: str, *, ref: str | None, chat_id: int, now: datetime) -> None:
        """Nobody knows whether a lobby, a ballot or the standings arrived (a crash, no answer): they are sent once more."""
        if kind == LobbyCard.kind:
            await self._database.write(lambda tx: self._lobby_was_lost(tx, body, now))
            return
        view = said_again(kind, body)
        if view is not None:
            await self._database.write(lambda tx: tx.outbox.say(chat_id, view, now=now, rank=Rank.CONTEST, ref=ref))

    async def without_media(self, body: str, *, ref: str, chat_id: int, now: datetime) -> bool:
        """Telegram would not take a question's picture or sound: the question goes out again without it.

        Says whether there was one.
        """
        bare = without_media(body)
        if bare is None:
            return False

        def work(tx: Tx) -> None:
            tx.outbox.say(chat_id, bare, now=now, rank=Rank.CONTEST, ref=ref, listener=LISTENER)

        await self._database.write(work)
        return True

    async def recover(self) -> None:
        """After a start: open questions are void and asked again, and the groups are told once."""
        await self._tell_all(c.Recover(), "a contest cannot go on")

    async def lose_connection(self, since: datetime, until: datetime) -> None:
        """Telegram could not be reached for a while: questions whose windows lay in that time are asked again."""
        await self._tell_all(c.LoseConnection(since, until), "a contest could not be told of an outage")

    async def _tell_all(self, command: c.Command, failing: str) -> None:
        for row in await self._database.read(lambda tx: tx.contests.live()):
            try:
                await self.do(row.id, lambda _: command)
            except Exception:
                # One contest does not hold up the programme, nor the others.
                log.exception(failing, contest=row.id)

    async def interrupt(self, contest_id: int, *, at: datetime) -> None:
        """The buttons of the question under way are dead since ``at``: it is void and asked again."""
        await self.do(contest_id, lambda _: c.LoseConnection(at, at))

    def _lobby_was_lost(self, tx: Tx, body: str, now: datetime) -> None:
        live = self.running.find(tx, LobbyCard.model_validate_json(body).contest_id)
        # Meanwhile somebody may have found the card and begun.
        if live is not None and live.contest.gathers and tx.outbox.message(lobby_ref(live.id)) is None:
            self.running.post_lobby(tx, live, now)

    def _preset(self, name: str) -> Preset:
        wanted = heard(name)
        for preset in self.presets.values():
            if wanted in (heard(preset.name), *map(heard, preset.title.values())):
                return preset
        raise UnknownPreset(name=name, known="、".join(self.presets))

    def _allowed(
        self, tx: Tx, contest_id: int, *, chat_id: int | None = None, host: tuple[int, bool] | None = None
    ) -> Live:
        live = self.running.find(tx, contest_id)
        if live is None or (chat_id is not None and live.row.chat_id != chat_id):
            raise ContestGone()
        if host is not None and not (host[1] or host[0] == live.row.host_id):
            raise NotHost()
        return live

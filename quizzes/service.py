"""Contests as they are played: load, decide, append; what is to be said leaves in the same transaction.

A contest lives in memory as :class:`quizzes.live.Live`, always as it was committed: a transaction that comes to nothing
drops it, and the next one replays it from its events. Only the writer's thread reads and changes that memory.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog
from pydantic import BaseModel

from quizzes import banks
from quizzes.announce import LISTENER, Announcer, Titles, closes_lobby, lobby_ref, question_ref, touches_lobby
from quizzes.bench_announce import BALLOTS
from quizzes.bench_scenes import greeting
from quizzes.bench_views import SpeakerCard
from quizzes.draw_words import written
from quizzes.draws import ANY, SPOKEN, Wanted
from quizzes.ears import Ear, Ears, Queue, behind_all
from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.decide import decide
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby, Paused
from quizzes.engine.questions import Question
from quizzes.engine.rules import EveryoneSegment, RiskSegment, Rules, Seating
from quizzes.engine.wake import wake_at
from quizzes.errors import (
    BadCount,
    ContestGoesOn,
    ContestGone,
    JudgeHasNoAccount,
    JudgeUnknown,
    NoContest,
    NotHost,
    TooFewFitting,
    UnknownPreset,
)
from quizzes.lineup_views import DrillCard
from quizzes.live import Live, append, load
from quizzes.panels import Found, find, recused
from quizzes.practice.mistakes import harvest
from quizzes.preset_draws import SegmentDraw
from quizzes.presets import Preset
from quizzes.scenes import lobby
from quizzes.statistics import tally
from quizzes.turn_views import StakeCard
from quizzes.views import AnsweringCard, QuestionCard
from storage import Database, Rank, Tx
from storage.contests import ContestRow, ContestState

log = structlog.get_logger()

T = TypeVar("T")

MOST_QUESTIONS = 200
_RESERVE = 5
_SEED_BITS = 62
"""A seed fits into every JSON reader's integers."""
_FRESH = timedelta(seconds=5)
"""Words that took longer to reach us were written before the question under way, if we cannot tell by its message."""
_LOBBY_PACE = timedelta(seconds=4)
"""The lobby's card is edited no more often, or a rush of players would use up what the group may be sent a minute."""
_LISTEN_AGAIN = timedelta(milliseconds=500)


class Cancellable(Protocol):
    """A timer that can be called off."""

    def cancel(self) -> None:
        """Call it off."""


class Clock(Protocol):
    """The time and its timers."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when``, never earlier."""


Follower = Callable[[Tx, int, Contest, datetime], None]
Watcher = Callable[[ContestRow, int, tuple[e.Event, ...]], None]
"""Told after each commit what happened: the contest, the number of the first event, the events."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """What a tournament fixes of a contest: who plays, which places may not be shared, what was asked already.

    ``opened`` is called with the contest's id in the transaction that opens it.
    """

    teams: tuple[str, ...]
    tie_places: tuple[int, ...]
    avoid: Callable[[Tx], frozenset[str]]
    opened: Callable[[Tx, int], None]

    def seated(self, rules: Rules) -> Rules:
        """The rules with these teams and no others."""
        least = min(rules.teams_least, len(self.teams))
        most = max(rules.teams_most, len(self.teams))
        return replace(rules, seating=Seating.FIXED, teams_least=least, teams_most=most, tie_places=self.tie_places)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command made happen, and the contest after it; ``home``: the unit of whoever joined, below the group's."""

    id: int
    events: tuple[e.Event, ...]
    contest: Contest
    home: str | None = None


class _Numbered(BaseModel):
    contest_id: int
    nonce: int


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
        season_start: Callable[[Tx, int, datetime], datetime] | None = None,
        picture: bool = False,
    ) -> None:
        self._database = database
        self.presets = presets
        self._clock = clock
        self._settle = settle
        self._picture = picture
        self._dice = dice if dice is not None else random.SystemRandom()
        self._season_start = season_start or _calendar_year
        self._live: dict[int, Live] = {}
        self._timers: dict[int, Cancellable] = {}
        self._ears = Ears()
        self._lobby_shown: dict[int, datetime] = {}
        self._lobby_timers: dict[int, Cancellable] = {}
        self._queue: Queue | None = None
        self.watchers: list[Watcher] = []
        self._is_cut_off: Callable[[], bool] = lambda: False
        self.bot = ""
        """Our own user name, for links into the private chat."""
        self.followers: list[Follower] = []
        """Told of every transaction that ended a contest or changed its standings afterwards, inside of it."""

    def attach(self, queue: Queue, is_cut_off: Callable[[], bool]) -> None:
        """Say where wake-ups have to stand in line, and how to know that nothing can be received at present."""
        self._queue = queue
        self._is_cut_off = is_cut_off

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
        rules = _with_count(replace(chosen.rules, settle=max(chosen.rules.settle, self._settle)), count)
        if fixture is not None:
            rules = fixture.seated(rules)

        def work(tx: Tx) -> int:
            if tx.contests.live_in(chat_id) is not None:
                raise ContestGoesOn()
            bank_name = ""
            questions: tuple[Question, ...] = ()
            if rules.planned:
                found = banks.find(tx, bank)
                places = _places(chosen, rules, wanted, found.name)
                since = self._season_start(tx, chat_id, now)
                avoid = frozenset[str]() if fixture is None else fixture.avoid(tx)
                drawn = banks.draw(tx, found, places, _RESERVE, self._dice, since=since, avoid=avoid)
                questions = banks.with_media(tx, found, drawn)
                bank_name = found.name
            contest_id = tx.contests.add(chat_id, preset=chosen.name, bank=bank_name, host_id=host_id, now=now)
            teams = () if rules.seating is Seating.INDIVIDUALS else _teams_of(tx, chat_id) or team_names[:2]
            if fixture is not None:
                teams = fixture.teams
                fixture.opened(tx, contest_id)
            seed = self._dice.getrandbits(_SEED_BITS)
            opening = c.Open(str(contest_id), chosen.name, rules, bank_name, questions, host_id, teams, seed)
            events = decide(None, opening, now=now)
            contest = evolve(None, events[0])
            for event in events[1:]:
                contest = evolve(contest, event)
            for judge in _named(tx, rules):
                naming = decide(contest, cb.NameJudge(judge.id, judge.name, host_id), now=now)
                for event in naming:
                    contest = evolve(contest, event)
                events += naming
            for event in decide(contest, cb.Recuse(recused(tx, contest, chat_id)), now=now):
                contest = evolve(contest, event)
                events += (event,)
            append(tx, contest_id, 0, events)
            for event in events:
                if isinstance(event, eb.JudgeNamed):
                    hello = greeting(contest_id, contest, event, group, dict(chosen.title))
                    tx.outbox.say(event.judge, hello, now=now, rank=Rank.CONTEST, listener=BALLOTS)
            view = lobby(contest_id, contest, dict(chosen.title))
            tx.outbox.say(chat_id, view, now=now, rank=Rank.CONTEST, ref=lobby_ref(contest_id))
            row = tx.contests.get(contest_id)
            assert row is not None
            tx.on_commit(lambda: self._tell(row, 0, events))
            return contest_id

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
            live = self._find(tx, contest_id)
            if live is None or (chat_id is not None and live.row.chat_id != chat_id):
                raise ContestGone()
            if host is not None and not (host[1] or host[0] == live.row.host_id):
                raise NotHost()
            return self._decide(tx, live, make(tx, live.contest))

        return await self._database.write(work)

    async def join(self, contest_id: int, chat_id: int, user_id: int, name: str, *, team: int | None) -> Done:
        """Sit down in a team (individuals: ``team`` None), under the name on the roster if there is one.

        Raises:
            ContestGone, ContestError: see :meth:`do`.
        """

        def work(tx: Tx) -> Done:
            live = self._find(tx, contest_id)
            if live is None or live.row.chat_id != chat_id:
                raise ContestGone()
            person = tx.people.by_user(user_id)
            home = None if person is None else home_of(tx, chat_id, person.unit_id)
            player = person.name if person is not None else name
            done = self._decide(tx, live, c.Join(user_id, player, team, home=home))
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
            live = self._find(tx, contest_id)
            if live is None or live.row.chat_id != chat_id:
                raise ContestGone()
            seats = live.contest.seats
            free = [known for known in team_names if seats.named(known) is None]
            person = tx.people.by_user(user_id)
            player = person.name if person is not None else name
            team_name = free[0] if free else f"{team_names[-1]} {len(seats.teams) + 1}"
            home = None if person is None else home_of(tx, chat_id, person.unit_id)
            return self._decide(tx, live, c.Join(user_id, player, None, team_name, home))

        return await self._database.write(work)

    def find(self, tx: Tx, contest_id: int) -> Live:
        """A contest as it is now, for whoever looks at it within a transaction of the writer.

        Raises:
            ContestGone: there is no such contest, or it is over.
        """
        live = self._find(tx, contest_id)
        if live is None or isinstance(live.contest.phase, Finished | Aborted):
            raise ContestGone()
        return live

    def ear(self, chat_id: int, user_id: int) -> Ear | None:
        """The contest for which what this person writes in this chat is an answer; asked at every message, so no I/O."""
        return self._ears.find(chat_id, user_id)

    async def write(self, contest_id: int, command: c.Type, *, message_id: int | None, sent_at: datetime) -> Done:
        """Take what somebody wrote as an answer.

        ``message_id`` is that of a message in the contest's group (None: written in private), ``sent_at`` its time on
        Telegram's clock: what was said before the question's own message is no answer to it, even if it reaches us late.

        Raises:
            ContestGone: there is no such contest any more.
        """

        def work(tx: Tx) -> Done:
            live = self._find(tx, contest_id)
            if live is None:
                raise ContestGone()
            if message_id is not None:
                card = tx.outbox.message(question_ref(live.id, live.card))
                stale = command.received_at - sent_at > _FRESH if card is None else message_id <= card.message_id
                if stale:
                    return Done(live.id, (), live.contest)
            return self._decide(tx, live, command)

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

        def work(tx: Tx) -> Contest:
            live = self._find(tx, contest_id)
            if live is None:
                raise ContestGone()
            if not (host[1] or host[0] == live.row.host_id):
                raise NotHost()
            return live.contest

        return await self._database.write(work)

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
        which = _Numbered.model_validate_json(body) if kind in _CONFIRMED else None
        if which is None:
            return
        command: c.Command
        if kind == DrillCard.kind:
            command = c.ConfirmDrill(which.nonce, sent_at) if sent_at is not None else c.LoseDrill(which.nonce)
        elif kind != AnsweringCard.kind:
            command = c.ConfirmShown(which.nonce, sent_at) if sent_at is not None else c.LoseShown(which.nonce)
        else:
            command = c.ConfirmAnswering(which.nonce, sent_at) if sent_at is not None else c.LoseAnswering(which.nonce)
        await self.do(which.contest_id, lambda _: command)

    async def without_media(self, body: str, *, ref: str, chat_id: int, now: datetime) -> bool:
        """Telegram would not take a question's picture or sound: the question goes out again without it.

        Says whether there was one.
        """
        view = QuestionCard.model_validate_json(body)
        if not view.question.media:
            return False
        bare = view.model_copy(update={"question": view.question.model_copy(update={"media": "", "apart": False})})

        def work(tx: Tx) -> None:
            tx.outbox.say(chat_id, bare, now=now, rank=Rank.CONTEST, ref=ref, listener=LISTENER)

        await self._database.write(work)
        return True

    async def recover(self) -> None:
        """After a start: open questions are void and asked again, and the groups are told once."""
        for row in await self._database.read(lambda tx: tx.contests.live()):
            try:
                await self.do(row.id, lambda _: c.Recover())
            except Exception:
                # The programme has to start without it.
                log.exception("a contest cannot go on", contest=row.id)

    async def lose_connection(self, since: datetime, until: datetime) -> None:
        """Telegram could not be reached for a while: questions whose windows lay in that time are asked again."""
        for row in await self._database.read(lambda tx: tx.contests.live()):
            try:
                await self.do(row.id, lambda _: c.LoseConnection(since, until))
            except Exception:
                log.exception("a contest could not be told of an outage", contest=row.id)

    async def interrupt(self, contest_id: int, *, at: datetime) -> None:
        """The buttons of the question under way are dead since ``at``: it is void and asked again."""
        await self.do(contest_id, lambda _: c.LoseConnection(at, at))

    @property
    def is_timing(self) -> bool:
        """Whether a window of some contest is being timed."""
        return bool(self._timers)

    def stop(self) -> None:
        """Let no timer ring any more."""
        for timers in (self._timers, self._lobby_timers):
            for timer in timers.values():
                timer.cancel()
            timers.clear()

    def _preset(self, name: str) -> Preset:
        wanted = name.strip().lower()
        for preset in self.presets.values():
            if wanted in (preset.name.lower(), *(title.lower() for title in preset.title.values())):
                return preset
        raise UnknownPreset(name=name, known="、".join(self.presets))

    def _find(self, tx: Tx, contest_id: int) -> Live | None:
        live = self._live.get(contest_id)
        row = tx.contests.get(contest_id)
        if row is None:
            return None
        if live is None:
            return load(tx, row)
        return live if live.row == row else replace(live, row=row)

    def _decide(self, tx: Tx, live: Live, command: c.Command) -> Done:
        now = self._clock.now()
        events = decide(live.contest, command, now=now)
        after = live.after(events)
        if any(isinstance(event, _MAY_RECUSE) for event in events):
            unable = recused(tx, after.contest, live.row.chat_id)
            events += decide(after.contest, cb.Recuse(unable), now=now)
            after = live.after(events)
        if events:
            append(tx, live.id, live.count, events)
            self._note_state(tx, live, after, now)
            if isinstance(after.contest.phase, Finished | Aborted):
                tally(tx, live.id, after.contest, now)
            Announcer(tx, live, self._titles(tx, live), now, picture=self._picture).announce(
                events, lobby=self._lobby_now(tx, live, events, now)
            )
            if any(isinstance(event, _ENDINGS) for event in events):
                for follow in self.followers:
                    follow(tx, after.id, after.contest, now)
        self._live[live.id] = after
        tx.on_abort(lambda: self._forget(live.id))
        tx.on_commit(lambda: self._arm(after))
        if events:
            tx.on_commit(lambda: self._tell(live.row, live.count, events))
        return Done(live.id, events, after.contest)

    def _lobby_now(self, tx: Tx, live: Live, events: tuple[e.Event, ...], now: datetime) -> bool:
        """Whether the lobby's card is edited at once; if not, it will be when its time has come."""
        if not touches_lobby(events):
            return False
        shown = self._lobby_shown.get(live.id)
        if closes_lobby(events) or shown is None or now - shown >= _LOBBY_PACE:
            self._lobby_shown[live.id] = now
            return True
        tx.on_commit(lambda: self._plan_lobby(live, shown + _LOBBY_PACE))
        return False

    def _plan_lobby(self, live: Live, at: datetime) -> None:
        if live.id in self._lobby_timers or self._queue is None:
            return
        queue = self._queue

        async def show() -> None:
            await self._show_lobby(live.id)

        def ring() -> None:
            self._lobby_timers.pop(live.id, None)
            queue(live.row.chat_id, show)

        self._lobby_timers[live.id] = self._clock.call_at(at, ring)

    async def _show_lobby(self, contest_id: int) -> None:
        now = self._clock.now()

        def work(tx: Tx) -> None:
            live = self._find(tx, contest_id)
            if live is not None and isinstance(live.contest.phase, Lobby):
                Announcer(tx, live, self._titles(tx, live), now).show_lobby(live)
                self._lobby_shown[contest_id] = now

        await self._database.write(work)

    def _titles(self, tx: Tx, live: Live) -> Titles:
        preset = self.presets.get(live.row.preset)
        group = tx.places.group(live.row.chat_id)
        title = dict(preset.title) if preset is not None else {"zh-CN": live.row.preset, "en": live.row.preset}
        return Titles(group.title if group is not None else "", title, self.bot)

    def _note_state(self, tx: Tx, before: Live, after: Live, now: datetime) -> None:
        was, state = _state(before.contest), _state(after.contest)
        if was is not state:
            ended = now if state in (ContestState.FINISHED, ContestState.ABORTED) else None
            tx.contests.set_state(before.id, state, ended_at=ended)
            if state is ContestState.FINISHED:
                harvest(tx, before.id, after.contest, at=now)

    def _tell(self, row: ContestRow, first: int, events: tuple[e.Event, ...]) -> None:
        for watch in self.watchers:
            watch(row, first, events)

    def _forget(self, contest_id: int) -> None:
        self._live.pop(contest_id, None)

    def _arm(self, live: Live) -> None:
        timer = self._timers.pop(live.id, None)
        if timer is not None:
            timer.cancel()
        self._ears.note(live.id, live.row.chat_id, live.contest)
        when = wake_at(live.contest)
        if when is not None:
            self._timers[live.id] = self._clock.call_at(when, lambda: self._ring(live))
        elif isinstance(live.contest.phase, Finished | Aborted):
            self._live.pop(live.id, None)
            self._lobby_shown.pop(live.id, None)

    def _ring(self, live: Live) -> None:
        assert self._queue is not None, "contests were not attached to the queue of their chats"
        self._timers.pop(live.id, None)
        if self._is_cut_off():
            # Whoever pressed cannot be heard: no window closes before it is known how long the outage was.
            self._timers[live.id] = self._clock.call_at(self._clock.now() + _LISTEN_AGAIN, lambda: self._ring(live))
            return

        async def wake() -> None:
            await self.do(live.id, lambda _: c.Wake())

        behind_all(self._queue, self._ears.elsewhere(live.id), live.row.chat_id, wake)


_ENDINGS = (e.ContestFinished, e.StandingsRevised, e.AbortedBy)
_CONFIRMED = frozenset({QuestionCard.kind, AnsweringCard.kind, StakeCard.kind, SpeakerCard.kind, DrillCard.kind})
_MAY_RECUSE = (e.Joined, e.Left, e.Started, eb.JudgeNamed)
"""After these it may be another unit that plays, or another judge whose unit it is."""


def _state(contest: Contest) -> ContestState:
    match contest.phase:
        case Lobby():
            return ContestState.LOBBY
        case Paused():
            return ContestState.PAUSED
        case Finished():
            return ContestState.FINISHED
        case Aborted():
            return ContestState.ABORTED
        case _:
            return ContestState.RUNNING


def _places(preset: Preset, rules: Rules, wanted: Wanted, bank: str) -> list[Wanted]:
    """What each question has to be, as the engine lays them out: what its segment draws, and what was asked for."""
    places: list[Wanted] = []
    for number, segment in enumerate(rules.segments):
        draw = preset.draws[number] if number < len(preset.draws) else SegmentDraw()
        drawn = [place.and_(wanted) for place in draw.places(segment.questions)]
        if isinstance(segment, EveryoneSegment):
            drawn = [_unspoken(place) for place in drawn]
        block = [place for place in drawn if place is not None]
        if len(block) < len(drawn):
            raise TooFewFitting(name=bank, wishes=written(wanted), given=0, needed=len(drawn))
        if isinstance(segment, RiskSegment) and segment.pools:
            stakes = sorted(segment.stakes)
            block = [replace(place, stake=(segment.stakes, stake)) for stake in stakes for place in block]
        places += block
    return places


def _unspoken(place: Wanted | None) -> Wanted | None:
    """What everybody answers at once cannot be answered aloud."""
    if place is None or SPOKEN not in place.kinds:
        return place
    kinds = tuple(kind for kind in place.kinds if kind != SPOKEN)
    return replace(place, kinds=kinds) if kinds else None


def _calendar_year(_tx: Tx, _chat_id: int, now: datetime) -> datetime:
    return now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def _with_count(rules: Rules, count: int | None) -> Rules:
    if count is None:
        return rules
    if len(rules.segments) != 1 or rules.speeches or not 1 <= count <= MOST_QUESTIONS:
        raise BadCount(most=MOST_QUESTIONS if len(rules.segments) == 1 else rules.planned)
    return replace(rules, segments=(replace(rules.segments[0], questions=count),))


def home_of(tx: Tx, chat_id: int, unit_id: int) -> str | None:
    """The name of the unit right below the group's own that a person's unit is, or belongs to."""
    group = tx.places.group(chat_id)
    if group is None or group.unit_id is None:
        return None
    units = {unit.id: unit for unit in tx.people.units()}
    unit = units.get(unit_id)
    while unit is not None and unit.parent_id != group.unit_id:
        unit = None if unit.parent_id is None else units.get(unit.parent_id)
    return None if unit is None else unit.name


def _named(tx: Tx, rules: Rules) -> tuple[Found, ...]:
    """The judges whom the preset names, as far as they can be told apart and have joined."""
    judges: list[Found] = []
    for name in rules.judges.named:
        try:
            found = find(tx, name)
        except (JudgeUnknown, JudgeHasNoAccount) as missing:
            log.warning("a judge of the preset cannot be named", judge=name, reason=missing.code)
            continue
        if len(found) == 1 and found[0] not in judges:
            judges += found
    return tuple(judges)


def _teams_of(tx: Tx, chat_id: int) -> tuple[str, ...]:
    """The units right below the group's own that have somebody who joined, if there are at least two."""
    group = tx.places.group(chat_id)
    if group is None or group.unit_id is None:
        return ()
    joined = {person.unit_id for person in tx.people.everybody() if person.user_id is not None}
    names = [
        unit.name
        for unit in tx.people.units()
        if unit.parent_id == group.unit_id and joined & tx.people.within(unit.id)
    ]
    return tuple(names) if len(names) >= 2 else ()

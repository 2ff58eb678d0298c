"""Tournaments as they are run: load, decide, append; what is to be said leaves in the same transaction.

A bout is decided by a contest. The transaction that ends the contest (or revises its standings) also moves the
tournament on; ``catch_up`` does the same after a start for whatever was missed, and does nothing a second time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from quizzes import banks
from quizzes import live as contest_log
from quizzes import tournament_scenes as scenes
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from quizzes.engine.phases import Contest
from quizzes.errors import (
    BankUsedUp,
    NoSuchTournament,
    NoTournament,
    TooFewQuestions,
    UnknownTournamentPreset,
    WhichTournament,
)
from quizzes.opening import Fixture
from quizzes.service import Contests
from quizzes.tournament import commands as c
from quizzes.tournament import events as e
from quizzes.tournament.bracket import bracket
from quizzes.tournament.decide import decide
from quizzes.tournament.errors import BoutDecided, BoutOpen, BoutUnknown, TournamentError
from quizzes.tournament.evolve import evolve
from quizzes.tournament.state import BoutState, Tournament
from quizzes.tournament_announce import announce
from quizzes.tournament_log import Stored, append, asked_in, load, told_by
from quizzes.tournament_plans import TournamentPreset
from quizzes.tournament_views import BracketView, TournamentCard, TournamentSetUp
from storage import Database, Tx
from storage.people import Role
from storage.tournaments import TournamentRow as TournamentRow
from storage.tournaments import TournamentState

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Happened:
    """What a command made happen, and the tournament after it."""

    id: int
    events: tuple[e.Event, ...]
    tournament: Tournament


class Tournaments:
    """All tournaments of the programme; ``dice`` gives the seeds of draws and lots."""

    def __init__(
        self,
        database: Database,
        presets: Mapping[str, TournamentPreset],
        contests: Contests,
        *,
        dice: random.Random | None = None,
    ) -> None:
        self._database = database
        self.presets = presets
        self._contests = contests
        self._dice = dice if dice is not None else random.SystemRandom()
        contests.running.followers.append(self._follow)
        self.followers: list[Callable[[Tx, int, Tournament, datetime], None]] = []
        """Told of every transaction that ended a tournament or changed one that was over, inside of it."""
        self.watchers: list[Callable[[int], None]] = []
        """Who hears, after the commit, that something was done to a tournament by hand."""

    def seed(self) -> str:
        """A new seed, short enough to be read out."""
        return f"{self._dice.getrandbits(32):08x}"

    async def open(
        self, *, preset: str, bank: str, title: str, chat_id: int, unit_id: int | None, host_id: int, now: datetime
    ) -> int:
        """Open a tournament; the units right below ``unit_id`` enter with a team each. Returns its id.

        Raises:
            UnknownTournamentPreset, UnknownBank, NoBanks: nothing is opened.
        """
        chosen = self._preset(preset)

        def work(tx: Tx) -> int:
            found = banks.find(tx, bank)
            name = title or next(iter(chosen.title.values()))
            entrants = tuple((unit, unit) for unit in _units_below(tx, unit_id))
            events = decide(None, c.Open(name, chosen.name, chosen.plan, found.name, host_id, entrants[:64]), now=now)
            tournament_id = tx.tournaments.add(
                title=name,
                preset=chosen.name,
                bank=found.name,
                chat_id=chat_id,
                unit_id=unit_id,
                host_id=host_id,
                now=now,
            )
            append(tx, tournament_id, 0, events)
            return tournament_id

        return await self._database.write(work)

    async def do(self, tournament_id: int, make: Callable[[Tournament], c.Command], *, now: datetime) -> Happened:
        """Carry a command out.

        Raises:
            NoSuchTournament: there is none with this number.
            quizzes.tournament.errors.TournamentError: the command does not fit.
        """

        def work(tx: Tx) -> Happened:
            stored = self._load(tx, tournament_id)
            return self._decide(tx, stored, make(stored.tournament), now)

        happened = await self._database.write(work)
        for watch in self.watchers:
            watch(tournament_id)
        return happened

    async def open_bout(
        self, tournament_id: int, bout: int, *, chat_id: int, group: str, host_id: int, now: datetime
    ) -> int:
        """Open the lobby of a bout in a group, with its teams, and questions that the tournament has not had.

        Raises:
            NoSuchTournament, BankUsedUp, ContestGoesOn, TournamentError, UnknownPreset: nothing is opened.
        """
        stored = await self._database.read(lambda tx: self._load(tx, tournament_id))
        tournament = stored.tournament
        planned = tournament.bouts.get(bout)
        if planned is None:
            raise BoutUnknown(bout=bout)
        if planned.state is BoutState.OPEN:
            raise BoutOpen(bout=bout)
        if planned.state is not BoutState.WAITING:
            raise BoutDecided(bout=bout)
        stage = tournament.stage_of(planned)
        teams = tuple(tournament.entrants[id_].name for id_ in tournament.playing(planned))

        def opened(tx: Tx, contest_id: int) -> None:
            now_stored = self._load(tx, tournament_id)
            tx.tournaments.add_contest(contest_id, tournament_id, bout)
            self._decide(tx, now_stored, c.OpenBout(bout, str(contest_id), host_id), now)

        fixture = Fixture(
            teams=teams,
            tie_places=tournament.plan.tie_places(tournament.rounds[planned.round].stage),
            avoid=lambda tx: self._asked(tx, tournament_id),
            opened=opened,
        )
        try:
            return await self._contests.open(
                chat_id=chat_id,
                group=group,
                host_id=host_id,
                preset=stage.preset,
                bank=tournament.bank,
                count=stage.questions,
                team_names=(),
                now=now,
                fixture=fixture,
            )
        except TooFewQuestions as refused:
            raise BankUsedUp(**refused.params) from refused

    async def card(self, tournament_id: int, *, open_here: bool) -> TournamentCard:
        """The tournament as it stands.

        Raises:
            NoSuchTournament: there is none with this number.
        """
        stored = await self._database.read(lambda tx: self._load(tx, tournament_id))
        return scenes.card(tournament_id, stored.tournament, self._title(stored.row), open_here=open_here)

    async def bracket(self, tournament_id: int) -> BracketView:
        """The bracket as it stands, for a chat."""
        stored = await self._database.read(lambda tx: self._load(tx, tournament_id))
        return BracketView(tournament_id=tournament_id, bracket=bracket(stored.tournament), at=stored.count)

    async def stored(self, tournament_id: int, *, until: int | None = None) -> Stored:
        """A tournament as it is, or as it was after its first ``until`` events.

        Raises:
            NoSuchTournament: there is none with this number.
        """

        def work(tx: Tx) -> Stored:
            row = tx.tournaments.get(tournament_id)
            if row is None:
                raise NoSuchTournament(id=tournament_id)
            return load(tx, row, until=until)

        return await self._database.read(work)

    async def all(self) -> tuple[TournamentRow, ...]:
        """Every tournament, the oldest first."""
        return tuple(await self._database.read(lambda tx: tx.tournaments.all()))

    async def meant(
        self, number: int | None, *, may: Callable[[TournamentRow], bool], live: bool = True
    ) -> TournamentRow:
        """The tournament with a number, or the one that goes on; ``may``: whose it has to be.

        Raises:
            NoSuchTournament: there is none with this number.
            NoTournament: none goes on.
            WhichTournament: several do.
        """
        rows = [row for row in await self.all() if may(row)]
        if number is not None:
            row = next((row for row in rows if row.id == number), None)
            if row is None:
                raise NoSuchTournament(id=number)
            return row
        going_on = [row for row in rows if row.is_live]
        if not going_on and not live and rows:
            return rows[-1]
        if not going_on:
            raise NoTournament()
        if len(going_on) > 1:
            raise WhichTournament(known="；".join(f"{row.id} {row.title}" for row in going_on))
        return going_on[0]

    def set_up(self) -> TournamentSetUp:
        """Which plan?"""
        return TournamentSetUp(presets=tuple((one.name, dict(one.title)) for one in self.presets.values()))

    async def catch_up(self, *, now: datetime) -> None:
        """After a start: contests that ended while their tournament did not hear of it report now."""

        def work(tx: Tx) -> None:
            for row in tx.tournaments.all():
                if not row.is_live:
                    continue
                stored = load(tx, row)
                for link in tx.tournaments.contests(row.id):
                    if stored.tournament.of_contest(str(link.contest_id)) is None:
                        continue
                    contest_row = tx.contests.get(link.contest_id)
                    if contest_row is not None:
                        self._follow(tx, link.contest_id, contest_log.load(tx, contest_row).contest, now)

        await self._database.write(work)

    def _follow(self, tx: Tx, contest_id: int, contest: Contest, now: datetime) -> None:
        """A contest is over, or its standings were revised: the tournament goes on, in the same transaction."""
        link = tx.tournaments.of_contest(contest_id)
        if link is None:
            return
        stored = self._load(tx, link.tournament_id)
        command = told_by(contest_id, contest, stored.tournament, self.seed())
        if command is None:
            return
        try:
            self._decide(tx, stored, command, now)
        except TournamentError as refused:
            # The contest's own end must not fail for it.
            log.error("a tournament refused a contest's result", contest=contest_id, code=refused.code)

    def _decide(self, tx: Tx, stored: Stored, command: c.Command, now: datetime) -> Happened:
        row, before = stored.row, stored.tournament
        events = decide(before, command, now=now)
        if not events:
            return Happened(row.id, (), before)
        append(tx, row.id, stored.count, events)
        after = before
        for event in events:
            after = evolve(after, event)
        state = TournamentState(scenes.state_of(after))
        if state is not row.state:
            over = state in (TournamentState.FINISHED, TournamentState.CALLED_OFF)
            tx.tournaments.set_state(row.id, state, ended_at=now if over else None)
        announce(tx, row, before, after, events, stored.count + len(events), now)
        if before.is_over or after.is_over:
            for follow in self.followers:
                follow(tx, row.id, after, now)
        return Happened(row.id, events, after)

    def _load(self, tx: Tx, tournament_id: int) -> Stored:
        row = tx.tournaments.get(tournament_id)
        if row is None:
            raise NoSuchTournament(id=tournament_id)
        return load(tx, row)

    def _asked(self, tx: Tx, tournament_id: int) -> frozenset[str]:
        used: set[str] = set()
        for link in tx.tournaments.contests(tournament_id):
            row = tx.contests.get(link.contest_id)
            if row is not None:
                used |= asked_in(contest_log.load(tx, row).contest)
        return frozenset(used)

    def _preset(self, name: str) -> TournamentPreset:
        wanted = heard(name)
        for preset in self.presets.values():
            if wanted in (heard(preset.name), *map(heard, preset.title.values())):
                return preset
        raise UnknownTournamentPreset(name=name, known="、".join(self.presets))

    def _title(self, row: TournamentRow) -> Mapping[str, str]:
        preset = self.presets.get(row.preset)
        return preset.title if preset is not None else {"zh-CN": row.preset, "en": row.preset}


def _units_below(tx: Tx, unit_id: int | None) -> tuple[str, ...]:
    """The units right below one that have somebody who could play; of the whole programme, those below its one top.

    A unit of judges or observers alone sends no team.
    """
    units = tx.people.units()
    peopled = {person.unit_id for person in tx.people.everybody() if person.role not in (Role.JUDGE, Role.OBSERVER)}
    if unit_id is None:
        tops = [unit for unit in units if unit.parent_id is None]
        if len(tops) != 1:
            return tuple(unit.name for unit in tops if peopled & tx.people.within(unit.id))
        unit_id = tops[0].id
    below = [unit for unit in units if unit.parent_id == unit_id and peopled & tx.people.within(unit.id)]
    return tuple(dict.fromkeys(unit.name for unit in below)) if len(below) >= 2 else ()

"""Captains and substitutes: who may change them, whom a name means, and the private card with the buttons."""

from __future__ import annotations

from datetime import datetime

from quizzes import lineup_scenes, lobby_scenes
from quizzes.engine import commands as c
from quizzes.engine.errors import NotSeated, TeamUnknown
from quizzes.engine.phases import Contest
from quizzes.engine.rules import Seating
from quizzes.engine.teams import Player, PlayerId, TeamId
from quizzes.errors import AmbiguousPlayer, NotCaptain, NoTeams, UnknownPlayer, WriteFirst
from quizzes.lineup_scenes import Step
from quizzes.presets import titles_of
from quizzes.service import Contests
from storage import Database, Tx, View


def appointing(contest: Contest, by: PlayerId, player: PlayerId, *, host: bool) -> c.Appoint:
    """Make a player the captain of their team.

    Raises:
        NotCaptain: only the captain of the team or the host may do that.
        NotSeated: the player is in no team.
    """
    _check(contest, by, player, host=host)
    return c.Appoint(player, by)


def substituting(contest: Contest, by: PlayerId, on: PlayerId, off: PlayerId, *, host: bool) -> c.Substitute:
    """Let a substitute come on for a member.

    Raises:
        NotCaptain, NotSeated: see :func:`appointing`.
    """
    _check(contest, by, off, host=host)
    return c.Substitute(on, off, by)


def player_called(contest: Contest, by: PlayerId, name: str) -> PlayerId:
    """The player of this name; if several have it, the one in the asker's own team.

    Raises:
        UnknownPlayer, AmbiguousPlayer: none, or several.
    """
    folded = name.strip().lstrip("@").casefold()
    found = [player for player in contest.seats.players.values() if player.name.casefold() == folded]
    own = contest.seats.players.get(by)
    mates = [player for player in found if own is not None and player.team == own.team]
    meant: list[Player] = mates if len(found) > 1 and mates else found
    if not meant:
        raise UnknownPlayer(name=name)
    if len(meant) > 1:
        raise AmbiguousPlayer(name=name)
    return meant[0].id


def _check(contest: Contest, by: PlayerId, player: PlayerId, *, host: bool) -> None:
    if contest.rules.seating is Seating.INDIVIDUALS:
        raise NoTeams()
    team = contest.team_of(player)
    if team is None:
        raise NotSeated(player=player)
    if not (host or by == contest.setup.by or team.captain == by):
        raise NotCaptain(team=team.name)


class Lineups:
    """The private cards of captains and hosts."""

    def __init__(self, database: Database, contests: Contests) -> None:
        self._database = database
        self._contests = contests

    async def show(self, contest_id: int, user_id: int, *, host: bool, now: datetime) -> None:
        """Send somebody the card of their team, or the host the list of teams, in private.

        Raises:
            NotCaptain: neither captain nor host.
            WriteFirst: the bot may not write to them yet.
            ContestGone, NoTeams: there is nothing to show.
        """

        def work(tx: Tx) -> None:
            live = self._contests.find(tx, contest_id)
            group = tx.places.group(live.row.chat_id)
            title = "" if group is None else group.title
            contest = live.contest
            if contest.rules.seating is Seating.INDIVIDUALS:
                raise NoTeams()
            view = self._first(contest_id, contest, title, user_id, host=host or user_id == live.row.host_id)
            _say(tx, user_id, view, now)

        await self._database.write(work)

    def _first(self, contest_id: int, contest: Contest, title: str, user_id: int, *, host: bool) -> View:
        if host:
            return lineup_scenes.teams(contest_id, contest, title)
        team = contest.team_of(user_id)
        if team is None or team.captain != user_id:
            raise NotCaptain(team="" if team is None else team.name)
        return lineup_scenes.lineup(contest_id, contest, title, team, "team", back=False)

    async def card(
        self, contest_id: int, user_id: int, team_id: TeamId, step: Step, *, off: PlayerId | None = None, host: bool
    ) -> View:
        """The card after a button on it.

        Raises:
            NotCaptain, ContestGone, TeamUnknown: it is not theirs, or is gone.
        """

        def work(tx: Tx) -> View:
            live = self._contests.find(tx, contest_id)
            group = tx.places.group(live.row.chat_id)
            title = "" if group is None else group.title
            is_host = host or user_id == live.row.host_id
            if not team_id:
                return self._first(contest_id, live.contest, title, user_id, host=is_host)
            team = live.contest.seats.teams.get(team_id)
            if team is None or (off is not None and off not in team.members):
                raise TeamUnknown(team=team_id)
            may = is_host or team.captain == user_id
            if not may and step != "done":
                raise NotCaptain(team=team.name)
            shown: Step = "team" if may and step == "done" else step
            return lineup_scenes.lineup(contest_id, live.contest, title, team, shown, off=off, back=is_host)

        return await self._database.write(work)

    async def rules(self, contest_id: int, user_id: int, *, now: datetime) -> None:
        """Send somebody all the rules of a contest in private.

        Raises:
            WriteFirst: the bot may not write to them yet.
            ContestGone: there is no such contest.
        """

        def work(tx: Tx) -> None:
            live = self._contests.find(tx, contest_id)
            title = titles_of(self._contests.presets, live.row.preset)
            _say(tx, user_id, lobby_scenes.rules_card(live.contest, title), now)

        await self._database.write(work)


def _say(tx: Tx, user_id: int, view: View, now: datetime) -> None:
    user = tx.places.user(user_id)
    if user is None or not user.reachable:
        raise WriteFirst()
    tx.outbox.say(user_id, view, now=now)

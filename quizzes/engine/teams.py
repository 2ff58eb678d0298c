"""Who sits where: teams, their members and captains."""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.engine.copying import replace
from quizzes.engine.frozen import dataclass

TeamId = int
"""Counted from 1 within a contest, so that it fits into a button."""
PlayerId = int
"""The messenger's number of a person."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team; ``members`` in the order in which they joined, the captain is one of them (None: nobody is there).

    A ``standing`` team was set up with the contest: it waits for others when its last member changes teams.

    ``bench``: substitutes in the order in which they came, who neither buzz nor answer; ``swaps``: how many
    substitutions the team has made since the start.
    """

    id: TeamId
    name: str
    members: tuple[PlayerId, ...] = ()
    captain: PlayerId | None = None
    ready: bool = False
    standing: bool = False
    bench: tuple[PlayerId, ...] = ()
    swaps: int = 0


@dataclass(frozen=True, slots=True)
class Player:
    """A person in a team; ``played``: not only as a substitute who never came on."""

    id: PlayerId
    name: str
    team: TeamId
    played: bool = True


@dataclass(frozen=True, slots=True)
class Swap:
    """A substitution that waits for the question under way to be over."""

    team: TeamId
    on: PlayerId
    off: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class Seats:
    """All teams and players. Mappings keep the order of creation and are never changed in place."""

    teams: Mapping[TeamId, Team]
    players: Mapping[PlayerId, Player]
    next_team: TeamId = 1
    waiting: tuple[Swap, ...] = ()

    def named(self, name: str) -> Team | None:
        """The team of this name, regardless of case."""
        folded = name.casefold()
        return next((team for team in self.teams.values() if team.name.casefold() == folded), None)

    @property
    def manned(self) -> tuple[Team, ...]:
        """The teams that have somebody in them."""
        return tuple(team for team in self.teams.values() if team.members)

    def with_team(self, team: TeamId, name: str, *, standing: bool) -> Seats:
        """A new, empty team."""
        made = Team(id=team, name=name, standing=standing)
        return replace(self, teams={**self.teams, team: made}, next_team=max(self.next_team, team + 1))

    def with_player(self, player: PlayerId, name: str, team: TeamId, *, bench: bool = False) -> Seats:
        """The player sits in this team and in no other; the first to come is its captain."""
        seats = self.without_player(player, keep=True)
        joined = seats.teams[team]
        if bench:
            joined = replace(joined, bench=(*joined.bench, player))
        else:
            captain = player if joined.captain is None else joined.captain
            joined = replace(joined, members=(*joined.members, player), captain=captain)
        return replace(
            seats,
            teams={**seats.teams, team: joined},
            players={**seats.players, player: Player(id=player, name=name, team=team, played=not bench)},
        )

    def without_player(self, player: PlayerId, *, keep: bool) -> Seats:
        """The player is gone; the first substitute takes the place, and the next in line is captain.

        An empty team stays if it is a standing one, or if ``keep``.
        """
        if player not in self.players:
            return self
        left = self.teams[self.players[player].team]
        players = {id_: seat for id_, seat in self.players.items() if id_ != player}
        members = tuple(member for member in left.members if member != player)
        bench = tuple(substitute for substitute in left.bench if substitute != player)
        if len(members) < len(left.members) and bench:
            players[bench[0]] = replace(players[bench[0]], played=True)
            members, bench = (*members, bench[0]), bench[1:]
        captain = left.captain if left.captain in members else next(iter(members), None)
        teams = dict(self.teams)
        if members or keep or left.standing:
            ready = left.ready and bool(members)
            teams[left.id] = replace(left, members=members, bench=bench, captain=captain, ready=ready)
        else:
            del teams[left.id]
        return replace(self, teams=teams, players=players)

    def with_swap(self, team: TeamId, on: PlayerId, off: PlayerId, *, counted: bool) -> Seats:
        """A substitute comes on in the place of a member, who goes to the bench; of a captain the next in line."""
        changed = self.teams[team]
        members = tuple(on if member == off else member for member in changed.members)
        bench = (*(one for one in changed.bench if one != on), off)
        captain = changed.captain
        if captain == off:
            captain = next((member for member in members if member != on), on)
        changed = replace(changed, members=members, bench=bench, captain=captain, swaps=changed.swaps + counted)
        waiting = tuple(swap for swap in self.waiting if (swap.on, swap.off) != (on, off))
        players = {
            **self.players,
            on: replace(self.players[on], played=True),
            off: replace(self.players[off], played=self.players[off].played and counted),
        }
        return replace(self, teams={**self.teams, team: changed}, players=players, waiting=waiting)

    def with_team_changed(self, team: Team) -> Seats:
        """One team is replaced by a newer picture of itself."""
        return replace(self, teams={**self.teams, team.id: team})

    def without_empty_teams(self) -> Seats:
        """Only the teams that have somebody in them."""
        return replace(self, teams={team.id: team for team in self.manned})

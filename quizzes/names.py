"""Names of those who take part in a contest, by their ids. Pure."""

from __future__ import annotations

from quizzes.engine.phases import Contest
from quizzes.engine.teams import PlayerId, TeamId


def player_name(contest: Contest, player: PlayerId | None) -> str | None:
    """A player's name; None: there is no such player."""
    seat = contest.seats.players.get(player) if player is not None else None
    return None if seat is None else seat.name


def team_name(contest: Contest, team: TeamId | None) -> str | None:
    """A team's name; None: there is no such team."""
    seat = contest.seats.teams.get(team) if team is not None else None
    return None if seat is None else seat.name

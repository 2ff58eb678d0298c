"""From the state of a contest to the views of the drill and of the teams' own cards. Pure."""

from __future__ import annotations

from statistics import median
from typing import Literal

from quizzes.engine import events as e
from quizzes.engine.drill import WINDOW
from quizzes.engine.phases import Contest, Lobby
from quizzes.engine.rules import Seating
from quizzes.engine.teams import PlayerId, Team
from quizzes.lineup_views import DrillCard, DrillLine, DrillResult, LineupCard, Named

Step = Literal["team", "captain", "off", "on", "done"]
"""``done``: what a captain sees who has just handed the captaincy on."""


def drill(contest_id: int, event: e.DrillAsked) -> DrillCard:
    """The button to press once."""
    return DrillCard(contest_id=contest_id, nonce=event.nonce, seconds=WINDOW.total_seconds())


def drill_result(contest: Contest, event: e.DrillClosed) -> DrillResult:
    """Everybody's delay, and how far it is from the median of all."""
    seats = contest.seats
    alone = contest.rules.seating is Seating.INDIVIDUALS
    delays = {delay.player: round(delay.after.total_seconds() * 1000) for delay in event.delays}
    middle = round(median(delays.values())) if delays else 0
    return DrillResult(
        lines=tuple(
            DrillLine(
                name=seats.players[player].name,
                team=None if alone else seats.teams[seats.players[player].team].name,
                delay=delay,
                deviation=delay - middle,
            )
            for player, delay in delays.items()
        ),
        median=middle,
        missing=tuple(player.name for player in seats.players.values() if player.id not in delays),
    )


def teams(contest_id: int, contest: Contest, group: str) -> LineupCard:
    """The host's first step: which team."""
    manned = tuple(Named(id=team.id, name=team.name) for team in contest.seats.manned)
    return LineupCard(contest_id=contest_id, group=group, step="teams", teams=manned)


def lineup(
    contest_id: int, contest: Contest, group: str, team: Team, step: Step, *, off: PlayerId | None = None, back: bool
) -> LineupCard:
    """A team's card; ``back``: whoever looks at it may look at the other teams too."""
    players = contest.seats.players

    def named(ids: tuple[PlayerId, ...]) -> tuple[Named, ...]:
        return tuple(Named(id=player, name=players[player].name) for player in ids)

    waiting = sum(swap.team == team.id for swap in contest.seats.waiting)
    left = None if isinstance(contest.phase, Lobby) else contest.rules.substitutions - team.swaps - waiting
    return LineupCard(
        contest_id=contest_id,
        group=group,
        step=step,
        team=Named(id=team.id, name=team.name),
        captain=team.captain,
        members=named(team.members),
        bench=named(team.bench),
        left=left,
        off=None if off is None else Named(id=off, name=players[off].name),
        back=back,
    )

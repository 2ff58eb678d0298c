"""Who plays for a team: captains and substitutes, before the start and between questions."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine.copying import replace
from quizzes.engine.phases import Contest, Paused
from quizzes.engine.teams import PlayerId, Swap, Team


def appoint(contest: Contest, command: c.Appoint, now: datetime) -> tuple[e.Event, ...]:
    """A captain can be named at any time. Raises: NotSeated, OnBench."""
    team = _team(contest, command.player)
    if command.player in team.bench:
        raise errors.OnBench(name=contest.seats.players[command.player].name, team=team.name)
    if team.captain == command.player:
        return ()
    return (e.CaptainAppointed(now, team.id, command.player, command.by),)


def substitute(contest: Contest, command: c.Substitute, now: datetime) -> tuple[e.Event, ...]:
    """In the lobby freely, later so many times a team; while a question is open it waits for the end of it.

    Raises:
        NotSeated, OtherTeams, NotOnBench, NotOnField, SwapWaits, NoSubstitutionsLeft.
    """
    team, other = _team(contest, command.on), _team(contest, command.off)
    names = {player: contest.seats.players[player].name for player in (command.on, command.off)}
    if team.id != other.id:
        raise errors.OtherTeams(on=names[command.on], off=names[command.off])
    if command.on not in team.bench:
        raise errors.NotOnBench(name=names[command.on], team=team.name)
    if command.off not in team.members:
        raise errors.NotOnField(name=names[command.off], team=team.name)
    phase = contest.phase
    if contest.gathers:
        return (e.Substituted(now, team.id, command.on, command.off, command.by, counted=False),)
    waiting = [swap for swap in contest.seats.waiting if swap.team == team.id]
    for swap in waiting:
        if (swap.on, swap.off) == (command.on, command.off):
            return ()
        for player in (command.on, command.off):
            if player in (swap.on, swap.off):
                raise errors.SwapWaits(name=names[player])
    if team.swaps + len(waiting) >= contest.rules.substitutions:
        raise errors.NoSubstitutionsLeft(team=team.name, most=contest.rules.substitutions)
    if contest.is_under_way and not isinstance(phase, Paused):
        return (e.SubstitutionAsked(now, team.id, command.on, command.off, command.by),)
    return (e.Substituted(now, team.id, command.on, command.off, command.by, counted=True),)


def due(contest: Contest, now: datetime) -> tuple[e.Substituted, ...]:
    """The substitutions that waited for the question before this one."""
    teams = contest.seats.teams
    return tuple(
        e.Substituted(now, swap.team, swap.on, swap.off, swap.by, counted=True)
        for swap in contest.seats.waiting
        if swap.on in teams[swap.team].bench and swap.off in teams[swap.team].members
    )


def swap_asked(contest: Contest, event: e.SubstitutionAsked) -> Contest:
    """It waits."""
    swap = Swap(event.team, event.on, event.off, event.by)
    return replace(contest, seats=replace(contest.seats, waiting=(*contest.seats.waiting, swap)))


def swapped(contest: Contest, event: e.Substituted) -> Contest:
    """It is made."""
    return replace(contest, seats=contest.seats.with_swap(event.team, event.on, event.off, counted=event.counted))


def _team(contest: Contest, player: PlayerId) -> Team:
    team = contest.team_of(player)
    if team is None:
        raise errors.NotSeated(player=player)
    return team

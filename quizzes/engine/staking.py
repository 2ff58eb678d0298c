"""Stakes: a team says what its risk question is to be worth, or passes, or lets the time run out."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.acts import noted, seated
from quizzes.engine.errors import NotStaking, StakeUnusable
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Contest, Offering, Staking
from quizzes.engine.rounds import ask_staked
from quizzes.engine.rules import Answerer, RiskSegment
from quizzes.engine.turn_rules import NotChosen
from quizzes.engine.turns import stakes_open


def stake(contest: Contest, command: c.Stake, settings: RiskSegment, now: datetime) -> tuple[e.Event, ...]:
    """Take the choice of the team whose turn it is; the question follows at once.

    Raises:
        NotStaking: the stake stands already.
        StakeUnusable: the team may not choose this.
    """
    team, phase = seated(contest, command), contest.phase
    if not isinstance(phase, Offering | Staking):
        raise NotStaking
    is_captain = settings.answerer is not Answerer.CAPTAIN or command.player == team.captain
    if team.id != contest.course.team or not is_captain:
        return (noted(contest, command, team, e.PressKind.NOT_YOUR_TURN, now),)
    if isinstance(phase, Staking) and command.received_at > phase.closes_at:
        return (noted(contest, command, team, e.PressKind.TOO_LATE, now),)
    may = settings.may_pass if command.stake is None else command.stake in stakes_open(contest, settings, team.id)
    if not may:
        raise StakeUnusable(stake=command.stake)
    staked = e.Staked(
        at=now,
        nonce=command.nonce,
        team=team.id,
        stake=command.stake,
        player=command.player,
        update_id=command.update_id,
        received_at=command.received_at,
        next_at=now + contest.rules.pause if command.stake is None else None,
    )
    return _followed(contest, staked, now)


def out_of_time(contest: Contest, phase: Staking, settings: RiskSegment, now: datetime) -> tuple[e.Event, ...]:
    """Nobody chose: the rules do."""
    team = contest.course.team
    assert team is not None
    if settings.not_chosen is NotChosen.PASS:
        return (e.Staked(now, phase.nonce, team, None, next_at=now + contest.rules.pause),)
    return _followed(contest, e.Staked(now, phase.nonce, team, stakes_open(contest, settings, team)[0]), now)


def _followed(contest: Contest, staked: e.Staked, now: datetime) -> tuple[e.Event, ...]:
    if staked.stake is None:
        return (staked,)
    return staked, ask_staked(evolve(contest, staked), staked.stake, now)

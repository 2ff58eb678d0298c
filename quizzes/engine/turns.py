"""Whose turn it is: the order of the teams, lots, the stakes they may choose, and which question they get."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import datetime

from quizzes.engine import events as e
from quizzes.engine.errors import NoReserve
from quizzes.engine.phases import Contest
from quizzes.engine.plan import block_of, pool_of, segment_at
from quizzes.engine.rules import RequiredSegment, RiskSegment
from quizzes.engine.scoring import standings
from quizzes.engine.teams import TeamId
from quizzes.engine.turn_rules import ScoreOrder, TurnOrder


def draw(contest: Contest, slot: int, now: datetime) -> e.Drawn | None:
    """The order of the round that begins with this place; None if none begins, or nothing is to be decided."""
    number, place = segment_at(contest.course.counts, slot)
    settings, teams = contest.rules.segment(number), contest.course.starters
    match settings:
        case RequiredSegment() if place == 0 and settings.order is not TurnOrder.SEATS:
            by_score = settings.order is TurnOrder.SCORE
        case RiskSegment() if place % len(teams) == 0:
            by_score = True
        case _:
            return None
    lowest_first = isinstance(settings, RiskSegment) and settings.order is ScoreOrder.LOWEST
    scores = _scores(contest) if by_score else {}
    equal: defaultdict[int, list[TeamId]] = defaultdict(list)
    for team in teams:
        equal[scores.get(team, 0)].append(team)
    round_ = place // len(teams) + 1
    order: list[TeamId] = []
    lots: list[tuple[TeamId, int]] = []
    for score in sorted(equal, reverse=not lowest_first):
        tied = sorted(equal[score], key=lambda team: _lot(contest.setup.seed, number, round_, team))
        if len(tied) > 1:
            lots += [(team, lot) for lot, team in enumerate(tied, start=1)]
        order += tied
    return e.Drawn(now, number, round_, tuple(order), tuple(lots))


def _lot(seed: int, segment: int, round_: int, team: TeamId) -> bytes:
    """A team's lot: nobody could know it before the contest, everybody who has the seed can check it afterwards."""
    return hashlib.sha256(f"{seed}/{segment}/{round_}/{team}".encode()).digest()


def _scores(contest: Contest) -> dict[TeamId, int]:
    return {line.team: line.score for line in standings(contest.rules, contest.seats, contest.awards).teams}


def whose(contest: Contest, slot: int, excluded: frozenset[TeamId] = frozenset()) -> TeamId | None:
    """Whose question is in this place: the team whose turn it is, or the next one that has not lost its right to it.

    None: the segment knows no turns, or no team is left.
    """
    course = contest.course
    number, place = segment_at(course.counts, slot)
    settings = contest.rules.segment(number)
    if not isinstance(settings, RequiredSegment | RiskSegment):
        return None
    seats = isinstance(settings, RequiredSegment) and settings.order is TurnOrder.SEATS
    order = course.starters if seats else course.order
    first = place % len(order)
    return next((team for team in (*order[first:], *order[:first]) if team not in excluded), None)


def after_wrong(contest: Contest, team: TeamId) -> TeamId | None:
    """Who may make up for this team's wrong answer."""
    settings, course = contest.segment, contest.course
    if not isinstance(settings, RequiredSegment) or len(course.rulings) >= settings.passes_on:
        return None
    return whose(contest, course.slot, course.excluded | {team})


def stakes_open(contest: Contest, settings: RiskSegment, team: TeamId) -> tuple[int, ...]:
    """The stakes that a team may choose now, the lowest first: the lowest is open to everybody."""
    stakes = tuple(sorted(settings.stakes))
    if settings.beyond_score:
        return stakes
    score = _scores(contest)[team]
    return stakes[:1] + tuple(stake for stake in stakes[1:] if stake * contest.rules.unit <= score)


def question_for(contest: Contest, segment: int, place: int, stake: int | None) -> int:
    """The position of the question that is asked in this place of a segment."""
    if stake is None:
        return block_of(contest.rules, segment)[place]
    free = _free(contest, pool_of(contest.rules, segment, stake)) or _free(contest, block_of(contest.rules, segment))
    # Replacements leave as many of the block as are still to be asked, so one is always free.
    return free[0]


def replacement(contest: Contest) -> int:
    """The position of a question that can stand in for the one under way.

    From the same pool, as long as enough are left for the teams to come; else from the reserve.

    Raises:
        NoReserve: there is none.
    """
    course, settings = contest.course, contest.segment
    if isinstance(settings, RiskSegment) and settings.pools and course.stake is not None:
        _, place = segment_at(course.counts, course.slot)
        to_come = course.counts[course.segment] - place - 1
        free = _free(contest, pool_of(contest.rules, course.segment, course.stake))
        if free and len(_free(contest, block_of(contest.rules, course.segment))) > to_come:
            return free[0]
    if course.reserve >= len(contest.setup.questions):
        raise NoReserve
    return course.reserve


def _free(contest: Contest, positions: range) -> list[int]:
    used = {record.index for record in contest.records} | {contest.course.index}
    return [index for index in positions if index not in used]

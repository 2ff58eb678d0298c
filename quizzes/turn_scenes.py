"""From the state of a contest to the views of its turns: stakes, lots, what others may make up. Pure."""

from __future__ import annotations

from typing import Any, cast

from quizzes.engine import events as e
from quizzes.engine.phases import Contest
from quizzes.engine.plan import segment_at
from quizzes.engine.rules import RequiredSegment, RiskSegment, Seating, Segment
from quizzes.engine.scoring import AwardKind, standings
from quizzes.engine.turn_rules import TurnOrder
from quizzes.names import team_name
from quizzes.turn_views import Fine, Lot, Missed, Offered, Order, PassedCard, StakeCard, StakeVoidCard, TurnRules


def turn_rules(segment: Segment) -> TurnRules | None:
    """What the rules say where teams take turns; None elsewhere."""
    match segment:
        case RequiredSegment():
            return TurnRules(
                order=segment.order.value,
                passes_on=segment.passes_on,
                make_up=segment.make_up,
                make_up_wrong=segment.make_up_wrong,
            )
        case RiskSegment():
            stakes = tuple(sorted(segment.stakes))
            return TurnRules(
                order=segment.order.value,
                stakes=stakes,
                losses=tuple(map(segment.lost, stakes)),
                may_pass=segment.may_pass,
                choose=segment.choose.total_seconds(),
                not_chosen=segment.not_chosen.value,
                beyond_score=segment.beyond_score,
            )
        case _:
            return None


def stake(contest_id: int, contest: Contest, event: e.StakeAsked) -> StakeCard:
    """A team is asked for its stake."""
    segment = contest.rules.segment(event.segment)
    assert isinstance(segment, RiskSegment)
    now = standings(contest.rules, contest.seats, contest.awards)
    return StakeCard(
        contest_id=contest_id,
        nonce=event.nonce,
        offered=offered(contest),
        stakes=event.stakes,
        losses=tuple(map(segment.lost, event.stakes)),
        may_pass=event.may_pass,
        seconds=segment.choose.total_seconds(),
        not_chosen=segment.not_chosen.value,
        answerer=cast(Any, segment.answerer.value),
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        score=next(line.score for line in now.teams if line.team == event.team),
        order=order(contest) or Order(teams=()),
        again=event.reason is not e.AskReason.NEXT,
    )


def passed(contest: Contest, event: e.Staked) -> PassedCard:
    """A team plays for nothing this time."""
    player = contest.seats.players.get(event.player) if event.player is not None else None
    return PassedCard(offered=offered(contest), player="" if player is None else player.name)


def stake_void(contest: Contest, reason: str) -> StakeVoidCard:
    """The choice of a stake does not count."""
    return StakeVoidCard(offered=offered(contest), reason=cast(Any, reason))


def offered(contest: Contest) -> Offered:
    """Whose stake is being chosen."""
    course = contest.course
    return Offered(number=course.slot + 1, of=contest.planned, team=team_name(contest, course.team) or "")


def order(contest: Contest) -> Order | None:
    """The turns of a round that begins with the question under way; None if none does, or the seats decide."""
    course = contest.course
    number, place = segment_at(course.counts, course.slot)
    match contest.rules.segment(number):
        case RequiredSegment() as segment if place == 0 and segment.order is not TurnOrder.SEATS:
            pass
        case RiskSegment() if place % len(course.starters) == 0:
            pass
        case _:
            return None
    lots = tuple(Lot(team=team_name(contest, team) or "", number=number) for team, number in course.lots)
    return Order(teams=tuple(team_name(contest, team) or "" for team in course.order), lots=lots)


def missed(contest: Contest) -> Missed | None:
    """The wrong answer after which the question under way went to others."""
    course = contest.course
    if not course.rulings:
        return None
    last = course.rulings[-1]
    awards = [one for one in contest.awards if one.index == course.index and one.kind is AwardKind.ANSWER]
    player = contest.seats.players.get(last.player) if last.player is not None else None
    return Missed(
        team=team_name(contest, last.team) or "",
        player="" if player is None else player.name,
        chosen=last.options,
        text=last.text,
        points=awards[-1].points if awards else 0,
    )


def fines(contest: Contest, index: int) -> tuple[Fine, ...]:
    """What false starts have cost on a question."""
    return tuple(
        Fine(team=team_name(contest, award.team) or "", points=award.points)
        for award in contest.awards
        if award.index == index and award.kind is AwardKind.FINE
    )

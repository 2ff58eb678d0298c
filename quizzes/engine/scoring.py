"""Points: rulings become awards, awards become standings. Nothing else ever changes a score.

A sudden-death question decides ranks, not scores: its awards carry a ``decider`` and no points, so a team that loses
it cannot fall behind teams that were never tied with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from quizzes.engine.copying import replace
from quizzes.engine.frozen import dataclass
from quizzes.engine.questions import Question
from quizzes.engine.rules import (
    CalledSegment,
    EveryoneSegment,
    RequiredSegment,
    RiskSegment,
    Rules,
    Seating,
    Segment,
    TeamScore,
)
from quizzes.engine.teams import PlayerId, Seats, TeamId

_MICROSECOND = timedelta(microseconds=1)


class AwardKind(StrEnum):
    """What an award is for."""

    ANSWER = "answer"
    TEAM = "team"
    """What the members' answers to one question made for their team."""
    FINE = "fine"
    HAND = "hand"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Award:
    """One line of the ledger: ``points`` go to the team, ``individual`` to the player, ``decider`` to the rank."""

    kind: AwardKind
    index: int | None
    team: TeamId
    player: PlayerId | None
    points: int
    individual: int = 0
    decider: int = 0
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether one answer was right. ``options`` empty: nothing came in time. ``after`` counts from the window's start.

    ``player`` None: a team was called and nobody answered for it. ``text``: what was written, if the answer is typed.
    """

    player: PlayerId | None
    team: TeamId
    options: tuple[int, ...]
    right: bool
    after: timedelta
    text: str = ""


class QuestionState(StrEnum):
    """What became of a question."""

    RULED = "ruled"
    NOBODY = "nobody"
    """Nobody buzzed; no points."""
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Record:
    """A question that was closed, with all that is needed to count it anew.

    ``sizes``: how many could answer for each team (questions for everyone). ``stake``: what a risk question was for.
    ``number`` is what people call it.
    """

    index: int
    segment: int
    state: QuestionState
    rulings: tuple[Ruling, ...]
    sizes: tuple[tuple[TeamId, int], ...]
    stake: int | None = None
    number: int = 0
    """What people call it."""


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """A team's line; teams that share a rank leave the next ones free (1, 1, 3)."""

    team: TeamId
    name: str
    rank: int
    score: int
    right: int
    wrong: int
    decider: int = 0


@dataclass(frozen=True, slots=True)
class PlayerStanding:
    """A player's line; the score is the player's own, with the base only where players are teams of one."""

    player: PlayerId
    name: str
    team: TeamId
    rank: int
    score: int
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Standings:
    """Teams and players, best first; equal ones in the order in which they came."""

    teams: tuple[TeamStanding, ...]
    players: tuple[PlayerStanding, ...]

    @property
    def leaders(self) -> tuple[TeamId, ...]:
        """Whoever is first, tied teams all."""
        return tuple(line.team for line in self.teams if line.rank == 1)

    def tied_across(self, places: Iterable[int]) -> tuple[TeamId, ...]:
        """Whoever shares a rank across the cut after the first of these places where that is so; empty: nobody."""
        for place in sorted(places):
            ranks = [line.rank for line in self.teams]
            if 0 < place < len(ranks) and ranks[place - 1] == ranks[place]:
                return tuple(line.team for line in self.teams if line.rank == ranks[place])
        return ()


def value_right(segment: Segment, question: Question, stake: int | None = None, *, made_up: bool = False) -> int:
    """What a right answer is worth before speed is weighed. ``made_up``: another team has answered it wrongly before."""
    if isinstance(segment, RiskSegment):
        return stake or 0
    if made_up and isinstance(segment, RequiredSegment) and segment.make_up is not None:
        return segment.make_up
    own = segment.own_points and question.points is not None
    return question.points if own and question.points is not None else segment.right


def value_wrong(segment: Segment, question: Question, stake: int | None = None, *, made_up: bool = False) -> int:
    """What a wrong answer adds (a penalty is negative); a question's own value counts only where wrong answers cost."""
    if isinstance(segment, RiskSegment):
        return segment.lost(stake or 0)
    if made_up and isinstance(segment, RequiredSegment):
        return segment.make_up_wrong
    if segment.own_points and question.points is not None and segment.wrong:
        return -question.points
    return segment.wrong


def weighted(points: int, after: timedelta, window: timedelta, floor: int | None) -> int:
    """Points that fall in a line from all of them at once to ``floor`` percent at the window's end, rounded down."""
    whole = window // _MICROSECOND
    if floor is None or whole <= 0:
        return points
    left = whole - min(max(after // _MICROSECOND, 0), whole)
    return points * (floor * whole + (100 - floor) * left) // (100 * whole)


def awards_for(
    rules: Rules,
    segment: int,
    index: int,
    question: Question,
    rulings: Iterable[Ruling],
    sizes: tuple[tuple[TeamId, int], ...] = (),
    *,
    stake: int | None = None,
    earlier: int = 0,
) -> tuple[Award, ...]:
    """What these rulings earn under the rules of the question's segment; ``earlier`` ones were made on it before."""
    settings = rules.segment(segment)
    if isinstance(settings, EveryoneSegment):
        awards = _everyone_awards(settings, index, question, tuple(rulings), dict(sizes))
    else:
        decisive = segment == len(rules.segments)
        awards = tuple(
            _called_award(settings, index, question, ruling, decisive, stake, made_up=place > 0)
            for place, ruling in enumerate(rulings, start=earlier)
        )
    return tuple(in_units(rules, award) for award in awards)


def in_units(rules: Rules, award: Award) -> Award:
    """An award of whole points as the ledger keeps it."""
    if rules.unit == 1:
        return award
    return replace(award, points=award.points * rules.unit, individual=award.individual * rules.unit)


def _called_award(
    settings: CalledSegment,
    index: int,
    question: Question,
    ruling: Ruling,
    decisive: bool,
    stake: int | None,
    *,
    made_up: bool,
) -> Award:
    value = value_right if ruling.right else value_wrong
    points = value(settings, question, stake, made_up=made_up)
    decider = (1 if ruling.right else -1) if decisive else 0
    points = 0 if decisive else points
    return Award(AwardKind.ANSWER, index, ruling.team, ruling.player, points, points, decider, ruling.right)


def _everyone_awards(
    settings: EveryoneSegment,
    index: int,
    question: Question,
    rulings: tuple[Ruling, ...],
    sizes: Mapping[TeamId, int],
) -> tuple[Award, ...]:
    gained: defaultdict[TeamId, list[int]] = defaultdict(list)
    awards = []
    for ruling in rulings:
        if ruling.right:
            points = weighted(value_right(settings, question), ruling.after, settings.answer, settings.speed_floor)
        else:
            points = value_wrong(settings, question)
        gained[ruling.team].append(points)
        awards.append(Award(AwardKind.ANSWER, index, ruling.team, ruling.player, 0, points, 0, ruling.right))
    for team, points_of in gained.items():
        total = _team_points(settings, points_of, sizes.get(team, len(points_of)))
        awards.append(Award(AwardKind.TEAM, index, team, None, total))
    return tuple(awards)


def _team_points(settings: EveryoneSegment, points: list[int], size: int) -> int:
    match settings.team_score:
        case TeamScore.SUM:
            return sum(points)
        case TeamScore.MEAN:
            size = max(size, len(points))
            return (2 * sum(points) + size) // (2 * size)
        case TeamScore.BEST:
            return sum(sorted(points, reverse=True)[: settings.best])


def standings(rules: Rules, seats: Seats, awards: Iterable[Award]) -> Standings:
    """Who stands where: score first, then sudden death; competition ranking."""
    team_points: defaultdict[TeamId, int] = defaultdict(int)
    deciders: defaultdict[TeamId, int] = defaultdict(int)
    own: defaultdict[PlayerId, int] = defaultdict(int)
    counts: defaultdict[tuple[str, int, bool], int] = defaultdict(int)
    for award in awards:
        team_points[award.team] += award.points
        deciders[award.team] += award.decider
        if award.player is not None:
            own[award.player] += award.individual
        if award.right is not None:
            counts["team", award.team, award.right] += 1
            if award.player is not None:
                counts["player", award.player, award.right] += 1

    base = rules.base * rules.unit
    lines = sorted(seats.teams.values(), key=lambda team: (-team_points[team.id], -deciders[team.id]))
    team_ranks = _ranks([(team_points[team.id], deciders[team.id]) for team in lines])
    alone = base if rules.seating is Seating.INDIVIDUALS else 0
    # A player's hand-made corrections reach the team only, except where the player is the team.
    for player in seats.players.values():
        if rules.seating is Seating.INDIVIDUALS:
            own[player.id] = team_points[player.team]
    # A substitute who never came on has not played.
    played = (player for player in seats.players.values() if player.played)
    people = sorted(played, key=lambda player: -own[player.id])
    people_ranks = _ranks([own[player.id] for player in people])
    return Standings(
        tuple(
            TeamStanding(
                team.id,
                team.name,
                rank,
                base + team_points[team.id],
                counts["team", team.id, True],
                counts["team", team.id, False],
                deciders[team.id],
            )
            for team, rank in zip(lines, team_ranks, strict=True)
        ),
        tuple(
            PlayerStanding(
                player.id,
                player.name,
                player.team,
                rank,
                alone + own[player.id],
                counts["player", player.id, True],
                counts["player", player.id, False],
            )
            for player, rank in zip(people, people_ranks, strict=True)
        ),
    )


def _ranks(keys: list[int] | list[tuple[int, int]]) -> list[int]:
    """Competition ranks of keys that are sorted best first: equal keys share one, the next are left free."""
    ranks: list[int] = []
    for place, key in enumerate(keys):
        ranks.append(ranks[-1] if place and keys[place - 1] == key else place + 1)
    return ranks


def window_after(received_at: datetime, opens_at: datetime) -> timedelta:
    """How long after the window's start something came; what came while the message was being confirmed counts as 0."""
    return max(received_at - opens_at, timedelta(0))

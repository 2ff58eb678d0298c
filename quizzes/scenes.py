"""From the state of a contest to the views that show it. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal, cast

from quizzes.engine import events as e
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby, Paused
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, Seating, Segment
from quizzes.engine.scoring import Standings, value_right, value_wrong
from quizzes.engine.scoring import standings as standings_of
from quizzes.engine.teams import PlayerId, TeamId
from quizzes.views import (
    AnsweringCard,
    Asked,
    Happening,
    HostPanel,
    LobbyCard,
    LobbyTeam,
    PlayerResult,
    QuestionCard,
    RulingCard,
    Score,
    SegmentLine,
    StandingsCard,
    TeamResult,
    VoidCard,
)

_PLAYERS_SHOWN = 20
_FASTEST_SHOWN = 3


def _seconds(length: timedelta) -> float:
    return length.total_seconds()


def segment_line(segment: Segment) -> SegmentLine:
    """A segment's rules as numbers."""
    buzzer = segment if isinstance(segment, BuzzerSegment) else None
    return SegmentLine(
        kind="buzzer" if buzzer else "everyone",
        questions=segment.questions,
        right=segment.right,
        wrong=segment.wrong,
        reading=_seconds(segment.reading),
        buzz=_seconds(buzzer.buzz) if buzzer else 0,
        start=_seconds(buzzer.start) if buzzer else 0,
        answer=_seconds(segment.answer),
        rebounds=buzzer.rebounds if buzzer else 0,
        answerer=segment.answerer.value,
        speed_weighs=isinstance(segment, EveryoneSegment) and segment.speed_floor is not None,
    )


def lobby(contest_id: int, contest: Contest, title: dict[str, str]) -> LobbyCard:
    """The lobby as it stands."""
    rules, seats, phase = contest.rules, contest.seats, contest.phase
    players = seats.players
    state: Literal["open", "begun", "paused", "aborted"] = "begun"
    if isinstance(phase, Lobby):
        state = "open"
    elif isinstance(phase, Aborted):
        state = "aborted"
    elif isinstance(phase, Paused) and phase.lobby:
        state = "paused"
    teams = tuple(
        LobbyTeam(
            id=team.id, name=team.name, members=tuple(players[id_].name for id_ in team.members), ready=team.ready
        )
        for team in seats.teams.values()
    )
    return LobbyCard(
        contest_id=contest_id,
        title=title,
        bank=contest.setup.bank,
        base=rules.base,
        grace=_seconds(rules.grace),
        segments=tuple(segment_line(segment) for segment in rules.segments),
        tie_break=rules.tie_break is not None,
        individuals=rules.seating is Seating.INDIVIDUALS,
        teams=teams,
        may_add=rules.seating is Seating.OPEN and len(seats.teams) < rules.teams_most,
        state=state,
    )


def asked(contest: Contest, index: int, number: int | None = None) -> Asked:
    """A question as everybody sees it, without its answer."""
    question = contest.setup.questions[index]
    return Asked(
        number=contest.course.slot + 1 if number is None else number,
        of=contest.rules.planned,
        kind=question.kind.value,
        text=question.text,
        options=question.options,
    )


def question(contest_id: int, contest: Contest, event: e.QuestionAsked) -> QuestionCard:
    """A question that is asked now."""
    segment = contest.rules.segment(event.segment)
    buzzer = isinstance(segment, BuzzerSegment)
    shown = contest.setup.questions[event.index]
    playing: tuple[str, ...] = ()
    if event.excluded or event.contenders is not None:
        playing = tuple(team.name for team in contest.seats.teams.values() if team.id in contest.eligible)
    return QuestionCard(
        contest_id=contest_id,
        nonce=event.nonce,
        mode="buzzer" if buzzer else "everyone",
        question=asked(contest, event.index, event.number),
        seconds=_seconds(segment.buzz if isinstance(segment, BuzzerSegment) else segment.answer),
        reading=0.0 if event.reason is e.AskReason.REBOUND else _seconds(segment.reading),
        right=value_right(segment, shown),
        wrong=value_wrong(segment, shown),
        reason=event.reason.value,
        sudden_death=event.segment == len(contest.rules.segments),
        teams=playing,
    )


def answering(contest_id: int, contest: Contest, event: e.Buzzed) -> AnsweringCard:
    """Somebody was first."""
    segment = contest.segment
    assert isinstance(segment, BuzzerSegment)
    one_tap = contest.setup.questions[event.index].kind.one_tap
    return AnsweringCard(
        contest_id=contest_id,
        nonce=event.nonce,
        question=asked(contest, event.index),
        team=_team(contest, event.team) or "",
        player=contest.seats.players[event.player].name,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        seconds=_seconds(segment.answer),
        start=None if one_tap else _seconds(segment.start),
        answerer=segment.answerer.value,
    )


def ruling(contest: Contest, event: e.Ruled) -> RulingCard:
    """A question that was just closed."""
    question = contest.setup.questions[event.index]
    right = [one for one in event.rulings if one.right]
    fastest = sorted(right, key=lambda one: one.after)[:_FASTEST_SHOWN]
    last = event.rulings[-1] if event.rulings else None
    player = contest.seats.players.get(event.player) if event.player is not None else None
    return RulingCard(
        question=asked(contest, event.index),
        answer=event.answer,
        explanation=question.explanation,
        reason=event.reason.value,
        right=event.right,
        team=_team(contest, event.team),
        player=None if player is None else player.name,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        chosen=last.options if last is not None else (),
        points=event.points,
        answered=len(event.rulings),
        correct=len(right),
        fastest=tuple(f"{_player(contest, one.player)} {one.after.total_seconds():.1f}s" for one in fastest),
        scores=scores(contest),
    )


def void(contest: Contest, index: int, reason: str) -> VoidCard:
    """A question whose round does not count."""
    return VoidCard(question=asked(contest, index), reason=cast(Any, reason))


def scores(contest: Contest) -> tuple[Score, ...]:
    """The score now, best first."""
    now = standings_of(contest.rules, contest.seats, contest.awards)
    return tuple(Score(name=line.name, score=line.score, rank=line.rank) for line in now.teams[:_PLAYERS_SHOWN])


def happening(what: str, *, reason: str = "", scores: tuple[Score, ...] = ()) -> Happening:
    """Something that the group has to know."""
    return Happening(what=cast(Any, what), reason=reason, scores=scores)


def revision(
    event: e.QuestionVoided | e.QuestionReplaced | e.Overruled | e.ScoreCorrected, contest: Contest
) -> Happening:
    """A change by hand, with the score that follows from it."""
    common = {"reason": event.reason, "scores": scores(contest)}
    match event:
        case e.QuestionVoided():
            return Happening(what="voided", number=event.index + 1, **cast(Any, common))
        case e.QuestionReplaced():
            return Happening(what="replaced", number=contest.course.slot + 1, **cast(Any, common))
        case e.Overruled():
            return Happening(what="overruled", number=event.index + 1, right=event.right, **cast(Any, common))
        case e.ScoreCorrected():
            team = _team(contest, event.team)
            return Happening(what="corrected", team=team, points=event.points, **cast(Any, common))


def standings(
    contest_id: int, contest: Contest, result: Standings, title: dict[str, str], *, revised: bool
) -> StandingsCard:
    """The end."""
    teams = {team.id: team.name for team in contest.seats.teams.values()}
    return StandingsCard(
        contest_id=contest_id,
        title=title,
        bank=contest.setup.bank,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        revised=revised,
        teams=tuple(
            TeamResult(rank=line.rank, name=line.name, score=line.score, right=line.right, wrong=line.wrong)
            for line in result.teams[:_PLAYERS_SHOWN]
        ),
        players=tuple(
            PlayerResult(
                rank=line.rank,
                name=line.name,
                team=teams[line.team],
                score=line.score,
                right=line.right,
                wrong=line.wrong,
            )
            for line in result.players[:_PLAYERS_SHOWN]
        ),
    )


def panel(contest_id: int, contest: Contest, group: str) -> HostPanel:
    """The host's controls."""
    phase = contest.phase
    state: Literal["lobby", "running", "paused", "finished", "aborted"] = "running"
    reason = ""
    match phase:
        case Lobby():
            state = "lobby"
        case Paused():
            state, reason = "paused", phase.reason
        case Finished():
            state = "finished"
        case Aborted():
            state, reason = "aborted", phase.reason
    return HostPanel(
        contest_id=contest_id,
        bank=contest.setup.bank,
        group=group,
        state=state,
        number=max(contest.course.slot + 1, 0),
        of=contest.rules.planned,
        reserve=len(contest.setup.questions) - contest.course.reserve,
        reason=reason,
    )


def _player(contest: Contest, player: PlayerId | None) -> str:
    seat = contest.seats.players.get(player) if player is not None else None
    return "" if seat is None else seat.name


def _team(contest: Contest, team: TeamId | None) -> str | None:
    seat = contest.seats.teams.get(team) if team is not None else None
    return None if seat is None else seat.name

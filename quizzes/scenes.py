"""From the state of a contest to the views that show it. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal, cast

from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import needed
from quizzes.engine.bench_desk import can_extend
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby, Paused
from quizzes.engine.rounds import answer_window
from quizzes.engine.rules import (
    BuzzerSegment,
    EveryoneSegment,
    RequiredSegment,
    RiskSegment,
    Seating,
    Segment,
    SpeechOrder,
    SpeechSegment,
)
from quizzes.engine.scoring import QuestionState, Standings, value_right, value_wrong
from quizzes.engine.scoring import standings as standings_of
from quizzes.engine.stage import STAGE_PHASES, Scoring, Summoned, Talking, Unscored
from quizzes.engine.teams import PlayerId, TeamId
from quizzes.turn_scenes import fines, missed, order, turn_rules
from quizzes.views import (
    ActLine,
    AnsweringCard,
    Asked,
    Happening,
    HostPanel,
    LobbyCard,
    LobbyTeam,
    PanelLine,
    PlayerResult,
    QuestionCard,
    RulingCard,
    Score,
    SegmentLine,
    SpeechLine,
    StandingsCard,
    TeamResult,
    VoidCard,
)

_PLAYERS_SHOWN = 20
_FASTEST_SHOWN = 3


def _seconds(length: timedelta) -> float:
    return length.total_seconds()


def segment_line(segment: Segment, count: int | None = None) -> SegmentLine:
    """A segment's rules as numbers; ``count``: how many questions it asks of the teams that are there."""
    buzzer = segment if isinstance(segment, BuzzerSegment) else None
    everyone = segment if isinstance(segment, EveryoneSegment) else None
    kinds: dict[type[Segment], Literal["buzzer", "everyone", "required", "risk"]] = {
        BuzzerSegment: "buzzer", EveryoneSegment: "everyone", RequiredSegment: "required", RiskSegment: "risk",
    }  # fmt: skip
    return SegmentLine(
        kind=kinds[type(segment)],
        questions=segment.questions if count is None else count,
        right=0 if isinstance(segment, RiskSegment) else segment.right,
        wrong=0 if isinstance(segment, RiskSegment) else segment.wrong,
        reading=_seconds(segment.reading),
        buzz=_seconds(buzzer.buzz) if buzzer else 0,
        start=0 if isinstance(segment, EveryoneSegment) else _seconds(segment.start),
        answer=_seconds(segment.answer),
        rebounds=buzzer.rebounds if buzzer else 0,
        answerer=segment.answerer.value,
        speed_weighs=everyone is not None and everyone.speed_floor is not None,
        false_start=buzzer.false_start.value if buzzer else "refused",
        fine=buzzer.fine if buzzer else 0,
        not_started="wrong" if isinstance(segment, EveryoneSegment) else segment.not_started.value,
        turns=turn_rules(segment),
    )


def speech_line(segment: SpeechSegment) -> SpeechLine:
    """The rules of speeches as numbers."""
    return SpeechLine(
        drawn=segment.order is SpeechOrder.DRAWN,
        start=_seconds(segment.start),
        talk=_seconds(segment.talk),
        scoring=_seconds(segment.scoring),
        least=segment.least,
        most=segment.most,
        places=segment.places,
        drop=segment.drop,
        drop_from=segment.drop_from,
    )


def panel_line(contest: Contest) -> PanelLine | None:
    """Who judges and how, where there are judges or protests."""
    rules, bench = contest.rules, contest.bench
    ruled = bool(rules.judges.kinds or rules.speeches)
    if not (bench.judges or ruled or rules.protests is not None):
        return None
    return PanelLine(
        judges=tuple((one.name, one.id == bench.chief_id, one.recused) for one in bench.judges),
        rules=bool(rules.judges.kinds),
        needed=needed(bench, contest.setup.by, rules.judges.quorum),
        seconds=_seconds(rules.judges.seconds),
        chief=_seconds(rules.judges.chief),
        protests=0 if rules.protests is None else rules.protests.each,
        window=0 if rules.protests is None else _seconds(rules.protests.window),
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
        segments=tuple(
            speech_line(segment) if isinstance(segment, SpeechSegment) else segment_line(segment, count)
            for segment, count in zip(rules.segments, contest.course.counts, strict=True)
        ),
        tie_break=rules.tie_break is not None,
        individuals=rules.seating is Seating.INDIVIDUALS,
        teams=teams,
        panel=panel_line(contest),
        may_add=rules.seating is Seating.OPEN and len(seats.teams) < rules.teams_most,
        state=state,
    )


def asked(contest: Contest, index: int, number: int | None = None) -> Asked:
    """A question as everybody sees it, without its answer."""
    question = contest.setup.questions[index]
    return Asked(
        number=contest.course.slot + 1 if number is None else number,
        of=contest.planned,
        kind=question.kind.value,
        text=question.text,
        options=question.options,
    )


def question(contest_id: int, contest: Contest, event: e.QuestionAsked, bot: str = "") -> QuestionCard:
    """A question that is asked now; ``bot``: our own user name, for typed answers in private."""
    segment = contest.rules.segment(event.segment)
    shown = contest.setup.questions[event.index]
    mode: Literal["buzzer", "everyone", "turn"] = "everyone" if event.team is None else "turn"
    length = answer_window(shown, segment)
    if isinstance(segment, BuzzerSegment):
        mode, length = "buzzer", segment.buzz
    start = None
    if mode == "turn" and not shown.kind.one_tap and not isinstance(segment, EveryoneSegment):
        start = _seconds(segment.start)
    made_up = bool(contest.course.rulings)
    playing: tuple[str, ...] = ()
    if event.team is None and (event.excluded or event.contenders is not None):
        playing = tuple(team.name for team in contest.seats.teams.values() if team.id in contest.eligible)
    return QuestionCard(
        contest_id=contest_id,
        nonce=event.nonce,
        mode=mode,
        question=asked(contest, event.index, event.number),
        seconds=_seconds(length),
        reading=0.0 if event.reason is e.AskReason.REBOUND else _seconds(segment.reading),
        right=value_right(segment, shown, event.stake, made_up=made_up),
        wrong=value_wrong(segment, shown, event.stake, made_up=made_up),
        reason=event.reason.value,
        sudden_death=event.segment == len(contest.rules.segments),
        teams=playing,
        team=_team(contest, event.team) or "",
        answerer=segment.answerer.value,
        start=start,
        stake=event.stake,
        order=order(contest) if event.team is not None and event.stake is None else None,
        missed=missed(contest),
        bot=bot if mode == "everyone" and shown.kind.typed else "",
    )


def answering(contest_id: int, contest: Contest, event: e.Buzzed) -> AnsweringCard:
    """Somebody was first."""
    segment = contest.segment
    assert isinstance(segment, BuzzerSegment)
    shown = contest.setup.questions[event.index]
    return AnsweringCard(
        contest_id=contest_id,
        nonce=event.nonce,
        question=asked(contest, event.index),
        team=_team(contest, event.team) or "",
        player=contest.seats.players[event.player].name,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        seconds=_seconds(answer_window(shown, segment)),
        start=None if shown.kind.one_tap else _seconds(segment.start),
        answerer=segment.answerer.value,
    )


def ruling(contest: Contest, event: e.Ruled, contest_id: int = 0) -> RulingCard:
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
        accepted=question.accepted,
        text=last.text if last is not None else "",
        stake=contest.course.stake,
        fines=fines(contest, event.index),
        protest=(contest_id, event.index) if _can_protest(contest, event) else None,
        decimals=contest.rules.decimals,
        scores=scores(contest),
    )


def _can_protest(contest: Contest, event: e.Ruled) -> bool:
    record = contest.record(event.index)
    return contest.rules.protests is not None and record is not None and record.state is not QuestionState.VOID


def void(contest: Contest, index: int, reason: str) -> VoidCard:
    """A question whose round does not count."""
    return VoidCard(question=asked(contest, index), reason=cast(Any, reason))


def scores(contest: Contest) -> tuple[Score, ...]:
    """The score now, best first."""
    now = standings_of(contest.rules, contest.seats, contest.awards)
    decimals = contest.rules.decimals
    return tuple(
        Score(name=line.name, score=line.score, rank=line.rank, decimals=decimals)
        for line in now.teams[:_PLAYERS_SHOWN]
    )


def happening(what: str, *, reason: str = "", scores: tuple[Score, ...] = ()) -> Happening:
    """Something that the group has to know."""
    return Happening(what=cast(Any, what), reason=reason, scores=scores)


def revision(
    event: e.QuestionVoided | e.QuestionReplaced | e.Overruled | e.ScoreCorrected, contest: Contest
) -> Happening:
    """A change by hand, with the score that follows from it."""
    common = {"reason": event.reason, "scores": scores(contest), "decimals": contest.rules.decimals}
    match event:
        case e.QuestionVoided():
            return Happening(what="voided", number=contest.number_of(event.index), **cast(Any, common))
        case e.QuestionReplaced():
            return Happening(what="replaced", number=contest.course.slot + 1, **cast(Any, common))
        case e.Overruled():
            number = contest.number_of(event.index)
            return Happening(what="overruled", number=number, right=event.right, **cast(Any, common))
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
        decimals=contest.rules.decimals,
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


def panel(contest_id: int, contest: Contest, group: str, acts: tuple[e.Event, ...] = ()) -> HostPanel:
    """The host's controls, with what was done by hand."""
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
        of=contest.planned,
        reserve=len(contest.setup.questions) - contest.course.reserve,
        reason=reason,
        can_extend=can_extend(contest),
        stage=_STAGES.get(type(phase), ""),
        nonce=contest.course.nonce,
        speaker=_team(contest, phase.team) or "" if isinstance(phase, STAGE_PHASES) else "",
        unreachable=tuple(judge.name for judge in contest.bench.judges if judge.unreachable),
        open_protests=len(contest.bench.open_protests),
        decimals=contest.rules.decimals,
        acts=tuple(line for event in acts if (line := _act(contest, event)) is not None),
    )


_STAGES: dict[type[object], Literal["called", "talking", "scoring", "unscored"]] = {
    Summoned: "called",
    Talking: "talking",
    Scoring: "scoring",
    Unscored: "unscored",
}


def _act(contest: Contest, event: e.Event) -> ActLine | None:
    match event:
        case e.QuestionVoided() | e.QuestionReplaced():
            what = "voided" if isinstance(event, e.QuestionVoided) else "replaced"
            return _by(contest, event.by, event, what, number=_number(contest, event.index))
        case e.Overruled():
            return _by(contest, event.by, event, "overruled", number=_number(contest, event.index), right=event.right)
        case e.ScoreCorrected():
            return _by(
                contest, event.by, event, "corrected", team=_team(contest, event.team) or "", points=event.points
            )
        case eb.Extended():
            return _by(contest, event.by, event, "extended", seconds=event.seconds)
        case eb.SpeakerSkipped() if event.by is not None:
            return _by(contest, event.by, event, "skipped", team=_team(contest, event.team) or "")
        case e.PausedBy() if event.by is not None:
            return _by(contest, event.by, event, "paused")
        case e.Resumed():
            return ActLine(at=event.at, who=_person(contest, event.by), what="resumed")
        case _:
            return None


def _by(contest: Contest, by: PlayerId, event: Any, what: str, **more: Any) -> ActLine:
    return ActLine(at=event.at, who=_person(contest, by), what=cast(Any, what), reason=event.reason, **more)


def _person(contest: Contest, by: PlayerId) -> str:
    """A judge's or player's name; empty for the host and other organisers, who are not in the contest."""
    judge = contest.bench.judge(by)
    return judge.name if judge is not None else _player(contest, by)


def _number(contest: Contest, index: int) -> int:
    record = contest.record(index)
    return record.number if record is not None and record.number else index + 1


def _player(contest: Contest, player: PlayerId | None) -> str:
    seat = contest.seats.players.get(player) if player is not None else None
    return "" if seat is None else seat.name


def _team(contest: Contest, team: TeamId | None) -> str | None:
    seat = contest.seats.teams.get(team) if team is not None else None
    return None if seat is None else seat.name

"""From the state of a contest to what judges, captains and speakers see. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, cast

from quizzes.bench_views import (
    BallotCard,
    JudgeGreeting,
    JudgeLine,
    JudgesCard,
    MarkLine,
    ProtestCard,
    ScoreSheet,
    SpeakerCard,
)
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Docket, How, Matter, Protest, Verdict, needed
from quizzes.engine.phases import Contest, Judging
from quizzes.engine.protests import verdicts
from quizzes.engine.rules import EveryoneSegment
from quizzes.engine.scoring import QuestionState
from quizzes.engine.stage import StagePhase
from quizzes.engine.teams import PlayerId, TeamId
from quizzes.scenes import asked, scores

_OFFERED_MOST = 21


def team_name(contest: Contest, team: TeamId) -> str:
    """What a team is called."""
    return contest.seats.teams[team].name


def judge_name(contest: Contest, judge: PlayerId) -> str:
    """What a judge is called; empty for the host, who is on no panel."""
    member = contest.bench.judge(judge)
    return "" if member is None else member.name


def judge_lines(contest: Contest) -> tuple[JudgeLine, ...]:
    """The panel in the order in which it was named."""
    bench = contest.bench
    return tuple(
        JudgeLine(name=one.name, chief=one.id == bench.chief_id, recused=one.recused, unreachable=one.unreachable)
        for one in bench.judges
    )


def judges(contest: Contest) -> JudgesCard:
    """The panel and how it decides."""
    rules = contest.rules.judges
    return JudgesCard(
        judges=judge_lines(contest),
        needed=needed(contest.bench, contest.setup.by, rules.quorum),
        seconds=rules.seconds.total_seconds(),
        chief_seconds=rules.chief.total_seconds(),
    )


def greeting(
    contest_id: int, contest: Contest, event: eb.JudgeNamed, group: str, title: dict[str, str]
) -> JudgeGreeting:
    """Tells a judge of the panel."""
    return JudgeGreeting(contest_id=contest_id, group=group, title=title, chief=event.chief, recused=event.recused)


def ballot(
    contest_id: int,
    contest: Contest,
    matter: Matter,
    number: int,
    judge: PlayerId,
    group: str,
    now: datetime,
    decided: eb.Decided | None = None,
    *,
    overtaken: bool = False,
) -> BallotCard | None:
    """A matter as one judge sees it now; None if it is gone and nothing is known of it any more."""
    docket: Docket | None
    common: dict[str, Any]
    if matter is Matter.RULING:
        phase = contest.phase
        if not isinstance(phase, Judging):
            return None
        docket, common = phase.docket, _answer(contest, phase)
    else:
        protest = contest.bench.protest(number)
        if protest is None:
            return None
        docket = protest.state if isinstance(protest.state, Docket) else None
        common = _protest(contest, protest)
    mine = docket.ballots.get(judge) if docket is not None else None
    state = _state(contest, docket, judge, mine)
    if decided is not None or overtaken:
        state = "closed" if decided is not None else "overtaken"
    return BallotCard(
        contest_id=contest_id,
        matter=cast(Any, matter.value),
        number=number,
        group=group,
        seconds=0 if docket is None else max((docket.due_at - now).total_seconds(), 0),
        state=cast(Any, state),
        mine=None if mine is None else mine.value,
        outcome=None if decided is None or decided.verdict is None else decided.verdict.value,
        how=None if decided is None else decided.how.value,
        **common,
    )


def _state(contest: Contest, docket: Docket | None, judge: PlayerId, mine: Verdict | None) -> str:
    if docket is None:
        return "closed"
    if mine is not None:
        return "voted"
    if docket.alone:
        return "alone" if judge == contest.bench.chief(contest.setup.by) else "with_chief"
    return "open"


def _answer(contest: Contest, phase: Judging) -> dict[str, Any]:
    question, turn = contest.question, phase.turn
    player = contest.seats.players.get(turn.player) if turn.player is not None else None
    return {
        "question": asked(contest, phase.index),
        "reference": question.accepted,
        "team": team_name(contest, turn.team),
        "player": "" if player is None else player.name,
        "text": phase.text,
        "verdicts": (Verdict.RIGHT.value, Verdict.WRONG.value),
    }


def _protest(contest: Contest, protest: Protest) -> dict[str, Any]:
    record = contest.record(protest.index)
    question = contest.setup.questions[protest.index]
    last = record.rulings[-1] if record is not None and record.rulings else None
    ruled = "nobody"
    if record is not None and isinstance(contest.rules.segment(record.segment), EveryoneSegment):
        ruled = "everyone"
    elif last is not None and record is not None and record.state is QuestionState.RULED:
        ruled = "right" if last.right else "wrong"
    return {
        "question": asked(contest, protest.index, record.number if record is not None else None),
        "reference": question.accepted,
        "answer": question.answer,
        "team": team_name(contest, protest.team),
        "player": contest.seats.players[protest.by].name if protest.by in contest.seats.players else "",
        "text": last.text if last is not None else "",
        "reason": protest.reason,
        "protested": ruled,
        "verdicts": tuple(verdict.value for verdict in verdicts(contest, protest)),
    }


def protest(contest: Contest, number: int, decided: eb.Decided | None = None) -> ProtestCard:
    """A protest as the group sees it."""
    found = contest.bench.protest(number)
    assert found is not None
    record = contest.record(found.index)
    return ProtestCard(
        number=record.number if record is not None else found.index + 1,
        team=team_name(contest, found.team),
        reason=found.reason,
        state="filed" if decided is None else "decided",
        by_host=not contest.bench.is_manned,
        outcome=None if decided is None or decided.verdict is None else decided.verdict.value,
        how=None if decided is None else decided.how.value,
        decimals=contest.rules.decimals,
        scores=() if decided is None else scores(contest),
    )


def sheet(
    contest_id: int, contest: Contest, nonce: int, team: TeamId, judge: PlayerId, group: str, seconds: float
) -> ScoreSheet:
    """A speech before a judge who has not scored it."""
    settings = contest.rules.speech(contest.course.segment)
    return ScoreSheet(
        contest_id=contest_id,
        nonce=nonce,
        group=group,
        speaker=team_name(contest, team),
        least=settings.least,
        most=settings.most,
        places=settings.places,
        seconds=seconds,
        offered=_offered(settings.least, settings.most),
    )


def _offered(least: int, most: int) -> tuple[int, ...]:
    """Whole scores for buttons: all of them, or the upper end of a long range; the rest is typed."""
    return tuple(score * 100 for score in range(max(least, most - _OFFERED_MOST + 1), most + 1))


def speaker(
    contest_id: int,
    contest: Contest,
    phase: StagePhase,
    state: Literal["called", "talking", "warned", "scoring", "unscored", "scored", "skipped", "void"],
    *,
    left: float = 0,
    scored: eb.TalkScored | None = None,
    reason: str = "",
) -> SpeakerCard:
    """A speaker; ``contest`` is the one in which the phase stands."""
    settings = contest.rules.speech(contest.course.segment)
    speakers = contest.bench.round_of(contest.course.segment)
    assert speakers is not None
    place = speakers.order.index(phase.team) + 1
    marks: tuple[MarkLine, ...] = ()
    if scored is not None:
        marks = tuple(
            MarkLine(judge=judge_name(contest, one.judge), score=one.score, counts=one.counts) for one in scored.marks
        )
    return SpeakerCard(
        contest_id=contest_id,
        nonce=phase.nonce,
        place=place,
        of=len(speakers.order),
        team=team_name(contest, phase.team),
        state=state,
        order=tuple(team_name(contest, team) for team in speakers.order) if place == 1 and state == "called" else (),
        drawn=settings.order.value == "drawn",
        start=settings.start.total_seconds(),
        talk=settings.talk.total_seconds(),
        left=left,
        marks=marks,
        points=scored.points if scored is not None else 0,
        decimals=contest.rules.decimals,
        reason=reason,
    )


def not_judged(event: eb.Decided) -> bool:
    """Whether nobody judged a matter."""
    return event.how is How.NOBODY

"""What the events around judges, protests and speeches make of a contest."""

from __future__ import annotations

from collections.abc import Callable

from quizzes.engine import events_bench as e
from quizzes.engine.bench import Bench, Decision, Docket, Judge, Matter, Protest, Round
from quizzes.engine.copying import replace
from quizzes.engine.phases import (
    Answering,
    Buzzing,
    Called,
    Closing,
    Collecting,
    Contest,
    Interval,
    Judging,
    Staking,
    Starting,
    Turn,
)
from quizzes.engine.stage import STAGE_PHASES, Scoring, Summoned, Talking, Unscored


def on_the_bench(contest: Contest, event: e.BenchEvent) -> Contest:
    """The contest after an event of the bench."""
    match event:
        case e.JudgeNamed() | e.JudgeDismissed() | e.JudgeRecused() | e.JudgeUnreachable():
            return replace(contest, bench=_panel(contest.bench, event))
        case e.AnswerBegun():
            return _begun(contest, event)
        case e.AnswerEnded():
            return _ended(contest, event)
        case e.BallotCast() | e.HandedToChief() | e.DocketRenewed():
            return _with_docket(contest, event)
        case e.Decided() | e.Protested() | e.ProtestExplained():
            return replace(contest, bench=_protests(contest.bench, event))
        case e.ClosingBegun():
            before = contest.phase
            opened_at = before.opened_at if isinstance(before, Interval) else None
            closed_at = before.closed_at if isinstance(before, Interval) else None
            return contest.in_phase(Closing(event.ends_at, opened_at, closed_at))
        case e.Extended():
            return _extended(contest, event)
        case _:
            return _on_stage(contest, event)


def _panel(bench: Bench, event: e.JudgeNamed | e.JudgeDismissed | e.JudgeRecused | e.JudgeUnreachable) -> Bench:
    match event:
        case e.JudgeNamed():
            chief = event.judge if event.chief else bench.chief_id
            if bench.judge(event.judge) is not None:
                return replace(bench, chief_id=chief)
            return replace(bench, judges=(*bench.judges, Judge(event.judge, event.name, event.recused)), chief_id=chief)
        case e.JudgeDismissed():
            left = tuple(judge for judge in bench.judges if judge.id != event.judge)
            chief = bench.chief_id if bench.chief_id != event.judge else (left[0].id if left else None)
            return replace(bench, judges=left, chief_id=chief)
        case e.JudgeRecused():
            return _changed(bench, event.judge, lambda judge: replace(judge, recused=event.recused))
        case e.JudgeUnreachable():
            return _changed(bench, event.judge, lambda judge: replace(judge, unreachable=True))


def _changed(bench: Bench, number: int, change: Callable[[Judge], Judge]) -> Bench:
    return replace(bench, judges=tuple(change(judge) if judge.id == number else judge for judge in bench.judges))


def _begun(contest: Contest, event: e.AnswerBegun) -> Contest:
    phase = contest.phase
    if not isinstance(phase, Called | Starting):
        return contest
    turn = replace(phase.turn, player=event.player)
    return contest.in_phase(Answering(phase.nonce, phase.index, phase.opened_at, turn, event.closes_at))


def _ended(contest: Contest, event: e.AnswerEnded) -> Contest:
    phase = contest.phase
    # Where teams take turns, an answer may come before the question's message is confirmed.
    opened_at = phase.opened_at if isinstance(phase, Called | Starting | Answering) else event.ended_at
    turn, docket = Turn(event.team, event.player), Docket(event.due_at)
    return contest.in_phase(Judging(event.nonce, event.index, opened_at, event.ended_at, turn, docket, event.text))


def _with_docket(contest: Contest, event: e.BallotCast | e.HandedToChief | e.DocketRenewed) -> Contest:
    if event.matter is Matter.RULING:
        phase = contest.phase
        if not isinstance(phase, Judging):
            return contest
        return contest.in_phase(replace(phase, docket=_docket(phase.docket, event)))
    protest = contest.bench.protest(event.number)
    if protest is None or not isinstance(protest.state, Docket):
        return contest
    changed = replace(protest, state=_docket(protest.state, event))
    return replace(contest, bench=contest.bench.with_protest(changed))


def _docket(docket: Docket, event: e.BallotCast | e.HandedToChief | e.DocketRenewed) -> Docket:
    match event:
        case e.BallotCast():
            return docket.with_ballot(event.judge, event.verdict)
        case e.HandedToChief():
            return replace(docket, due_at=event.due_at, alone=True)
        case e.DocketRenewed():
            return replace(docket, due_at=event.due_at)


def _protests(bench: Bench, event: e.Decided | e.Protested | e.ProtestExplained) -> Bench:
    if isinstance(event, e.Protested):
        docket = Docket(event.due_at)
        return bench.with_protest(Protest(event.protest, event.index, event.team, event.player, event.reason, docket))
    number = event.protest if isinstance(event, e.ProtestExplained) else event.number
    protest = bench.protest(number)
    if protest is None:
        return bench
    if isinstance(event, e.ProtestExplained):
        return bench.with_protest(replace(protest, reason=event.reason))
    if event.matter is Matter.RULING:
        return bench
    return bench.with_protest(replace(protest, state=Decision(event.verdict, event.how)))


def _extended(contest: Contest, event: e.Extended) -> Contest:
    phase = contest.phase
    match phase:
        case Answering() | Buzzing() | Collecting() | Staking() | Talking() | Scoring():
            return contest.in_phase(replace(phase, closes_at=event.closes_at))
        case Judging():
            return contest.in_phase(replace(phase, docket=replace(phase.docket, due_at=event.closes_at)))
        case _:
            return contest


def _on_stage(contest: Contest, event: e.BenchEvent) -> Contest:
    phase = contest.phase
    match event:
        case e.SpeakersDrawn():
            return replace(contest, bench=contest.bench.with_round(Round(event.segment, event.order)))
        case e.SpeakerCalled():
            return _called(contest, event)
        case e.TalkBegun() if isinstance(phase, Summoned):
            return contest.in_phase(Talking(event.nonce, event.team, event.at, event.closes_at, event.warns_at))
        case e.TalkWarned() if isinstance(phase, Talking):
            return contest.in_phase(replace(phase, warns_at=None))
        case e.TalkEnded() if isinstance(phase, Talking | Unscored):
            return contest.in_phase(Scoring(event.nonce, event.team, event.due_at))
        case e.ScoreGiven() if isinstance(phase, Scoring):
            return contest.in_phase(replace(phase, scores={**phase.scores, event.judge: event.score}))
        case e.ScoringEmpty() if isinstance(phase, Scoring):
            return contest.in_phase(Unscored(event.nonce, event.team, event.skips_at))
        case e.TalkScored() | e.SpeakerSkipped() if isinstance(phase, STAGE_PHASES):
            return _done(contest, event)
        case _:
            return contest


def _called(contest: Contest, event: e.SpeakerCalled) -> Contest:
    speakers = contest.bench.round_of(event.segment)
    assert speakers is not None
    if event.team not in speakers.order:
        speakers = replace(speakers, order=(*speakers.order, event.team))
    course = replace(contest.course, nonce=event.nonce, segment=event.segment, excluded=frozenset(), contenders=None)
    phase = Summoned(event.nonce, event.team, event.starts_by)
    return replace(contest, course=course, bench=contest.bench.with_round(speakers), phase=phase)


def _done(contest: Contest, event: e.TalkScored | e.SpeakerSkipped) -> Contest:
    speakers = contest.bench.round_of(contest.course.segment)
    assert speakers is not None
    bench = contest.bench.with_round(replace(speakers, place=speakers.place + 1))
    awards = contest.awards
    if isinstance(event, e.TalkScored):
        awards = (*awards, *event.awards)
    return replace(contest, awards=awards, bench=bench, phase=Interval(ends_at=event.next_at))

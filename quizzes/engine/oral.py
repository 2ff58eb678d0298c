"""Answers that judges rule on: whoever is called begins, speaks, has finished; then the panel votes."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import errors, panel
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.acts import noted, seated
from quizzes.engine.answers import AnswerPhase, is_late, may_answer, rule, unanswered
from quizzes.engine.bench import Decision, How, Matter, Verdict, tally
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import ROUND_PHASES, Answering, Called, Contest, Judging, Starting
from quizzes.engine.questions import Kind
from quizzes.engine.rules import CalledSegment, EveryoneSegment
from quizzes.engine.scoring import Ruling


def is_spoken(contest: Contest) -> bool:
    """Whether the question under way is answered aloud."""
    return contest.question.kind is Kind.ORAL


def begin(contest: Contest, command: cb.Begin, now: datetime) -> tuple[e.Event, ...]:
    """Whoever is called begins to speak.

    Raises:
        RoundOver, NothingBegins, NotSeated, NotAnswering.
    """
    phase, settings = _called(contest, command)
    act = c.Press(command.player, command.update_id, command.received_at, command.nonce)
    team = seated(contest, act)
    if not may_answer(settings, phase.turn, act.player, team):
        return (noted(contest, act, team, e.PressKind.NOT_YOUR_TURN, now),)
    if isinstance(phase, Answering):
        return (noted(contest, act, team, e.PressKind.SECOND, now),)
    if is_late(phase, command.received_at):
        return (noted(contest, act, team, e.PressKind.TOO_LATE, now),)
    closes_at = command.received_at + settings.answer + contest.rules.grace
    return (
        eb.AnswerBegun(
            now,
            command.player,
            team.id,
            command.update_id,
            command.received_at,
            phase.nonce,
            phase.index,
            closes_at,
        ),
    )


def end(contest: Contest, command: cb.EndAnswer, now: datetime) -> tuple[e.Event, ...]:
    """Whoever speaks has finished; the judges have the word.

    Raises:
        RoundOver, NothingBegins, NotSeated, NotAnswering.
    """
    phase, settings = _called(contest, command)
    act = c.Press(command.player, command.update_id, command.received_at, command.nonce)
    team = seated(contest, act)
    if not may_answer(settings, phase.turn, act.player, team):
        return (noted(contest, act, team, e.PressKind.NOT_YOUR_TURN, now),)
    if not isinstance(phase, Answering):
        raise errors.NothingBegins
    if is_late(phase, command.received_at):
        return (noted(contest, act, team, e.PressKind.TOO_LATE, now),)
    return (panel.answer_ended(contest, team.id, command.player, command.player, command.received_at, now),)


def _called(contest: Contest, command: cb.Begin | cb.EndAnswer) -> tuple[AnswerPhase, CalledSegment]:
    phase = contest.phase
    if not isinstance(phase, ROUND_PHASES) or phase.nonce != command.nonce:
        raise errors.RoundOver
    settings = contest.segment
    if not is_spoken(contest) or isinstance(settings, EveryoneSegment):
        raise errors.NothingBegins
    if not isinstance(phase, Called | Starting | Answering):
        raise errors.NotAnswering
    return phase, settings


def cut_off(contest: Contest, phase: Answering, now: datetime) -> eb.AnswerEnded:
    """The time to speak is over: what was said goes before the judges."""
    turn = phase.turn
    return panel.answer_ended(contest, turn.team, turn.player, None, phase.closes_at, now)


def vote(contest: Contest, command: cb.Rule, now: datetime) -> tuple[e.Event, ...]:
    """A judge's ballot on the answer.

    Raises:
        MatterClosed, IsRecused, NotOnPanel, AlreadyVoted, MatterOfChief.
    """
    phase = contest.phase
    if not isinstance(phase, Judging) or phase.nonce != command.nonce:
        raise errors.MatterClosed
    panel.admit_ballot(contest, command.judge, phase.docket)
    verdict = Verdict.RIGHT if command.right else Verdict.WRONG
    cast = eb.BallotCast(now, command.judge, Matter.RULING, phase.nonce, verdict)
    return cast, *_settled(evolve(contest, cast), now)


def overdue(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """The judges' time is over: the chief decides, and after the chief nobody."""
    phase = contest.phase
    assert isinstance(phase, Judging)
    if panel.is_last_chance(contest, phase.docket):
        return _closed(contest, Decision(None, How.NOBODY), now)
    handed = panel.handed(contest, Matter.RULING, phase.nonce, now)
    return handed, *_settled(evolve(contest, handed), now)


def _settled(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    phase = contest.phase
    assert isinstance(phase, Judging)
    decision = tally(contest.bench, contest.setup.by, contest.rules.judges.quorum, phase.docket)
    return () if decision is None else _closed(contest, decision, now)


def _closed(contest: Contest, decision: Decision, now: datetime) -> tuple[e.Event, ...]:
    phase, settings = contest.phase, contest.segment
    assert isinstance(phase, Judging)
    assert not isinstance(settings, EveryoneSegment)
    decided = eb.Decided(now, Matter.RULING, phase.nonce, decision.verdict, decision.how)
    if decision.verdict is None:
        return decided, unanswered(contest, e.RulingReason.NOT_JUDGED, now)
    turn, right = phase.turn, decision.verdict is Verdict.RIGHT
    ruling = Ruling(turn.player, turn.team, (), right, phase.closed_at - phase.opened_at, phase.text)
    return decided, *rule(contest, settings, ruling, e.RulingReason.JUDGED, now)

"""Protests: a captain doubts a ruling, the panel looks again, and everything is counted anew."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import errors, hosting, panel
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Decision, Docket, How, Matter, Protest, Verdict, tally
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Aborted, Contest, Finished
from quizzes.engine.rounds import latest_ruling
from quizzes.engine.rules import EveryoneSegment
from quizzes.engine.scoring import QuestionState
from quizzes.engine.teams import Team

REASON_MOST = 200
"""A reason is one line."""


def file(contest: Contest, command: cb.FileProtest, now: datetime) -> tuple[e.Event, ...]:
    """A protest against the latest ruling, or the reason for one that was filed without.

    Raises:
        ContestOver, NoProtests, NotSeated, OnlyCaptainsProtest, NothingToProtest, AlreadyProtested, NoProtestLeft.
    """
    rules, phase = contest.rules.protests, contest.phase
    if isinstance(phase, Finished | Aborted):
        raise errors.ContestOver
    if rules is None:
        raise errors.NoProtests
    team = contest.team_of(command.player)
    if team is None:
        raise errors.NotSeated(player=command.player)
    if team.captain != command.player:
        captain = contest.seats.players.get(team.captain) if team.captain is not None else None
        raise errors.OnlyCaptainsProtest(captain=captain.name if captain is not None else "")
    reason = " ".join(command.reason.split())[:REASON_MOST]
    unexplained = _unexplained(contest, team)
    if reason and unexplained is not None and command.index in (None, unexplained.index):
        return (eb.ProtestExplained(now, unexplained.id, command.player, reason),)
    record = None if contest.gathers else latest_ruling(contest)
    if record is None or command.index not in (None, record.index):
        raise errors.NothingToProtest
    protests = contest.bench.protests
    if any(one.index == record.index and (one.is_open or one.team == team.id) for one in protests):
        raise errors.AlreadyProtested
    if sum(one.team == team.id and not one.is_upheld for one in protests) >= rules.each:
        raise errors.NoProtestLeft(each=rules.each)
    due_at = panel.due_at(contest, now)
    return (eb.Protested(now, len(protests) + 1, record.index, team.id, command.player, reason, due_at),)


def _unexplained(contest: Contest, team: Team) -> Protest | None:
    return next((one for one in contest.bench.open_protests if one.team == team.id and not one.reason), None)


def overturning(contest: Contest, protest: Protest) -> c.Overrule | None:
    """How the ruling would be turned: the team's own wrong answer becomes right, or the last ruling its opposite."""
    record = contest.record(protest.index)
    if record is None or record.state is QuestionState.VOID or not record.rulings:
        return None
    by, reason = contest.bench.chief(contest.setup.by), protest.reason
    if any(ruling.team == protest.team and not ruling.right for ruling in record.rulings):
        return c.Overrule(protest.index, True, by, reason, team=protest.team)
    if isinstance(contest.rules.segment(record.segment), EveryoneSegment):
        return None
    return c.Overrule(protest.index, not record.rulings[-1].right, by, reason)


def vote(contest: Contest, command: cb.JudgeProtest, now: datetime) -> tuple[e.Event, ...]:
    """A judge's ballot on a protest.

    Raises:
        MatterClosed, IsRecused, NotOnPanel, AlreadyVoted, MatterOfChief, VerdictUnfit.
    """
    protest = contest.bench.protest(command.protest)
    if protest is None or not isinstance(protest.state, Docket) or isinstance(contest.phase, Finished | Aborted):
        raise errors.MatterClosed
    panel.admit_ballot(contest, command.judge, protest.state)
    if command.verdict not in verdicts(contest, protest):
        raise errors.VerdictUnfit
    cast = eb.BallotCast(now, command.judge, Matter.PROTEST, protest.id, command.verdict)
    return cast, *_settled(evolve(contest, cast), protest.id, now)


def verdicts(contest: Contest, protest: Protest) -> tuple[Verdict, ...]:
    """What can be decided on a protest."""
    if overturning(contest, protest) is None:
        return (Verdict.STANDS, Verdict.VOID)
    return (Verdict.STANDS, Verdict.OVERTURNED, Verdict.VOID)


def overdue(contest: Contest, protest: Protest, now: datetime) -> tuple[e.Event, ...]:
    """The judges' time is over: the chief decides, and after the chief nobody: then the ruling stands."""
    assert isinstance(protest.state, Docket)
    if panel.is_last_chance(contest, protest.state):
        return _closed(contest, protest, Decision(None, How.NOBODY), now)
    handed = panel.handed(contest, Matter.PROTEST, protest.id, now)
    return handed, *_settled(evolve(contest, handed), protest.id, now)


def _settled(contest: Contest, number: int, now: datetime) -> tuple[e.Event, ...]:
    protest = contest.bench.protest(number)
    assert protest is not None
    assert isinstance(protest.state, Docket)
    decision = tally(contest.bench, contest.setup.by, contest.rules.judges.quorum, protest.state)
    return () if decision is None else _closed(contest, protest, decision, now)


def _closed(contest: Contest, protest: Protest, decision: Decision, now: datetime) -> tuple[e.Event, ...]:
    """The decision, and what it does to the score. A question that was voided meanwhile is left as it is."""
    decided = eb.Decided(now, Matter.PROTEST, protest.id, decision.verdict, decision.how)
    after = evolve(contest, decided)
    if decision.verdict is Verdict.OVERTURNED:
        command = overturning(contest, protest)
        return (decided,) if command is None else (decided, *hosting.overrule(after, command, now))
    record = contest.record(protest.index)
    if decision.verdict is not Verdict.VOID or record is None or record.state is QuestionState.VOID:
        return (decided,)
    void = c.VoidQuestion(protest.index, contest.bench.chief(contest.setup.by), protest.reason)
    return decided, *hosting.void_question(after, void, now)

"""The panel: who is on it, and what its members' ballots come to."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands_bench as c
from quizzes.engine import errors
from quizzes.engine import events_bench as e
from quizzes.engine.bench import Docket, Matter
from quizzes.engine.phases import Contest, Judging
from quizzes.engine.teams import PlayerId, TeamId


def named(contest: Contest, command: c.NameJudge, now: datetime) -> tuple[e.JudgeNamed, ...]:
    """Put somebody on the panel, or make a member its chief.

    Raises:
        PlayersDoNotJudge, AlreadyJudge.
    """
    bench = contest.bench
    if command.judge in contest.seats.players:
        raise errors.PlayersDoNotJudge(name=contest.seats.players[command.judge].name)
    known = bench.judge(command.judge)
    chief = command.chief or not bench.judges
    if known is not None and (not chief or bench.chief_id == known.id):
        raise errors.AlreadyJudge(name=known.name)
    recused = command.recused if known is None else known.recused
    return (e.JudgeNamed(now, command.judge, command.name, chief, recused, command.by),)


def dismissed(contest: Contest, command: c.DismissJudge, now: datetime) -> tuple[e.JudgeDismissed, ...]:
    """Raises: NotOnPanel."""
    if contest.bench.judge(command.judge) is None:
        raise errors.NotOnPanel(name="")
    return (e.JudgeDismissed(now, command.judge, command.by),)


def recused(contest: Contest, command: c.Recuse, now: datetime) -> tuple[e.JudgeRecused, ...]:
    """Those whose standing changes."""
    return tuple(
        e.JudgeRecused(now, judge.id, not judge.recused)
        for judge in contest.bench.judges
        if judge.recused is not (judge.id in command.judges)
    )


def unreachable(contest: Contest, command: c.NoteUnreachable, now: datetime) -> tuple[e.JudgeUnreachable, ...]:
    """Noted once a judge."""
    judge = contest.bench.judge(command.judge)
    if judge is None or judge.unreachable:
        return ()
    return (e.JudgeUnreachable(now, judge.id),)


def admit(contest: Contest, judge: PlayerId) -> None:
    """Whether this person judges at present.

    Raises:
        IsRecused, NotOnPanel.
    """
    if judge not in contest.bench.sitting(contest.setup.by):
        if contest.bench.judge(judge) is not None:
            raise errors.IsRecused
        raise errors.NotOnPanel(name="")


def admit_ballot(contest: Contest, judge: PlayerId, docket: Docket) -> None:
    """Whether a ballot of this person counts now.

    Raises:
        IsRecused, NotOnPanel, AlreadyVoted, MatterOfChief.
    """
    admit(contest, judge)
    if judge in docket.ballots:
        raise errors.AlreadyVoted
    if docket.alone and judge != contest.bench.chief(contest.setup.by):
        raise errors.MatterOfChief


def due_at(contest: Contest, now: datetime, *, alone: bool = False) -> datetime:
    """Until when the panel (or the chief alone) has time."""
    rules = contest.rules.judges
    return now + (rules.chief if alone else rules.seconds)


def answer_ended(
    contest: Contest,
    team: TeamId,
    player: PlayerId | None,
    by: PlayerId | None,
    ended_at: datetime,
    now: datetime,
    text: str = "",
) -> e.AnswerEnded:
    """An answer is complete (``by`` None: its time is over) and goes before the judges."""
    course, due = contest.course, due_at(contest, now)
    return e.AnswerEnded(now, course.nonce, course.index, team, player, by, ended_at, due, text)


def is_last_chance(contest: Contest, docket: Docket) -> bool:
    """Whether there is nobody else to hand the matter to."""
    return docket.alone or len(contest.bench.sitting(contest.setup.by)) == 1


def handed(contest: Contest, matter: Matter, number: int, now: datetime) -> e.HandedToChief:
    """The panel's time is over."""
    chief = contest.bench.chief(contest.setup.by)
    return e.HandedToChief(now, matter, number, chief, due_at(contest, now, alone=True))


def renewed(contest: Contest, now: datetime) -> tuple[e.DocketRenewed, ...]:
    """After a restart nobody knows which ballots were prevented: what lies before the judges has its time again."""
    open_: list[tuple[Matter, int, Docket]] = []
    if isinstance(contest.phase, Judging):
        open_.append((Matter.RULING, contest.phase.nonce, contest.phase.docket))
    for protest in contest.bench.open_protests:
        assert isinstance(protest.state, Docket)
        open_.append((Matter.PROTEST, protest.id, protest.state))
    return tuple(
        e.DocketRenewed(now, matter, number, due_at(contest, now, alone=docket.alone))
        for matter, number, docket in open_
    )

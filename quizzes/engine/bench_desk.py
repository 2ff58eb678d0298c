"""The part of the engine's door that leads to the bench: commands and wake-ups of judges, protests and speeches."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizzes.engine import commands_bench as c
from quizzes.engine import errors, oral, panel, protests, speech
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Docket
from quizzes.engine.phases import Aborted, Answering, Buzzing, Collecting, Contest, Finished, Judging, Staking
from quizzes.engine.stage import STAGE_PHASES, Scoring, Talking

EXTENSION_MOST = timedelta(minutes=10)


def decide(contest: Contest, command: c.BenchCommand, now: datetime) -> tuple[e.Event, ...]:
    """Refuse a command of the bench or say what it makes happen.

    Raises:
        ContestError: it does not fit the phase or the person.
    """
    match command:
        case c.NoteUnreachable():
            return panel.unreachable(contest, command, now)
        case c.FileProtest():
            return protests.file(contest, command, now)
        case c.JudgeProtest():
            return protests.vote(contest, command, now)
        case c.Rule():
            return oral.vote(contest, command, now)
        case c.GiveScore():
            return speech.score(contest, command, now)
    if isinstance(contest.phase, Finished | Aborted):
        raise errors.ContestOver
    match command:
        case c.NameJudge():
            return panel.named(contest, command, now)
        case c.DismissJudge():
            return panel.dismissed(contest, command, now)
        case c.Recuse():
            return panel.recused(contest, command, now)
        case c.Begin():
            return oral.begin(contest, command, now)
        case c.EndAnswer():
            return oral.end(contest, command, now)
        case c.Extend():
            return _extended(contest, command, now)
        case c.BeginTalk():
            return speech.begin(contest, command, now)
        case c.EndTalk():
            return speech.end(contest, command, now)
        case c.SkipSpeaker():
            return speech.skip(contest, command, now)
        case c.RepeatScoring():
            return speech.repeat(contest, command, now)


def woken(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """What falls due on the bench: one protest at a time, then the phase, if it is one of the bench's own."""
    for protest in contest.bench.open_protests:
        if isinstance(protest.state, Docket) and protest.state.due_at <= now:
            return protests.overdue(contest, protest, now)
    phase = contest.phase
    if isinstance(phase, Judging):
        return oral.overdue(contest, now)
    return speech.woken(contest, phase, now) if isinstance(phase, STAGE_PHASES) else ()


def can_extend(contest: Contest) -> bool:
    """Whether a window is running that could be longer."""
    return isinstance(contest.phase, Answering | Buzzing | Collecting | Staking | Talking | Scoring | Judging)


def _extended(contest: Contest, command: c.Extend, now: datetime) -> tuple[e.Event, ...]:
    """The window that is running gets more time.

    Raises:
        ExtensionUnusable, NothingToExtend.
    """
    if not timedelta(0) < command.length <= EXTENSION_MOST:
        raise errors.ExtensionUnusable(most=int(EXTENSION_MOST.total_seconds()))
    match contest.phase:
        case Answering() | Buzzing() | Collecting() | Staking() | Talking() | Scoring() as phase:
            closes_at = phase.closes_at
        case Judging(docket=docket):
            closes_at = docket.due_at
        case _:
            raise errors.NothingToExtend
    seconds = int(command.length.total_seconds())
    return (eb.Extended(now, command.by, seconds, closes_at + command.length, command.reason),)

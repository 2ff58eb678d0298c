"""What hosts and judges do: pause, void, replace, overrule, correct; and what outages and restarts do."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import errors, panel
from quizzes.engine import events as e
from quizzes.engine.copying import replace
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import (
    OPEN_PHASES,
    ROUND_PHASES,
    Aborted,
    Closing,
    Contest,
    Finished,
    Interval,
    Judging,
    Paused,
)
from quizzes.engine.rounds import ask_again, ask_next, lose_round
from quizzes.engine.rules import EveryoneSegment
from quizzes.engine.scoring import QuestionState, Record, Ruling, awards_for, standings
from quizzes.engine.turns import replacement
from quizzes.engine.wake import phase_wakes_at


def pause(contest: Contest, command: c.Pause, now: datetime) -> tuple[e.Event, ...]:
    """Raises: AlreadyPaused."""
    if isinstance(contest.phase, Paused):
        raise errors.AlreadyPaused
    voided = contest.open_index if isinstance(contest.phase, ROUND_PHASES) else None
    return (e.PausedBy(now, command.by, command.reason, voided),)


def resume(contest: Contest, command: c.Resume, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NotPaused."""
    paused = contest.phase
    if not isinstance(paused, Paused):
        raise errors.NotPaused
    resumed = e.Resumed(now, command.by)
    if paused.lobby:
        return (resumed,)
    after = evolve(contest, resumed)
    return (resumed, ask_again(after, now)) if paused.again else (resumed, *ask_next(after, now))


def recover(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """After a restart nobody knows which presses were missed: an open round is void and asked again."""
    renewed = panel.renewed(contest, now)
    if not isinstance(contest.phase, ROUND_PHASES) or isinstance(contest.phase, Judging):
        # An answer that was given stays given: only the judges' time begins anew.
        return (e.Recovered(now, None), *renewed)
    recovered = e.Recovered(now, contest.open_index)
    return recovered, *renewed, ask_again(evolve(contest, recovered), now)


def lose_connection(contest: Contest, command: c.LoseConnection, now: datetime) -> tuple[e.Event, ...]:
    """An outage during a question's windows undoes all that was ruled on it, even if it was noticed afterwards."""
    phase = contest.phase
    if isinstance(phase, Judging):
        opened_at, closed_at = phase.opened_at, phase.closed_at
    elif isinstance(phase, OPEN_PHASES):
        opened_at, closed_at = phase.opened_at, phase_wakes_at(contest) or now
    elif isinstance(phase, Interval | Closing) and phase.opened_at is not None and phase.closed_at is not None:
        opened_at, closed_at = phase.opened_at, phase.closed_at
    else:
        return ()
    if command.until < opened_at or command.since > closed_at:
        return ()
    return lose_round(contest, now, e.LossReason.OUTAGE, afresh=True)


def void_question(contest: Contest, command: c.VoidQuestion, now: datetime) -> tuple[e.Event, ...]:
    """Raises: WrongPhase, QuestionUnknown, QuestionAlreadyVoid."""
    _after_the_start(contest)
    under_way = contest.open_index == command.index
    known = contest.record(command.index)
    if known is None and not under_way:
        raise errors.QuestionUnknown(index=command.index)
    if known is not None and known.state is QuestionState.VOID:
        raise errors.QuestionAlreadyVoid(index=command.index)
    next_at = now + contest.rules.pause if under_way and not isinstance(contest.phase, Paused) else None
    return _revised(contest, e.QuestionVoided(now, command.index, command.by, command.reason, next_at), now)


def replace_question(contest: Contest, command: c.ReplaceQuestion, now: datetime) -> tuple[e.Event, ...]:
    """Raises: WrongPhase, ContestOver, QuestionUnknown, NoReserve."""
    _after_the_start(contest)
    course = contest.course
    if isinstance(contest.phase, Finished):
        raise errors.ContestOver
    if course.index < 0 or course.segment in contest.rules.speeches:
        raise errors.QuestionUnknown(index=0)
    replaced = e.QuestionReplaced(now, course.index, replacement(contest), command.by, command.reason)
    if isinstance(contest.phase, Paused):
        return (replaced,)
    return replaced, ask_again(evolve(contest, replaced), now, e.AskReason.REPLACED)


def overrule(contest: Contest, command: c.Overrule, now: datetime) -> tuple[e.Event, ...]:
    """Raises: WrongPhase, QuestionUnknown, QuestionStillOpen, QuestionAlreadyVoid, NothingToOverrule."""
    _after_the_start(contest)
    if contest.open_index == command.index:
        raise errors.QuestionStillOpen(index=command.index)
    record = contest.record(command.index)
    if record is None:
        raise errors.QuestionUnknown(index=command.index)
    if record.state is QuestionState.VOID:
        raise errors.QuestionAlreadyVoid(index=command.index)
    rulings = _overruled(contest, record, command)
    if rulings == record.rulings:
        raise errors.NothingToOverrule(index=command.index)
    question = contest.setup.questions[record.index]
    awards = awards_for(
        contest.rules, record.segment, record.index, question, rulings, record.sizes, stake=record.stake
    )
    overruled = e.Overruled(now, command.index, command.right, command.by, command.reason, rulings, awards)
    return _revised(contest, overruled, now)


def _overruled(contest: Contest, record: Record, command: c.Overrule) -> tuple[Ruling, ...]:
    """The rulings as they should have been."""
    one_by_one = not isinstance(contest.rules.segment(record.segment), EveryoneSegment)
    named = command.team is not None or command.player is not None
    last = len(record.rulings) - 1
    rulings: list[Ruling] = []
    for place, ruling in enumerate(record.rulings):
        meant = place == last or not one_by_one
        if named:
            meant = command.team in (None, ruling.team) and command.player in (None, ruling.player)
        rulings.append(replace(ruling, right=command.right) if meant else ruling)
        if one_by_one and rulings[-1].right:
            # Had this been ruled right at once, the question would never have gone to the others.
            break
    return tuple(rulings)


def correct_score(contest: Contest, command: c.CorrectScore, now: datetime) -> tuple[e.Event, ...]:
    """Raises: WrongPhase, TeamUnknown, NoPoints."""
    _after_the_start(contest)
    if command.team not in contest.seats.teams:
        raise errors.TeamUnknown(team=command.team)
    if not command.points:
        raise errors.NoPoints
    return _revised(contest, e.ScoreCorrected(now, command.team, command.points, command.by, command.reason), now)


def _revised(contest: Contest, event: e.Event, now: datetime) -> tuple[e.Event, ...]:
    """After the end every change is followed by the standings that hold from now."""
    if not isinstance(contest.phase, Finished):
        return (event,)
    after = evolve(contest, event)
    return event, e.StandingsRevised(now, standings(after.rules, after.seats, after.awards))


def _after_the_start(contest: Contest) -> None:
    phase = contest.phase
    if contest.gathers:
        raise errors.WrongPhase(phase="lobby")
    if isinstance(phase, Aborted):
        raise errors.ContestOver

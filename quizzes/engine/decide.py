"""The one door of the engine: a command comes in, events go out, or a typed refusal."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import (
    answers,
    bench_desk,
    buzzer,
    drill,
    errors,
    everyone,
    hosting,
    lineup,
    lobby,
    oral,
    rounds,
    staking,
)
from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.acts import ButtonAct
from quizzes.engine.commands_bench import BenchCommand
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import (
    ROUND_PHASES,
    Aborted,
    Answering,
    Buzzing,
    Closing,
    Collecting,
    Contest,
    Finished,
    Interval,
    Lobby,
    Reading,
    Settling,
    Staking,
    Starting,
)
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, RequiredSegment, RiskSegment
from quizzes.engine.wake import wake_at

# Tuples and not unions: a union in a function is made anew at every call.
_PLAYED = (c.Press, c.Choose, c.Toggle, c.Submit, c.Stake)
_ENDS_DRILL = (c.Start, c.Pause, c.Abort, c.Recover, c.LoseConnection)


def decide(contest: Contest | None, command: c.Command, *, now: datetime) -> tuple[e.Event, ...]:
    """Refuse ``command`` or say what it makes happen; nothing is changed here.

    ``now`` is an aware UTC datetime. No events: the command was late or repeated and does no harm.

    Raises:
        ContestError: the command does not fit the phase, the rules or the person. Anything else is a bug.
    """
    if contest is None:
        if isinstance(command, c.Open):
            return lobby.open_lobby(command, now)
        raise errors.NotOpenedYet
    # What players do comes first: at a press every comparison counts.
    if isinstance(command, _PLAYED):
        return _played(contest, command, now)
    if isinstance(command, _ENDS_DRILL) and drill.drill_of(contest):
        # None of them waits for a drill: it is over, and the rest happens as if there had been none.
        dropped = drill.drop(contest, now)
        return *dropped, *decide(evolve(contest, dropped[0]), command, now=now)
    match command:
        case c.Type():
            return _typed(contest, command, now)
        case c.Wake():
            return _woken(contest, now)
        case c.ConfirmShown():
            return rounds.confirm_shown(contest, command, now)
        case c.LoseShown():
            return rounds.lose_shown(contest, command, now)
        case c.ConfirmAnswering():
            return rounds.confirm_answering(contest, command, now)
        case c.LoseAnswering():
            return rounds.lose_answering(contest, command, now)
        case c.PressDrill():
            return drill.press(contest, command, now)
        case c.ConfirmDrill():
            return drill.confirm(contest, command, now)
        case c.LoseDrill():
            return drill.lose(contest, command, now)
        case c.LoseConnection():
            return hosting.lose_connection(contest, command, now)
        case c.Open():
            raise errors.AlreadyOpened
        case c.Recover():
            return () if isinstance(contest.phase, Finished | Aborted) else hosting.recover(contest, now)
        case c.VoidQuestion():
            return hosting.void_question(contest, command, now)
        case c.ReplaceQuestion():
            return hosting.replace_question(contest, command, now)
        case c.Overrule():
            return hosting.overrule(contest, command, now)
        case c.CorrectScore():
            return hosting.correct_score(contest, command, now)
    if isinstance(command, BenchCommand):
        return bench_desk.decide(contest, command, now)
    if isinstance(contest.phase, Finished | Aborted):
        raise errors.ContestOver
    match command:
        case c.Join():
            return lobby.join(contest, command, now)
        case c.Leave():
            return lobby.leave(contest, command, now)
        case c.Ready():
            return lobby.ready(contest, command, now)
        case c.Appoint():
            return lineup.appoint(contest, command, now)
        case c.Substitute():
            return lineup.substitute(contest, command, now)
        case c.OpenDrill():
            return drill.open_drill(contest, command, now)
        case c.Start():
            return lobby.start(contest, command, now)
        case c.Pause():
            return hosting.pause(contest, command, now)
        case c.Resume():
            return hosting.resume(contest, command, now)
        case c.Abort():
            return (e.AbortedBy(now, command.by, command.reason),)


def _played(contest: Contest, command: ButtonAct, now: datetime) -> tuple[e.Event, ...]:
    """A player pressed a button: it counts only on the living round."""
    phase = contest.phase
    if not isinstance(phase, ROUND_PHASES) or phase.nonce != command.nonce:
        raise _refusal(contest, command)
    settings = contest.segment
    if isinstance(command, c.Stake):
        if not isinstance(settings, RiskSegment):
            raise errors.NotStaking
        return staking.stake(contest, command, settings, now)
    if isinstance(command, c.Press):
        if not isinstance(settings, BuzzerSegment):
            raise errors.NotBuzzing
        return buzzer.press(contest, command, settings, now)
    if isinstance(settings, EveryoneSegment):
        return everyone.answer(contest, command, phase, settings, now)
    return answers.answer(contest, command, phase, settings, now)


def _refusal(contest: Contest, command: ButtonAct) -> errors.ContestError:
    """Why a button of no living round does not count."""
    if contest.gathers:
        return errors.WrongPhase(phase="lobby")
    if isinstance(contest.phase, Finished | Aborted):
        return errors.ContestOver()
    return errors.NotStaking() if isinstance(command, c.Stake) else errors.RoundOver()


def _typed(contest: Contest, command: c.Type, now: datetime) -> tuple[e.Event, ...]:
    """Somebody wrote a message. Whatever is no answer to the question under way is no business of ours."""
    phase = contest.phase
    if not isinstance(phase, ROUND_PHASES) or contest.open_index is None or not contest.question.kind.typed:
        return ()
    settings = contest.segment
    if isinstance(settings, EveryoneSegment):
        if contest.team_of(command.player) is None:
            return ()
        return everyone.answer(contest, command, phase, settings, now)
    if not answers.is_wanted(contest, phase, command, settings):
        return ()
    return answers.answer(contest, command, phase, settings, now)


def _woken(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """What was timed has come; before its time, or with nothing timed, nothing happens."""
    moment = wake_at(contest)
    if moment is None or now < moment:
        return ()
    if events := bench_desk.woken(contest, now):
        return events
    phase = contest.phase
    if isinstance(phase, Interval | Closing):
        again = isinstance(phase, Interval) and phase.again
        return (rounds.ask_again(contest, now),) if again else rounds.ask_next(contest, now)
    if isinstance(phase, Lobby):
        return (drill.close(contest, now),)
    settings = contest.segment
    match phase, settings:
        case Staking(), RiskSegment():
            return staking.out_of_time(contest, phase, settings, now)
        case Reading(), BuzzerSegment():
            return (buzzer.reading_ended(contest, settings, now),)
        case Reading(), RequiredSegment() | RiskSegment():
            return answers.reading_ended(contest, settings, now)
        case Reading(), EveryoneSegment():
            return (everyone.reading_ended(contest, settings, now),)
        case Buzzing(), _:
            return (answers.unanswered(contest, e.RulingReason.NOBODY_BUZZED, now),)
        case Settling(), _:
            return (rounds.name_first(contest, now),)
        case Answering(), _ if oral.is_spoken(contest):
            return (oral.cut_off(contest, phase, now),)
        case ((Starting() | Answering()), BuzzerSegment() | RequiredSegment() | RiskSegment()):
            return answers.out_of_time(contest, phase, settings, now)
        case Collecting(), EveryoneSegment():
            return (everyone.close(contest, settings, now),)
        case _:
            return ()

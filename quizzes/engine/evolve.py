"""What an event makes of a contest. No rule is weighed here: an event has happened, whatever we think of it."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import drill, lineup
from quizzes.engine import events as e
from quizzes.engine.copying import replace
from quizzes.engine.errors import AlreadyOpened, NotOpenedYet
from quizzes.engine.evolve_bench import on_the_bench
from quizzes.engine.evolve_rounds import (
    answering_opened,
    buzzed,
    chosen,
    press_noted,
    question_opened,
    reading_ended,
    ruled,
    stake_asked,
    staked,
    staking_opened,
)
from quizzes.engine.phases import (
    ROUND_PHASES,
    Aborted,
    Asking,
    Closing,
    Contest,
    Course,
    Finished,
    Interval,
    Judging,
    Lobby,
    Paused,
    Setup,
)
from quizzes.engine.plan import needed
from quizzes.engine.rules import Seating
from quizzes.engine.scoring import Award, AwardKind, QuestionState, Record
from quizzes.engine.teams import Seats


def evolve(contest: Contest | None, event: e.Event) -> Contest:
    """The contest after this event; None is the contest before its first event.

    Raises:
        NotOpenedYet: the first event of a log is not ``Opened``.
        AlreadyOpened: a later one is.
    """
    if contest is None:
        if not isinstance(event, e.Opened):
            raise NotOpenedYet
        return _opened(event)
    match event:
        case e.PressNoted():
            return press_noted(contest, event)
        case e.Chosen():
            return chosen(contest, event)
        case e.QuestionAsked():
            return _asked(contest, event)
        case e.QuestionOpened():
            return question_opened(contest, event)
        case e.ReadingEnded():
            return reading_ended(contest, event)
        case e.Buzzed():
            return buzzed(contest, event)
        case e.AnsweringOpened():
            return answering_opened(contest, event)
        case e.Ruled():
            return ruled(contest, event)
        case e.Fined():
            fine = Award(AwardKind.FINE, event.index, event.team, event.player, event.points, event.points)
            course = replace(contest.course, excluded=contest.course.excluded | {event.team})
            return replace(contest, awards=(*contest.awards, fine), course=course)
        case e.TeamMade() | e.Joined() | e.Left() | e.ReadySet() | e.CaptainAppointed():
            return replace(contest, seats=_seated(contest, event))
        case e.SubstitutionAsked():
            return lineup.swap_asked(contest, event)
        case e.Substituted():
            return lineup.swapped(contest, event)
        case e.DrillAsked():
            return drill.drill_asked(contest, event)
        case e.DrillOpened():
            return drill.drill_opened(contest, event)
        case e.DrillPressed():
            return drill.drill_pressed(contest, event)
        case e.DrillClosed() | e.DrillDropped():
            return contest.in_phase(Lobby())
        case e.Started():
            return _started(contest, event)
        case e.Drawn():
            return replace(contest, course=replace(contest.course, order=event.order, lots=event.lots))
        case e.StakeAsked():
            return stake_asked(contest, event)
        case e.StakingOpened():
            return staking_opened(contest, event)
        case e.Staked():
            return staked(contest, event)
        case e.RoundLost():
            return _round_lost(contest, event)
        case e.Recovered():
            return _recovered(contest, event)
        case e.PausedBy():
            lobby = isinstance(contest.phase, Lobby)
            paused = Paused(event.by, event.reason, lobby=lobby, again=contest.is_under_way)
            return contest.in_phase(paused)
        case e.Resumed():
            return _resumed(contest, event)
        case e.AbortedBy():
            return contest.in_phase(Aborted(event.by, event.reason, event.at))
        case e.QuestionVoided():
            return _voided(contest, event)
        case e.QuestionReplaced():
            return _replaced(contest, event)
        case e.Overruled():
            return _overruled(contest, event)
        case e.ScoreCorrected():
            award = Award(AwardKind.HAND, None, event.team, None, event.points)
            return replace(contest, awards=(*contest.awards, award))
        case e.ContestFinished():
            return contest.in_phase(Finished(event.at))
        case e.StandingsRevised():
            return contest
        case e.Opened():
            raise AlreadyOpened
        case _:
            return on_the_bench(contest, event)


def _opened(event: e.Opened) -> Contest:
    return Contest(
        setup=Setup(event.id, event.preset, event.rules, event.bank, event.questions, event.by, event.at, event.seed),
        seats=Seats({}, {}),
        course=Course(reserve=needed(event.rules), counts=tuple(segment.questions for segment in event.rules.segments)),
        records=(),
        awards=(),
        phase=Lobby(),
    )


def _seated(contest: Contest, event: e.TeamMade | e.Joined | e.Left | e.ReadySet | e.CaptainAppointed) -> Seats:
    seats = contest.seats
    keep = contest.rules.seating is Seating.FIXED
    match event:
        case e.TeamMade():
            return seats.with_team(event.team, event.name, standing=event.standing)
        case e.Joined():
            if event.left is not None and event.left != event.team:
                seats = seats.without_player(event.player, keep=keep)
            return seats.with_player(event.player, event.name, event.team, bench=event.bench)
        case e.Left():
            return seats.without_player(event.player, keep=keep)
        case e.ReadySet():
            return seats.with_team_changed(replace(seats.teams[event.team], ready=event.ready))
        case e.CaptainAppointed():
            return seats.with_team_changed(replace(seats.teams[event.team], captain=event.player))


def _started(contest: Contest, event: e.Started) -> Contest:
    seats = contest.seats.without_empty_teams()
    teams = tuple(seats.teams)
    course = replace(
        contest.course, counts=event.questions or contest.course.counts, starters=teams, order=teams, team=None
    )
    return replace(contest, seats=seats, course=course, phase=Interval(ends_at=event.next_at, again=False))


def _asked(contest: Contest, event: e.QuestionAsked) -> Contest:
    course = replace(
        contest.course,
        slot=event.number - 1,
        segment=event.segment,
        index=event.index,
        nonce=event.nonce,
        reserve=_reserve_after(contest, event.index),
        excluded=frozenset(event.excluded),
        contenders=None if event.contenders is None else frozenset(event.contenders),
        rulings=() if event.reason in (e.AskReason.NEXT, e.AskReason.STAKED) else contest.course.rulings,
        team=event.team,
        stake=event.stake,
    )
    rebound = event.reason is e.AskReason.REBOUND
    return contest.on_course(course, Asking(event.nonce, event.index, rebound=rebound))


def _reserve_after(contest: Contest, index: int) -> int:
    """Where the reserve begins once this question was asked."""
    return max(contest.course.reserve, index + 1)


def _recovered(contest: Contest, event: e.Recovered) -> Contest:
    """An open round begins anew. No pause is longer after a restart than it was to be: the clock may have been set back."""
    match contest.phase:
        case Judging():
            return contest
        case Interval(ends_at=ends_at) as phase:
            return contest.in_phase(replace(phase, ends_at=min(ends_at, event.at + contest.rules.pause)))
        case Closing(ends_at=ends_at) as phase if contest.rules.protests is not None:
            return contest.in_phase(replace(phase, ends_at=min(ends_at, event.at + contest.rules.protests.window)))
        case phase if isinstance(phase, ROUND_PHASES):
            return _again(contest, event.at)
        case _:
            return contest


def _again(contest: Contest, at: datetime) -> Contest:
    """The round is void and counts as lost; the same question waits to be asked once more."""
    course = replace(contest.course, lost=contest.course.lost + 1)
    return contest.on_course(course, Interval(ends_at=at, again=True))


def _round_lost(contest: Contest, event: e.RoundLost) -> Contest:
    contest = _again(contest, event.at)
    if not event.afresh:
        return contest
    course = replace(contest.course, rulings=(), excluded=frozenset())
    return replace(contest if event.index is None else _without(contest, event.index), course=course)


def _without(contest: Contest, index: int) -> Contest:
    """As if nothing had ever been scored on this question."""
    return replace(
        contest,
        awards=tuple(award for award in contest.awards if award.index != index),
        records=tuple(record for record in contest.records if record.index != index),
    )


def _with_void_record(contest: Contest, index: int) -> Contest:
    known = contest.record(index)
    segment = contest.course.segment if known is None else known.segment
    number = contest.course.slot + 1 if known is None else known.number
    stake = contest.course.stake if known is None else known.stake
    number = contest.course.slot + 1 if known is None else known.number
    contest = _without(contest, index)
    void = Record(index, segment, QuestionState.VOID, (), (), stake, number)
    return replace(contest, records=(*contest.records, void))


def _resumed(contest: Contest, event: e.Resumed) -> Contest:
    paused = contest.phase
    if isinstance(paused, Paused) and paused.lobby:
        return contest.in_phase(Lobby())
    again = isinstance(paused, Paused) and paused.again
    course = replace(contest.course, lost=0)
    return contest.on_course(course, Interval(ends_at=event.at, again=again))


def _voided(contest: Contest, event: e.QuestionVoided) -> Contest:
    under_way = contest.open_index == event.index
    last = contest.course.index == event.index
    phase = contest.phase
    if under_way and isinstance(phase, Paused):
        phase = replace(phase, again=False)
    elif under_way:
        phase = Interval(ends_at=event.next_at or event.at)
    elif last and isinstance(phase, Interval):
        # A question that a person voided is not asked again because of an outage.
        phase = Interval(ends_at=phase.ends_at)
    course = contest.course
    if under_way:
        course = replace(course, rulings=(), excluded=frozenset(), lost=0)
    return replace(_with_void_record(contest, event.index), course=course, phase=phase)


def _replaced(contest: Contest, event: e.QuestionReplaced) -> Contest:
    course = replace(
        contest.course,
        index=event.replacement,
        reserve=_reserve_after(contest, event.replacement),
        rulings=(),
        excluded=frozenset(),
        lost=0,
    )
    phase = contest.phase
    phase = replace(phase, again=True) if isinstance(phase, Paused) else Interval(ends_at=event.at, again=True)
    return replace(_with_void_record(contest, event.index), course=course, phase=phase)


def _overruled(contest: Contest, event: e.Overruled) -> Contest:
    records = tuple(
        replace(record, rulings=event.rulings, state=QuestionState.RULED) if record.index == event.index else record
        for record in contest.records
    )
    # Fines were for the press, not for the answer: they stay.
    kept = tuple(award for award in contest.awards if award.index != event.index or award.kind is AwardKind.FINE)
    return replace(contest, records=records, awards=(*kept, *event.awards))

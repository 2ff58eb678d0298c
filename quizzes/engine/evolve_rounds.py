"""What the events of one round make of a contest: from the question on the screen to its ruling."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import events as e
from quizzes.engine.copying import replace
from quizzes.engine.phases import (
    OPEN_PHASES,
    Answer,
    Answering,
    Asking,
    Buzz,
    Buzzing,
    Called,
    Collecting,
    Contest,
    Interval,
    Offering,
    Reading,
    Settling,
    Staking,
    Starting,
    Turn,
)
from quizzes.engine.rules import BuzzerSegment
from quizzes.engine.scoring import QuestionState, Record


def stake_asked(contest: Contest, event: e.StakeAsked) -> Contest:
    """A team is to choose its stake; there is no question yet."""
    course = replace(
        contest.course,
        slot=event.number - 1,
        segment=event.segment,
        index=-1,
        nonce=event.nonce,
        excluded=frozenset(),
        contenders=None,
        rulings=(),
        team=event.team,
        stake=None,
    )
    return contest.on_course(course, Offering(event.nonce))


def staking_opened(contest: Contest, event: e.StakingOpened) -> Contest:
    """The screen shows the stakes."""
    if not isinstance(contest.phase, Offering):
        return contest
    return contest.in_phase(Staking(event.nonce, event.opened_at, event.closes_at))


def staked(contest: Contest, event: e.Staked) -> Contest:
    """The stake stands and its question follows; a team that passes leaves the place to the next one."""
    course = replace(contest.course, stake=event.stake, lost=0 if event.stake is None else contest.course.lost)
    if event.stake is not None:
        return replace(contest, course=course)
    opened_at = contest.phase.opened_at if isinstance(contest.phase, Staking) else event.at
    phase = Interval(ends_at=event.next_at or event.at, opened_at=opened_at, closed_at=event.at)
    return contest.on_course(course, phase)


def question_opened(contest: Contest, event: e.QuestionOpened) -> Contest:
    """The screen shows the question; what was pressed while it was on its way counts from now."""
    asking = contest.phase
    if not isinstance(asking, Asking):
        return contest
    if event.opens_at > event.opened_at:
        return contest.in_phase(Reading(event.nonce, event.index, event.opened_at, event.opens_at))
    if isinstance(contest.segment, BuzzerSegment):
        return contest.in_phase(_buzzers(contest, event.opened_at, event.opens_at, event.closes_at, asking))
    if contest.course.team is not None:
        draft = next(iter(asking.drafts.values()), ())
        return contest.in_phase(Called(event.nonce, event.index, event.opened_at, Turn(contest.course.team), draft))
    window = (event.opened_at, event.opens_at, event.closes_at)
    return contest.in_phase(Collecting(event.nonce, event.index, *window, answers=asking.answers, drafts=asking.drafts))


def _buzzers(
    contest: Contest, opened_at: datetime, opens_at: datetime, closes_at: datetime, asking: Asking
) -> Buzzing | Settling:
    if asking.best is None:
        return Buzzing(asking.nonce, asking.index, opened_at, opens_at, closes_at)
    settles_at = opens_at + contest.rules.settle
    return Settling(asking.nonce, asking.index, opened_at, opens_at, settles_at, asking.best, asking.pressed)


def reading_ended(contest: Contest, event: e.ReadingEnded) -> Contest:
    """The window opens."""
    reading = contest.phase
    if not isinstance(reading, Reading):
        return contest
    window = (reading.opened_at, event.opens_at, event.closes_at)
    if isinstance(contest.segment, BuzzerSegment):
        return contest.in_phase(Buzzing(event.nonce, event.index, *window))
    if contest.course.team is not None:
        return contest.in_phase(Called(event.nonce, event.index, reading.opened_at, Turn(contest.course.team)))
    return contest.in_phase(Collecting(event.nonce, event.index, *window, answers={}, drafts={}))


def press_noted(contest: Contest, event: e.PressNoted) -> Contest:
    """Only a press that may still win changes anything; all others are for the record."""
    if event.kind not in (e.PressKind.FIRST, e.PressKind.IN_TIME, e.PressKind.SECOND):
        return contest
    buzz = Buzz(event.player, event.team, event.update_id, event.received_at)
    phase = contest.phase
    match phase:
        case Buzzing():
            settling = Settling(
                phase.nonce,
                phase.index,
                phase.opened_at,
                phase.opens_at,
                event.received_at + contest.rules.settle,
                buzz,
                frozenset({event.player}),
            )
            return contest.in_phase(settling)
        case Settling() if event.received_at <= phase.settles_at:
            best = min(phase.best, buzz, key=_by_arrival)
            return contest.in_phase(replace(phase, best=best, pressed=phase.pressed | {event.player}))
        case Asking() if isinstance(contest.segment, BuzzerSegment):
            best = buzz if phase.best is None else min(phase.best, buzz, key=_by_arrival)
            return contest.in_phase(replace(phase, best=best, pressed=phase.pressed | {event.player}))
        case _:
            return contest


def _by_arrival(buzz: Buzz) -> int:
    return buzz.update_id


def buzzed(contest: Contest, event: e.Buzzed) -> Contest:
    """Somebody is called."""
    settling = contest.phase
    if not isinstance(settling, Settling):
        return contest
    turn = Turn(event.team, event.player, event.update_id, event.received_at)
    return contest.in_phase(Called(event.nonce, event.index, settling.opened_at, turn))


def answering_opened(contest: Contest, event: e.AnsweringOpened) -> Contest:
    """The answerer's time runs."""
    called = contest.phase
    if not isinstance(called, Called):
        return contest
    if event.closes_at is not None:
        answering = Answering(called.nonce, called.index, called.opened_at, called.turn, event.closes_at, called.draft)
        return contest.in_phase(answering)
    starts_by = event.starts_by or event.opened_at
    return contest.in_phase(Starting(called.nonce, called.index, called.opened_at, called.turn, starts_by))


def chosen(contest: Contest, event: e.Chosen) -> Contest:
    """A mark or an answer. A buzzer answer that is final is followed by its ruling, so it leaves nothing here."""
    phase = contest.phase
    match phase:
        case Collecting() if event.final:
            answer = Answer(event.team, event.options, event.received_at, event.text)
            return contest.in_phase(phase.with_answer(event.player, answer))
        case Asking() if event.final:
            answer = Answer(event.team, event.options, event.received_at, event.text)
            return contest.in_phase(replace(phase, answers={**phase.answers, event.player: answer}))
        case Asking() if contest.course.team is not None:
            # The marks of a team that was called are its own, whoever of it sets them.
            return contest.in_phase(replace(phase, drafts={event.player: event.options}))
        case Collecting() | Asking():
            return contest.in_phase(replace(phase, drafts={**phase.drafts, event.player: event.options}))
        case Called() | Answering() if not event.final:
            return contest.in_phase(replace(phase, draft=event.options))
        case Starting() if event.closes_at is not None:
            answering = Answering(phase.nonce, phase.index, phase.opened_at, phase.turn, event.closes_at, event.options)
            return contest.in_phase(answering)
        case _:
            return contest


def ruled(contest: Contest, event: e.Ruled) -> Contest:
    """The awards are in the ledger; the question is closed, or goes to the others."""
    course = contest.course
    rulings = (*course.rulings, *event.rulings)
    awards = (*contest.awards, *event.awards)
    if not event.closes:
        excluded = course.excluded if event.team is None else course.excluded | {event.team}
        course = replace(course, rulings=rulings, excluded=excluded, lost=0)
        return replace(contest, awards=awards, course=course, phase=Interval(ends_at=event.at, again=True))
    state = QuestionState.RULED
    idle = event.reason is e.RulingReason.NOT_STARTED and event.right is None
    if event.reason in (e.RulingReason.FALSE_START, e.RulingReason.NOT_JUDGED) or idle:
        state = QuestionState.VOID
    elif event.reason is e.RulingReason.NOBODY_BUZZED and not rulings:
        state = QuestionState.NOBODY
    record = Record(event.index, course.segment, state, rulings, event.sizes, course.stake, course.slot + 1)
    opened_at = contest.phase.opened_at if isinstance(contest.phase, OPEN_PHASES) else event.at
    return replace(
        contest,
        awards=awards,
        course=replace(course, rulings=(), lost=0),
        records=(*contest.records, record),
        phase=Interval(ends_at=event.next_at, opened_at=opened_at, closed_at=event.at),
    )

"""Rounds: a question (or a stake) is asked for, confirmed or lost, and what follows when one is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.evolve import evolve
from quizzes.engine.lineup import due
from quizzes.engine.phases import Asking, Called, Closing, Contest, Offering, Settling
from quizzes.engine.plan import segment_at
from quizzes.engine.questions import Question
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, RiskSegment, Segment
from quizzes.engine.scoring import QuestionState, Record, standings
from quizzes.engine.speech import next_speaker
from quizzes.engine.stage import Summoned
from quizzes.engine.teams import TeamId
from quizzes.engine.turns import draw, question_for, stakes_open, whose

LOST_MOST = 3
"""So many rounds in a row may come to nothing before a person has to look."""

Asked = e.QuestionAsked | e.StakeAsked


def ask_next(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """The next question or stake, sudden death, or the end; first the substitutions that waited for it."""
    swaps = due(contest, now)
    if swaps:
        for swap in swaps:
            contest = evolve(contest, swap)
        return *swaps, *ask_next(contest, now)
    rules, course = contest.rules, contest.course
    slot = course.slot + 1
    limit = segment_at(course.counts, slot)[0] if slot < contest.planned else len(rules.segments)
    if speaker := next_speaker(contest, limit, now):
        return speaker
    if slot < contest.planned:
        return _ask_planned(contest, slot, now)
    if waiting := closing(contest, now):
        return waiting
    if tied := to_settle(contest):
        return (
            _asked(
                contest,
                now,
                e.AskReason.NEXT,
                slot=slot,
                index=course.reserve,
                segment=len(rules.segments),
                contenders=tied,
            ),
        )
    return (e.ContestFinished(now, standings(rules, contest.seats, contest.awards)),)


def to_settle(contest: Contest) -> tuple[TeamId, ...]:
    """The teams among which sudden death has to decide once all that was planned is asked; empty: there is an end.

    Nobody is named where the reserve holds no question any more.
    """
    rules = contest.rules
    if rules.tie_break is None or contest.course.reserve >= len(contest.setup.questions):
        return ()
    return standings(rules, contest.seats, contest.awards).tied_across(rules.tie_places)


def closing(contest: Contest, now: datetime) -> tuple[eb.ClosingBegun, ...]:
    """Before the end, or sudden death, the last ruling can be protested for a while; open protests are waited for."""
    rules = contest.rules.protests
    if rules is None or isinstance(contest.phase, Closing):
        return ()
    length = timedelta(0) if latest_ruling(contest) is None else rules.window
    return (eb.ClosingBegun(now, now + length),) if length or contest.bench.open_protests else ()


def latest_ruling(contest: Contest) -> Record | None:
    """The record that can still be protested: the last one of a question that counts."""
    return next((one for one in reversed(contest.records) if one.state is not QuestionState.VOID), None)


def _ask_planned(contest: Contest, slot: int, now: datetime) -> tuple[e.Event, ...]:
    drawn = draw(contest, slot, now)
    before: tuple[e.Event, ...] = ()
    if drawn is not None:
        before = (drawn,)
        contest = evolve(contest, drawn)
    number, place = segment_at(contest.course.counts, slot)
    team = whose(contest, slot)
    if isinstance(contest.rules.segment(number), RiskSegment):
        assert team is not None
        return *before, _offered(contest, now, e.AskReason.NEXT, slot=slot, segment=number, team=team)
    index = question_for(contest, number, place, None)
    return *before, _asked(contest, now, e.AskReason.NEXT, slot=slot, index=index, segment=number, team=team)


def ask_staked(contest: Contest, stake: int, now: datetime) -> e.QuestionAsked:
    """The question that the team under way has staked on."""
    course = contest.course
    _, place = segment_at(course.counts, course.slot)
    index = question_for(contest, course.segment, place, stake)
    return _asked(
        contest,
        now,
        e.AskReason.STAKED,
        slot=course.slot,
        index=index,
        segment=course.segment,
        team=course.team,
        stake=stake,
    )


def ask_again(contest: Contest, now: datetime, reason: e.AskReason = e.AskReason.AGAIN) -> Asked:
    """What is under way once more, with a new nonce: the question, for those who may still play for it, or the stake."""
    course = contest.course
    if course.index < 0:
        assert course.team is not None
        return _offered(contest, now, reason, slot=course.slot, segment=course.segment, team=course.team)
    return _asked(
        contest,
        now,
        reason,
        slot=course.slot,
        index=course.index,
        segment=course.segment,
        excluded=tuple(sorted(course.excluded)),
        contenders=None if course.contenders is None else tuple(sorted(course.contenders)),
        team=whose(contest, course.slot, course.excluded),
        stake=course.stake,
    )


def _asked(
    contest: Contest,
    now: datetime,
    reason: e.AskReason,
    *,
    slot: int,
    index: int,
    segment: int,
    excluded: tuple[TeamId, ...] = (),
    contenders: tuple[TeamId, ...] | None = None,
    team: TeamId | None = None,
    stake: int | None = None,
) -> e.QuestionAsked:
    return e.QuestionAsked(
        at=now,
        nonce=contest.course.nonce + 1,
        index=index,
        number=slot + 1,
        of=contest.planned,
        segment=segment,
        reason=reason,
        excluded=excluded,
        contenders=contenders,
        team=team,
        stake=stake,
    )


def _offered(
    contest: Contest, now: datetime, reason: e.AskReason, *, slot: int, segment: int, team: TeamId
) -> e.StakeAsked:
    settings = contest.rules.segment(segment)
    assert isinstance(settings, RiskSegment)
    return e.StakeAsked(
        at=now,
        nonce=contest.course.nonce + 1,
        number=slot + 1,
        of=contest.planned,
        segment=segment,
        team=team,
        stakes=stakes_open(contest, settings, team),
        may_pass=settings.may_pass,
        reason=reason,
    )


def lose_round(contest: Contest, now: datetime, reason: e.LossReason, *, afresh: bool = False) -> tuple[e.Event, ...]:
    """The round is void; what it asked is asked again, or the contest pauses if that happens too often."""
    index = contest.course.index
    lost = e.RoundLost(now, contest.course.nonce, index if index >= 0 else None, reason, afresh)
    after = evolve(contest, lost)
    if after.course.lost >= LOST_MOST:
        return lost, e.PausedBy(now, None, reason.value, lost.index)
    return lost, ask_again(after, now)


def confirm_shown(contest: Contest, command: c.ConfirmShown, now: datetime) -> tuple[e.Event, ...]:
    """The window opens; a confirmation of a round that is over says nothing."""
    asking = contest.phase
    if not isinstance(asking, Asking | Offering) or asking.nonce != command.nonce:
        return ()
    settings = contest.segment
    if isinstance(asking, Offering):
        assert isinstance(settings, RiskSegment)
        closes_at = command.at + settings.choose + contest.rules.grace
        return (e.StakingOpened(now, asking.nonce, command.at, closes_at),)
    opens_at = command.at if asking.rebound else command.at + settings.reading
    length = settings.buzz if isinstance(settings, BuzzerSegment) else answer_window(contest.question, settings)
    closes_at = opens_at + length + contest.rules.grace
    opened = e.QuestionOpened(now, asking.nonce, asking.index, command.at, opens_at, closes_at)
    after = evolve(contest, opened)
    if isinstance(after.phase, Settling) and not contest.rules.settle:
        return opened, name_first(after, now)
    if isinstance(after.phase, Called):
        return opened, time_to_answer(after, opens_at, now)
    return (opened,)


def name_first(contest: Contest, now: datetime) -> e.Buzzed:
    """Whoever is first of those who pressed in time."""
    settling = contest.phase
    assert isinstance(settling, Settling)
    best = settling.best
    return e.Buzzed(now, settling.nonce, settling.index, best.player, best.team, best.update_id, best.received_at)


def confirm_answering(contest: Contest, command: c.ConfirmAnswering, now: datetime) -> tuple[e.Event, ...]:
    """The answerer's time begins."""
    called = contest.phase
    if not isinstance(called, Called) or called.nonce != command.nonce:
        return ()
    return (time_to_answer(contest, command.at, now),)


def answer_window(question: Question, settings: Segment) -> timedelta:
    """How long an answer may take from the call to its end, without the grace and without the start of several taps.

    A typed answer comes as one message, so its time to begin and its time to finish are one window.
    """
    if question.kind.typed and not isinstance(settings, EveryoneSegment):
        return settings.start + settings.answer
    return settings.answer


def time_to_answer(contest: Contest, opened_at: datetime, now: datetime) -> e.AnsweringOpened:
    """The time of whoever is called begins. Several taps: first the time to start, unless a tap came already."""
    called, settings = contest.phase, contest.segment
    assert isinstance(called, Called)
    assert not isinstance(settings, EveryoneSegment)
    starts_by = closes_at = None
    if contest.question.kind.one_tap or called.draft:
        closes_at = opened_at + answer_window(contest.question, settings) + contest.rules.grace
    else:
        starts_by = opened_at + settings.start + contest.rules.grace
    return e.AnsweringOpened(now, called.nonce, called.index, opened_at, starts_by, closes_at)


def lose_shown(contest: Contest, command: c.LoseShown, now: datetime) -> tuple[e.Event, ...]:
    """The message with the question, or with the stakes, may not be there: the round is void."""
    asking = contest.phase
    if isinstance(asking, Summoned) and asking.nonce == command.nonce:
        # Nobody may know who is to speak: a person has to look, and the same speaker is called again.
        return (e.PausedBy(now, None, e.LossReason.NOT_SHOWN.value, None),)
    if not isinstance(asking, Asking | Offering) or asking.nonce != command.nonce:
        return ()
    return lose_round(contest, now, e.LossReason.NOT_SHOWN)


def lose_answering(contest: Contest, command: c.LoseAnswering, now: datetime) -> tuple[e.Event, ...]:
    """The message that names the answerer may not be there: the round is void."""
    called = contest.phase
    if not isinstance(called, Called) or called.nonce != command.nonce:
        return ()
    return lose_round(contest, now, e.LossReason.CALL_NOT_SHOWN)

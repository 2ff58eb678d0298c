"""Rounds: a question is asked, confirmed or lost, and what follows when one is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Asking, Called, Closing, Contest, Settling
from quizzes.engine.rules import BuzzerSegment
from quizzes.engine.scoring import QuestionState, Record, standings
from quizzes.engine.speech import next_speaker
from quizzes.engine.stage import Summoned
from quizzes.engine.teams import TeamId

LOST_MOST = 3
"""So many rounds in a row may come to nothing before a person has to look."""


def ask_next(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """The next question, sudden death, or the end."""
    rules, course = contest.rules, contest.course
    slot = course.slot + 1
    limit = rules.segment_of(slot) if slot < rules.planned else len(rules.segments)
    if speaker := next_speaker(contest, limit, now):
        return speaker
    if slot < rules.planned:
        return (_asked(contest, now, e.AskReason.NEXT, slot=slot, index=slot, segment=rules.segment_of(slot)),)
    if waiting := closing(contest, now):
        return waiting
    final = standings(rules, contest.seats, contest.awards)
    if len(final.leaders) > 1 and rules.tie_break is not None and course.reserve < len(contest.setup.questions):
        return (
            _asked(
                contest,
                now,
                e.AskReason.NEXT,
                slot=slot,
                index=course.reserve,
                segment=len(rules.segments),
                contenders=final.leaders,
            ),
        )
    return (e.ContestFinished(now, final),)


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


def ask_again(contest: Contest, now: datetime, reason: e.AskReason = e.AskReason.AGAIN) -> e.QuestionAsked:
    """The question under way once more, with a new nonce, for those who may still play for it."""
    course = contest.course
    return _asked(
        contest,
        now,
        reason,
        slot=course.slot,
        index=course.index,
        segment=course.segment,
        excluded=tuple(sorted(course.excluded)),
        contenders=None if course.contenders is None else tuple(sorted(course.contenders)),
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
) -> e.QuestionAsked:
    return e.QuestionAsked(
        at=now,
        nonce=contest.course.nonce + 1,
        index=index,
        number=slot + 1,
        of=contest.rules.planned,
        segment=segment,
        reason=reason,
        excluded=excluded,
        contenders=contenders,
    )


def lose_round(contest: Contest, now: datetime, reason: e.LossReason, *, afresh: bool = False) -> tuple[e.Event, ...]:
    """The round is void; the question is asked again, or the contest pauses if that happens too often."""
    lost = e.RoundLost(now, contest.course.nonce, contest.course.index, reason, afresh)
    after = evolve(contest, lost)
    if after.course.lost >= LOST_MOST:
        return lost, e.PausedBy(now, None, reason.value, contest.course.index)
    return lost, ask_again(after, now)


def confirm_shown(contest: Contest, command: c.ConfirmShown, now: datetime) -> tuple[e.Event, ...]:
    """The window opens; a confirmation of a round that is over says nothing."""
    asking = contest.phase
    if not isinstance(asking, Asking) or asking.nonce != command.nonce:
        return ()
    settings = contest.segment
    length = settings.buzz if isinstance(settings, BuzzerSegment) else settings.answer
    opens_at = command.at if asking.rebound else command.at + settings.reading
    closes_at = opens_at + length + contest.rules.grace
    opened = e.QuestionOpened(now, asking.nonce, asking.index, command.at, opens_at, closes_at)
    after = evolve(contest, opened)
    if isinstance(after.phase, Settling) and not contest.rules.settle:
        return opened, name_first(after, now)
    return (opened,)


def name_first(contest: Contest, now: datetime) -> e.Buzzed:
    """Whoever is first of those who pressed in time."""
    settling = contest.phase
    assert isinstance(settling, Settling)
    best = settling.best
    return e.Buzzed(now, settling.nonce, settling.index, best.player, best.team, best.update_id, best.received_at)


def confirm_answering(contest: Contest, command: c.ConfirmAnswering, now: datetime) -> tuple[e.Event, ...]:
    """The answerer's time begins. Several taps: first the time to start, unless a tap came already."""
    called = contest.phase
    if not isinstance(called, Called) or called.nonce != command.nonce:
        return ()
    settings = contest.segment
    if not isinstance(settings, BuzzerSegment):
        return ()
    starts_by = closes_at = None
    if contest.question.kind.one_tap or called.draft:
        closes_at = command.at + settings.answer + contest.rules.grace
    else:
        starts_by = command.at + settings.start + contest.rules.grace
    return (e.AnsweringOpened(now, called.nonce, called.index, command.at, starts_by, closes_at),)


def lose_shown(contest: Contest, command: c.LoseShown, now: datetime) -> tuple[e.Event, ...]:
    """The message with the question may not be there: the round is void."""
    asking = contest.phase
    if isinstance(asking, Summoned) and asking.nonce == command.nonce:
        # Nobody may know who is to speak: a person has to look, and the same speaker is called again.
        return (e.PausedBy(now, None, e.LossReason.NOT_SHOWN.value, None),)
    if not isinstance(asking, Asking) or asking.nonce != command.nonce:
        return ()
    return lose_round(contest, now, e.LossReason.NOT_SHOWN)


def lose_answering(contest: Contest, command: c.LoseAnswering, now: datetime) -> tuple[e.Event, ...]:
    """The message that names the answerer may not be there: the round is void."""
    called = contest.phase
    if not isinstance(called, Called) or called.nonce != command.nonce:
        return ()
    return lose_round(contest, now, e.LossReason.CALL_NOT_SHOWN)

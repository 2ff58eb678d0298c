"""The clock on the big screen: what is being timed, from when to when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from quizzes.engine.phases import (
    Answering,
    Buzzing,
    Closing,
    Collecting,
    Contest,
    Interval,
    Judging,
    Reading,
    Settling,
    Staking,
    Starting,
)
from quizzes.engine.rules import AnySegment
from quizzes.engine.stage import Scoring, Summoned, Talking
from quizzes.engine.wake import wake_at

_NOTHING = timedelta(0)


def timer(contest: Contest) -> dict[str, Any] | None:
    """What the countdown shows, ``None`` while nothing is timed.

    ``from`` and ``to`` are milliseconds since 1970, ``to`` without the grace that is added for the network: people in
    the hall see the seconds that were announced. ``from`` is ``None`` where it is not known.
    """
    phase, rules, segment = contest.phase, contest.rules, segment_now(contest)
    grace = rules.grace
    begins: datetime | None
    match phase:
        case Settling():
            return None
        case Interval():
            if phase.again:
                return None
            kind, begins, ends, grace = "interval", phase.ends_at - rules.pause, phase.ends_at, _NOTHING
        case Reading():
            kind, begins, ends, grace = "reading", phase.opened_at, phase.opens_at, _NOTHING
        case Buzzing():
            kind, begins, ends = "buzz", phase.opens_at, phase.closes_at
        case Collecting():
            kind, begins, ends = "answer", phase.opens_at, phase.closes_at
        case Starting():
            kind, ends = "start", phase.starts_by
            begins = _before(ends, grace, getattr(segment, "start", None))
        case Answering():
            kind, ends = "answer", phase.closes_at
            begins = _before(ends, grace, getattr(segment, "answer", None))
        case Staking():
            kind, begins, ends = "stake", phase.opened_at, phase.closes_at
        case Talking():
            kind, begins, ends, grace = "talk", phase.began_at, phase.closes_at, _NOTHING
        case Summoned():
            kind, ends, grace = "summon", phase.starts_by, _NOTHING
            begins = _before(ends, grace, getattr(segment, "start", None))
        case Judging():
            kind, begins, ends, grace = "judge", phase.closed_at, phase.docket.due_at, _NOTHING
        case Scoring():
            kind, begins, ends, grace = "judge", None, phase.closes_at, _NOTHING
        case Closing():
            kind, begins, ends, grace = "protest", None, phase.ends_at, _NOTHING
        case _:
            moment = wake_at(contest)
            if moment is None:
                return None
            kind, begins, ends, grace = "other", None, moment, _NOTHING
    return {
        "kind": kind,
        "from": None if begins is None else _ms(begins),
        "to": _ms(ends - grace),
        "grace": grace // timedelta(milliseconds=1),
    }


def segment_now(contest: Contest) -> AnySegment | None:
    """The segment under way, a speech too, which asks no questions; None beyond the last one."""
    number, rules = contest.course.segment, contest.rules
    return rules.segments[number] if number < len(rules.segments) else rules.tie_break


def _before(ends: datetime, grace: timedelta, length: timedelta | None) -> datetime | None:
    return None if length is None else ends - grace - length


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)

"""When a contest wants to be woken."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine.bench import Docket
from quizzes.engine.phases import (
    Aborted,
    Answering,
    Buzzing,
    Closing,
    Collecting,
    Contest,
    Finished,
    Interval,
    Judging,
    Reading,
    Settling,
    Staking,
    Starting,
)
from quizzes.engine.stage import Scoring, Summoned, Talking, Unscored


def wake_at(contest: Contest) -> datetime | None:
    """The moment (aware UTC) at which the shell has to send ``Wake``; None while nothing is timed.

    ``Wake`` has to pass through the same queue as the presses, so that a press received before the moment is never
    judged after it.
    """
    moment = phase_wakes_at(contest)
    protests = contest.bench.open_protests
    if not protests or isinstance(contest.phase, Finished | Aborted):
        return moment
    due = min(protest.state.due_at for protest in protests if isinstance(protest.state, Docket))
    return due if moment is None else min(moment, due)


def phase_wakes_at(contest: Contest) -> datetime | None:
    """The same for the phase alone, without the protests that lie before the judges beside it."""
    match contest.phase:
        case Interval(ends_at=moment) | Reading(opens_at=moment) | Settling(settles_at=moment):
            return moment
        case Buzzing(closes_at=moment) | Answering(closes_at=moment) | Collecting(closes_at=moment):
            return moment
        case Starting(starts_by=moment) | Summoned(starts_by=moment) | Staking(closes_at=moment):
            return moment
        case Judging(docket=docket):
            return docket.due_at
        case Closing(ends_at=moment):
            # Open protests are waited for; they have their own moments.
            return None if contest.bench.open_protests else moment
        case Talking(warns_at=warns_at, closes_at=moment):
            return moment if warns_at is None else min(warns_at, moment)
        case Scoring(closes_at=moment) | Unscored(skips_at=moment):
            return moment
        case _:
            return None

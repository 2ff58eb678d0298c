"""When a contest wants to be woken."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine.phases import (
    Answering,
    Buzzing,
    Collecting,
    Contest,
    DrillOpen,
    Interval,
    Lobby,
    Reading,
    Settling,
    Staking,
    Starting,
)


def wake_at(contest: Contest) -> datetime | None:
    """The moment (aware UTC) at which the shell has to send ``Wake``; None while nothing is timed.

    ``Wake`` has to pass through the same queue as the presses, so that a press received before the moment is never
    judged after it.
    """
    match contest.phase:
        case Interval(ends_at=moment) | Reading(opens_at=moment) | Settling(settles_at=moment):
            return moment
        case Buzzing(closes_at=moment) | Answering(closes_at=moment) | Collecting(closes_at=moment):
            return moment
        case Starting(starts_by=moment) | Staking(closes_at=moment):
            return moment
        case Lobby(drill=DrillOpen(closes_at=moment)):
            return moment
        case _:
            return None

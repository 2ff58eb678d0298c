"""From a log back to a contest: that is how it survives a crash, and how it is audited."""

from __future__ import annotations

from collections.abc import Iterable

from quizzes.engine.errors import NotOpenedYet
from quizzes.engine.events import Event
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Contest


def replay(events: Iterable[Event]) -> Contest:
    """The contest that these events, in order, make.

    Raises:
        NotOpenedYet: the log is empty or does not begin with ``Opened``.
    """
    contest: Contest | None = None
    for event in events:
        contest = evolve(contest, event)
    if contest is None:
        raise NotOpenedYet
    return contest

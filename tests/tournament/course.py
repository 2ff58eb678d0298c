"""A tournament driven by hand: every event is stored, read back and replayed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from quizzes.tournament import commands as c
from quizzes.tournament import decide, evolve, replay
from quizzes.tournament.codec import event_from_dict, event_to_dict
from quizzes.tournament.events import Event
from quizzes.tournament.plan import Drawing, Plan, Stage
from quizzes.tournament.results import Line
from quizzes.tournament.state import BoutState, Tournament

START = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
HOST = 1
TITLES = (("zh-CN", "初赛"), ("en", "Preliminary"))
FINAL = Stage((("zh-CN", "决赛"), ("en", "Final")), "buzzer", bouts=1)


def stage(**values: object) -> Stage:
    """A stage of buzzer contests."""
    return Stage(TITLES, "buzzer", **values)  # type: ignore[arg-type]


class Course:
    """One tournament; ``teams``: how many of each unit, called A1, A2, B1 …"""

    def __init__(self, *stages: Stage, units: Mapping[str, int], seed: str = "s") -> None:
        self.tournament: Tournament | None = None
        self.log: list[Event] = []
        self.seed = seed
        self.contests = 0
        entrants = tuple((f"{unit}{n}", unit) for unit, teams in units.items() for n in range(1, teams + 1))
        self.does(c.Open("Cup", "cup", Plan(stages), "bank", HOST, entrants))

    @property
    def now(self) -> Tournament:
        assert self.tournament is not None
        return self.tournament

    def does(self, command: c.Command) -> tuple[Event, ...]:
        """Decide and evolve; the stored log has to give the same tournament."""
        events = decide(self.tournament, command, now=START)
        for event in events:
            assert event_from_dict(event_to_dict(event)) == event
            self.tournament = evolve(self.tournament, event)
        self.log += events
        assert replay(self.log) == self.tournament
        return events

    def draws(self) -> tuple[Event, ...]:
        return self.does(c.Draw(self.seed, HOST))

    def opens(self, bout: int) -> str:
        """The contest's number."""
        self.contests += 1
        self.does(c.OpenBout(bout, str(self.contests), HOST))
        return str(self.contests)

    def plays(self, bout: int, *scores: int, asked: int = 10, attainable: int = 100) -> str:
        """A contest with these scores, in the order of the draw."""
        contest = self.opens(bout)
        self.reports(contest, *scores, asked=asked, attainable=attainable)
        return contest

    def reports(self, contest: str, *scores: int, asked: int = 10, attainable: int = 100) -> tuple[Event, ...]:
        bout = self.now.of_contest(contest)
        assert bout is not None
        entrants = self.now.playing(bout)
        pairs = sorted(zip(entrants, scores, strict=True), key=lambda pair: -pair[1])
        lines = tuple(
            Line(entrant, 1 + sum(other > score for _, other in pairs), score, score, score // 10)
            for entrant, score in pairs
        )
        return self.does(c.Report(contest, lines, asked, attainable, self.seed))

    @property
    def waiting(self) -> list[int]:
        return [bout.number for bout in self.now.bouts.values() if bout.state is BoutState.WAITING]

    def teams(self, bout: int) -> list[str]:
        return [self.now.entrants[id_].name for id_ in self.now.bouts[bout].entrants]

    def through(self, round_: int) -> list[str]:
        """Who goes on from a round."""
        return [self.now.entrants[one.entrant].name for one in self.now.rounds[round_].advanced or ()]


__all__ = ["FINAL", "HOST", "START", "Course", "Drawing", "stage"]

"""A contest driven by hand: commands go in, time moves when told to, every event is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from quizzes.engine import commands as c
from quizzes.engine import decide, evolve, replay, standings, wake_at
from quizzes.engine.events import Event
from quizzes.engine.phases import Asking, Called, Contest, Lobby, Offering
from quizzes.engine.plan import needed
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import AnySegment, BuzzerSegment, EveryoneSegment, Rules

START = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
HOST, ANNA, BO, CHEN, DING = 1, 11, 12, 21, 31
RED, BLUE, GREEN = 1, 2, 3
BUZZER = BuzzerSegment(questions=2)
EVERYONE = EveryoneSegment(questions=2)
Happened = TypeVar("Happened")


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def questions(count: int, kind: Kind = Kind.SINGLE) -> tuple[Question, ...]:
    """Questions whose right answer is the first option (the first two of a question of several), or "Beta"."""
    if kind is Kind.FILL_IN:
        return tuple(Question(f"q{n}", kind, f"Question {n}?", (), (), accepted=("Beta",)) for n in range(count))
    answer = (0, 1) if kind is Kind.SEVERAL else (0,)
    return tuple(Question(f"q{n}", kind, f"Question {n}?", ("a", "b", "c", "d"), answer) for n in range(count))


class Play:
    """One contest; ``at`` is its clock."""

    def __init__(
        self, *segments: AnySegment, bank: tuple[Question, ...] | None = None, seed: int = 0, **rules: Any
    ) -> None:
        made = Rules(segments=segments or (BUZZER,), **rules)
        self.at = START
        self.contest: Contest | None = None
        self.log: list[Event] = []
        self.update_id = 100
        bank = questions(needed(made)) if bank is None else bank
        self.does(c.Open("c1", "test", made, "bank", bank, HOST, seed=seed))

    @property
    def now_(self) -> Contest:
        assert self.contest is not None
        return self.contest

    @property
    def phase(self) -> Any:
        return self.now_.phase

    @property
    def nonce(self) -> int:
        return self.now_.course.nonce

    def does(self, command: c.Command) -> tuple[Event, ...]:
        """Decide and evolve; the replay of the log has to give the same contest."""
        events = decide(self.contest, command, now=self.at)
        for event in events:
            self.contest = evolve(self.contest, event)
        self.log += events
        assert replay(self.log) == self.contest
        return events

    def does_first(self, command: c.Command) -> tuple[Event, ...]:
        """The same as the first command of another contest."""
        return decide(None, command, now=self.at)

    def passes(self, number: float) -> None:
        self.at += seconds(number)

    def wakes(self) -> tuple[Event, ...]:
        """Time moves to where the contest wants to be woken."""
        moment = wake_at(self.now_)
        assert moment is not None
        self.at = max(self.at, moment)
        return self.does(c.Wake())

    def seats(self) -> None:
        """Anna and Bo are the red team, Chen the blue one, Ding the green one."""
        for player, name, team in (
            (ANNA, "Anna", "Red"),
            (BO, "Bo", "Red"),
            (CHEN, "Chen", "Blue"),
            (DING, "Ding", "Green"),
        ):
            self.does(c.Join(player, name, team_name=team))

    def asks(self) -> None:
        """Seats if nobody sits, starts if not started, and goes on until a question is on its way."""
        if not self.now_.seats.players:
            self.seats()
        if isinstance(self.phase, Lobby):
            self.does(c.Start(HOST))
        if not isinstance(self.phase, Asking):
            self.wakes()
        assert isinstance(self.phase, Asking)

    def shows(self) -> tuple[Event, ...]:
        """The next question is asked and its message confirmed now."""
        self.asks()
        return self.confirms()

    def confirms(self) -> tuple[Event, ...]:
        """The message with the question or the stakes is confirmed now."""
        return self.does(c.ConfirmShown(self.nonce, self.at))

    def offers(self) -> tuple[Event, ...]:
        """Goes on until a team is asked for its stake, and confirms the message."""
        if not self.now_.seats.players:
            self.seats()
        if isinstance(self.phase, Lobby):
            self.does(c.Start(HOST))
        while not isinstance(self.phase, Offering):
            self.wakes()
        return self.confirms()

    def stakes(self, player: int, stake: int | None, after: float = 0) -> tuple[Event, ...]:
        """The player's team chooses its stake."""
        self.update_id += 1
        return self.does(c.Stake(player, stake, self.update_id, self.at + seconds(after), self.nonce))

    def types(self, player: int, text: str, after: float = 0) -> tuple[Event, ...]:
        """The player writes a message."""
        self.update_id += 1
        return self.does(c.Type(player, text, self.update_id, self.at + seconds(after)))

    def press(
        self, player: int, *, after: float = 0, update_id: int | None = None, nonce: int | None = None
    ) -> c.Press:
        self.update_id += 1
        return c.Press(
            player,
            self.update_id if update_id is None else update_id,
            self.at + seconds(after),
            self.nonce if nonce is None else nonce,
        )

    def presses(self, player: int, **how: Any) -> tuple[Event, ...]:
        return self.does(self.press(player, **how))

    def calls(self) -> tuple[Event, ...]:
        """The message that names who answers is confirmed now."""
        assert isinstance(self.phase, Called)
        return self.does(c.ConfirmAnswering(self.nonce, self.at))

    def chooses(self, player: int, *options: int, after: float = 0) -> tuple[Event, ...]:
        self.update_id += 1
        return self.does(c.Choose(player, options, self.update_id, self.at + seconds(after), self.nonce))

    def toggles(self, player: int, option: int) -> tuple[Event, ...]:
        self.update_id += 1
        return self.does(c.Toggle(player, option, self.update_id, self.at, self.nonce))

    def submits(self, player: int) -> tuple[Event, ...]:
        self.update_id += 1
        return self.does(c.Submit(player, self.update_id, self.at, self.nonce))

    def buzzes(self, player: int) -> None:
        """The player is first and is called."""
        self.presses(player)
        self.calls()

    def answers(self, player: int, option: int) -> tuple[Event, ...]:
        """The whole question: shown, buzzed, answered."""
        self.shows()
        self.buzzes(player)
        return self.chooses(player, option)

    def last(self, kind: type[Happened]) -> Happened:
        return next(event for event in reversed(self.log) if isinstance(event, kind))

    def count(self, kind: type[Any]) -> int:
        return sum(isinstance(event, kind) for event in self.log)

    @property
    def scores(self) -> dict[int, int]:
        """Every team's score."""
        contest = self.now_
        return {line.team: line.score for line in standings(contest.rules, contest.seats, contest.awards).teams}

    @property
    def ranks(self) -> dict[int, int]:
        contest = self.now_
        return {line.team: line.rank for line in standings(contest.rules, contest.seats, contest.awards).teams}


def but(segment: AnySegment | Question, **changed: Any) -> Any:
    return replace(segment, **changed)

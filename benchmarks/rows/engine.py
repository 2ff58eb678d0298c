"""Row 8: the contest engine alone. One process, one thread, no storage: commands in, events out, and the log again.

A contest of 200 questions (100 for the buzzer, 48 where teams take turns, 52 for everyone), four teams of five, everybody
presses at every question: 3,711 commands, 4,063 events.
"""

import dataclasses
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import orjson

from benchmarks.row import Line, Row, Run
from quizzes.engine import Contest, Event, commands, decide, evolve, replay, wake_at
from quizzes.engine.codec import event_from_dict, event_to_dict
from quizzes.engine.phases import Answering, Asking, Buzzing, Called, Collecting, Finished
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, RequiredSegment, Rules

QUESTIONS, TEAMS, MEMBERS = 200, 4, 5
HOST = 1
_START = datetime(2026, 3, 16, 1, tzinfo=UTC)
_GOES = 7
Said = tuple[commands.Command, datetime]


def rules_for(questions: int) -> Rules:
    """A quarter where teams take turns, a quarter for everyone, the rest for the buzzer."""
    turns = questions // 4 - questions // 4 % TEAMS
    everyone = questions // 4 + questions // 4 % TEAMS
    return Rules(
        (
            BuzzerSegment(questions=questions - turns - everyone),
            RequiredSegment(questions=turns),
            EveryoneSegment(questions=everyone),
        )
    )


class Playing:
    """A contest that is played to its end; keeps what was said when."""

    def __init__(self, questions: int) -> None:
        self.said: list[Said] = []
        self.log: list[Event] = []
        self.contest: Contest | None = None
        self._at, self._updates = _START, 0
        bank = tuple(
            Question(f"q{n}", Kind.SINGLE, f"第{n}题:下列哪一项正确?", ("甲", "乙", "丙", "丁"), (n % 4,))
            for n in range(questions + 5)
        )
        self._says(commands.Open("c1", "bench", rules_for(questions), "bank", bank, HOST))
        self._players = [100 * team + member for team in range(1, TEAMS + 1) for member in range(MEMBERS)]
        for player in self._players:
            self._says(commands.Join(player, f"队员{player}", team_name=f"第{player // 100}队"))
        self._says(commands.Start(HOST))
        asked = 0
        while not isinstance(self.contest.phase, Finished):  # type: ignore[union-attr]
            asked += isinstance(self.contest.phase, Asking)  # type: ignore[union-attr]
            self._goes_on(asked)

    def _says(self, command: commands.Command) -> None:
        events = decide(self.contest, command, now=self._at)
        for event in events:
            self.contest = evolve(self.contest, event)
        self.said.append((command, self._at))
        self.log += events

    def _chooses(self, player: int, option: int, nonce: int) -> None:
        self._updates += 1
        self._says(commands.Choose(player, (option % 4,), self._updates, self._at, nonce))

    def _goes_on(self, asked: int) -> None:
        contest = self.contest
        assert contest is not None
        nonce = contest.course.nonce
        self._at += timedelta(milliseconds=300)
        match contest.phase:
            case Asking():
                self._says(commands.ConfirmShown(nonce, self._at))
            case Buzzing():
                for number in range(len(self._players)):
                    self._updates += 1
                    player = self._players[(number + asked) % len(self._players)]
                    self._says(commands.Press(player, self._updates, self._at, nonce))
            case Called():
                self._says(commands.ConfirmAnswering(nonce, self._at))
            case Answering() as phase:
                player = phase.turn.player or contest.seats.teams[phase.turn.team].members[0]
                self._chooses(player, contest.question.answer[0] + (asked % 3 == 0), nonce)
            case Collecting():
                for number, player in enumerate(self._players):
                    self._chooses(player, number + asked, nonce)
            case _:
                moment = wake_at(contest)
                assert moment is not None
                self._at = max(self._at, moment)
                self._says(commands.Wake())


def decided(said: Sequence[Said]) -> Contest | None:
    """Every command decided and its events evolved, as the shell does it."""
    contest: Contest | None = None
    for command, at in said:
        for event in decide(contest, command, now=at):
            contest = evolve(contest, event)
    return contest


def only_made(log: Sequence[tuple[type[Any], tuple[Any, ...]]], contest: Contest) -> None:
    """What a machine of immutable records cannot do without: each event made once, and a contest after each."""
    for kind, values in log:
        kind(*values)
        contest = contest.in_phase(contest.phase)


def read_back(stored: Sequence[bytes]) -> Contest:
    """From the bytes in the database to the contest, as after a restart."""
    return replay([event_from_dict(orjson.loads(line)) for line in stored])


def seconds(work: Callable[[], object]) -> float:
    """The middle of a few goes, in processor time: it computes and never waits, so other work is not to be counted."""
    took = []
    with no_collection():
        for _ in range(_GOES):
            began = time.thread_time()
            work()
            took.append(time.thread_time() - began)
    return median(took)


@contextmanager
def no_collection() -> Iterator[None]:
    """What the benchmark itself keeps is not walked through again and again by the collector."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def measure(run: Run) -> list[Line]:
    """Decisions, replay from events, replay from what is stored."""
    played = Playing(QUESTIONS // 10 if run.quick else QUESTIONS)
    contest, said, log = played.contest, played.said, played.log
    assert contest is not None
    assert decided(said) == replay(log) == contest
    made = [(type(event), tuple(getattr(event, one.name) for one in dataclasses.fields(event))) for event in log]
    stored = [orjson.dumps(event_to_dict(event)) for event in log]
    ours, floor, replays, reads, parses = [], [], [], [], []
    for _ in run.rounds("the engine"):
        ours.append(len(said) / seconds(lambda: decided(said)))
        floor.append(len(said) / seconds(lambda: only_made(made, contest)))
        replays.append(1000 * seconds(lambda: replay(log)))
        reads.append(1000 * seconds(lambda: read_back(stored)))
        parses.append(1000 * seconds(lambda: [orjson.loads(line) for line in stored]))
    size = f"{len(said):,} commands, {len(log):,} events"
    return [
        Line(
            "decide and evolve", "commands/s", ours,
            peer="the same records made, no rule weighed", theirs=floor, at_least=50_000, note=size,
        ),
        Line("replay of 200 questions", "ms", replays, at_most=50),
        Line(
            "the same from the stored bytes", "ms", reads,
            peer="parsing the JSON alone", theirs=parses, at_most=50,
        ),
    ]  # fmt: skip


ROWS = (Row(8, "engine", measure),)

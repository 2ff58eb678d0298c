"""The state of a contest: a shared part, and one dataclass a phase so that what cannot be is not writable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from quizzes.engine.bench import Bench, Docket
from quizzes.engine.frozen import dataclass
from quizzes.engine.questions import Question
from quizzes.engine.rules import Rules, Segment
from quizzes.engine.scoring import Award, Record, Ruling
from quizzes.engine.stage import StagePhase
from quizzes.engine.teams import PlayerId, Seats, Team, TeamId


@dataclass(frozen=True, slots=True)
class Setup:
    """What was fixed when the lobby opened. ``questions``: a block a segment, then the reserve (``quizzes.engine.plan``)."""

    id: str
    preset: str
    rules: Rules
    bank: str
    questions: tuple[Question, ...]
    by: PlayerId
    opened_at: datetime
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """How far the contest has come.

    ``slot`` counts the questions' places from 0 (-1 before the first); ``index`` is the question in that place as a
    position in ``Setup.questions`` (-1: none yet); ``nonce`` numbers the rounds, a dead round's buttons never count again;
    ``excluded`` teams lost their right to this question; ``contenders``: only these play (sudden death);
    ``rulings`` were made on this question before it went to the others; ``lost`` rounds in a row came to nothing.

    ``counts``: how many questions each segment asks; ``starters``: the teams that were there at the start and ``order``
    their turns in the round under way, ``lots`` what they drew for it; ``team``: whose question it is, ``stake``: what for.
    ``drills`` numbers the latency drills of the lobby.
    """

    slot: int = -1
    segment: int = 0
    index: int = -1
    nonce: int = 0
    reserve: int = 0
    lost: int = 0
    excluded: frozenset[TeamId] = frozenset()
    contenders: frozenset[TeamId] | None = None
    rulings: tuple[Ruling, ...] = ()
    drills: int = 0
    counts: tuple[int, ...] = ()
    starters: tuple[TeamId, ...] = ()
    order: tuple[TeamId, ...] = ()
    lots: tuple[tuple[TeamId, int], ...] = ()
    team: TeamId | None = None
    stake: int | None = None


@dataclass(frozen=True, slots=True)
class Buzz:
    """A press that may win."""

    player: PlayerId
    team: TeamId
    update_id: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is called to answer: a team; ``player`` None: whoever may speak for it.

    ``update_id`` and ``received_at`` are those of the press that won the turn, None where none was needed.
    """

    team: TeamId
    player: PlayerId | None = None
    update_id: int | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a player chose, and when it reached us."""

    team: TeamId
    options: tuple[int, ...]
    received_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class DrillSent:
    """The message of the latency drill is on its way; what is pressed meanwhile waits here."""

    nonce: int
    presses: Mapping[PlayerId, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DrillOpen:
    """Everybody presses once; ``presses``: when each press was received."""

    nonce: int
    opened_at: datetime
    closes_at: datetime
    presses: Mapping[PlayerId, datetime]


Drill = DrillSent | DrillOpen


@dataclass(frozen=True, slots=True)
class Lobby:
    """Teams gather; a latency drill may be under way meanwhile, which never counts."""

    drill: Drill | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The pause before a question; ``again``: the same one is asked once more.

    ``opened_at`` and ``closed_at`` bound the last question's windows (None before the first): an outage that turns
    out to have overlapped them undoes that question.
    """

    ends_at: datetime
    again: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """The stakes are on their way to the team that chooses; nothing is timed until their message is confirmed."""

    nonce: int


@dataclass(frozen=True, slots=True)
class Staking:
    """The team of the course chooses its stake; ``closes_at`` includes the grace."""

    nonce: int
    opened_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """The question is on its way; nothing is timed until its message is confirmed.

    Players may see it before we hear so: what they press then waits here.
    """

    nonce: int
    index: int
    rebound: bool = False
    best: Buzz | None = None
    pressed: frozenset[PlayerId] = frozenset()
    answers: Mapping[PlayerId, Answer] = field(default_factory=dict)
    drafts: Mapping[PlayerId, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The question is shown; a press is a false start until ``opens_at``."""

    nonce: int
    index: int
    opened_at: datetime
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class Buzzing:
    """The buzzers are open; ``closes_at`` includes the grace."""

    nonce: int
    index: int
    opened_at: datetime
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Settling:
    """Somebody pressed; whoever pressed before ``settles_at`` may still turn out to be first."""

    nonce: int
    index: int
    opened_at: datetime
    opens_at: datetime
    settles_at: datetime
    best: Buzz
    pressed: frozenset[PlayerId]


@dataclass(frozen=True, slots=True)
class Called:
    """It is known who answers; nothing is timed until the message that says so is confirmed."""

    nonce: int
    index: int
    opened_at: datetime
    turn: Turn
    draft: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Starting:
    """The answerer has to begin (an answer of several taps)."""

    nonce: int
    index: int
    opened_at: datetime
    turn: Turn
    starts_by: datetime


@dataclass(frozen=True, slots=True)
class Answering:
    """The answerer has to finish."""

    nonce: int
    index: int
    opened_at: datetime
    turn: Turn
    closes_at: datetime
    draft: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Collecting:
    """Everyone answers; ``opens_at`` is where speed is counted from, ``closes_at`` includes the grace."""

    nonce: int
    index: int
    opened_at: datetime
    opens_at: datetime
    closes_at: datetime
    answers: Mapping[PlayerId, Answer]
    drafts: Mapping[PlayerId, tuple[int, ...]]

    def with_answer(self, player: PlayerId, answer: Answer) -> Collecting:
        """One more answer, or another one of the same player."""
        window = (self.opened_at, self.opens_at, self.closes_at)
        return Collecting(self.nonce, self.index, *window, {**self.answers, player: answer}, self.drafts)


@dataclass(frozen=True, slots=True)
class Judging:
    """An answer was given and lies before the judges; ``closed_at`` is when it ended, ``text`` what was typed of it."""

    nonce: int
    index: int
    opened_at: datetime
    closed_at: datetime
    turn: Turn
    docket: Docket
    text: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """All was asked; the last ruling can be protested until ``ends_at``, and open protests are waited for.

    ``opened_at`` and ``closed_at``: see ``Interval``.
    """

    ends_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """Stopped by a person, or by the engine (``by`` None). ``lobby``: back there; ``again``: the question once more."""

    by: PlayerId | None
    reason: str
    lobby: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """Over, with standings that only an overruled or voided question or a correction by hand can still change."""

    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Aborted:
    """Given up; what was scored until then stays on record."""

    by: PlayerId
    reason: str
    aborted_at: datetime


OpenPhase = Staking | Reading | Buzzing | Settling | Called | Starting | Answering | Collecting | Judging
"""Something is shown that people act on, and it is not decided yet."""
RoundPhase = Offering | Asking | OpenPhase
"""A round with a living nonce."""
Phase = Lobby | Interval | RoundPhase | StagePhase | Closing | Paused | Finished | Aborted
# They are gone through in this order at every press: the ones in which people press most come first.
OPEN_PHASES = (Called, Collecting, Buzzing, Answering, Settling, Reading, Starting, Staking, Judging)
ROUND_PHASES = (*OPEN_PHASES, Asking, Offering)


@dataclass(frozen=True, slots=True)
class Contest:
    """All that is known of a contest. ``awards`` is the ledger: scores are the base and the sum of it."""

    setup: Setup
    seats: Seats
    course: Course
    records: tuple[Record, ...]
    awards: tuple[Award, ...]
    phase: Phase
    bench: Bench = field(default_factory=Bench)

    @property
    def rules(self) -> Rules:
        """The rules of this contest."""
        return self.setup.rules

    @property
    def segment(self) -> Segment:
        """The settings of the segment that is under way (or about to begin)."""
        return self.setup.rules.segment(self.course.segment)

    @property
    def question(self) -> Question:
        """The question under way; only after the first was asked."""
        return self.setup.questions[self.course.index]

    @property
    def is_under_way(self) -> bool:
        """Whether a round lives, or was lost and is to be played again."""
        phase = self.phase
        return isinstance(phase, ROUND_PHASES) or (isinstance(phase, Interval | Paused) and phase.again)

    @property
    def gathers(self) -> bool:
        """Whether people still sit down: in the lobby, paused or not."""
        phase = self.phase
        return isinstance(phase, Lobby) or (isinstance(phase, Paused) and phase.lobby)

    @property
    def open_index(self) -> int | None:
        """The question that is under way: asked, or to be asked again, and not closed."""
        return self.course.index if self.is_under_way and self.course.index >= 0 else None

    @property
    def planned(self) -> int:
        """How many questions are asked before sudden death."""
        return sum(self.course.counts)

    @property
    def eligible(self) -> frozenset[TeamId]:
        """The teams that may still play for the question under way."""
        playing = self.course.contenders
        return (frozenset(self.seats.teams) if playing is None else playing) - self.course.excluded

    def in_phase(self, phase: Phase) -> Contest:
        """The same contest in another phase (what most events do, and several times as fast as ``replace``)."""
        return Contest(self.setup, self.seats, self.course, self.records, self.awards, phase, self.bench)

    def on_course(self, course: Course, phase: Phase) -> Contest:
        """The same contest further on, in this phase."""
        return Contest(self.setup, self.seats, course, self.records, self.awards, phase, self.bench)

    def may_play(self, team: TeamId) -> bool:
        """Whether this team is one of the eligible ones; asked at every press, so without making the set."""
        course = self.course
        return team not in course.excluded and (course.contenders is None or team in course.contenders)

    def team_of(self, player: PlayerId) -> Team | None:
        """The team that the player sits in."""
        seat = self.seats.players.get(player)
        return None if seat is None else self.seats.teams[seat.team]

    def number_of(self, index: int) -> int:
        """What people call a question: the number of its place."""
        known = self.record(index)
        return self.course.slot + 1 if known is None else known.number

    def record(self, index: int) -> Record | None:
        """The record of a question that was closed."""
        return next((record for record in reversed(self.records) if record.index == index), None)

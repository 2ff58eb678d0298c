"""The rules of a contest: what an organiser chooses before the lobby opens, and nothing that changes afterwards."""

from __future__ import annotations

from dataclasses import field
from datetime import timedelta
from enum import StrEnum

from quizzes.engine.copying import replace
from quizzes.engine.frozen import dataclass
from quizzes.engine.judge_rules import JudgeRules as JudgeRules
from quizzes.engine.judge_rules import ProtestRules as ProtestRules
from quizzes.engine.judge_rules import SpeechOrder as SpeechOrder
from quizzes.engine.judge_rules import SpeechSegment as SpeechSegment
from quizzes.engine.turn_rules import Answerer as Answerer
from quizzes.engine.turn_rules import NotStarted as NotStarted
from quizzes.engine.turn_rules import RequiredSegment as RequiredSegment
from quizzes.engine.turn_rules import RiskSegment as RiskSegment


class FalseStart(StrEnum):
    """What a press during the reading time costs."""

    REFUSED = "refused"
    """Nothing; the press does not count."""
    FINED = "fined"
    """The fine, and the question belongs to the other teams."""
    VOID = "void"
    """The fine, and the question is void."""


class TeamScore(StrEnum):
    """How the points of a team's members become the team's points for one question that everyone answers."""

    SUM = "sum"
    MEAN = "mean"
    """Over all members who could have answered, rounded half up: staying silent does not help the team."""
    BEST = "best"
    """The sum of the best few members (``EveryoneSegment.best``)."""


class Seating(StrEnum):
    """How players come to a team."""

    OPEN = "open"
    """Whoever joins names a team; it is made if it does not exist."""
    FIXED = "fixed"
    """Only the teams given when the lobby opened."""
    INDIVIDUALS = "individuals"
    """Every player is a team of one."""


@dataclass(frozen=True, slots=True)
class BuzzerSegment:
    """The first to press answers.

    ``reading``, ``buzz``, ``start`` and ``answer`` are the lengths of the timers; ``wrong`` and ``fine`` are added as
    they are, so a penalty is negative. ``rebounds`` is how many other teams may try after a wrong answer.
    """

    questions: int = 10
    right: int = 10
    wrong: int = -10
    reading: timedelta = timedelta(0)
    buzz: timedelta = timedelta(seconds=20)
    start: timedelta = timedelta(seconds=5)
    answer: timedelta = timedelta(seconds=3)
    rebounds: int = 0
    answerer: Answerer = Answerer.PRESSER
    false_start: FalseStart = FalseStart.REFUSED
    fine: int = -10
    not_started: NotStarted = NotStarted.WRONG
    own_points: bool = False
    """A question that has its own value is worth that much, won or lost (lost only if ``wrong`` is not 0)."""


@dataclass(frozen=True, slots=True)
class EveryoneSegment:
    """All answer within one window.

    ``speed_floor`` is the percentage of the points that a right answer in the last moment still earns (an answer in
    the first moment earns all); None: speed does not weigh. Correctness is counted apart in any case.
    """

    questions: int = 10
    right: int = 10
    wrong: int = 0
    reading: timedelta = timedelta(0)
    answer: timedelta = timedelta(seconds=15)
    answerer: Answerer = Answerer.MEMBER
    changes: bool = False
    """An answer may be changed until the close; the last one counts, with its own time."""
    team_score: TeamScore = TeamScore.SUM
    best: int = 3
    speed_floor: int | None = None
    own_points: bool = False


CalledSegment = BuzzerSegment | RequiredSegment | RiskSegment
"""One team at a time is called to answer."""
Segment = CalledSegment | EveryoneSegment
"""A segment that asks questions."""
AnySegment = Segment | SpeechSegment


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that is fixed when the lobby opens, and stored with the contest.

    ``grace`` is added to every window for the network; ``settle`` is how long presses are gathered before the first
    one is named (0 where updates arrive in order); ``pause`` lies before each question.
    """

    segments: tuple[AnySegment, ...]
    base: int = 0
    grace: timedelta = timedelta(milliseconds=500)
    settle: timedelta = timedelta(0)
    pause: timedelta = timedelta(seconds=4)
    seating: Seating = Seating.OPEN
    teams_least: int = 1
    teams_most: int = 50
    members_most: int = 200
    late_join: bool = True
    bench_most: int = 0
    """So many people beyond ``members_most`` may wait in a team as substitutes."""
    substitutions: int = 2
    """So many times a team may let a substitute come on after the start."""
    own_unit: bool = False
    """Where teams are units: whoever is on the roster joins the team of their own unit, or none."""
    all_ready: bool = False
    """The contest starts only when every team that has members said it is ready."""
    tie_break: BuzzerSegment | None = None
    """Sudden death among teams that share a place of ``tie_places``; its number of questions is what the reserve holds."""
    tie_places: tuple[int, ...] = (1,)
    """A tie across the cut after such a place is settled: ``(3,)`` asks only who is third and who is fourth."""
    judges: JudgeRules = field(default_factory=JudgeRules)
    protests: ProtestRules | None = None
    """None: rulings are final."""
    decimals: int = 0
    """Points are kept as whole numbers of 10 to the power of minus ``decimals``; all other rules are in whole points."""

    @property
    def unit(self) -> int:
        """What one point is in the ledger."""
        return int(10**self.decimals)

    @property
    def speeches(self) -> tuple[int, ...]:
        """The numbers of the segments in which people speak."""
        return tuple(number for number, part in enumerate(self.segments) if isinstance(part, SpeechSegment))

    @property
    def planned(self) -> int:
        """How many questions the segments ask at the most (see ``quizzes.engine.plan``)."""
        return sum(segment.questions for segment in self.segments)

    def with_questions(self, total: int) -> Rules:
        """The same rules for so many questions, shared among the segments in proportion; earlier ones get the rest.

        Raises:
            ValueError: fewer than 1.
        """
        if total < 1:
            raise ValueError("a contest has at least one question")
        if not self.planned:
            return self
        shares = [total * segment.questions // self.planned for segment in self.segments]
        rest = total - sum(shares)
        for number, segment in enumerate(self.segments):
            if rest and segment.questions:
                shares[number] += 1
                rest -= 1
        segments = tuple(
            replace(segment, questions=share) for segment, share in zip(self.segments, shares, strict=True)
        )
        return replace(self, segments=segments)

    def segment(self, number: int) -> Segment:
        """The segment with this number, one that asks questions; the number after the last one is the tie-break."""
        if number == len(self.segments) and self.tie_break is not None:
            return self.tie_break
        segment = self.segments[number]
        assert not isinstance(segment, SpeechSegment), "a speech asks no question"
        return segment

    def speech(self, number: int) -> SpeechSegment:
        """The segment with this number, one of speeches."""
        segment = self.segments[number]
        assert isinstance(segment, SpeechSegment), "not a speech"
        return segment

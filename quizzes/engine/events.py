"""What happened in a contest. Every event says when (``at``, aware UTC); the log of them is the contest."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizzes.engine.events_bench import BenchEvent
from quizzes.engine.frozen import dataclass
from quizzes.engine.questions import Question
from quizzes.engine.reasons import AskReason as AskReason
from quizzes.engine.reasons import LossReason as LossReason
from quizzes.engine.reasons import PressKind as PressKind
from quizzes.engine.reasons import RulingReason as RulingReason
from quizzes.engine.rules import Rules
from quizzes.engine.scoring import Award, Ruling, Standings
from quizzes.engine.teams import PlayerId, TeamId


@dataclass(frozen=True, slots=True)
class Opened:
    """The lobby is open."""

    at: datetime
    id: str
    preset: str
    rules: Rules
    bank: str
    questions: tuple[Question, ...]
    by: PlayerId
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TeamMade:
    """There is a new team; a ``standing`` one was set up with the contest and stays while nobody is in it."""

    at: datetime
    team: TeamId
    name: str
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A player sits in a team (``bench``: as a substitute); ``left`` is the one they came from."""

    at: datetime
    player: PlayerId
    name: str
    team: TeamId
    left: TeamId | None = None
    bench: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A player got up. A team that players made and that is now empty is gone."""

    at: datetime
    player: PlayerId
    team: TeamId


@dataclass(frozen=True, slots=True)
class ReadySet:
    """A team is ready, or no longer."""

    at: datetime
    team: TeamId
    ready: bool
    player: PlayerId


@dataclass(frozen=True, slots=True)
class CaptainAppointed:
    """A team has another captain."""

    at: datetime
    team: TeamId
    player: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class SubstitutionAsked:
    """A substitution that is made when the question under way is over."""

    at: datetime
    team: TeamId
    on: PlayerId
    off: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class Substituted:
    """``on`` plays in the place of ``off``, who sits on the bench; ``counted``: one of the team's substitutions."""

    at: datetime
    team: TeamId
    on: PlayerId
    off: PlayerId
    by: PlayerId
    counted: bool


@dataclass(frozen=True, slots=True)
class DrillAsked:
    """Show the drill's one button. The shell answers ``ConfirmDrill`` or ``LoseDrill`` with the nonce."""

    at: datetime
    nonce: int
    by: PlayerId


@dataclass(frozen=True, slots=True)
class DrillOpened:
    """The button is on the screen since ``opened_at``; delays are counted from there."""

    at: datetime
    nonce: int
    opened_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class DrillPressed:
    """Somebody pressed the drill's button for the first time."""

    at: datetime
    player: PlayerId
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after the message was confirmed a player's press arrived."""

    player: PlayerId
    after: timedelta


@dataclass(frozen=True, slots=True)
class DrillClosed:
    """The drill is over; the quickest first. It counts for nothing."""

    at: datetime
    nonce: int
    delays: tuple[Delay, ...]


@dataclass(frozen=True, slots=True)
class DrillDropped:
    """The drill came to nothing (a lost message, an outage, a restart, the start of the contest)."""

    at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Started:
    """The teams stand; the first question is asked at ``next_at``.

    ``questions``: how many each segment asks of the teams that are there; empty: as many as the rules say.
    """

    at: datetime
    by: PlayerId
    next_at: datetime
    questions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The order in which the teams take their turns in a round (from 1) of a segment, by score and by lot.

    ``lots``: the number that each team drew, where scores were equal or the whole order is drawn.
    """

    at: datetime
    segment: int
    round: int
    order: tuple[TeamId, ...]
    lots: tuple[tuple[TeamId, int], ...]


@dataclass(frozen=True, slots=True)
class StakeAsked:
    """Ask this team for its stake. The shell answers ``ConfirmShown`` or ``LoseShown`` with the nonce.

    ``number`` and ``of`` as for a question; ``stakes`` are those that the team may choose now.
    """

    at: datetime
    nonce: int
    number: int
    of: int
    segment: int
    team: TeamId
    stakes: tuple[int, ...]
    may_pass: bool
    reason: AskReason


@dataclass(frozen=True, slots=True)
class StakingOpened:
    """The stakes are on the screen since ``opened_at``; the team may choose until ``closes_at``."""

    at: datetime
    nonce: int
    opened_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Staked:
    """A team's stake stands; None: it passes, and what follows comes at ``next_at``.

    Without ``player`` the time ran out and the rules chose.
    """

    at: datetime
    nonce: int
    team: TeamId
    stake: int | None
    player: PlayerId | None = None
    update_id: int | None = None
    received_at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Show this question. The shell answers ``ConfirmShown`` or ``LoseShown`` with the nonce.

    ``index`` is its position in the contest's questions, ``number`` what people call it (from 1; in sudden death it
    goes on counting past ``of``); a rebound is an edit of the message that is there, and so is a question whose stake
    was just chosen. ``team``: whose question it is, where teams take turns; ``stake``: what it wins or loses.
    """

    at: datetime
    nonce: int
    index: int
    number: int
    of: int
    segment: int
    reason: AskReason
    excluded: tuple[TeamId, ...] = ()
    contenders: tuple[TeamId, ...] | None = None
    team: TeamId | None = None
    stake: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionOpened:
    """The question is on the screen since ``opened_at``; its window runs from ``opens_at`` to ``closes_at``."""

    at: datetime
    nonce: int
    index: int
    opened_at: datetime
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingEnded:
    """The reading time is over."""

    at: datetime
    nonce: int
    index: int
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class PressNoted:
    """Somebody pressed. ``kind`` is also what the presser is told; the winner is named by ``Buzzed`` alone."""

    at: datetime
    player: PlayerId
    team: TeamId
    update_id: int
    received_at: datetime
    nonce: int
    index: int
    kind: PressKind


@dataclass(frozen=True, slots=True)
class Fined:
    """A team paid for a false start and lost its right to the question."""

    at: datetime
    index: int
    team: TeamId
    player: PlayerId
    points: int


@dataclass(frozen=True, slots=True)
class Buzzed:
    """This player was first. The shell says so and answers ``ConfirmAnswering`` or ``LoseAnswering``."""

    at: datetime
    nonce: int
    index: int
    player: PlayerId
    team: TeamId
    update_id: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AnsweringOpened:
    """The answerer's time runs since ``opened_at``.

    ``starts_by`` bounds the first act where an answer takes several taps; otherwise ``closes_at`` bounds the answer.
    Exactly one of the two is set.
    """

    at: datetime
    nonce: int
    index: int
    opened_at: datetime
    starts_by: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A player marked (``final`` False) or gave an answer; ``closes_at`` is set if this act began the answer's time.

    ``text``: what was written, if the answer is typed.
    """

    at: datetime
    player: PlayerId
    team: TeamId
    options: tuple[int, ...]
    update_id: int
    received_at: datetime
    nonce: int
    index: int
    final: bool
    closes_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """The ruling. ``answer`` is the right one and public only if ``closes``; else the question goes to the others.

    ``right`` is None if nobody was to answer, if a team did nothing and that costs nothing, and for a question that
    everyone answers (see ``rulings``).
    """

    at: datetime
    index: int
    right: bool | None
    answer: tuple[int, ...]
    team: TeamId | None
    player: PlayerId | None
    points: int
    reason: RulingReason
    rulings: tuple[Ruling, ...]
    awards: tuple[Award, ...]
    sizes: tuple[tuple[TeamId, int], ...]
    closes: bool
    next_at: datetime


@dataclass(frozen=True, slots=True)
class RoundLost:
    """A round is void. ``afresh``: what was ruled on the question before is taken back too.

    ``index`` None: a stake was being chosen, and there is no question yet.
    """

    at: datetime
    nonce: int
    index: int | None
    reason: LossReason
    afresh: bool


@dataclass(frozen=True, slots=True)
class PausedBy:
    """The contest stands still; ``voided`` is the question whose round is void. ``by`` None: the engine itself."""

    at: datetime
    by: PlayerId | None
    reason: str
    voided: int | None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The contest goes on."""

    at: datetime
    by: PlayerId


@dataclass(frozen=True, slots=True)
class AbortedBy:
    """The contest was given up."""

    at: datetime
    by: PlayerId
    reason: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """The process began anew; ``voided`` is the question whose round is void."""

    at: datetime
    voided: int | None


@dataclass(frozen=True, slots=True)
class QuestionVoided:
    """All that the question gave is taken back; ``next_at`` is set if it was under way."""

    at: datetime
    index: int
    by: PlayerId
    reason: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionReplaced:
    """The question is void and ``replacement`` stands in for it."""

    at: datetime
    index: int
    replacement: int
    by: PlayerId
    reason: str


@dataclass(frozen=True, slots=True)
class Overruled:
    """The rulings on a closed question are now these, and these are its awards (fines stay)."""

    at: datetime
    index: int
    right: bool
    by: PlayerId
    reason: str
    rulings: tuple[Ruling, ...]
    awards: tuple[Award, ...]


@dataclass(frozen=True, slots=True)
class ScoreCorrected:
    """Points by hand."""

    at: datetime
    team: TeamId
    points: int
    by: PlayerId
    reason: str


@dataclass(frozen=True, slots=True)
class ContestFinished:
    """Over. The announced standings; an audit must find the same."""

    at: datetime
    standings: Standings


@dataclass(frozen=True, slots=True)
class StandingsRevised:
    """A change after the end gave other standings."""

    at: datetime
    standings: Standings


Event = (
    Opened
    | TeamMade
    | Joined
    | Left
    | ReadySet
    | CaptainAppointed
    | SubstitutionAsked
    | Substituted
    | DrillAsked
    | DrillOpened
    | DrillPressed
    | DrillClosed
    | DrillDropped
    | Started
    | Drawn
    | StakeAsked
    | StakingOpened
    | Staked
    | QuestionAsked
    | QuestionOpened
    | ReadingEnded
    | PressNoted
    | Fined
    | Buzzed
    | AnsweringOpened
    | Chosen
    | Ruled
    | RoundLost
    | PausedBy
    | Resumed
    | AbortedBy
    | Recovered
    | QuestionVoided
    | QuestionReplaced
    | Overruled
    | ScoreCorrected
    | ContestFinished
    | StandingsRevised
    | BenchEvent
)

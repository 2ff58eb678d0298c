"""What happened around judges, protests and speeches; part of ``events.Event``."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine.bench import How, Matter, Verdict
from quizzes.engine.frozen import dataclass
from quizzes.engine.scoring import Award
from quizzes.engine.teams import PlayerId, TeamId


@dataclass(frozen=True, slots=True)
class JudgeNamed:
    """Somebody is on the panel, or is its chief from now on."""

    at: datetime
    judge: PlayerId
    name: str
    chief: bool
    recused: bool
    by: PlayerId


@dataclass(frozen=True, slots=True)
class JudgeDismissed:
    """Somebody is no longer on the panel."""

    at: datetime
    judge: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class JudgeRecused:
    """A judge may not judge this contest because their own unit plays (or may again)."""

    at: datetime
    judge: PlayerId
    recused: bool


@dataclass(frozen=True, slots=True)
class JudgeUnreachable:
    """The bot cannot write to a judge."""

    at: datetime
    judge: PlayerId


@dataclass(frozen=True, slots=True)
class AnswerBegun:
    """Whoever was called has begun to answer aloud, until ``closes_at``."""

    at: datetime
    player: PlayerId
    team: TeamId
    update_id: int
    received_at: datetime
    nonce: int
    index: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The answer was given; the judges have until ``due_at``. ``text`` is what was typed, if anything.

    ``player`` is who answered (None: somebody of the team); ``by`` is None if the time ran out.
    """

    at: datetime
    nonce: int
    index: int
    team: TeamId
    player: PlayerId | None
    by: PlayerId | None
    ended_at: datetime
    due_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class BallotCast:
    """A judge voted."""

    at: datetime
    judge: PlayerId
    matter: Matter
    number: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class HandedToChief:
    """The panel did not decide in time: the matter is the chief's alone until ``due_at``."""

    at: datetime
    matter: Matter
    number: int
    chief: PlayerId
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DocketRenewed:
    """After a restart the judges have their time again."""

    at: datetime
    matter: Matter
    number: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A matter is closed. ``verdict`` None: nobody judged it."""

    at: datetime
    matter: Matter
    number: int
    verdict: Verdict | None
    how: How


@dataclass(frozen=True, slots=True)
class Protested:
    """A captain protests against the ruling on a question."""

    at: datetime
    protest: int
    index: int
    team: TeamId
    player: PlayerId
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ProtestExplained:
    """The reason followed."""

    at: datetime
    protest: int
    player: PlayerId
    reason: str


@dataclass(frozen=True, slots=True)
class ClosingBegun:
    """All questions were asked; until ``ends_at``, and as long as protests are open, the contest waits."""

    at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """The running window closes later, at ``closes_at``."""

    at: datetime
    by: PlayerId
    seconds: int
    closes_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SpeakersDrawn:
    """The order of the speakers of a segment; ``drawn`` by lot, or as the teams sit."""

    at: datetime
    segment: int
    order: tuple[TeamId, ...]
    drawn: bool


@dataclass(frozen=True, slots=True)
class SpeakerCalled:
    """This team speaks now, as number ``place`` (from 1) of ``of``."""

    at: datetime
    nonce: int
    segment: int
    place: int
    of: int
    team: TeamId
    starts_by: datetime


@dataclass(frozen=True, slots=True)
class TalkBegun:
    """The talk has begun; ``by`` None: by itself."""

    at: datetime
    nonce: int
    team: TeamId
    by: PlayerId | None
    closes_at: datetime
    warns_at: datetime | None


@dataclass(frozen=True, slots=True)
class TalkWarned:
    """The time is nearly up."""

    at: datetime
    nonce: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class TalkEnded:
    """The talk is over; the judges score until ``due_at``. ``by`` None: the time was up, or the scoring is repeated."""

    at: datetime
    nonce: int
    team: TeamId
    by: PlayerId | None
    due_at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """A judge's score, in hundredths."""

    at: datetime
    judge: PlayerId
    nonce: int
    score: int


@dataclass(frozen=True, slots=True)
class ScoringEmpty:
    """No judge gave a score; the host decides until ``skips_at``."""

    at: datetime
    nonce: int
    team: TeamId
    skips_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """A judge's score in hundredths; ``counts`` is False for a highest or lowest one that was dropped."""

    judge: PlayerId
    score: int
    counts: bool


@dataclass(frozen=True, slots=True)
class TalkScored:
    """The score of a speaker: the mean of the marks that count, in units of the rules' ``decimals``."""

    at: datetime
    nonce: int
    team: TeamId
    marks: tuple[Mark, ...]
    points: int
    awards: tuple[Award, ...]
    next_at: datetime


@dataclass(frozen=True, slots=True)
class SpeakerSkipped:
    """The contest goes on without a score for this speaker; ``by`` None: the host did not decide in time."""

    at: datetime
    nonce: int
    team: TeamId
    by: PlayerId | None
    reason: str
    next_at: datetime


BenchEvent = (
    JudgeNamed
    | JudgeDismissed
    | JudgeRecused
    | JudgeUnreachable
    | AnswerBegun
    | AnswerEnded
    | BallotCast
    | HandedToChief
    | DocketRenewed
    | Decided
    | Protested
    | ProtestExplained
    | ClosingBegun
    | Extended
    | SpeakersDrawn
    | SpeakerCalled
    | TalkBegun
    | TalkWarned
    | TalkEnded
    | ScoreGiven
    | ScoringEmpty
    | TalkScored
    | SpeakerSkipped
)

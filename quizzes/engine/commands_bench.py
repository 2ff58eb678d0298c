"""What the shell asks on behalf of judges, captains, speakers and hosts. Who may host is checked by the shell."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizzes.engine.bench import Verdict
from quizzes.engine.frozen import dataclass
from quizzes.engine.teams import PlayerId


@dataclass(frozen=True, slots=True)
class NameJudge:
    """Put somebody on the panel; the first is its chief. Naming a member again with ``chief`` makes them the chief."""

    judge: PlayerId
    name: str
    by: PlayerId
    recused: bool = False
    chief: bool = False


@dataclass(frozen=True, slots=True)
class DismissJudge:
    """Take somebody off the panel."""

    judge: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class Recuse:
    """Exactly these members of the panel may not judge, because their own units play."""

    judges: frozenset[PlayerId]


@dataclass(frozen=True, slots=True)
class NoteUnreachable:
    """A private message to a judge did not arrive."""

    judge: PlayerId


@dataclass(frozen=True, slots=True)
class Begin:
    """Whoever is called begins to answer aloud."""

    player: PlayerId
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class EndAnswer:
    """Whoever answers aloud has finished."""

    player: PlayerId
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A judge's ballot on the answer of the round."""

    judge: PlayerId
    nonce: int
    right: bool


@dataclass(frozen=True, slots=True)
class FileProtest:
    """A captain protests against the ruling on a question (None: the latest that can be), or gives the reason later."""

    player: PlayerId
    index: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JudgeProtest:
    """A judge's ballot on a protest."""

    judge: PlayerId
    protest: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Extend:
    """Give the window that is running more time."""

    by: PlayerId
    length: timedelta
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BeginTalk:
    """The talk begins; by somebody of the speaker's team, or by whoever runs the contest (``host``)."""

    by: PlayerId
    nonce: int
    host: bool = False


@dataclass(frozen=True, slots=True)
class EndTalk:
    """The talk is over before its time; by the same people."""

    by: PlayerId
    nonce: int
    host: bool = False


@dataclass(frozen=True, slots=True)
class GiveScore:
    """A judge's score, in hundredths."""

    judge: PlayerId
    nonce: int
    score: int


@dataclass(frozen=True, slots=True)
class SkipSpeaker:
    """The host goes on without a score for this speaker."""

    by: PlayerId
    nonce: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RepeatScoring:
    """The host lets the judges score once more."""

    by: PlayerId
    nonce: int


BenchCommand = (
    NameJudge
    | DismissJudge
    | Recuse
    | NoteUnreachable
    | Begin
    | EndAnswer
    | Rule
    | FileProtest
    | JudgeProtest
    | Extend
    | BeginTalk
    | EndTalk
    | GiveScore
    | SkipSpeaker
    | RepeatScoring
)

"""What judges, captains and speakers see, as data."""

from typing import ClassVar, Literal

from quizzes.part import Part
from quizzes.views import Asked, Score
from storage import View

VerdictWord = Literal["right", "wrong", "stands", "overturned", "void"]
HowWord = Literal["panel", "chief", "host", "nobody"]


class BallotCard(View):
    """A matter before one judge, in private. ``reference``: what the bank says should be heard or read."""

    kind: ClassVar[str] = "contest.ballot"
    contest_id: int
    matter: Literal["ruling", "protest"]
    number: int
    group: str
    question: Asked
    reference: tuple[str, ...]
    answer: tuple[int, ...] = ()
    team: str
    player: str = ""
    text: str = ""
    reason: str = ""
    protested: Literal["right", "wrong", "nobody", "everyone", ""] = ""
    verdicts: tuple[VerdictWord, ...] = ()
    seconds: float = 0
    state: Literal["open", "voted", "alone", "with_chief", "closed", "overtaken"] = "open"
    mine: VerdictWord | None = None
    outcome: VerdictWord | None = None
    how: HowWord | None = None


class ScoreSheet(View):
    """A speech before one judge, in private; scores in hundredths."""

    kind: ClassVar[str] = "contest.score_sheet"
    contest_id: int
    nonce: int
    group: str
    speaker: str
    least: int
    most: int
    places: int
    seconds: float = 0
    offered: tuple[int, ...] = ()
    state: Literal["open", "given", "closed"] = "open"
    mine: int | None = None
    dropped: bool = False


class MarkLine(Part):
    """A judge's score in hundredths."""

    judge: str
    score: int
    counts: bool


class SpeakerCard(View):
    """A speaker: called, speaking, being scored, scored."""

    kind: ClassVar[str] = "contest.speaker"
    contest_id: int
    nonce: int
    place: int
    of: int
    team: str
    state: Literal["called", "talking", "warned", "scoring", "unscored", "scored", "skipped", "void"]
    order: tuple[str, ...] = ()
    drawn: bool = False
    start: float = 0
    talk: float = 0
    left: float = 0
    marks: tuple[MarkLine, ...] = ()
    points: int = 0
    decimals: int = 0
    reason: str = ""
    scores: tuple[Score, ...] = ()


class ProtestCard(View):
    """A protest in the group: filed, or decided with the score that follows."""

    kind: ClassVar[str] = "contest.protest"
    number: int
    team: str
    reason: str
    state: Literal["filed", "decided"]
    by_host: bool = False
    outcome: VerdictWord | None = None
    how: HowWord | None = None
    decimals: int = 0
    scores: tuple[Score, ...] = ()


class JudgeLine(Part):
    """A member of the panel."""

    name: str
    chief: bool
    recused: bool
    unreachable: bool


class JudgesCard(View):
    """The panel of a contest."""

    kind: ClassVar[str] = "contest.judges"
    judges: tuple[JudgeLine, ...]
    needed: int
    seconds: float
    chief_seconds: float
    lines: tuple[str, ...] = ()


class JudgeGreeting(View):
    """Tells somebody in private that they are on a panel."""

    kind: ClassVar[str] = "contest.judge_greeting"
    contest_id: int
    group: str
    title: dict[str, str]
    chief: bool
    recused: bool


class Candidate(Part):
    """Somebody who may be meant."""

    id: int
    name: str
    unit: str


class JudgePick(View):
    """A name that several people have: who is meant?"""

    kind: ClassVar[str] = "contest.judge_pick"
    contest_id: int
    name: str
    chief: bool
    candidates: tuple[Candidate, ...]


class BenchHappening(View):
    """Something around the bench that the group has to know."""

    kind: ClassVar[str] = "contest.bench"
    what: Literal["extended", "unreachable", "closing", "not_judged"]
    names: tuple[str, ...] = ()
    seconds: float = 0
    reason: str = ""
    number: int = 0

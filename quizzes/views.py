"""What a contest shows, as data: the presenters make words and buttons of it.

No view of an open question carries the right answer, so it cannot leave the server before the ruling.
"""

from datetime import datetime
from typing import ClassVar, Literal

from quizzes.part import Part
from quizzes.turn_views import Fine, Missed, Order, TurnRules
from storage import View


class SegmentLine(Part):
    """The rules of a segment as numbers; times in seconds."""

    kind: Literal["buzzer", "everyone", "required", "risk"]
    questions: int
    right: int
    wrong: int
    reading: float
    buzz: float
    start: float
    answer: float
    rebounds: int
    answerer: Literal["presser", "member", "captain"]
    speed_weighs: bool
    false_start: Literal["refused", "fined", "void"] = "refused"
    fine: int = 0
    not_started: Literal["wrong", "void"] = "wrong"
    turns: TurnRules | None = None


class SpeechLine(Part):
    """The rules of a segment of speeches; times in seconds."""

    kind: Literal["speech"] = "speech"
    drawn: bool
    start: float
    talk: float
    scoring: float
    least: int
    most: int
    places: int
    drop: int
    drop_from: int


class PanelLine(Part):
    """How judges decide, and how often captains may protest (0: never)."""

    judges: tuple[tuple[str, bool, bool], ...]
    """Name, whether chief, whether recused."""
    rules: bool
    needed: int
    seconds: float
    chief: float
    protests: int
    window: float


class LobbyTeam(Part):
    """A team in the lobby; the captain is the first of the names, ``bench`` are the substitutes."""

    id: int
    name: str
    members: tuple[str, ...]
    ready: bool
    bench: tuple[str, ...] = ()


class LobbyCard(View):
    """The lobby of a contest, and what is left of it once it has begun."""

    kind: ClassVar[str] = "contest.lobby"
    contest_id: int
    title: dict[str, str]
    bank: str
    base: int
    grace: float
    segments: tuple[SegmentLine | SpeechLine, ...]
    tie_break: bool
    tie_places: tuple[int, ...] = (1,)
    individuals: bool
    teams: tuple[LobbyTeam, ...]
    may_add: bool
    panel: PanelLine | None = None
    state: Literal["open", "begun", "paused", "aborted"]


class Asked(Part):
    """A question as everybody sees it."""

    number: int
    of: int
    kind: Literal["single", "several", "true_false", "fill_in", "oral"]
    text: str
    options: tuple[str, ...]
    media: str = ""
    """A picture or sound: ``photo:bank:3``, ``audio:https://…``."""
    apart: bool = False
    """It goes ahead in a message of its own: the card may grow too long for a caption."""


class QuestionCard(View):
    """A question with its open window: a buzzer, or the options for everyone, or for the team whose turn it is.

    ``start``: the time to begin, where an answer takes several taps; ``bot``: where a typed answer of everyone's goes.
    """

    kind: ClassVar[str] = "contest.question"
    contest_id: int
    nonce: int
    mode: Literal["buzzer", "everyone", "turn"]
    question: Asked
    seconds: float
    reading: float
    right: int
    wrong: int
    reason: Literal["next", "again", "rebound", "replaced", "staked"]
    sudden_death: bool
    teams: tuple[str, ...]
    """Who may play for it; empty: everybody."""
    team: str = ""
    individuals: bool = False
    answerer: Literal["presser", "member", "captain"] = "member"
    start: float | None = None
    stake: int | None = None
    order: Order | None = None
    missed: Missed | None = None
    bot: str = ""


class AnsweringCard(View):
    """Somebody was first and answers now."""

    kind: ClassVar[str] = "contest.answering"
    contest_id: int
    nonce: int
    question: Asked
    team: str
    player: str
    individuals: bool
    seconds: float
    start: float | None
    answerer: Literal["presser", "member", "captain"]


class Score(Part):
    """A line of the score."""

    name: str
    score: int
    rank: int
    decimals: int = 0


class RulingCard(View):
    """A closed question: the ruling, the right answer, the score."""

    kind: ClassVar[str] = "contest.ruling"
    question: Asked
    answer: tuple[int, ...]
    explanation: str
    reason: Literal[
        "answered",
        "not_started",
        "not_answered",
        "nobody_buzzed",
        "false_start",
        "everyone",
        "judged",
        "not_judged",
    ]
    right: bool | None
    team: str | None
    player: str | None
    individuals: bool
    chosen: tuple[int, ...]
    points: int
    answered: int
    correct: int
    fastest: tuple[str, ...]
    protest: tuple[int, int] | None = None
    """Contest and question, if captains may protest."""
    decimals: int = 0
    accepted: tuple[str, ...] = ()
    text: str = ""
    stake: int | None = None
    fines: tuple[Fine, ...] = ()
    scores: tuple[Score, ...]


class VoidCard(View):
    """A question whose round came to nothing."""

    kind: ClassVar[str] = "contest.void"
    question: Asked
    reason: Literal["lost", "outage", "paused", "restart", "voided", "replaced"]


class TeamResult(Part):
    """A team's line in the standings."""

    rank: int
    name: str
    score: int
    right: int
    wrong: int


class PlayerResult(Part):
    """A player's line in the standings."""

    rank: int
    name: str
    team: str
    score: int
    right: int
    wrong: int


class StandingsCard(View):
    """The end of a contest, or new standings after it."""

    kind: ClassVar[str] = "contest.standings"
    contest_id: int
    title: dict[str, str]
    bank: str
    individuals: bool
    revised: bool
    decimals: int = 0
    teams: tuple[TeamResult, ...]
    players: tuple[PlayerResult, ...]


class PictureCard(View):
    """The final standings once more, as a picture that is drawn when it is sent."""

    kind: ClassVar[str] = "contest.picture"
    contest_id: int
    title: dict[str, str]
    bank: str


class Happening(View):
    """Something that the group has to know: paused, going on, given up, recovered, points by hand."""

    kind: ClassVar[str] = "contest.happening"
    what: Literal[
        "paused",
        "engine_paused",
        "resumed",
        "aborted",
        "recovered",
        "voided",
        "replaced",
        "corrected",
        "overruled",
        "captain",
        "substituted",
        "substitution_asked",
    ]
    reason: str = ""
    number: int | None = None
    team: str | None = None
    player: str | None = None
    other: str | None = None
    points: int | None = None
    right: bool | None = None
    decimals: int = 0
    scores: tuple[Score, ...] = ()


class ActLine(Part):
    """Something that a host or a judge did."""

    at: datetime
    who: str
    what: Literal["voided", "replaced", "overruled", "corrected", "extended", "skipped", "paused", "resumed"]
    number: int | None = None
    team: str = ""
    points: int = 0
    seconds: int = 0
    right: bool | None = None
    reason: str = ""


class HostPanel(View):
    """The host's own controls, in private."""

    kind: ClassVar[str] = "contest.panel"
    contest_id: int
    bank: str
    group: str
    state: Literal["lobby", "running", "paused", "finished", "aborted"]
    number: int
    of: int
    reserve: int
    reason: str = ""
    can_extend: bool = False
    stage: Literal["called", "talking", "scoring", "unscored", ""] = ""
    nonce: int = 0
    speaker: str = ""
    unreachable: tuple[str, ...] = ()
    open_protests: int = 0
    decimals: int = 0
    acts: tuple[ActLine, ...] = ()


class Choice(Part):
    """Something to choose from: a number for the button, and its name."""

    id: int
    name: str
    items: int


class SetUpCard(View):
    """``/contest`` alone: which preset, then which bank, then how many questions."""

    kind: ClassVar[str] = "contest.set_up"
    step: Literal["preset", "bank", "count", "chosen"]
    presets: tuple[tuple[str, dict[str, str]], ...]
    preset: str = ""
    banks: tuple[Choice, ...] = ()
    bank_id: int = 0
    counts: tuple[int, ...] = ()

"""What is shown of rounds: data without words."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.programme.words import Title
from study.views import View

State = Literal["planned", "announced", "open", "evaluating", "closed", "cancelled"]
LineStatus = Literal["waiting", "spoke", "skipped", "absent", "leave"]


class Fact(BaseModel):
    """A part of a view."""

    model_config = ConfigDict(defer_build=True, frozen=True)


class RoundHead(Fact):
    """Which round: its title, whose, when, how far it is."""

    id: int
    title: Title
    unit: str
    starts_at: datetime
    state: State


class Piece(Fact):
    """Something to read or to study: its title, and where it is, if it is anywhere."""

    title: Title
    url: str = ""


class Team(Fact):
    """The people of a group, in the order in which they speak."""

    id: int
    number: int
    names: tuple[str, ...]
    state: Literal["waiting", "open", "done"] = "waiting"
    host: str = ""


class RoundAnnounced(View):
    """For a group of the unit: a round is coming; with the button that says that everything was read."""

    kind: ClassVar[str] = "round.announced"
    head: RoundHead
    teams: tuple[Team, ...]
    agenda: tuple[Title, ...]
    musts: tuple[Piece, ...]
    reading: tuple[Piece, ...]
    read: int
    people: int
    reminder: str = ""
    standard: Title | None = None
    reminds: bool = False


class RoundCall(View):
    """For one person: what they have to do for a round. ``observer``: they sit in, and may comment."""

    kind: ClassVar[str] = "round.call"
    head: RoundHead
    number: int
    teams: int
    place: int
    seconds: int
    agenda: tuple[Title, ...]
    musts: tuple[Piece, ...]
    reading: tuple[Piece, ...]
    has_read: bool
    observer: bool = False
    reminder: str = ""
    standard: Title | None = None
    reminds: bool = False


class SpeakerLine(Fact):
    """Somebody in the speaking order."""

    name: str
    status: LineStatus
    has_read: bool
    is_here: bool
    speaks: bool = False


class RoundCard(View):
    """The card of a group's meeting; edited with every step. ``until`` is when the speaker's time is over, ``over`` whether it is."""

    kind: ClassVar[str] = "round.card"
    head: RoundHead
    group: int
    number: int
    teams: int
    step: int
    state: Literal["waiting", "open", "done"]
    lines: tuple[SpeakerLine, ...]
    musts: tuple[Piece, ...]
    agenda: tuple[Title, ...]
    reads: bool
    host: str
    speaker: str = ""
    called_at: datetime | None = None
    until: datetime | None = None
    over: bool = False
    seconds: int = 0
    can_undo: bool = False


class RoundLine(Fact):
    """A round in a list."""

    head: RoundHead
    people: int
    read: int
    came: int


class RoundList(View):
    """For organisers: their rounds, those to come first."""

    kind: ClassVar[str] = "round.list"
    lines: tuple[RoundLine, ...]
    page: int
    pages: int


class RoundDetail(View):
    """For organisers: one round, who has read, and what can be done with it. ``asks``: is it really to be called off?"""

    kind: ClassVar[str] = "round.detail"
    head: RoundHead
    nominal: date
    moved: bool
    teams: tuple[Team, ...]
    people: int
    read: int
    unread: tuple[str, ...]
    reads: bool
    reminder: str
    standard: Title | None
    remind_at: datetime | None
    due_at: datetime | None
    asks: bool = False


class OwnRound(Fact):
    """A round that somebody is asked to, and what is left to do for it."""

    head: RoundHead
    number: int
    teams: int
    place: int
    to_read: bool


class RoundOwn(View):
    """For a member: their next round and the ones that are under way."""

    kind: ClassVar[str] = "round.own"
    rounds: tuple[OwnRound, ...]
    planned: tuple[RoundHead, ...]


class RoundAsked(View):
    """The next thing that somebody says is wanted: the new time, the reminder's text, closing words, a comment."""

    kind: ClassVar[str] = "round.asked"
    head: RoundHead
    what: Literal["move", "reminder", "reading", "words", "comment"]
    now_says: str = ""


class RoundKept(View):
    """It was understood."""

    kind: ClassVar[str] = "round.kept"
    head: RoundHead
    what: Literal["reminder", "reading", "words", "comment"]
    text: str = ""


class RoundChanged(View):
    """For everybody concerned: a round was moved or called off, or its time passed while the bot was down."""

    kind: ClassVar[str] = "round.changed"
    head: RoundHead
    what: Literal["moved", "cancelled", "missed"]
    before: datetime | None = None


class TeamSummary(Fact):
    """What became of a group: who came (late or not), was on leave, was absent; who spoke how often; what was said at the end."""

    number: int
    people: int
    came: int
    late: int
    leave: int
    absent: tuple[str, ...]
    speeches: int
    spoke: tuple[str, ...]
    silent: tuple[str, ...]
    words: str
    words_by: str


class ItemMean(Fact):
    """The mean of an item."""

    title: Title
    mean: float


class FormSummary(Fact):
    """A form of a round: how many of those asked have finished; the mean score (0 to 100) if it may be shown."""

    name: Literal["self", "peer", "overall"]
    title: Title
    raters: int
    finished: int
    score: float | None
    least: int
    items: tuple[ItemMean, ...] = ()


class Comment(Fact):
    """What an observer said."""

    name: str
    text: str


class RoundSummary(View):
    """For the groups, the organisers and the observers: what a round amounts to."""

    kind: ClassVar[str] = "round.summary"
    head: RoundHead
    people: int
    read: int
    reads: bool
    unread: tuple[str, ...]
    teams: tuple[TeamSummary, ...]
    forms: tuple[FormSummary, ...]
    comments: tuple[Comment, ...]


class WordsWanted(View):
    """For the host: the meeting is over; a few words for the summary?"""

    kind: ClassVar[str] = "round.words_wanted"
    head: RoundHead
    group: int


class DutyLine(Fact):
    """Something that an observer does at regular times, and whether it is done in this period."""

    key: str
    title: Title
    every: Literal["day", "week", "month"]
    due: date | None
    done_at: datetime | None


class DutyList(View):
    """For an observer: the rounds that they may sit in, and what is to be done today, this week, this month."""

    kind: ClassVar[str] = "round.duties"
    duties: tuple[DutyLine, ...]
    rounds: tuple[RoundHead, ...]

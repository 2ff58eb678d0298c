"""A submission, what can be asked of it (commands) and what has happened to it (events)."""

from datetime import datetime
from enum import StrEnum

from quizzes.engine.frozen import dataclass
from study.task_templates import Piece, State, Template


def length_of(text: str) -> int:
    """Count the characters of a text without white space."""
    return sum(not character.isspace() for character in text)


class Consent(StrEnum):
    """The author's answer to being published."""

    NONE = "none"
    ASKED = "asked"
    NAMED = "named"
    ANONYMOUS = "anonymous"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attached:
    """A photo or file by Telegram's id of it."""

    piece: Piece
    file_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What a submission consists of: its text and its files in the order in which they came."""

    text: str = ""
    files: tuple[Attached, ...] = ()

    @property
    def length(self) -> int:
        """Characters without white space."""
        return length_of(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not self.text.strip() and not self.files


@dataclass(frozen=True, slots=True)
class Terms:
    """What a task asks for. ``closes_at`` is the hard close, if it has one."""

    template: Template
    least: int
    due_at: datetime
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's work for one task. ``version`` counts what was handed in; 0: nothing yet."""

    state: State = State.DRAFT
    draft: Text = Text()
    handed: Text = Text()
    version: int = 0
    handed_in_at: datetime | None = None
    late: bool = False
    received: bool = False
    reason: str = ""
    commended: bool = False
    consent: Consent = Consent.NONE


@dataclass(frozen=True, slots=True)
class Receive:
    """The person says that the task has reached them."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Write, or go on writing: an empty draft starts from what was handed in."""


@dataclass(frozen=True, slots=True)
class Write:
    """Add to the draft."""

    text: str = ""
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Empty the draft."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """Hand the draft in."""


@dataclass(frozen=True, slots=True)
class Accept:
    """A reviewer accepts the version that was read."""

    version: int


@dataclass(frozen=True, slots=True)
class Return:
    """A reviewer returns the version that was read."""

    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Commend:
    """A reviewer picks the version that was read as a good one (and accepts it)."""

    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The author answers whether it may be published."""

    consent: Consent


Command = Receive | Begin | Write | Rewrite | HandIn | Accept | Return | Commend | Answer


@dataclass(frozen=True, slots=True)
class Received:
    """The person has seen the task."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The draft starts as ``draft``."""

    draft: Text


@dataclass(frozen=True, slots=True)
class Written:
    """The draft is now ``draft``."""

    draft: Text


@dataclass(frozen=True, slots=True)
class Emptied:
    """The draft was thrown away."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A version was handed in."""

    version: int
    content: Text
    at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """A version was accepted."""

    version: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A version was returned."""

    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Commended:
    """A version was picked as a good one; ``asked``: the author is asked for consent."""

    version: int
    asked: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """The author has said whether it may be published."""

    consent: Consent


Event = Received | Begun | Written | Emptied | HandedIn | Accepted | Returned | Commended | Answered

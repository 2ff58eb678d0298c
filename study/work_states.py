"""A work, what can be asked of it (commands) and what has happened to it (events)."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from quizzes.engine.frozen import dataclass
from study.submission import Consent
from study.work_field_rules import Fault, Value


class Phase(StrEnum):
    """Who has to do something: the author, the reviewers, or nobody any more."""

    WRITING = "writing"
    REVIEW = "review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self in (Phase.ACCEPTED, Phase.REJECTED, Phase.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Version:
    """What was handed in at a stage (its number from 0): every field as it was then."""

    number: int
    stage: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer (a Telegram user) gave at the present stage."""

    reviewer: int
    rating: str = ""
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """How a work stands. ``score`` is the mean in hundredths; ``rated_at`` the stage that gave rating and score."""

    phase: Phase = Phase.WRITING
    stage: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    rating: str = ""
    score: int | None = None
    rated_at: int | None = None
    returned: bool = False
    reason: str = ""
    faults: tuple[Fault, ...] = ()
    shortlisted: bool = False
    consent: Consent = Consent.NONE

    @property
    def version(self) -> int:
        """The number of the newest version; 0 before there is one."""
        return len(self.versions)


@dataclass(frozen=True, slots=True)
class Fill:
    """The author fills fields in (an empty value empties one)."""

    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class HandIn:
    """The author hands in what the stage asks for."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The author gives it up."""


@dataclass(frozen=True, slots=True)
class Approve:
    """A reviewer lets the version pass that they read at a stage, with a rating or a score if the stage asks for one."""

    reviewer: int
    stage: int
    version: int
    rating: str = ""
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A reviewer returns the version to a stage at which the author can change it; ``faults`` are by field."""

    reviewer: int
    stage: int
    version: int
    to: int
    reason: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A reviewer rejects the version for good."""

    reviewer: int
    stage: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Recount:
    """Look whether there are opinions enough, now that there may be fewer reviewers."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Put an accepted work on the shortlist; its author is asked whether it may be published."""


@dataclass(frozen=True, slots=True)
class AskConsent:
    """Ask the author of an accepted work whether it may be published."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The author answers whether it may be published."""

    consent: Consent


Command = Fill | HandIn | Withdraw | Approve | Return | Reject | Recount | Choose | AskConsent | Answer


@dataclass(frozen=True, slots=True)
class Filled:
    """These fields stand so now."""

    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A version was handed in."""

    version: int
    stage: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SentBack:
    """The version went back by itself, before anybody read it."""

    version: int
    stage: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """A reviewer let it pass."""

    reviewer: int
    stage: int
    version: int
    rating: str = ""
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """The reviewers' ratings or scores amount to this; ``score`` in hundredths."""

    stage: int
    rating: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Passed:
    """It is at another stage now: for the author to write, or for the reviewers."""

    stage: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class Returned:
    """A reviewer returned it."""

    reviewer: int
    stage: int
    version: int
    to: int
    reason: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A reviewer rejected it."""

    reviewer: int
    stage: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """It has passed every stage."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The author gave it up."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """It is on the shortlist."""


@dataclass(frozen=True, slots=True)
class ConsentWanted:
    """The author was asked whether it may be published."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The author has said whether it may be published."""

    consent: Consent


Event = (
    Filled
    | HandedIn
    | SentBack
    | Approved
    | Rated
    | Passed
    | Returned
    | Rejected
    | Accepted
    | Withdrawn
    | Chosen
    | ConsentWanted
    | Answered
)

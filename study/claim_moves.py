"""What may be asked of an item (commands, imperative), and what then happens to it (events, past tense)."""

from datetime import date

from quizzes.engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody wants it; they hold ``held`` of the pool in this period already."""

    person: int
    held: int


@dataclass(frozen=True, slots=True)
class Assign:
    """It is given to somebody (two-way choice, or an organiser)."""

    person: int


@dataclass(frozen=True, slots=True)
class Approve:
    """The claim is approved."""

    by: int | None


@dataclass(frozen=True, slots=True)
class Decline:
    """The claim is not approved."""

    by: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Whoever asked takes the claim back before it is decided."""

    person: int


@dataclass(frozen=True, slots=True)
class Report:
    """The holder reports on the milestone under way: so many characters and files."""

    person: int
    length: int
    files: int


@dataclass(frozen=True, slots=True)
class Accept:
    """The report that was read is accepted."""

    by: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Return:
    """The report that was read goes back."""

    by: int | None
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Close:
    """It is closed before its end."""

    by: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """It is not done after all."""

    by: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """The holder is freed of it; it is open to others again."""

    by: int | None
    reason: str


Command = Claim | Assign | Approve | Decline | Withdraw | Report | Accept | Return | Close | Reopen | Release


@dataclass(frozen=True, slots=True)
class ClaimAsked:
    """A claim waits for approval."""

    person: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """The item is with a person from a day on."""

    person: int
    day: date


@dataclass(frozen=True, slots=True)
class ClaimDeclined:
    """The claim was not approved."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """The claim was taken back."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A report on a milestone (counted from 0) was handed in."""

    milestone: int
    version: int
    late: bool


@dataclass(frozen=True, slots=True)
class ReportAccepted:
    """A milestone is reached."""

    milestone: int
    version: int


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """A report went back."""

    milestone: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The item is closed: at its end, or given up with a reason."""

    finished: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """The item is under way again (or open, if nobody held it)."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Released:
    """The item is nobody's again."""

    reason: str


Event = (
    ClaimAsked
    | Claimed
    | ClaimDeclined
    | ClaimWithdrawn
    | Reported
    | ReportAccepted
    | ReportReturned
    | Closed
    | Reopened
    | Released
)

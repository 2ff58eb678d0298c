"""What the shell asks of a contest. Times are aware UTC datetimes; who may host or judge is checked by the shell."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine.commands_bench import BenchCommand
from quizzes.engine.frozen import dataclass
from quizzes.engine.questions import Question
from quizzes.engine.rules import Rules
from quizzes.engine.teams import PlayerId, TeamId


@dataclass(frozen=True, slots=True)
class Open:
    """Open the lobby. ``teams``: names of teams that are there from the beginning.

    ``questions``: laid out as ``quizzes.engine.plan`` says, options shuffled already. ``seed``: a number that nobody could
    know, from which all lots of the contest are drawn.
    """

    id: str
    preset: str
    rules: Rules
    bank: str
    questions: tuple[Question, ...]
    by: PlayerId
    teams: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Join:
    """Sit down in a team, by number or by name (made if it does not exist and the rules let players make teams).

    Individuals give neither. ``home`` names the team of the person's own unit, if the roster knows one.
    """

    player: PlayerId
    name: str
    team: TeamId | None = None
    team_name: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Get up again, in the lobby."""

    player: PlayerId


@dataclass(frozen=True, slots=True)
class Ready:
    """Say for the player's team that it is ready, or not."""

    player: PlayerId
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Appoint:
    """Make a player the captain of the team in which the player sits."""

    player: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class Substitute:
    """Let a substitute come on in the place of a member; while a question is open, as soon as it is over."""

    on: PlayerId
    off: PlayerId
    by: PlayerId


@dataclass(frozen=True, slots=True)
class OpenDrill:
    """Try out in the lobby how fast everybody's presses arrive."""

    by: PlayerId


@dataclass(frozen=True, slots=True)
class ConfirmDrill:
    """The message of the drill was confirmed at ``at``."""

    nonce: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LoseDrill:
    """Nobody knows whether the message of the drill arrived, or it was refused."""

    nonce: int


@dataclass(frozen=True, slots=True)
class PressDrill:
    """The button of the drill was pressed; ``received_at`` is when the bytes arrived."""

    player: PlayerId
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Start:
    """Close the lobby and begin."""

    by: PlayerId


@dataclass(frozen=True, slots=True)
class Wake:
    """The time that ``wake_at`` named has come; early, late and repeated ones do no harm."""


@dataclass(frozen=True, slots=True)
class ConfirmShown:
    """The message with the question was confirmed at ``at``."""

    nonce: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LoseShown:
    """Nobody knows whether the message with the question arrived, or it was refused."""

    nonce: int


@dataclass(frozen=True, slots=True)
class ConfirmAnswering:
    """The message that names who answers was confirmed at ``at``."""

    nonce: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LoseAnswering:
    """Nobody knows whether the message that names who answers arrived, or it was refused."""

    nonce: int


@dataclass(frozen=True, slots=True)
class Press:
    """The buzzer was pressed; ``received_at`` is when the bytes arrived."""

    player: PlayerId
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Choose:
    """An answer, given at once: positions of options as shown."""

    player: PlayerId
    options: tuple[int, ...]
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Toggle:
    """Mark an option of a question of several, or take the mark away."""

    player: PlayerId
    option: int
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Submit:
    """What is marked is the answer."""

    player: PlayerId
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Type:
    """Somebody wrote a message, which may be an answer; it names no round, it is for the one under way."""

    player: PlayerId
    text: str
    update_id: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Stake:
    """The player's team chooses its stake (None: it passes)."""

    player: PlayerId
    stake: int | None
    update_id: int
    received_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop; a question under way is void and asked again later."""

    by: PlayerId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on."""

    by: PlayerId


@dataclass(frozen=True, slots=True)
class Abort:
    """Give the contest up."""

    by: PlayerId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoseConnection:
    """Nothing could be received between these times."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Recover:
    """The process began anew and loaded this contest from its events."""


@dataclass(frozen=True, slots=True)
class VoidQuestion:
    """Take back all that a question gave; one under way ends, and the next follows."""

    index: int
    by: PlayerId
    reason: str


@dataclass(frozen=True, slots=True)
class ReplaceQuestion:
    """Void the question under way (or just closed) and ask one from the reserve in its place."""

    by: PlayerId
    reason: str


@dataclass(frozen=True, slots=True)
class Overrule:
    """Rule the other way on a closed question.

    Neither ``team`` nor ``player``: the last ruling of a buzzer question, all rulings of one for everyone.
    """

    index: int
    right: bool
    by: PlayerId
    reason: str
    team: TeamId | None = None
    player: PlayerId | None = None


@dataclass(frozen=True, slots=True)
class CorrectScore:
    """Add points by hand (or take them, if negative)."""

    team: TeamId
    points: int
    by: PlayerId
    reason: str


Command = (
    Open
    | Join
    | Leave
    | Ready
    | Appoint
    | Substitute
    | OpenDrill
    | ConfirmDrill
    | LoseDrill
    | PressDrill
    | Start
    | Wake
    | ConfirmShown
    | LoseShown
    | ConfirmAnswering
    | LoseAnswering
    | Press
    | Choose
    | Toggle
    | Submit
    | Type
    | Stake
    | Pause
    | Resume
    | Abort
    | LoseConnection
    | Recover
    | VoidQuestion
    | ReplaceQuestion
    | Overrule
    | CorrectScore
    | BenchCommand
)

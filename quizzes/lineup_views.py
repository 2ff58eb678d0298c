"""What the lobby's drill and the teams' own cards show, as data."""

from typing import Any, ClassVar, Literal

from quizzes.part import Part
from storage import View


class DrillCard(View):
    """The drill's one button."""

    kind: ClassVar[str] = "contest.drill"
    contest_id: int
    nonce: int
    seconds: float


class DrillLine(Part):
    """How long a player's press took, in milliseconds, and how far that is from the median."""

    name: str
    team: str | None
    delay: int
    deviation: int


class DrillResult(View):
    """The drill is over: every delay, the quickest first, and who did not press. ``dropped``: it came to nothing."""

    kind: ClassVar[str] = "contest.drill_result"
    lines: tuple[DrillLine, ...] = ()
    median: int = 0
    missing: tuple[str, ...] = ()
    dropped: bool = False


class RulesCard(View):
    """All rules of a contest in words, in private; ``rules`` as the engine stores them.

    ``counts``: how many questions each segment asks of the teams that are there.
    """

    kind: ClassVar[str] = "contest.rules"
    title: dict[str, str]
    rules: dict[str, Any]
    counts: tuple[int, ...] = ()


class Named(Part):
    """A person or a team, with the number for the button."""

    id: int
    name: str


class LineupCard(View):
    """A team's captain and substitutes, in private, with buttons to change them.

    ``step``: which team (the host's first step), the team itself, who is to be captain, who comes off, who comes on for
    ``off``. ``left``: how many substitutions remain; None while they are free, before the start.
    """

    kind: ClassVar[str] = "contest.lineup"
    contest_id: int
    group: str
    step: Literal["teams", "team", "captain", "off", "on", "done"]
    teams: tuple[Named, ...] = ()
    team: Named | None = None
    captain: int | None = None
    members: tuple[Named, ...] = ()
    bench: tuple[Named, ...] = ()
    left: int | None = None
    off: Named | None = None
    back: bool = False

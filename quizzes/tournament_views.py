"""What a tournament shows, as data."""

from typing import ClassVar, Literal

from quizzes.part import Part
from quizzes.tournament.bracket import Bracket
from quizzes.views import Choice
from storage import View


class StageLine(Part):
    """The rules of a stage as numbers, for plain words."""

    title: dict[str, str]
    drawing: Literal["apart", "within", "order"]
    teams: int | None
    bouts: int | None
    top: int
    one_a_unit: bool
    best_losers: int
    most: int | None
    repeat: bool
    final: bool
    medals: int


class TournamentCard(View):
    """A tournament as it stands, with what can be done next. ``open_here``: pressed in a group, the bouts can open."""

    kind: ClassVar[str] = "tournament.card"
    tournament_id: int
    preset: dict[str, str]
    bank: str
    state: Literal["entering", "running", "finished", "called_off"]
    stages: tuple[StageLine, ...]
    bracket: Bracket
    to_draw: dict[str, str] | None
    waiting: tuple[int, ...]
    tied: tuple[int, ...]
    open_here: bool


class TournamentNews(View):
    """Something that everybody has to know: the draw, who goes on, who has won.

    ``round``: the round that it is about; ``at``: how many events the tournament had then, for its picture (0: none).
    """

    kind: ClassVar[str] = "tournament.news"
    tournament_id: int
    what: Literal["drawn", "redrawn", "ended", "changed", "finished", "finished_anew", "withdrawn", "called_off"]
    bracket: Bracket
    round: int
    at: int
    seed: str = ""
    name: str = ""
    reason: str = ""
    to_draw: dict[str, str] | None = None
    waiting: tuple[int, ...] = ()


class BracketView(View):
    """The bracket on request, as a text with its picture."""

    kind: ClassVar[str] = "tournament.bracket"
    tournament_id: int
    bracket: Bracket
    at: int


class BoutNews(View):
    """A bout's result, in its group: it is on record, and the tournament goes on."""

    kind: ClassVar[str] = "tournament.bout"
    tournament_id: int
    title: str
    bout: int
    what: Literal["decided", "tied", "changed", "flagged", "annulled", "hand"]
    left: int
    """Bouts of the round that are still to be decided."""
    lines: tuple[tuple[str, int | None], ...] = ()
    reason: str = ""


class BoutAlert(View):
    """For the organiser, in private: a bout needs a decision."""

    kind: ClassVar[str] = "tournament.alert"
    tournament_id: int
    title: str
    bout: int
    what: Literal["tied", "flagged"]
    names: tuple[str, ...] = ()


class TournamentSetUp(View):
    """``/tournament`` where none goes on: which plan, then which bank."""

    kind: ClassVar[str] = "tournament.set_up"
    presets: tuple[tuple[str, dict[str, str]], ...] = ()
    preset: str = ""
    banks: tuple[Choice, ...] = ()


class TournamentChoice(View):
    """Several tournaments go on: which one?"""

    kind: ClassVar[str] = "tournament.choice"
    tournaments: tuple[tuple[int, str], ...]

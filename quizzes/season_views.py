"""What a season shows, as data."""

from datetime import date, datetime
from typing import ClassVar

from quizzes.part import Part
from quizzes.season_rules import SeasonLine, Subject
from storage import View


class SeasonCard(View):
    """The standings of a season, of units, teams or people."""

    kind: ClassVar[str] = "season.card"
    season_id: int
    name: str
    first_day: date
    last_day: date
    places: tuple[int, ...]
    subject: Subject
    lines: tuple[SeasonLine, ...]
    contests: int
    tournaments: int
    entries: int


class EntryLine(Part):
    """Points to be entered, or a line of the ledger (then with its number)."""

    event: str
    subject: Subject
    name: str
    place: int | None
    points: int
    reason: str
    id: int | None = None
    author: str = ""
    at: datetime | None = None
    reverses: int | None = None
    reversed: bool = False


class EntryDraft(View):
    """What would be entered, and what that makes of the standings; nothing is entered before the button."""

    kind: ClassVar[str] = "season.draft"
    draft_id: int
    season: str
    lines: tuple[EntryLine, ...]
    after: tuple[tuple[Subject, str, int, int], ...]
    """(whose, name, points then, rank then)."""


class Ledger(View):
    """The newest lines of the ledger."""

    kind: ClassVar[str] = "season.ledger"
    season: str
    lines: tuple[EntryLine, ...]
    more: int


class NoSeason(View):
    """There is no season yet."""

    kind: ClassVar[str] = "season.none"


class SeasonNote(View):
    """Something was done, in a sentence."""

    kind: ClassVar[str] = "season.note"
    what: str
    name: str = ""
    number: int = 0

"""What is shown of check-ins: data without words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

from study.views import View

_MOST_NAMES = 150
"""More are not stored with a view: a message of 4096 characters shows fewer."""

SheetState = Literal["open", "closed", "interrupted"]


class Names(BaseModel):
    """Some people's names, of ``count`` in all."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    names: tuple[str, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, names: Sequence[str]) -> Self:
        """The first of them, and how many there are."""
        return cls(names=tuple(names[:_MOST_NAMES]), count=len(names))


class Figures(BaseModel):
    """A sheet in numbers: how many of those ``expected`` are ``here``, and who is not."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    here: int
    expected: int
    late: Names
    on_leave: Names
    missing: Names


class Card(View):
    """The day's card of a group; it carries the button as long as the sheet is open."""

    kind: ClassVar[str] = "checkin.card"
    day: date
    figures: Figures
    late_at: datetime
    closes_at: datetime
    state: SheetState


class MissingAnnounced(View):
    """Once, at the close: who is missing."""

    kind: ClassVar[str] = "checkin.missing_announced"
    day: date
    missing: Names


class CheckedIn(View):
    """Somebody's check-in; ``again``: they had done so before."""

    kind: ClassVar[str] = "checkin.done"
    name: str
    day: date
    status: Literal["on_time", "late"]
    at: datetime | None
    streak: int
    again: bool = False


class MissingOfUnit(BaseModel):
    """A unit's figures."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    unit: str
    state: SheetState
    figures: Figures


class MissingList(View):
    """Who is missing, by unit; ``not_joined`` are on the roster but have no Telegram account yet."""

    kind: ClassVar[str] = "checkin.missing"
    day: date
    units: tuple[MissingOfUnit, ...]
    not_joined: int


class OutageReport(View):
    """Days on which the bot was away: all through the check-in, or at its close."""

    kind: ClassVar[str] = "checkin.outage"
    missed: tuple[date, ...]
    interrupted: tuple[date, ...]


class Marked(View):
    """A line of the register was corrected; ``for_person`` if it is the person who reads it."""

    kind: ClassVar[str] = "checkin.marked"
    name: str
    day: date
    before: str | None
    after: str
    reason: str
    author: str
    for_person: bool = False


class HistoryEntry(BaseModel):
    """One change of a line."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    made_at: datetime
    status: str
    cause: str
    author: str
    reason: str


class History(View):
    """How a line of the register came about, oldest first."""

    kind: ClassVar[str] = "checkin.history"
    name: str
    day: date
    entries: tuple[HistoryEntry, ...]

"""What is shown about items that people take on. Titles of pools and milestones come by language."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from study.task_views import FileView
from study.views import View

Words = dict[str, str]


class ItemLine(BaseModel):
    """One item in a list. ``milestone`` is what is under way, ``due`` when; ``overdue``: that day is over without a report."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    pool: Words
    work: str
    title: str
    state: str
    holder: str = ""
    milestone: Words | None = None
    due: date | None = None
    report: str = "none"
    overdue: bool = False
    finished: bool = False


class ItemBoard(View):
    """The person's own items, a page of the open ones, and for organisers what waits for them.

    ``pools`` are those that they may add to (by key), ``choices`` those of two-way choice that they run.
    """

    kind: ClassVar[str] = "item.board"
    mine: tuple[ItemLine, ...]
    open: tuple[ItemLine, ...]
    count: int
    page: int
    pages: int
    wishes: int
    organiser: bool
    waiting: int
    pools: tuple[tuple[str, Words], ...]
    choices: tuple[tuple[str, Words], ...]


class ItemWaiting(View):
    """The claims and reports that wait for an organiser."""

    kind: ClassVar[str] = "item.waiting"
    lines: tuple[ItemLine, ...]
    count: int


class MilestoneLine(BaseModel):
    """A milestone of an item: reached, under way or to come."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    title: Words
    report: Words | None
    due: date | None
    state: str


class ItemCard(View):
    """One item; ``may`` has what this reader may do: the names of the buttons."""

    kind: ClassVar[str] = "item.card"
    line: ItemLine
    measure: str
    leader: str
    wanted: str
    unit: str
    deadline: date | None
    milestones: tuple[MilestoneLine, ...]
    version: int
    text: str
    files: int
    handed_in_at: datetime | None
    late: bool
    reason: str
    wishers: int
    place: int
    may: tuple[str, ...]


class ItemNews(View):
    """Something has happened to an item that the reader should hear of; ``event`` as in the log."""

    kind: ClassVar[str] = "item.news"
    item: int
    event: str
    title: str
    name: str = ""
    unit: str = ""
    milestone: Words | None = None
    reason: str = ""
    due: date | None = None
    finished: bool = False
    late: bool = False


class ItemDraftCard(View):
    """The report that is being written."""

    kind: ClassVar[str] = "item.draft"
    item: int
    title: str
    milestone: Words
    asked: Words | None
    due: date | None
    text: str
    files: int
    evidence: bool
    gone: str = ""


class ItemFile(View):
    """A photo or file of a report."""

    kind: ClassVar[str] = "item.file"
    file: FileView


class ItemReasonAsked(View):
    """Why? The next message is the reason."""

    kind: ClassVar[str] = "item.why"
    what: str
    title: str


class ItemOfferAsked(View):
    """How an item is put up."""

    kind: ClassVar[str] = "item.offer"
    pool: Words
    needs: tuple[str, ...]


class ImportMistake(BaseModel):
    """A row that was left out, and why (``flaw``: missing, leader, owner, deadline, too_long)."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    line: int
    flaw: str
    said: str


class ItemsOffered(View):
    """How many items were put up, in how many works; rows that were left out."""

    kind: ClassVar[str] = "item.offered"
    pool: Words
    items: int
    works: int
    titles: tuple[str, ...]
    mistakes: tuple[ImportMistake, ...]


class OverviewRow(BaseModel):
    """The figures of one work, unit or person. ``items`` = ``claimed`` + open ones; ``done`` = ``on_time`` + ``late``."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    name: str
    items: int = 0
    claimed: int = 0
    done: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0


class ItemOverview(View):
    """The figures by work, unit or person; ``missing`` names those who have taken on fewer than they should."""

    kind: ClassVar[str] = "item.overview"
    pool: str
    title: Words
    pools: tuple[tuple[str, Words], ...]
    by: str
    rows: tuple[OverviewRow, ...]
    total: OverviewRow
    missing: tuple[str, ...]
    least: int
    page: int
    pages: int


class LogLine(BaseModel):
    """A step of an item."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    at: datetime
    event: str
    name: str
    reason: str
    milestone: Words | None


class ItemLog(View):
    """Every step of an item."""

    kind: ClassVar[str] = "item.log"
    title: str
    lines: tuple[LogLine, ...]


class WisherLine(BaseModel):
    """Somebody who wishes for an item: at which place, and at which the office would take them (0: not said)."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    person: int
    name: str
    unit: str
    place: int
    chosen: int


class ItemWishers(View):
    """Who wishes for an item; pressed in order, they are the office's choice."""

    kind: ClassVar[str] = "item.wishers"
    item: int
    title: str
    lines: tuple[WisherLine, ...]


class MatchLine(BaseModel):
    """Who would get an item; ``place`` is that person's wish, ``chosen`` the office's."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    title: str
    name: str
    unit: str
    place: int
    chosen: int


class ItemMatchPreview(View):
    """What two-way choice comes to: a proposal until somebody confirms it. ``lot`` is the order drawn from ``seed``."""

    kind: ClassVar[str] = "item.match"
    match: int
    pool: Words
    seed: int
    lot: tuple[str, ...]
    lines: tuple[MatchLine, ...]
    left: tuple[str, ...]
    without: tuple[str, ...]
    confirmed: bool

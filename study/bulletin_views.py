"""Bulletins as data: the list, the draft on its desk, what is posted."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.report_views import Report
from study.views import View


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Named(_Part):
    """Somebody (or a unit) in a list; ``value`` is the figure that put them there, ``None`` for whoever was added by hand."""

    name: str
    value: int | None = None


class NameList(_Part):
    """Who is praised (``commend``) or has to improve, by which figure."""

    key: str
    kind: Literal["commend", "improve"]
    title: dict[str, str]
    figure: str
    names: tuple[Named, ...]


class Lists(_Part):
    """Every list of a bulletin."""

    lists: tuple[NameList, ...] = ()


class BulletinFacts(_Part):
    """A bulletin as it is shown: what it is called, how far it is, its figures, texts and lists."""

    id: int
    report: str
    title: dict[str, str]
    version: int
    state: Literal["draft", "submitted", "posted"]
    figures: Report
    texts: dict[str, str]
    lists: tuple[NameList, ...]
    reason: str
    submitter: str
    approver: str
    posted_at: datetime | None


class PlanLine(_Part):
    """A kind of bulletin and the periods for which one can be drafted, the newest first."""

    key: str
    title: dict[str, str]
    periods: tuple[str, ...]


class BulletinLine(_Part):
    """A bulletin in the list."""

    id: int
    title: dict[str, str]
    period: str
    unit: str
    version: int
    state: Literal["draft", "submitted", "posted"]


class BulletinMenu(View):
    """What can be drafted for a unit, and the newest bulletins."""

    kind: ClassVar[str] = "bulletin.menu"
    unit_id: int
    unit: str
    plans: tuple[PlanLine, ...]
    newest: tuple[BulletinLine, ...]


class BulletinDesk(View):
    """A bulletin with everything that its reader may do with it."""

    kind: ClassVar[str] = "bulletin.desk"
    facts: BulletinFacts
    may_approve: bool


class BulletinReady(View):
    """For those who run the unit: a draft has been made by itself."""

    kind: ClassVar[str] = "bulletin.ready"
    line: BulletinLine


class BulletinLists(View):
    """The lists of a draft, with a button for each name."""

    kind: ClassVar[str] = "bulletin.lists"
    facts: BulletinFacts


class BulletinAsked(View):
    """What the next message is: the text of a chapter, a name for a list, the reason for returning."""

    kind: ClassVar[str] = "bulletin.asked"
    what: Literal["text", "name", "reason"]
    bulletin: int
    title: dict[str, str] | None
    chapter: str
    text: str


class BulletinSheet(View):
    """A sheet of a bulletin: some of its chapters; ``preview`` until it is posted."""

    kind: ClassVar[str] = "bulletin.sheet"
    facts: BulletinFacts
    sheet: int
    sheets: int
    chapters: tuple[int, ...]
    last: bool
    preview: bool


class BulletinFile(View):
    """The message that brings a bulletin as a Word file."""

    kind: ClassVar[str] = "bulletin.file"
    bulletin: int
    title: dict[str, str]
    period: str
    unit: str
    version: int
    reader: int


class BulletinFigures(View):
    """The figures of a bulletin with a button each for the rows behind; those that have changed since are marked.

    ``now`` has what each figure has become, in their order.
    """

    kind: ClassVar[str] = "bulletin.figures"
    facts: BulletinFacts
    page: int
    now: tuple[int | None, ...]


class BulletinNews(View):
    """What became of it, for those who have to know."""

    kind: ClassVar[str] = "bulletin.news"
    what: Literal["submitted", "returned", "posted"]
    line: BulletinLine
    by: str
    reason: str = ""
    groups: int = 0

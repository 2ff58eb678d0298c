"""A report as data: chapters of figures with what they were before, what they are by unit, and how many rows are behind each."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.periods import Every
from study.report_rules import By, How
from study.views import View


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Figure(_Part):
    """One figure. ``key`` names the measure; ``part`` which of its parts it is (a kind of work, a rule), ``title`` that part's words.

    ``rows``: how many rows are behind it; ``before``: what it was in the period before; ``units``: what it is in each of the
    report's units, in their order.
    """

    key: str
    how: How
    by: By = ""
    part: str = ""
    title: dict[str, str] | None = None
    value: int | None
    before: int | None
    rows: int
    units: tuple[int | None, ...] = ()


class Chapter(_Part):
    """Figures that belong together; a chapter of the whole report has no ``title`` of its own, its words go by the key."""

    key: str
    title: dict[str, str] | None = None
    figures: tuple[Figure, ...]


class ReportUnit(_Part):
    """A unit right below the report's own; its figures count those below it too."""

    id: int
    name: str


class Trend(_Part):
    """What the months up to the end of the period come to, a value a month."""

    key: str
    months: tuple[str, ...]
    values: tuple[int | None, ...]


class Winner(_Part):
    """Who came first in a contest or a tournament that was played to the end."""

    kind: Literal["contest", "tournament"]
    id: int
    title: str
    names: tuple[str, ...]


class Report(_Part):
    """The figures of a period and a unit (``None``: the whole programme) as they were at ``taken_at``."""

    every: Every
    period: str
    first: date
    last: date
    unit_id: int | None
    unit: str
    path: str
    taken_at: datetime
    newest_entry: int
    units: tuple[ReportUnit, ...]
    chapters: tuple[Chapter, ...]
    winners: tuple[Winner, ...] = ()
    trends: tuple[Trend, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in order."""
        return tuple(figure for chapter in self.chapters for figure in chapter.figures)


class RowLine(_Part):
    """One row behind a figure: its table and id, when, who, what, and what it counts for."""

    table: str
    id: str
    day: date | None
    name: str
    what: str
    amount: int


class ReportMenu(View):
    """Which period, for which unit (``unit`` names it)."""

    kind: ClassVar[str] = "report.menu"
    unit_id: int
    unit: str
    today: date
    below: tuple[ReportUnit, ...]


class ReportPage(View):
    """A report, chapter by chapter."""

    kind: ClassVar[str] = "report.page"
    report: Report
    page: int


class ReportRows(View):
    """The rows behind one figure, page by page; ``back`` is the data of the button that leads back.

    ``now``: what the figure has become since the snapshot, if it is a bulletin's and has changed.
    """

    kind: ClassVar[str] = "report.rows"
    figure: Figure
    rows: tuple[RowLine, ...]
    page: int
    pages: int
    address: str
    back: str
    taken_at: datetime | None = None
    changed: bool = False
    now: int | None = None


class ReportTable(View):
    """A chapter by unit."""

    kind: ClassVar[str] = "report.table"
    report: Report
    chapter: int


class ReportFile(View):
    """The message that brings a report as a file; it is made when it is sent."""

    kind: ClassVar[str] = "report.file"
    user_id: int
    period: str
    unit_id: int
    unit: str
    form: Literal["docx", "xlsx"]

"""What is shown of checklists: data without words."""

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from study.programme.words import Title
from study.views import View


class Finding(BaseModel):
    """A problem that somebody found: at which item, and what they wrote about it; ``name`` is empty in their own list."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    name: str
    item: Title
    remark: str


class HistoryLine(BaseModel):
    """A checklist that somebody has sent; ``month`` is ``YYYY-MM``."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    title: Title
    month: str
    at: datetime
    findings: tuple[Finding, ...]


class ChecklistHistory(View):
    """A person's own checklists, the newest first. ``open``: one waits; ``overview``: the newest month, for organisers."""

    kind: ClassVar[str] = "checklist.history"
    lines: tuple[HistoryLine, ...]
    open: bool
    overview: int | None


class OverviewLine(BaseModel):
    """How many found a problem at an item."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    title: Title
    count: int


class ChecklistOverview(View):
    """A month's checklist for organisers: how many have done it, who has not, what was found; of their units alone."""

    kind: ClassVar[str] = "checklist.overview"
    evaluation: int
    title: Title
    month: str
    asked: int
    done: int
    missing: tuple[str, ...]
    items: tuple[OverviewLine, ...]
    findings: tuple[Finding, ...]
    page: int
    closes_at: datetime | None
    is_open: bool
    earlier: int | None
    later: int | None

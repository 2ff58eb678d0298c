"""What is shown about ideas."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from study.views import View

Words = dict[str, str]


class IdeaLine(BaseModel):
    """An idea; ``name`` is empty where the programme shows none."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    text: str
    name: str
    unit: str
    category: str
    votes: int
    state: str
    mine: bool
    voted: bool


class IdeaCard(View):
    """One idea; ``may`` names the buttons that the reader has; ``new``: it has just been handed in."""

    kind: ClassVar[str] = "idea.card"
    line: IdeaLine
    campaign: Words
    categories: tuple[str, ...]
    reason: str
    at: datetime
    may: tuple[str, ...]
    new: bool


class IdeaAlike(View):
    """Ideas that may be the same as the one that somebody is about to hand in."""

    kind: ClassVar[str] = "idea.alike"
    text: str
    lines: tuple[IdeaLine, ...]


class IdeaList(View):
    """A page of a campaign's ideas. ``ideas``, ``people`` and ``votes`` count all of it; ``left``: votes that the reader has."""

    kind: ClassVar[str] = "idea.list"
    campaign: Words
    first: date
    last: date
    on: bool
    order: str
    lines: tuple[IdeaLine, ...]
    ideas: int
    people: int
    votes: int
    adopted: int
    left: int
    page: int
    pages: int


class IdeaNews(View):
    """What became of somebody's idea."""

    kind: ClassVar[str] = "idea.news"
    idea: int
    text: str
    state: str
    reason: str


class IdeaPosted(View):
    """An adopted idea, for a group."""

    kind: ClassVar[str] = "idea.posted"
    campaign: Words
    idea: int
    text: str
    name: str
    unit: str
    votes: int


class IdeaReasonAsked(View):
    """Why is an idea not adopted?"""

    kind: ClassVar[str] = "idea.why"
    idea: int

"""What the materials show, as data."""

from collections.abc import Mapping
from datetime import date, time
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.calendar import Days
from study.content import Content
from study.views import View


class Part(BaseModel):
    """A piece of a view."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class MaterialBody(Part):
    """A material itself. ``stored``: whether its picture lies in our database, found by the material's id."""

    material_id: int
    series: str
    topic: str
    title: str
    text: str
    link: str
    content: Content
    stored: bool
    has_question: bool


class MaterialCard(View):
    """A material in a group, with how many of how many have read it and how its question was answered."""

    kind: ClassVar[str] = "material.card"
    body: MaterialBody
    read: int
    people: int
    answered: int
    correct: int


class MaterialForOne(View):
    """A material in private. ``read``: whether the person has read it; ``reminds``: it comes because they have not."""

    kind: ClassVar[str] = "material.private"
    body: MaterialBody
    read: bool
    reminds: bool = False


class MaterialQuestion(View):
    """A material's question in private; ``marked`` has a bit for each option marked so far (several answers)."""

    kind: ClassVar[str] = "material.question"
    material_id: int
    title: str
    question_kind: Literal["single", "several", "true_false"]
    text: str
    options: tuple[str, ...]
    marked: int = 0


class MaterialAnswered(View):
    """The question after the answer; ``answers`` and ``chosen`` are indexes of options."""

    kind: ClassVar[str] = "material.answered"
    title: str
    text: str
    question_kind: Literal["single", "several", "true_false"]
    options: tuple[str, ...]
    answers: tuple[int, ...]
    chosen: tuple[int, ...]
    right: bool
    explanation: str


class NothingToday(View):
    """There is no material today; ``next_day`` is when the next comes, if one does."""

    kind: ClassVar[str] = "material.nothing"
    next_day: date | None


class MaterialLine(Part):
    """One line of the list; ``posted``: how many groups have had it."""

    material_id: int
    series: str
    title: str
    posted: int
    number: int


class MaterialList(View):
    """The library, or what was found in it, a page at a time (from 0)."""

    kind: ClassVar[str] = "material.list"
    query: str
    page: int
    pages: int
    total: int
    lines: tuple[MaterialLine, ...]


class MaterialSheet(View):
    """One material as its organiser sees it. ``sure``: what is asked back; ``groups``: where a push would go."""

    kind: ClassVar[str] = "material.sheet"
    body: MaterialBody
    tags: str
    number: int
    total: int
    posted: int
    sure: Literal["", "push", "remove"] = ""
    groups: tuple[str, ...] = ()


class MaterialPreview(View):
    """A material as it will be sent, for its organiser."""

    kind: ClassVar[str] = "material.preview"
    body: MaterialBody


class ReadInGroup(Part):
    """How many of how many have read a group's material."""

    post_id: int
    group: str
    title: str
    read: int
    people: int


class ReadOverview(View):
    """A day's materials of many groups."""

    kind: ClassVar[str] = "material.read_overview"
    day: date
    groups: tuple[ReadInGroup, ...]


class ReadReport(View):
    """Who has read a group's material of a day, and who has not; ``on_leave`` are not reminded."""

    kind: ClassVar[str] = "material.read_report"
    post_id: int
    group: str
    title: str
    day: date
    read: tuple[str, ...]
    unread: tuple[str, ...]
    on_leave: tuple[str, ...]
    not_joined: int


class MaterialMissed(Part):
    """A day on which a group got nothing because the bot was away."""

    group: str
    day: date


class MaterialTroubles(View):
    """To the organisers: days that were missed, groups whose list has ended, materials whose file Telegram refused."""

    kind: ClassVar[str] = "material.troubles"
    missed: tuple[MaterialMissed, ...]
    exhausted: tuple[str, ...]
    files: tuple[str, ...]


class PlanCard(View):
    """A group's schedule, to be changed by buttons. ``all_series`` pairs each series with a material that is in it."""

    kind: ClassVar[str] = "material.plan"
    chat_id: int
    group: str
    is_on: bool
    days: Days
    at: time
    series: str
    all_series: tuple[tuple[int, str], ...]
    left: int


class PlanGroups(View):
    """The groups whose schedule somebody may change."""

    kind: ClassVar[str] = "material.plan_groups"
    groups: tuple[tuple[int, str], ...]


class MaterialAsked(View):
    """While a material is added by conversation: what is to come next."""

    kind: ClassVar[str] = "material.asked"
    step: Literal["content", "series", "tags", "question"]
    title: str = ""
    series: tuple[tuple[int, str], ...] = ()


class QuestionFault(Part):
    """One thing wrong with a question, by the bank's own code."""

    line: int
    field: str
    code: str
    params: Mapping[str, str | int]


class QuestionRefused(View):
    """The question that was sent cannot be taken; it is asked for again."""

    kind: ClassVar[str] = "material.question_refused"
    faults: tuple[QuestionFault, ...]

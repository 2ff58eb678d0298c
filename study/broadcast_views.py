"""What a broadcast shows: the message itself, and to its sender the cards around it."""

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from storage.people import Role
from study.audience import Audience
from study.broadcast_result import Counts, Result
from study.content import Content
from study.task_views import TaskHead
from study.views import View


class BroadcastMessage(View):
    """A copy as its recipients see it. ``ack_of``: the broadcast that its button acknowledges, if it has one."""

    kind: ClassVar[str] = "broadcast.message"
    heading: str
    content: Content
    ack_of: int | None
    is_reminder: bool = False


class AskForContent(View):
    """What is to be sent? ``again``: in place of what a draft has."""

    kind: ClassVar[str] = "broadcast.ask"
    again: bool


class UnitChoice(BaseModel):
    """A unit to choose; ``depth`` counts the units above it that can be chosen too."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: int
    name: str
    depth: int
    chosen: bool


class AudienceCard(View):
    """To whom is it to be sent? One page of the units, and all the other choices.

    ``task``: only those who have not handed in for it.
    """

    kind: ClassVar[str] = "broadcast.audience"
    id: int
    version: int
    about: str
    page: int
    pages: int
    units: tuple[UnitChoice, ...]
    levels: tuple[str, ...]
    audience: Audience
    task: TaskHead | None = None
    wants_ack: bool
    counts: Counts


class TaskChoiceCard(View):
    """Those who have not handed in for which task? One page of the sender's open ones; ``chosen`` is the id of one."""

    kind: ClassVar[str] = "broadcast.tasks"
    id: int
    version: int
    page: int
    pages: int
    tasks: tuple[TaskHead, ...]
    chosen: int | None


class PreviewCard(View):
    """To whom exactly it would go; ``units`` are the names of those chosen, none meaning all of the sender's.

    ``asked_in``: the group and the message there that asked for it.
    """

    kind: ClassVar[str] = "broadcast.preview"
    id: int
    version: int
    about: str
    units: tuple[str, ...]
    with_below: bool
    levels: tuple[str, ...]
    roles: tuple[Role, ...]
    task: TaskHead | None = None
    private: bool
    also_groups: bool
    wants_ack: bool
    counts: Counts
    asked_in: tuple[int, int] | None = None


class CancelledCard(View):
    """Nothing was sent."""

    kind: ClassVar[str] = "broadcast.cancelled"
    about: str


class ProgressCard(View):
    """How it goes, and at last how it went."""

    kind: ClassVar[str] = "broadcast.progress"
    result: Result
    is_reminder: bool


class Line(BaseModel):
    """One broadcast of the list."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: int
    about: str
    sent_at: datetime
    delivered: int
    private: int
    wants_ack: bool
    acknowledged: int
    people: int


class BroadcastList(View):
    """What somebody has sent lately."""

    kind: ClassVar[str] = "broadcast.list"
    lines: tuple[Line, ...]


class Named(BaseModel):
    """A person by name, with the reason if one is told."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    unit: str
    error: str = ""


class BroadcastDetail(View):
    """One broadcast in full: who was not reached, who has not acknowledged it (the first of them) and how many."""

    kind: ClassVar[str] = "broadcast.detail"
    result: Result
    missed: tuple[Named, ...]
    missed_count: int
    silent: tuple[Named, ...]
    silent_count: int
    reminders: int

"""What tasks show, as data: to members in private, to groups, to organisers."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from study.audience import Audience
from study.views import View


class TaskHead(BaseModel):
    """What every card says of a task. ``day`` is when it was given; ``over``: the deadline has passed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: int
    template: str
    title: str
    day: date
    due_at: datetime
    over: bool = False
    closed: bool = False


class FileView(BaseModel):
    """A photo or file that Telegram has."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    piece: str
    file_id: str
    name: str = ""


class GroupCard(View):
    """The card in a group: the task, the way to it, the counts (of the group's own unit and those below)."""

    kind: ClassVar[str] = "task.group_card"
    head: TaskHead
    text: str
    link: str
    asked: int
    received: int
    handed_in: int


class TaskLink(View):
    """The way from a group into private."""

    kind: ClassVar[str] = "task.link"
    link: str


class Sheet(View):
    """A task as its member sees it in private. ``may_write``: there is still something to be done about it."""

    kind: ClassVar[str] = "task.sheet"
    head: TaskHead
    text: str
    files: tuple[FileView, ...]
    least: int
    state: str
    received: bool
    late: bool
    reason: str
    may_write: bool
    another: bool = False


class TaskAttachment(View):
    """The photo or file of a task."""

    kind: ClassVar[str] = "task.attachment"
    file: FileView


class DraftCard(View):
    """What is being written, page by page, with the buttons for it; ``text`` is all of it.

    ``exempt``: it has a photo or file that needs no least length; ``first``: nothing was handed in yet.
    """

    kind: ClassVar[str] = "task.draft"
    submission: int
    head: TaskHead
    text: str
    prompt: str
    files: int
    length: int
    least: int
    exempt: bool
    first: bool
    page: int = 0


class DraftLeft(View):
    """Nothing was handed in; the draft is kept."""

    kind: ClassVar[str] = "task.draft_left"
    submission: int
    head: TaskHead
    empty: bool


class HandedInCard(View):
    """A submission has been handed in."""

    kind: ClassVar[str] = "task.handed_in"
    submission: int
    head: TaskHead
    at: datetime
    late: bool
    version: int
    length: int
    files: int


class MyTask(BaseModel):
    """One line of a member's list."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    head: TaskHead
    state: str
    late: bool
    may_write: bool


class MyTasks(View):
    """A member's tasks."""

    kind: ClassVar[str] = "task.mine"
    tasks: tuple[MyTask, ...]


class Ruled(View):
    """The author hears how a review ended: ``accepted`` or ``returned`` with the reason."""

    kind: ClassVar[str] = "task.ruled"
    head: TaskHead
    state: str
    reason: str


class HandedInAgain(View):
    """A reviewer hears who has handed in again what was returned to them."""

    kind: ClassVar[str] = "task.handed_in_again"
    head: TaskHead
    names: tuple[str, ...]


class ConsentAsked(View):
    """The author is asked whether a good piece may go to the group; ``groups``: to how many it went."""

    kind: ClassVar[str] = "task.consent"
    submission: int
    head: TaskHead
    answered: str = "asked"
    groups: int = 0


class Published(View):
    """A good piece in the group; ``author`` is empty if they chose so. Long ones are several of these."""

    kind: ClassVar[str] = "task.published"
    head: TaskHead
    author: str
    unit: str
    text: str
    part: int
    parts: int
    file: FileView | None = None


class Reminder(View):
    """A member who has not handed in is reminded before the deadline."""

    kind: ClassVar[str] = "task.reminder"
    head: TaskHead
    state: str


class DeadlinePassed(View):
    """A member hears that the deadline has passed without them."""

    kind: ClassVar[str] = "task.deadline_passed"
    head: TaskHead


class Missing(BaseModel):
    """Who has not handed in, in one unit."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    unit: str
    asked: int
    handed_in: int
    names: tuple[str, ...]


class Detail(View):
    """A task as an organiser sees it, of the own units only: how far they are, unit by unit, and who is missing.

    ``summary``: it is told at the deadline. ``may_close``: the reader gave it, or runs the whole programme.
    """

    kind: ClassVar[str] = "task.detail"
    head: TaskHead
    asked: int
    received: int
    handed_in: int
    late: int
    waiting: int
    accepted: int
    units: tuple[Missing, ...]
    may_close: bool
    summary: bool = False


class Listed(BaseModel):
    """One line of an organiser's list."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    head: TaskHead
    asked: int
    handed_in: int
    waiting: int


class TaskList(View):
    """An organiser's tasks; ``reviews``: those with something to be read, and so many ``works`` that wait beside them."""

    kind: ClassVar[str] = "task.list"
    tasks: tuple[Listed, ...]
    reviews: bool
    works: int = 0


class ReviewSheet(View):
    """One submission under an organiser's eyes.

    ``previous`` and ``following`` are ids, ``number`` counts from 1; so many are ``waiting`` beside this one.
    """

    kind: ClassVar[str] = "task.review"
    head: TaskHead
    submission: int
    version: int
    name: str
    unit: str
    text: str
    length: int
    files: int
    page: int
    state: str
    late: bool
    at: datetime
    reviewer: str
    reason: str
    commended: bool
    consent: str
    published: bool
    number: int
    count: int
    previous: int | None
    following: int | None
    waiting: int


class SubmittedFile(View):
    """A file of a submission, shown to the reviewer."""

    kind: ClassVar[str] = "task.file"
    name: str
    file: FileView
    number: int
    count: int


class ReasonAsked(View):
    """The organiser is asked why a submission is returned."""

    kind: ClassVar[str] = "task.reason"
    head: TaskHead
    name: str


class ReturnDone(View):
    """The organiser hears that it was returned; so many are ``waiting`` still."""

    kind: ClassVar[str] = "task.return_done"
    head: TaskHead
    name: str
    reason: str
    waiting: int


class AssignContent(View):
    """What is to be done, or, in a notice, what was found?"""

    kind: ClassVar[str] = "assign.content"
    template: str = "assignment"


class AssignDeadline(View):
    """Until when?"""

    kind: ClassVar[str] = "assign.deadline"
    title: str


class UnitChoice(BaseModel):
    """A unit that can be chosen; ``depth`` is its depth in what is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: int
    name: str
    depth: int
    chosen: bool


class Replied(View):
    """For whoever gave something to a unit: the unit has replied."""

    kind: ClassVar[str] = "task.replied"
    head: TaskHead
    submission: int
    name: str
    unit: str
    late: bool


class AssignPreview(View):
    """What will be sent, to how many; ``levels`` are those that can be chosen, ``silent`` units that have nobody to reply."""

    kind: ClassVar[str] = "assign.preview"
    key: int
    head: TaskHead
    text: str
    file: FileView | None
    units: tuple[UnitChoice, ...]
    page: int
    pages: int
    levels: tuple[str, ...]
    audience: Audience
    people: int
    unjoined: int
    unreached: int
    groups: int
    silent: tuple[str, ...] = ()


class Assigned(View):
    """It has been sent."""

    kind: ClassVar[str] = "assign.sent"
    head: TaskHead
    people: int
    groups: int


class AssignDropped(View):
    """Nothing was sent."""

    kind: ClassVar[str] = "assign.dropped"

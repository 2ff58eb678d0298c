"""What is shown of forms: data without words."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.programme.forms import Form, Item
from study.programme.words import Title
from study.views import View


class FormAsked(View):
    """For a rater: a form waits, about so many subjects."""

    kind: ClassVar[str] = "form.asked"
    evaluation: int
    title: Title
    intro: Title | None
    anonymous: bool
    items: int
    subjects: int
    closes_at: datetime | None


class FormLine(BaseModel):
    """A form in a member's list."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    evaluation: int
    title: Title
    anonymous: bool
    asked: int
    answered: int
    closes_at: datetime | None


class FormList(View):
    """What waits for a member, what is done and can still be seen; ``history``: they have checklists of their own."""

    kind: ClassVar[str] = "form.list"
    forms: tuple[FormLine, ...]


class SubjectLine(BaseModel):
    """A subject in a member's list."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    id: int
    title: str
    answered: bool


class FormSubjects(View):
    """The subjects of a form, with a tick for those that are done; ``page`` counts from 0."""

    kind: ClassVar[str] = "form.subjects"
    evaluation: int
    title: Title
    intro: Title | None
    anonymous: bool
    closes_at: datetime | None
    subjects: tuple[SubjectLine, ...]
    page: int = 0


class FormItem(View):
    """One item of a form that is being filled in.

    ``at`` is its place among ``of``; ``value`` and ``remark`` what is answered so far; ``asks_remark``: the explanation is what is
    to be written now. ``several``: there is a list of subjects to go back to.
    """

    kind: ClassVar[str] = "form.item"
    evaluation: int
    subject: int
    about: str
    title: Title
    aspect: Title | None
    item: Item
    at: int
    of: int
    value: str
    remark: str
    asks_remark: bool
    anonymous: bool
    several: bool


class FormCheck(View):
    """Everything that was answered, before it is sent. ``missing`` are the places of items that keep it from being sent."""

    kind: ClassVar[str] = "form.check"
    evaluation: int
    subject: int
    about: str
    form: Form
    answers: dict[str, tuple[str, str]]
    missing: tuple[int, ...]
    sent_before: bool
    several: bool


class FormSent(View):
    """A form has been sent. ``left`` subjects are still open, ``following`` is the next of them."""

    kind: ClassVar[str] = "form.sent"
    evaluation: int
    title: Title
    about: str
    anonymous: bool
    left: int
    following: int | None
    state: Literal["sent", "again"]


class FormOver(View):
    """Nothing more is taken, or what was begun in private is not there any more (the bot was restarted)."""

    kind: ClassVar[str] = "form.over"
    title: Title
    why: Literal["closed", "answered", "lost"]
    subject: int | None = None

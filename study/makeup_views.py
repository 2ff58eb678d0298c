"""What is shown of make-up lessons: data without words."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from quizzes.posing import Posed
from study.rollcall_views import SessionFacts
from study.views import View

Stage = Literal["reading", "testing", "waiting", "cleared", "over"]
"""What comes next: read, be tested, wait for the signature; done; or the deadline has passed."""


class MakeUpOpened(View):
    """For the person: a session was missed and has to be made up for."""

    kind: ClassVar[str] = "makeup.opened"
    id: int
    session: SessionFacts
    due_at: datetime


class MakeUpLine(BaseModel):
    """A make-up in a list; ``name`` is the person's where an organiser reads it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    session: SessionFacts
    stage: Stage
    due_at: datetime
    name: str = ""


class MakeUpList(View):
    """One's own make-ups; for whoever signs off also what waits for that, and what is overdue."""

    kind: ClassVar[str] = "makeup.list"
    own: tuple[MakeUpLine, ...]
    waiting: tuple[MakeUpLine, ...]
    overdue: tuple[MakeUpLine, ...]
    open_count: int
    signs: bool


class MakeUpCard(View):
    """One make-up, for the person: what to read, what comes next. ``material`` is in words (title, link or text)."""

    kind: ClassVar[str] = "makeup.card"
    id: int
    session: SessionFacts
    stage: Stage
    due_at: datetime
    material: str
    text: str
    questions: int
    pass_percent: int
    percent: int | None
    tries: int
    reason: str


class MakeUpQuestion(View):
    """A question of the test."""

    kind: ClassVar[str] = "makeup.question"
    id: int
    title: str
    place: int
    of: int
    posed: Posed


class MakeUpTested(View):
    """What the test came to; a passed one waits for the signature."""

    kind: ClassVar[str] = "makeup.tested"
    id: int
    title: str
    right: int
    of: int
    percent: int
    pass_percent: int
    passed: bool


class MakeUpRequest(View):
    """For those who sign off: with buttons until somebody has decided."""

    kind: ClassVar[str] = "makeup.request"
    id: int
    session: SessionFacts
    name: str
    unit: str
    read_at: datetime | None
    percent: int | None
    tries: int
    state: Literal["waiting", "cleared", "returned"]
    signer: str = ""
    reason: str = ""


class MakeUpWhyNot(View):
    """Why is it sent back? The next message is the reason."""

    kind: ClassVar[str] = "makeup.why_not"
    id: int
    name: str
    title: str


class MakeUpDecided(View):
    """For the person: signed off, or sent back with a reason."""

    kind: ClassVar[str] = "makeup.decided"
    id: int
    session: SessionFacts
    cleared: bool
    signer: str
    reason: str
    due_at: datetime


class MakeUpExtended(View):
    """For the person: there is more time."""

    kind: ClassVar[str] = "makeup.extended"
    id: int
    session: SessionFacts
    due_at: datetime
    by: str

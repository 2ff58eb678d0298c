"""What exams show, as data. No view of a paper under way knows a right answer."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from quizzes.posing import Posed
from study.audience import Audience
from study.task_views import UnitChoice
from study.views import View


class Part(BaseModel):
    """A piece of a view."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ExamHead(Part):
    """What every card says of an exam."""

    id: int
    title: str
    bank: str
    questions: int
    minutes: int
    points: int
    pass_percent: int
    at_once: bool
    opens_at: datetime
    closes_at: datetime


class CategoryChoice(Part):
    """A category of the bank: how many it has, how many of them are asked at least."""

    number: int
    name: str
    has: int
    wanted: int


class ExamBanks(View):
    """From which bank?"""

    kind: ClassVar[str] = "exam.banks"
    banks: tuple[tuple[int, str, int], ...]


class ExamPreview(View):
    """The plan of an exam with its buttons; nothing is published yet."""

    kind: ClassVar[str] = "exam.preview"
    key: int
    head: ExamHead
    opens_now: bool
    usable: int
    categories: tuple[CategoryChoice, ...]
    units: tuple[UnitChoice, ...]
    page: int
    pages: int
    levels: tuple[str, ...]
    audience: Audience
    people: int
    unjoined: int


class ExamPublished(View):
    """The exam is set."""

    kind: ClassVar[str] = "exam.published"
    head: ExamHead
    people: int


class ExamDropped(View):
    """Nothing was published."""

    kind: ClassVar[str] = "exam.dropped"


class ExamInvite(View):
    """An exam is open."""

    kind: ClassVar[str] = "exam.invite"
    head: ExamHead


class ExamStart(View):
    """The rules, before the clock starts."""

    kind: ClassVar[str] = "exam.start"
    head: ExamHead
    ends_at: datetime


class ExamQuestion(View):
    """One page of a paper; ``left`` are the pages (from 1) without an answer."""

    kind: ClassVar[str] = "exam.question"
    paper: int
    page: int
    pages: int
    posed: Posed
    points: int
    left: tuple[int, ...]
    due_at: datetime


class ExamSheet(View):
    """The answer sheet: which pages are answered; ``sure`` asks before handing in."""

    kind: ClassVar[str] = "exam.sheet"
    paper: int
    page: int
    pages: int
    left: tuple[int, ...]
    due_at: datetime
    sure: bool


class ExamResult(View):
    """A paper is handed in; ``score`` and the rest are None as long as results are not out."""

    kind: ClassVar[str] = "exam.result"
    paper: int
    head: ExamHead
    by_time: bool
    answered: int
    announced: bool
    score: int | None = None
    total: int = 0
    percent: float = 0
    passed: bool = False
    right: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    may_review: bool = False


class ExamReview(View):
    """One question of a paper with the right answer, once the exam is over."""

    kind: ClassVar[str] = "exam.review"
    paper: int
    title: str
    page: int
    pages: int
    number: int
    posed: Posed
    mark: bool | None


class ExamWarning(View):
    """The time is nearly over."""

    kind: ClassVar[str] = "exam.warning"
    title: str
    minutes: int
    left: int
    due_at: datetime


class ExamReminder(View):
    """Exams that somebody has not taken yet."""

    kind: ClassVar[str] = "exam.reminder"
    heads: tuple[ExamHead, ...]


class MyExam(Part):
    """An exam in somebody's list."""

    head: ExamHead
    state: Literal["ahead", "open", "running", "waiting", "done", "missed"]
    paper: int | None
    due_at: datetime | None
    score: int | None
    total: int
    passed: bool
    may_review: bool


class RunExam(Part):
    """An exam in an organiser's list."""

    id: int
    title: str
    asked: int
    taken: int
    over: bool


class ExamList(View):
    """What somebody has to take and has taken; what they run."""

    kind: ClassVar[str] = "exam.list"
    mine: tuple[MyExam, ...]
    run: tuple[RunExam, ...]
    organiser: bool


class UnitMissing(Part):
    """How far a unit is, and who is missing."""

    unit: str
    asked: int
    taken: int
    names: tuple[str, ...]


class Taken(Part):
    """One person's result in the gradebook."""

    name: str
    unit: str
    score: int
    percent: float
    passed: bool
    minutes: int
    by_time: bool


class ExamOverview(View):
    """The gradebook of an exam for an organiser: counts, results, who is missing."""

    kind: ClassVar[str] = "exam.overview"
    head: ExamHead
    asked: int
    running: int
    taken: int
    passed: int
    average: float | None
    results: tuple[Taken, ...]
    missing: tuple[UnitMissing, ...]
    page: int
    pages: int
    may_cancel: bool
    summary: bool


class QuestionLine(Part):
    """How a question of an exam was answered."""

    number: int
    text: str
    right: int
    wrong: int
    blank: int


class ExamStatistics(View):
    """How each question was answered."""

    kind: ClassVar[str] = "exam.statistics"
    id: int
    title: str
    papers: int
    lines: tuple[QuestionLine, ...]
    page: int
    pages: int


class ExamSure(View):
    """Asks before an exam is called off."""

    kind: ClassVar[str] = "exam.sure"
    id: int
    title: str


class ExamCancelled(View):
    """An exam was called off."""

    kind: ClassVar[str] = "exam.cancelled"
    title: str

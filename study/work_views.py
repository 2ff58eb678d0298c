"""What is shown of works: data without words. Titles of the programme's data come with all their languages."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.programme.words import Title
from study.views import View


class Fact(BaseModel):
    """A frozen piece of a view."""

    model_config = ConfigDict(defer_build=True, frozen=True)


class WorkHead(Fact):
    """A work in a line: its number, kind and name, whose it is, where it stands; ``authors`` is empty to blind reviewers."""

    id: int
    kind: Title
    title: str
    authors: tuple[str, ...]
    unit: str
    stage: Title
    phase: str
    returned: bool
    due_at: datetime | None
    over: bool
    rating: Title | None = None
    score: int | None = None


class FaultView(Fact):
    """What is wrong with a field; see ``study.work_field_rules.Fault``."""

    field: Title
    problem: str
    wanted: str


class SlotView(Fact):
    """A slot of a quota."""

    title: Title
    done: int
    wanted: int


class QuotaView(Fact):
    """A quota in a period (``2026``, ``2026Q3`` …)."""

    title: Title
    period: str
    slots: tuple[SlotView, ...]


class KindView(Fact):
    """A kind of work that can be begun."""

    key: str
    title: Title


class Home(View):
    """What somebody owes, what they have under way, what can be begun; what waits for their review."""

    kind: ClassVar[str] = "work.home"
    quotas: tuple[QuotaView, ...]
    own: tuple[WorkHead, ...]
    kinds: tuple[KindView, ...]
    waiting: int
    oversees: bool
    page: int
    pages: int


class StageMark(Fact):
    """A stage on the way: ``done``, ``now``, ``ahead``."""

    title: Title
    state: Literal["done", "now", "ahead"]


class AnswerView(Fact):
    """A field with what stands in it; ``choice`` instead of ``text`` if it was chosen."""

    title: Title
    text: str
    choice: Title | None
    files: int


class Progress(Fact):
    """How far an accepted plan has come; ``share`` in percent, if there are figures enough."""

    baseline: str
    target: str
    measure: str
    due: str
    now: str
    day: date | None
    share: int | None


class ReviewPart(Fact):
    """What a reviewer can do with the version on the sheet; ``given``: what they gave already counts; ``settled``: it is
    approved, and can only be returned."""

    stage: int
    version: int
    opinions: int
    needed: int
    ratings: tuple[Title, ...]
    scored: bool
    may_reject: bool
    given: bool
    settled: bool
    back: tuple[tuple[int, Title], ...]


class Sheet(View):
    """A work as a whole, page by page; with what its reader may do."""

    kind: ClassVar[str] = "work.sheet"
    head: WorkHead
    way: tuple[StageMark, ...]
    reason: str
    faults: tuple[FaultView, ...]
    answers: tuple[AnswerView, ...]
    page: int
    files: int
    versions: int
    progress: Progress | None = None
    may_write: bool = False
    may_hand_in: bool = False
    may_withdraw: bool = False
    may_report: bool = False
    team: bool = False
    sure: bool = False
    review: ReviewPart | None = None


class FormCard(View):
    """One field of the form; ``at`` counts from 0, ``stored`` says that something stands there."""

    kind: ClassVar[str] = "work.form"
    work: int
    kind_title: Title
    at: int
    total: int
    title: Title
    hint: Title | None
    example: Title | None
    takes: str
    required: bool
    least: int
    text: str
    choice: Title | None
    choices: tuple[Title, ...]
    files: int
    fault: FaultView | None


class LogLine(Fact):
    """Something that happened."""

    at: datetime
    who: str
    what: str
    stage: Title | None = None
    reason: str = ""
    faults: tuple[FaultView, ...] = ()
    rating: Title | None = None
    score: int | None = None
    version: int = 0
    name: str = ""


class Log(View):
    """What happened to a work, a page of it."""

    kind: ClassVar[str] = "work.log"
    head: WorkHead
    lines: tuple[LogLine, ...]
    page: int
    pages: int


class Change(Fact):
    """A field before and after."""

    title: Title
    before: str
    after: str
    chosen_before: Title | None = None
    chosen_after: Title | None = None


class VersionView(Fact):
    """A version, with what changed since the one before."""

    number: int
    at: datetime
    stage: Title
    sent_back: bool
    changes: tuple[Change, ...]


class Versions(View):
    """One version of a work against the one before."""

    kind: ClassVar[str] = "work.versions"
    head: WorkHead
    version: VersionView
    total: int


class WaitingList(View):
    """What waits for a reviewer."""

    kind: ClassVar[str] = "work.waiting"
    works: tuple[WorkHead, ...]
    page: int
    pages: int
    total: int


class Team(View):
    """Who takes part; the next names that the leader sends are added."""

    kind: ClassVar[str] = "work.team"
    head: WorkHead
    members: tuple[tuple[int, str, str], ...]


class Joined(View):
    """For somebody who was added to a work."""

    kind: ClassVar[str] = "work.joined"
    head: WorkHead
    by: str


class Asked(View):
    """The bot waits for words: the reason of a return or a rejection, a score, a report of progress."""

    kind: ClassVar[str] = "work.asked"
    head: WorkHead
    what: Literal["return", "reject", "score", "report"]
    to: Title | None = None
    measure: str = ""
    fields: tuple[Title, ...] = ()


class Done(View):
    """What words have done: it was returned, rejected, scored, reported."""

    kind: ClassVar[str] = "work.done"
    head: WorkHead
    what: Literal["return", "reject", "score", "report", "shortlist"]
    progress: Progress | None = None
    waiting: int = 0
    count: int = 0


class News(View):
    """For those who take part, or for reviewers: what happened."""

    kind: ClassVar[str] = "work.news"
    head: WorkHead
    what: Literal["passed", "accepted", "returned", "sent_back", "rejected", "review", "shortlisted"]
    reason: str = ""
    faults: tuple[FaultView, ...] = ()
    by: str = ""


class Period(View):
    """At the beginning of a period: what is asked for, and until when."""

    kind: ClassVar[str] = "work.period"
    key: str
    title: Title
    about: Title | None
    period: str
    last: date


class Consent(View):
    """May it be published? And what was answered."""

    kind: ClassVar[str] = "work.consent"
    head: WorkHead
    answered: str = ""
    groups: int = 0


class Published(View):
    """A good work for the group, a part of it; ``author`` is empty if it goes without a name."""

    kind: ClassVar[str] = "work.published"
    title: str
    kind_title: Title
    author: str
    unit: str
    text: str
    part: int
    parts: int
    file_id: str = ""
    photo: bool = False


class KindCount(Fact):
    """How many works of a kind there are in a period, by where they stand."""

    key: str
    title: Title
    period: str
    begun: int
    writing: int
    review: int
    accepted: int


class Overview(View):
    """The kinds and quotas with their counts."""

    kind: ClassVar[str] = "work.overview"
    kinds: tuple[KindCount, ...]
    quotas: tuple[tuple[str, Title, str, int, int], ...]


class UnitCount(Fact):
    """How many works of a kind a unit has."""

    unit: str
    begun: int
    accepted: int


class KindOverview(View):
    """One kind in a period: by stage, by rating, by unit; for plans of units, who has a valid one (``valid`` of ``asked``)."""

    kind: ClassVar[str] = "work.kind"
    key: str
    title: Title
    period: str
    before: str
    after: str
    begun: int
    stages: tuple[tuple[Title, int, int], ...]
    accepted: int
    rejected: int
    ratings: tuple[tuple[Title, int], ...]
    by_unit: bool
    asked: int
    valid: int
    units: tuple[UnitCount, ...]
    page: int
    pages: int
    may_choose: bool


class YearList(View):
    """Every work of a kind in a period, numbered."""

    kind: ClassVar[str] = "work.list"
    key: str
    title: Title
    period: str
    total: int
    first: int
    works: tuple[WorkHead, ...]
    page: int
    pages: int


class QuotaOverview(View):
    """How far everybody is with a quota: how many people have filled it, and who has not."""

    kind: ClassVar[str] = "work.quota"
    key: str
    title: Title
    period: str
    people: int
    filled: int
    missing: tuple[tuple[str, str, tuple[SlotView, ...]], ...]
    page: int
    pages: int


class ShortlistView(View):
    """The best scores, before they are chosen."""

    kind: ClassVar[str] = "work.shortlist"
    key: str
    title: Title
    period: str
    works: tuple[WorkHead, ...]
    scored: int

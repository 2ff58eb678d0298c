"""An exam that is being planned, and the lines by which its plan is changed: ``题数 20``, ``截止 11-30 18:00``."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict

from quizzes.engine.han import heard, simplified
from study.audience import Audience
from study.content import length
from study.deadlines import read_deadline
from study.errors import TooLong
from study.exam_errors import ExamLine, ExamNumber, ExamWindow

LONGEST_TITLE = 100
LEAST_WINDOW = timedelta(minutes=1)


class ExamPlan(BaseModel):
    """The plan; the body of the conversation. ``key`` tells its cards from older ones.

    ``categories`` are asked at least so often; ``opens_at`` None: at once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: int
    bank: str
    title: str
    count: int
    minutes: int
    points: int
    pass_percent: int
    closes_at: AwareDatetime
    opens_at: AwareDatetime | None = None
    categories: tuple[tuple[str, int], ...] = ()
    at_once: bool = True
    audience: Audience = Audience()
    page: int = 0


RANGES: Mapping[str, tuple[int, int]] = {
    "count": (1, 100),
    "minutes": (1, 300),
    "points": (1, 100),
    "pass_percent": (1, 100),
}
STEPS: Mapping[str, int] = {"count": 5, "minutes": 5, "points": 1, "pass_percent": 5}
_CATEGORY_STEP = 5

_WORDS: Mapping[str, str] = {
    word: name
    for name, words in (
        ("title", "标题 名称 title"),
        ("count", "题数 题量 questions"),
        ("minutes", "时长 时间 限时 minutes"),
        ("points", "每题 分值 配分 points"),
        ("pass_percent", "及格 及格线 pass"),
        ("opens_at", "开始 开考 opens"),
        ("closes_at", "截止 结束 closes"),
        ("category", "分类 类别 category"),
        ("results", "成绩 公布 results"),
    )
    for word in words.split()
}
_AT_ONCE = {
    "立即": True,
    "交卷即出": True,
    "at once": True,
    "截止后": False,
    "截止后公布": False,
    "at the close": False,
}
_LINE = re.compile(
    rf"\s*({'|'.join(sorted(_WORDS, key=len, reverse=True))})\s*[:：]?\s*(.+)", re.IGNORECASE | re.DOTALL
)
_NUMBER = re.compile(r"(\d{1,4})\s*(?:道?题|分钟|分|%|％|minutes?|points?|questions?)?")


def changed(plan: ExamPlan, said: str, now: datetime, zone: ZoneInfo) -> ExamPlan:
    """The plan after some lines.

    Raises:
        ExamLine: a line cannot be read.
        ExamNumber: a number is out of its range.
        DeadlineUnreadable, DeadlinePast, DeadlineFar: a time.
        TooLong: the title.
        ExamWindow: it would close before it opens.
    """
    for line in filter(None, (line.strip() for line in said.splitlines())):
        found = _LINE.fullmatch(simplified(line))
        if found is None:
            raise ExamLine(line=line[:40])
        name, value = _WORDS[found[1].lower()], line[found.start(2) :].strip()
        read = _READ.get(name)
        plan = read(plan, value, now, zone) if read is not None else with_number(plan, name, _number(value, line))
    return checked(plan, now)


def checked(plan: ExamPlan, now: datetime) -> ExamPlan:
    """The plan, if it leaves time to take the exam.

    Raises:
        ExamWindow: it does not.
    """
    if plan.closes_at - max(now, plan.opens_at or now) < LEAST_WINDOW:
        raise ExamWindow()
    return plan


def with_number(plan: ExamPlan, name: str, value: int) -> ExamPlan:
    """The plan with another number of questions, minutes, points or percent.

    Raises:
        ExamNumber: it is out of its range, or fewer questions than the categories ask for.
    """
    least, most = RANGES[name]
    if name == "count":
        least = max(least, sum(wanted for _, wanted in plan.categories))
    if not least <= value <= most:
        raise ExamNumber(least=least, most=most)
    return plan.model_copy(update={name: value})


def with_category(plan: ExamPlan, category: str, wanted: int) -> ExamPlan:
    """The plan with so many questions of a category at least (0: as chance has it); the whole grows if need be.

    Raises:
        ExamNumber: more than an exam can have.
    """
    others = tuple((name, count) for name, count in plan.categories if name != category)
    categories = (*others, (category, wanted)) if wanted else others
    asked, most = sum(count for _, count in categories), RANGES["count"][1]
    if asked > most:
        raise ExamNumber(least=0, most=most)
    return plan.model_copy(update={"categories": categories, "count": max(plan.count, asked)})


def next_step(wanted: int, has: int) -> int:
    """What a press on a category's button makes of its number: five more, up to what there is, then none again."""
    return min(wanted + _CATEGORY_STEP, has) if wanted < has else 0


def _number(value: str, line: str) -> int:
    found = _NUMBER.fullmatch(simplified(value))
    if found is None:
        raise ExamLine(line=line[:40])
    return int(found[1])


def _title(plan: ExamPlan, value: str, _now: datetime, _zone: ZoneInfo) -> ExamPlan:
    if length(value) > LONGEST_TITLE:
        raise TooLong(limit=LONGEST_TITLE, length=length(value))
    return plan.model_copy(update={"title": value})


def _opens(plan: ExamPlan, value: str, now: datetime, zone: ZoneInfo) -> ExamPlan:
    return plan.model_copy(update={"opens_at": read_deadline(value, now, zone).at})


def _closes(plan: ExamPlan, value: str, now: datetime, zone: ZoneInfo) -> ExamPlan:
    return plan.model_copy(update={"closes_at": read_deadline(value, now, zone).at})


def _category(plan: ExamPlan, value: str, _now: datetime, _zone: ZoneInfo) -> ExamPlan:
    category, _, number = value.rpartition(" ")
    if not category:
        raise ExamLine(line=value[:40])
    return with_category(plan, category.strip(), _number(number, value))


def _results(plan: ExamPlan, value: str, _now: datetime, _zone: ZoneInfo) -> ExamPlan:
    if heard(value) not in _AT_ONCE:
        raise ExamLine(line=value[:40])
    return plan.model_copy(update={"at_once": _AT_ONCE[heard(value)]})


_READ: Mapping[str, Callable[[ExamPlan, str, datetime, ZoneInfo], ExamPlan]] = {
    "title": _title,
    "opens_at": _opens,
    "closes_at": _closes,
    "category": _category,
    "results": _results,
}

"""Reading a syllabus: a table becomes sessions to be planned and, line by line, what is wrong with it. Pure; nothing is stored.

The columns in any order, headed in simplified or traditional Chinese or in English: date, title; and where wanted time,
lecturer, form, series, topic, place, audience (a unit or a cohort; several separated by 、), material.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date, time
from types import MappingProxyType

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard, simplified
from quizzes.files import MissingColumns
from quizzes.tables import find_columns, read_table
from study.day_words import DayUnreadable, read_day
from study.errors import StudyError
from study.session_rules import names_in

HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("日期", "date", "day", "上课日期", "学习日期"),
        "time": ("时间", "time", "开始时间", "上课时间"),
        "title": ("题目", "title", "主题", "课题", "subject", "内容", "学习内容"),
        "lecturer": ("主讲人", "lecturer", "主讲", "授课人", "讲师", "speaker"),
        "form": ("形式", "form", "授课形式", "学习形式"),
        "series": ("系列", "series", "品牌", "brand"),
        "topic": ("专题", "topic", "theme"),
        "place": ("地点", "place", "venue", "location"),
        "audience": ("对象", "audience", "参加对象", "参加人员", "for"),
        "material": ("资料", "material", "材料", "materials"),
    }
)
"""What may head a column; a heading in traditional characters is one of these once it is folded."""
REQUIRED = ("date", "title")
LIMITS: Mapping[str, int] = MappingProxyType({"title": 100, "lecturer": 60, "place": 60, "material": 200})


class SyllabusColumns(StudyError):
    """The table lacks columns without which it is no syllabus; ``columns`` names them."""

    code = "syllabus_columns"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a row; ``line`` is the row as Excel counts it, ``code`` and ``params`` say what."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One good row. ``None``: the file does not say, so it is as the series has it (or stays as it was)."""

    line: int
    day: date
    title: str
    starts: time | None
    ends: time | None
    series: str | None
    topic: str | None
    form: str | None
    lecturer: str | None
    place: str | None
    material: str | None
    units: tuple[str, ...]
    cohorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SyllabusReading:
    """The good rows and the mistakes of the others, both in the order of the file."""

    lessons: tuple[Lesson, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def bad_rows(self) -> int:
        """How many rows are left out."""
        return len({mistake.line for mistake in self.mistakes})


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a syllabus may mean: names of the programme to their keys, and the paths and names of units; the words
    as they are heard."""

    series: Mapping[str, str]
    topics: Mapping[str, str]
    forms: Mapping[str, str]
    cohorts: Mapping[str, str]
    units: Mapping[str, str]
    timed: Collection[str]
    """The series (keys) whose sessions have a usual time; "" if a session without a series has one."""


def read_syllabus(content: bytes, filename: str, known: Known, today: date) -> SyllabusReading:
    """Read a CSV or XLSX file; a day without a year is the nearest such day to ``today``.

    Raises:
        FileError: it cannot be read at all.
        SyllabusColumns: there is no column for the dates or the titles.
    """
    table = read_table(content, filename, known={word for words in HEADERS.values() for word in words})
    try:
        columns = find_columns(table.headers, HEADERS, required=REQUIRED)
    except MissingColumns as error:
        missing = error.params["columns"]
        assert isinstance(missing, list)
        raise SyllabusColumns(columns=", ".join("/".join(HEADERS[name][:2]) for name in missing)) from error
    lessons: list[Lesson] = []
    mistakes: list[Mistake] = []
    seen: dict[tuple[date, time | None, str], int] = {}
    for row in table.rows:
        cells = {name: _tidy(row.cells[column]) for name, column in columns.items()}
        wrong = [
            Mistake(row.line, "cell", {"column": table.headers[column]})
            for column in row.faults
            if column in columns.values()
        ]
        lesson = _Row(row.line, cells, known, today).read(wrong)
        if lesson is not None:
            key = (lesson.day, lesson.starts, lesson.title)
            if key in seen:
                wrong.append(Mistake(row.line, "duplicate", {"line": seen[key]}))
            seen.setdefault(key, row.line)
        if wrong or lesson is None:
            mistakes += wrong
        else:
            lessons.append(lesson)
    return SyllabusReading(tuple(lessons), tuple(mistakes))


_SPAN = re.compile(
    r"(?P<part>上午|下午|晚上|晚)?\s*(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})(?::\d{2})?|[点时](?P<half>半)?)"
    r"(?:\s*(?:[-–—~～]+|至|到)\s*(?P<to>\d{1,2})(?:[:：](?P<to_minute>\d{2})|[点时](?P<to_half>半)?))?"
)


def read_span(text: str) -> tuple[time, time | None] | None:
    """``15:00``, ``下午3点``, ``15:00-16:30``; ``None`` if it is no time, or ends before it begins."""
    found = _SPAN.fullmatch(heard(text))
    if found is None:
        return None
    later = found["part"] not in (None, "上午")
    try:
        start = _clock(found["hour"], found["minute"], found["half"], later=later)
        if found["to"] is None:
            return start, None
        end = _clock(found["to"], found["to_minute"], found["to_half"], later=later)
    except ValueError:
        return None
    return (start, end) if start < end else None


def _clock(hour: str, minute: str | None, half: str | None, *, later: bool) -> time:
    number = int(hour)
    return time(number + 12 if later and number < 12 else number, int(minute or 0) if not half else 30)


class _Row:
    """One row on its way to a lesson; what is wrong is added to a list."""

    def __init__(self, line: int, cells: Mapping[str, str], known: Known, today: date) -> None:
        self._line, self._cells, self._known, self._today = line, cells, known, today
        self._wrong: list[Mistake] = []

    def read(self, wrong: list[Mistake]) -> Lesson | None:
        self._wrong = wrong
        day, title = self._day(), self._cells["title"].strip("《》")
        if not title:
            self._say("no_title")
        for name, limit in LIMITS.items():
            if len(self._cells.get(name, "")) > limit:
                self._say("too_long", column=name, limit=limit, length=len(self._cells[name]))
        series = self._named("series", self._known.series)
        if series is None and len(set(self._known.series.values())) == 1:
            series = next(iter(self._known.series.values()))
        span = self._span(series)
        units, cohorts = self._audience()
        topic, form = self._named("topic", self._known.topics), self._named("form", self._known.forms)
        if wrong or day is None:
            return None
        return Lesson(
            self._line,
            day,
            title,
            span[0],
            span[1],
            series,
            topic,
            form,
            self._cells.get("lecturer"),
            self._cells.get("place"),
            self._cells.get("material"),
            units,
            cohorts,
        )

    def _say(self, code: str, **params: object) -> None:
        self._wrong.append(Mistake(self._line, code, params))

    def _day(self) -> date | None:
        text = self._cells["date"]
        if not text:
            self._say("no_date")
            return None
        try:
            day, rest = read_day(text, self._today)
        except DayUnreadable:
            self._say("bad_date", text=text[:40])
            return None
        # What follows a date in its cell is a weekday, or the midnight that a workbook keeps with it.
        if rest and not re.fullmatch(r"[T ]?0?0:00(:00)?|[(（]?(星期|周|礼拜).[)）]?|[A-Za-z()]+", simplified(rest)):
            self._say("bad_date", text=text[:40])
            return None
        return day

    def _span(self, series: str | None) -> tuple[time | None, time | None]:
        text = self._cells.get("time", "")
        if not text:
            if (series or "") not in self._known.timed:
                self._say("no_time")
            return None, None
        span = read_span(text)
        if span is None:
            self._say("bad_time", text=text[:40])
            return None, None
        return span

    def _named(self, column: str, meanings: Mapping[str, str]) -> str | None:
        text = self._cells.get(column, "")
        if not text:
            return None
        key = meanings.get(heard(text))
        if key is None:
            self._say(f"unknown_{column}", name=text[:60])
        return key

    def _audience(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        units: list[str] = []
        cohorts: list[str] = []
        text = self._cells.get("audience", "").replace("/", "\0")
        for name in (name.replace("\0", "/") for name in names_in(text)):
            meant = heard(name)
            if meant in ("全体", "全员", "all", "everybody", "全体人员", "全体干部"):
                continue
            if meant in self._known.cohorts:
                cohorts.append(self._known.cohorts[meant])
            elif meant in self._known.units:
                units.append(self._known.units[meant])
            else:
                self._say("unknown_audience", name=name[:60])
        return tuple(units), tuple(cohorts)


def _tidy(text: str) -> str:
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(visible.split())

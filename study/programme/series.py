"""``series.toml``: the series (brands) of lectures, their topics and forms, and the meetings that recur.

.. code-block:: toml

    [[topics]]
    key = "urban"
    title = {"zh-CN" = "城市学", "zh-TW" = "城市學", en = "Urban studies"}

    [[series]]
    key = "friday"
    title = {"zh-CN" = "业务讲坛", "zh-TW" = "業務講壇", en = "Practice forum"}
    form = "lecture"
    wished = 20                   # sessions a year; the overview shows how many are held

    [[meetings]]
    key = "friday"
    series = "friday"
    title = {"zh-CN" = "周五集中学习", "zh-TW" = "週五集中學習", en = "Friday study"}
    days = ["friday"]
    at = 15:00:00
    holidays = "skip"             # or "move" (to the last workday before), "keep"
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, Literal

from pydantic import Field

from study.calendar import WEEKDAYS
from study.programme.words import Flaw, Key, Part, Title, Who, twice

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
assert set(WEEKDAYS) == set(Weekday.__args__)  # type: ignore[attr-defined]


class Form(Part):
    """What a session is like; ``speeches``: whether those who come speak, so that speeches are noted."""

    key: Key
    title: Title
    speeches: bool = False


def _form(key: str, simplified: str, traditional: str, english: str, *, speeches: bool = False) -> Form:
    return Form(key=key, title=Title({"zh-CN": simplified, "zh-TW": traditional, "en": english}), speeches=speeches)


USUAL_FORMS = (
    _form("lecture", "讲座", "講座", "lecture"),
    _form("class", "培训班", "培訓班", "class"),
    _form("seminar", "研讨", "研討", "seminar", speeches=True),
    _form("discussion", "讨论", "討論", "discussion", speeches=True),
    _form("visit", "参观", "參觀", "visit"),
    _form("remote", "远程课堂", "遠程課堂", "remote class"),
    _form("meeting", "集中学习", "集中學習", "study meeting"),
)


class Topic(Part):
    """A theme that sessions of several series may be about."""

    key: Key
    title: Title


class Series(Part):
    """A brand: what its sessions usually are, and how many are wished for in a year (or till ``wished`` says nothing)."""

    key: Key
    title: Title
    about: Title | None = None
    form: Key = "lecture"
    wished: int | None = Field(None, ge=1)
    minutes: int = Field(90, ge=5, le=1440)
    place: str = ""
    who: Who = Who.model_construct()


class Meeting(Part):
    """What takes place on certain days of the week. On a day off it is left out, moved to the workday before, or kept."""

    key: Key
    series: Key
    title: Title
    days: tuple[Weekday, ...] = Field(min_length=1)
    at: time
    minutes: int = Field(90, ge=5, le=1440)
    every_weeks: int = Field(1, ge=1, le=12)
    """Every so many weeks, counted from the week of ``first``."""
    first: date | None = None
    last: date | None = None
    place: str = ""
    form: Key | None = None
    unit: str = ""
    """The path of the unit whose organisers run it and whose people (and those below) meet; without one the admins run it."""
    holidays: Literal["skip", "move", "keep"] = "skip"
    who: Who | None = None
    """Whom it concerns; those of the series if nothing is said."""


class Notices(Part):
    """When the people concerned are told: on the workday before, and so many minutes before the start (0: not then)."""

    eve: time | None = time(17, 0)
    minutes_before: int = Field(60, ge=0, le=720)
    materials: bool = True
    """Whether the material goes with the message of the day before."""


class SeriesPart(Part):
    """Everything about sessions."""

    forms: tuple[Form, ...] = USUAL_FORMS
    topics: tuple[Topic, ...] = ()
    series: tuple[Series, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    notices: Notices = Notices.model_construct()

    def form(self, key: str) -> Form | None:
        """A form by its key."""
        return next((form for form in self.forms if form.key == key), None)

    def topic(self, key: str) -> Topic | None:
        """A topic by its key."""
        return next((topic for topic in self.topics if topic.key == key), None)

    def one(self, key: str) -> Series | None:
        """A series by its key."""
        return next((series for series in self.series if series.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice; forms, series and cohorts that there are not; weeks counted from nowhere."""
        for name in ("forms", "topics", "series", "meetings"):
            yield from twice(tuple(one.key for one in getattr(self, name)), name)
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, series in enumerate(self.series):
            if self.form(series.form) is None:
                yield Flaw(f"series[{at}].form", "unknown_name", series.form)
            yield from _unknown(series.who, cohorts, f"series[{at}].who")
        for at, meeting in enumerate(self.meetings):
            if self.one(meeting.series) is None:
                yield Flaw(f"meetings[{at}].series", "unknown_name", meeting.series)
            if meeting.form is not None and self.form(meeting.form) is None:
                yield Flaw(f"meetings[{at}].form", "unknown_name", meeting.form)
            if meeting.every_weeks > 1 and meeting.first is None:
                yield Flaw(f"meetings[{at}].first", "wrong", None)
            if meeting.who is not None:
                yield from _unknown(meeting.who, cohorts, f"meetings[{at}].who")


def _unknown(who: Who, cohorts: set[str], where: str) -> Iterator[Flaw]:
    for at, key in enumerate(who.cohorts):
        if key not in cohorts:
            yield Flaw(f"{where}.cohorts[{at}]", "unknown_name", key)

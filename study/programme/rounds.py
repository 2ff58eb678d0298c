"""``rounds.toml``: recurring rounds of study, speech and evaluation (学讲评), and what observers do at regular times.

.. code-block:: toml

    [[rounds]]
    key = "study_speak"
    title = {"zh-CN" = "学讲评", "zh-TW" = "學講評", en = "Study, speak, evaluate"}
    days = [16, 30]               # also "last day", "last workday", "second friday"; a month with no 30th uses its last day
    shift = "before"              # moved off free days: "none", "before", "after"
    at = 15:00:00
    who = {roles = ["member", "organiser"]}
    most = 10                     # a unit with more people is split into groups
    least = 3                     # a unit with fewer holds none of its own
    speaking_seconds = 300
    reading = [{title = "…", url = "https://…"}]
    musts = [{title = "…"}]
    agenda = ["集中领学", "交流发言", "评议"]
    forms = {self = "…", peer = "…", overall = "…"}    # keys of forms.toml
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from storage.people import Role
from study.programme.words import Flaw, Key, Part, Title, Who, twice
from study.round_rules import WEEKDAYS, Shift, is_day_rule


def _rule(text: str) -> str:
    if not is_day_rule(text):
        raise ValueError("day")
    return text


DayRule = Annotated[int, Field(ge=1, le=31)] | Annotated[str, AfterValidator(_rule)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Fortnight(Part):
    """Every so many weeks on a weekday, counted from the week of ``since``."""

    every: int = Field(2, ge=1, le=26)
    on: Weekday
    since: date


class Reading(Part):
    """Something to read: its title, and where it is (``url``) or which material of the library it is (``material``: its title)."""

    title: Title
    url: str = ""
    material: str = ""


class RoundForms(Part):
    """The forms of a round, by their keys in ``forms.toml``: of oneself, of each other, of the whole; "" is none."""

    self: str = ""
    peer: str = ""
    overall: str = ""

    def named(self) -> tuple[tuple[str, str], ...]:
        """What is asked for, in the order in which it is filled in: the name and the key."""
        # ``self`` is a field here, so it is read by its name.
        return tuple((name, key) for name in ("self", "peer", "overall") if (key := getattr(self, name)))


class RoundPlan(Part):
    """A kind of round. It takes place in each unit that has people who are meant.

    ``depth`` gathers people in the unit that is so many steps from the top (1: the top); without it everybody is in the own
    unit. A unit with more than ``most`` people is split, one with fewer than ``least`` holds none. ``reminder`` is what the reminder says unless an organiser writes
    something else for a round. ``announce_days``, ``remind_days`` and ``evaluation_days`` count workdays.
    """

    key: Key
    title: Title
    who: Who = Who.model_construct()
    depth: int | None = Field(None, ge=1)
    days: tuple[DayRule, ...] = ()
    weeks: Fortnight | None = None
    shift: Shift = "none"
    at: time = time(15, 0)
    minutes: int = Field(90, ge=10, le=600)
    most: int = Field(10, ge=2, le=50)
    least: int = Field(2, ge=1, le=50)
    speaking_seconds: int = Field(180, ge=10, le=3600)
    announce_days: int = Field(3, ge=1, le=20)
    remind_days: int = Field(1, ge=0, le=10)
    message_at: time = time(9, 0)
    evaluation_days: int = Field(2, ge=0, le=30)
    reading: tuple[Reading, ...] = ()
    musts: tuple[Reading, ...] = ()
    agenda: tuple[Title, ...] = ()
    forms: RoundForms = RoundForms.model_construct()
    reminder: Title | None = None


class Duty(Part):
    """What observers do at regular times: each workday, each week (by its last workday), each month (by its last workday)."""

    key: Key
    title: Title
    every: Literal["day", "week", "month"]
    who: Who = Who(roles=(Role.OBSERVER,))


class Rounds(Part):
    """Every kind of round, and the duties of observers."""

    rounds: tuple[RoundPlan, ...] = ()
    duties: tuple[Duty, ...] = ()

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, rounds without a day, forms and cohorts that there are not."""
        yield from twice(tuple(plan.key for plan in self.rounds), "rounds")
        yield from twice(tuple(duty.key for duty in self.duties), "duties")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, plan in enumerate(self.rounds):
            if not plan.days and plan.weeks is None:
                yield Flaw(f"rounds[{at}].days", "missing")
            for name, key in plan.forms.named():
                if whole.forms.of(key) is None:
                    yield Flaw(f"rounds[{at}].forms.{name}", "unknown_name", key)
            for key in plan.who.cohorts:
                if key not in cohorts:
                    yield Flaw(f"rounds[{at}].who.cohorts", "unknown_name", key)


def weekday(name: Weekday) -> int:
    """The number of a weekday, 0 for Monday."""
    return WEEKDAYS.index(name)

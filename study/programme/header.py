"""``programme.toml``: what the programme is called, its cohorts, how private its ranks are, when it reminds."""

from collections.abc import Iterator
from datetime import time
from typing import Any, Literal

from pydantic import Field

from study.calendar import Days
from study.programme.words import Flaw, Key, Part, Title, Who, twice


class Cohort(Part):
    """People who are taught together (a tier of trainees): named once, meant in many places."""

    key: Key
    title: Title
    who: Who


class Ranks(Part):
    """Who sees where people stand: everybody only themselves, their own unit, or all."""

    visible: Literal["private", "unit", "everyone"] = "private"


class Reminders(Part):
    """When those who are missing something are reminded: once on such a day, in one message.

    What is due after the next ``ahead_days`` such days is not in it yet.
    """

    enabled: bool = True
    days: Days = "workdays"
    at: time = time(9, 0)
    ahead_days: int = Field(3, ge=1, le=60)


class Header(Part):
    """The programme itself."""

    title: Title = Title({"en": "Study programme"})
    about: Title | None = None
    cohorts: tuple[Cohort, ...] = ()
    ranks: Ranks = Ranks.model_construct()
    reminders: Reminders = Reminders.model_construct()

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Cohorts that stand twice."""
        yield from twice(tuple(cohort.key for cohort in self.cohorts), "cohorts")

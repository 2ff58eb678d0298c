"""``reports.toml``: the bulletins of an office: which figures, in which chapters, when drafted, who approves, where posted.

.. code-block:: toml

    [[reports]]
    key = "monthly"
    title = {"zh-CN" = "月通报", "zh-TW" = "月通報", en = "Monthly bulletin"}
    every = "month"               # "month", "quarter", "half", "year"
    draft_day = 3                 # drafted by itself on this day after the period; 0: only by /bulletin
    at = 09:00:00
    depth = 2                     # a bulletin for each unit so many steps from the top; without it one for the whole
    post_to = "unit"              # the groups of the unit; "below": those of the units below it too; "none"
    approvers = {titles = ["主任"]}   # besides the admins; they have to run the unit

    [[reports.chapters]]
    key = "sessions"
    title = {"zh-CN" = "集中学习", "zh-TW" = "集中學習", en = "Sessions"}
    figures = ["sessions.held", "sessions.attendances", "sessions.people", "sessions.rate"]

    [[reports.lists]]
    key = "best"
    kind = "commend"              # or "improve"
    title = {"zh-CN" = "到课率较高的单位", "zh-TW" = "到課率較高的單位", en = "Best attendance"}
    figure = "sessions.rate"
    of = "units"                  # the units below; "people": persons, by what they have come to
    order = "highest"             # or "lowest"
    most = 3
    at_least = 900                # only from this value on (rates in tenths of a percent), at_most likewise
"""

from collections.abc import Iterator
from datetime import time
from typing import Any, Literal

from pydantic import Field

from study.periods import Every
from study.programme.words import Flaw, Key, Part, Title, Who, twice
from study.report_rules import MEASURE


class ReportChapter(Part):
    """A chapter: its figures by their keys (``docs/reports.md`` lists them), in order."""

    key: Key
    title: Title
    figures: tuple[str, ...] = Field(min_length=1)


class ListRule(Part):
    """Whom a bulletin praises or asks to improve, before a person has edited the list."""

    key: Key
    kind: Literal["commend", "improve"]
    title: Title
    figure: str
    of: Literal["units", "people"] = "units"
    order: Literal["highest", "lowest"] = "highest"
    most: int = Field(3, ge=1, le=20)
    at_least: int | None = None
    at_most: int | None = None

    def takes(self, value: int | None) -> bool:
        """Whether a value is within the limits."""
        if value is None:
            return False
        low, high = self.at_least, self.at_most
        return (low is None or value >= low) and (high is None or value <= high)


class ReportPlan(Part):
    """A kind of bulletin."""

    key: Key
    title: Title
    every: Every = "month"
    draft_day: int = Field(3, ge=0, le=28)
    at: time = time(9, 0)
    depth: int | None = Field(None, ge=1)
    post_to: Literal["unit", "below", "none"] = "unit"
    approvers: Who | None = None
    chapters: tuple[ReportChapter, ...] = Field(min_length=1)
    lists: tuple[ListRule, ...] = ()


class ReportsPart(Part):
    """Every kind of bulletin."""

    reports: tuple[ReportPlan, ...] = ()

    def plan(self, key: str) -> ReportPlan | None:
        """A kind of bulletin by its key."""
        return next((plan for plan in self.reports if plan.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, figures and cohorts that there are not, lists of people of what has no people."""
        yield from twice(tuple(plan.key for plan in self.reports), "reports")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, plan in enumerate(self.reports):
            here = f"reports[{at}]"
            yield from twice(tuple(chapter.key for chapter in plan.chapters), f"{here}.chapters")
            yield from twice(tuple(rule.key for rule in plan.lists), f"{here}.lists")
            for key in plan.approvers.cohorts if plan.approvers is not None else ():
                if key not in cohorts:
                    yield Flaw(f"{here}.approvers.cohorts", "unknown_name", key)
            for number, chapter in enumerate(plan.chapters):
                for figure in chapter.figures:
                    if figure not in MEASURE:
                        yield Flaw(f"{here}.chapters[{number}].figures", "unknown_name", figure)
            for number, rule in enumerate(plan.lists):
                if rule.figure not in MEASURE:
                    yield Flaw(f"{here}.lists[{number}].figure", "unknown_name", rule.figure)
                elif MEASURE[rule.figure].by or (
                    rule.of == "people" and MEASURE[rule.figure].how not in ("count", "sum", "rate", "mean")
                ):
                    yield Flaw(f"{here}.lists[{number}].figure", "wrong", rule.figure)

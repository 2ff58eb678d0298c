"""``claims.toml``: items that people take on (领办、认领), each with milestones; pools of them, with or without two-way choice.

.. code-block:: toml

    [[pools]]
    key = "service"
    title = {"zh-CN" = "民生实事", "zh-TW" = "民生實事", en = "Public-service items"}
    most = 2                      # a person and period
    least = 1                     # fewer than this is shown to the office as missing
    period = "year"               # or "half", "quarter", "ever"
    approval = false              # true: a claim has to be approved
    reviewers = "unit"            # who rules on claims and reports: organisers of the holder's unit (or "above")
    evidence = true               # a report needs a photo or file

    [pools.who]
    titles = ["县长"]

    [[pools.milestones]]
    key = "plan"
    title = "谋划"
    days = 30                     # after the milestone before it; the first counts from the claim
    report = "上报实施方案"

    [pools.two_way]               # two-way choice (双向选择) instead of first come, first served
    wishes = 3                    # how many may be stated, in order
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import Field

from study.programme.words import Flaw, Key, Part, Title, Who, twice

Period = Literal["year", "half", "quarter", "ever"]
ItemField = Literal["work", "measure", "owner", "leader", "deadline"]
FIELDS: tuple[ItemField, ...] = ("work", "measure", "owner", "leader", "deadline")


class Milestone(Part):
    """One stage of an item. ``days`` after the stage before; ``report`` says what has to be reported."""

    key: Key
    title: Title
    days: int = Field(ge=1, le=1500)
    report: Title | None = None


class TwoWay(Part):
    """Two-way choice: people state up to ``wishes`` items in order, then the office states whom it would take."""

    wishes: int = Field(3, ge=1, le=8)


class Pool(Part):
    """A pool of items. ``needs``: the fields without which an item cannot be put up; its title is always needed."""

    key: Key
    title: Title
    who: Who = Who.model_construct()
    most: int = Field(1, ge=1, le=50)
    least: int = Field(0, ge=0, le=50)
    period: Period = "year"
    milestones: tuple[Milestone, ...] = Field(min_length=1, max_length=8)
    approval: bool = False
    needs: tuple[ItemField, ...] = ()
    reviewers: Literal["unit", "above"] = "unit"
    evidence: bool = False
    two_way: TwoWay | None = None


class Claims(Part):
    """Every pool."""

    pools: tuple[Pool, ...] = ()

    def of(self, key: str) -> Pool | None:
        """A pool by its key."""
        return next((pool for pool in self.pools if pool.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, cohorts that there are not, fewer allowed than wanted."""
        yield from twice(tuple(pool.key for pool in self.pools), "pools")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, pool in enumerate(self.pools):
            yield from twice(tuple(one.key for one in pool.milestones), f"pools[{at}].milestones")
            if pool.least > pool.most:
                yield Flaw(f"pools[{at}].least", "wrong", pool.least)
            for key in pool.who.cohorts:
                if key not in cohorts:
                    yield Flaw(f"pools[{at}].who.cohorts", "unknown_name", key)


def period_of(period: Period, day: date) -> str:
    """The name of the period that a day is in: ``2026``, ``2026-H2``, ``2026-Q4``; ``""`` for the only one that there is."""
    match period:
        case "year":
            return f"{day.year}"
        case "half":
            return f"{day.year}-H{(day.month + 5) // 6}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "ever":
            return ""

"""``daily.toml``: a question a day from a bank (the must-know list), to the groups and in private.

.. code-block:: toml

    [[cards]]
    key = "must_know"
    title = {"zh-CN" = "应知应会30问", "zh-TW" = "應知應會30問", en = "30 things to know"}
    bank = "应知应会30问"           # the name under which the bank was imported
    at = 08:30:00
    closes = 18:00:00             # then the groups see the answer and how many knew it
    days = "workdays"             # or "every day", or ["monday", "thursday"]
"""

from collections.abc import Iterator
from datetime import time
from typing import Any

from pydantic import model_validator

from study.calendar import WEEKDAYS, Days
from study.programme.words import Flaw, Key, Part, Title, Who, twice


class DailyPlan(Part):
    """A question a day. ``groups``: a card in every group of a unit; ``private``: one to each who is meant."""

    key: Key
    title: Title
    bank: str
    at: time = time(8, 30)
    closes: time = time(18, 0)
    days: Days = "workdays"
    groups: bool = True
    private: bool = False
    who: Who = Who.model_construct()

    @model_validator(mode="after")
    def _in_order(self) -> "DailyPlan":
        if self.closes <= self.at or (not isinstance(self.days, str) and set(self.days) - set(WEEKDAYS)):
            raise ValueError("daily")
        return self


class Daily(Part):
    """Every question of a day; one a plan and day."""

    cards: tuple[DailyPlan, ...] = ()

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, cohorts that there are not."""
        yield from twice(tuple(plan.key for plan in self.cards), "cards")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, plan in enumerate(self.cards):
            for key in plan.who.cohorts:
                if key not in cohorts:
                    yield Flaw(f"cards[{at}].who.cohorts", "unknown_name", key)

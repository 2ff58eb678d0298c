"""``ideas.toml``: campaigns in which ideas are collected (金点子), year after year.

.. code-block:: toml

    [[campaigns]]
    key = "golden_2026"
    title = {"zh-CN" = "2026年“金点子”征集", "zh-TW" = "2026年「金點子」徵集", en = "Golden ideas 2026"}
    first = 2026-03-01
    last = 2026-10-31
    votes = 10                    # a person may have given at one time
    anonymous = false             # true: the list shows no names (the office sees them all the same)
    categories = ["服务", "管理"]
    pool = "innovation"           # an adopted idea may become an item of this pool (claims.toml)

    [campaigns.who]
    units = ["余杭区"]
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from study.programme.words import Flaw, Key, Part, Title, Who, twice


class Campaign(Part):
    """A time in which ideas are collected and voted on."""

    key: Key
    title: Title
    first: date
    last: date
    who: Who = Who.model_construct()
    votes: int = Field(10, ge=1, le=1000)
    anonymous: bool = False
    categories: tuple[str, ...] = Field((), max_length=12)
    pool: Key | None = None


class Ideas(Part):
    """Every campaign."""

    campaigns: tuple[Campaign, ...] = ()

    def of(self, key: str) -> Campaign | None:
        """A campaign by its key."""
        return next((one for one in self.campaigns if one.key == key), None)

    def on(self, day: date) -> tuple[Campaign, ...]:
        """The campaigns that are on, the newest first."""
        running = [one for one in self.campaigns if one.first <= day <= one.last]
        return tuple(sorted(running, key=lambda one: one.first, reverse=True))

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, an end before the beginning, cohorts and pools that there are not."""
        yield from twice(tuple(one.key for one in self.campaigns), "campaigns")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        pools = {pool.key for pool in whole.claims.pools}
        for at, one in enumerate(self.campaigns):
            if one.last < one.first:
                yield Flaw(f"campaigns[{at}].last", "wrong", str(one.last))
            if one.pool is not None and one.pool not in pools:
                yield Flaw(f"campaigns[{at}].pool", "unknown_name", one.pool)
            for key in one.who.cohorts:
                if key not in cohorts:
                    yield Flaw(f"campaigns[{at}].who.cohorts", "unknown_name", key)

"""``quotas.toml``: what each person has to come to within a period, slot by slot.

.. code-block:: toml

    [[quotas]]
    key = "five_ones"
    title = {"zh-CN" = "五个一", "zh-TW" = "五個一", en = "Five ones"}
    who = {levels = ["领导干部"]}
    period = "year"
    remind_days = 60                 # its gaps are reminded of in the last 60 days of the period: weekly, at last daily

    [[quotas.slots]]
    key = "book"
    title = {"zh-CN" = "一本好书", "zh-TW" = "一本好書", en = "A good book"}
    work = "book"                    # an accepted work; or task = "reflection", sessions = "lectured" | "attended" | "spoke"
    count = 1
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field as Bound

from study.periods import Every
from study.programme.words import Flaw, Key, Part, Title, Who, twice


class Slot(Part):
    """One slot: filled by accepted works of a kind, accepted tasks of a kind, or sessions (of a series) that were held.

    Exactly one of ``work``, ``task`` and ``sessions`` is given.
    """

    key: Key
    title: Title
    count: int = Bound(1, ge=1, le=400)
    work: Key | None = None
    task: Literal["reflection", "assignment"] | None = None
    sessions: Literal["lectured", "attended", "spoke"] | None = None
    series: Key | None = None


class Quota(Part):
    """What those who are meant have to come to within each period."""

    key: Key
    title: Title
    who: Who = Who.model_construct()
    period: Every = "year"
    remind_days: int = Bound(30, ge=0, le=366)
    slots: tuple[Slot, ...] = Bound(min_length=1)


class Quotas(Part):
    """Every quota."""

    quotas: tuple[Quota, ...] = ()

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, works that there are not, slots that nothing (or more than one thing) fills."""
        yield from twice(tuple(quota.key for quota in self.quotas), "quotas")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, quota in enumerate(self.quotas):
            yield from twice(tuple(slot.key for slot in quota.slots), f"quotas[{at}].slots")
            for key in quota.who.cohorts:
                if key not in cohorts:
                    yield Flaw(f"quotas[{at}].who.cohorts", "unknown_name", key)
            for number, slot in enumerate(quota.slots):
                where = f"quotas[{at}].slots[{number}]"
                if sum(source is not None for source in (slot.work, slot.task, slot.sessions)) != 1:
                    yield Flaw(where, "wrong", slot.key)
                elif slot.work is not None and whole.works.kind(slot.work) is None:
                    yield Flaw(f"{where}.work", "unknown_name", slot.work)
                elif slot.series is not None and slot.sessions is None:
                    yield Flaw(f"{where}.series", "wrong", slot.series)

"""``points.toml``: which rule gives how many points for what, and how many at most.

.. code-block:: toml

    [caps]
    day = 30                      # over all rules; also week, month, year

    [[rules]]
    key = "innovation_excellent"
    title = {"zh-CN" = "创新课题评为优秀", "zh-TW" = "創新課題評為優秀", en = "Innovation topic rated excellent"}
    on = "work.rated"             # what happens; docs/points.md lists every name
    where = {work = "innovation", rating = "excellent"}
    points = 10
    caps = {year = 20}
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from storage.ledger import BY_HAND
from study.happenings import HAPPENINGS
from study.programme.words import Flaw, Key, Part, Title, twice


class Caps(Part):
    """The most points of a person within a calendar day, week (from Monday), month, year; ``None``: no limit."""

    day: int | None = Field(None, ge=1)
    week: int | None = Field(None, ge=1)
    month: int | None = Field(None, ge=1)
    year: int | None = Field(None, ge=1)


class PointRule(Part):
    """One rule. ``where`` has to agree with what happened; what it does not name does not matter.

    ``each``: the points are for each time that it happened in one piece of evidence (each right answer of a contest).
    """

    key: Key
    title: Title
    on: str
    where: Mapping[str, str] = Field(default_factory=dict)
    points: int = Field(ge=-1000, le=1000)
    each: bool = False
    caps: Caps = Caps()

    def fits(self, name: str, about: Mapping[str, str]) -> bool:
        """Whether the rule is about something that happened."""
        return self.on == name and all(about.get(key) == value for key, value in self.where.items())

    def worth(self, count: int) -> int:
        """What it gives, before its caps, for something that happened so often."""
        return self.points * (count if self.each else 1)


class Points(Part):
    """Every rule, and the caps over all of them."""

    caps: Caps = Caps()
    rules: tuple[PointRule, ...] = ()

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, or that the ledger has for itself; rules about what never happens."""
        yield from twice(tuple(rule.key for rule in self.rules), "rules")
        for at, rule in enumerate(self.rules):
            if rule.key == BY_HAND:
                yield Flaw(f"rules[{at}].key", "reserved", rule.key)
            if rule.on not in HAPPENINGS:
                yield Flaw(f"rules[{at}].on", "unknown_name", rule.on)

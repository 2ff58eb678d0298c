"""What other capabilities add to the points card: the gaps of a quota, a year's lectures.

A capability adds a function to ``SECTIONS`` and words for its ``name`` to
``handlers.present.card_sections.SECTION_WORDS``.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from quizzes.part import Part
from storage import Tx
from storage.people import Person
from study.calendar import day_of
from study.programme.works import WorkKind
from study.quotas import quotas_of, standing


class CardSection(Part):
    """A part of a card: ``name`` says whose words it takes, ``facts`` is what they say (JSON's own types)."""

    name: str
    facts: tuple[dict[str, Any], ...]


def quotas_section(tx: Tx, person: Person, now: datetime, zone: ZoneInfo) -> Iterable[CardSection]:
    """Each quota of a person, slot by slot: how many of how many, and which period it is about."""
    today = day_of(now, zone)
    for quota in quotas_of(tx, person):
        found = standing(tx, person, quota, today, zone)
        slots = [{"title": gap.title.root, "done": gap.done, "wanted": gap.wanted} for gap in found]
        facts = {"title": quota.title.root, "period": found[0].period.key, "slots": slots}
        yield CardSection(name="quotas", facts=(facts,))


def attendance_section(tx: Tx, person: Person, now: datetime, zone: ZoneInfo) -> Iterable[CardSection]:
    """The register of the year: how many sessions there were for the person, and what became of each."""
    year = day_of(now, zone).year
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    statuses = Counter(line.status.value for line in tx.attendance.history(person.id, first, last))
    if statuses:
        yield CardSection(name="attendance", facts=({"year": year, **statuses},))


def works_section(tx: Tx, person: Person, now: datetime, zone: ZoneInfo) -> Iterable[CardSection]:
    """The works under way that the person leads or takes part in, the newest first."""
    found = [row for row in tx.works.of_person(person.id) if row.phase in ("writing", "review")]
    if found:
        facts = tuple(
            {
                "kind": WorkKind.model_validate_json(row.plan).title.root,
                "title": row.title,
                "phase": row.phase,
                "returned": bool(row.returned),
            }
            for row in found[:_MOST_WORKS]
        )
        yield CardSection(name="works", facts=facts)


_MOST_WORKS = 8
SECTIONS: Final[tuple[Callable[[Tx, Person, datetime, ZoneInfo], Iterable[CardSection]], ...]] = (
    quotas_section,
    attendance_section,
    works_section,
)
"""Asked in this order for every card; a capability that is switched off gives nothing."""

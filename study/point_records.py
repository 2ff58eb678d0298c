"""Points as records: every entry for those who script, a line a person for the yearly assessment."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from storage.ledger import BY_HAND, Booked
from study.entry_facts import rule_titles
from study.point_views import Words
from study.programme import programme_in_force


@dataclass(frozen=True, slots=True)
class Total:
    """What a person's year comes to: by rule, and altogether."""

    code: str
    name: str
    unit: str
    left: bool
    points: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rules together."""
        return sum(self.points.values())


@dataclass(frozen=True, slots=True)
class Totals:
    """A year for the assessment: the rules in the programme's order with their titles, a line a person by unit and name."""

    year: int
    rules: tuple[tuple[str, Words], ...]
    lines: tuple[Total, ...]


class PointRecords:
    """Hands out what the ledger says."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone

    async def export(
        self, *, year: int | None = None, units: frozenset[int] | None = None
    ) -> tuple[Mapping[str, object], ...]:
        """Every entry of a year (of all by default) and of some units (of all by default), by day.

        Each line is ``{"name", "unit", "rule", "points", "at", "evidence"}`` and ``number``, ``day``, ``reason``, ``reverses``;
        the unit is the path of the one that the person was in, ``at`` ISO 8601 in the programme's zone.
        """
        return tuple([entry async for page in self.pages(year=year, units=units) for entry in page])

    async def pages(
        self, *, year: int | None = None, units: frozenset[int] | None = None
    ) -> AsyncIterator[tuple[Mapping[str, object], ...]]:
        """The same a day at a time: a ledger of a million entries is never in memory as a whole."""
        start, end = (date.min, date.max) if year is None else (date(year, 1, 1), date(year, 12, 31))

        def work(tx: Tx) -> tuple[date, tuple[Mapping[str, object], ...]] | None:
            day = tx.ledger.next_day(start, end)
            if day is None:
                return None
            rows = tx.ledger.period(day, day)
            return day, tuple(_record(row, self._zone) for row in rows if units is None or row.unit_id in units)

        while (found := await self._database.read(work)) is not None:
            day, entries = found
            yield entries
            start = day + timedelta(days=1)

    async def totals(self, year: int, *, units: frozenset[int] | None = None) -> Totals:
        """A year, a line for everybody on the roster (and for whoever has left with points), of some units or of all."""

        def work(tx: Tx) -> Totals:
            rows = [
                row
                for row in tx.ledger.months(f"{year:04}-01", f"{year:04}-12")
                if (units is None or row.unit_id in units) and (row.left_at is None or row.rule is not None)
            ]
            booked = {row.rule for row in rows if row.rule is not None}
            titles = rule_titles(tx, booked)
            order = [rule.key for rule in programme_in_force(tx).points.rules]
            listed = [key for key in order if key in booked] + sorted(booked - {*order, BY_HAND})
            if BY_HAND in booked:
                listed.append(BY_HAND)
            people: dict[int, Total] = {}
            for row in rows:
                known = people.get(row.person_id)
                points = {} if known is None else dict(known.points)
                if row.rule is not None and row.points is not None:
                    points[row.rule] = row.points
                people[row.person_id] = Total(row.code, row.name, row.unit, row.left_at is not None, points)
            return Totals(year, tuple((key, titles.get(key, {})) for key in listed), tuple(people.values()))

        return await self._database.read(work)


def _record(row: Booked, zone: ZoneInfo) -> Mapping[str, object]:
    return {
        "name": row.name,
        "unit": row.unit,
        "rule": row.rule,
        "points": row.points,
        "at": row.at.astimezone(zone).isoformat(timespec="seconds"),
        "evidence": row.evidence,
        "number": row.id,
        "day": row.day.isoformat(),
        "reason": row.reason,
        "reverses": row.reverses,
    }

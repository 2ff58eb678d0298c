"""The figures of a report, counted from the rows, and the rows behind each of them.

One query a source sums its rows by unit, person and part; every figure (of the whole, of a unit, of the period before) is made of
these sums by :mod:`study.report_rules`. The rows that :func:`rows` gives come from the very same query.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from quizzes import live, tournament_log
from quizzes.engine.frozen import dataclass
from quizzes.tournament.evolve import replay
from storage import Tx
from storage.reports import Window
from study.calendar import moment
from study.periods import Every, Period, period_of
from study.programme import Programme
from study.programme.words import Title
from study.report_quotas import QuotaLine, complete, quota_lines, quota_sums
from study.report_rules import MEASURE, MEASURES, Counted, Measure, Sums, parts_of, rows_of, value_of
from study.report_views import Chapter, Figure, Report, ReportUnit, RowLine, Trend, Winner

_TREND_MONTHS = 6
ALL_ROWS = 10_000_000
EVER = 2**62
"""No entry of the points has a number above it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit with those below it, or the whole programme (``unit_id`` and ``units`` are ``None`` then).

    ``children`` are the units right below, each with the ids of all that it has below itself.
    """

    unit_id: int | None
    name: str
    path: str
    units: frozenset[int] | None
    children: tuple[tuple[ReportUnit, frozenset[int]], ...]


def scope_of(tx: Tx, unit_id: int | None, whole: str = "") -> Scope:
    """The unit that a report is about; ``whole`` is what the whole programme is called."""
    all_units = tx.people.units()
    paths = {unit.id: unit.path for unit in all_units}

    def below(path: str) -> frozenset[int]:
        return frozenset(one for one, other in paths.items() if other == path or other.startswith(f"{path}/"))

    children = tuple(
        (ReportUnit(id=unit.id, name=unit.name), below(unit.path)) for unit in all_units if unit.parent_id == unit_id
    )
    own = next((unit for unit in all_units if unit.id == unit_id), None)
    if own is None:
        return Scope(None, whole, "", None, children)
    return Scope(own.id, own.name, own.path, below(own.path), children)


def window_of(tx: Tx, period: Period, zone: ZoneInfo, now: datetime, upto: int | None = None) -> Window:
    """The period as the queries want it, with the entries of the points up to one (all that there are)."""
    begin = moment(period.first, time(0), zone)
    end = moment(period.last + timedelta(days=1), time(0), zone)
    return Window(period.first, period.last, begin, end, tx.reports.newest_entry() if upto is None else upto, now)


def period_before(every: Every, period: Period) -> Period:
    """The period before another."""
    return period_of(every, period.first - timedelta(days=1))


class Count:
    """The sums of one window; each source is asked once.

    Without ``people`` only what is counted and summed is known and not of how many people it is: a twentieth of the sums.
    With a ``path`` only the rows of that unit and of those below it are known.
    """

    def __init__(
        self, tx: Tx, programme: Programme, window: Window, zone: ZoneInfo, *, people: bool = True, path: str = ""
    ) -> None:
        self._tx, self._programme, self._window, self._zone = tx, programme, window, zone
        self._people, self._path = people, path
        self._sums: dict[str, Sums] = {}
        self._lines: list[QuotaLine] | None = None

    def quotas(self) -> list[QuotaLine]:
        """Everybody's quotas."""
        if self._lines is None:
            self._lines = quota_lines(self._tx, self._programme, self._window, self._zone)
        return self._lines

    def of(self, source: str) -> Sums:
        """The sums of a source."""
        if source.startswith("quota_") and source not in self._sums:
            self._sums |= {name: Sums(found) for name, found in quota_sums(self.quotas()).items()}
        elif source not in self._sums:
            found = self._tx.reports.sums(source, self._window, people=self._people, path=self._path)
            # The same five fields; making them anew took as long as the query.
            self._sums[source] = Sums(cast("Sequence[Counted]", found))
        return self._sums[source]

    def value(self, measure: Measure, units: Collection[int] | None, part: str = "") -> int | None:
        """What a measure comes to in some units."""
        return value_of(measure, self.of(measure.source).within(units, _parts(measure, part)))

    def rows(self, measure: Measure, units: Collection[int] | None, part: str = "") -> int:
        """How many rows are behind it."""
        return rows_of(measure, self.of(measure.source).within(units, _parts(measure, part)))


def report_of(
    tx: Tx,
    programme: Programme,
    scope: Scope,
    every: Every,
    day: date,
    *,
    zone: ZoneInfo,
    now: datetime,
    chapters: Sequence[tuple[str, Title | None, Sequence[str]]] = (),
    trends: bool = False,
) -> Report:
    """Count the period that a day lies in; without ``chapters`` everything that there is anything of, in the usual chapters."""
    period = period_of(every, day)
    window = window_of(tx, period, zone, now)
    counts = Count(tx, programme, window, zone, path=scope.path)
    earlier = period_before(every, period)
    before = Count(tx, programme, window_of(tx, earlier, zone, now), zone, path=scope.path)
    wanted = chapters or _usual()
    made = []
    for key, title, keys in wanted:
        figures = tuple(figure for one in keys for figure in _figures(MEASURE[one], programme, scope, counts, before))
        if not chapters and not any(figure.value or figure.before for figure in figures):
            continue
        made.append(Chapter(key=key, title=None if title is None else title.root, figures=figures))
    return Report(
        every=every,
        period=period.key,
        first=period.first,
        last=period.last,
        unit_id=scope.unit_id,
        unit=scope.name,
        path=scope.path,
        taken_at=now,
        newest_entry=window.upto,
        units=tuple(unit for unit, _ in scope.children),
        chapters=tuple(made),
        winners=tuple(_winners(tx, window, scope)),
        trends=tuple(_trends(tx, programme, scope, period, made, zone, now, {period: counts, earlier: before}))
        if trends
        else (),
    )


def _usual() -> list[tuple[str, Title | None, Sequence[str]]]:
    chapters: dict[str, list[str]] = {}
    for measure in MEASURES:
        chapters.setdefault(measure.key.partition(".")[0], []).append(measure.key)
    return [(key, None, keys) for key, keys in chapters.items()]


def _figures(measure: Measure, programme: Programme, scope: Scope, counts: Count, before: Count) -> Iterator[Figure]:
    for part in parts_of(measure, counts.of(measure.source).within(scope.units)) if measure.by else [""]:
        yield Figure(
            key=measure.key,
            how=measure.how,
            by=measure.by,
            part=part,
            title=part_title(measure, part, programme),
            value=counts.value(measure, scope.units, part),
            before=before.value(measure, scope.units, part),
            rows=counts.rows(measure, scope.units, part),
            units=tuple(counts.value(measure, below, part) for _, below in scope.children),
        )


def part_title(measure: Measure, part: str, programme: Programme) -> dict[str, str] | None:
    """What a part of a measure is called, as the programme in force has it; the part itself if it is not there any more."""
    if not measure.by:
        return None
    key, _, rest = part.partition("/")
    found: Title | None = None
    if measure.by in ("work", "rating", "stage"):
        kind = programme.works.kind(key)
        found = None if kind is None else kind.title
        if kind is not None and rest:
            inner = kind.rating(rest) if measure.by == "rating" else None
            if measure.by == "stage" and rest.isdecimal() and int(rest) < len(kind.stages):
                inner = kind.stages[int(rest)].title
            return {
                language: f"{kind.title.within(language)} · {rest if inner is None else inner.within(language)}"
                for language in ("zh-CN", "zh-TW", "en")
            }
    elif measure.by == "quota":
        found = next((quota.title for quota in programme.quotas.quotas if quota.key == key), None)
    elif measure.by == "rule":
        found = next((rule.title for rule in programme.points.rules if rule.key == key), None)
    return None if found is None else found.root


def _trends(
    tx: Tx,
    programme: Programme,
    scope: Scope,
    period: Period,
    chapters: Sequence[Chapter],
    zone: ZoneInfo,
    now: datetime,
    counted: Mapping[Period, Count],
) -> Iterator[Trend]:
    """The first figure of each chapter over the months: those of the period, of a month the last six.

    ``counted``: periods that are counted already; if they are months, they are not counted again.
    """
    months = [period_of("month", period.last)]
    while months[0].first > period.first or (period.key == months[-1].key and len(months) < _TREND_MONTHS):
        months.insert(0, period_before("month", months[0]))
    counts = [
        counted.get(month) or Count(tx, programme, window_of(tx, month, zone, now), zone, people=False, path=scope.path)
        for month in months
    ]
    for chapter in chapters:
        first = next((one for one in chapter.figures if not one.by and one.how in ("count", "sum")), None)
        if first is not None:
            values = tuple(count.value(MEASURE[first.key], scope.units) for count in counts)
            yield Trend(key=first.key, months=tuple(month.key for month in months), values=values)


def _winners(tx: Tx, window: Window, scope: Scope) -> Iterator[Winner]:
    for line in tx.reports.lines("contest_finished", window, path=scope.path, most=ALL_ROWS):
        over = [event for event in live.events_of(tx, int(line.row_id)) if hasattr(event, "standings")]
        names = tuple(team.name for team in over[-1].standings.teams if team.rank == 1) if over else ()
        yield Winner(kind="contest", id=int(line.row_id), title=line.what, names=names)
    for line in tx.reports.lines("tournament_finished", window, path=scope.path, most=ALL_ROWS):
        tournament = replay(tournament_log.events_of(tx, int(line.row_id)))
        names = tuple(
            tournament.entrants[one.entrant].name for one in getattr(tournament, "places", ()) if one.place == 1
        )
        yield Winner(kind="tournament", id=int(line.row_id), title=line.what, names=names)


def _parts(measure: Measure, part: str) -> tuple[str, ...]:
    return (part,) if measure.by else measure.parts


def rows(
    tx: Tx,
    programme: Programme,
    scope: Scope,
    figure: Figure,
    window: Window,
    zone: ZoneInfo,
    *,
    most: int = ALL_ROWS,
    after: int = 0,
) -> Sequence[RowLine]:
    """The very rows behind a figure, in order of time."""
    measure = MEASURE[figure.key]
    if measure.source.startswith("quota_"):
        return quota_rows(tx, programme, scope, measure, figure.part, window, zone)[after : after + most]
    found = tx.reports.lines(
        measure.source, window, path=scope.path, parts=_parts(measure, figure.part), most=most, after=after
    )
    return [
        RowLine(
            table=one.source,
            id=one.row_id,
            day=one.day or (None if one.at is None else one.at.astimezone(zone).date()),
            name=one.name or "",
            what=one.what,
            amount=one.amount,
        )
        for one in found
    ]


def quota_rows(
    tx: Tx, programme: Programme, scope: Scope, measure: Measure, part: str, window: Window, zone: ZoneInfo
) -> list[RowLine]:
    """The people, or the people and slots, behind a figure of a quota."""
    lines = [
        line
        for line in quota_lines(tx, programme, window, zone)
        if line.quota.key == part and (scope.units is None or line.person.unit_id in scope.units)
    ]
    if measure.source == "quota_gaps":
        return [
            RowLine(
                table="people",
                id=f"{line.person.id}:{line.slot.key}",
                day=window.last,
                name=line.person.name,
                what=f"{line.slot.title.within('zh-CN')} {line.done}/{line.slot.count}",
                amount=line.missing,
            )
            for line in lines
            if line.missing
        ]
    return [
        RowLine(table="people", id=str(person.id), day=window.last, name=person.name, what="", amount=1)
        for person, _, done in complete(lines)
        if done or measure.source == "quota_people"
    ]


def seen_at(window: Window, newest_entry: int, taken_at: datetime) -> Window:
    """The window as a snapshot has seen it."""
    return replace(window, upto=newest_entry, now=taken_at)

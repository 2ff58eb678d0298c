"""What a draft is made of: the snapshot of its figures with the rows behind them, its lists by rule, its sheets."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.bulletins import Bulletin
from study.bulletin_views import BulletinFacts, Lists, Named, NameList
from study.periods import period_of, read_period
from study.programme import Programme
from study.programme.reports import ListRule, ReportPlan
from study.report_figures import ALL_ROWS, Count, Scope, report_of, rows, scope_of, window_of
from study.report_rules import MEASURE, value_of
from study.report_views import Figure, Report, RowLine

TEXT_LIMIT = 1500
"""Characters of a chapter's text: with its figures it has to fit into one message."""
_SHEET = 2600
_FIGURE, _NAME = 45, 25
"""Characters that a figure and a name take on a sheet, generously."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Figures as they were at one moment, the lists by rule, and the rows behind the figures by source."""

    report: Report
    lists: Lists
    rows: dict[str, list[list[Any]]]


def snapshot(
    tx: Tx, programme: Programme, plan: ReportPlan, scope: Scope, day: date, *, zone: ZoneInfo, now: datetime
) -> Snapshot:
    """Count everything that a kind of bulletin wants for the period that a day lies in."""
    chapters = [(chapter.key, chapter.title, chapter.figures) for chapter in plan.chapters]
    report = report_of(tx, programme, scope, plan.every, day, zone=zone, now=now, chapters=chapters, trends=True)
    window = window_of(tx, period_of(plan.every, day), zone, now, report.newest_entry)
    counts = Count(tx, programme, window, zone)
    kept: dict[str, list[list[Any]]] = {}
    for figure in report.figures:
        measure = MEASURE[figure.key]
        if measure.source == "points" or (measure.source in kept and not measure.source.startswith("quota_")):
            continue
        if measure.source.startswith("quota_"):
            found = rows(tx, programme, scope, figure, window, zone)
            kept.setdefault(measure.source, []).extend(_packed(line, figure.part) for line in found)
            continue
        kept[measure.source] = [
            [
                line.source,
                line.row_id,
                _day(line.day or (None if line.at is None else line.at.astimezone(zone).date())),
                line.person_id,
                line.part,
                line.what,
                line.amount,
            ]
            for line in tx.reports.lines(measure.source, window, path=scope.path, most=ALL_ROWS)
        ]
    lists = Lists(lists=tuple(_list(tx, programme, rule, scope, counts) for rule in plan.lists))
    return Snapshot(report, lists, kept)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _packed(line: RowLine, part: str) -> list[Any]:
    person = line.id.partition(":")[0]
    return [line.table, line.id, _day(line.day), int(person), part, line.what, line.amount]


def _list(tx: Tx, programme: Programme, rule: ListRule, scope: Scope, counts: Count) -> NameList:
    measure = MEASURE[rule.figure]
    found: list[tuple[int, str]] = []
    if rule.of == "units":
        for unit, below in scope.children:
            value = counts.value(measure, below)
            if value is not None and rule.takes(value):
                found.append((value, unit.name))
    elif measure.source != "points" or ranks_may_be_shown(programme, scope):
        people = {person.id: person for person in tx.people.everybody()}
        per_person: dict[int, list[Any]] = {}
        for one in counts.of(measure.source).within(scope.units, measure.parts):
            if isinstance(one.subject, int):
                per_person.setdefault(one.subject, []).append(one)
        for person_id, sums in per_person.items():
            value = value_of(measure, sums)
            if value is not None and person_id in people and rule.takes(value):
                found.append((value, people[person_id].name))
    found.sort(key=lambda one: (-one[0] if rule.order == "highest" else one[0], one[1]))
    if rule.order == "highest":
        found = [one for one in found if one[0] > 0]
    names = tuple(Named(name=name, value=value) for value, name in found[: rule.most])
    return NameList(key=rule.key, kind=rule.kind, title=rule.title.root, figure=rule.figure, names=names)


def ranks_may_be_shown(programme: Programme, scope: Scope) -> bool:
    """Whether people may be ranked by points in a group of the unit: only as far as the programme lets ranks be seen."""
    visible = programme.header.ranks.visible
    return visible == "everyone" or (visible == "unit" and scope.unit_id is not None and not scope.children)


def frozen_rows(tx: Tx, row: Bulletin, figure: Figure, zone: ZoneInfo) -> Sequence[RowLine]:
    """The rows behind a figure as they were at the snapshot; people by the names that they have now."""
    measure = MEASURE[figure.key]
    if measure.source == "points":
        found = read_period(row.period)
        if found is None:
            return ()
        report = Report.model_validate_json(row.figures)
        # Entries are never changed, so those up to the newest of the snapshot are what it has seen.
        scope = replace(scope_of(tx, row.unit_id), path=report.path)
        window = window_of(tx, found[1], zone, row.taken_at, row.newest_entry)
        return rows(tx, Programme(), scope, figure, window, zone)
    parts = (figure.part,) if measure.by else measure.parts
    people = {person.id: person for person in tx.people.ever()}
    lines = []
    for table, row_id, day, person_id, part, what, amount in tx.bulletins.rows(row.id, measure.source):
        if parts and part not in parts:
            continue
        person = people.get(person_id)
        # Whoever asked to be removed is no name any more, and what they had written is none of ours either.
        removed = person is not None and person.code == f"removed-{person.id}"
        lines.append(
            RowLine(
                table=table,
                id=row_id,
                day=None if day is None else date.fromisoformat(day),
                name="" if person is None else person.name,
                what="" if removed else what,
                amount=amount,
            )
        )
    return lines


def facts_of(tx: Tx, row: Bulletin, programme: Programme) -> BulletinFacts:
    """A bulletin as it is shown."""
    plan = programme.reports.plan(row.report)
    return BulletinFacts(
        id=row.id,
        report=row.report,
        title={"en": row.report} if plan is None else plan.title.root,
        version=row.version,
        state=row.state.value,
        figures=Report.model_validate_json(row.figures),
        texts=dict(tx.bulletins.texts(row.id)),
        lists=Lists.model_validate_json(row.lists).lists,
        reason=row.reason,
        submitter=row.submitter,
        approver=row.approver,
        posted_at=row.posted_at,
    )


def sheets(facts: BulletinFacts) -> list[tuple[int, ...]]:
    """The chapters of each message, so that none is too long for one; the lists stand on the last."""
    found: list[tuple[int, ...]] = []
    room = 0
    for number, size in enumerate(_sizes(facts)):
        if not found or room + size > _SHEET:
            found.append(())
            room = 0
        if number < len(facts.figures.chapters):
            found[-1] = (*found[-1], number)
        room += size
    return found


def _sizes(facts: BulletinFacts) -> Iterator[int]:
    for chapter in facts.figures.chapters:
        yield 40 + _FIGURE * len(chapter.figures) + len(facts.texts.get(chapter.key, ""))
    yield 200 + sum(60 + _NAME * len(one.names) for one in facts.lists) + 80 * len(facts.figures.winners)

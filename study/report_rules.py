"""What a report counts, and how a figure comes of the rows behind it. Pure: sums in, figures out.

A :class:`Measure` names a source of rows (``report_<source>`` in ``storage/queries/reports.sql``, or a quota's) and how they make
the figure:

* ``count``: how many rows there are (sessions that several units share count once);
* ``people``: how many different people are behind them;
* ``sum``: what the rows' amounts come to;
* ``rate``: tenths of a percent of the rows whose amount is 1; ``mean``: the mean of the amounts, rounded half up.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from quizzes.engine.frozen import dataclass

How = Literal["count", "people", "sum", "rate", "mean"]
By = Literal["", "work", "stage", "rating", "rule", "quota", "plan"]

SHARED = frozenset({"session_held"})
"""Sources whose rows may belong to several units and count once."""


class Counted(NamedTuple):
    """What the rows of a unit and a subject (a person, or a shared row) come to in a part.

    A plain tuple: there is one for each person and part, and making tens of thousands has to be cheap.
    """

    unit_id: int | None
    subject: int | str | None
    part: str
    rows: int
    total: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that a report can have; ``parts`` limits the rows, ``by`` makes one figure of each part."""

    key: str
    source: str
    how: How
    parts: tuple[str, ...] = ()
    by: By = ""


_REFLECTIONS, _ASSIGNMENTS, _NOTICES, _RECTIFIED = (
    ("reflection", "own_reflection"),
    ("assignment",),
    ("notice",),
    ("rectification",),
)


def _tasks(name: str, parts: tuple[str, ...]) -> tuple[Measure, ...]:
    steps = ("asked", "handed", "on_time", "accepted", "overdue")
    return tuple(Measure(f"{name}.{step}", f"task_{step}", "count", parts) for step in steps)


MEASURES: tuple[Measure, ...] = (
    Measure("sessions.held", "session_held", "count"),
    Measure("sessions.attendances", "attended", "count"),
    Measure("sessions.people", "attended", "people"),
    Measure("sessions.rate", "expected", "rate"),
    Measure("sessions.absent", "absent", "count"),
    Measure("sessions.make_ups", "made_up", "count"),
    Measure("sessions.speeches", "spoke", "count"),
    Measure("sessions.speakers", "spoke", "people"),
    Measure("checkins.made", "checked_in", "count"),
    Measure("checkins.people", "checked_in", "people"),
    Measure("checkins.rate", "checkin_due", "rate"),
    Measure("materials.reads", "material_read", "count"),
    Measure("materials.people", "material_read", "people"),
    *_tasks("reflections", _REFLECTIONS),
    *_tasks("assignments", _ASSIGNMENTS),
    Measure("works.begun", "work_begun", "count", by="work"),
    Measure("works.open", "work_open", "count", by="stage"),
    Measure("works.accepted", "work_accepted", "count", by="work"),
    Measure("works.rated", "work_rated", "count", by="rating"),
    Measure("items.milestones", "item_milestone", "count"),
    Measure("items.on_time", "item_on_time", "count"),
    Measure("items.late", "item_late", "count"),
    Measure("ideas.submitted", "idea_submitted", "count"),
    Measure("ideas.people", "idea_submitted", "people"),
    Measure("ideas.adopted", "idea_adopted", "count"),
    Measure("quotas.people", "quota_people", "count", by="quota"),
    Measure("quotas.complete", "quota_complete", "count", by="quota"),
    Measure("quotas.gaps", "quota_gaps", "sum", by="quota"),
    Measure("exams.taken", "exam_taken", "count"),
    Measure("exams.people", "exam_taken", "people"),
    Measure("exams.passed", "exam_passed", "count"),
    Measure("exams.average", "exam_marked", "mean"),
    Measure("contests.finished", "contest_finished", "count"),
    Measure("contests.tournaments", "tournament_finished", "count"),
    Measure("rounds.held", "round_held", "count"),
    Measure("rounds.spoke", "round_spoke", "count"),
    Measure("rounds.speakers", "round_spoke", "people"),
    Measure("rounds.evaluations", "round_evaluated", "count"),
    *_tasks("notices", _NOTICES),
    *_tasks("rectifications", _RECTIFIED),
    Measure("items.taken", "item_taken", "count"),
    Measure("items.people", "item_taken", "people"),
    Measure("items.done", "item_done", "count"),
    Measure("visits.made", "visited", "count"),
    Measure("visits.people", "visited", "people"),
    Measure("surveys.sent", "survey_sent", "sum"),
    Measure("checklists.done", "checklist_done", "count"),
    Measure("points.given", "points", "sum"),
    Measure("points.people", "points", "people"),
    Measure("points.by_rule", "points", "sum", by="rule"),
)
MEASURE = {measure.key: measure for measure in MEASURES}
"""Every measure by its key, in the order of a whole report."""


def within(counted: Iterable[Counted], units: Collection[int] | None, parts: Sequence[str] = ()) -> list[Counted]:
    """What belongs to some units (``None``: to all and to none) and some parts (none named: all)."""
    return [one for one in counted if (units is None or one.unit_id in units) and (not parts or one.part in parts)]


class Sums:
    """The sums of one source, to be found by unit and part: each figure and each unit then looks at its own and no others."""

    def __init__(self, counted: Iterable[Counted]) -> None:
        self.all = list(counted)
        self._found: dict[int | None, dict[str, list[Counted]]] = {}
        for one in self.all:
            self._found.setdefault(one.unit_id, {}).setdefault(one.part, []).append(one)

    def within(self, units: Collection[int] | None, parts: Sequence[str] = ()) -> list[Counted]:
        """What :func:`within` would take of them."""
        if units is None and not parts:
            return self.all
        chosen = self._found.values() if units is None else [self._found[one] for one in units if one in self._found]
        if parts:
            return [one for by_part in chosen for part in parts for one in by_part.get(part, ())]
        return [one for by_part in chosen for some in by_part.values() for one in some]


def value_of(measure: Measure, counted: Sequence[Counted]) -> int | None:
    """The figure; ``None`` where there is nothing to take a rate or a mean of."""
    match measure.how:
        case "count":
            return rows_of(measure, counted)
        case "people":
            return len({one.subject for one in counted if one.subject is not None})
        case "sum":
            return sum(one.total for one in counted)
        case "rate" | "mean":
            rows, total = sum(one.rows for one in counted), sum(one.total for one in counted)
            scale = 1000 if measure.how == "rate" else 1
            return (2 * total * scale + rows) // (2 * rows) if rows else None


def rows_of(measure: Measure, counted: Sequence[Counted]) -> int:
    """How many rows are behind it."""
    if measure.source in SHARED:
        return len({one.subject for one in counted})
    return sum(one.rows for one in counted)


def parts_of(measure: Measure, counted: Iterable[Counted]) -> list[str]:
    """The parts of a measure that is told by part, in order."""
    return sorted({one.part for one in counted}) if measure.by else []

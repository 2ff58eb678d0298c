"""The figures of a survey that is closed: ranks in each tier, indicators, what was written. Units with too few answers are in
no figure, so that nothing about them comes out as a difference."""

from collections import Counter
from datetime import datetime

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.evaluations import EvaluationRow
from study.access import Access
from study.evaluation_rules import lowest, ranks
from study.evaluations import Results, form_of, results
from study.programme.surveys import Survey
from study.rectifications import RANK, states
from study.survey_end import survey_of
from study.survey_views import IndicatorLine, Ranked, SurveyResult, TierRanking


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in the ranking of its tier, of which ``count`` units are ranked."""

    subject: int
    unit_id: int
    name: str
    path: str
    tier: str
    score: float
    rank: int
    count: int
    answered: int
    low: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A problem or suggestion that somebody wrote about a unit; ``state`` is that of its task, empty if it has none."""

    mark: str
    subject: int
    unit_id: int
    unit: str
    tier: str
    collects: str
    text: str
    state: str


def ranking(tx: Tx, row: EvaluationRow, now: datetime) -> tuple[Line, ...]:
    """Every unit with enough answers, tier by tier, best first."""
    return _ranking(tx, survey_of(row), results(tx, row.id, now=now))


def _ranking(tx: Tx, survey: Survey, found: Results) -> tuple[Line, ...]:
    units = {unit.id: unit for unit in tx.people.units()}
    lines: list[Line] = []
    for tier in survey.tiers:
        mine = []
        for subject in found.subjects:
            unit = None if subject.unit_id is None else units.get(subject.unit_id)
            if unit is not None and subject.score is not None and unit.path.count("/") + 1 == tier.depth:
                mine.append((subject, unit, subject.score))
        mine.sort(key=lambda one: -round(one[2], 6))
        places = ranks([score for _, _, score in mine])
        low = lowest({subject.id: score for subject, _, score in mine}, tier.lowest)
        for place, (subject, unit, score) in zip(places, mine, strict=True):
            lines.append(
                Line(
                    subject=subject.id,
                    unit_id=unit.id,
                    name=subject.title,
                    path=unit.path,
                    tier=tier.key,
                    score=score,
                    rank=place,
                    count=len(mine),
                    answered=subject.answered,
                    low=subject.id in low,
                )
            )
    return tuple(lines)


def said(tx: Tx, row: EvaluationRow, collects: str) -> tuple[Said, ...]:
    """What was written in a closed survey about units with enough answers, unit by unit, in the order of their random ids."""
    survey, form = survey_of(row), form_of(row)
    counts = tx.evaluations.subject_counts(row.id)
    shown = {
        subject.id: subject
        for subject in tx.evaluations.subjects(row.id)
        if counts[subject.id].answered >= form.shown_from
    }
    depths = {unit.id: unit.path.count("/") + 1 for unit in tx.people.units()}
    tiers = {tier.depth: tier.key for tier in survey.tiers}
    items = [item.key for item in form.items if item.collects == collects]
    done = states(tx, row.id)
    lines = []
    for mark in tx.evaluations.written(row.id):
        subject = shown.get(mark.subject_id)
        if subject is None or subject.unit_id is None or mark.item not in items:
            continue
        lines.append(
            Said(
                mark=mark.id,
                subject=subject.id,
                unit_id=subject.unit_id,
                unit=subject.title,
                tier=tiers.get(depths.get(subject.unit_id, 0), ""),
                collects=collects,
                text=mark.words,
                state=done.get((subject.id, f"said:{mark.id}"), ""),
            )
        )
    return tuple(sorted(lines, key=lambda one: (one.subject, one.mark)))


def brought_up_to_date(tx: Tx, view: SurveyResult) -> SurveyResult:
    """The figures of before, with what is being put right as it is now (nothing else of a closed survey changes)."""
    done = states(tx, view.evaluation)
    tiers = tuple(
        tier.model_copy(
            update={
                "units": tuple(
                    unit.model_copy(update={"rectification": done.get((unit.subject, RANK), "")}) for unit in tier.units
                )
            }
        )
        for tier in view.tiers
    )
    units = [unit for tier in tiers for unit in tier.units]
    seen = {unit.subject for unit in units}
    return view.model_copy(
        update={
            "tiers": tiers,
            "rectifications": dict(Counter(state for (subject, _), state in done.items() if subject in seen)),
            "to_rectify": sum(unit.low and not unit.rectification for unit in units) if view.may_rectify else 0,
        }
    )


def figures(tx: Tx, row: EvaluationRow, access: Access, now: datetime) -> SurveyResult:
    """A closed survey as an organiser may see it: the units that they run, with their ranks among all."""
    survey, found, units = survey_of(row), results(tx, row.id, now=now), access.units(tx)
    lines, done = _ranking(tx, survey, found), states(tx, row.id)
    seen = {line.subject for line in lines if line.unit_id in units}
    depths = {unit.id: unit.path.count("/") + 1 for unit in tx.people.units()}
    tiers = []
    for tier in survey.tiers:
        mine = [line for line in lines if line.tier == tier.key]
        of_tier = [one for one in found.subjects if one.unit_id is not None and depths.get(one.unit_id) == tier.depth]
        tiers.append(
            TierRanking(
                key=tier.key,
                title=tier.title,
                count=len(mine),
                hidden=sum(not one.shown and one.unit_id in units for one in of_tier),
                lowest=tier.lowest,
                action=tier.action,
                units=tuple(
                    Ranked(
                        subject=line.subject,
                        name=line.name,
                        path=line.path,
                        rank=line.rank,
                        score=line.score,
                        answered=line.answered,
                        low=line.low,
                        rectification=done.get((line.subject, RANK), ""),
                    )
                    for line in mine
                    if line.subject in seen
                ),
            )
        )
    mine_ = [subject for subject in found.subjects if subject.id in seen]
    scores = [subject.score for subject in mine_ if subject.score is not None]
    indicators = []
    for at, item in enumerate(found.form.items):
        values = [one.items[at].score for one in mine_ if one.items]
        known = [value for value in values if value is not None]
        aspect = found.form.aspect_of(item.key)
        if known:
            title = None if aspect is None else aspect.title
            indicators.append(IndicatorLine(aspect=title, title=item.title, score=sum(known) / len(known)))
    own = [state for (subject, _), state in done.items() if any(one.id == subject for one in mine_)]
    may = access.is_admin or row.unit_id in units
    return SurveyResult(
        evaluation=row.id,
        title=survey.title,
        least=found.form.shown_from,
        raters=found.raters,
        finished=found.finished,
        asked=found.asked,
        answered=found.answered,
        score=sum(scores) / len(scores) if scores else None,
        tiers=tuple(tiers),
        indicators=tuple(indicators),
        problems=sum(one.unit_id in units for one in said(tx, row, "problem")),
        suggestions=sum(one.unit_id in units for one in said(tx, row, "suggestion")),
        rectifications=dict(Counter(own)),
        to_rectify=sum(line.low and (line.subject, RANK) not in done for line in lines) if may else 0,
        may_rectify=may,
    )

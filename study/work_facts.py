"""A work as its readers see it: facts for the views, made of the events."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from storage import Tx
from storage.works import WorkRow
from study import work_states as states
from study.programme.words import Title
from study.programme.works import WorkKind
from study.work_book import decoded, kind_of
from study.work_field_rules import Fault, Value, differences, progress
from study.work_plan import FieldKind
from study.work_reviewers import Bench
from study.work_rules import Terms, returnable
from study.work_states import Phase, Work
from study.work_views import (
    AnswerView,
    Change,
    FaultView,
    LogLine,
    Progress,
    ReviewPart,
    StageMark,
    VersionView,
    WorkHead,
)

_AUTHORS = 4
"""As many names as a line holds."""
_LONGEST_CHANGE = 300


def head_of(tx: Tx, row: WorkRow, now: datetime, *, blind: bool = False) -> WorkHead:
    """A work in a line; without its authors for a blind reviewer."""
    kind = kind_of(row)
    names = [row.author, *(member.name for member in tx.works.members(row.id) if member.person_id != row.author_id)]
    more = [f"+{len(names) - _AUTHORS}"] if len(names) > _AUTHORS else []
    return WorkHead(
        id=row.id,
        kind=kind.title,
        title=row.title,
        authors=() if blind else (*names[:_AUTHORS], *more),
        unit="" if blind else row.unit,
        stage=kind.stages[row.stage].title,
        phase=row.phase,
        returned=row.returned,
        due_at=row.due_at,
        over=row.due_at is not None and row.due_at < now,
        rating=kind.rating(row.rating) if row.rating else None,
        score=row.score,
    )


def way_of(kind: WorkKind, work: Work) -> tuple[StageMark, ...]:
    """The stages, those that are passed over left out."""
    plan = kind.plan()
    marks = []
    for at, (stage, seen) in enumerate(zip(kind.stages, plan.stages, strict=True)):
        if any(work.values.get(key, Value()).text != wanted for key, wanted in seen.only.items()):
            continue
        done = at < work.stage or work.phase is Phase.ACCEPTED
        marks.append(StageMark(title=stage.title, state="done" if done else "now" if at == work.stage else "ahead"))
    return tuple(marks)


def fault_views(kind: WorkKind, faults: Iterable[Fault]) -> tuple[FaultView, ...]:
    """Faults with the titles of their fields."""
    return tuple(
        FaultView(field=kind.field(fault.field).title, problem=fault.problem, wanted=fault.wanted) for fault in faults
    )


def answers_of(kind: WorkKind, values: Mapping[str, Value]) -> tuple[AnswerView, ...]:
    """Everything that is filled in, in the order of the form."""
    return tuple(
        AnswerView(
            title=field.title,
            text=values[field.key].text,
            choice=choice_of(kind, field.key, values[field.key].text),
            files=len(values[field.key].files),
        )
        for field in kind.fields
        if field.key in values
    )


def choice_of(kind: WorkKind, field: str, text: str) -> Title | None:
    """What a chosen answer is called."""
    one = kind.field(field)
    if one.kind is not FieldKind.CHOICE:
        return None
    return next((choice.title for choice in one.choices if choice.key == text), None)


def progress_of(tx: Tx, row: WorkRow, work: Work) -> Progress | None:
    """How far an accepted plan has come; ``None`` for what measures nothing."""
    kind = kind_of(row)
    if kind.progress is None or work.phase is not Phase.ACCEPTED:
        return None
    baseline, target, measure, due = (
        work.values.get(key, Value()).text
        for key in (kind.progress.baseline, kind.progress.target, kind.progress.measure, kind.progress.due)
    )
    reports = tx.works.reports(row.id)
    at = reports[-1].value if reports else baseline
    return Progress(
        baseline=baseline,
        target=target,
        measure=measure,
        due=due,
        now=at,
        day=reports[-1].day if reports else None,
        share=progress(baseline, target, at),
    )


def review_part(row: WorkRow, work: Work, terms: Terms, reviewer: int) -> ReviewPart | None:
    """What a reviewer may do with a work now; ``None`` if nothing."""
    settled = work.phase is Phase.ACCEPTED
    if not (settled or work.phase is Phase.REVIEW) or reviewer not in terms.reviewers - terms.authors:
        return None
    kind = kind_of(row)
    stage = kind.stages[work.stage]
    return ReviewPart(
        stage=work.stage,
        version=work.version,
        opinions=len(work.opinions),
        needed=terms.needed(terms.plan.stages[work.stage]),
        ratings=() if stage.scored else tuple(rating.title for rating in stage.ratings),
        scored=stage.scored,
        may_reject=stage.may_reject,
        given=any(opinion.reviewer == reviewer for opinion in work.opinions),
        settled=settled,
        back=tuple((at, kind.stages[at].title) for at in returnable(work, terms.plan)),
    )


def log_of(tx: Tx, row: WorkRow, *, blind: bool = False) -> tuple[LogLine, ...]:
    """What happened, in order; what was merely written is left out, and who it was to whoever is blind."""
    kind = kind_of(row)
    lines = []
    for one in tx.works.events(row.id):
        event = decoded(one)
        who = "" if blind else one.name
        if event is None:
            lines.append(LogLine(at=one.at, who=who, what=one.kind, name="" if blind else one.body))
            continue
        if isinstance(event, states.Filled):
            continue
        number = getattr(event, "stage", None)
        rating = getattr(event, "rating", "")
        lines.append(
            LogLine(
                at=one.at,
                who=who,
                what=one.kind,
                stage=None if number is None else kind.stages[number].title,
                reason=getattr(event, "reason", ""),
                faults=fault_views(kind, getattr(event, "faults", ())),
                rating=kind.rating(rating) if rating else None,
                score=_hundredths(event),
                version=getattr(event, "version", 0),
            )
        )
    return tuple(lines)


def _hundredths(event: states.Event) -> int | None:
    match event:
        case states.Approved(score=int(score)):
            return score * 100
        case states.Rated(score=score):
            return score
    return None


def version_view(tx: Tx, row: WorkRow, work: Work, number: int) -> VersionView:
    """A version, and what changed since the one before."""
    kind = kind_of(row)
    version = work.versions[number - 1]
    before = work.versions[number - 2].values if number > 1 else {}
    handed_at, sent_back = row.begun_at, False
    for one in tx.works.events(row.id):
        event = decoded(one)
        if isinstance(event, states.HandedIn) and event.version == number:
            handed_at = one.at
        if isinstance(event, states.SentBack) and event.version == number:
            sent_back = True
    return VersionView(
        number=number,
        at=handed_at,
        stage=kind.stages[version.stage].title,
        sent_back=sent_back,
        changes=tuple(
            Change(
                title=kind.field(one.field).title,
                before=_said(one.before),
                after=_said(one.after),
                chosen_before=choice_of(kind, one.field, one.before.text),
                chosen_after=choice_of(kind, one.field, one.after.text),
            )
            for one in differences(kind.plan(), before, version.values)
        ),
    )


def _said(value: Value) -> str:
    text = value.text if len(value.text) <= _LONGEST_CHANGE else f"{value.text[:_LONGEST_CHANGE]}…"
    return f"{text} 📎{len(value.files)}".strip() if value.files else text


def is_blind(bench: Bench, row: WorkRow, user_id: int) -> bool:
    """Whether somebody must not see whose work it is: they review it or did, and its kind is blind."""
    kind = kind_of(row)
    return kind.blind and user_id in bench.readers(row, kind) - bench.authors(row)


def waits_for(bench: Bench, row: WorkRow, user_id: int) -> bool:
    """Whether a work that is in review waits for somebody's opinion."""
    if user_id in row.opined or user_id not in bench.reviewers(row, kind_of(row)):
        return False
    return user_id not in bench.authors(row)


def count_waiting(tx: Tx, user_id: int, admins: frozenset[int]) -> int:
    """How many works wait for somebody's review."""
    rows = tx.works.in_phase(Phase.REVIEW)
    bench = Bench(tx, admins) if rows else None
    return 0 if bench is None else sum(waits_for(bench, row, user_id) for row in rows)

"""Works as they are kept: every event in order, the columns that lists need, and the points that follow."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from storage import Tx
from storage.works import WorkEvent, WorkRow
from study import work_states as states
from study.calendar import day_of, moment
from study.ledger import Happening, credit
from study.programme.works import WorkKind
from study.quotas import settle_quotas
from study.work_errors import WorkUnknown
from study.work_field_rules import Value
from study.work_plan import FieldKind
from study.work_reviewers import Bench
from study.work_rules import Terms, decide, evolve, replay
from study.work_states import Command, Event, Phase, Work

THE_BOT = 0
"""The author of what happens by itself."""

_EVENTS: dict[str, type] = {
    "filled": states.Filled,
    "handed_in": states.HandedIn,
    "sent_back": states.SentBack,
    "approved": states.Approved,
    "rated": states.Rated,
    "passed": states.Passed,
    "returned": states.Returned,
    "rejected": states.Rejected,
    "accepted": states.Accepted,
    "withdrawn": states.Withdrawn,
    "chosen": states.Chosen,
    "consent_wanted": states.ConsentWanted,
    "answered": states.Answered,
}
_NAMES = {kind: name for name, kind in _EVENTS.items()}
_BY_BOT = (states.SentBack, states.Rated, states.Passed, states.Accepted, states.ConsentWanted)
_ADAPTERS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in _EVENTS.items()}

_DAY_ENDS = time(23, 59)


def encoded(event: Event) -> tuple[str, str]:
    """An event as it is stored: its name and its JSON."""
    name = _NAMES[type(event)]
    return name, _ADAPTERS[name].dump_json(event).decode()


def decoded(row: WorkEvent) -> Event | None:
    """A stored event; ``None`` for what the rules know nothing of (somebody joins the team)."""
    return _ADAPTERS[row.kind].validate_json(row.body) if row.kind in _ADAPTERS else None


def work_of(tx: Tx, work_id: int) -> WorkRow:
    """A work by its id.

    Raises:
        WorkUnknown: there is none.
    """
    row = tx.works.get(work_id)
    if row is None:
        raise WorkUnknown()
    return row


def kind_of(row: WorkRow) -> WorkKind:
    """The kind of a work, as it was when the work was begun."""
    return _parsed(row.plan)


@lru_cache(maxsize=64)
def _parsed(plan: str) -> WorkKind:
    return WorkKind.model_validate_json(plan)


def state_of(tx: Tx, row: WorkRow) -> Work:
    """How a work stands, by its events."""
    return replay([event for one in tx.works.events(row.id) if (event := decoded(one)) is not None])


def terms_of(bench: Bench, row: WorkRow, today: date, *, reviewed: bool = True) -> Terms:
    """What a decision about a work depends on; who reviews it only if that matters (it takes the whole roster)."""
    kind = kind_of(row)
    if not reviewed:
        return Terms(kind.plan(), today)
    return Terms(kind.plan(), today, bench.reviewers(row, kind), bench.authors(row))


def carry_out(
    bench: Bench, row: WorkRow, command: Command, *, author: int, name: str, now: datetime, zone: ZoneInfo
) -> tuple[Work, Sequence[Event]]:
    """Let a command happen to a work; returns how it stands then, and what happened.

    Raises:
        StudyError: it does not fit.
    """
    tx, today, kind = bench.tx, day_of(now, zone), kind_of(row)
    stored = tx.works.events(row.id)
    work = replay([event for one in stored if (event := decoded(one)) is not None])
    reviewed = isinstance(command, states.Approve | states.Return | states.Reject | states.Recount)
    events = decide(work, command, terms_of(bench, row, today, reviewed=reviewed))
    due_at, accepted_on = row.due_at, row.accepted_on
    for number, event in enumerate(events, start=len(stored)):
        work = evolve(work, event)
        by_bot = isinstance(event, _BY_BOT)
        tx.works.note(
            row.id,
            number,
            *encoded(event),
            author=THE_BOT if by_bot else author,
            name="" if by_bot else name,
            now=now,
        )
        if not isinstance(event, states.Filled):
            due_at = due_of(kind, work, today, zone)
        if isinstance(event, states.Accepted):
            accepted_on = today
        elif isinstance(event, states.Returned):
            accepted_on = None
    if events:
        tx.works.put(
            row.id,
            title=title_of(kind, work),
            phase=work.phase.value,
            stage=work.stage,
            opined=json.dumps([opinion.reviewer for opinion in work.opinions]),
            version=work.version,
            returned=work.returned,
            rating=work.rating,
            score=work.score,
            due_at=due_at,
            changed_at=now,
            accepted_on=accepted_on,
            shortlisted=work.shortlisted,
            consent=work.consent.value,
        )
        if work.phase in (Phase.REJECTED, Phase.WITHDRAWN):
            tx.works.unlock(row.id)
        if not all(isinstance(event, states.Filled) for event in events):
            settle(tx, work_of(tx, row.id), work, now=now, zone=zone)
    return work, events


def note(tx: Tx, row: WorkRow, kind: str, body: str, *, author: int, name: str, now: datetime) -> None:
    """Keep something in a work's log that the rules know nothing of."""
    tx.works.note(row.id, len(tx.works.events(row.id)), kind, body, author=author, name=name, now=now)


def settle(tx: Tx, row: WorkRow, work: Work, *, now: datetime, zone: ZoneInfo, without: int | None = None) -> None:
    """Let the ledger say for everybody who takes part what the work amounts to now; again and again if need be.

    For whoever takes part no longer (``without``) it amounts to nothing.
    """
    accepted = work.phase is Phase.ACCEPTED
    day = row.accepted_on if accepted and row.accepted_on is not None else day_of(now, zone)
    if without is not None:
        for evidence in (f"work:{row.id}", f"work_rating:{row.id}", f"work_shortlist:{row.id}"):
            credit(tx, without, evidence, None, day=day, now=now)
    for person_id in takers(tx, row):
        about = {"work": row.kind}
        credit(
            tx, person_id, f"work:{row.id}", Happening("work.accepted", about) if accepted else None, day=day, now=now
        )
        rated = Happening("work.rated", {**about, "rating": work.rating}) if work.rating else None
        credit(tx, person_id, f"work_rating:{row.id}", rated, day=day, now=now)
        chosen = Happening("work.shortlisted", about) if work.shortlisted else None
        credit(tx, person_id, f"work_shortlist:{row.id}", chosen, day=day, now=now)
        settle_quotas(tx, person_id, day, now=now, zone=zone)


def takers(tx: Tx, row: WorkRow) -> tuple[int, ...]:
    """Everybody who takes part: the author, then the others."""
    return (
        row.author_id,
        *(member.person_id for member in tx.works.members(row.id) if member.person_id != row.author_id),
    )


def due_of(kind: WorkKind, work: Work, today: date, zone: ZoneInfo) -> datetime | None:
    """Until when whoever has to do something now has to have done it: the end of a day, UTC."""
    stage = kind.stages[work.stage]
    days = {Phase.WRITING: stage.days, Phase.REVIEW: stage.review_days}.get(work.phase)
    return None if days is None else moment(today + timedelta(days=days), _DAY_ENDS, zone)


def title_of(kind: WorkKind, work: Work) -> str:
    """What a work is called: the words of its first field of text."""
    first = next((field.key for field in kind.fields if field.kind is FieldKind.TEXT), "")
    return " ".join(work.values.get(first, Value()).text.split())[:80]

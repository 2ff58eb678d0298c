"""Between the rules of an item and its row: loading, keeping, the log, points, who may see and rule, cards."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx
from storage.claims import ItemRow
from storage.people import Person, Role
from study.access import Access
from study.calendar import day_of
from study.claim_errors import ItemTaken, ItemUnknown
from study.claim_moves import Closed, Command, Event, Reopened, ReportAccepted
from study.claim_rules import Item, ItemState, ReportState, Terms, decide, due_day, evolve
from study.claim_views import ItemCard, ItemLine, ItemNews, MilestoneLine
from study.errors import NotAllowed, SwitchedOff
from study.ledger import Happening, credit
from study.programme import Programme, programme_in_force
from study.programme.claims import Pool, period_of

FOREWARNED = 7
"""Days before a milestone is due on which its holder is reminded."""


@dataclass(frozen=True, slots=True)
class ClaimSettings:
    """The programme's zone and admins."""

    zone: ZoneInfo
    admins: frozenset[int]


def item_of(row: ItemRow) -> Item:
    """The item that a row keeps."""
    return Item(
        state=ItemState(row.state),
        holder=row.holder_id,
        since=row.since,
        reached=row.reached,
        report=ReportState(row.report),
        version=row.version,
        report_late=row.report_late,
        late=row.late,
        finished=row.finished,
        reopened=row.reopened,
        reason=row.reason,
    )


def terms_of(pool: Pool, row: ItemRow) -> Terms:
    """What a pool asks for, for one item."""
    return Terms(
        days=tuple(one.days for one in pool.milestones),
        most=pool.most,
        approval=pool.approval,
        evidence=pool.evidence,
        deadline=row.deadline,
    )


def pools_in_force(tx: Tx) -> tuple[Pool, ...]:
    """The pools of the programme.

    Raises:
        SwitchedOff: it has none.
    """
    pools = programme_in_force(tx).claims.pools
    if not pools:
        raise SwitchedOff()
    return pools


def found(tx: Tx, item_id: int) -> tuple[Pool, ItemRow]:
    """An item and its pool.

    Raises:
        ItemUnknown: there is none of this number.
        SwitchedOff: the programme has no such pool (any more).
    """
    row = tx.claims.get(item_id)
    if row is None:
        raise ItemUnknown()
    pool = programme_in_force(tx).claims.of(row.pool)
    if pool is None:
        raise SwitchedOff()
    return pool, row


def is_meant(tx: Tx, programme: Programme, pool: Pool, row: ItemRow, person: Person) -> bool:
    """Whether a person may take an item on: the pool is for them and the item of their unit or one above it."""
    unit = tx.people.unit(person.unit_id)
    cohorts = {cohort.key: cohort.who for cohort in programme.header.cohorts}
    if unit is None or person.role is Role.OBSERVER or not pool.who.means(person, unit.path, cohorts):
        return False
    return row.unit_id is None or person.unit_id in tx.people.within(row.unit_id)


def runs(tx: Tx, access: Access, pool: Pool, row: ItemRow) -> bool:
    """Whether somebody rules on an item: on a held one by the holder's unit, as the pool says, else by the unit it is of."""
    if access.is_admin:
        return True
    unit_id = row.unit_id if row.holder_unit_id is None else row.holder_unit_id
    if pool.reviewers == "above" and row.holder_unit_id is not None:
        unit = tx.people.unit(row.holder_unit_id)
        unit_id = None if unit is None else unit.parent_id
    return unit_id is not None and unit_id in access.units(tx)


def must_run(tx: Tx, access: Access, pool: Pool, row: ItemRow) -> None:
    """Let only those pass who rule on the item.

    Raises:
        NotAllowed: they do not.
    """
    if not access.is_organiser or not runs(tx, access, pool, row):
        raise NotAllowed()


def rulers(tx: Tx, pool: Pool, row: ItemRow, admins: frozenset[int]) -> Sequence[int]:
    """The Telegram ids of the nearest organisers who rule on a held item, else of the admins; only who can be reached."""
    reachable = tx.places.reachable()
    unit = None if row.holder_unit_id is None else tx.people.unit(row.holder_unit_id)
    if unit is not None and pool.reviewers == "above":
        unit = None if unit.parent_id is None else tx.people.unit(unit.parent_id)
    organisers = [one for one in tx.people.everybody() if one.role is Role.ORGANISER and one.id != row.holder_id]
    while unit is not None:
        near = [one.user_id for one in organisers if one.unit_id == unit.id and one.user_id in reachable]
        if near:
            return [user_id for user_id in near if user_id is not None]
        unit = None if unit.parent_id is None else tx.people.unit(unit.parent_id)
    return sorted(admins & reachable)


def carry_out(
    tx: Tx, pool: Pool, row: ItemRow, command: Command, *, author: int, now: datetime, zone: ZoneInfo
) -> tuple[ItemRow, tuple[Event, ...]]:
    """Let a command happen to an item: its row, its log and its points; returns what it has become.

    Raises:
        StudyError: the command does not fit.
    """
    today = day_of(now, zone)
    item = item_of(row)
    try:
        events = decide(item, command, terms_of(pool, row), today=today)
    except ItemTaken as taken:
        raise ItemTaken(
            wanted=str(taken.params["wanted"]), name=row.holder or "", unit=row.holder_unit or ""
        ) from taken
    before = item
    for event in events:
        item = evolve(item, event, len(pool.milestones))
        body = json.dumps(asdict(event), ensure_ascii=False, default=str)
        tx.claims.log(row.id, type(event).__name__, body, author=author, now=now)
    period = row.period
    if before.holder != item.holder:
        period = "" if item.holder is None else period_of(pool.period, today)
    tx.claims.save(
        row.id,
        state=item.state.value,
        holder_id=item.holder,
        period=period,
        since=item.since,
        reached=item.reached,
        report=item.report.value,
        version=item.version,
        report_late=item.report_late,
        late=item.late,
        finished=item.finished,
        reopened=item.reopened,
        reason=item.reason,
    )
    _book(tx, pool, row, item, events, now=now, day=today, author=author)
    kept = tx.claims.get(row.id)
    assert kept is not None
    return kept, events


def _book(
    tx: Tx, pool: Pool, row: ItemRow, item: Item, events: Sequence[Event], *, now: datetime, day: date, author: int
) -> None:
    if row.holder_id is None:
        return
    for event in events:
        match event:
            case ReportAccepted(milestone, version):
                report = tx.claims.report(row.id, version)
                if report is None:
                    continue
                about = {
                    "pool": pool.key,
                    "milestone": pool.milestones[milestone].key,
                    "punctual": "late" if item.report_late else "on_time",
                }
                what = Happening("item.milestone", about)
                credit(tx, row.holder_id, f"item_report:{report.id}", what, day=day, now=now)
            case Closed(True, _):
                about = {"pool": pool.key, "punctual": "late" if item.late else "on_time"}
                credit(tx, row.holder_id, f"item:{row.id}", Happening("item.closed", about), day=day, now=now)
            case Reopened(_, reason) if row.finished:
                report = tx.claims.report(row.id, row.version)
                for evidence in (f"item:{row.id}", f"item_report:{0 if report is None else report.id}"):
                    credit(tx, row.holder_id, evidence, None, day=day, now=now, reason=reason, author_id=None)


def line_of(pool: Pool, row: ItemRow, today: date) -> ItemLine:
    """An item in a list."""
    item = item_of(row)
    under_way = item.state is ItemState.HELD and item.reached < len(pool.milestones)
    due = due_day(item, terms_of(pool, row), item.reached) if under_way else None
    return ItemLine(
        id=row.id,
        pool=pool.title.root,
        work=row.work,
        title=row.title,
        state=row.state,
        holder="" if row.holder is None else f"{row.holder}（{row.holder_unit}）",
        milestone=pool.milestones[item.reached].title.root if under_way else None,
        due=due,
        report=row.report,
        overdue=due is not None and today > due and item.report is ReportState.NONE,
        finished=row.finished,
    )


def card_of(tx: Tx, pool: Pool, row: ItemRow, access: Access, today: date) -> ItemCard:
    """An item as one reader sees it."""
    item, terms, me = item_of(row), terms_of(pool, row), access.person
    mine = me is not None and me.id == row.holder_id
    ruler = access.is_organiser and runs(tx, access, pool, row)
    report = tx.claims.report(row.id, row.version) if (mine or ruler) and row.version else None
    if report is not None and report.person_id != row.holder_id:
        report = None
    wishers = [wish for wish in tx.claims.wishes() if wish.item_id == row.id] if pool.two_way is not None else []
    place = next((wish.place for wish in wishers if me is not None and wish.person_id == me.id), 0)
    meant = me is not None and is_meant(tx, programme_in_force(tx), pool, row, me)
    unit = None if row.unit_id is None else tx.people.unit(row.unit_id)
    return ItemCard(
        line=line_of(pool, row, today),
        measure=row.measure,
        leader=row.leader or "",
        wanted="、".join(word for word in (row.wanted_unit, row.wanted_person) if word),
        unit="" if unit is None else unit.name,
        deadline=row.deadline,
        milestones=tuple(
            MilestoneLine(
                title=one.title.root,
                report=None if one.report is None else one.report.root,
                due=due_day(item, terms, at),
                state="reached" if at < item.reached else "now" if at == item.reached and item.since else "later",
            )
            for at, one in enumerate(pool.milestones)
        ),
        version=row.version,
        text="" if report is None else report.text,
        files=0 if report is None else len(json.loads(report.files)),
        handed_in_at=None if report is None else report.handed_in_at,
        late=report is not None and report.late,
        reason=row.reason,
        wishers=len(wishers),
        place=place,
        may=_may(
            pool,
            item,
            mine=mine,
            ruler=ruler,
            meant=meant,
            leads=me is not None and me.id == row.leader_id,
            place=place,
            files=report is not None,
        ),
    )


def _may(
    pool: Pool, item: Item, *, mine: bool, ruler: bool, meant: bool, leads: bool, place: int, files: bool
) -> tuple[str, ...]:
    may: list[str] = []
    if item.state is ItemState.OPEN and meant:
        may.append("claim" if pool.two_way is None else "unwish" if place else "wish")
    if mine and item.state is ItemState.ASKED:
        may.append("withdraw")
    if mine and item.state is ItemState.HELD:
        may.append("report")
    if ruler and not mine:
        if item.state is ItemState.ASKED:
            may += ["approve", "decline"]
        if item.report is ReportState.WAITING and item.state is ItemState.HELD:
            may += ["accept", "return"]
        if item.state is ItemState.HELD:
            may.append("release")
        may.append("reopen" if item.state is ItemState.CLOSED else "close")
    if (ruler or leads) and pool.two_way is not None and item.state is ItemState.OPEN:
        may.append("choose")
    if files:
        may.append("files")
    if mine or ruler:
        may.append("log")
    return tuple(may)


def tell(
    tx: Tx, pool: Pool, row: ItemRow, event: Event, readers: Sequence[int], *, now: datetime, of: ItemRow | None = None
) -> None:
    """Let people hear of something that has happened; ``of``: the item before it, where its holder is gone by now."""
    who = of or row
    item = item_of(row)
    at = item.reached
    match event:
        case ReportAccepted(milestone, _):
            at = milestone
    stage = pool.milestones[min(at, len(pool.milestones) - 1)]
    view = ItemNews(
        item=row.id,
        event=type(event).__name__,
        title=row.title,
        name=who.holder or "",
        unit=who.holder_unit or "",
        milestone=stage.title.root,
        reason=row.reason,
        due=due_day(item, terms_of(pool, row), item.reached) if item.reached < len(pool.milestones) else None,
        finished=isinstance(event, Closed) and event.finished,
        late=row.report_late if not isinstance(event, Closed) else row.late,
    )
    for reader in readers:
        tx.outbox.say(reader, view, now=now, rank=Rank.PUSH)


def refresh(tx: Tx, pool: Pool, row: ItemRow, access: Access, *, now: datetime, today: date, say: bool = False) -> None:
    """Let the reader's card of an item show what it is now; ``say``: as a new message."""
    view, ref = card_of(tx, pool, row, access, today), f"item:{row.id}:{access.user_id}"
    if say or not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
        tx.outbox.say(access.user_id, view, now=now, ref=ref)

"""The sheets of a day inside a transaction: opened, shown on cards, closed."""

from collections.abc import Sequence
from datetime import date, datetime

from storage import Rank, Tx, to_ms
from storage.checkins import Cause, Line, Listed, Sheet, SheetState, Status
from study import checkin_points
from study.calendar import day_of
from study.checkin_rules import (
    CARD_PACE,
    HERE,
    CheckinPlan,
    Window,
    extended,
    is_expected,
    is_missed_close,
)
from study.checkin_views import Card, Figures, MissingAnnounced, Names

LISTENER = "checkin"
CLOSE = "checkin.close"
REFRESH = "checkin.card"


def ref_of(day: date, chat_id: int) -> str:
    """The name under which a group's card of a day can be edited."""
    return f"checkin:{day}:{chat_id}"


def window_of(sheet: Sheet) -> Window:
    """The hours of a sheet as they turned out."""
    return Window(sheet.opened_at, sheet.late_at, sheet.closes_at)


def open_sheets(tx: Tx, plan: CheckinPlan, day: date, units: Sequence[int], *, now: datetime) -> None:
    """Hold check-in in these units; a unit that has a sheet already keeps it.

    All sheets are there before the first card is shown: a unit's own sheet takes its people off the one above.
    """
    window = plan.window(day).opened(now)
    new = [
        unit_id
        for unit_id in units
        if tx.checkins.open_sheet(
            day, unit_id, opened_at=window.opens_at, late_at=window.late_at, closes_at=window.closes_at
        )
    ]
    if not new:
        return
    _close_at(tx, day, window.closes_at)
    on_leave = {leave.person_id for leave in tx.leaves.approved_on(day)}
    for sheet in tx.checkins.sheets(day):
        if sheet.unit_id in new:
            _note_leave(tx, sheet, on_leave, now=now)
            show(tx, sheet, now=now)
        else:
            refresh(tx, sheet, now=now)


def _note_leave(tx: Tx, sheet: Sheet, on_leave: set[int], *, now: datetime) -> None:
    for listed in tx.checkins.register(sheet):
        if listed.person_id in on_leave and listed.status is None:
            line = Line(day=sheet.day, person_id=listed.person_id, unit_id=listed.unit_id, status=Status.LEAVE, at=None)
            checkin_points.enter(tx, line, cause=Cause.LEAVE, now=now)


def _close_at(tx: Tx, day: date, closes_at: datetime) -> None:
    tx.alarms.set(CLOSE, f"{day}:{to_ms(closes_at)}", closes_at)


def figures_of(sheet: Sheet, register: Sequence[Listed]) -> Figures:
    """A sheet in numbers. Somebody who need not have come but did counts among the expected."""
    counted = [one for one in register if one.status is not None or _is_awaited(one, sheet)]
    late = sorted((one for one in counted if one.status is Status.LATE), key=lambda one: one.at or sheet.closes_at)
    away = (Status.LEAVE, Status.EXCUSED)
    missing = [one.name for one in counted if one.status in (None, Status.ABSENT)]
    return Figures(
        here=sum(one.status in HERE for one in counted),
        expected=len(counted),
        late=Names.of([one.name for one in late]),
        on_leave=Names.of([one.name for one in counted if one.status in away]),
        missing=Names.of(missing),
    )


def _is_awaited(listed: Listed, sheet: Sheet) -> bool:
    """Whether it matters that the register says nothing of somebody."""
    return sheet.state is not SheetState.INTERRUPTED and is_expected(listed.role, listed.joined_at, sheet.late_at)


def show(tx: Tx, sheet: Sheet, *, now: datetime) -> None:
    """Let the cards of a sheet show what the register says now; a group without a card gets one."""
    card = _card(tx, sheet)
    for group in tx.places.groups_of(sheet.unit_id):
        ref = ref_of(sheet.day, group.chat_id)
        if not tx.outbox.edit(ref, card, now=now, listener=LISTENER):
            tx.outbox.say(group.chat_id, card, now=now, rank=Rank.PUSH, ref=ref, listener=LISTENER)


def show_anew(tx: Tx, sheet: Sheet, chat_id: int, *, now: datetime) -> None:
    """Give a group a new card: the old one cannot be edited any more."""
    ref = ref_of(sheet.day, chat_id)
    tx.outbox.say(chat_id, _card(tx, sheet), now=now, rank=Rank.PUSH, ref=ref, listener=LISTENER)


def _card(tx: Tx, sheet: Sheet) -> Card:
    figures = figures_of(sheet, tx.checkins.register(sheet))
    return Card(
        day=sheet.day, figures=figures, late_at=sheet.late_at, closes_at=sheet.closes_at, state=sheet.state.value
    )


def refresh(tx: Tx, sheet: Sheet, *, now: datetime) -> None:
    """Show what the register says now, or soon if the cards were edited often lately; what comes meanwhile is gathered."""
    account = CARD_PACE.take(sheet.paced_at, now)
    if account is not None:
        tx.checkins.pace(sheet, account)
        show(tx, sheet, now=now)
        return
    room_at = CARD_PACE.room_at(sheet.paced_at)
    key = f"{sheet.day}:{sheet.unit_id}:{to_ms(room_at)}"
    body = f'{{"day": "{sheet.day}", "unit_id": {sheet.unit_id}}}'
    tx.alarms.set(REFRESH, key, room_at, body=body)


def close(tx: Tx, plan: CheckinPlan, sheet: Sheet, *, now: datetime) -> bool:
    """Close a sheet whose time is over; says whether it could be done in good order.

    If the bot was away at the close, the sheet stays open a little longer the same day; on a later day it is closed
    without anybody being counted absent.
    """
    if not is_missed_close(sheet.closes_at, now):
        _close_in_order(tx, plan, sheet, now=now)
        return True
    if day_of(now, plan.zone) == sheet.day:
        closes_at = extended(now)
        tx.checkins.extend(sheet, closes_at)
        _close_at(tx, sheet.day, closes_at)
        show(tx, sheet.model_copy(update={"closes_at": closes_at}), now=now)
        return True
    tx.checkins.end(sheet, SheetState.INTERRUPTED)
    show(tx, sheet.model_copy(update={"state": SheetState.INTERRUPTED}), now=now)
    return False


def _close_in_order(tx: Tx, plan: CheckinPlan, sheet: Sheet, *, now: datetime) -> None:
    register = tx.checkins.register(sheet)
    missing = figures_of(sheet, register).missing
    for one in register:
        if one.status is None and _is_awaited(one, sheet):
            line = Line(day=sheet.day, person_id=one.person_id, unit_id=one.unit_id, status=Status.ABSENT, at=None)
            checkin_points.enter(tx, line, cause=Cause.CLOSE, now=now)
    tx.checkins.end(sheet, SheetState.CLOSED)
    show(tx, sheet.model_copy(update={"state": SheetState.CLOSED}), now=now)
    if plan.announce_missing and missing.count:
        view = MissingAnnounced(day=sheet.day, missing=missing)
        for group in tx.places.groups_of(sheet.unit_id):
            tx.outbox.say(group.chat_id, view, now=now, rank=Rank.PUSH)

"""What may happen to an item: open → (asked →) held → reports, milestone by milestone → closed; reopened if need be.

``decide`` refuses a command or says what it makes happen, ``evolve`` lets it happen; replaying the events gives the item.
Nothing here knows a clock, a database or Telegram.

- One person holds an item; whoever comes second hears who was first.
- Milestones are reported in their order. Until a report is ruled on it can be handed in anew; a ruling names the version
  that was read, so that nobody accepts what they have not seen.
- Milestones are due so many days after the one before, counted from the day of the claim, and never later than the item's
  own deadline. After reopening the last one begins on that day.
- With the last milestone accepted the item is closed by itself; an organiser may close it earlier, with a reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from quizzes.engine.frozen import dataclass
from study.claim_errors import (
    EvidenceMissing,
    ItemClosed,
    ItemMoved,
    ItemNotHeld,
    ItemOwn,
    ItemsFull,
    ItemTaken,
)
from study.claim_moves import (
    Accept,
    Approve,
    Assign,
    Claim,
    ClaimAsked,
    ClaimDeclined,
    Claimed,
    ClaimWithdrawn,
    Close,
    Closed,
    Command,
    Decline,
    Event,
    Release,
    Released,
    Reopen,
    Reopened,
    Report,
    ReportAccepted,
    Reported,
    ReportReturned,
    Return,
    Withdraw,
)
from study.errors import TooLong
from study.task_refusals import ReasonNeeded, SubmissionEmpty
from study.task_rules import LONGEST_REASON


class ItemState(StrEnum):
    """How far an item has come."""

    OPEN = "open"
    ASKED = "asked"
    HELD = "held"
    CLOSED = "closed"


class ReportState(StrEnum):
    """What became of the report on the milestone that is under way."""

    NONE = "none"
    WAITING = "waiting"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the pool asks for: the days of each milestone, approval, evidence, how many a person may hold, the last day."""

    days: tuple[int, ...]
    most: int
    approval: bool = False
    evidence: bool = False
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is. ``reached`` counts accepted milestones, ``version`` the reports; ``late``: one that counted was late.

    ``finished`` tells a closed item that reached its end from one that was given up.
    """

    state: ItemState = ItemState.OPEN
    holder: int | None = None
    since: date | None = None
    reached: int = 0
    report: ReportState = ReportState.NONE
    version: int = 0
    report_late: bool = False
    late: bool = False
    finished: bool = False
    reopened: date | None = None
    reason: str = ""


def due_day(item: Item, terms: Terms, milestone: int) -> date | None:
    """The last day for a milestone (counted from 0); ``None`` while nobody holds the item."""
    if item.since is None:
        return None
    if item.reopened is not None and milestone == len(terms.days) - 1:
        return item.reopened + timedelta(days=terms.days[-1])
    day = item.since + timedelta(days=sum(terms.days[: milestone + 1]))
    return day if terms.deadline is None else min(day, terms.deadline)


def decide(item: Item, command: Command, terms: Terms, *, today: date) -> tuple[Event, ...]:
    """Refuse a command or say what it makes happen; nothing is changed here.

    Raises:
        StudyError: one of ``study.claim_errors`` and its like, if the command does not fit.
    """
    match command:
        case Claim() | Assign():
            return _claim(item, command, terms, today)
        case Withdraw(person):
            if item.state is not ItemState.ASKED or item.holder != person:
                raise ItemNotHeld()
            return (ClaimWithdrawn(),)
        case Approve(by) | Decline(by, _):
            if item.state is not ItemState.ASKED or item.holder is None:
                raise ItemMoved()
            _not_own(item, by)
            if isinstance(command, Decline):
                return (ClaimDeclined(_reason(command.reason)),)
            return (Claimed(item.holder, today),)
        case Report():
            return (_report(item, command, terms, today),)
        case Accept() | Return():
            return _rule(item, command, terms)
        case Close(by, reason):
            if item.state is ItemState.CLOSED:
                raise ItemClosed()
            _not_own(item, by)
            return (Closed(False, _reason(reason)),)
        case Reopen(by, reason):
            if item.state is not ItemState.CLOSED:
                raise ItemMoved()
            _not_own(item, by)
            return (Reopened(today, _reason(reason)),)
        case Release(by, reason):
            if item.state is not ItemState.HELD:
                raise ItemMoved()
            _not_own(item, by)
            return (Released(_reason(reason)),)


def evolve(item: Item, event: Event, milestones: int) -> Item:
    """Let an event happen to an item of a pool with so many milestones."""
    match event:
        case ClaimAsked(person):
            return replace(item, state=ItemState.ASKED, holder=person, reason="")
        case Claimed(person, day):
            return Item(state=ItemState.HELD, holder=person, since=day, version=item.version)
        case ClaimDeclined(reason) | Released(reason):
            return Item(version=item.version, reason=reason)
        case ClaimWithdrawn():
            return Item(version=item.version)
        case Reported(_, version, late):
            return replace(item, report=ReportState.WAITING, version=version, report_late=late, reason="")
        case ReportAccepted(milestone, _):
            return replace(
                item, reached=milestone + 1, report=ReportState.NONE, late=item.late or item.report_late, reason=""
            )
        case ReportReturned(_, _, reason):
            return replace(item, report=ReportState.RETURNED, reason=reason)
        case Closed(finished, reason):
            return replace(item, state=ItemState.CLOSED, finished=finished, reason=reason)
        case Reopened(_, reason) if item.holder is None:
            return Item(version=item.version, reason=reason)
        case Reopened(_, reason) if item.since is None:  # given up while the claim waited
            return Item(version=item.version, reason=reason)
        case Reopened(day, reason):
            return replace(
                item,
                state=ItemState.HELD,
                reached=min(item.reached, milestones - 1),
                finished=False,
                reopened=day if item.reached >= milestones else item.reopened,
                reason=reason,
            )


def replay(events: Sequence[Event], milestones: int) -> Item:
    """The item that a whole log makes."""
    item = Item()
    for event in events:
        item = evolve(item, event, milestones)
    return item


def _claim(item: Item, command: Claim | Assign, terms: Terms, today: date) -> tuple[Event, ...]:
    if item.state is ItemState.CLOSED:
        raise ItemClosed()
    if item.state is not ItemState.OPEN:
        raise ItemTaken(wanted="mine" if item.holder == command.person else "other", holder=item.holder)
    if isinstance(command, Assign):
        return (Claimed(command.person, today),)
    if command.held >= terms.most:
        raise ItemsFull(most=terms.most)
    return (ClaimAsked(command.person),) if terms.approval else (Claimed(command.person, today),)


def _report(item: Item, command: Report, terms: Terms, today: date) -> Reported:
    if item.state is ItemState.CLOSED:
        raise ItemClosed()
    if item.state is not ItemState.HELD or item.holder != command.person:
        raise ItemNotHeld()
    if not command.length and not command.files:
        raise SubmissionEmpty()
    if terms.evidence and not command.files:
        raise EvidenceMissing()
    due = due_day(item, terms, item.reached)
    # What came in time and was returned is not late for being mended.
    first = item.report is ReportState.NONE
    late = due is not None and today > due if first else item.report_late
    return Reported(item.reached, item.version + 1, late)


def _rule(item: Item, command: Accept | Return, terms: Terms) -> tuple[Event, ...]:
    if item.state is not ItemState.HELD or item.report is not ReportState.WAITING or command.version != item.version:
        raise ItemMoved()
    _not_own(item, command.by)
    if isinstance(command, Return):
        return (ReportReturned(item.reached, item.version, _reason(command.reason)),)
    accepted = ReportAccepted(item.reached, item.version)
    return (accepted, Closed(True, "")) if item.reached + 1 == len(terms.days) else (accepted,)


def _not_own(item: Item, by: int | None) -> None:
    if by is not None and by == item.holder:
        raise ItemOwn()


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise ReasonNeeded()
    if len(said) > LONGEST_REASON:
        raise TooLong(limit=LONGEST_REASON, length=len(said))
    return said

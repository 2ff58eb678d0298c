"""The ledger of points: entries are added, never changed."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from storage.many import run_many
from storage.rows import Instant, Row
from storage.standing import Ranked as Ranked
from storage.standing import Standing


class Entry(Row):
    """One line of the ledger.

    ``rule`` is the rule's key, ``evidence`` names the row that earned it (``session:12``), ``happening`` says what it
    showed, ``turn`` counts how often the same evidence was booked anew. ``points`` is what counts, ``worth`` what the rule gives before its caps. ``unit_id`` is the
    person's unit at that time, ``day`` the programme's day that it counts for. An entry that takes another back names it
    in ``reverses``. ``by_hand``: a person decided it, not a rule.
    """

    id: int
    person_id: int
    unit_id: int
    rule: str
    points: int
    worth: int
    day: date
    at: Instant
    evidence: str
    happening: str
    turn: int
    reason: str
    author_id: int | None
    by_hand: bool
    reverses: int | None


class RuleSum(Row):
    """What somebody's period comes to by one rule."""

    rule: str
    points: int


class Booked(Row):
    """An entry with names; ``unit`` is the path of the person's unit at that time."""

    id: int
    name: str
    unit: str
    unit_id: int
    rule: str
    points: int
    at: Instant
    day: date
    evidence: str
    reason: str
    reverses: int | None


class PersonSum(Row):
    """What a person's months come to by one rule; ``rule`` is ``None`` for somebody without points."""

    person_id: int
    code: str
    name: str
    unit: str
    unit_id: int
    left_at: Instant | None
    rule: str | None
    points: int | None


class DisputeEntry(Row):
    """A step of a dispute: what the person said (``opened``), or the ruling (``upheld``, ``rejected``)."""

    id: int
    entry_id: int
    person_id: int
    step: int
    kind: str
    author_id: int | None
    author: str
    reason: str
    at: Instant


class AwardDraft(Row):
    """Points by hand that wait for their confirmation."""

    id: int
    person_id: int
    author_id: int
    points: int
    reason: str
    state: str
    made_at: Instant


BY_HAND = "by_hand"
"""The rule of entries that follow no rule."""
ALL_TIME = "all"
"""The period that never ends; the others are a year (``2026``) and a month (``2026-11``)."""


class Ledger:
    """Entries, and sums of them."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql
        self._standing = Standing(connection, sql)

    def add(
        self,
        *,
        person_id: int,
        unit_id: int,
        rule: str,
        points: int,
        worth: int,
        day: date,
        now: datetime,
        evidence: str,
        happening: str,
        turn: int,
        reason: str = "",
        author_id: int | None = None,
        by_hand: bool = False,
        reverses: int | None = None,
    ) -> int | None:
        """Add an entry and what it changes in the sums; ``None`` if this turn of this evidence is booked already.

        Returns its id.
        """
        row = self._sql.ledger_add(
            self._connection,
            person_id=person_id,
            unit_id=unit_id,
            rule=rule,
            points=points,
            worth=worth,
            day=day,
            at=now,
            evidence=evidence,
            happening=happening,
            turn=turn,
            reason=reason,
            author_id=author_id,
            by_hand=by_hand,
            reverses=reverses,
        )
        if row is None:
            return None
        month = f"{day:%Y-%m}"
        self._sql.ledger_sum_add(self._connection, person_id=person_id, month=month, rule=rule, points=points)
        for period in (ALL_TIME, month[:4], month):
            given = {"period": period, "person_id": person_id, "points": points}
            raised = self._sql.ledger_total_raise(self._connection, **given)
            if raised is None:
                self._sql.ledger_total_begin(self._connection, **given)
                self._sql.ledger_period_grows(self._connection, period=period)
                self._standing.move(period, before=None, after=points)
            else:
                after = int(raised["points"])
                self._standing.move(period, before=after - points, after=after)
        return int(row["id"])

    def get(self, entry_id: int) -> Entry | None:
        """An entry by its number."""
        return Entry.maybe(self._sql.ledger_get(self._connection, id=entry_id))

    def on(self, person_id: int, evidence: str) -> Sequence[Entry]:
        """Everything that was booked for a person on a piece of evidence, reversals too, in order."""
        return Entry.all(self._sql.ledger_on(self._connection, person_id=person_id, evidence=evidence))

    def sum_of(self, person_id: int, first: date, last: date, rule: str | None = None) -> int:
        """A person's points of some days (both included), of one rule or of all."""
        name = "ledger_sum" if rule is None else "ledger_sum_of_rule"
        more = {} if rule is None else {"rule": rule}
        row = getattr(self._sql, name)(self._connection, person_id=person_id, first=first, last=last, **more)
        return int(row["points"])

    def gain_of(self, person_id: int, first: date, last: date, rule: str | None = None) -> int:
        """What a person has gained on some days (both included) as caps count it, by one rule or by all."""
        name = "ledger_gain" if rule is None else "ledger_gain_of_rule"
        more = {} if rule is None else {"rule": rule}
        row = getattr(self._sql, name)(self._connection, person_id=person_id, first=first, last=last, **more)
        return int(row["points"])

    def reversal_of(self, entry_id: int) -> Entry | None:
        """The entry that takes another back, if there is one."""
        return Entry.maybe(self._sql.ledger_reversal_of(self._connection, id=entry_id))

    def reversals_of(self, entry_ids: Sequence[int]) -> Mapping[int, int]:
        """The ids of the entries that take others back, by those that they take back."""
        found = run_many(self._connection, self._sql.ledger_reversals_of.sql, [(one,) for one in entry_ids])
        return {row["reverses"]: row["id"] for row in found}

    def newest(self, person_id: int, *, most: int, after: int = 0) -> Sequence[Entry]:
        """A person's entries, the newest first, without the first ``after`` of them."""
        return Entry.all(self._sql.ledger_newest(self._connection, person_id=person_id, most=most, after=after))

    def count(self, person_id: int) -> int:
        """How many entries a person has."""
        return int(self._sql.ledger_count(self._connection, person_id=person_id))

    def by_rule(self, person_id: int, first_month: str, last_month: str) -> Sequence[RuleSum]:
        """A person's points of some months (``YYYY-MM``, both included) by rule."""
        found = self._sql.ledger_by_rule(self._connection, person_id=person_id, first=first_month, last=last_month)
        return RuleSum.all(found)

    def total(self, person_id: int, period: str) -> int | None:
        """What a person's period comes to; ``None``: nothing was ever booked in it."""
        row = self._sql.ledger_total(self._connection, person_id=person_id, period=period)
        return None if row is None else int(row["points"])

    def above(self, period: str, points: int, unit_id: int | None = None) -> int:
        """How many on the roster have more points in a period: of everybody, or of a unit and those below it."""
        if unit_id is None:
            return self._standing.above(period, points)
        return int(self._sql.ledger_above_within(self._connection, period=period, points=points, unit_id=unit_id))

    def ranked(self, period: str, unit_id: int | None = None) -> int:
        """How many on the roster have points in a period: of everybody, or of a unit and those below it."""
        if unit_id is None:
            return int(self._sql.ledger_ranked(self._connection, period=period))
        return int(self._sql.ledger_ranked_within(self._connection, period=period, unit_id=unit_id))

    def ranking(
        self, period: str, *, most: int, after: int, unit_id: int | None = None, large: bool = False
    ) -> Sequence[Ranked]:
        """A page of a ranking, most points first: of everybody, or of a unit and those below it.

        ``large`` is a hint for speed: the unit has a good part of everybody in it.
        """
        if unit_id is None:
            return self._standing.page(period, most=most, after=after)
        query = self._sql.ledger_ranking_large if large else self._sql.ledger_ranking_small
        found = query(self._connection, period=period, most=most, after=after, unit_id=unit_id)
        return Ranked.all(found)

    def period(self, first: date, last: date) -> Sequence[Booked]:
        """Every entry of some days (both included), by day."""
        return Booked.all(self._sql.ledger_period(self._connection, first=first, last=last))

    def next_day(self, first: date, last: date) -> date | None:
        """The first day of a period (both ends included) that has an entry."""
        found = self._sql.ledger_next_day(self._connection, first=first, last=last)
        return None if found is None else date.fromisoformat(found)

    def months(self, first_month: str, last_month: str) -> Sequence[PersonSum]:
        """What everybody's months (``YYYY-MM``, both included) come to by rule, by unit and name."""
        return PersonSum.all(self._sql.ledger_months(self._connection, first=first_month, last=last_month))

    def unequal(self) -> Sequence[str]:
        """Where a kept sum is not what its entries come to, in words for the log; nothing, if all is well."""
        sums = list(self._sql.ledger_unequal_sums(self._connection))
        totals = list(self._sql.ledger_unequal_totals(self._connection))
        return [
            *(f"person {row['person_id']} {row['month']} {row['rule']}" for row in sums),
            *(f"person {row['person_id']} {row['period']}" for row in totals),
            *(f"steps of {row['period']}" for row in self._sql.ledger_unequal_steps(self._connection)),
            *(f"people of {row['period']}" for row in self._sql.ledger_unequal_periods(self._connection)),
        ]

    def open_dispute(self, entry: Entry, *, author_id: int, author: str, reason: str, now: datetime) -> bool:
        """Note that a person disputes an entry; says whether that is new."""
        return self._dispute(entry, 0, "opened", author_id, author, reason, now)

    def rule_on(self, entry: Entry, *, upheld: bool, author_id: int, author: str, reason: str, now: datetime) -> bool:
        """Note the ruling on a dispute; says whether that is new."""
        return self._dispute(entry, 1, "upheld" if upheld else "rejected", author_id, author, reason, now)

    def _dispute(
        self, entry: Entry, step: int, kind: str, author_id: int, author: str, reason: str, now: datetime
    ) -> bool:
        row = self._sql.dispute_add(
            self._connection,
            entry_id=entry.id,
            person_id=entry.person_id,
            step=step,
            kind=kind,
            author_id=author_id,
            author=author,
            reason=reason,
            at=now,
        )
        return row is not None

    def dispute(self, entry_id: int) -> Sequence[DisputeEntry]:
        """What was said about an entry: nothing, the dispute, the dispute and its ruling."""
        return DisputeEntry.all(self._sql.dispute_on(self._connection, entry_id=entry_id))

    def disputes(self, entry_ids: Sequence[int]) -> Mapping[int, Sequence[DisputeEntry]]:
        """The same for several entries, by their ids; nothing for those that nobody disputed."""
        found: dict[int, list[DisputeEntry]] = {}
        for row in run_many(self._connection, self._sql.disputes_on.sql, [(one,) for one in entry_ids]):
            found.setdefault(row["entry_id"], []).append(DisputeEntry.of(row))
        return found

    def ask_to_rule(self, entry_id: int, user_id: int) -> None:
        """Note that somebody was asked to rule on a dispute."""
        self._sql.dispute_card_add(self._connection, entry_id=entry_id, user_id=user_id)

    def asked_to_rule(self, entry_id: int) -> Sequence[int]:
        """The Telegram ids of those who were asked to rule on a dispute."""
        return [row["user_id"] for row in self._sql.dispute_cards(self._connection, entry_id=entry_id)]

    def draft_award(self, person_id: int, author_id: int, points: int, reason: str, *, now: datetime) -> int:
        """Keep points by hand until they are confirmed; returns the draft's id."""
        draft_id: int = self._sql.award_draft_add(
            self._connection, person_id=person_id, author_id=author_id, points=points, reason=reason, made_at=now
        )
        return draft_id

    def settle_award(self, draft_id: int, author_id: int, *, done: bool) -> AwardDraft | None:
        """Take a draft to confirm or to drop it; ``None`` if that was done already, or it is somebody else's."""
        state = "done" if done else "dropped"
        return AwardDraft.maybe(
            self._sql.award_draft_settle(self._connection, id=draft_id, author_id=author_id, state=state)
        )

"""Items that people take on: what they are, their log, reports, drafts, wishes and choices."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from storage.rows import Instant, Row


class ItemRow(Row):
    """An item with the names that belong to it. ``unit_id`` is the unit that put it up (``None``: the programme's office)."""

    id: int
    pool: str
    work: str
    title: str
    measure: str
    unit_id: int | None
    leader_id: int | None
    leader: str | None
    leader_user: int | None
    wanted_unit_id: int | None
    wanted_unit: str | None
    wanted_person_id: int | None
    wanted_person: str | None
    deadline: date | None
    created_by: int
    created_at: Instant
    state: str
    holder_id: int | None
    holder: str | None
    holder_user: int | None
    holder_unit_id: int | None
    holder_unit: str | None
    holder_path: str | None
    period: str
    since: date | None
    reached: int
    report: str
    version: int
    report_late: bool
    late: bool
    finished: bool
    reopened: date | None
    reason: str


class ItemStep(Row):
    """One step of an item; ``author`` is a Telegram id, ``name`` whose it is, if the roster knows."""

    id: int
    item_id: int
    event: str
    body: str
    author: int
    name: str | None
    at: Instant


class ItemReport(Row):
    """A report that was handed in."""

    id: int
    item_id: int
    version: int
    milestone: str
    person_id: int
    text: str
    files: str
    late: bool
    handed_in_at: Instant


class ItemDraft(Row):
    """A report that is being written; ``card`` counts the cards that show it, ``album`` is the newest album in it."""

    item_id: int
    person_id: int
    text: str
    files: str
    card: int
    album: str


class ItemWish(Row):
    """Somebody wishes for an item, at a place (from 1)."""

    person_id: int
    name: str
    unit: str
    unit_id: int
    item_id: int
    pool: str
    place: int


class ItemChoice(Row):
    """The office would give an item to somebody, at a place (from 1)."""

    item_id: int
    person_id: int
    place: int


class ItemMatch(Row):
    """Who would get what; ``body`` is the proposal as JSON."""

    id: int
    pool: str
    seed: int
    body: str
    made_by: int
    made_at: Instant
    confirmed_by: int | None
    confirmed_at: Instant | None


class ClaimRoom:
    """The items of all pools."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        source: str,
        *,
        pool: str,
        work: str,
        title: str,
        measure: str,
        unit_id: int | None,
        leader_id: int | None,
        wanted_unit_id: int | None,
        wanted_person_id: int | None,
        deadline: date | None,
        created_by: int,
        now: datetime,
    ) -> int | None:
        """Put an item up; ``None`` if the same ``source`` did so before."""
        row = self._sql.item_add(
            self._connection,
            source=source,
            pool=pool,
            work=work,
            title=title,
            measure=measure,
            unit_id=unit_id,
            leader_id=leader_id,
            wanted_unit_id=wanted_unit_id,
            wanted_person_id=wanted_person_id,
            deadline=deadline,
            created_by=created_by,
            created_at=now,
        )
        return None if row is None else int(row["id"])

    def get(self, item_id: int) -> ItemRow | None:
        """An item by its number."""
        return ItemRow.maybe(self._sql.item_get(self._connection, id=item_id))

    def all(self) -> Sequence[ItemRow]:
        """Every item, the oldest first."""
        return ItemRow.all(self._sql.items_all(self._connection))

    def held_count(self, person_id: int, pool: str, period: str) -> int:
        """How many items count against somebody's limit."""
        count: int = self._sql.item_held_count(self._connection, person_id=person_id, pool=pool, period=period)
        return count

    def save(
        self,
        item_id: int,
        *,
        state: str,
        holder_id: int | None,
        period: str,
        since: date | None,
        reached: int,
        report: str,
        version: int,
        report_late: bool,
        late: bool,
        finished: bool,
        reopened: date | None,
        reason: str,
    ) -> None:
        """Keep what an item has become."""
        self._sql.item_save(
            self._connection,
            id=item_id,
            state=state,
            holder_id=holder_id,
            period=period,
            since=since,
            reached=reached,
            report=report,
            version=version,
            report_late=report_late,
            late=late,
            finished=finished,
            reopened=reopened,
            reason=reason,
        )

    def log(self, item_id: int, event: str, body: str, *, author: int, now: datetime) -> None:
        """Add a step to an item's log."""
        self._sql.item_step_add(self._connection, item_id=item_id, event=event, body=body, author=author, at=now)

    def steps(self, item_id: int) -> Sequence[ItemStep]:
        """An item's log, in order."""
        return ItemStep.all(self._sql.item_steps_of(self._connection, item_id=item_id))

    def add_report(
        self,
        item_id: int,
        version: int,
        *,
        milestone: str,
        person_id: int,
        text: str,
        files: str,
        late: bool,
        now: datetime,
    ) -> int:
        """Keep a report that was handed in; returns its number."""
        row = self._sql.item_report_add(
            self._connection,
            item_id=item_id,
            version=version,
            milestone=milestone,
            person_id=person_id,
            text=text,
            files=files,
            late=late,
            handed_in_at=now,
        )
        return int(row["id"])

    def report(self, item_id: int, version: int) -> ItemReport | None:
        """A version of an item's reports."""
        return ItemReport.maybe(self._sql.item_report_get(self._connection, item_id=item_id, version=version))

    def item_of_report(self, report_id: int) -> int | None:
        """The item that a report is about."""
        item: int | None = self._sql.item_of_report(self._connection, id=report_id)
        return item

    def draft(self, item_id: int) -> ItemDraft | None:
        """What is being written about an item."""
        return ItemDraft.maybe(self._sql.item_draft_get(self._connection, item_id=item_id))

    def put_draft(self, draft: ItemDraft) -> None:
        """Keep what is being written."""
        self._sql.item_draft_put(self._connection, **draft.model_dump())

    def drop_draft(self, item_id: int) -> None:
        """Throw a draft away."""
        self._sql.item_draft_drop(self._connection, item_id=item_id)

    def wish(self, person_id: int, item_id: int, place: int, *, now: datetime) -> None:
        """State a wish."""
        self._sql.item_wish_put(self._connection, person_id=person_id, item_id=item_id, place=place, at=now)

    def unwish(self, person_id: int, item_id: int) -> None:
        """Take a wish back."""
        self._sql.item_wish_drop(self._connection, person_id=person_id, item_id=item_id)

    def wishes(self) -> Sequence[ItemWish]:
        """Every wish for an open item, in each person's order."""
        return ItemWish.all(self._sql.item_wishes_all(self._connection))

    def choose(self, item_id: int, person_id: int, place: int, *, author: int, now: datetime) -> None:
        """State whom an item should go to."""
        self._sql.item_choice_put(
            self._connection, item_id=item_id, person_id=person_id, place=place, author=author, at=now
        )

    def unchoose(self, item_id: int, person_id: int) -> None:
        """Take a choice back."""
        self._sql.item_choice_drop(self._connection, item_id=item_id, person_id=person_id)

    def choices(self) -> Sequence[ItemChoice]:
        """Every choice, item by item in order."""
        return ItemChoice.all(self._sql.item_choices_all(self._connection))

    def add_match(self, pool: str, seed: int, body: str, *, by: int, now: datetime) -> int:
        """Keep a proposal; returns its number."""
        row = self._sql.item_match_add(self._connection, pool=pool, seed=seed, body=body, made_by=by, made_at=now)
        return int(row["id"])

    def match(self, match_id: int) -> ItemMatch | None:
        """A proposal by its number."""
        return ItemMatch.maybe(self._sql.item_match_get(self._connection, id=match_id))

    def confirm_match(self, match_id: int, *, by: int, now: datetime) -> bool:
        """Confirm a proposal; false if that was done before."""
        changed: int = self._sql.item_match_confirm(self._connection, id=match_id, confirmed_by=by, confirmed_at=now)
        return changed > 0

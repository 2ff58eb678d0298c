"""The figures of the items, and their table."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from storage import Database, Tx
from storage.claims import ItemRow
from study.access import access_of
from study.calendar import day_of
from study.claim_book import ClaimSettings, item_of, line_of, pools_in_force, terms_of
from study.claim_desk import held_rows
from study.claim_rules import ItemState, due_day
from study.claim_views import ItemOverview, OverviewRow
from study.errors import Forged, NotAllowed
from study.programme import programme_in_force
from study.programme.claims import Pool, period_of

BY = ("work", "unit", "person")
_PAGE = 20


class ClaimRecords:
    """Figures and rows for those who organise."""

    def __init__(self, database: Database, settings: ClaimSettings) -> None:
        self._database, self._settings = database, settings

    async def overview(
        self, user_id: int, pool_key: str, by: str, *, page: int = 0, anew: bool = False, now: datetime
    ) -> None:
        """Show the figures of a pool (``""``: the first) by work, unit or person, of the units that the organiser runs.

        Raises:
            NotAllowed: they organise nothing.
            Forged: there is no such pool.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            if not access.is_organiser:
                raise NotAllowed()
            pools = {pool.key: pool for pool in pools_in_force(tx)}
            pool = pools.get(pool_key) if pool_key else next(iter(pools.values()))
            if pool is None:
                raise Forged()
            today = day_of(now, self._settings.zone)
            rows = held_rows(tx, access, {pool.key: pool})
            figures = figures_by(rows, pool, _name_by(by), today)
            pages = max(1, -(-len(figures) // _PAGE))
            at = min(max(page, 0), pages - 1)
            view = ItemOverview(
                pool=pool.key,
                title=pool.title.root,
                pools=tuple((one.key, one.title.root) for one in pools.values()),
                by=by,
                rows=tuple(figures[at * _PAGE : (at + 1) * _PAGE]),
                total=next(iter(figures_by(rows, pool, lambda _: "", today)), OverviewRow(name="")),
                missing=self._missing(tx, pool, access.units(tx), today) if by == "person" else (),
                least=pool.least,
                page=at,
                pages=pages,
            )
            ref = f"items_figures:{user_id}"
            if anew or not tx.outbox.edit(ref, view, now=now):
                tx.outbox.say(user_id, view, now=now, ref=ref)

        await self._database.write(work)

    async def export(self, *, units: frozenset[int] | None = None, now: datetime) -> list[dict[str, Any]]:
        """Every item as a row; ``units`` limits them to those held in these units or put up by them (``None``: all)."""

        def work(tx: Tx) -> list[dict[str, Any]]:
            claims = programme_in_force(tx).claims
            paths = {unit.id: unit.path for unit in tx.people.units()}
            today = day_of(now, self._settings.zone)
            every = units is not None and units >= frozenset(paths)
            return [
                _record(row, claims.of(row.pool), paths, today)
                for row in tx.claims.all()
                if units is None
                or every
                or (row.unit_id if row.holder_unit_id is None else row.holder_unit_id) in units
            ]

        return await self._database.read(work)

    def _missing(self, tx: Tx, pool: Pool, units: frozenset[int], today: date) -> tuple[str, ...]:
        if not pool.least:
            return ()
        period = period_of(pool.period, today)
        return tuple(
            f"{person.name}（{person.unit}）"
            for person in programme_in_force(tx).meant(tx, pool.who)
            if person.unit_id in units and tx.claims.held_count(person.id, pool.key, period) < pool.least
        )


def figures_by(rows: Sequence[ItemRow], pool: Pool, name: Callable[[ItemRow], str], today: date) -> list[OverviewRow]:
    """The figures of some items by a name of theirs, in the order in which the names come."""
    found: dict[str, OverviewRow] = {}
    for row in rows:
        line, key = line_of(pool, row, today), name(row)
        before = found.get(key, OverviewRow(name=key))
        done = row.state == ItemState.CLOSED and row.finished
        found[key] = OverviewRow(
            name=key,
            items=before.items + 1,
            claimed=before.claimed + (row.holder_id is not None and row.state != ItemState.ASKED),
            done=before.done + done,
            on_time=before.on_time + (done and not row.late),
            late=before.late + (done and row.late),
            overdue=before.overdue + line.overdue,
        )
    return list(found.values())


def _name_by(by: str) -> Callable[[ItemRow], str]:
    match by:
        case "work":
            return lambda row: row.work
        case "unit":
            return lambda row: row.holder_unit or ""
        case "person":
            return lambda row: "" if row.holder is None else f"{row.holder}（{row.holder_unit}）"
    raise Forged()


def _record(row: ItemRow, pool: Pool | None, paths: dict[int, str], today: date) -> dict[str, Any]:
    due = overdue = stage = None
    if pool is not None and row.state == ItemState.HELD and row.reached < len(pool.milestones):
        line = line_of(pool, row, today)
        due = due_day(item_of(row), terms_of(pool, row), row.reached)
        overdue, stage = line.overdue, pool.milestones[row.reached].key
    return {
        "id": row.id,
        "pool": row.pool,
        "work": row.work,
        "item": row.title,
        "measure": row.measure,
        "leader": row.leader,
        "unit": row.holder_path or (None if row.unit_id is None else paths.get(row.unit_id)),
        "name": row.holder,
        "item_state": "given_up" if row.state == ItemState.CLOSED and not row.finished else row.state,
        "since": None if row.since is None else row.since.isoformat(),
        "milestone": stage,
        "milestones_reached": row.reached,
        "due": None if due is None else due.isoformat(),
        "overdue": bool(overdue),
        "late": row.late,
        "deadline": None if row.deadline is None else row.deadline.isoformat(),
        "reason": row.reason,
    }


__all__ = ["BY", "ClaimRecords", "figures_by"]

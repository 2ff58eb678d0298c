"""Drafts of bulletins: made by hand or by themselves, with figures frozen as they are at that moment, taken anew, corrected.

What is posted is never changed: a correction is a new version, which says so.
"""

from datetime import date, datetime, timedelta

from storage import Database, Rank, Tx
from storage.bulletins import Bulletin, BulletinState
from study import bulletin_draft as drafts
from study.bulletin_book import BulletinBook, BulletinNotDraft, before
from study.bulletin_views import (
    BulletinReady,
)
from study.calendar import day_of, moment
from study.due import Due
from study.errors import Expired, Forged
from study.periods import Period, period_of
from study.programme import programme_in_force
from study.programme.reports import ReportPlan
from study.report_book import ReportSettings, period_called, reader, scope_for, top_unit
from study.report_figures import scope_of

ALARM = "bulletin.draft"


class BulletinDrafts:
    """Takes figures, and keeps them as a draft."""

    def __init__(self, database: Database, settings: ReportSettings) -> None:
        self._database, self._settings, self._book = database, settings, BulletinBook(settings)

    async def draft(
        self, user_id: int, report: str, period: str, unit_id: int, *, on_message: int | None = None, now: datetime
    ) -> None:
        """Open the newest version for a period; it is drafted if there is none.

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """
        unit = unit_id or None

        def allowed(tx: Tx) -> bool:
            access, programme = reader(tx, user_id, self._settings)
            scope_for(tx, access, unit, self._settings)
            if programme.reports.plan(report) is None:
                raise Forged()
            return tx.bulletins.newest(report, period, unit) is None

        _, span = period_called(period)
        if await self._database.read(allowed):
            await self._draft(report, span, unit, 1, now=now)

        def work(tx: Tx) -> None:
            row = tx.bulletins.newest(report, period, unit)
            if row is None:
                raise Forged()
            self._book.desk(tx, user_id, row.id, on_message, now)

        await self._database.write(work)

    async def _draft(
        self, report: str, period: Period, unit: int | None, version: int, *, old: int | None = None, now: datetime
    ) -> int | None:
        """Count on a reader's connection, then keep it; the second of two at once keeps nothing."""

        def count(tx: Tx) -> drafts.Snapshot | None:
            programme = programme_in_force(tx)
            plan = programme.reports.plan(report)
            scope = scope_of(tx, unit, self._settings.name)
            if plan is None or (unit is not None and scope.unit_id is None):
                return None
            return drafts.snapshot(tx, programme, plan, scope, period.first, zone=self._settings.zone, now=now)

        found = await self._database.read(count)
        if found is None:
            return None

        def keep(tx: Tx) -> int | None:
            made = tx.bulletins.add(
                report,
                period.key,
                unit,
                version,
                figures=found.report.model_dump_json(),
                lists=found.lists.model_dump_json(),
                taken_at=now,
                newest_entry=found.report.newest_entry,
            )
            if made is not None:
                for source, lines in found.rows.items():
                    tx.bulletins.keep_rows(made, source, lines)
                if old is not None:
                    tx.bulletins.copy_texts(old, made)
                tx.bulletins.note(made, "drafted", by=None, name="", now=now)
            return made

        return await self._database.write(keep)

    async def recount(self, user_id: int, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Take new figures into a draft; what people wrote stays, the lists are made anew.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft.
        """

        def count(tx: Tx) -> drafts.Snapshot:
            row, _, programme = self._book.mine(tx, user_id, bulletin_id)
            plan = programme.reports.plan(row.report)
            if plan is None:
                raise Forged()
            scope = scope_of(tx, row.unit_id, self._settings.name)
            first = period_called(row.period)[1].first
            return drafts.snapshot(tx, programme, plan, scope, first, zone=self._settings.zone, now=now)

        found = await self._database.read(count)

        def keep(tx: Tx) -> None:
            if not tx.bulletins.recount(
                bulletin_id,
                figures=found.report.model_dump_json(),
                lists=found.lists.model_dump_json(),
                taken_at=now,
                newest_entry=found.report.newest_entry,
            ):
                raise BulletinNotDraft()
            for source, lines in found.rows.items():
                tx.bulletins.keep_rows(bulletin_id, source, lines)
            tx.bulletins.note(bulletin_id, "recounted", by=user_id, name="", now=now)
            self._book.desk(tx, user_id, bulletin_id, on_message, now)

        await self._database.write(keep)

    async def correct(self, user_id: int, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Begin a new version of one that is posted, with its texts and new figures.

        Raises:
            SwitchedOff, NotAllowed, Forged, Expired: a newer version is there already.
        """

        def allowed(tx: Tx) -> Bulletin:
            row, _, _ = self._book.mine(tx, user_id, bulletin_id)
            newest = tx.bulletins.newest(row.report, row.period, row.unit_id)
            if row.state is not BulletinState.POSTED or newest is None or newest.id != row.id:
                raise Expired()
            return row

        row = await self._database.read(allowed)
        period = period_called(row.period)[1]
        made = await self._draft(row.report, period, row.unit_id, row.version + 1, old=row.id, now=now)
        if made is None:
            raise Expired()
        await self._database.write(lambda tx: self._book.desk(tx, user_id, made, on_message, now))

    async def plan(self, since: datetime, now: datetime) -> None:
        """Set the alarms of the drafts that make themselves; what was due before ``since`` is left to people."""

        def work(tx: Tx) -> None:
            today = day_of(now, self._settings.zone)
            for plan in programme_in_force(tx).reports.reports:
                for period in (period_of(plan.every, today), before(plan, today)):
                    due = self._drafted_at(plan, period)
                    if plan.draft_day and due > since:
                        tx.alarms.set(ALARM, f"{plan.key}:{period.key}", due)

        await self._database.write(work)

    async def draft_by_itself(self, due: Due) -> None:
        """Draft the bulletins of a period for every unit that has one, and tell those who run it."""
        report, _, key = due.key.partition(":")
        _, period = period_called(key)

        def units(tx: Tx) -> list[int | None]:
            plan = programme_in_force(tx).reports.plan(report)
            if plan is None:
                return []
            if plan.depth is None:
                return [top_unit(tx)]
            return [unit.id for unit in tx.people.units() if unit.path.count("/") + 1 == plan.depth]

        made = []
        for unit in await self._database.read(units):
            bulletin = await self._draft(report, period, unit, 1, now=due.now)
            if bulletin is not None:
                made.append(bulletin)

        def tell(tx: Tx) -> None:
            programme = programme_in_force(tx)
            for bulletin in made:
                row = tx.bulletins.get(bulletin)
                assert row is not None
                view = BulletinReady(line=self._book.line(tx, programme, row))
                for reader_id in self._book.runners(tx, row):
                    tx.outbox.say(reader_id, view, now=due.now, rank=Rank.PUSH)

        await self._database.write(tell)

    def _drafted_at(self, plan: ReportPlan, period: Period) -> datetime:
        after = period.last + timedelta(days=1)
        return moment(date(after.year, after.month, max(plan.draft_day, 1)), plan.at, self._settings.zone)

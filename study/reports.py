"""``/report``: the figures of a period and a unit for whoever runs it, the rows behind each, by unit, as a file.

Counting is done on a reader's connection, aside of the writer; what is shown is stored afterwards.
"""

from datetime import datetime
from typing import Literal

from storage import Database, Tx
from study.calendar import day_of
from study.errors import Forged
from study.programme import programme_in_force
from study.report_book import ReportSettings, own_unit, period_called, reader, scope_for, show
from study.report_figures import report_of, rows, scope_of, window_of
from study.report_views import Report, ReportFile, ReportMenu, ReportPage, ReportRows, ReportTable, ReportUnit
from study.views import View

A_PAGE = 15
_REF = "fleeting:report:{user}"
_BELOW = 40


class Reports:
    """Figures on demand."""

    def __init__(self, database: Database, settings: ReportSettings) -> None:
        self._database, self._settings = database, settings

    async def menu(self, user_id: int, unit_id: int = -1, *, on_message: int | None = None, now: datetime) -> None:
        """Ask for the period; ``unit_id`` -1 is the own unit, 0 the whole programme.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def work(tx: Tx) -> ReportMenu:
            access, _ = reader(tx, user_id, self._settings)
            unit = own_unit(tx, access) if unit_id == -1 else unit_id or None
            scope = scope_for(tx, access, unit, self._settings)
            below = tuple(one for one, _ in scope.children)[:_BELOW]
            return ReportMenu(unit_id=unit or 0, unit=scope.name, today=day_of(now, self._settings.zone), below=below)

        await self._show(user_id, await self._database.read(work), on_message, now)

    async def page(
        self, user_id: int, period: str, unit_id: int, page: int, *, on_message: int | None = None, now: datetime
    ) -> None:
        """Show a chapter.

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """
        report = await self.report(user_id, period, unit_id, now=now)
        await self._show(user_id, ReportPage(report=report, page=page), on_message, now)

    async def page_of_own(self, user_id: int, period: str, *, now: datetime) -> None:
        """Show the first chapter of a period of the own unit.

        Raises:
            SwitchedOff, NotAllowed, PeriodUnknown.
        """
        unit = await self._database.read(lambda tx: own_unit(tx, reader(tx, user_id, self._settings)[0]))
        await self.page(user_id, period, unit or 0, 0, now=now)

    async def table(
        self, user_id: int, period: str, unit_id: int, chapter: int, *, on_message: int | None, now: datetime
    ) -> None:
        """Show a chapter by unit.

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """
        report = await self.report(user_id, period, unit_id, now=now)
        if not 0 <= chapter < len(report.chapters):
            raise Forged()
        await self._show(user_id, ReportTable(report=report, chapter=chapter), on_message, now)

    async def rows(
        self,
        user_id: int,
        period: str,
        unit_id: int,
        figure: int,
        page: int,
        *,
        on_message: int | None,
        now: datetime,
    ) -> None:
        """Show the rows behind a figure (counted from 0 over all chapters).

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """
        report = await self.report(user_id, period, unit_id, now=now)
        if not 0 <= figure < len(report.figures):
            raise Forged()
        wanted = report.figures[figure]
        pages = max(-(-wanted.rows // A_PAGE), 1)
        at = min(max(page, 0), pages - 1)

        def work(tx: Tx) -> ReportRows:
            access, programme = reader(tx, user_id, self._settings)
            scope = scope_for(tx, access, unit_id or None, self._settings)
            zone = self._settings.zone
            window = window_of(tx, period_called(period)[1], zone, now)
            found = rows(tx, programme, scope, wanted, window, zone, most=A_PAGE, after=at * A_PAGE)
            return ReportRows(
                figure=wanted,
                rows=tuple(found),
                page=at,
                pages=pages,
                address=f"report_rows:{period}:{unit_id}:{figure}",
                back=f"report:page:{period}:{unit_id}:{chapter_of(report, figure)}",
            )

        await self._show(user_id, await self._database.read(work), on_message, now)

    async def ask_file(
        self, user_id: int, period: str, unit_id: int, form: Literal["docx", "xlsx"], *, now: datetime
    ) -> None:
        """Send a report as a file.

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """

        def work(tx: Tx) -> None:
            access, _ = reader(tx, user_id, self._settings)
            scope = scope_for(tx, access, unit_id or None, self._settings)
            key = period_called(period)[1].key
            view = ReportFile(user_id=user_id, period=key, unit_id=unit_id, unit=scope.name, form=form)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def report(self, user_id: int, period: str, unit_id: int, *, trends: bool = False, now: datetime) -> Report:
        """Count a period of a unit (0: the whole) for somebody.

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """
        every, span = period_called(period)

        def work(tx: Tx) -> Report:
            access, programme = reader(tx, user_id, self._settings)
            scope = scope_for(tx, access, unit_id or None, self._settings)
            return report_of(tx, programme, scope, every, span.first, zone=self._settings.zone, now=now, trends=trends)

        return await self._database.read(work)

    async def for_office(self, period: str, unit: ReportUnit | None, *, now: datetime) -> Report:
        """Count a period for the command line, which is the office's own.

        Raises:
            PeriodUnknown.
        """
        every, span = period_called(period)

        def work(tx: Tx) -> Report:
            scope = scope_of(tx, None if unit is None else unit.id, self._settings.name)
            return report_of(
                tx, programme_in_force(tx), scope, every, span.first, zone=self._settings.zone, now=now, trends=True
            )

        return await self._database.read(work)

    async def unit_called(self, name: str) -> ReportUnit | None:
        """The one unit with a name or a path; ``None``: there is none, or there are several."""

        def work(tx: Tx) -> ReportUnit | None:
            found = tx.people.units_called(name)
            return ReportUnit(id=found[0].id, name=found[0].name) if len(found) == 1 else None

        return await self._database.read(work)

    async def _show(self, user_id: int, view: View, on_message: int | None, now: datetime) -> None:
        ref = _REF.format(user=user_id)
        await self._database.write(lambda tx: show(tx, user_id, view, on_message, ref, now))


def chapter_of(report: Report, figure: int) -> int:
    """The chapter that has a figure."""
    for number, chapter in enumerate(report.chapters):
        if figure < len(chapter.figures):
            return number
        figure -= len(chapter.figures)
    return 0

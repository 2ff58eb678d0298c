"""The figures of a bulletin and the rows behind them, as of its snapshot, beside what they have become since."""

from datetime import datetime

from storage import Database, Tx
from study import bulletin_draft as drafts
from study.bulletin_book import BulletinBook, ref_of
from study.bulletin_views import (
    BulletinFacts,
    BulletinFigures,
)
from study.errors import Forged
from study.programme import Programme, programme_in_force
from study.report_book import ReportSettings, show
from study.report_figures import report_of, scope_of
from study.report_views import ReportRows
from study.reports import A_PAGE, chapter_of


class BulletinSources:
    """Where the figures of bulletins come from."""

    def __init__(self, database: Database, settings: ReportSettings) -> None:
        self._database, self._settings, self._book = database, settings, BulletinBook(settings)

    async def figures(
        self, user_id: int, bulletin_id: int, page: int, *, on_message: int | None, now: datetime
    ) -> None:
        """The figures of a bulletin with the rows behind each; those that have changed since the snapshot are marked.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def count(tx: Tx) -> BulletinFigures:
            row, _, programme = self._book.mine(tx, user_id, bulletin_id)
            facts = drafts.facts_of(tx, row, programme)
            return BulletinFigures(facts=facts, page=page, now=self._since(tx, programme, facts, now))

        view = await self._database.read(count)
        ref = ref_of(user_id, bulletin_id)
        await self._database.write(lambda tx: show(tx, user_id, view, on_message, ref, now))

    async def rows(
        self, user_id: int, bulletin_id: int, figure: int, page: int, *, on_message: int, now: datetime
    ) -> None:
        """The rows behind a figure as of the snapshot.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def count(tx: Tx) -> ReportRows:
            row, _, programme = self._book.mine(tx, user_id, bulletin_id)
            facts = drafts.facts_of(tx, row, programme)
            if not 0 <= figure < len(facts.figures.figures):
                raise Forged()
            wanted = facts.figures.figures[figure]
            found = drafts.frozen_rows(tx, row, wanted, self._settings.zone)
            pages = max(-(-len(found) // A_PAGE), 1)
            at = min(max(page, 0), pages - 1)
            value = self._since(tx, programme, facts, now)[figure]
            return ReportRows(
                figure=wanted,
                rows=tuple(found[at * A_PAGE : (at + 1) * A_PAGE]),
                page=at,
                pages=pages,
                address=f"bull_rows:{bulletin_id}:{figure}",
                back=f"bull:figures:{bulletin_id}:{chapter_of(facts.figures, figure)}",
                taken_at=row.taken_at,
                changed=value != wanted.value,
                now=value,
            )

        view = await self._database.read(count)
        ref = ref_of(user_id, bulletin_id)
        await self._database.write(lambda tx: show(tx, user_id, view, on_message, ref, now))

    async def facts(self, bulletin_id: int) -> BulletinFacts:
        """A bulletin for the file that is made of it when it is sent.

        Raises:
            Forged: there is none.
        """

        def work(tx: Tx) -> BulletinFacts:
            row = tx.bulletins.get(bulletin_id)
            if row is None:
                raise Forged()
            return drafts.facts_of(tx, row, programme_in_force(tx))

        return await self._database.read(work)

    def _since(self, tx: Tx, programme: Programme, facts: BulletinFacts, now: datetime) -> tuple[int | None, ...]:
        """What each figure has become since the snapshot."""
        report = facts.figures
        chapters = [
            (chapter.key, None, tuple(dict.fromkeys(figure.key for figure in chapter.figures)))
            for chapter in report.chapters
            if chapter.figures
        ]
        if not chapters:
            return ()
        scope = scope_of(tx, report.unit_id, self._settings.name)
        fresh = report_of(
            tx, programme, scope, report.every, report.first, zone=self._settings.zone, now=now, chapters=chapters
        )
        found = {(figure.key, figure.part): figure.value for figure in fresh.figures}
        return tuple(found.get((figure.key, figure.part), 0) for figure in report.figures)

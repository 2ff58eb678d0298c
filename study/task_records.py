"""Reflections and assignments as records, for tables and scripts."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.tasks import SubmissionRow, TaskRow
from study.submission import length_of
from study.task_book import template_of


class TaskRecords:
    """Gives out everything that was asked for and handed in."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone

    async def export(self, kind: str, *, units: frozenset[int] | None = None) -> tuple[dict[str, object], ...]:
        """Every submission of a kind (``reflection`` or ``assignment``), by task, unit and name; times as ISO 8601.

        ``units`` limits it to the people of some units. Whoever has not handed in is there too, as a ``draft`` without
        text; a draft's words are nobody's business. ``task`` is the title, or the key of one that has none.
        """

        return tuple([record async for page in self.pages(kind, units=units) for record in page])

    async def pages(
        self, kind: str, *, units: frozenset[int] | None = None
    ) -> AsyncIterator[tuple[dict[str, object], ...]]:
        """The same a task at a time: the texts of years are never in memory as a whole."""
        tasks = await self._database.read(
            lambda tx: [task for task in tx.tasks.all() if template_of(task).kind == kind]
        )

        def work(tx: Tx, task: TaskRow) -> tuple[dict[str, object], ...]:
            by_choice = template_of(task).by_choice
            return tuple(
                self._record(task, row)
                for row in tx.tasks.submissions(task.id)
                if (row.version > 0 or not by_choice) and (units is None or row.unit_id in units)
            )

        for task in tasks:
            yield await self._database.read(partial(work, task=task))

    def _record(self, task: TaskRow, row: SubmissionRow) -> dict[str, object]:
        return {
            "task": task.title or task.key,
            "kind": template_of(task).kind,
            "unit": row.unit,
            "name": row.name,
            "state": row.state,
            "handed_in_at": self._iso(row.handed_in_at),
            "late": row.late,
            "length": length_of(row.text),
            "text": row.text,
            "files": [file.name or file.piece for file in row.files],
            "reviewer": row.reviewer,
            "reviewed_at": self._iso(row.reviewed_at),
            "reason": row.reason,
            "published": row.published_at is not None,
        }

    def _iso(self, at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(self._zone).isoformat(timespec="seconds")

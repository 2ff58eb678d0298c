"""Bulletins: versions, texts, the rows behind their figures, what happened to them."""

import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class BulletinState(StrEnum):
    """How far a bulletin has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    POSTED = "posted"


class BulletinHead(Row):
    """A bulletin in a list."""

    id: int
    report: str
    period: str
    unit_id: int | None
    version: int
    state: BulletinState
    posted_at: Instant | None


class Bulletin(BulletinHead):
    """A bulletin; ``figures`` and ``lists`` are JSON, counted at ``taken_at`` with the entries up to ``newest_entry``."""

    figures: str
    lists: str
    taken_at: Instant
    newest_entry: int
    reason: str
    submitted_by: int | None
    submitter: str
    approved_by: int | None
    approver: str
    created_at: Instant


class Bulletins:
    """The bulletins of a programme."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        report: str,
        period: str,
        unit_id: int | None,
        version: int,
        *,
        figures: str,
        lists: str,
        taken_at: datetime,
        newest_entry: int,
    ) -> int | None:
        """A new version; ``None`` if it is there already. Returns its id."""
        row = self._sql.bulletin_add(
            self._connection,
            report=report,
            period=period,
            scope=unit_id or 0,
            unit_id=unit_id,
            version=version,
            figures=figures,
            lists=lists,
            taken_at=taken_at,
            newest_entry=newest_entry,
        )
        return None if row is None else int(row["id"])

    def get(self, bulletin_id: int) -> Bulletin | None:
        """A bulletin by its id."""
        return Bulletin.maybe(self._sql.bulletin_get(self._connection, id=bulletin_id))

    def newest(self, report: str, period: str, unit_id: int | None) -> Bulletin | None:
        """The newest version of a period and a unit (``None``: the whole programme)."""
        found = self._sql.bulletin_newest(self._connection, report=report, period=period, scope=unit_id or 0)
        return Bulletin.maybe(found)

    def recent(self, most: int) -> Sequence[BulletinHead]:
        """The newest first."""
        return BulletinHead.all(self._sql.bulletins_recent(self._connection, most=most))

    def recount(self, bulletin_id: int, *, figures: str, lists: str, taken_at: datetime, newest_entry: int) -> bool:
        """Put new figures into a draft; says whether it is one."""
        return bool(
            self._sql.bulletin_recount(
                self._connection,
                id=bulletin_id,
                figures=figures,
                lists=lists,
                taken_at=taken_at,
                newest_entry=newest_entry,
            )
        )

    def set_lists(self, bulletin_id: int, lists: str) -> bool:
        """Put edited lists into a draft; says whether it is one."""
        return bool(self._sql.bulletin_lists(self._connection, id=bulletin_id, lists=lists))

    def submit(self, bulletin_id: int, *, by: int, name: str) -> bool:
        """Let a draft wait for approval; says whether that is new."""
        return self._sql.bulletin_submit(self._connection, id=bulletin_id, by=by, name=name) is not None

    def give_back(self, bulletin_id: int, reason: str) -> bool:
        """Give one that waits back; says whether that is new."""
        return self._sql.bulletin_return(self._connection, id=bulletin_id, reason=reason) is not None

    def post(self, bulletin_id: int, *, by: int, name: str, now: datetime) -> bool:
        """Mark one that waits as approved and posted; says whether that is new."""
        return self._sql.bulletin_post(self._connection, id=bulletin_id, by=by, name=name, now=now) is not None

    def write(self, bulletin_id: int, chapter: str, text: str, *, by: int, name: str, now: datetime) -> None:
        """Keep what somebody wrote for a chapter."""
        self._sql.bulletin_text_put(
            self._connection, bulletin_id=bulletin_id, chapter=chapter, text=text, author_id=by, author=name, at=now
        )

    def texts(self, bulletin_id: int) -> Mapping[str, str]:
        """What was written, by chapter."""
        rows = self._sql.bulletin_texts_of(self._connection, bulletin_id=bulletin_id)
        return {row["chapter"]: row["text"] for row in rows}

    def copy_texts(self, old_id: int, bulletin_id: int) -> None:
        """Let a version begin with the texts of another."""
        self._sql.bulletin_texts_copy(self._connection, bulletin_id=bulletin_id, old_id=old_id)

    def keep_rows(self, bulletin_id: int, source: str, rows: Sequence[Sequence[Any]]) -> None:
        """Keep the rows behind the figures of a source."""
        body = zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
        self._sql.bulletin_rows_put(self._connection, bulletin_id=bulletin_id, source=source, body=body)

    def rows(self, bulletin_id: int, source: str) -> Sequence[Sequence[Any]]:
        """The rows behind the figures of a source as they were."""
        row = self._sql.bulletin_rows_of(self._connection, bulletin_id=bulletin_id, source=source)
        kept: list[list[Any]] = [] if row is None else json.loads(zlib.decompress(row["body"]))
        return kept

    def note(self, bulletin_id: int, kind: str, *, by: int | None, name: str, reason: str = "", now: datetime) -> None:
        """Note what happened."""
        self._sql.bulletin_entry_add(
            self._connection, bulletin_id=bulletin_id, kind=kind, author_id=by, author=name, reason=reason, at=now
        )

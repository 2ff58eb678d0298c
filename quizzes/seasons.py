"""Seasons: what happened between two days, as points; outdoor events are entered by hand, in a ledger that only grows.

Contests and tournaments count by themselves (a bout by its tournament), always with the standings announced last, so a
protest that is upheld changes the season too. Nothing of them is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

import orjson
from pydantic import TypeAdapter

from quizzes.engine.codec import event_from_dict
from quizzes.engine.events import ContestFinished, StandingsRevised
from quizzes.engine.frozen import dataclass
from quizzes.errors import (
    AlreadyReversed,
    EntryGone,
    NoReason,
    NoSeasonYet,
    NoSuchEntry,
    NoSuchItem,
    SeasonDaysWrong,
    SeasonNameTaken,
    SubjectUnknown,
    ZeroPoints,
)
from quizzes.season_counts import Season, credit, nearest, season_with_all
from quizzes.season_rules import Subject, points_for, table
from quizzes.season_views import EntryDraft, EntryLine, Ledger, SeasonCard
from quizzes.tournament_log import load
from storage import Database, Tx
from storage.seasons import SeasonRow as SeasonRow

_LEDGER_SHOWN = 20
_lines: TypeAdapter[tuple[EntryLine, ...]] = TypeAdapter(tuple[EntryLine, ...])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Points somebody wants to enter: so many, or those of a place."""

    event: str
    name: str
    place: int | None
    points: int | None
    reason: str


class Seasons:
    """The seasons of the programme; ``zone`` says where its days begin."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    async def open(
        self,
        *,
        name: str,
        first_day: date,
        last_day: date,
        places: Sequence[int],
        unit_id: int | None,
        by: int,
        now: datetime,
    ) -> int:
        """A new season; returns its id.

        Raises:
            SeasonNameTaken, SeasonDaysWrong: nothing is opened.
        """
        if last_day < first_day:
            raise SeasonDaysWrong(first=first_day.isoformat(), last=last_day.isoformat())

        def work(tx: Tx) -> int:
            if tx.seasons.named(name) is not None:
                raise SeasonNameTaken(name=name)
            return tx.seasons.add(
                name=name, first_day=first_day, last_day=last_day, unit_id=unit_id, places=places, by=by, now=now
            )

        return await self._database.write(work)

    async def meant(self, units: frozenset[int], *, now: datetime, name: str = "") -> SeasonRow:
        """The season with a name, or else the one that goes on for these units (the newest, if none does).

        Raises:
            NoSeasonYet: there is none.
        """
        today = now.astimezone(self._zone).date()

        def work(tx: Tx) -> SeasonRow | None:
            rows = [row for row in tx.seasons.all() if row.unit_id is None or row.unit_id in units]
            if name:
                return next((row for row in rows if row.name.casefold() == name.casefold()), None)
            going_on = nearest([row for row in rows if row.first_day <= today <= row.last_day])
            return going_on or (rows[-1] if rows else None)

        row = await self._database.read(work)
        if row is None:
            raise NoSeasonYet(name=name)
        return row

    async def card(self, season_id: int, subject: Subject) -> SeasonCard:
        """The standings.

        Raises:
            NoSeasonYet: there is no such season.
        """
        season = await self.season(season_id)
        row = season.row
        return SeasonCard(
            season_id=row.id,
            name=row.name,
            first_day=row.first_day,
            last_day=row.last_day,
            places=row.places,
            subject=subject,
            lines=table(season.credits, subject),
            contests=len(season.contests),
            tournaments=len(season.tournaments),
            entries=len(season.entries),
        )

    async def season(self, season_id: int) -> Season:
        """A season with all that counts in it.

        Raises:
            NoSeasonYet: there is no such season.
        """
        return await self._database.read(lambda tx: self._season(tx, season_id))

    async def all(self) -> tuple[SeasonRow, ...]:
        """Every season, the oldest first."""
        return tuple(await self._database.read(lambda tx: tx.seasons.all()))

    async def prepare(self, season_id: int, wanted: Sequence[Wanted], *, by: int, now: datetime) -> EntryDraft:
        """Show what entering these points would do; nothing is entered yet.

        Raises:
            SubjectUnknown, ZeroPoints, NoReason, NoSeasonYet: nothing is kept.
        """

        def work(tx: Tx) -> EntryDraft:
            season = self._season(tx, season_id)
            lines = tuple(_line(tx, season.row, one) for one in wanted)
            body = _lines.dump_json(lines).decode()
            draft_id = tx.seasons.draft(season_id, by, body, now=now)
            after = (*season.credits, *(credit(line) for line in lines))
            touched = dict.fromkeys((line.subject, line.name) for line in lines)
            found = []
            for subject, name in touched:
                standing = next(one for one in table(after, subject) if one.name == name)
                found.append((subject, name, standing.points, standing.rank))
            return EntryDraft(draft_id=draft_id, season=season.row.name, lines=lines, after=tuple(found))

        return await self._database.write(work)

    async def confirm(self, draft_id: int, *, by: int, now: datetime) -> tuple[SeasonRow, int]:
        """Enter what was shown; returns the season and how many lines.

        Raises:
            EntryGone: it was entered or dropped already, or is somebody else's.
        """

        def work(tx: Tx) -> tuple[SeasonRow, int]:
            draft = tx.seasons.take_draft(draft_id, by)
            if draft is None:
                raise EntryGone()
            lines = _lines.validate_json(draft.body)
            for line in lines:
                tx.seasons.enter(
                    draft.season_id,
                    author_id=by,
                    event=line.event,
                    subject=line.subject.value,
                    name=line.name,
                    place=line.place,
                    points=line.points,
                    reason=line.reason,
                    reverses=None,
                    now=now,
                )
            return self._row(tx, draft.season_id), len(lines)

        return await self._database.write(work)

    async def drop(self, draft_id: int, *, by: int) -> None:
        """Forget what was shown.

        Raises:
            EntryGone: as for :meth:`confirm`.
        """

        def work(tx: Tx) -> None:
            if tx.seasons.take_draft(draft_id, by) is None:
                raise EntryGone()

        await self._database.write(work)

    async def reverse(self, season_id: int, entry_id: int, reason: str, *, by: int, now: datetime) -> None:
        """Take an entry back by an entry of its own.

        Raises:
            NoSuchEntry, AlreadyReversed, NoReason: nothing is entered.
        """
        if not reason.strip():
            raise NoReason()

        def work(tx: Tx) -> None:
            entry = tx.seasons.entry(entry_id)
            if entry is None or entry.season_id != season_id or entry.reverses is not None:
                raise NoSuchEntry(number=entry_id)
            if any(other.reverses == entry_id for other in tx.seasons.entries(season_id)):
                raise AlreadyReversed(number=entry_id)
            tx.seasons.enter(
                season_id,
                author_id=by,
                event=entry.event,
                subject=entry.subject,
                name=entry.name,
                place=entry.place,
                points=-entry.points,
                reason=reason.strip(),
                reverses=entry_id,
                now=now,
            )

        await self._database.write(work)

    async def count(
        self, season_id: int, kind: str, item_id: int, *, counts: bool, reason: str, by: int, now: datetime
    ) -> None:
        """Say that a contest or a tournament does not count in the season, or that it does again.

        Raises:
            NoSuchItem, NoReason: nothing is noted.
        """
        if not reason.strip():
            raise NoReason()

        def work(tx: Tx) -> None:
            known = tx.contests.get(item_id) if kind == "contest" else tx.tournaments.get(item_id)
            if known is None:
                raise NoSuchItem(number=item_id)
            tx.seasons.omit(
                season_id,
                author_id=by,
                kind=kind,
                item_id=item_id,
                omitted=not counts,
                reason=reason.strip(),
                now=now,
            )

        await self._database.write(work)

    async def ledger(self, season_id: int) -> Ledger:
        """The newest lines of the ledger.

        Raises:
            NoSeasonYet: there is no such season.
        """
        season = await self.season(season_id)
        shown = season.entries[-_LEDGER_SHOWN:]
        return Ledger(season=season.row.name, lines=shown, more=len(season.entries) - len(shown))

    def _row(self, tx: Tx, season_id: int) -> SeasonRow:
        row = tx.seasons.get(season_id)
        if row is None:
            raise NoSeasonYet(name="")
        return row

    def _season(self, tx: Tx, season_id: int) -> Season:
        return season_with_all(tx, self._row(tx, season_id), self._zone)


def _line(tx: Tx, row: SeasonRow, wanted: Wanted) -> EntryLine:
    """Raises: SubjectUnknown, ZeroPoints, NoReason."""
    if not wanted.reason.strip():
        raise NoReason()
    points = wanted.points if wanted.points is not None else points_for(wanted.place or 0, row.places)
    if not points:
        raise ZeroPoints()
    subject, name = _subject(tx, row, wanted.name)
    return EntryLine(
        event=wanted.event, subject=subject, name=name, place=wanted.place, points=points, reason=wanted.reason.strip()
    )


def _subject(tx: Tx, row: SeasonRow, name: str) -> tuple[Subject, str]:
    """A unit, a person or a team of a contest in the season, by its name.

    Raises:
        SubjectUnknown: nobody has this name, or several people do.
    """
    units = tx.people.units_called(name)
    if units:
        return Subject.UNIT, units[0].name
    people = [person for person in tx.people.everybody() if person.name == name or person.code == name]
    if len(people) == 1:
        return Subject.PERSON, people[0].name
    for contest in reversed(tx.contests.all()):
        body = tx.seasons.standings_of(contest.id)
        event = None if body is None else event_from_dict(orjson.loads(body))
        if isinstance(event, ContestFinished | StandingsRevised):
            for line in event.standings.teams:
                if line.name.casefold() == name.casefold():
                    return Subject.TEAM, line.name
    for one in reversed(tx.tournaments.all()):
        entrant = load(tx, one).tournament.named(name)
        if entrant is not None:
            return Subject.TEAM, entrant.name
    raise SubjectUnknown(name=name, wanted="several" if people else "none")

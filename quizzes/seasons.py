"""Seasons: what happened between two days, as points; outdoor events are entered by hand, in a ledger that only grows.

Contests and tournaments count by themselves (a bout by its tournament), always with the standings announced last, so a
protest that is upheld changes the season too. Nothing of them is copied.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from pydantic import TypeAdapter

from quizzes.engine.codec import event_from_dict
from quizzes.engine.events import ContestFinished, StandingsRevised
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
from quizzes.season_rules import Credit, Subject, points_for, table
from quizzes.season_views import EntryDraft, EntryLine, Ledger, SeasonCard
from quizzes.tournament_log import load
from storage import Database, Tx
from storage.contests import ContestRow, ContestState
from storage.seasons import SeasonRow as SeasonRow
from storage.tournaments import TournamentState

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


@dataclass(frozen=True, slots=True)
class Season:
    """A season with all that counts in it."""

    row: SeasonRow
    credits: tuple[Credit, ...]
    contests: tuple[int, ...]
    tournaments: tuple[int, ...]
    entries: tuple[EntryLine, ...]


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
            going_on = _nearest([row for row in rows if row.first_day <= today <= row.last_day])
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
            after = (*season.credits, *(_credit(line) for line in lines))
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
        row = self._row(tx, season_id)
        omitted = {(one.kind, one.item_id): one.omitted for one in tx.seasons.omissions(season_id)}
        bouts = tx.seasons.bouts()
        credits_: list[Credit] = []
        contests, tournaments = [], []
        for contest in tx.contests.all():
            counts = contest.state is ContestState.FINISHED and contest.id not in bouts
            if counts and not omitted.get(("contest", contest.id)) and self._holds(tx, row, contest):
                contests.append(contest.id)
                credits_ += _of_contest(tx, row, contest)
        for one in tx.tournaments.all():
            day = one.opened_at.astimezone(self._zone).date()
            inside = row.first_day <= day <= row.last_day and _covers(tx, row, one.unit_id)
            counts = one.state is TournamentState.FINISHED and not omitted.get(("tournament", one.id))
            if counts and inside:
                tournaments.append(one.id)
                now = load(tx, one).tournament
                for place in now.places:
                    entrant = now.entrants[place.entrant]
                    points = points_for(place.place, row.places)
                    credits_.append(Credit(Subject.TEAM, entrant.name, points, one.title, place.place))
                    if tx.people.units_called(entrant.unit):
                        credits_.append(Credit(Subject.UNIT, entrant.unit, points, one.title, place.place))
        entries = _entries(tx, season_id)
        credits_ += [_credit(line) for line in entries]
        return Season(row, tuple(credits_), tuple(contests), tuple(tournaments), entries)

    def _holds(self, tx: Tx, row: SeasonRow, contest: ContestRow) -> bool:
        return _is_in(tx, row, contest, self._zone)


def season_of(tx: Tx, contest: ContestRow, zone: tzinfo) -> SeasonRow | None:
    """The season that a contest belongs to by its day and its group's unit: the nearest unit's, then the newest."""
    return _nearest([row for row in tx.seasons.all() if _is_in(tx, row, contest, zone)])


def season_start(tx: Tx, chat_id: int, now: datetime, zone: tzinfo) -> datetime:
    """Since when a question asked in this group counts as asked: the start of its season, else of the calendar year."""
    season = _nearest([row for row in tx.seasons.all() if _holds(tx, row, chat_id, now, zone)])
    today = now.astimezone(zone).date()
    first = today.replace(month=1, day=1) if season is None else season.first_day
    return datetime.combine(first, time(), zone)


def _nearest(rows: Sequence[SeasonRow]) -> SeasonRow | None:
    return max(rows, key=lambda row: (row.unit_id is not None, row.id), default=None)


def _is_in(tx: Tx, row: SeasonRow, contest: ContestRow, zone: tzinfo) -> bool:
    return _holds(tx, row, contest.chat_id, contest.opened_at, zone)


def _holds(tx: Tx, row: SeasonRow, chat_id: int, at: datetime, zone: tzinfo) -> bool:
    group = tx.places.group(chat_id)
    unit_id = None if group is None else group.unit_id
    return row.first_day <= at.astimezone(zone).date() <= row.last_day and _covers(tx, row, unit_id)


def _covers(tx: Tx, row: SeasonRow, unit_id: int | None) -> bool:
    return row.unit_id is None or (unit_id is not None and unit_id in tx.people.within(row.unit_id))


def _of_contest(tx: Tx, row: SeasonRow, contest: ContestRow) -> list[Credit]:
    """The places of a contest as points: teams, the units behind them, players."""
    body = tx.seasons.standings_of(contest.id)
    event = None if body is None else event_from_dict(json.loads(body))
    if not isinstance(event, ContestFinished | StandingsRevised):
        return []
    label = f"{contest.preset} {contest.bank} #{contest.id}"
    people = {line.player: tx.people.by_user(line.player) for line in event.standings.players}
    found: list[Credit] = []
    for line in event.standings.teams:
        points = points_for(line.rank, row.places)
        found.append(Credit(Subject.TEAM, line.name, points, label, line.rank))
        members = [people[player.player] for player in event.standings.players if player.team == line.team]
        unit = _unit_of(tx, line.name, [member.unit for member in members if member is not None], len(members))
        if unit is not None:
            found.append(Credit(Subject.UNIT, unit, points, label, line.rank))
    players = (
        Credit(Subject.PERSON, player.name, points_for(player.rank, row.places), label, player.rank)
        for player in event.standings.players
    )
    return [*found, *players]


def _unit_of(tx: Tx, team: str, units: Sequence[str], members: int) -> str | None:
    """The unit that a team stands for: the one of its name, or the one that more than half of it belongs to."""
    called = tx.people.units_called(team)
    if called:
        return called[0].name
    name, count = Counter(units).most_common(1)[0] if units else ("", 0)
    return name if 2 * count > members else None


def _entries(tx: Tx, season_id: int) -> tuple[EntryLine, ...]:
    rows = tx.seasons.entries(season_id)
    reversed_ = {row.reverses for row in rows}
    authors = {row.author_id: tx.people.by_user(row.author_id) for row in rows}
    return tuple(
        EntryLine(
            id=row.id,
            event=row.event,
            subject=Subject(row.subject),
            name=row.name,
            place=row.place,
            points=row.points,
            reason=row.reason,
            author=author.name if (author := authors[row.author_id]) is not None else str(row.author_id),
            at=row.at,
            reverses=row.reverses,
            reversed=row.id in reversed_,
        )
        for row in rows
    )


def _credit(line: EntryLine) -> Credit:
    return Credit(line.subject, line.name, line.points, line.event, line.place, line.id)


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
        event = None if body is None else event_from_dict(json.loads(body))
        if isinstance(event, ContestFinished | StandingsRevised):
            for line in event.standings.teams:
                if line.name.casefold() == name.casefold():
                    return Subject.TEAM, line.name
    for one in reversed(tx.tournaments.all()):
        entrant = load(tx, one).tournament.named(name)
        if entrant is not None:
            return Subject.TEAM, entrant.name
    raise SubjectUnknown(name=name, wanted="several" if people else "none")

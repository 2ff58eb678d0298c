"""What counts in a season, and how many points it gives: contests, tournaments, entries; and which season a day is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, tzinfo

import orjson

from quizzes.engine.codec import event_from_dict
from quizzes.engine.events import ContestFinished, StandingsRevised
from quizzes.engine.frozen import dataclass
from quizzes.season_rules import Credit, Subject, points_for
from quizzes.season_views import EntryLine
from quizzes.tournament_log import load
from storage import Tx
from storage.contests import ContestRow, ContestState
from storage.seasons import SeasonRow
from storage.tournaments import TournamentState


@dataclass(frozen=True, slots=True)
class Season:
    """A season with all that counts in it."""

    row: SeasonRow
    credits: tuple[Credit, ...]
    contests: tuple[int, ...]
    tournaments: tuple[int, ...]
    entries: tuple[EntryLine, ...]


def season_with_all(tx: Tx, row: SeasonRow, zone: tzinfo) -> Season:
    """A season with all that counts in it."""
    season_id = row.id
    omitted = {(one.kind, one.item_id): one.omitted for one in tx.seasons.omissions(season_id)}
    bouts = tx.seasons.bouts()
    credits_: list[Credit] = []
    contests, tournaments = [], []
    for contest in tx.contests.all():
        counts = contest.state is ContestState.FINISHED and contest.id not in bouts
        if counts and not omitted.get(("contest", contest.id)) and _is_in(tx, row, contest, zone):
            contests.append(contest.id)
            credits_ += _of_contest(tx, row, contest)
    for one in tx.tournaments.all():
        day = one.opened_at.astimezone(zone).date()
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
    credits_ += [credit(line) for line in entries]
    return Season(row, tuple(credits_), tuple(contests), tuple(tournaments), entries)


def season_of(tx: Tx, contest: ContestRow, zone: tzinfo) -> SeasonRow | None:
    """The season that a contest belongs to by its day and its group's unit: the nearest unit's, then the newest."""
    return nearest([row for row in tx.seasons.all() if _is_in(tx, row, contest, zone)])


def season_start(tx: Tx, chat_id: int, now: datetime, zone: tzinfo) -> datetime:
    """Since when a question asked in this group counts as asked: the start of its season, else of the calendar year."""
    season = nearest([row for row in tx.seasons.all() if _holds(tx, row, chat_id, now, zone)])
    today = now.astimezone(zone).date()
    first = today.replace(month=1, day=1) if season is None else season.first_day
    return datetime.combine(first, time(), zone)


def nearest(rows: Sequence[SeasonRow]) -> SeasonRow | None:
    """Of several seasons the one of a unit before that of everybody, then the newest."""
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
    event = None if body is None else event_from_dict(orjson.loads(body))
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


def credit(line: EntryLine) -> Credit:
    """What a line of the ledger gives."""
    return Credit(line.subject, line.name, line.points, line.event, line.place, line.id)

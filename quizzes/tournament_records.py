"""A tournament afterwards: its record for exports, and the audit that works everything out again.

The audit trusts nothing but the logs of the contests, the list of teams and the seeds: it replays each contest, reads its
result anew, draws each round anew from its seed and says anew who goes on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from typing import Any

from quizzes.engine.errors import ContestError
from quizzes.engine.frozen import dataclass
from quizzes.errors import BrokenBracket, BrokenLog, NoSuchTournament, NoTournament
from quizzes.records import History
from quizzes.records import Records as ContestRecords
from quizzes.tournament import events as e
from quizzes.tournament.bracket import Bracket, bracket
from quizzes.tournament.draw import pair
from quizzes.tournament.evolve import evolve
from quizzes.tournament.qualify import final_places, qualify
from quizzes.tournament.results import Result, Source
from quizzes.tournament.rounds import is_settled
from quizzes.tournament.state import Tournament
from quizzes.tournament_log import counted, events_of, lines_of
from storage import Database, Tx
from storage.tournaments import TournamentRow


@dataclass(frozen=True, slots=True)
class TournamentHistory:
    """A tournament with all its events, and what they lead to."""

    row: TournamentRow
    events: tuple[e.Event, ...]
    tournament: Tournament
    bracket: Bracket


class TournamentRecords:
    """Reads tournaments that were played, or are being played."""

    def __init__(self, database: Database, contests: ContestRecords) -> None:
        self._database = database
        self._contests = contests

    async def history(self, tournament_id: int | None) -> TournamentHistory:
        """A tournament with its events; ``None``: the newest.

        Raises:
            NoTournament, NoSuchTournament: there is none.
            BrokenBracket: its log cannot be replayed, or does not follow from the list, the seeds and the results.
        """

        def work(tx: Tx) -> tuple[TournamentRow | None, tuple[e.Event, ...]]:
            rows = tx.tournaments.all()
            row = tx.tournaments.get(tournament_id) if tournament_id is not None else (rows[-1] if rows else None)
            try:
                return row, () if row is None else events_of(tx, row.id)
            except ContestError as error:
                raise BrokenBracket(id=tournament_id, reason=str(error)) from error

        row, events = await self._database.read(work)
        if row is None:
            raise NoTournament() if tournament_id is None else NoSuchTournament(id=tournament_id)
        tournament = _replayed(row.id, events)
        return TournamentHistory(row, events, tournament, bracket(tournament))

    async def audit(self, tournament_id: int) -> TournamentHistory:
        """The history, each result compared with the replay of the contest that gave it.

        Raises:
            NoSuchTournament: there is none.
            BrokenBracket: a contest's replay gives another result, or the bracket does not follow from the results.
        """
        found = await self.history(tournament_id)
        for bout in found.tournament.bouts.values():
            for result in (bout.flagged or bout.result,):
                if result is None or result.source is not Source.CONTEST or result.contest is None:
                    continue
                try:
                    history = await self._contests.history(int(result.contest))
                except BrokenLog as broken:
                    raise BrokenBracket(id=tournament_id, reason=str(broken.params.get("reason", ""))) from broken
                if not _agrees(result, history, found.tournament):
                    raise BrokenBracket(
                        id=tournament_id, reason=f"bout {bout.number}: contest {result.contest} gives another result"
                    )
        return found


def _agrees(result: Result, history: History, tournament: Tournament) -> bool:
    """Whether a contest's replay gives this result, apart from the order that a lot gave to tied teams."""
    contest = history.contest
    lines = {line.entrant: line for line in lines_of(contest, tournament)}
    asked, attainable = counted(contest)
    played = {line.entrant: line for line in result.lines if line.score is not None}
    if (asked, attainable) != (result.asked, result.attainable) or lines.keys() != played.keys():
        return False
    if result.seed:
        return all(replace(played[id_], rank=0) == replace(line, rank=0) for id_, line in lines.items())
    return all(played[id_] == line for id_, line in lines.items())


def _replayed(tournament_id: int, events: tuple[e.Event, ...]) -> Tournament:
    """Replay, and work every draw and every list of those who go on out again.

    Raises:
        BrokenBracket: something announced does not follow from what was before it.
    """
    now: Tournament | None = None
    for number, event in enumerate(events):
        if now is not None:
            wrong = _wrong(now, event)
            if wrong:
                raise BrokenBracket(id=tournament_id, reason=f"event {number}: {wrong}")
        now = evolve(now, event)
    if now is None:
        raise BrokenBracket(id=tournament_id, reason="no events")
    return now


def _wrong(before: Tournament, event: e.Event) -> str:
    """What about an event does not follow from the tournament before it; empty: nothing."""
    match event:
        case e.Drawn():
            advanced = before.rounds[event.round - 1].advanced or () if event.round else ()
            came = {one.entrant: one.bout for one in advanced}
            entrants = [before.entrants[id_] for id_ in came] if event.round else list(before.entrants.values())
            there = [one for one in entrants if one.id not in before.withdrawn]
            first = 1 + sum(len(round_.bouts) for round_ in before.rounds[: event.round])
            stage = before.plan.stages[event.stage]
            found = pair(stage, there, first=first, seed=event.seed, before=came)
            return "" if found == event.pairings else "the seed gives another draw"
        case e.RoundEnded():
            round_ = before.rounds[event.round]
            if not is_settled(before, round_) or qualify(before, round_, event.seed) != event.advanced:
                return "others go on"
        case e.Finished():
            round_ = before.rounds[-1]
            if not is_settled(before, round_) or final_places(before, round_) != event.places:
                return "the final gives other places"
        case _:
            pass
    return ""


def record(history: TournamentHistory, zone: tzinfo) -> dict[str, Any]:
    """The tournament in the export's shape, times in ``zone``."""
    found = history.bracket
    decided: dict[int, e.BoutDecided] = {
        event.bout: event for event in history.events if isinstance(event, e.BoutDecided)
    }
    return {
        "id": history.row.id,
        "title": found.title,
        "preset": history.row.preset,
        "bank": history.row.bank,
        "state": history.row.state.value,
        "opened_at": history.row.opened_at.astimezone(zone).isoformat(timespec="seconds"),
        "entrants": [
            {"name": one.name, "unit": one.unit, "withdrawn": one.id in history.tournament.withdrawn}
            for one in history.tournament.entrants.values()
        ],
        "rounds": [
            {
                "title": dict(column.titles),
                "seed": column.seed,
                "over": column.over,
                "bouts": [
                    {
                        "bout": box.number,
                        "state": box.state.value,
                        "source": None if box.source is None else box.source.value,
                        "contest": None if box.contest is None else int(box.contest),
                        "reason": decided[box.number].reason if box.number in decided else "",
                        "flagged": box.flagged,
                        "teams": [
                            {
                                "name": slot.name,
                                "unit": slot.unit,
                                "rank": slot.rank,
                                "score": slot.score,
                                "through": None if slot.way is None else slot.way.value,
                                "by_lot": slot.by_lot,
                            }
                            for slot in box.slots
                        ],
                    }
                    for box in column.bouts
                ],
            }
            for column in found.rounds
        ],
        "places": [{"place": one.place, "name": one.name, "unit": one.unit} for one in found.podium],
    }


def rows_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The record as a table: a row for each team of each bout."""
    return [
        {
            "round": number,
            "stage": next(iter(column["title"].values())),
            "bout": box["bout"],
            "rank": team["rank"],
            "team": team["name"],
            "unit": team["unit"],
            "score": team["score"],
            "through": team["through"],
            "by_lot": team["by_lot"],
            "source": box["source"],
            "contest": box["contest"],
        }
        for number, column in enumerate(found["rounds"], start=1)
        for box in column["bouts"]
        for team in box["teams"]
    ]

"""A contest afterwards: its record for exports, its official minutes, and the check that both are what was announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from quizzes.bench_records import bench_record, shown
from quizzes.engine import events as e
from quizzes.engine.errors import ContestError
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Contest
from quizzes.engine.scoring import QuestionState, Standings, standings
from quizzes.errors import BrokenLog, NoContestYet, NoSuchContest
from quizzes.live import events_of
from storage import Database, Tx
from storage.contests import ContestRow

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class History:
    """A contest with all its events, and the state that they lead to."""

    row: ContestRow
    events: tuple[e.Event, ...]
    contest: Contest


class Records:
    """Reads contests that were played, or are being played."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, contest_id: int | None) -> History:
        """A contest with its events; ``None``: the newest.

        Raises:
            NoContestYet, NoSuchContest: there is none.
            BrokenLog: its log cannot be replayed.
        """

        def work(tx: Tx) -> tuple[ContestRow | None, tuple[e.Event, ...]]:
            row = tx.contests.newest() if contest_id is None else tx.contests.get(contest_id)
            try:
                return row, () if row is None else events_of(tx, row.id)
            except ContestError as error:
                raise BrokenLog(id=contest_id, reason=str(error)) from error

        row, events = await self._database.read(work)
        if row is None:
            raise NoContestYet() if contest_id is None else NoSuchContest(id=contest_id)
        return History(row, events, _replayed(row.id, events))

    async def all(self) -> tuple[ContestRow, ...]:
        """Every contest, the oldest first."""
        return tuple(await self._database.read(lambda tx: tx.contests.all()))


def _replayed(contest_id: int, events: tuple[e.Event, ...]) -> Contest:
    """Replay, and compare with what was announced on the way.

    Raises:
        BrokenLog: the replay gives other standings than those announced, or none at all.
    """
    contest: Contest | None = None
    for number, event in enumerate(events):
        if isinstance(event, e.ContestFinished | e.StandingsRevised) and contest is not None:
            found = standings(contest.rules, contest.seats, contest.awards)
            if found != event.standings:
                raise BrokenLog(id=contest_id, reason=f"event {number}: the replay gives other standings")
        contest = evolve(contest, event)
    if contest is None:
        raise BrokenLog(id=contest_id, reason="no events")
    return contest


def final_standings(contest: Contest) -> Standings:
    """The standings as they are now."""
    return standings(contest.rules, contest.seats, contest.awards)


def record(history: History, zone: tzinfo) -> dict[str, Any]:
    """The contest in the public export's shape, times in ``zone``.

    ``after_ms`` counts from the moment the question was confirmed shown.
    """
    contest = history.contest
    now = final_standings(contest)
    team_names = {team.id: team.name for team in contest.seats.teams.values()}
    return {
        "id": history.row.id,
        "preset": history.row.preset,
        "bank": history.row.bank,
        "state": history.row.state.value,
        "opened_at": history.row.opened_at.astimezone(zone).isoformat(timespec="seconds"),
        "teams": [
            {"name": t.name, "score": shown(contest, t.score), "rank": t.rank, "right": t.right, "wrong": t.wrong}
            for t in now.teams
        ],
        "players": [
            {
                "name": p.name,
                "team": team_names[p.team],
                "score": shown(contest, p.score),
                "right": p.right,
                "wrong": p.wrong,
                "rank": p.rank,
                "user_id": p.player,
            }
            for p in now.players
        ],
        "questions": _questions(history, team_names),
        **bench_record(history.contest, history.events),
        "stakes": _stakes(history, team_names),
    }


def _questions(history: History, team_names: dict[int, str]) -> list[dict[str, Any]]:
    contest = history.contest
    numbers: dict[int, int] = {}
    opened: dict[int, datetime] = {}
    presses: dict[int, list[dict[str, Any]]] = {}
    turns: dict[int, e.QuestionAsked] = {}
    for event in history.events:
        match event:
            case e.QuestionAsked():
                numbers.setdefault(event.index, event.number)
                presses.setdefault(event.index, [])
                turns[event.index] = turns.get(event.index, event)
            case e.QuestionOpened():
                opened[event.nonce] = event.opened_at
            case e.PressNoted() if event.index in presses:
                presses[event.index].append(_press(contest, event, event.kind.value, opened.get(event.nonce)))
            case e.Chosen() if event.final:
                presses[event.index].append(
                    {
                        **_press(contest, event, "answer", opened.get(event.nonce)),
                        "chosen": event.text or "".join(LETTERS[option] for option in event.options),
                    }
                )
    return [
        {
            **_question(contest, index, number, presses[index], team_names),
            "team": None if (team := turns[index].team) is None else team_names.get(team),
            "stake": turns[index].stake,
        }
        for index, number in numbers.items()
    ]


def _stakes(history: History, team_names: dict[int, str]) -> list[dict[str, Any]]:
    """What each team chose for its risk question; ``stake`` None: it passed, ``player`` None: the time ran out."""
    opened: dict[int, datetime] = {}
    number = 0
    stakes = []
    for event in history.events:
        match event:
            case e.StakeAsked():
                number = event.number
            case e.StakingOpened():
                opened[event.nonce] = event.opened_at
            case e.Staked():
                player = history.contest.seats.players.get(event.player or 0)
                stakes.append(
                    {
                        "index": number,
                        "team": team_names.get(event.team),
                        "stake": event.stake,
                        "player": None if player is None else player.name,
                        "update_id": event.update_id,
                        "after_ms": _after_ms(event.received_at, opened.get(event.nonce)),
                    }
                )
            case _:
                pass
    return stakes


def _after_ms(at: datetime | None, opened_at: datetime | None) -> int | None:
    return None if at is None or opened_at is None else round((at - opened_at) / timedelta(milliseconds=1))


def _press(contest: Contest, event: e.PressNoted | e.Chosen, kind: str, opened_at: datetime | None) -> dict[str, Any]:
    player = contest.seats.players.get(event.player)
    return {
        "player": player.name if player is not None else str(event.player),
        "update_id": event.update_id,
        "after_ms": _after_ms(event.received_at, opened_at),
        "kind": kind,
    }


def _question(
    contest: Contest, index: int, number: int, presses: list[dict[str, Any]], team_names: dict[int, str]
) -> dict[str, Any]:
    question = contest.setup.questions[index]
    found = contest.record(index)
    won = next((r for r in found.rulings if r.right), None) if found and found.state is QuestionState.RULED else None
    ruling = None
    if found is not None and found.rulings:
        ruling = "right" if won is not None else "wrong"
    return {
        "index": number,
        "question": question.text,
        "options": list(question.options),
        "answer": " / ".join(question.accepted or tuple(question.options[option] for option in question.answer)),
        "state": "open" if found is None else found.state.value,
        "won_by": None if won is None else team_names.get(won.team),
        "ruling": ruling,
        "presses": presses,
    }

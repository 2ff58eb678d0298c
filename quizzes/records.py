"""A contest afterwards: its record for exports, its official minutes, and the check that both are what was announced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from typing import Any

from quizzes.account import AskedQuestion, answer_of, asked_questions
from quizzes.bench_records import bench_record
from quizzes.engine import events as e
from quizzes.engine.errors import ContestError
from quizzes.engine.evolve import evolve
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.engine.scoring import Standings, standings
from quizzes.errors import BrokenLog, NoContestYet, NoSuchContest
from quizzes.live import events_of
from quizzes.results import results
from storage import Database, Tx
from storage.contests import ContestRow


@dataclass(frozen=True, slots=True)
class History:
    """A contest with all its events, and the state that they lead to.

    ``people`` has the names of those who acted without playing: the host, judges, organisers.
    """

    row: ContestRow
    events: tuple[e.Event, ...]
    contest: Contest
    people: Mapping[int, str] = field(default_factory=dict)


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

        def work(tx: Tx) -> tuple[ContestRow | None, tuple[e.Event, ...], dict[int, str]]:
            row = tx.contests.newest() if contest_id is None else tx.contests.get(contest_id)
            if row is None:
                return None, (), {}
            try:
                events = events_of(tx, row.id)
            except ContestError as error:
                raise BrokenLog(id=contest_id, reason=str(error)) from error
            return row, events, _names(tx, {row.host_id, *_actors(events)})

        row, events, people = await self._database.read(work)
        if row is None:
            raise NoContestYet() if contest_id is None else NoSuchContest(id=contest_id)
        return History(row, events, replayed(row.id, events), people)

    async def all(self) -> tuple[ContestRow, ...]:
        """Every contest, the oldest first."""
        return tuple(await self._database.read(lambda tx: tx.contests.all()))


def _actors(events: Iterable[e.Event]) -> set[int]:
    """Whoever an event names: by what they did, or as a judge."""
    named = (getattr(event, name, None) for event in events for name in ("by", "judge", "chief"))
    return {person for person in named if type(person) is int}


def _names(tx: Tx, users: Iterable[int]) -> dict[int, str]:
    """What the roster calls people, or Telegram where the roster does not know them."""
    names = {}
    for user_id in users:
        person = tx.people.by_user(user_id) or tx.places.user(user_id)
        if person is not None:
            names[user_id] = person.name
    return names


def replayed(contest_id: int, events: tuple[e.Event, ...]) -> Contest:
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


def asks(contest: Contest) -> bool:
    """Whether questions are part of it: where people only speak, nobody is right or wrong."""
    return len(contest.rules.speeches) < len(contest.rules.segments)


def record(history: History, zone: tzinfo) -> dict[str, Any]:
    """The contest in the public export's shape, times in ``zone``.

    ``after_ms`` counts from the moment the question was confirmed shown.
    """
    asked = asked_questions(history.contest, history.events)
    found = results(history.contest, asked, zone)
    return {
        "id": history.row.id,
        "preset": history.row.preset,
        "bank": history.row.bank,
        "state": history.row.state.value,
        "opened_at": history.row.opened_at.astimezone(zone).isoformat(timespec="seconds"),
        "teams": list(found.teams),
        "players": list(found.players),
        "questions": [{**row, **_in_words(one)} for row, one in zip(found.questions, asked, strict=True)],
        **bench_record(history.contest, history.events),
        "stakes": _stakes(history, {team.id: team.name for team in history.contest.seats.teams.values()}),
    }


def _in_words(asked: AskedQuestion) -> dict[str, Any]:
    """What scripts read of a question beyond its figures: the options, the right ones by their text, every press."""
    question = asked.question
    return {
        "options": list(question.options),
        "answer": " / ".join(question.options[option] for option in question.answer) or answer_of(question),
        "presses": [
            {
                "player": press.name,
                "team": press.team,
                "update_id": press.update_id,
                "after_ms": press.after_ms,
                "kind": press.kind,
                **({"chosen": press.chosen} if press.kind == "answer" else {}),
            }
            for press in asked.presses
        ],
    }


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

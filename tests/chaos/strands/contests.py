"""Contests in one group, one after the other, with judges and protests; and what every contest has to keep to."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from random import Random

from quizzes.engine import events as e
from quizzes.engine import evolve, standings
from quizzes.engine.codec import event_from_dict
from quizzes.engine.phases import ROUND_PHASES, Aborted, Contest, Finished, Judging
from quizzes.engine.scoring import AwardKind
from tests.chaos.office import Office
from tests.chaos.strands.strand import PATIENCE, Strand
from tests.cli.crew import Crew


class Contests(Strand):
    """The decider of `tests/cli/presets`: required, buzzer, risk, typed answers, judges, protests."""

    name = "contests"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        people = self.office.people
        self._crew = Crew(
            self.office.desk,
            self.lots,
            self.office.court,
            people["主持"],
            {"红队": people["安娜"], "蓝队": people["伯特"]},
            (people["王五"], people["李六"]),
            protests=True,
        )
        self._opened = 0

    async def acts(self) -> None:
        """One contest."""
        self._opened += 1
        await opens(self, self._crew, "decider 常识", self._opened)
        await plays(self, self._crew)

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """As many as were opened, and each is over."""
        states = [
            state
            for (state,) in connection.execute("SELECT state FROM contests WHERE chat_id = ?", (self.office.court.id,))
        ]
        if len(states) != self._opened or set(states) - {"finished", "aborted"}:
            yield f"{self._opened} contests were opened, and these are there: {Counter(states)}"


async def opens(strand: Strand, crew: Crew, words: str, count: int) -> None:
    """The host opens the so-many-th contest of a group."""
    office = strand.office
    for chat in (crew.group.id, *(judge.id for judge in crew.judges)):
        crew.seen_up_to[chat] = office.newest(chat)
    await strand.says(crew.host, f"/contest {words}", crew.group)
    query = "SELECT 1 FROM contests WHERE chat_id = ? GROUP BY chat_id HAVING count(*) >= ?"
    await strand.until(f"contest {count} of {crew.group.title}", lambda: office.there(query, crew.group.id, count))


async def plays(strand: Strand, crew: Crew) -> None:
    """Do what the newest contest of a group waits for, until it is over.

    Where nothing goes on, everything is said and pressed once more: a card may have been lost in flight.
    """
    office = strand.office
    ledger = crew.ledger()
    assert ledger is not None
    while True:
        await strand.until(f"contest {ledger.contest_id}", lambda: office.is_up)
        contest = ledger.look()
        if isinstance(contest.phase, Finished | Aborted):
            return
        count = len(ledger.events)
        await crew.acts(ledger.contest_id, contest)
        new = "SELECT 1 FROM contest_events WHERE contest_id = ? AND number >= ?"
        what = f"contest {ledger.contest_id} in {type(contest.phase).__name__} after {count} events"
        # A button that is not there yet is looked for again soon; only if nothing comes for long, all is done anew.
        for _ in range(12):
            if await strand.until(what, lambda: office.there(new, ledger.contest_id, count), PATIENCE // 12):  # noqa: B023
                break
            if office.is_up:
                await crew.acts(ledger.contest_id, ledger.look())
        else:
            crew.acted.clear()


class Logs:
    """The events of every contest as they were at each kill: what is committed stays, and a start goes on rightly."""

    def __init__(self) -> None:
        self._before: dict[int, list[e.Event]] = {}

    def compare(self, connection: sqlite3.Connection) -> Iterator[str]:
        """What is not as it should be with what has been added since the kill before."""
        for (contest_id,) in connection.execute("SELECT id FROM contests ORDER BY id").fetchall():
            before, now = self._before.get(contest_id, []), events_of(connection, contest_id)
            if now[: len(before)] != before:
                yield f"contest {contest_id}: what was committed was changed"
            elif len(now) > len(before):
                yield from self._came_back(contest_id, before, now[len(before) :])
            self._before[contest_id] = now

    @staticmethod
    def _came_back(contest_id: int, before: list[e.Event], new: list[e.Event]) -> Iterator[str]:
        contest = contest_of(before)
        if contest is None or isinstance(contest.phase, Finished | Aborted):
            return
        recovered = next((event for event in new if isinstance(event, e.Recovered)), None)
        is_open = isinstance(contest.phase, ROUND_PHASES) and not isinstance(contest.phase, Judging)
        voided = contest.open_index if is_open else None
        if recovered is None or recovered.voided != voided:
            yield f"contest {contest_id} in {type(contest.phase).__name__} came back with {recovered}, to be voided: {voided}"


def events_of(connection: sqlite3.Connection, contest_id: int) -> list[e.Event]:
    """The log of a contest."""
    rows = connection.execute("SELECT body FROM contest_events WHERE contest_id = ? ORDER BY number", (contest_id,))
    return [event_from_dict(json.loads(body)) for (body,) in rows]


def contest_of(events: list[e.Event]) -> Contest | None:
    """The contest after these events."""
    contest: Contest | None = None
    for event in events:
        contest = evolve(contest, event)
    return contest


def scores_hold(contest: Contest) -> bool:
    """Whether nobody scored twice, and every score is the sum of what was given."""
    right = Counter(
        award.index for award in contest.awards if award.right and award.kind is AwardKind.ANSWER and award.points
    )
    base = contest.rules.base * contest.rules.unit
    return all(count == 1 for count in right.values()) and all(
        line.score == base + sum(award.points for award in contest.awards if award.team == line.team)
        for line in standings(contest.rules, contest.seats, contest.awards).teams
    )


def of_all(connection: sqlite3.Connection, texts: dict[int, list[str]]) -> Iterator[str]:
    """What is not as it should be with the contests, once all are over; ``texts``: what each chat was told."""
    restarts: Counter[int] = Counter()
    for contest_id, chat_id in connection.execute("SELECT id, chat_id FROM contests").fetchall():
        contest: Contest | None = None
        for event in events_of(connection, contest_id):
            restarts[chat_id] += isinstance(event, e.Recovered) and contest is not None and contest.course.slot >= 0
            contest = evolve(contest, event)
        if contest is None or not isinstance(contest.phase, Finished | Aborted):
            yield f"contest {contest_id} is stuck in {None if contest is None else contest.phase}"
        elif not scores_hold(contest):
            yield f"contest {contest_id}: the scores are not the sum of what was given"
    for chat_id, count in restarts.items():
        told = sum("机器人已重启" in text for text in texts[chat_id])
        (lost,) = connection.execute(
            "SELECT count(*) FROM outbox WHERE chat_id = ? AND state = 'unknown'", (chat_id,)
        ).fetchone()
        if not count - lost <= told <= count:
            yield f"{chat_id} was told of {told} restarts of {count}, with {lost} sends lost in flight"

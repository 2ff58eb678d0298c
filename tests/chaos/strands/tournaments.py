"""Tournaments of four branches, whose bouts are contests in a group of their own."""

import json
import sqlite3
from collections.abc import Iterator
from random import Random

from quizzes.tournament import events as e
from quizzes.tournament.codec import event_from_dict
from quizzes.tournament.evolve import replay
from quizzes.tournament.state import BoutState, Tournament
from sandbox.people import Group
from tests.chaos.office import Office
from tests.chaos.strands.contests import opens, plays
from tests.chaos.strands.strand import PATIENCE, Strand
from tests.cli.crew import Crew


class Tournaments(Strand):
    """Each bout is opened once and decided once, by the contest that was played for it, up to the final."""

    name = "tournaments"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._opened = 0
        self._contests = 0

    async def acts(self) -> None:
        """One tournament, with as few bouts as there can be."""
        office, host, home = self.office, self.office.people["赛务"], self.office.hall
        self._opened += 1
        await self.says(host, "/tournament knockout 选择 春季赛", home)
        query = "SELECT id FROM tournaments ORDER BY id LIMIT 1 OFFSET ?"
        await self.until("a tournament", lambda: office.there(query, self._opened - 1))
        number = await self._number()
        while True:
            now = await self._now(number)
            if now.is_over:
                return
            waiting = [bout for bout in now.bouts.values() if bout.state is not BoutState.DECIDED]
            if not waiting:
                await self._draws(number, len(now.rounds))
                continue
            for bout in waiting:
                if bout.state is BoutState.TIED:
                    await self.presses(
                        host, f"tour:lots:{number}:{bout.number}", ask=f"/tournament {number}", chat=home
                    )
                else:
                    await self._plays(bout.number, [now.entrants[id_].name for id_ in now.playing(bout)], office.second)

    async def _draws(self, number: int, rounds: int) -> None:
        host, home = self.office.people["赛务"], self.office.hall
        while not await self.until("the draw", lambda: self._drawn(number) > rounds, PATIENCE):
            await self.presses(host, f"tour:draw:{number}", ask=f"/tournament {number}", chat=home)

    def _drawn(self, number: int) -> int:
        found = self._read(number)
        return len(found.rounds) if found is not None else 0

    async def _plays(self, bout: int, names: list[str], court: Group) -> None:
        captains = {name: self.office.units[name][0] for name in names}
        crew = Crew(self.office.desk, self.lots, court, self.office.people["赛务"], captains)
        self._contests += 1
        await opens(self, crew, f"赛事 {bout}", self._contests)
        await plays(self, crew)

    async def _number(self) -> int:
        found: list[tuple[int]] = []

        def there() -> bool:
            found[:] = self.office.rows("SELECT max(id) FROM tournaments")
            return bool(found)

        await self.until("the number of a tournament", there)
        return found[0][0]

    async def _now(self, number: int) -> Tournament:
        await self.until("a look at a tournament", lambda: self.office.is_up)
        found = self._read(number)
        assert found is not None
        return found

    def _read(self, number: int) -> Tournament | None:
        rows = self.office.rows("SELECT body FROM tournament_events WHERE tournament_id = ? ORDER BY number", number)
        return replay(tuple(event_from_dict(json.loads(body)) for (body,) in rows)) if rows else None

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """A bout that is played."""
        query = "SELECT 1 FROM contests c JOIN tournament_contests t ON t.contest_id = c.id WHERE c.state IN ('running', 'lobby', 'paused')"
        if connection.execute(query).fetchone():
            yield "a bout"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Every tournament is over, every bout has its contest and is decided once."""
        numbers = [number for (number,) in connection.execute("SELECT id FROM tournaments ORDER BY id")]
        if len(numbers) != self._opened:
            yield f"{self._opened} tournaments were opened, {len(numbers)} are there"
        for chat_id, count in connection.execute(
            "SELECT chat_id, count(*) FROM outbox WHERE kind = 'tournament.news' GROUP BY chat_id, body HAVING count(*) > 1"
        ):
            yield f"{chat_id} was told the same news of a tournament {count} times"
        for number in numbers:
            bodies = connection.execute(
                "SELECT body FROM tournament_events WHERE tournament_id = ? ORDER BY number", (number,)
            )
            events = tuple(event_from_dict(json.loads(body)) for (body,) in bodies)
            now = replay(events)
            if not now.is_over:
                yield f"tournament {number} is stuck"
            links = connection.execute(
                "SELECT t.contest_id, t.bout, c.state FROM tournament_contests t JOIN contests c ON c.id = t.contest_id WHERE tournament_id = ?",
                (number,),
            ).fetchall()
            done = [(contest, bout) for contest, bout, state in links if state == "finished"]
            opened = [event.contest for event in events if isinstance(event, e.BoutOpened)]
            decided = [event.bout for event in events if isinstance(event, e.BoutDecided) and not event.tied]
            if sorted(str(contest) for contest, _, _ in links) != sorted(opened) or len(decided) != len(set(decided)):
                yield f"tournament {number}: contests {links}, opened {opened}, decided {decided}"
            if sorted(bout for _, bout in done) != sorted(bout.number for bout in now.bouts.values()):
                yield f"tournament {number}: contests {done} for the bouts {sorted(now.bouts)}"

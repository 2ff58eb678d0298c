"""Works that go from the author through two reviews to the end, with a point for it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from random import Random

from sandbox.people import Person
from tests.chaos.office import Office
from tests.chaos.strands.strand import Strand

_SIDE_BY_SIDE = 2


class Works(Strand):
    """What was filled in is kept, each stage is passed once, an accepted work earns once."""

    name = "works"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._authors = self.lots.sample(self.office.writers(1), len(self.office.writers(1)))
        self._done: dict[int, tuple[str, str]] = {}

    async def acts(self) -> None:
        """A few works, side by side."""
        await asyncio.gather(*(self._goes_through(self._next()) for _ in range(_SIDE_BY_SIDE)))

    def _next(self) -> Person:
        # The next one comes again only when all others have been there.
        self._authors.append(self._authors.pop(0))
        return self._authors[-1]

    async def _goes_through(self, author: Person) -> None:
        office, chief = self.office, self.office.people["组长"]
        own = "SELECT max(w.id) FROM works w JOIN people p ON p.id = w.author_id WHERE p.user_id = ?"
        count = sum(title.startswith(f"{author.name}读") for title, _ in self._done.values())
        await self.presses(author, "work:new:book", ask="/works")
        number = 0

        def begun() -> bool:
            nonlocal number
            rows = office.rows(own, author.id)
            number = rows[0][0] or 0 if rows else 0
            return number > 0 and number not in self._done

        await self.until(f"a work of {author.name}", begun)
        answers = (f"{author.name}读第{count + 1}本书", f"{author.name}的收获")
        self._done[number] = answers
        await self.presses(author, f"work:form:{number}:-1", ask=f"/start work_{number}")
        for answer in answers:
            await self.says(author, answer)
        await self._passes(author, f"work:hand:{number}", number, "phase <> 'writing'", "已提交")
        for stage in (1, 2):
            holds = "phase = 'accepted'" if stage == 2 else "stage > 0"
            await self._passes(chief, f"wrev:ok:{number}:", number, holds, "")

    async def _passes(self, who: Person, data: str, number: int, holds: str, words: str) -> None:
        """Press until it is so: a button under an older card says that somebody was faster."""
        office, query = self.office, f"SELECT 1 FROM works WHERE id = ? AND {holds}"  # noqa: S608 - words of ours
        after = 0
        while not office.there(query, number):
            if not office.is_up:
                await self.until("the bot", lambda: office.is_up)
                continue
            if (button := office.button(who.id, data, after)) is None:
                after = office.newest(who.id)
                await self.says(who, f"/start work_{number}")
                await self.until(f"{who.name} at work {number}", lambda: office.button(who.id, data, after), 150)  # noqa: B023
                continue
            message, whole = button
            press = await who.presses(message=message, data=whole)
            if words:
                office.note(
                    self.name,
                    f"work {number} is handed in",
                    office.told(press, words),
                    query.replace("SELECT 1", "SELECT count(*)"),
                    number,
                )
            await office.dealt(self.name, press)
            after = message

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """A work in review."""
        if connection.execute("SELECT 1 FROM works WHERE phase IN ('writing', 'review')").fetchone():
            yield "a work"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Each work is accepted, each step is there once, one point."""
        (count,) = connection.execute("SELECT count(*) FROM works").fetchone()
        if count != len(self._done):
            yield f"{len(self._done)} works were begun, {count} are there"
        for number, answers in self._done.items():
            steps = [
                kind
                for (kind,) in connection.execute(
                    "SELECT kind FROM work_events WHERE work_id = ? ORDER BY number", (number,)
                )
            ]
            phase, points = connection.execute(
                "SELECT phase, (SELECT count(*) FROM ledger WHERE evidence = 'work:' || w.id) FROM works w WHERE id = ?",
                (number,),
            ).fetchone()
            if (phase, points) != ("accepted", 1) or steps != STEPS:
                yield f"work {number} {answers}: {phase}, {points} points, {steps}"


STEPS = ["begun", "filled", "filled", "handed_in", "approved", "passed", "approved", "accepted"]

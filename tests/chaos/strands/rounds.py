"""A round is announced by the clock, and everybody confirms to have read for it."""

import sqlite3
from collections.abc import Iterator
from random import Random

from sandbox.people import Person
from tests.chaos.office import TOP, Closing, Office
from tests.chaos.strands.strand import Strand

_READ = "SELECT count(*) FROM round_members m JOIN people p ON p.id = m.person_id WHERE p.user_id = ? AND m.read_at IS NOT NULL"


class Rounds(Strand):
    """Announced once in the group; what was confirmed stays confirmed and earns once."""

    name = "rounds"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._readers = self.lots.sample(self.office.members, min(50, len(self.office.members)))
        self._read: list[Person] = []

    async def acts(self) -> None:
        """One more has read, and presses, some twice."""
        office = self.office
        if not self._readers:
            raise Closing()
        if not await self.until("the round to be announced", lambda: self._announced() or office.is_closing):
            return
        self.goes_on()
        who = self._readers.pop()
        # A second press is of the same button, which may be gone from the card by then.
        message, data = await self.finds(who, "round_read:", ask="/round")
        for _ in range(self.lots.randint(1, 2)):
            press = await who.presses(message=message, data=data)
            office.note(self.name, f"{who.name} has read", office.told(press, "已确认预学完成"), _READ, who.id)
            await office.dealt(self.name, press)
        self._read.append(who)

    def _announced(self) -> bool:
        return self.office.there("SELECT 1 FROM rounds WHERE state <> 'planned'")

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """A round that is read for."""
        if self._readers and connection.execute("SELECT 1 FROM rounds WHERE state <> 'planned'").fetchone():
            yield "a round"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Everybody who pressed has read, and earned it once; the group was told once."""
        for who in self._read:
            (read,) = connection.execute(_READ, (who.id,)).fetchone()
            (points,) = connection.execute(
                "SELECT count(*) FROM ledger l JOIN people p ON p.id = l.person_id WHERE p.user_id = ? AND l.rule = 'read'",
                (who.id,),
            ).fetchone()
            if (read, points) != (1, 1):
                yield f"{who.name} has read for the round: {read} times, {points} points"
        (rounds,) = connection.execute(
            "SELECT count(*) FROM rounds r JOIN units u ON u.id = r.unit_id WHERE u.path = ? AND r.state <> 'planned'",
            (TOP,),
        ).fetchone()
        (told,) = connection.execute(
            "SELECT count(*) FROM outbox WHERE kind = 'round.announced' AND chat_id = ? AND action = 'send'",
            (self.office.hall.id,),
        ).fetchone()
        if told != rounds:
            yield f"{rounds} rounds were announced {told} times"

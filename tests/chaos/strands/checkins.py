"""Everybody checks in once, by button or by word, some twice at once; and asks for the languages on the way."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from random import Random

from sandbox.people import Person
from tests.chaos.office import Closing, Office
from tests.chaos.strands.strand import Strand

_ENTRIES = "SELECT count(*) FROM checkin_entries e JOIN people p ON p.id = e.person_id WHERE p.user_id = ? AND e.cause = 'self'"


class Checkins(Strand):
    """One line in the register a person, and one point for it, however often they said it."""

    name = "check-ins"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._coming = self.lots.sample(self.office.members, len(self.office.members))
        self._came: list[Person] = []
        self._asked: Counter[int] = Counter()

    async def acts(self) -> None:
        """One of them comes, or asks something."""
        if not self._coming:
            if not self._came:
                raise Closing()
            who = self.lots.choice(self._came)
            self._asked[who.id] += 1
            await self.says(who, "/lang")
            return
        who = self._coming.pop()
        self._came.append(who)
        match self.lots.randrange(4):
            case 0:
                await self.says(who, "签到")
            case 1:
                await self.says(who, self.lots.choice(("打卡", "签到")), self.office.hall)
            case 2:
                await self._press(who)
            case _:
                await asyncio.gather(self._press(who), self.says(who, "/checkin"))
        if self.lots.randrange(2):
            self._asked[who.id] += 1
            await self.says(who, "/lang")

    async def _press(self, who: Person) -> None:
        message, data = await self.finds(who, "checkin:", chat=self.office.hall)
        press = await who.presses(chat=self.office.hall, message=message, data=data)
        told = self.office.told(press, "签到成功")
        self.office.note(self.name, f"{who.name} has checked in", told, _ENTRIES, who.id)
        await self.office.dealt(self.name, press)

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """A line, an entry and a point for everybody; an answer to every question."""
        for who in self._came:
            (entries,) = connection.execute(_ENTRIES, (who.id,)).fetchone()
            (points,) = connection.execute(
                "SELECT count(*) FROM ledger l JOIN people p ON p.id = l.person_id WHERE p.user_id = ? AND l.rule LIKE 'checked_in%'",
                (who.id,),
            ).fetchone()
            if (entries, points) != (1, 1):
                yield f"{who.name} checked in and has {entries} entries and {points} points for it"
        for user_id, asked in self._asked.items():
            (answers,) = connection.execute(
                "SELECT count(*) FROM outbox WHERE chat_id = ? AND kind = 'general.languages' AND action = 'send'",
                (user_id,),
            ).fetchone()
            if answers != asked:
                yield f"{user_id} asked {asked} times for the languages and was answered {answers} times"

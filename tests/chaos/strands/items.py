"""Items that two want and one gets, who then reports and closes it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from random import Random

from sandbox.people import Person
from tests.chaos.office import Office
from tests.chaos.strands.strand import PATIENCE, Strand


class Items(Strand):
    """An item has one holder, its report is there as it was written, it is closed once and earns once."""

    name = "items"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._put_up: dict[int, tuple[str, str]] = {}

    async def acts(self) -> None:
        """One item, from being put up to being closed."""
        office, chief = self.office, self.office.people["办公室"]
        title = f"事项{len(self._put_up) + 1}号"
        await self.says(chief, f"/items {title} | 大项：城建 | 措施：逐一排查")
        number = 0

        def there() -> bool:
            nonlocal number
            rows = office.rows("SELECT id FROM items WHERE title = ?", title)
            number = rows[0][0] if rows else 0
            return number > 0

        await self.until(f"item {title}", there)
        racers = self.lots.sample(office.writers(2), 2)
        await asyncio.gather(*(self._claims(one, number) for one in racers))
        holder = await self._holder(number, racers)
        text = f"{holder.name}办结了{title}"
        self._put_up[number] = (title, text)
        await self.presses(holder, f"item:report:{number}", ask=f"/start item_{number}")
        await self.says(holder, text)
        reports = "SELECT 1 FROM item_reports WHERE item_id = ?"
        hand, again = f"item_draft:hand:{number}", f"item:report:{number}"
        while not office.there(reports, number):
            if not await self.until("the draft of a report", lambda: office.button(holder.id, hand), PATIENCE):
                await self.presses(holder, again, ask=f"/start item_{number}")
                continue
            press = await self.presses(holder, hand)
            office.note(
                self.name,
                f"the report on {title} is handed in",
                office.told(press, "已提交"),
                reports.replace("SELECT 1", "SELECT count(*)"),
                number,
            )
            await self.until("a look", lambda: office.is_up)
        closed = "SELECT 1 FROM items WHERE id = ? AND state = 'closed'"
        while not office.there(closed, number):
            await self.presses(chief, f"item_rule:accept:{number}:", ask=f"/start item_{number}")
            await self.until("a look", lambda: office.is_up)

    async def _claims(self, who: Person, number: int) -> None:
        """Press, unless somebody was so much faster that there is no button any more."""
        office, data, sees = self.office, f"item:claim:{number}", f"/start item_{number}"
        taken = "SELECT 1 FROM items WHERE id = ? AND state <> 'open'"
        while not await self.until(
            f"{who.name} looks at item {number}",
            lambda: office.button(who.id, data) or office.there(taken, number),
            PATIENCE,
        ):
            await self.says(who, sees)
        if office.button(who.id, data) is None:
            return
        press = await self.presses(who, data)
        holds = "SELECT count(*) FROM items i JOIN people p ON p.id = i.holder_id WHERE i.id = ? AND p.user_id = ?"
        told = office.told(press, "认领成功")
        office.note(self.name, f"{who.name} has item {number}", told, holds, number, who.id)

    async def _holder(self, number: int, racers: list[Person]) -> Person:
        office = self.office
        holds = "SELECT 1 FROM items i JOIN people p ON p.id = i.holder_id WHERE i.id = ? AND p.user_id = ?"
        found: list[Person] = []

        def has() -> bool:
            found[:] = [one for one in racers if office.there(holds, number, one.id)]
            return bool(found)

        await self.until(f"somebody has item {number}", has)
        return found[0]

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """An item that somebody has or may take."""
        if connection.execute("SELECT 1 FROM items WHERE state <> 'closed'").fetchone():
            yield "an item"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Claimed once, reported once, closed once, one point."""
        (count,) = connection.execute("SELECT count(*) FROM items").fetchone()
        if count != len(self._put_up):
            yield f"{len(self._put_up)} items were put up, {count} are there"
        for number, (title, text) in self._put_up.items():
            steps = [
                event
                for (event,) in connection.execute(
                    "SELECT event FROM item_steps WHERE item_id = ? ORDER BY id", (number,)
                )
            ]
            reports = connection.execute("SELECT text FROM item_reports WHERE item_id = ?", (number,)).fetchall()
            (points,) = connection.execute(
                "SELECT count(*) FROM ledger WHERE evidence = ?", (f"item:{number}",)
            ).fetchone()
            if steps != STEPS or reports != [(text,)] or points != 1:
                yield f"{title}: {steps}, reports {reports}, {points} points"


STEPS = ["Offered", "Claimed", "Reported", "ReportAccepted", "Closed"]

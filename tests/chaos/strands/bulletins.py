"""A bulletin is drafted, submitted, approved by another one and posted; then it is corrected, again and again."""

import sqlite3
from collections.abc import Iterator
from random import Random

from sandbox.people import Person
from tests.chaos.office import Closing, Office
from tests.chaos.strands.strand import Strand

_SHEETS = (
    "SELECT count(*) FROM outbox WHERE kind = 'bulletin.sheet' AND chat_id = ? AND action = 'send' "
    "AND json_extract(body, '$.facts.id') = ?"
)
_FILES = _SHEETS.replace("bulletin.sheet", "bulletin.file").replace("$.facts.id", "$.bulletin")


class Bulletins(Strand):
    """Each version is posted once: its sheet and its file."""

    name = "bulletins"
    most = 4
    """A file with a picture costs a second of processor time after each start."""

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._posted: list[int] = []

    async def acts(self) -> None:
        """One version, from the draft to the group."""
        office, clerk, chief = self.office, self.office.people["文书"], self.office.people["主任"]
        if len(self._posted) == self.most:
            raise Closing()
        if self._posted:
            await self._opens(clerk, self._posted[-1], "correct")
            await self.presses(clerk, f"bull:correct:{self._posted[-1]}", ask="/bulletin")
        else:
            await self.presses(clerk, "bull_new:monthly:2026-11:", ask="/bulletin")
        number = 0

        def drafted() -> bool:
            nonlocal number
            rows = office.rows("SELECT max(id) FROM bulletins")
            number = rows[0][0] or 0 if rows else 0
            return number not in (0, *self._posted)

        await self.until("the draft of a bulletin", drafted)
        self._posted.append(number)
        for who, step, state in ((clerk, "submit", "submitted"), (chief, "approve", "posted")):
            query = f"SELECT 1 FROM bulletins WHERE id = ? AND state IN ('{state}', 'posted')"  # noqa: S608 - a word of ours
            while not office.there(query, number):
                await self._opens(who, number, step)
                press = await self.presses(who, f"bull:{step}:{number}")
                if step == "approve":
                    office.note(
                        self.name,
                        f"bulletin {number} is posted",
                        office.told(press, "已审核"),
                        _SHEETS,
                        office.hall.id,
                        number,
                    )
                await self.until("a look", lambda: office.is_up)
        await self.until(
            "the sheet of a bulletin", lambda: office.there(f"{_SHEETS} AND state <> 'pending'", office.hall.id, number)
        )

    async def _opens(self, who: Person, number: int, step: str) -> None:
        office = self.office
        while office.button(who.id, f"bull:{step}:{number}") is None:
            await self.presses(who, f"bull:open:{number}", ask="/bulletin")
            await self.until("an open bulletin", lambda: office.button(who.id, f"bull:{step}:{number}"), 150)

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """A bulletin that is not posted yet, or whose sheets are on their way."""
        if connection.execute(
            "SELECT 1 FROM outbox WHERE kind LIKE 'bulletin.%' AND state IN ('pending', 'sending')"
        ).fetchone():
            yield "a bulletin"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """One sheet and one file each."""
        for number in self._posted:
            (sheets,) = connection.execute(_SHEETS, (self.office.hall.id, number)).fetchone()
            (files,) = connection.execute(_FILES, (self.office.hall.id, number)).fetchone()
            (steps,) = connection.execute(
                "SELECT count(*) FROM bulletin_entries WHERE bulletin_id = ? AND kind = 'posted'", (number,)
            ).fetchone()
            if (sheets, files, steps) != (1, 1, 1):
                yield f"bulletin {number} was posted with {sheets} sheets and {files} files, in {steps} steps"

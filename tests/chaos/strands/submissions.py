"""Assignments that are written in private and handed in."""

import asyncio
import sqlite3
from collections.abc import Iterator
from random import Random

from sandbox.people import Person
from tests.chaos.office import Office
from tests.chaos.strands.strand import PATIENCE, Strand

_STATE = "SELECT 1 FROM submissions s JOIN people p ON p.id = s.person_id WHERE p.user_id = ? AND s.task_id = ? AND s.state <> 'draft'"
_AT_ONCE = 3


class Submissions(Strand):
    """What was handed in is there as it was written, once, with one point for it."""

    name = "submissions"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._handed: list[tuple[Person, int, str]] = []

    async def acts(self) -> None:
        """A new task, and everybody who hands something in, a few side by side."""
        task = await self._assigned()
        writers = self.lots.sample(self.office.writers(0), len(self.office.writers(0)))

        async def some() -> None:
            while writers and not self.office.is_closing:
                await self._hands_in(writers.pop(), task)

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))

    async def _assigned(self) -> int:
        office, chief = self.office, self.office.people["组长"]
        (before,) = await self._one("SELECT coalesce(max(id), 0) FROM tasks")
        await self.says(chief, f"/assign 12-05 18:00 任务{before + 1}：请查办公室")
        query = "SELECT id FROM tasks WHERE id > ?"
        while not office.there(query, before):
            await self.presses(chief, "assign_send", ask=f"/assign 12-05 18:00 任务{before + 1}：请查办公室")
        (task,) = await self._one(query, before)
        return task

    async def _one(self, query: str, *values: object) -> tuple[int]:
        found: list[tuple[int]] = []

        def there() -> bool:
            found[:] = self.office.rows(query, *values)
            return bool(found)

        await self.until(query, there)
        return found[0]

    async def _hands_in(self, who: Person, task: int) -> None:
        office, text = self.office, f"{who.name}对任务{task}的说明"
        await self.presses(who, f"task_write:{task}", ask="/tasks")
        await self.says(who, text)
        self._handed.append((who, task, text))
        ((number,),) = await self._row(who, task)
        hand = f"task_draft:hand:{number}"
        while not office.there(_STATE, who.id, task):
            if not await self.until("the draft", lambda: office.button(who.id, hand), PATIENCE):
                await self.presses(who, f"task_write:{task}", ask="/tasks")
                continue
            message, data = await self.finds(who, hand)
            press = await who.presses(message=message, data=data)
            office.note(
                self.name,
                f"{who.name} has handed in for task {task}",
                office.told(press, "已提交"),
                _STATE.replace("SELECT 1", "SELECT count(*)"),
                who.id,
                task,
            )
            await office.dealt(self.name, press)

    async def _row(self, who: Person, task: int) -> list[tuple[int]]:
        query = (
            "SELECT s.id FROM submissions s JOIN people p ON p.id = s.person_id WHERE p.user_id = ? AND s.task_id = ?"
        )
        return [await self._one(query, who.id, task)]

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Something that is being written."""
        if connection.execute("SELECT 1 FROM submissions WHERE state = 'draft' AND draft <> ''").fetchone():
            yield "a submission"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """The text, one step, one point."""
        for who, task, text in self._handed:
            rows = connection.execute(
                "SELECT s.text, s.version, (SELECT count(*) FROM submission_events e WHERE e.submission_id = s.id AND e.kind = 'HandedIn'), "
                "(SELECT count(*) FROM ledger l WHERE l.person_id = p.id AND l.rule = 'handed_in' AND l.evidence = 'submission_handed_in:' || s.id) "
                "FROM submissions s JOIN people p ON p.id = s.person_id WHERE p.user_id = ? AND s.task_id = ? AND s.state <> 'draft'",
                (who.id, task),
            ).fetchall()
            if rows != [(text, 1, 1, 1)]:
                yield f"{who.name} handed in {text!r} and this is there: {rows}"

"""One broadcast after another goes to everybody."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from random import Random

from storage.broadcasts import batch_of
from tests.chaos.office import Office
from tests.chaos.strands.strand import Strand


class Broadcasts(Strand):
    """Everybody gets each once; nobody gets one twice; who did not get it was in flight when the bot was killed."""

    name = "broadcasts"

    def __init__(self, office: Office, lots: Random) -> None:
        super().__init__(office, lots)
        self._sent: dict[int, str] = {}
        self.in_flight = 0
        self.arrived = 0

    async def acts(self) -> None:
        """One more."""
        office, sender = self.office, self.office.people["播音"]
        text = f"第{len(self._sent) + 1}号通知：周五下午三点集中学习"
        before = office.newest(sender.id)
        await self.says(sender, f"/broadcast {text}")
        query = "SELECT max(id) FROM broadcasts WHERE instr(content, ?) > 0"
        ((number,),) = await self._rows(query, text)
        await self.until(
            f"the preview of broadcast {number}", lambda: office.button(sender.id, f"bc:send:{number}:", before), 150
        )
        while not office.there("SELECT 1 FROM broadcasts WHERE id = ? AND state <> 'draft'", number):
            if office.button(sender.id, f"bc:send:{number}:", before) is None:
                # The preview was lost in flight: the same text once more, and that one is sent.
                await self.says(sender, f"/broadcast {text}")
                ((number,),) = await self._rows(query, text)
                await self.until("another preview", lambda: office.button(sender.id, f"bc:send:{number}:"), 150)  # noqa: B023
                continue
            message, data = await self.finds(sender, f"bc:send:{number}:")
            press = await sender.presses(message=message, data=data)
            office.note(
                self.name,
                f"broadcast {number} goes out",
                office.told(press, "已开始发送"),
                "SELECT count(*) FROM broadcasts WHERE id = ? AND state <> 'draft'",
                number,
            )
            await office.dealt(self.name, press)
        self._sent[number] = text
        await self.until(
            f"the end of broadcast {number}",
            lambda: office.there("SELECT 1 FROM broadcasts WHERE id = ? AND state = 'done'", number),
        )

    async def _rows(self, query: str, *values: object) -> list[tuple[int]]:
        found: list[tuple[int]] = []

        def there() -> bool:
            found[:] = self.office.rows(query, *values)
            return bool(found) and found[0][0] is not None

        await self.until("the draft of a broadcast", there)
        return found

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """A broadcast that is being sent."""
        if connection.execute("SELECT 1 FROM broadcasts WHERE state = 'sending'").fetchone():
            yield "a broadcast"

    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Every copy is accounted for."""
        people = [person.id for person in self.office.people.values()]
        unit = {
            user
            for (user,) in connection.execute(
                "SELECT user_id FROM people p JOIN units u ON u.id = p.unit_id WHERE u.path LIKE '示范区%'"
            )
        }
        copies = {
            chat: Counter(text.partition("\n\n")[2] for text in self.office.texts(chat) if "📢" in text)
            for chat in people
        }
        for number, text in self._sent.items():
            states = {
                chat: (state, rows)
                for chat, state, rows in connection.execute(
                    "SELECT chat_id, state, count(*) FROM outbox WHERE batch = ? GROUP BY chat_id", (batch_of(number),)
                )
            }
            meant = unit - {self.office.people["播音"].id}
            if set(states) != meant:
                yield f"broadcast {number} was meant for {len(meant)} people and is in the outbox for {len(states)}"
            for chat, (state, rows) in states.items():
                # The sample of a preview is the sender's own.
                seen = copies[chat][text]
                self.in_flight += state == "unknown"
                self.arrived += state == "unknown" and seen == 1
                if rows != 1 or seen > 1 or (state == "sent" and seen != 1) or state not in ("sent", "unknown"):
                    yield f"broadcast {number} is {rows} times in the outbox for {chat} ({state}) and was seen {seen} times"

"""Every command, said by people of every role in every kind of chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from structlog.testing import capture_logs

from sandbox.model import User
from storage import Tx
from tests.hall import Hall
from tests.permissions.guard import digest, guard_down, guard_up
from tests.permissions.parts import ROLES, Part, Spot, refusal_in

ABOVE, OWN, BESIDE = "城区", "城区/一支部", "城区/二支部"
_HOMES = {Part.ABOVE: ABOVE, Part.FOREIGNER: BESIDE, Part.SIBLING: BESIDE}
_FIRST_ID = 870_000
_CHANNEL = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""Who Telegram says has written when somebody writes as the group itself.

Source: https://core.telegram.org/bots/api#message, ``sender_chat``.
"""

Cell = tuple[Part, Spot]
CELLS: tuple[Cell, ...] = tuple(
    (part, spot)
    for part in Part
    for spot in Spot
    if part is not Part.ADDRESSEE and not (part is Part.CHANNEL and spot is Spot.PRIVATE)
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something said: the code of the refusal, or "" and whether it went on to do something."""

    words: str
    part: Part
    spot: Spot
    refused: str
    wrote: bool

    def __str__(self) -> str:
        """The cell in words, for a failing test."""
        became = f"was refused ({self.refused})" if self.refused else "was let in"
        return f"{self.part}, {self.spot}, says {self.words!r} and {became}"


class Stage:
    """A roster with one of every role, and groups of the unit, of the sibling unit and of none."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._users: dict[Part, int] = {
            part: _FIRST_ID + number for number, part in enumerate(Part) if part is not Part.ADDRESSEE
        }
        self._groups = {Spot.OWN: -1_004_001, Spot.FOREIGN: -1_004_002, Spot.UNBOUND: -1_004_003}
        self._message = 10

    async def open(self) -> None:
        """Put everybody on the roster, under the name of their part; all of them have written to the bot before."""
        world = self._hall.sandbox.world
        for part, user in self._users.items():
            world.add_user(User(user, part.name))
            world.chats[user].started = True
        await self._hall.write(self._enrol)

    def _enrol(self, tx: Tx) -> None:
        now = self._hall.clock.now()
        for unit in (ABOVE, OWN, BESIDE):
            tx.people.add_unit(unit)
        for part, role in ROLES.items():
            unit_id = tx.people.add_unit(_HOMES.get(part, OWN))
            person = tx.people.add(
                code=part.name, name=part.name, unit_id=unit_id, level="", title="", role=role, now=now
            )
            tx.people.join(person, self._users[part], now=now)
            if part is Part.LEFT:
                tx.people.leave(person, now=now)
        for spot, chat_id in self._groups.items():
            tx.places.see_group(chat_id, spot.value)
        tx.places.bind(self._groups[Spot.OWN], tx.people.add_unit(OWN))
        tx.places.bind(self._groups[Spot.FOREIGN], tx.people.add_unit(BESIDE))

    async def refused(self, words: str, cells: Sequence[Cell]) -> list[Answer]:
        """Let those say this who may not; what they change stays, and is seen.

        Raises:
            AssertionError: something was changed.
        """
        last, before = await self._hall.read(lambda tx: (_last(tx), digest(tx)))
        sent = [self._put(words, part, spot) for part, spot in cells]
        await self._hall.settle()
        told = await self._hall.read(lambda tx: _refusals(tx, last))
        await self._hall.write(lambda tx: _forget(tx, last))
        assert await self._hall.read(digest) == before, f"{words} of those who may not changed something"
        return _answers(words, cells, sent, told)

    async def tried(self, words: str, cells: Sequence[Cell]) -> list[Answer]:
        """Let those say this who may; nothing that they do stays."""
        await self._hall.write(guard_up)
        last = await self._hall.read(_last)
        try:
            with capture_logs():  # that the guard stops somebody is no news, and a traceback takes long to draw
                sent = [self._put(words, part, spot) for part, spot in cells]
                await self._hall.settle()
            told = await self._hall.read(lambda tx: _refusals(tx, last))
        finally:
            await self._hall.write(guard_down)
        return _answers(words, cells, sent, told)

    def _put(self, words: str, part: Part, spot: Spot) -> tuple[int, int | None]:
        """A message as Telegram tells of it; the chat and what an answer there replies to."""
        user, private = self._users[part], spot is Spot.PRIVATE
        chat_id = user if private else self._groups[spot]
        self._message += 1
        group = {"id": chat_id, "type": "supergroup", "title": spot.value}
        message: dict[str, Any] = {
            "message_id": self._message,
            "date": self._hall.sandbox.world.date,
            "chat": {"id": chat_id, "type": "private", "first_name": part.name} if private else group,
            "from": {"id": user, "is_bot": False, "first_name": part.name},
            "text": words,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}],
        }
        if part is Part.CHANNEL:
            message |= {"from": _CHANNEL, "sender_chat": group}
        self._hall.sandbox.world.tell("message", message, user)
        return chat_id, None if private else self._message


def _answers(
    words: str,
    cells: Sequence[Cell],
    sent: Sequence[tuple[int, int | None]],
    told: dict[tuple[int, int | None], str],
) -> list[Answer]:
    found = []
    for (part, spot), key in zip(cells, sent, strict=True):
        code = refusal_in(told[key]) if key in told else ""
        found.append(Answer(words, part, spot, "" if code == "internal" else code, code == "internal"))
    return found


def _last(tx: Tx) -> int:
    return int(tx.connection.execute("SELECT coalesce(max(id), 0) AS last FROM outbox").fetchone()["last"])


def _refusals(tx: Tx, after: int) -> dict[tuple[int, int | None], str]:
    query = "SELECT chat_id, reply_to, body FROM outbox WHERE kind = 'refused' AND id > ?"
    rows = tx.connection.execute(query, (after,)).fetchall()
    return {(row["chat_id"], row["reply_to"]): orjson.loads(row["body"])["sentence"] for row in rows}


def _forget(tx: Tx, after: int) -> None:
    """The refusals themselves are all that may have been written; what is no refusal stays and is seen."""
    tx.connection.execute("DELETE FROM outbox WHERE kind = 'refused' AND id > ?", (after,))

"""What every strand is: people who do one kind of thing again and again, and what has to be true of it in the end."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from random import Random
from typing import ClassVar

from sandbox.people import Group, Person, Press, Sent
from tests.chaos.office import Closing, Office

PATIENCE = 150
"""Looks after which somebody who got no answer asks again: the answer may have been lost in flight."""


class Strand(ABC):
    """``lives`` until the office closes; ``wrong`` then says what is not as it should be.

    ``lots``: the strand's own, so that what one does changes nothing for another.
    """

    name: ClassVar[str]

    def __init__(self, office: Office, lots: Random) -> None:
        self.office = office
        self.lots = lots

    async def lives(self) -> None:
        """Go on until the office closes; what is begun is brought to its end."""
        try:
            while True:
                self.goes_on()
                await self.acts()
        except Closing:
            return

    @abstractmethod
    async def acts(self) -> None:
        """Do one thing from its beginning to its end.

        Raises:
            Closing: there is nothing left to do.
        """

    @abstractmethod
    def wrong(self, connection: sqlite3.Connection) -> Iterator[str]:
        """What is not as it should be, once everything is over."""

    def under_way(self, connection: sqlite3.Connection) -> Iterator[str]:
        """What of it was under way when the bot was killed, in a word or two."""
        yield from ()

    def goes_on(self) -> None:
        """Whether something new may begin.

        Raises:
            Closing: not any more.
        """
        if self.office.is_closing:
            raise Closing()

    async def until(self, what: str, holds: Callable[[], object], looks: int | None = None) -> bool:
        """See :meth:`Office.until`."""
        return await self.office.until(self.name, what, holds, looks)

    async def says(self, who: Person, text: str, chat: Group | None = None) -> Sent:
        """Say something, and wait until it has had its effect."""
        sent = await who.says(text, chat)
        await self.office.dealt(self.name, sent)
        return sent

    async def finds(self, who: Person, data: str, ask: str | None = None, chat: Group | None = None) -> tuple[int, str]:
        """A button whose data begin so. Whoever does not get to see it asks (again), as people do."""
        chat_id = who.id if chat is None else chat.id
        found: list[tuple[int, str]] = []

        def seen() -> bool:
            button = self.office.button(chat_id, data)
            found[:] = [] if button is None else [button]
            return bool(found)

        while not await self.until(f"{who.name} looks for the button {data}", seen, PATIENCE if ask else None):
            await self.says(who, ask or "", chat)
        return found[0]

    async def presses(
        self, who: Person, data: str, ask: str | None = None, chat: Group | None = None, *, waits: bool = True
    ) -> Press:
        """Press the newest button whose data begin so, and wait until that has had its effect."""
        message, whole = await self.finds(who, data, ask, chat)
        press = await who.presses(chat=chat, message=message, data=whole)
        if waits:
            await self.office.dealt(self.name, press)
        return press

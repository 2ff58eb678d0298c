"""People who take their time: after each act enough of it passes for a private chat's one call a second."""

from datetime import datetime
from typing import Any

from sandbox.people import Group
from tests.hall import Actor, Hall

BREATH = 4
"""Seconds after an act: two or three calls of the bot into one chat."""


class Unhurried(Actor):
    """Somebody who reads the answer before going on."""

    def __init__(self, hall: Hall, actor: Actor) -> None:
        super().__init__(hall, actor.person)
        self.hall = hall

    async def says(self, text: str, chat: Group | None = None) -> Any:
        """Send a message and read the answer."""
        sent = await super().says(text, chat)
        await self.hall.advance(seconds=BREATH)
        return sent

    async def sends(self, content: bytes, name: str, chat: Group | None = None, **more: Any) -> Any:
        """Send a file and read the answer."""
        sent = await super().sends(content, name, chat, **more)
        await self.hall.advance(seconds=BREATH)
        return sent

    async def presses(self, button: str | None = None, chat: Group | None = None, **more: Any) -> str | None:
        """Press a button and read what became of it."""
        toast = await super().presses(button, chat, **more)
        await self.hall.advance(seconds=BREATH)
        return toast


async def until(hall: Hall, at: datetime) -> None:
    """Let time pass until a moment on the programme's clock, and what is said then arrive."""
    await hall.until(at)
    await hall.advance(seconds=BREATH)

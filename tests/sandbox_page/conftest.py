"""A sandbox with its cast, a bot that holds contests, and time that stands still until it is moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random

import pytest

from sandbox.people import Town
from sandbox.players import Players
from sandbox.server import Sandbox
from tests.sandbox_page.hand_pace import HandPace
from tests.sandbox_page.quizbot import KNOWLEDGE, QuizBot
from tests.sandbox_page.stage import GROUP, HOST, Stage, set_stage


class Theatre:
    """A stage on which contests are played without a real second passing."""

    def __init__(self, sandbox: Sandbox, stage: Stage, bot: QuizBot, pace: HandPace) -> None:
        self.sandbox = sandbox
        self.stage = stage
        self.town = stage.town
        self.bot = bot
        self.pace = pace
        self._since = sandbox.world.journal.seq

    @property
    def state(self) -> dict[str, object]:
        """What can be told of the players."""
        return self.sandbox.players.state()

    async def order(self, **wanted: object) -> dict[str, object]:
        """Direct the players over HTTP, as the page does."""
        answer: dict[str, object] = await self.town.ask("POST", "/players", json=wanted)
        return answer

    async def play_until(self, reached: Callable[[], bool]) -> None:
        """Let time pass, from one act to the next, each with all that follows from it."""
        async with asyncio.timeout(30):
            while True:
                await self._settled()
                if reached():
                    return
                self.pace.on()
                await asyncio.sleep(0)  # whoever was woken begins

    async def _settled(self) -> None:
        while not self._at_rest():  # noqa: ASYNC110 - rest is a state of many parts, none of which tells of it
            await asyncio.sleep(0)

    def _at_rest(self) -> bool:
        show, journal = self.sandbox.players.show, self.sandbox.world.journal
        if show is None or not self.sandbox.players.playing:
            return self.sandbox.quiet and not self.bot.busy
        # The players have heard everything and wait for their next moment, and the bot has nothing to do.
        heard = not any(
            one.data.get("chat_id") == GROUP for one in journal.after(max(show.heard_to, self._since), HOST)
        )
        waits = self.pace.is_awaited(show.game.wake_at or 0.0)
        return heard and waits and not show.busy and self.sandbox.quiet and not self.bot.busy


@asynccontextmanager
async def open_theatre() -> AsyncIterator[Theatre]:
    """The whole cast in place, nobody playing."""
    pace = HandPace()
    sandbox = Sandbox(flood_limits=False)
    sandbox.knowledge = KNOWLEDGE
    sandbox.players = Players(sandbox, pace=pace, dice=Random(5))
    running = await sandbox.start()
    async with Town(running.url) as town, QuizBot(running.url, sandbox.token, pace=pace) as bot:
        yield Theatre(sandbox, await set_stage(sandbox, town), bot, pace)
        await sandbox.players.close()
    await running.stop()


@pytest.fixture
async def theatre() -> AsyncIterator[Theatre]:
    """A theatre of its own for a test."""
    async with open_theatre() as opened:
        yield opened

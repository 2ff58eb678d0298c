"""A game on the stage: eyes on the group through the live events, hands through the people's side, nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

import aiohttp
import orjson

from sandbox.people import Person, Refused, Town
from sandbox.players_cast import Act, Says
from sandbox.players_eyes import Seen
from sandbox.players_game import Game, Trouble

_ERRORS_KEPT = 5
_RECONNECT_AFTER = 1.0
_OPEN_WITHIN = 10.0
_LONGEST_LINE = 4 * 1024 * 1024


class Pace(Protocol):
    """The time that players live in."""

    def now(self) -> float:
        """Seconds; only differences matter."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        ...


class EventLoopPace:
    """Time as the event loop measures it."""

    def now(self) -> float:
        """Seconds of the loop's clock."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)


class Show:
    """One game while it is played.

    Args:
        url: where the sandbox serves.
        changed: called whenever what can be told of the game may have changed.
    """

    def __init__(self, game: Game, url: str, pace: Pace, changed: Callable[[], None]) -> None:
        self.game = game
        self.errors: list[str] = []
        self.heard_to = 0
        """The number of the newest event that reached the players."""
        self._url = url
        self._pace = pace
        self._changed = changed
        self._heard: asyncio.Queue[Seen] = asyncio.Queue()
        self._nudge = asyncio.Event()
        self._data: dict[tuple[int, str], str] = {}
        self._hands: set[asyncio.Task[None]] = set()
        self._farewell: Says | None = None

    @property
    def busy(self) -> bool:
        """Whether an act is on its way, or something was heard and not looked at yet."""
        return bool(self._hands) or not self._heard.empty()

    def stop(self) -> None:
        """Leave the stage; :meth:`run` ends when the host has said goodbye."""
        self._farewell = self.game.stop()
        self.nudge()

    def nudge(self) -> None:
        """The game was changed from outside: look at it now."""
        self._nudge.set()

    async def run(self) -> None:
        """Play to the end; whatever goes wrong ends as the game's trouble, never in silence."""
        async with aiohttp.ClientSession(trust_env=False) as session:
            opened = asyncio.Event()
            listener = asyncio.create_task(self._listen(session, opened))
            try:
                await _first(opened.wait(), asyncio.shield(listener), self._pace.sleep(_OPEN_WITHIN))
                town = Town(self._url, session)
                await self._play(town, listener)
                if self._farewell is not None:
                    await self._do(town, self._farewell)
            except Exception as error:  # noqa: BLE001 - the visitor has to hear of it, whatever it is
                self.game.fail(Trouble("error", f"{type(error).__name__}: {error}"))
            finally:
                tasks = (listener, *self._hands)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                self._changed()

    async def _play(self, town: Town, listener: asyncio.Task[None]) -> None:
        game = self.game
        while not game.over:
            while not self._heard.empty():
                game.sees(self._heard.get_nowait(), self._pace.now())
            for act in game.due(self._pace.now()):
                hand = asyncio.create_task(self._do(town, act))
                self._hands.add(hand)
                hand.add_done_callback(self._hands.discard)
            self._changed()
            wake_at = game.wake_at
            if wake_at is None:
                return
            self._nudge.clear()
            if self._heard.empty():
                sleep = self._pace.sleep(max(0.0, wake_at - self._pace.now()))
                await _first(sleep, self._nudge.wait(), asyncio.shield(listener))
            if listener.done():
                listener.result()

    async def _do(self, town: Town, act: Act) -> None:
        """Say or press; a refusal is reported and the game goes on."""
        person = Person(town, act.user_id, str(act.user_id))
        group = self.game.order.group
        try:
            if isinstance(act, Says):
                await town.ask("POST", f"/chats/{group}/messages", json={"from": person.id, "text": act.text})
                return
            # What a client sends is the button as it stood on the screen, even if it was edited away meanwhile.
            data = self._data[act.message_id, act.label]
            wanted = {"from": person.id, "chat_id": group, "message_id": act.message_id, "data": data}
            await town.ask("POST", "/press", json=wanted)
        except (Refused, aiohttp.ClientError, TimeoutError) as error:
            self.errors = [*self.errors, f"{act.user_id}: {error or type(error).__name__}"][-_ERRORS_KEPT:]
            self._changed()

    async def _listen(self, session: aiohttp.ClientSession, opened: asyncio.Event) -> None:
        async for number, kind, data in happenings(session, self._url, self.game.order.host, self._pace, opened):
            self.heard_to = number
            if kind not in {"message", "edit", "delete"} or data["chat_id"] != self.game.order.group:
                continue
            if kind == "delete":
                seen = Seen(data["message_id"], "")
            elif data["from"]["is_bot"]:
                seen = self._look(data)
            else:
                continue
            self._heard.put_nowait(seen)
            self.nudge()

    def _look(self, raw: dict[str, Any]) -> Seen:
        rows = (raw.get("reply_markup") or {}).get("inline_keyboard", ())
        buttons = [one for row in rows for one in row]
        for button in buttons:
            if "callback_data" in button:
                self._data[raw["message_id"], button["text"]] = button["callback_data"]
        labels = tuple(button["text"] for button in buttons if "callback_data" in button)
        return Seen(raw["message_id"], raw.get("text") or raw.get("caption") or "", labels)


async def _first(*waits: Awaitable[object]) -> None:
    """Until one of them is done; the others are let go."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def happenings(
    session: aiohttp.ClientSession, url: str, user_id: int, pace: Pace, opened: asyncio.Event
) -> AsyncIterator[tuple[int, str, dict[str, Any]]]:
    """The live events of a person, as the web page gets them: number, kind, data. A stream that breaks goes on where
    it ended.

    Args:
        opened: set as soon as nothing can be missed any more.
    """
    seen = 0
    while True:
        try:
            async with session.get(
                f"{url}/sandbox/events",
                params={"as": user_id},
                headers={"Last-Event-ID": str(seen)} if seen else {},
                timeout=aiohttp.ClientTimeout(total=None),
                read_bufsize=_LONGEST_LINE,
                raise_for_status=True,
            ) as response:
                opened.set()
                async for number, kind, data in _events(response.content):
                    seen = number
                    yield number, kind, data
        except aiohttp.ClientError:
            pass  # the next turn of the loop connects again
        await pace.sleep(_RECONNECT_AFTER)


async def _events(lines: aiohttp.StreamReader) -> AsyncIterator[tuple[int, str, dict[str, Any]]]:
    fields: dict[str, str] = {}
    async for line in lines:
        text = line.decode().rstrip("\r\n")
        if text:
            name, _, value = text.partition(":")
            fields[name] = value.removeprefix(" ")
            continue
        if "data" in fields:
            yield int(fields["id"]), fields.get("event", "message"), orjson.loads(fields["data"])
        fields = {}

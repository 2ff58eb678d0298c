"""The benchmark's side of the light server: starts its process, feeds it, asks what it saw."""

import asyncio
import itertools
import socket
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import orjson

from benchmarks.light.limits import Limits
from benchmarks.light.town import parameters

TOKEN = "900:light"
_LINE = 2**30
_NOT_GIVEN: Any = object()


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the bot made: when its last byte arrived (monotonic seconds), and what the server answered."""

    at: float
    method: str
    status: int
    content_type: str
    body: str

    @property
    def parameters(self) -> dict[str, Any]:
        """What it was called with; values of forms are text."""
        return parameters(self.content_type, self.body.encode())


@dataclass(frozen=True)
class Report:
    """What the server saw since it was last told to forget.

    ``polls``: when a getUpdates was asked, when its answer was made, when it had travelled (the delay is over), and the
    updates in it. ``due``: when each update was there for the bot to fetch. ``pushed``: by webhook, each update with when
    it was written and when it was answered. ``waiting``: updates that the bot has not confirmed.
    """

    polls: list[tuple[float, float, float, list[int]]]
    due: dict[int, float]
    calls: list[Call]
    counts: dict[str, int]
    waiting: int
    pushed: list[tuple[int, float, float]]

    @cached_property
    def handed(self) -> dict[int, float]:
        """When the bytes of each update were at the bot: the first time, if it was given several times."""
        at: dict[int, float] = {}
        for _, _, written, numbers in self.polls:
            for number in numbers:
                at.setdefault(number, written)
        for number, written, _ in self.pushed:
            at.setdefault(number, written)
        return at

    @cached_property
    def possible(self) -> dict[int, float]:
        """When each update could have been at a bot that asks again the moment it has an answer.

        A press that comes while an answer travels has to wait for the next one: that is the network's time, not the
        bot's. What a bot adds by asking late is its own and counts.
        """
        at: dict[int, float] = {number: began for number, began, _ in self.pushed}
        before = 0.0
        for _, made, written, numbers in self.polls:
            travel = written - made
            for number in numbers:
                at.setdefault(number, max(self.due[number], before) + travel)
            before = written
        return at

    @cached_property
    def toasts(self) -> dict[int, float]:
        """When the answer to each press came, by the update's number."""
        at: dict[int, float] = {}
        for call in self.calls:
            if call.method == "answerCallbackQuery":
                at.setdefault(int(call.parameters["callback_query_id"]), call.at)
        return at


class Light:
    """A running light server. Made by :meth:`started`."""

    def __init__(self, url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pid: int) -> None:
        self.url, self.token, self.pid = url, TOKEN, pid
        self.seen: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        """Calls that are followed: ``method``, ``at``, ``parameters``, ``message_id`` of the message sent or edited."""
        self._reader, self._writer = reader, writer
        self._numbers, self._updates = itertools.count(1), itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}

    @classmethod
    @asynccontextmanager
    async def started(cls, **settings: Any) -> "AsyncIterator[Light]":
        """Start a server's process, set it (see :meth:`set`), and end it afterwards."""
        here, there = socket.socketpair()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.light.server", str(there.fileno()), pass_fds=[there.fileno()]
        )
        there.close()
        reader, writer = await asyncio.open_connection(sock=here, limit=_LINE)
        line = await reader.readline()
        if not line:
            raise RuntimeError("the light server did not start")
        light = cls(f"http://127.0.0.1:{orjson.loads(line)['port']}", reader, writer, process.pid)
        listening = asyncio.create_task(light._listen())
        try:
            if settings:
                await light.set(**settings)
            yield light
        finally:
            writer.close()
            await process.wait()
            await asyncio.gather(listening, return_exceptions=True)

    async def set(
        self,
        *,
        delay: float = _NOT_GIVEN,
        poll_delay: float = _NOT_GIVEN,
        limits: Limits | None = _NOT_GIVEN,
        follow: Iterable[str] = _NOT_GIVEN,
    ) -> None:
        """Change what is given.

        ``delay``: how many seconds every answer takes; ``poll_delay``: those of ``getUpdates``, if they are to differ.
        ``limits``: which are enforced, from now on and afresh (None: none). ``follow``: the methods whose calls are told.
        """
        given: dict[str, Any] = {}
        if delay is not _NOT_GIVEN:
            given["delay"] = delay
        if poll_delay is not _NOT_GIVEN:
            given["poll_delay"] = poll_delay
        if limits is not _NOT_GIVEN:
            given["limits"] = asdict(limits) if limits is not None else None
        if follow is not _NOT_GIVEN:
            given["follow"] = list(follow)
        await self._ask("set", **given)

    async def feed(self, updates: Sequence[dict[str, Any]], *, at: Sequence[float] | None = None) -> list[int]:
        """Let updates wait for the bot, at once or each from its moment on (ascending); returns their numbers."""
        numbered = self.numbered(updates)
        await self._ask("feed", updates=numbered, at=None if at is None else list(at))
        return [one["update_id"] for one in numbered]

    async def hook(self, host: str, port: int, *, secret: str, connections: int = 40) -> None:
        """Connect to a bot's webhook; :meth:`push` brings updates there."""
        await self._ask("hook", host=host, port=port, secret=secret, connections=connections)

    async def push(self, updates: Sequence[dict[str, Any]], *, at: Sequence[float] | None = None) -> list[int]:
        """As :meth:`feed`, by webhook."""
        numbered = self.numbered(updates)
        await self._ask("push", updates=numbered, at=None if at is None else list(at))
        return [one["update_id"] for one in numbered]

    def numbered(self, updates: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The updates with their numbers; a pressed button's query is called as its update."""
        numbered = []
        for update in updates:
            number = update.get("update_id") or next(self._updates)
            one = {"update_id": number, **update}
            query = one.get("callback_query")
            if query is not None and "id" not in query:
                one["callback_query"] = {"id": str(number), **query}
            numbered.append(one)
        return numbered

    async def until(self, method: str, count: int, *, within: float = 60.0) -> None:
        """Wait until the bot has made so many calls of a method since :meth:`forget`.

        Raises:
            TimeoutError: it has not in ``within`` seconds.
        """
        await asyncio.wait_for(self._ask("until", method=method, count=count), within)

    async def report(self) -> Report:
        """What was seen since :meth:`forget`."""
        told = await self._ask("report")
        return Report(
            polls=[(asked, made, written, numbers) for asked, made, written, numbers in told["polls"]],
            due=dict(told["due"]),
            calls=[Call(*call) for call in told["calls"]],
            counts=told["counts"],
            waiting=told["waiting"],
            pushed=[(number, began, ended) for number, began, ended in told["pushed"]],
        )

    async def forget(self) -> None:
        """Forget what was seen; updates that wait stay."""
        await self._ask("forget")

    async def _ask(self, do: str, **given: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        self._writer.write(orjson.dumps({"do": do, "id": number, **given}) + b"\n")
        try:
            return await answer
        finally:
            self._answers.pop(number, None)

    async def _listen(self) -> None:
        while line := await self._reader.readline():
            told = orjson.loads(line)
            if "id" not in told:
                self.seen.put_nowait(told)
            elif (answer := self._answers.get(told["id"])) is not None and not answer.done():
                answer.set_result(told)
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(RuntimeError("the light server ended"))

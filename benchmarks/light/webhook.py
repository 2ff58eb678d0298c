"""Updates by webhook, as Telegram brings them: several connections side by side, one update a call."""

import asyncio
import time
from collections import deque
from typing import Any

import orjson


class Hook:
    """Brings updates to a webhook over so many connections; each waits for its answer before the next update."""

    def __init__(self, host: str, port: int, secret: str, connections: int) -> None:
        self._host, self._port, self._secret = host, port, secret
        self._connections = connections
        self._queue: deque[tuple[int, bytes]] = deque()
        self._idle: list[asyncio.Future[None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.pushed: list[tuple[int, float, float]] = []
        """Update, when its call was written, when it was answered (monotonic seconds)."""

    async def open(self) -> None:
        """Connect all."""
        for _ in range(self._connections):
            reader, writer = await asyncio.open_connection(self._host, self._port)
            self._tasks.append(asyncio.create_task(self._bring(reader, writer)))

    def push(self, updates: list[dict[str, Any]], at: list[float] | None, due: dict[int, float]) -> None:
        """Bring updates in the order given, at once or each from its moment on; ``due`` notes when that was."""
        loop = asyncio.get_running_loop()
        for index, update in enumerate(updates):
            one = int(update["update_id"]), orjson.dumps(update)
            moment = time.monotonic() if at is None else at[index]
            due[one[0]] = moment
            if at is None:
                self._put(one)
            else:
                loop.call_at(moment, self._put, one)

    def _put(self, one: tuple[int, bytes]) -> None:
        self._queue.append(one)
        if self._idle:
            self._idle.pop().set_result(None)

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            if not self._queue:
                waits = asyncio.get_running_loop().create_future()
                self._idle.append(waits)
                await waits
                if not self._queue:
                    continue
            number, body = self._queue.popleft()
            head = (
                f"POST /telegram HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
                f"X-Telegram-Bot-Api-Secret-Token: {self._secret}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            began = time.monotonic()
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(answer.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
            if not answer.startswith(b"http/1.1 200"):
                raise RuntimeError(f"the webhook answered {answer[:60]!r}")
            self.pushed.append((number, began, time.monotonic()))

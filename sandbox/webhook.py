"""Post updates to the bot's own address: many people at once, one after another for each person, until it says 200."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from sandbox.clock import Clock
from sandbox.errors import bad_request, conflict
from sandbox.limits import WEBHOOK_CONNECTIONS, WEBHOOK_CONNECTIONS_DEFAULT, WEBHOOK_SECRET_LENGTH
from sandbox.updates import DEFAULT_KINDS, Entry, UpdateQueue

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)
_LONGEST_WAIT = 8


class Webhook:
    """The bot's address, and the posts under way to it.

    Args:
        retry_after: seconds of the event loop until the first retry of a refused post; they double each time, up to
            eight times as long. Telegram itself waits longer.
        answer: what is done with a method call that the bot puts into its answer to a post.
    """

    def __init__(
        self,
        queue: UpdateQueue,
        clock: Clock,
        *,
        retry_after: float = 0.05,
        answer: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        self.url = ""
        self._secret = ""
        self._connections = WEBHOOK_CONNECTIONS_DEFAULT
        self._certificate = False
        self._queue = queue
        self._clock = clock
        self._retry_after = retry_after
        self._answer = answer
        self._last_error: tuple[int, str] | None = None
        self._lanes: dict[int, deque[Entry]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._gate = asyncio.Semaphore(self._connections)
        self._session: aiohttp.ClientSession | None = None

    def set(self, url: str, *, secret: str, connections: int | None, certificate: bool, drop_pending: bool) -> None:
        """Send all updates to ``url`` from now on.

        Raises:
            ApiError: 400, the address, the secret or the number of connections is not possible.
        """
        if not url:
            self.remove(drop_pending=drop_pending)
            return
        parts = urlsplit(url)
        # A Bot API server of one's own takes plain HTTP; so does this one, there is no certificate to be had here.
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and (len(secret) not in WEBHOOK_SECRET_LENGTH or not _is_secret(secret)):
            raise bad_request("secret token contains unallowed characters")
        if connections is not None and connections not in WEBHOOK_CONNECTIONS:
            raise bad_request(f"max_connections must be from 1 to {WEBHOOK_CONNECTIONS.stop - 1}")
        self._stop_posting()
        if drop_pending:
            self._queue.drop()
        self.url, self._secret, self._certificate = url, secret, certificate
        self._connections = connections or WEBHOOK_CONNECTIONS_DEFAULT
        self._gate = asyncio.Semaphore(self._connections)
        self._last_error = None
        self._queue.end_poll(conflict("terminated by setWebhook request"))
        self._queue.on_put = self._take
        for entry in self._queue.pending:
            self._take(entry)

    def remove(self, *, drop_pending: bool) -> None:
        """Stop posting; what was not taken waits to be fetched."""
        self._stop_posting()
        self.url = self._secret = ""
        self._certificate = False
        self._queue.on_put = None
        if drop_pending:
            self._queue.drop()

    def info(self) -> dict[str, Any]:
        """How it is doing, as ``getWebhookInfo`` tells it."""
        shown: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": self._certificate,
            "pending_update_count": len(self._queue),
        }
        if self.url:
            shown["max_connections"] = self._connections
            if self._last_error:
                shown["last_error_date"], shown["last_error_message"] = self._last_error
        if self._queue.kinds != DEFAULT_KINDS:
            shown["allowed_updates"] = sorted(self._queue.kinds)
        return shown

    async def stop(self) -> None:
        """End all posts; returns when none is under way."""
        running = list(self._running)
        self._stop_posting()
        self._queue.on_put = None
        await asyncio.gather(*running, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _stop_posting(self) -> None:
        for task in self._running:
            task.cancel()
        self._lanes = {}

    def _take(self, entry: Entry) -> None:
        lane = self._lanes.get(entry.lane)
        if lane is not None:
            lane.append(entry)
            return
        self._lanes[entry.lane] = deque([entry])
        task = asyncio.get_running_loop().create_task(self._empty(entry.lane, self._lanes))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _empty(self, lane: int, lanes: dict[int, deque[Entry]]) -> None:
        waiting = lanes[lane]
        try:
            while waiting:
                await self._deliver(waiting[0])
                self._queue.delivered(waiting.popleft())
        finally:
            del lanes[lane]

    async def _deliver(self, entry: Entry) -> None:
        wait = self._retry_after
        while True:
            async with self._gate:
                reply = await self._post(entry)
            if reply is not None:
                if "method" in reply:
                    await self._answer(reply)
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, self._retry_after * _LONGEST_WAIT)

    async def _post(self, entry: Entry) -> dict[str, Any] | None:
        """Post one update; the JSON object that it is answered with, if any; ``None`` if it has to be tried again."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=_ANSWER_WITHIN, connector=aiohttp.TCPConnector(limit=0), trust_env=False
            )
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[_HEADER] = self._secret
        try:
            async with self._session.post(
                self.url, data=entry.body, headers=headers, allow_redirects=False
            ) as response:
                if not 200 <= response.status < 300:
                    self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                    return None
                return _object_in(await response.read())
        except TimeoutError:
            self._failed("Read timeout expired")
        except aiohttp.ClientConnectorError:
            self._failed("Connection refused")
        except aiohttp.ClientError as problem:
            self._failed(f"Connection reset: {type(problem).__name__}")
        return None

    def _failed(self, text: str) -> None:
        self._last_error = (int(self._clock.now()), text)


def _object_in(body: bytes) -> dict[str, Any]:
    """The JSON object of a body; what is anything else was only meant to say that the update was taken."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_secret(text: str) -> bool:
    return text.isascii() and all(character.isalnum() or character in "_-" for character in text)

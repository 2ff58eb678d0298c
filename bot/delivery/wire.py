"""Calls of the Bot API as JSON over kept connections, for what hundreds wait for in the same second.

Theory of operation
-------------------
A general HTTP client costs four times as much processor time a call as this (``benchmarks/README.md`` has the figures), and
that was most of what a press on a buzzer cost. Nothing general is needed here: the request's form never changes, and an answer
ends by its length, by chunks, or with the connection. One connection carries one call at a time; whatever does not
look like an answer closes it, so that no answer is ever taken for that of another call. Files, proxies and large bodies stay
with :class:`bot.delivery.request.AiohttpRequest`.
"""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from telegram.error import NetworkError, TimedOut

from bot.delivery.trust import system_certificates
from bot.delivery.unsent import NotSent, NotSentInTime, redacted

KEEP_ALIVE: Final = 20.0
"""Seconds an idle connection is kept: well under what servers grant (40 s and more), since a message written to a
connection that the server is just closing is lost without anybody knowing."""

_PATIENCE: Final = 5.0
_HEAD_END: Final = b"\r\n\r\n"
_LONGEST_HEAD: Final = 64 * 1024
_LOST: Final = "The connection to Telegram broke before the answer came"
_STRANGE: Final = "Invalid server response"

Answer = tuple[int, bytes]
"""The status and the body."""


@dataclass(frozen=True, slots=True)
class _Head:
    """How an answer begins; ``length`` None: it comes in chunks, or ends with the connection."""

    status: int
    start: int
    length: int | None
    chunked: bool
    keeps: bool


class _Line(asyncio.Protocol):
    """One connection. ``is_open``: it may carry another call."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.is_open = False
        self.idle_since = 0.0
        self._buffer = bytearray()
        self._head: _Head | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.is_open = transport, True

    def connection_lost(self, cause: Exception | None) -> None:
        self.is_open = False
        head = self._head
        if head is not None and head.length is None and not head.chunked and cause is None:
            self._end((head.status, bytes(self._buffer[head.start :])))
        else:
            self._end(NetworkError(redacted(str(cause)) if cause is not None and str(cause) else _LOST))

    def ask(self, request: bytes, read_timeout: float | None) -> asyncio.Future[Answer]:
        """Write a call; the future has its answer, or why there is none."""
        loop = asyncio.get_running_loop()
        self._answer = loop.create_future()
        if read_timeout is not None:
            self._timer = loop.call_later(read_timeout, self._is_late)
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        if self._answer is None:
            self.drop()  # nobody asked: the server is closing it, or it is no server of ours
            return
        self._buffer += data
        try:
            answer = self._read()
        except ValueError:
            self.drop()
            self._end(NetworkError(_STRANGE))
            return
        if answer is not None:
            self._end(answer)

    def drop(self) -> None:
        """Close it at once: what still comes belongs to nobody."""
        self.is_open = False
        self.transport.abort()

    def _is_late(self) -> None:
        self.drop()
        self._end(TimedOut())

    def _end(self, outcome: Answer | NetworkError) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        answer, self._answer, self._head = self._answer, None, None
        self._buffer.clear()
        if answer is None or answer.done():
            return
        if isinstance(outcome, NetworkError):
            answer.set_exception(outcome)
        else:
            answer.set_result(outcome)

    def _read(self) -> Answer | None:
        """The answer, once the whole of it is there.

        Raises:
            ValueError: that is no HTTP.
        """
        while self._head is None:
            head = _head_of(self._buffer)
            if head is None:
                return None
            if 100 <= head.status < 200:
                del self._buffer[: head.start]  # something is said before the answer, which follows
            else:
                self._head = head
        head = self._head
        if head.chunked:
            found = _unchunked(self._buffer, head.start)
            if found is None:
                return None
            body, end = found
        elif head.length is not None:
            end = head.start + head.length
            if len(self._buffer) < end:
                return None
            body = bytes(self._buffer[head.start : end])
        else:
            return None
        if not head.keeps or len(self._buffer) > end:
            self.drop()
        return head.status, body


class Wire:
    """Calls to one server, over at most ``connections`` side by side; all times are seconds."""

    def __init__(self, base_url: str, user_agent: str, *, connections: int = 256) -> None:
        parts = urlsplit(base_url)
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._ssl = system_certificates() if parts.scheme == "https" else None
        self._lines = (
            f" HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nUser-Agent: {user_agent}\r\n"
            "Accept: */*\r\nAccept-Encoding: identity\r\nContent-Type: application/json\r\nContent-Length: "
        ).encode()
        self._prefix = parts.path.rstrip("/").encode()
        self._free: list[_Line] = []
        self._warming: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(connections)
        self._is_open = True

    async def post(self, method: str, body: bytes, read_timeout: float | None, connect_timeout: float | None) -> Answer:
        """Post JSON to a method of the base URL; whatever the answer is.

        Raises:
            NotSent, NotSentInTime: surely without effect.
            telegram.error.TimedOut, telegram.error.NetworkError: the call may have taken effect.
        """
        request = b"POST %b/%b%b%d\r\n\r\n%b" % (self._prefix, method.encode(), self._lines, len(body), body)
        if self._slots.locked():
            try:
                async with asyncio.timeout(connect_timeout):
                    await self._slots.acquire()
            except TimeoutError:
                raise NotSentInTime("All connections to Telegram are in use") from None
        else:
            await self._slots.acquire()
        try:
            line = self._kept() or await self._connected(connect_timeout)
            try:
                return await line.ask(request, read_timeout)
            except asyncio.CancelledError:
                line.drop()
                raise
            finally:
                self._give_back(line)
        finally:
            self._slots.release()

    def warm(self, count: int) -> None:
        """Have so many connections idle and ready soon: a crowd is about to call, and with TLS one takes three round trips."""
        best_before = asyncio.get_running_loop().time() - KEEP_ALIVE / 2
        ready = sum(line.is_open and line.idle_since >= best_before for line in self._free)
        for _ in range(count - ready - len(self._warming)):
            task = asyncio.ensure_future(self._add())
            self._warming.add(task)
            task.add_done_callback(self._warming.discard)

    async def _add(self) -> None:
        try:
            line = await self._connected(_PATIENCE)
        except NetworkError:
            return  # nobody asked for anything yet: who does will be told
        self._give_back(line)

    def close(self) -> None:
        """Keep no connection any longer; calls that are under way end by themselves."""
        self._is_open = False
        for task in self._warming:
            task.cancel()
        for line in self._free:
            line.drop()
        self._free.clear()

    def _kept(self) -> _Line | None:
        """The connection that was used last, of those that were not idle for too long."""
        now = asyncio.get_running_loop().time()
        while self._free:
            line = self._free.pop()
            if line.is_open and now - line.idle_since <= KEEP_ALIVE:
                return line
            line.drop()
        return None

    def _give_back(self, line: _Line) -> None:
        if not line.is_open:
            return
        if self._is_open:
            line.idle_since = asyncio.get_running_loop().time()
            self._free.append(line)
        else:
            line.drop()

    async def _connected(self, within: float | None) -> _Line:
        try:
            async with asyncio.timeout(within):
                _, line = await asyncio.get_running_loop().create_connection(
                    _Line, self._host, self._port, ssl=self._ssl, happy_eyeballs_delay=0.25
                )
                return line
        except TimeoutError:
            error: NetworkError = NotSentInTime(f"No connection to {self._host} came about in time")
        except OSError as cause:
            reason = str(cause) or type(cause).__name__
            error = NotSent(redacted(f"Cannot connect to host {self._host}:{self._port} [{reason}]"))
        # Outside the handler: the cause would go along as context.
        raise error


def _head_of(buffer: bytearray) -> _Head | None:
    """The head of an answer, once it is complete.

    Raises:
        ValueError: it is none.
    """
    end = buffer.find(_HEAD_END)
    if end < 0:
        if len(buffer) > _LONGEST_HEAD:
            raise ValueError("a head without end")
        return None
    first, *lines = bytes(buffer[:end]).split(b"\r\n")
    version, status = first.split(b" ", 2)[:2]
    if not version.startswith(b"HTTP/1.") or len(status) != 3 or not status.isdigit():
        raise ValueError("no HTTP")
    fields: dict[bytes, bytes] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon:
            raise ValueError("no header")
        fields[name.strip().lower()] = value.strip().lower()
    chunked = fields.get(b"transfer-encoding", b"").endswith(b"chunked")
    length = fields.get(b"content-length")
    if length is not None and not length.isdigit():
        raise ValueError("no length")
    if int(status) in (204, 304):
        chunked, length = False, b"0"
    keeps = fields.get(b"connection", b"" if version == b"HTTP/1.1" else b"close") != b"close"
    size = None if length is None or chunked else int(length)
    return _Head(int(status), end + len(_HEAD_END), size, chunked, keeps)


def _unchunked(buffer: bytearray, start: int) -> tuple[bytes, int] | None:
    """The body that comes in chunks and where it ends, once the last is there.

    Raises:
        ValueError: these are none.
    """
    parts: list[bytes] = []
    while (line_end := buffer.find(b"\r\n", start)) >= 0:
        size = int(bytes(buffer[start:line_end]).split(b";")[0], 16)
        start, stop = line_end + 2, line_end + 2 + size
        if size < 0:
            raise ValueError("no chunk")
        if size == 0:
            trailer = buffer.find(b"\r\n", start)
            while trailer > start:  # fields behind the last chunk, which tell us nothing
                start, trailer = trailer + 2, buffer.find(b"\r\n", trailer + 2)
            return None if trailer < 0 else (b"".join(parts), trailer + 2)
        if len(buffer) < stop + 2:
            return None
        if buffer[stop : stop + 2] != b"\r\n":
            raise ValueError("a chunk of another size")
        parts.append(bytes(buffer[start:stop]))
        start = stop + 2
    return None

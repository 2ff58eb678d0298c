"""HTTP/1.1 for the light server: as much of it as the clients of the Bot API write, and nothing a call does not need.

An ``asyncio.Protocol`` on bytes. A connection is answered in the order of its requests: what comes while an answer is
owed waits in the buffer. An answer that is delayed keeps nobody else waiting.
"""

import asyncio
import time
from collections.abc import Callable

_HEAD_END = b"\r\n\r\n"
_REASONS = {200: b"OK", 409: b"Conflict", 429: b"Too Many Requests", 404: b"Not Found"}


Serve = Callable[["Connection", str, str, bytes, float], None]
"""Given the connection, the path, the content type, the body and when its last byte arrived (monotonic seconds)."""


class Connection(asyncio.Protocol):
    """One client."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._buffer = bytearray()
        self._owes = False
        self._transport: asyncio.Transport | None = None
        self.gone: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        """The client is gone."""
        self._transport = None
        if self.gone is not None:
            self.gone()

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, of several, or of a part of one."""
        self._buffer += data
        self._next(time.monotonic())

    def _next(self, now: float) -> None:
        while not self._owes and (end := self._buffer.find(_HEAD_END)) >= 0:
            head = self._buffer[:end].decode("latin-1")
            length, content_type, chunked = 0, "", False
            line, *headers = head.split("\r\n")
            for header in headers:
                name, _, value = header.partition(":")
                match name.lower():
                    case "content-length":
                        length = int(value)
                    case "content-type":
                        content_type = value.strip()
                    case "transfer-encoding":
                        chunked = "chunked" in value.lower()
            start = end + len(_HEAD_END)
            if chunked:
                body, stop = _chunks(self._buffer, start)
                if body is None:
                    return
            else:
                stop = start + length
                if len(self._buffer) < stop:
                    return
                body = bytes(self._buffer[start:stop])
            del self._buffer[:stop]
            self._owes = True
            self._serve(self, line.split(" ", 2)[1], content_type, body, now)

    def answer(self, status: int, body: bytes, delay: float, written: Callable[[float], None] | None = None) -> None:
        """Send the answer that is owed, ``delay`` seconds from now; ``written`` is told when (monotonic seconds)."""
        head = b"HTTP/1.1 %d %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (
            status, _REASONS.get(status, b"-"), len(body),
        )  # fmt: skip
        if delay > 0:
            asyncio.get_running_loop().call_later(delay, self._write, head + body, written)
        else:
            self._write(head + body, written)

    def _write(self, answer: bytes, written: Callable[[float], None] | None) -> None:
        if self._transport is None:
            return
        # The time is taken before the system call: on one core the client may run before we do again.
        now = time.monotonic()
        if written is not None:
            written(now)
        self._transport.write(answer)
        self._owes = False
        if self._buffer:
            self._next(now)


def _chunks(buffer: bytearray, start: int) -> tuple[bytes | None, int]:
    """A chunked body and where it ends; None: it is not all there."""
    parts: list[bytes] = []
    while (end := buffer.find(b"\r\n", start)) >= 0:
        size = int(buffer[start:end].split(b";")[0], 16)
        stop = end + 2 + size + 2
        if len(buffer) < stop:
            break
        if size == 0:
            return b"".join(parts), stop
        parts.append(bytes(buffer[end + 2 : stop - 2]))
        start = stop
    return None, 0

"""Short calls over connections of our own: how an answer may end, and what is no answer."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, TimedOut

from bot.delivery.unsent import NotSent, NotSentInTime
from bot.delivery.wire import Wire

CERTIFICATE = Path(__file__).parent / "localhost.pem"
PATIENCE = 60.0
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """One request: its head and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return head, await reader.readexactly(length)


@asynccontextmanager
async def server(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server that says what the test wants; yields its address."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side went first
        finally:
            writer.close()

    listening = await asyncio.start_server(served, "localhost" if tls else "127.0.0.1", 0, ssl=tls)
    host, port = listening.sockets[0].getsockname()[:2]
    async with listening:
        yield f"https://localhost:{port}/bot1" if tls else f"http://{host}:{port}/bot1"


def answering(*pieces: bytes) -> Serve:
    """Answer every request of a connection with these pieces, each in a packet of its own."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await request(reader)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)

    return serve


async def asked(serve: Serve, times: int = 1) -> list[tuple[int, bytes]]:
    """The answers to so many calls, one after the other over the same wire."""
    async with server(serve) as url:
        wire = Wire(url, "test")
        try:
            return [await wire.post("getMe", b"{}", PATIENCE, PATIENCE) for _ in range(times)]
        finally:
            wire.close()


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",),
        (b"HTTP/1.1 200 OK\r\nContent-", b"Length: 5\r\n\r\nhe", b"llo"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=1\r\nllo\r\n0\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", b"lo\r\n0\r\nA: b\r\n", b"\r\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello",),
    ],
)
async def test_answer_is_whole_however_it_comes(pieces: tuple[bytes, ...]) -> None:
    """By its length or in chunks, in one packet or in several, with something said before: and the next call is answered too."""
    assert await asked(answering(*pieces), times=3) == [(200, b"hello")] * 3


async def test_answer_may_end_with_the_connection() -> None:
    """An old server says no length and closes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(b"HTTP/1.0 502 Bad Gateway\r\n\r\nsorry")
        await writer.drain()

    assert await asked(serve, times=2) == [(502, b"sorry")] * 2


@given(st.binary(min_size=1, max_size=60))
def test_what_is_no_answer_is_an_error(junk: bytes) -> None:
    """Whatever comes instead of HTTP ends the call as one that may have arrived, never as an answer, and nothing hangs."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(junk + b"\r\n\r\n")
        await writer.drain()

    async def call() -> None:
        with pytest.raises(NetworkError) as refused:
            await asked(serve)
        assert not isinstance(refused.value, NotSent | TimedOut)

    asyncio.run(call())


async def test_more_than_was_asked_for_is_never_the_next_answer() -> None:
    """A second answer behind the first belongs to nobody: the connection goes, and the next call gets its own."""
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            _, body = await request(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nghost")
            await writer.drain()

    async with server(serve) as url:
        wire = Wire(url, "test")
        answers = [await wire.post("getMe", body, PATIENCE, PATIENCE) for body in (b"first", b"second")]
        wire.close()

    assert answers == [(200, b"first"), (200, b"second")]
    assert connections == 2


async def test_call_that_is_given_up_leaves_nothing_behind() -> None:
    """Its answer, should it still come, is not taken for that of the next call."""
    held = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            _, body = await request(reader)
            if body == b"first":
                held.set()
                continue
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    async with server(serve) as url:
        wire = Wire(url, "test", connections=1)
        first = asyncio.create_task(wire.post("getMe", b"first", PATIENCE, PATIENCE))
        await held.wait()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        second = await wire.post("getMe", b"second", PATIENCE, PATIENCE)
        wire.close()

    assert first.cancelled()
    assert second == (200, b"second")


async def test_no_more_connections_than_allowed() -> None:
    """Who comes when all are in use waits for one; who waits in vain hears that nothing was sent."""
    gate, waiting = asyncio.Event(), asyncio.Semaphore(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await request(reader)
            waiting.release()
            await gate.wait()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with server(serve) as url:
        wire = Wire(url, "test", connections=2)
        calls = [asyncio.create_task(wire.post("getMe", b"{}", PATIENCE, PATIENCE)) for _ in range(3)]
        await waiting.acquire()
        await waiting.acquire()
        with pytest.raises(NotSentInTime):
            await wire.post("getMe", b"{}", PATIENCE, 0.0)
        gate.set()
        answers = await asyncio.gather(*calls)
        wire.close()

    assert answers == [(200, b"")] * 3


async def test_over_tls_the_server_has_to_be_who_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that is trusted lets the call through; one that is not stops it before anything is sent."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await request(reader))[1])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    async with server(serve, tls) as url:
        stranger = Wire(url, "test")
        with pytest.raises(NotSent):
            await stranger.post("getMe", b"secret", PATIENCE, PATIENCE)
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        known = Wire(url, "test")
        answer = await known.post("getMe", b"hello", PATIENCE, PATIENCE)
        known.close()

    assert answer == (200, b"ok")
    assert heard == [b"hello"]


async def test_connections_are_there_before_a_crowd_calls() -> None:
    """So many are made once, kept for the calls that follow, and closed with the wire; a server that is away is no error yet."""
    opened = 0
    closed = asyncio.Semaphore(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        try:
            await answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")(reader, writer)
        finally:
            closed.release()

    async with server(serve) as url:
        wire = Wire(url, "test")
        wire.warm(5)
        wire.warm(3)
        while len(wire._free) < 5:  # noqa: ASYNC110 - until the operating system has connected them
            await asyncio.sleep(0)
        answers = await asyncio.gather(*(wire.post("getMe", b"{}", PATIENCE, PATIENCE) for _ in range(5)))
        wire.warm(5)
        wire.close()
        for _ in range(5):
            await closed.acquire()
    away = Wire(url, "test")
    away.warm(1)
    while away._warming:  # noqa: ASYNC110 - until it was refused
        await asyncio.sleep(0)

    assert answers == [(200, b"ok")] * 5
    assert opened == 5
    assert away._free == []

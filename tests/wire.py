"""A line between the bot and the sandbox that can be cut and mended."""

import asyncio
import contextlib
from urllib.parse import urlsplit


class Wire:
    """Forwards every connection to ``target``; while it is cut, connections are refused and those that were there end."""

    def __init__(self) -> None:
        self._target = ("", 0)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._pipes: set[asyncio.Task[None]] = set()

    async def open(self, target: str) -> str:
        """Begin to forward; returns the URL to use in place of the target's."""
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 80)
        await self.mend()
        return f"http://127.0.0.1:{self._port}"

    async def mend(self) -> None:
        """Let connections through (again)."""
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Refuse connections, and end those that are there."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.close()
        for pipe in list(self._pipes):
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self._target)
        self._writers |= {writer, there_writer}
        for source, drain in ((reader, there_writer), (there_reader, writer)):
            pipe = asyncio.create_task(self._pipe(source, drain))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)

    async def _pipe(self, source: asyncio.StreamReader, drain: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65536):
                drain.write(data)
                await drain.drain()
        drain.close()
        self._writers.discard(drain)

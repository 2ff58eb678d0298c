"""A request's body that knows whether the whole of it was handed to the network."""

import asyncio
from typing import Any, Final

from aiohttp import ClientConnectionResetError
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import BytesPayload, Payload

_PIECE: Final = 64 * 1024


class Upload(Payload):
    """``body``, written in pieces none of which may take longer than ``stall`` seconds (``None``: as long as it takes).

    As long as :attr:`is_handed_over` is unset, the server cannot have had the whole body and so cannot have acted on it:
    the length goes before it, and what is shorter is not a request.
    """

    def __init__(self, body: Payload, stall: float | None) -> None:
        super().__init__(body, content_type=body.content_type)
        if body.size is None:
            raise ValueError("the length of a body must be known before it is sent")
        self._size = body.size
        self._stall = stall
        self.is_handed_over = False

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Write it, within the time that each piece has.

        Raises:
            TimeoutError: a piece took too long.
        """
        assert self._size is not None
        if self._size <= _PIECE and isinstance(self._value, BytesPayload):
            # One piece into a buffer that is empty: there is nothing that could take long.
            self.hand_over(writer)
            await writer.write(await self._value.as_bytes())
            return
        watched = _Watched(self, writer, self._size, self._stall)
        await self._value.write(watched)

    def hand_over(self, writer: AbstractStreamWriter) -> None:
        """Note that the last piece goes now.

        Raises:
            ClientConnectionResetError: the connection was closed before.
        """
        transport = writer.transport
        if transport is None or transport.is_closing():
            raise ClientConnectionResetError("The connection was closed before all was written")
        self.is_handed_over = True

    async def close(self) -> None:
        """Let go of what the body holds."""
        await self._value.close()

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """The body as text."""
        text: str = self._value.decode(encoding, errors)
        return text


class _Watched(AbstractStreamWriter):
    """A writer that cuts into pieces, looks at the clock, and notes when the last piece goes."""

    def __init__(self, upload: Upload, writer: AbstractStreamWriter, size: int, stall: float | None) -> None:
        self._upload, self._writer, self._missing, self._stall = upload, writer, size, stall

    async def write(self, chunk: Any) -> None:
        rest = memoryview(chunk).cast("B")
        while rest:
            piece, rest = rest[:_PIECE], rest[_PIECE:]
            self._missing -= len(piece)
            if self._missing <= 0:
                self._upload.hand_over(self._writer)
            async with asyncio.timeout(self._stall):
                await self._writer.write(piece)

    async def write_eof(self, chunk: bytes = b"") -> None:
        await self._writer.write_eof(chunk)

    async def drain(self) -> None:
        await self._writer.drain()

    def enable_compression(self, encoding: str = "deflate", strategy: int | None = None) -> None:
        self._writer.enable_compression(encoding, strategy)

    def enable_chunking(self) -> None:
        self._writer.enable_chunking()

    async def write_headers(self, status_line: str, headers: Any) -> None:
        await self._writer.write_headers(status_line, headers)

"""What the tests of the sandbox talk with: a clock, a bot made of plain HTTP calls, pictures of any size."""

import asyncio
import io
import struct
import zlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import orjson

from sandbox.params import check
from sandbox.spec import load


class HandClock:
    """A clock that is moved by hand; it stands on a Monday morning in 2026."""

    def __init__(self) -> None:
        self._now = 1_795_395_600.25

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds


class Refusal(Exception):
    """A call that Telegram refuses."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(body["description"])
        assert body["ok"] is False
        assert body["error_code"] == status
        self.code = status
        self.text = body["description"]
        self.parameters = body.get("parameters", {})


class Api:
    """The bot's side: ``await api("sendMessage", chat_id=1, text="…")`` gives the result or raises a refusal."""

    def __init__(self, url: str, token: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.token = token
        self.session = session
        self.held_to_the_spec = True

    async def __call__(self, method: str, **params: Any) -> Any:
        return await self.raw(method, data=orjson.dumps(params), headers={"Content-Type": "application/json"})

    async def form(self, method: str, **params: Any) -> Any:
        """The same with an urlencoded form, all values text."""
        return await self.raw(method, data=params)

    async def upload(self, method: str, files: Mapping[str, tuple[str, bytes]], **params: Any) -> Any:
        """The same with files, as ``multipart/form-data``."""
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        for name, (filename, content) in files.items():
            form.add_field(name, io.BytesIO(content), filename=filename)
        return await self.raw(method, data=form)

    async def raw(self, method: str, *, token: str | None = None, **request: Any) -> Any:
        """Any request; its result."""
        async with self.session.post(f"{self.url}/bot{token or self.token}/{method}", **request) as response:
            body = orjson.loads(await response.read())
        if response.status != 200:
            raise Refusal(response.status, body)
        assert body["ok"] is True
        # Whatever a test is about: the answer has to be what the Bot API promises, field for field.
        if self.held_to_the_spec:
            assert check(load(), load().returns[method], body["result"]) == body["result"]
        return body["result"]

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """What waits, at once."""
        found: list[dict[str, Any]] = await self("getUpdates", **params)
        return found

    async def confirm_all(self) -> None:
        """Take all that waits as read."""
        waiting = await self.updates()
        if waiting:
            await self.updates(offset=waiting[-1]["update_id"] + 1)


async def until(true: Callable[[], bool | Awaitable[bool]]) -> None:
    """Let everything else go on until something is true that nobody announces."""
    async with asyncio.timeout(10):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0)


def png(width: int, height: int) -> bytes:
    """A real picture, all black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\0" * ((width + 7) // 8)) * height
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def keyboard(*rows: Mapping[str, str]) -> dict[str, Any]:
    """An inline keyboard of callback buttons: a row is ``{label: data}``."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row.items()] for row in rows]}

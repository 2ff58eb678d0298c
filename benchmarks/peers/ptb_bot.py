"""A bare python-telegram-bot, one handler that answers every press at once. ``URL TOKEN MARKS one|many|aiohttp``.

``one``: as it comes, an update at a time. ``many``: 256 updates at once and a pool of 256 connections, its best setting as
it comes. ``aiohttp``: the same over a bare request class of aiohttp in place of httpx.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes
from telegram.request import BaseRequest, RequestData

AT_ONCE = 256
marks: list[tuple[str, float]] = []


class Aiohttp(BaseRequest):
    """The network seam over aiohttp, with nothing but what a call needs."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return 5.0

    async def initialize(self) -> None:
        """Open the session."""
        self._session = self._session or aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """One call."""
        assert self._session is not None
        data = request_data.json_parameters if request_data is not None else None
        async with self._session.request(method, url, data=data) as response:
            return response.status, await response.read()


async def pressed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Its ruling: that the handler knows of the press."""
    query = update.callback_query
    assert query is not None
    marks.append((query.id, time.monotonic()))
    await query.answer("ok")


def main(url: str, token: str, setting: str) -> None:
    """Poll until SIGTERM."""
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    if setting == "many":
        builder = builder.concurrent_updates(AT_ONCE).connection_pool_size(AT_ONCE).pool_timeout(60)
    elif setting == "aiohttp":
        builder = builder.concurrent_updates(AT_ONCE).request(Aiohttp()).get_updates_request(Aiohttp())
    application = builder.build()
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[4])
    Path(sys.argv[3]).write_text(json.dumps(dict(marks)))

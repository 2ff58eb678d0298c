"""A clock moved by hand, and a server on loopback that answers as it is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.manual_clock import ManualClock

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 23, 7, 0, tzinfo=UTC))


class Telegram:
    """A Bot API server on loopback; a test may give it another ``answer``."""

    def __init__(self) -> None:
        self.seen: list[web.Request] = []
        self.bodies: list[bytes] = []
        self.answer: Callable[[web.Request], Awaitable[web.StreamResponse]] = self.answer_ok
        self.server = TestServer(self._app())

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    def method(self, name: str) -> str:
        """The address of a method of the Bot API."""
        return f"{self.url}/bot{TOKEN}/{name}"

    async def answer_ok(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/getMe"):
            return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Bot"}})
        if request.path.endswith(("/sendMessage", "/sendDocument")):
            chat = {"id": 7, "type": "private"}
            return web.json_response({"ok": True, "result": {"message_id": 5, "date": 0, "chat": chat}})
        return web.json_response({"ok": True, "result": True})

    def _app(self) -> web.Application:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.seen.append(request)
            self.bodies.append(await request.read())
            return await self.answer(request)

        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_route("*", "/{path:.*}", handle)
        return app


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    server = Telegram()
    await server.server.start_server(access_log=None)
    yield server
    await server.server.close()

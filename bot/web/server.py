"""The bot's own HTTP server: Telegram's webhook; what is served is in the other modules here."""

import hmac
import json
import os

import orjson
import structlog
from aiohttp import web

from bot.clock import Clock
from bot.ingest import Ingest
from storage import CommitFailed

log = structlog.get_logger()

_SECRET = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 1024 * 1024


def webhook_routes(ingest: Ingest, clock: Clock, secret: str) -> web.RouteTableDef:
    """The address that Telegram posts updates to: ``/telegram``. An update is in the inbox before 200 is answered."""
    routes = web.RouteTableDef()

    @routes.post("/telegram")
    async def update(request: web.Request) -> web.Response:
        if not hmac.compare_digest(os.fsencode(request.headers.get(_SECRET, "")), secret.encode()):
            log.warning("a webhook call without the right secret", remote=request.remote)
            raise web.HTTPUnauthorized()
        content = await request.read()
        # From here to the inbox's door nothing is awaited: a timer that rings meanwhile stands in line behind this.
        received_at = clock.now()
        body = _parsed(content)
        if not isinstance(body, dict):
            raise web.HTTPBadRequest()
        try:
            await ingest.take([body], received_at)
        except CommitFailed as error:
            # Not taken: Telegram keeps it, and calls again.
            log.warning("an update could not be stored; it stays with Telegram", reason=str(error))
            raise web.HTTPServiceUnavailable() from None
        # It is stored; Telegram holds the next one back until this is answered.
        await ingest.room()
        return web.Response()

    return routes


def _parsed(content: bytes) -> object:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        # Half a surrogate pair: refused, Telegram would send it again and again and the others behind it.
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            return None


class Server:
    """One listening address."""

    def __init__(self, host: str, port: int, *tables: web.RouteTableDef) -> None:
        self._host, self._port = host, port
        app = web.Application(client_max_size=_LARGEST)
        for table in tables:
            app.add_routes(table)
        self._runner = web.AppRunner(app, access_log=None)
        self.url = ""

    async def start(self) -> None:
        """Listen; afterwards ``url`` is known.

        Raises:
            OSError: the address cannot be had.
        """
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

"""The token and the webhook's secret: in no line of the log and in no answer, whatever goes wrong."""

import io
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Literal

import aiohttp
import pytest
import structlog
from aiohttp import web
from telegram.ext import ExtBot

from bot import log
from bot.clock import SystemClock
from bot.config import load
from bot.config_problems import ConfigError
from bot.delivery.request import AiohttpRequest
from bot.fetch import Fetcher
from tests.cli.conftest import desk as desk
from tests.cli.desk import Desk
from tests.hall import HallMaker

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
BARE = TOKEN.partition(":")[2]


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the log says, in the form that the test names; at the level that says most."""
    form: Literal["text", "json"] = request.param
    root, names = logging.getLogger(), ("telegram", "aiohttp", "httpx", "asyncio")
    kept = (root.handlers[:], root.level, {name: logging.getLogger(name).level for name in names})
    config = structlog.get_config()
    log.set_up("debug", form)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    into = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(into)
    yield into
    root.handlers[:], level, levels = kept
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    structlog.configure(**config)


async def told(attempt: Callable[[], Awaitable[object]]) -> None:
    """Log what goes wrong, as every part of the bot does, and as a library would."""
    ours, theirs = structlog.wrap_logger(logging.getLogger("bot.x")), logging.getLogger("telegram.ext.Application")
    try:
        await attempt()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is logged
        ours.exception("it went wrong", reason=str(error), error=error, parts=[error, {"as": repr(error)}])
        theirs.exception("No error handlers are registered, logging exception. %s", error)
        theirs.error("%s", error, exc_info=(type(error), error, error.__traceback__))


async def repeats(request: web.Request) -> web.Response:
    """A proxy's page that quotes the address, as many do."""
    return web.Response(status=int(request.query.get("status", "404")), text=f"<h1>404</h1> {request.url} not found")


async def hangs_up(request: web.Request) -> web.Response:
    """The line is cut."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@pytest.mark.parametrize("lines", ["text", "json"], indirect=True)
@pytest.mark.parametrize("token", [TOKEN, TOKEN.replace(":", "%3A")])
async def test_token_is_in_no_line_whatever_goes_wrong(lines: io.StringIO, token: str) -> None:
    """Refused, cut off, a page that quotes the address, no JSON: by calls, by polling, by fetching files."""
    app = web.Application()
    app.router.add_route("*", "/quotes/{rest:.*}", repeats)
    app.router.add_route("*", "/cut/{rest:.*}", hangs_up)
    runner = web.AppRunner(app)  # with its access log: it is a library's too
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]

    hosts = ("http://127.0.0.1:9", f"http://127.0.0.1:{port}/quotes", f"http://127.0.0.1:{port}/cut")
    for host in hosts:
        requests = (AiohttpRequest(connect_timeout=1), AiohttpRequest(connect_timeout=1))
        bot: ExtBot[None] = ExtBot(
            TOKEN,
            base_url=lambda given, host=host: f"{host}/bot{token}",
            base_file_url=f"{host}/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )
        fetcher = Fetcher(host, token, SystemClock())
        await fetcher.open()
        await told(bot.initialize)
        await told(lambda bot=bot: bot.send_message(1, "x"))
        await told(lambda bot=bot: bot.get_file("x"))
        await told(lambda fetcher=fetcher: fetcher(None, wait=False))
        await fetcher.close()
        for request in requests:
            await request.shutdown()
    async with aiohttp.ClientSession() as session:
        # An exception that we did not make, with the address in it.
        await told(lambda: session.get(f"http://127.0.0.1:9/bot{token}/getMe"))
        await told(lambda: session.get(f"http://127.0.0.1:{port}/quotes/bot{token}/getMe", raise_for_status=True))
    await runner.cleanup()

    said = lines.getvalue()
    assert said.count("it went wrong") >= 10
    assert "<token>" in said
    assert BARE not in said


async def test_failed_start_says_no_secret_of_the_webhook(desk: Desk) -> None:
    """The address cannot be had: one clear line. (The token at such ends: tests/cli, where every command is looked at.)"""
    secret = "webhook-secret-that-nobody-reads"
    desk.secrets = (*desk.secrets, secret)
    webhook = {"public_url": "https://example.org", "port": 8443, "secret_token": secret, "listen": "192.0.2.1"}
    config = desk.config("taken.toml", telegram={"mode": "webhook"}, telegram__webhook=webhook)

    done = await desk.studyhall("run", "-c", config)

    assert done.status == 1
    assert done.err


@pytest.mark.parametrize(
    "text",
    [
        f'[telegram]\ntoken = ["{TOKEN}"]\n',
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "nonsense {TOKEN}"\n',
        f'[telegram]\ntokn = "{TOKEN}"\n',
        f'[telegram]\n"{TOKEN}" = 1\n',
        f'[telegram.webhook]\nsecret_token = {{a = "{TOKEN}"}}\n',
    ],
)
def test_mistake_in_the_configuration_repeats_no_secret(tmp_path: Path, text: str) -> None:
    """A wrong key or value is named by its place."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")

    try:
        told = repr(load(path))
    except ConfigError as error:
        told = log.redact(json.dumps([repr(problem) for problem in error.problems]))

    assert BARE not in told


async def test_configuration_shows_stars(hall_with: HallMaker) -> None:
    """Whoever prints the configuration while looking for a fault prints no secret."""
    hall = await hall_with(telegram={"mode": "webhook"})
    config = hall.config()
    token = config.telegram.token.get_secret_value()

    assert token not in f"{config!r} {config} {config.model_dump()} {config.model_dump_json()}"

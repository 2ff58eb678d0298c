"""Fixtures for the tests of the sandbox: a server on loopback, a clock moved by hand, and three ways to talk to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox import Running, Sandbox
from sandbox.people import Group, Person, Town
from tests.sandbox.talking import Api, HandClock

Opener = Callable[..., Awaitable[Running]]


@pytest.fixture
def clock() -> HandClock:
    """Telegram's time; it stands until it is moved."""
    return HandClock()


@pytest.fixture
async def open_sandbox(clock: HandClock) -> AsyncIterator[Opener]:
    """Start a sandbox with settings of one's own."""
    opened: list[Running] = []

    async def start(**settings: Any) -> Running:
        running = await Sandbox(clock=clock, **settings).start()
        opened.append(running)
        return running

    yield start
    for running in opened:
        await running.stop()


@pytest.fixture
async def running(open_sandbox: Opener) -> Running:
    """A sandbox as it is by default."""
    return await open_sandbox()


@pytest.fixture
def sandbox(running: Running) -> Sandbox:
    """The sandbox itself, beside its server."""
    return running.sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Connections, closed in the end."""
    async with aiohttp.ClientSession(trust_env=False) as session:
        yield session


@pytest.fixture
def api(running: Running, session: aiohttp.ClientSession) -> Api:
    """The bot, as plain HTTP calls."""
    return Api(running.url, running.sandbox.token, session)


@pytest.fixture
def town(running: Running, session: aiohttp.ClientSession) -> Town:
    """The people's side."""
    return Town(running.url, session)


@pytest.fixture
async def anna(town: Town) -> Person:
    """Somebody whom the bot may write to."""
    person = await town.person("Anna", username="anna_study")
    await person.says("/start")
    return person


@pytest.fixture
async def bo(town: Town) -> Person:
    """Somebody else, whom the bot may write to as well."""
    person = await town.person("Bo")
    await person.says("/start")
    return person


@pytest.fixture
async def group(town: Town, anna: Person, bo: Person) -> Group:
    """A supergroup with both and the bot."""
    return await town.group("第一支部", [anna, bo])


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[Bot]:
    """The bot, as python-telegram-bot plays it."""
    url = running.url
    request = HTTPXRequest(httpx_kwargs={"trust_env": False})
    polls = HTTPXRequest(httpx_kwargs={"trust_env": False})
    bot = Bot(
        running.sandbox.token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=polls,
    )
    async with bot:
        yield bot

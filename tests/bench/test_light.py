"""The light server of the benchmarks: what is measured against it has to be right, too."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from benchmarks import bots
from benchmarks.arena import HOST
from benchmarks.light import Light, Limits, press, said
from benchmarks.light.limits import Gate
from benchmarks.row import percentile
from benchmarks.rows.presses import rate


@pytest.fixture
async def light() -> AsyncIterator[Light]:
    async with Light.started() as one:
        yield one


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as one:
        yield one


class Client:
    """Whoever calls the server."""

    def __init__(self, light: Light, session: aiohttp.ClientSession) -> None:
        self._url, self._session = f"{light.url}/bot{light.token}", session

    async def call(self, method: str, **given: Any) -> Any:
        """The whole answer, to parameters as JSON."""
        async with self._session.post(f"{self._url}/{method}", json=given) as answer:
            return await answer.json()

    async def updates(self, **given: Any) -> list[int]:
        """The numbers that getUpdates brings."""
        return [update["update_id"] for update in (await self.call("getUpdates", **given))["result"]]


@pytest.fixture
def client(light: Light, session: aiohttp.ClientSession) -> Client:
    return Client(light, session)


async def test_updates_stay_until_they_are_confirmed(light: Light, client: Client) -> None:
    """A batch holds at most the limit, in the order it was fed; what is not confirmed comes again."""
    await light.feed([{**said(HOST, HOST, "/card"), "update_id": number} for number in (12, 10, 11, 14, 13)])

    first = await client.updates(limit=3)
    again = await client.updates(offset=0, limit=2)
    rest = await client.updates(offset=13)
    empty = await client.updates(offset=15)
    report = await light.report()

    assert (first, again, rest, empty) == ([12, 10, 11], [12, 10], [14, 13], [])
    assert report.waiting == 0
    assert set(report.handed) == {10, 11, 12, 13, 14}
    assert all(report.handed[number] >= report.possible[number] >= report.due[number] for number in report.handed)


async def test_a_poll_waits_for_what_comes(light: Light, client: Client) -> None:
    """A long poll is answered by the first update; a second poller sends the first one away."""
    first = asyncio.create_task(client.call("getUpdates", timeout=50))
    await light.until("getUpdates", 1)
    second = asyncio.create_task(client.updates(timeout=50))
    refused = await first
    await light.feed([press(1_000, -1_001, 7, "buzz:1:1")])

    assert refused["error_code"] == 409
    assert await second == [1]


async def test_answers_travel_side_by_side(light: Light, client: Client) -> None:
    """An answer takes the delay that was set when the call came, and keeps no other waiting."""
    await light.set(delay=3_600.0)
    far = asyncio.create_task(client.call("answerCallbackQuery", callback_query_id="1"))
    await light.until("answerCallbackQuery", 1)
    await light.set(delay=0.01)

    near = await client.call("answerCallbackQuery", callback_query_id="2")
    report = await light.report()

    assert near["ok"]
    assert not far.done()
    assert set(report.toasts) == {1, 2}
    far.cancel()


async def test_a_form_is_understood_and_what_is_followed_is_told(light: Light, session: aiohttp.ClientSession) -> None:
    """Other libraries write forms; the benchmark hears at once of a message that it follows, and of the button on it."""
    await light.set(follow=["sendMessage"])
    form = {"chat_id": "-1001", "text": "第一题", "reply_markup": '{"inline_keyboard":[]}'}

    async with session.post(f"{light.url}/bot{light.token}/sendMessage", data=form) as answer:
        sent = (await answer.json())["result"]
    call = await light.seen.get()

    assert (sent["chat"]["id"], sent["chat"]["type"], sent["text"]) == (-1001, "supergroup", "第一题")
    assert (call["message_id"], call["parameters"]) == (sent["message_id"], form)


async def test_limits_are_told_and_counted(light: Light, client: Client) -> None:
    """Beyond a chat's burst a send is refused with 429; answers to presses are free, and nothing refused counts."""
    await light.set(limits=Limits(private_burst=2))

    answers = [await client.call("sendMessage", chat_id=5, text="一") for _ in range(3)]
    other = await client.call("sendMessage", chat_id=6, text="一")
    toast = await client.call("answerCallbackQuery", callback_query_id="1")
    report = await light.report()

    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["parameters"] == {"retry_after": 1}
    assert other["ok"]
    assert toast["ok"]
    assert report.counts["sendMessage"] == 3
    assert [call.status for call in report.calls if call.method == "sendMessage"] == [200, 200, 429, 200]


def test_the_gate_lets_the_rate_through() -> None:
    """Over all: a burst, then the rate; a group: so many in any minute; and until the wait is over nothing passes."""
    gate = Gate(Limits(rate=10, burst=3, group_calls=2))

    burst = [gate.refused(person, 0.0) for person in (1, 2, 3, 4)]
    waiting = gate.refused(5, 0.5)
    after = [gate.refused(person, 1.0) for person in (6, 7, 8, 9)]
    group = [gate.refused(-1, at) for at in (10.0, 11.0, 12.0, 69.0, 70.0)]

    assert burst == [0, 0, 0, 1]
    assert waiting == 1
    assert after == [0, 0, 0, 1]
    assert group == [0, 0, 58, 1, 0]


async def test_a_row_in_small(light: Light, tmp_path: Path) -> None:
    """Presses are fed, answered by a process of its own, and every one is in the report."""
    async with bots.peer(light, tmp_path, "raw_bot") as bot:
        measured = await rate(light, bot, [press(1_000 + n, -1_001, 7, "buzz:1:1") for n in range(250)])

    assert measured.a_second > 0
    assert (await light.report()).waiting <= 100


def test_percentiles_are_values_that_were_measured() -> None:
    """The nearest rank: of a hundred values the 99th, of few the last."""
    hundred = [float(n) for n in range(100, 0, -1)]

    assert [percentile(hundred, share) for share in (0.5, 0.99, 1.0)] == [50, 99, 100]
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3

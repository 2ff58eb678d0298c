"""The screen over HTTP: the link, the live feed, reconnects, slow viewers, and what a wrong link gets."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.web.screen import HEADERS
from quizzes.halls import BEAT
from tests.dialogues.match import Match
from tests.screen.projector import screen_link, screened


class Feed:
    """A page's side of the feed."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self.state: dict[str, Any] = {}
        self.last = ""

    async def message(self) -> tuple[str, str]:
        """The next message: its kind and its data."""
        kind, data = "message", ""
        async with asyncio.timeout(20):
            async for raw in self._answer.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    data = line.removeprefix("data: ")
                elif not line and data:
                    return kind, data
        return "end", ""

    async def update(self) -> dict[str, Any]:
        """The next change, taken over into ``state``; returns what it carried."""
        kind, data = await self.message()
        while kind == "beat":
            kind, data = await self.message()
        assert kind == "message"
        body: dict[str, Any] = json.loads(data)
        self.last = body["id"]
        self.state = body["sections"] if body["full"] else {**self.state, **body["sections"]}
        return body


@asynccontextmanager
async def feed_of(url: str, last: str = "") -> AsyncIterator[Feed]:
    """Look at the feed of a screen."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{url}/feed", params={"last": last} if last else {}) as answer,
    ):
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        yield Feed(answer)


@pytest.fixture
async def match(tmp_path: Path, empty_database: Path) -> AsyncIterator[Match]:
    """A contest's people, and a bot that serves screens."""
    async with screened(tmp_path, empty_database) as made:
        yield made


async def fetched(url: str, **how: Any) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers."""
    async with aiohttp.ClientSession() as session, session.get(url, **how) as answer:
        return answer.status, await answer.text(), dict(answer.headers)


async def test_feed_follows_the_contest_from_the_empty_hall_to_a_ruling(match: Match) -> None:
    """Each thing that is committed is on the feed, and nothing has to be asked for."""
    url = await screen_link(match)
    async with feed_of(url) as feed:
        await feed.update()
        assert feed.state["phase"] == {"name": "waiting"}
        assert feed.state["contest"] == {"group": "竞赛群"}

        await match.opens("buzzer 常识 2")
        while [team.get("size") for team in feed.state.get("teams") or ()] != [2, 1]:
            await feed.update()
        assert [team["captain"] for team in feed.state["teams"]] == ["安娜", "<b>伯特&"]
        assert "抢答题 2 道" in feed.state["rules"]["zh-CN"][1]

        await match.host.presses("开始", match.group)
        await match.hall.advance(seconds=5)
        while not feed.state["question"]:
            await feed.update()
        await match.bert.presses("抢答", match.group)
        await match.bert.presses(await match.letter(right=True), match.group)
        while not feed.state["outcome"]:
            await feed.update()
        assert (feed.state["outcome"]["right"], feed.state["outcome"]["player"]) == (True, "<b>伯特&")
        assert feed.state["scores"][0]["score"] == 110


async def test_an_update_is_small(match: Match) -> None:
    """A buzz does not send the question again."""
    await match.begins()
    async with feed_of(await screen_link(match)) as feed:
        await feed.update()

        await match.anna.presses("抢答", match.group)

        assert set((await feed.update())["sections"]) == {"phase", "timer"}


async def test_reconnect_gets_what_was_missed(match: Match) -> None:
    """The line was cut for a while: the page names what it has and gets the rest, not everything."""
    url = await screen_link(match)
    await match.begins()
    async with feed_of(url) as feed:
        await feed.update()
        last = feed.last

    await match.bert.presses("抢答", match.group)

    async with feed_of(url, last) as feed:
        body = await feed.update()
        assert body["full"] is False
        assert body["sections"]["phase"]["player"] == "<b>伯特&"


async def test_restart_of_the_bot_is_survived(match: Match) -> None:
    """The link is stored: after a restart the page comes back and sees how the contest stands."""
    match.hall._settings["web"] = {"host": "127.0.0.1", "port": match.hall._port}
    await match.hall.stop_bot()
    await match.hall.start_bot()
    url = await screen_link(match)
    await match.begins()
    async with feed_of(url) as feed:
        await feed.update()
        last = feed.last
        await match.hall.stop_bot()
        kind = ""
        while kind not in ("gone", "end"):
            kind, _ = await feed.message()
    await match.hall.start_bot()

    async with feed_of(url, last) as feed:
        body = await feed.update()
        assert body["full"] is True
        assert body["sections"]["notice"] == {"what": "again", "reason": "restart"}


async def test_quiet_line_beats(match: Match) -> None:
    """While nothing happens the page hears that the line is alive."""
    async with feed_of(await screen_link(match)) as feed:
        await feed.update()

        await match.hall.advance(seconds=BEAT)

        assert (await feed.message())[0] == "beat"


async def test_viewer_that_does_not_read_holds_nobody_up(match: Match) -> None:
    """One page hangs; the bot answers as ever, the others see everything, and little waits for the one that hangs."""
    url = await screen_link(match)
    await match.opens()
    parts = urlsplit(url)
    _, hanging = await asyncio.open_connection(parts.hostname, parts.port, limit=1)
    hanging.transport.pause_reading()  # type: ignore[attr-defined]
    hanging.write(f"GET {parts.path}/feed HTTP/1.1\r\nHost: hall\r\n\r\n".encode())
    await hanging.drain()
    assert match.hall.app is not None
    halls = match.hall.app.house.halls
    async with feed_of(url) as feed:
        await feed.update()
        hall = halls._halls[match.group.id]
        await match.hall.until_true(lambda: len(hall.feed.viewers) == 2)

        for number in range(400):
            hall.feed.publish({"number": number, "bulk": f"{number}" * 20_000})
            await asyncio.sleep(0)
        while feed.state.get("number") != 399:
            await feed.update()

        toast = await match.anna.presses("准备", match.group)
        assert toast == "红队已准备好。"
        assert len(hall.feed._encoded) <= 3
    hanging.transport.abort()


# ---- who may look ----


async def test_wrong_links_get_one_and_the_same_answer(match: Match) -> None:
    """Mistyped, guessed, withdrawn, too long, another alphabet: always the same 404, on every address of a screen."""
    url = await screen_link(match)
    await match.host.presses("换新链接")
    base = url.rpartition("/")[0]
    wrong = [url, f"{base}/{'A' * 32}", f"{base}/x", f"{base}/{'y' * 3000}", f"{base}/%E5%A4%A7%E5%B1%8F"]

    answers = [await fetched(f"{link}{rest}") for link in wrong for rest in ("", "/feed", "/join.svg")]

    assert {status for status, _, _ in answers} == {404}
    assert len({body for _, body, _ in answers}) == 1
    assert len({tuple(sorted((k, v) for k, v in headers.items() if k != "Date")) for _, _, headers in answers}) == 1


async def test_token_has_at_least_128_bits_and_is_kept(match: Match) -> None:
    """24 random bytes; asking again gives the same link, so that the projector's tab stays good."""
    url = await screen_link(match)

    assert re.fullmatch(r"[\w-]{32}", url.rpartition("/")[2])
    assert await screen_link(match) == url


async def test_everything_is_served_with_strict_headers(match: Match) -> None:
    """Nothing is cached, framed, sniffed, or told to other sites; nothing is loaded from elsewhere."""
    url = await screen_link(match)
    base = url.rpartition("/")[0]

    for address in (url, f"{url}/join.svg", f"{base}/clock", f"{base}/assets/main.js", f"{base}/assets/base.css"):
        status, _, headers = await fetched(address)
        assert status == 200
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


async def test_assets_are_those_of_the_page_and_no_other_file(match: Match) -> None:
    """No path leads out of the folder, and the page itself needs a token."""
    base = (await screen_link(match)).rpartition("/")[0]

    for name in ("screen.html", "..%2Fscreen.py", "%2E%2E%2Fserver.py", "nothing.js", "clock"):
        assert (await fetched(f"{base}/assets/{name}"))[0] == 404


async def test_clock_is_the_bots(match: Match) -> None:
    """The page measures itself against the time by which windows are judged."""
    base = (await screen_link(match)).rpartition("/")[0]

    _, body, _ = await fetched(f"{base}/clock")

    assert float(body) == pytest.approx(match.hall.clock.now().timestamp() * 1000, abs=1)


async def test_open_page_is_let_go_when_the_link_is_withdrawn(match: Match) -> None:
    """A link that went astray shows nothing more, not even where it is open already."""
    async with feed_of(await screen_link(match)) as feed:
        await feed.update()

        await match.host.presses("停用大屏")

        assert (await feed.message())[0] == "gone"


async def test_no_token_is_logged(match: Match, capsys: pytest.CaptureFixture[str]) -> None:
    """Links are secrets; the log is read by others."""
    url = await screen_link(match)
    await fetched(url)
    await fetched(f"{url}x/feed")
    async with feed_of(url) as feed:
        await feed.update()

    said = capsys.readouterr()

    assert url.rpartition("/")[2] not in said.out + said.err

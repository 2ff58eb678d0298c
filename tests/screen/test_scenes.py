"""Every scene in a real Chromium, on a projector and in the hand, in both languages: said, whole, and large enough."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from quizzes import screen
from quizzes.feed import Feed
from tests.dialogues.match import Match
from tests.sandbox_page.browsing import chromium_running
from tests.screen.gallery import SCENES, Staged
from tests.screen.projector import PHONE, PROJECTOR, Projector, projecting, screen_link, screened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TITLE = {"zh-CN": "知识竞赛决赛", "en": "Final"}
SMALLEST = 20
"""Pixels of the smallest letters of a question on a projector."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium_running() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def match(tmp_path: Path, empty_database: Path) -> AsyncIterator[Match]:
    async with screened(tmp_path, empty_database) as made:
        yield made


def state_of(made: Staged, now: int) -> dict[str, Any]:
    """What the screen shows, with the clock moved to where the page's is."""
    board = screen.begin(made.log)
    assert board is not None
    state = screen.project(board, TITLE, "区党校礼堂")
    clock = state["timer"]
    if clock is not None:
        moved = now - round(made.at.timestamp() * 1000)
        state["timer"] = {**clock, "to": clock["to"] + moved, "from": clock["from"] and clock["from"] + moved}
    return {"programme": "学习会", "language": "zh-CN", "join": "", "rules": {}, "bout": None, **state}


async def put(match: Match, feed: Feed, pages: list[tuple[str, Projector]], state: dict[str, Any]) -> None:
    """Show a state on every page and wait until it is there."""
    feed.publish(state)
    for _, page in pages:
        await page.page.wait_for_function(
            "change => document.body.dataset.change === change", arg=f"{feed.epoch}-{feed.number}"
        )
        await page.page.wait_for_timeout(30)


@pytest.mark.long
async def test_every_scene_is_whole_and_says_what_it_has_to(browser: Browser, match: Match) -> None:
    """Twice two views of each; nothing is cut off, a projector never scrolls, the words are there."""
    url = await screen_link(match)
    async with AsyncExitStack() as stack:
        pages = [
            (name, await stack.enter_async_context(projecting(browser, f"{url}?lang={lang}", size=size)))
            for name, lang, size in (
                ("hall", "zh-CN", PROJECTOR), ("hall-en", "en", PROJECTOR), ("hand", "zh-CN", PHONE), ("hand-en", "en", PHONE),
            )
        ]  # fmt: skip
        assert match.hall.app is not None
        feed = match.hall.app.house.halls._halls[match.group.id].feed
        now = round(match.hall.clock.now().timestamp() * 1000)
        wrong: list[tuple[str, str, object]] = []
        for name, (make, words) in SCENES.items():
            await put(match, feed, pages, state_of(make(), now))
            for view, page in pages:
                await page.photograph(f"{name}-{view}")
                found = await page.overflow()
                hall = view.startswith("hall")
                if found["boxes"] or found["page"][0] or (hall and found["page"][1]):
                    wrong.append((name, view, found))
                if hall and name.startswith("long") and (size := await smallest(page)) < SMALLEST:
                    wrong.append((name, view, size))
            text = await pages[0][1].at("app").inner_text()
            wrong += [(name, word, text) for word in words if word not in text]
        assert wrong == []


async def smallest(page: Projector) -> float:
    """The size of the smallest letters of the question."""
    sizes: list[float] = await page.page.evaluate(
        "() => [...document.querySelectorAll('.inner .stem, .inner .options .words, .inner .why')]"
        ".map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    return min(sizes)

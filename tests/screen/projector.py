"""A hall whose bot serves screens, a contest in it, and a browser that looks."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from quizzes.engine import commands as c
from tests.dialogues.match import Match, gather
from tests.hall import Hall

PICTURES = Path(__file__).parents[2] / "artifacts"
PROJECTOR, PHONE = (1920, 1080), (390, 844)
WEB = {"host": "127.0.0.1", "port": 0}


async def screen_link(match: Match) -> str:
    """What the host gets for ``/screen`` in the group."""
    await match.host.says("/screen", match.group)
    found = re.search(r"http://\S+/screen/[\w-]+", (await match.host.last()).text)
    assert found is not None
    return found[0]


@dataclass
class Projector:
    """One tab, and what it complained of."""

    page: Page
    complaints: list[str]

    def at(self, name: str) -> Locator:
        """An element by its hook for tests."""
        return self.page.get_by_test_id(name)

    async def shows(self, name: str, words: str) -> None:
        """Wait until an element holds some words."""
        await expect(self.at(name)).to_contain_text(words)

    async def photograph(self, name: str) -> None:
        """Keep what it looks like, for people to look at, once nothing moves any more."""
        PICTURES.mkdir(exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"screen-{name}.png")

    async def overflow(self) -> dict[str, Any]:
        """What does not fit: whether the page scrolls, and every box that hides a part of its words."""
        found: dict[str, Any] = await self.page.evaluate(
            """() => ({
                page: [document.documentElement.scrollWidth > innerWidth, document.documentElement.scrollHeight > innerHeight],
                boxes: [...document.querySelectorAll('.inner, .plain .words, .seats, .rules, .all, .place .names, .band .words')]
                    .filter((box) => box.offsetParent && (box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2))
                    .map((box) => box.className),
            })"""
        )
        return found


@asynccontextmanager
async def projecting(
    browser: Browser, url: str, *, size: tuple[int, int] = PROJECTOR, still: bool = True
) -> AsyncIterator[Projector]:
    """Open a screen; leaving fails if the page complained of anything."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce" if still else "no-preference"
    )
    page = await context.new_page()
    projector = Projector(page, [])
    page.on("pageerror", lambda error: projector.complaints.append(str(error)))
    page.on("console", lambda said: projector.complaints.append(said.text) if said.type == "error" else None)
    await page.goto(url)
    await page.wait_for_selector("body[data-change]")
    yield projector
    await context.close()
    assert projector.complaints == []


@asynccontextmanager
async def screened(folder: Path, template: Path, **settings: Any) -> AsyncIterator[Match]:
    """A host and three players in a group of a bot that serves screens."""
    hall = Hall(folder, template, **{"web": WEB, **settings})
    await hall.open()
    try:
        yield await gather(hall)
    finally:
        await hall.close()


async def commands(match: Match, *wanted: c.Command) -> None:
    """Carry engine commands out as they are: for crowds that no dialogue leads to quickly."""
    assert match.hall.app is not None
    contests = match.hall.app.house.contests
    row = await contests.in_chat(match.group.id)
    for command in wanted:
        await contests.do(row.id, lambda _, command=command: command)
    await match.hall.settle()

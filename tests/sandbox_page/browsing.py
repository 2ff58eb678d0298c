"""A visitor with a real browser."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from tests.sandbox_page.stage import ANNA, GROUP

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAPTOP, SCREEN, PHONE = (1280, 800), (1920, 1080), (390, 844)


@asynccontextmanager
async def chromium_running() -> AsyncIterator[Browser]:
    """Debian's Chromium, without a window; where there is none the test is skipped, so that a bare machine can test the
    rest.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        await browser.close()


@dataclass(frozen=True)
class Visitor:
    """One tab, and what it complained of."""

    page: Page
    complaints: list[str]

    def pane(self, chat_id: int) -> Locator:
        """The chat as it stands open."""
        return self.page.locator(f'[data-testid="pane"][data-chat-id="{chat_id}"]')

    def message(self, chat_id: int, message_id: int) -> Locator:
        """One bubble."""
        return self.pane(chat_id).locator(f'[data-testid="message"][data-message-id="{message_id}"]')

    def bubble(self, text: str) -> Locator:
        """The newest bubble that holds this text."""
        return self.page.get_by_test_id("message").filter(has_text=text).last

    def person(self, user_id: int) -> Locator:
        """Somebody to be."""
        return self.page.locator(f'[data-testid="person"][data-person-id="{user_id}"]')

    def chat(self, chat_id: int) -> Locator:
        """A line of the chat list."""
        return self.page.locator(f'[data-testid="chat"][data-chat-id="{chat_id}"]')

    def key(self, label: str) -> Locator:
        """The newest button of the bot with this label."""
        return self.page.get_by_test_id("key").filter(has_text=label).last

    @property
    def composer(self) -> Locator:
        """Where one writes, in the first pane."""
        return self.page.get_by_test_id("composer").first

    @property
    def toast(self) -> Locator:
        """What the bot, or the page, lets pop up."""
        return self.page.get_by_test_id("toast")

    async def js(self, words: str, *arguments: Any) -> Any:
        """Ask the page something."""
        return await self.page.evaluate(words, *arguments)


@asynccontextmanager
async def visiting(
    browser: Browser,
    url: str,
    *,
    size: tuple[int, int] = LAPTOP,
    who: int = ANNA,
    chat: int | None = GROUP,
    locale: str = "zh-CN",
) -> AsyncIterator[Visitor]:
    """Open the page as somebody, in a chat; leaving fails if the page complained of anything."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale=locale, reduced_motion="reduce", has_touch=size == PHONE
    )
    page = await context.new_page()
    visitor = Visitor(page, [])
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    page.on("console", lambda said: visitor.complaints.append(said.text) if said.type == "error" else None)
    place = f"#as={who}" + (f"&chat={chat}" if chat else "")
    await page.goto(url + "/" + place)
    await page.get_by_test_id("person").first.wait_for(state="attached")
    yield visitor
    await context.close()
    assert visitor.complaints == []

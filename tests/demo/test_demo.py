"""The demo, played by a newcomer: check in, read, watch a contest, buzz, answer, broadcast. On the real clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.commands.demo import showing
from sandbox.players import Players
from sandbox.players_eyes import Knowledge, right_labels
from sandbox.server import Sandbox
from tests.demo.brisk import BriskPace
from tests.sandbox_page.browsing import PHONE, SCREEN, Visitor, chromium_running, visiting

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PICTURES = Path(__file__).parents[2] / "artifacts"
ADMIN, WANG_RUOLAN = 10_001, 10_005
QUESTIONS = 2
HAND_IN = "提交"
SLOW = 60_000
"""Milliseconds that the real clock may need where a contest's own timers are waited for."""


@dataclass(frozen=True)
class Shown:
    """The demo on show."""

    url: str
    group: int
    pace: BriskPace
    sandbox: Sandbox


@asynccontextmanager
async def on_show(folder: Path) -> AsyncIterator[Shown]:
    """The whole demo, with a short contest and brisk players whose chances are the same each time."""
    pace = BriskPace(speed=1.5)
    sandbox = Sandbox()
    sandbox.players = Players(sandbox, pace=pace, dice=Random(7))
    async with showing("127.0.0.1", 0, folder, sandbox) as url:
        sandbox.scene["watch"]["count"] = QUESTIONS
        yield Shown(url, sandbox.scene["watch"]["group"], pace, sandbox)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this module."""
    async with chromium_running() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def demo(tmp_path: Path) -> AsyncIterator[Shown]:
    """A demo of its own."""
    async with on_show(tmp_path) as shown:
        yield shown


async def photograph(page: Page, name: str) -> None:
    """Keep what the page looks like, for people to look at."""
    PICTURES.mkdir(exist_ok=True)
    await page.screenshot(path=PICTURES / f"demo-{name}.png")


def key(pane: Locator, label: str) -> Locator:
    """The newest button in a chat that begins with this label."""
    return pane.get_by_test_id("key").filter(has_text=label).last


def bubble(pane: Locator, text: str) -> Locator:
    """The newest message in a chat that holds this text."""
    return pane.get_by_test_id("message").filter(has_text=text).last


async def test_a_newcomer_plays_through_the_demo(browser: Browser, demo: Shown) -> None:
    """From the page's first sight to the standings and a broadcast, as the README promises it."""
    async with visiting(browser, demo.url, size=SCREEN, who=WANG_RUOLAN, chat=demo.group) as visitor:
        group = visitor.pane(demo.group)
        try:
            await checks_in(visitor, group)
            await reads(visitor, group)
            await wins_a_question(visitor, group, demo)
            await broadcasts(visitor)
            await watches_the_rest(visitor, group, demo.pace)
        except BaseException:
            await photograph(visitor.page, "failed")
            raise
    for name, chat in (("list", None), ("group", demo.group), ("private", WANG_RUOLAN)):
        async with visiting(browser, demo.url, size=PHONE, who=WANG_RUOLAN, chat=chat) as visitor:
            shown = visitor.chat(demo.group) if chat is None else visitor.pane(chat).get_by_test_id("message").last
            await expect(shown).to_be_visible()
            await photograph(visitor.page, f"phone-{name}")


async def checks_in(visitor: Visitor, group: Locator) -> None:
    """The card counts one more, and a toast says when."""
    card = bubble(group, "每日签到")
    await expect(card).to_contain_text("已签到 0/7")
    await photograph(visitor.page, "first-sight")

    await key(card, "签到").click()

    await expect(visitor.toast.last).to_contain_text("签到成功")
    await expect(card).to_contain_text("已签到 1/7")


async def reads(visitor: Visitor, group: Locator) -> None:
    """Today's material is there, and counts who has read it."""
    material = bubble(group, "已读 0/7")

    await key(material, "已读").click()

    await expect(bubble(group, "已读 1/7")).to_be_visible()


async def wins_a_question(visitor: Visitor, group: Locator, demo: Shown) -> None:
    """Take a seat among players that play by themselves, be the first, and answer."""
    page, pace = visitor.page, demo.pace
    pace.halt()
    await page.get_by_test_id("watch").click()
    await group.get_by_test_id("seat-bar").get_by_role("button", name="由我来玩").click()
    pace.go_on()
    await group.get_by_test_id("key").filter(has_text="加入 第一支部").click(timeout=SLOW)
    await expect(bubble(group, "抢答赛")).to_contain_text("王若兰")
    await expect(bubble(group, "抢答赛")).to_contain_text("吴启航")
    await photograph(page, "lobby")
    await expect(bubble(group, "抢答赛")).to_contain_text("比赛已开始", timeout=SLOW)
    pace.halt()

    await key(group, "抢答").click(timeout=SLOW)
    await expect(visitor.toast.last).to_contain_text("您抢到了")
    question = bubble(group, "王若兰 抢到")
    for label in await right_answers(question, demo.sandbox.knowledge):
        await key(question, label).click()

    await expect(bubble(group, "王若兰 答 ")).to_contain_text("正确，+10 分")
    await photograph(page, "ruling")


async def watches_the_rest(visitor: Visitor, group: Locator, pace: BriskPace) -> None:
    """The others play on by themselves, up to the standings.

    They stood still until the next question is there: a group takes 20 messages a minute, and so many were made that
    the bot may let it wait.
    """
    await expect(bubble(group, "第 2 题")).to_be_visible(timeout=2 * SLOW)

    pace.go_on()

    await expect(bubble(group, "最终成绩")).to_be_visible(timeout=2 * SLOW)
    await expect(visitor.page.get_by_test_id("contest")).to_contain_text("上一场已结束")
    await photograph(visitor.page, "standings")


async def right_answers(question: Locator, knowledge: Knowledge) -> list[str]:
    """The buttons to press, in order."""
    await expect(question.get_by_test_id("key").nth(1)).to_be_visible()
    labels = await question.get_by_test_id("key").all_inner_texts()
    text = await question.get_by_test_id("text").inner_text()
    options = tuple(label for label in labels if label != HAND_IN)
    return [*right_labels(text, options, knowledge), *([HAND_IN] if HAND_IN in labels else [])]


async def broadcasts(visitor: Visitor) -> None:
    """As the admin, in private: compose, look at the preview, send."""
    await visitor.person(ADMIN).click()
    private = visitor.pane(ADMIN)
    await private.get_by_test_id("composer").fill("/broadcast 大家好")
    await private.get_by_test_id("composer").press("Enter")
    await key(private, "发送").wait_for()
    await photograph(visitor.page, "preview")

    await key(private, "发送").click()

    await expect(bubble(private, "发送完毕")).to_contain_text("11/11", timeout=SLOW)
    await photograph(visitor.page, "broadcast")

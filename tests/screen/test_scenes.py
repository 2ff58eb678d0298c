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
from quizzes.tournament.bracket import BoutBox, Bracket, Podium, RoundColumn, Slot
from quizzes.tournament.events import Way
from quizzes.tournament.state import BoutState
from quizzes.tournament_screen import bout_shown, bracket_shown
from tests.dialogues.match import Match
from tests.sandbox_page.browsing import chromium_running
from tests.screen.gallery import SCENES, Staged, protested
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


def columns(sizes: list[int], teams: int, *, decided: int, through: int, open_: int = 0) -> tuple[RoundColumn, ...]:
    """Rounds of so many bouts each; the first so many rounds are over, in the next one so many bouts are under way."""
    made, number = [], 0
    for place, size in enumerate(sizes):
        boxes = []
        for _ in range(size):
            number += 1
            over = place < decided or (place == decided and len(boxes) >= open_ > 0 and len(boxes) % 2 == 1)
            slots = tuple(
                Slot(
                    f"第{(number * teams + team) % 97 + 1}党支部代表队", "区",
                    rank=team + 1 if over else None, score=180 - 10 * team if over else None,
                    way=Way.PLACE if place < decided and team < through else None,
                )
                for team in range(6 if size == 1 and teams > 2 else teams)
            )  # fmt: skip
            state = (
                BoutState.DECIDED
                if over
                else BoutState.OPEN
                if len(boxes) < open_ and place == decided
                else BoutState.WAITING
            )
            boxes.append(BoutBox(number, state, slots))
        title = (("zh-CN", "决赛" if size == 1 else "初赛"), ("en", "Final" if size == 1 else "Preliminary"))
        made.append(RoundColumn(place, title, place + 1, False, "", tuple(boxes), place < decided, size == 1))
    return tuple(made)


COMING = ((("zh-CN", "决赛"), ("en", "Final")),)
PLACES = tuple(Podium(place, f"第{place}党支部代表队", "区") for place in range(1, 7))
NAMES = tuple((f"第{n}党支部代表队", f"第{n}支部") for n in range(1, 65))
BRACKETS: dict[str, tuple[Bracket, int]] = {
    "entering": (Bracket("全区知识竞赛", NAMES, (), COMING, (), False), 0),
    "e5-drawn": (Bracket("全区知识竞赛", NAMES, columns([12], 5, decided=0, through=1), COMING, (), False), 0),
    "e5-two": (Bracket("全区知识竞赛", NAMES, columns([12], 5, decided=0, through=1, open_=2), COMING, (), False), 2),
    "e5-twelve": (
        Bracket("全区知识竞赛", NAMES, columns([12], 5, decided=0, through=1, open_=12), COMING, (), False),
        12,
    ),
    "e5-final": (Bracket("全区知识竞赛", NAMES, columns([12, 1], 5, decided=1, through=1, open_=1), (), (), False), 1),
    "e5-won": (Bracket("全区知识竞赛", NAMES, columns([12, 1], 5, decided=2, through=1), (), PLACES, False), 0),
    "64": (Bracket("六十四强", NAMES, columns([32], 2, decided=0, through=1, open_=4), COMING, (), False), 4),
    "64-late": (
        Bracket("六十四强", NAMES, columns([32, 16, 8, 4], 2, decided=3, through=1, open_=2), COMING, (), False),
        2,
    ),
    "64-won": (
        Bracket("六十四强", NAMES, columns([32, 16, 8, 4, 2, 1], 2, decided=6, through=1), (), PLACES[:4], False),
        0,
    ),
}


@pytest.mark.long
async def test_brackets_are_whole_and_large_enough(browser: Browser, match: Match) -> None:
    """Twelve bouts and a final, and sixty-four teams: names of 20 pixels and more, nothing cut off."""
    url = await screen_link(match)
    board = screen.begin(protested().log)
    assert board is not None
    async with AsyncExitStack() as stack:
        pages = [
            (name, await stack.enter_async_context(projecting(browser, f"{url}?lang={lang}", size=size)))
            for name, lang, size in (("hall", "zh-CN", PROJECTOR), ("hand-en", "en", PHONE))
        ]
        assert match.hall.app is not None
        feed = match.hall.app.house.halls._halls[match.group.id].feed
        wrong: list[tuple[str, str, object]] = []
        for name, (found, count) in BRACKETS.items():
            state = {
                "phase": {"name": "tournament"},
                "bracket": bracket_shown(found),
                "running": list(range(1, count + 1)),
            }
            bouts = {f"bout {number}": bout_shown(board, "群") for number in range(1, count + 1)}
            await put(match, feed, pages, {"programme": "学习会", "language": "zh-CN", **state, **bouts})
            for view, page in pages:
                await page.photograph(f"bracket-{name}-{view}")
                cut = await page.page.evaluate(
                    "() => [...document.querySelectorAll('.rounds, .now')].filter((box) => box.offsetParent && "
                    "(box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2)).map((box) => box.className)"
                )
                size = await page.page.evaluate(
                    "() => Math.min(...[...document.querySelectorAll('.bracket .name, .chip')].map((one) => parseFloat(getComputedStyle(one).fontSize)))"
                )
                if cut or (view == "hall" and size < SMALLEST):
                    wrong.append((name, view, (cut, size)))
        assert wrong == []


async def smallest(page: Projector) -> float:
    """The size of the smallest letters of the question."""
    sizes: list[float] = await page.page.evaluate(
        "() => [...document.querySelectorAll('.inner .stem, .inner .options .words, .inner .why')]"
        ".map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    return min(sizes)

"""The page in a real Chromium, at a projector's size and on a telephone, while real contests are played."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from quizzes.bank.items import Item, Kind
from quizzes.engine import commands as c
from tests.dialogues.match import Match
from tests.sandbox_page.browsing import chromium_running
from tests.screen.projector import PHONE, PROJECTOR, Projector, commands, projecting, screen_link, screened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LONG = "在社会主义制度下坚持和完善基层群众自治制度，" * 46
OPTION = "由全体成员按照规定程序充分讨论、民主表决，并将决定及其理由如实记录、及时公布、接受监督；" * 5


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this module."""
    async with chromium_running() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def match(tmp_path: Path, empty_database: Path) -> AsyncIterator[Match]:
    """A contest's people, and a bot that serves screens."""
    async with screened(tmp_path, empty_database) as made:
        yield made


async def kept(views: Sequence[tuple[str, Projector]], name: str) -> None:
    """Photograph every view; nothing may be cut off, and a projector never scrolls."""
    for view, projector in views:
        await projector.page.wait_for_timeout(60)
        await projector.photograph(f"{view}-{name}")
        found = await projector.overflow()
        assert found["boxes"] == [], (view, name)
        assert found["page"] == ([False, False] if view == "hall" else [False, found["page"][1]]), (view, name)


async def test_whole_contest_on_a_projector_and_on_a_telephone(browser: Browser, match: Match) -> None:
    """Waiting, lobby, question, buzz, both rulings, pause, standings: in Chinese in the hall, in English in the hand."""
    url = await screen_link(match)
    async with (
        projecting(browser, url, size=PROJECTOR) as hall,
        projecting(browser, f"{url}?lang=en", size=PHONE) as hand,
    ):
        both = [("hall", hall), ("hand", hand)]
        await hall.shows("big", "等待竞赛开始")
        await hand.shows("big", "Waiting for the contest")
        await kept(both, "waiting")

        await match.opens("buzzer 常识 2")
        await match.anna.presses("准备", match.group)
        await expect(hall.at("seat")).to_have_count(2)
        await expect(hall.at("seat").first).to_contain_text("队长 安娜")
        await expect(hall.at("seat").first).to_contain_text("✓ 已准备")
        await expect(hand.at("seat").last).to_contain_text("<b>伯特&")
        await hall.shows("lobby", "抢答题 2 道：答对 +10 分")
        assert await hall.at("code").evaluate("(image) => image.complete && image.naturalWidth > 0")
        await kept(both, "lobby")

        await match.host.presses("开始", match.group)
        await hall.shows("big", "比赛即将开始")
        await kept(both, "begins")
        await match.hall.advance(seconds=5)
        text = (await match.contest()).question.text
        await expect(hall.at("stem")).to_have_text(text)
        await expect(hall.at("option")).to_have_count(4)
        await hall.shows("number", "第 1 / 2 题")
        await hand.shows("number", "Question 1 of 2")
        await hall.shows("phase", "抢答")
        await kept(both, "question")

        await match.bert.presses("抢答", match.group)
        await expect(hall.at("up")).to_have_text("蓝队")
        await hand.shows("band", "<b>伯特&")
        await kept(both, "buzzed")

        await match.bert.presses(await match.letter(right=False), match.group)
        await hall.shows("verdict", "回答错误")
        await hall.shows("band", "−10")
        await expect(hall.page.locator(".options li.right")).to_have_count(1)
        await expect(hall.page.locator(".options li.wrong")).to_have_count(1)
        await hall.shows("question", "解析")
        await expect(hall.at("row").last).to_contain_text("90")
        await hand.shows("verdict", "Wrong")
        await kept(both, "wrong")

        await match.hall.advance(seconds=5)
        await expect(hall.at("verdict")).to_have_count(0)
        await match.host.says("/contest 暂停", match.group)
        await hall.shows("big", "比赛暂停")
        await hand.shows("big", "Paused")
        await expect(hall.at("stem")).to_have_count(0)
        await kept(both, "paused")

        await match.host.says("/contest 继续", match.group)
        await match.hall.advance(seconds=1)
        await hall.shows("note", "上一轮不计，本题重新作答")
        await match.anna.presses("抢答", match.group)
        await match.anna.presses(await match.letter(right=True), match.group)
        await hall.shows("verdict", "回答正确")
        await hand.shows("verdict", "Right")
        await kept(both, "right")

        await match.hall.advance(seconds=10)
        await expect(hall.at("place")).to_have_count(2)
        await expect(hall.page.locator('[data-rank="1"]')).to_contain_text("红队")
        await expect(hall.at("line")).to_have_text(["11红队对 1 · 错 0110", "22蓝队对 0 · 错 190"])
        await hand.shows("finish", "Champion")
        await kept(both, "end")


@pytest.mark.parametrize("options", [2, 4, 8])
async def test_long_texts_fit_by_shrinking(browser: Browser, match: Match, options: int) -> None:
    """A thousand characters and eight options of two hundred are all there, at a size that can still be read."""
    answers = tuple(f"{n}：{OPTION}"[:200] for n in range(options))
    items = tuple(Item(Kind.SINGLE, f"{LONG[:995]}{n:04d}？", answers, (0,), explanation=LONG[:300]) for n in range(8))
    assert match.hall.app is not None
    await match.hall.app.house.banks.take_in("长题", items, now=match.hall.clock.now())
    url = await screen_link(match)
    async with projecting(browser, url) as hall, projecting(browser, url, size=PHONE) as hand:
        both = [("hall", hall), ("hand", hand)]
        await match.begins("buzzer 长题 1")
        await expect(hall.at("option")).to_have_count(options)
        await kept(both, f"long-{options}")
        assert await size_of(hall, "option") >= 13

        await match.anna.presses("抢答", match.group)
        await match.anna.presses(await match.letter(right=True) if options == 4 else "A.", match.group)
        await hall.shows("question", "解析")
        await kept(both, f"long-{options}-ruled")


async def size_of(projector: Projector, name: str) -> float:
    """The size of an element's letters in pixels."""
    found: float = await projector.at(name).first.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
    return found


async def test_short_question_is_large(browser: Browser, match: Match) -> None:
    """From the back of a hall: the question has letters of at least a twentieth of the height, its options little less."""
    await match.begins()
    async with projecting(browser, await screen_link(match)) as hall:
        await expect(hall.at("option")).to_have_count(4)

        assert await size_of(hall, "stem") >= 1080 / 20
        assert await size_of(hall, "option") >= 1080 / 24


@pytest.mark.parametrize("teams", [6, 12, 50])
async def test_many_teams_fit(browser: Browser, match: Match, teams: int) -> None:
    """From six teams in the final to fifty: lobby, table and standings, with a tie for the first place."""
    url = await screen_link(match)
    await match.host.says("/contest buzzer 常识 1", match.group)
    names = ["红队", "蓝队", *(f"第{n}支部代表队" for n in range(3, teams + 1))]
    joins = [c.Join(1000 + n, f"队员{n}号", None, name) for n, name in enumerate(names)]
    more = [c.Join(2000 + n, f"选手{n}", n % teams + 1) for n in range(3 * teams)]
    await commands(match, *joins, *more, c.Ready(1001), c.Ready(1003))
    async with projecting(browser, url) as hall, projecting(browser, url, size=PHONE) as hand:
        both = [("hall", hall), ("hand", hand)]
        await expect(hall.at("seat")).to_have_count(teams)
        await kept(both, f"teams-{teams}-lobby")

        scores = [c.CorrectScore(n + 1, points, match.host.id, "户外项目") for n, points in enumerate((30, 30, 20, 10))]
        await commands(match, c.Start(match.host.id), *scores)
        await match.hall.advance(seconds=5)
        await expect(hall.at("row")).to_have_count(min(teams, 12))
        await kept(both, f"teams-{teams}-table")
        if teams == 6:
            cut = (
                "(names) => names.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"
            )
            assert await hall.page.locator(".table .name").evaluate_all(cut) == []

        await match.hall.advance(minutes=5)  # sudden death, as long as the reserve lasts
        await expect(hall.at("place")).to_have_count(2)
        await expect(hall.page.locator('[data-rank="1"] .winner')).to_have_count(2)
        await expect(hall.page.locator('[data-rank="3"] .winner')).to_have_text(["3第3支部代表队"])
        await kept(both, f"teams-{teams}-end")


async def test_everyone_question_shows_how_the_answers_fell(browser: Browser, match: Match) -> None:
    """Counts of answers while it is open, and by option with the ruling."""
    url = await screen_link(match)
    async with projecting(browser, url) as hall, projecting(browser, f"{url}?lang=en&theme=light") as light:
        both = [("hall", hall), ("light", light)]
        await match.begins("everyone 常识 1")
        await match.anna.presses(await match.letter(right=True), match.group)
        await hall.shows("progress", "已作答 1 / 3")
        await match.bert.presses(await match.letter(right=False), match.group)
        await hall.shows("progress", "已作答 2 / 3")
        await kept([both[0]], "everyone")

        await match.hall.advance(seconds=16)

        await hall.shows("verdict", "2 人作答，1 人答对")
        await light.shows("verdict", "2 answered, 1 right")
        await expect(hall.page.locator(".right .count")).to_have_text("1")
        await kept([both[0]], "everyone-ruled")
        await light.photograph("light-everyone-ruled")


async def test_rows_glide_and_points_rise(browser: Browser, match: Match) -> None:
    """With motion allowed a team that overtakes moves to its place, and what it gained is seen."""
    await match.begins()
    async with projecting(browser, await screen_link(match), still=False) as hall:
        await expect(hall.at("row").first).to_contain_text("红队")

        await match.bert.presses("抢答", match.group)
        await match.bert.presses(await match.letter(right=True), match.group)

        await expect(hall.page.locator(".gain.plus")).to_have_text("+10")
        await expect(hall.at("row").first).to_contain_text("蓝队110")
        await hall.photograph("hall-gains")


async def test_page_that_is_opened_late_shows_no_gains(browser: Browser, match: Match) -> None:
    """What was scored before is not news."""
    await match.begins()
    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=True), match.group)
    async with projecting(browser, await screen_link(match)) as hall:
        await expect(hall.at("row").first).to_contain_text("蓝队110")

        await expect(hall.page.locator(".gain")).to_have_count(0)


async def test_wrong_date_of_the_computer_does_not_matter(browser: Browser, match: Match) -> None:
    """The countdown follows the bot's clock, even where the projector's computer lives in another year."""
    url = await screen_link(match)
    context = await browser.new_context()
    page = await context.new_page()
    await page.clock.install(time=0)
    await page.clock.resume()
    await page.goto(url)
    await page.wait_for_selector("body[data-change]")
    await match.begins()
    await expect(page.get_by_test_id("phase")).to_have_text("抢答")

    await expect(page.get_by_test_id("seconds")).to_have_text("20")
    await context.close()


async def test_page_comes_back_by_itself(browser: Browser, match: Match) -> None:
    """The bot is restarted during a question: a discreet sign, then the contest as it stands."""
    match.hall._settings["web"] = {"host": "127.0.0.1", "port": match.hall._port}
    await match.hall.stop_bot()
    await match.hall.start_bot()
    await match.begins()
    async with projecting(browser, await screen_link(match)) as hall:
        await hall.shows("phase", "抢答")

        await match.hall.stop_bot()
        await hall.shows("cut", "连接中断，正在重连")
        await hall.photograph("hall-cut")
        await match.hall.start_bot()

        await hall.shows("note", "上一轮不计，本题重新作答")
        await expect(hall.at("cut")).to_be_hidden()
        hall.complaints.clear()  # Chromium notes the refused connections


async def test_withdrawn_link_says_so(browser: Browser, match: Match) -> None:
    """The page shows nothing of the contest any more, and whom to ask."""
    async with projecting(browser, await screen_link(match)) as hall:
        await match.host.presses("停用大屏")

        await hall.shows("big", "此链接已失效")
        hall.complaints.clear()  # Chromium notes the 404


async def test_keys_switch_language_and_theme(browser: Browser, match: Match) -> None:
    """L and T work at once, and the address keeps the choice over a reload."""
    await match.begins()
    async with projecting(browser, await screen_link(match)) as hall:
        await hall.shows("table", "比分")

        await hall.page.keyboard.press("l")
        await hall.page.keyboard.press("t")

        await hall.shows("table", "Score")
        await expect(hall.page.locator("html[data-theme=light][lang=en]")).to_have_count(1)
        await hall.page.reload()
        await hall.shows("table", "Score")
        await hall.photograph("light-question")


async def test_full_screen_by_a_key(browser: Browser, match: Match) -> None:
    """F fills the projector, and F again gives the browser back."""
    async with projecting(browser, await screen_link(match)) as hall:
        await hall.page.keyboard.press("f")
        await hall.page.wait_for_function("document.fullscreenElement !== null")

        await hall.page.keyboard.press("F")

        await hall.page.wait_for_function("document.fullscreenElement === null")


async def test_english_group_has_an_english_screen(browser: Browser, match: Match) -> None:
    """Without a choice the page speaks the group's language."""
    await match.host.says("/lang en", match.group)
    url = await screen_link(match)
    async with projecting(browser, url) as hall:
        await hall.shows("big", "Waiting for the contest")

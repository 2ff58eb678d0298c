"""The web chat in a real Chromium, against a bot over HTTP."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.sandbox_page.browsing import PHONE, SCREEN, Visitor, chromium_running, visiting
from tests.sandbox_page.conftest import Theatre, open_theatre
from tests.sandbox_page.quizbot import keys
from tests.sandbox_page.stage import ANNA, GROUP, HOST

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SUN = 7021


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this module."""
    async with chromium_running() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def hall() -> AsyncIterator[Theatre]:
    """A theatre in the loop of the browser."""
    async with open_theatre() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser: Browser, hall: Theatre) -> AsyncIterator[Visitor]:
    """Anna in the group, on a laptop."""
    async with visiting(browser, hall.town.url) as tab:
        yield tab


def picture(width: int = 60, height: int = 40) -> bytes:
    """A small red PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xc2\x41\x2d" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# ---- writing ----


async def test_enter_sends_and_a_new_line_needs_shift(visitor: Visitor, hall: Theatre):
    """What is typed goes out once, as one's own bubble, and the composer is empty again."""
    await visitor.composer.fill("大家好")
    await visitor.composer.press("Shift+Enter")
    await visitor.composer.type("第二行")

    await visitor.composer.press("Enter")

    await expect(visitor.bubble("大家好")).to_have_class("msg own first last")
    await expect(visitor.composer).to_have_value("")
    said = await hall.stage.people[HOST].last(hall.stage.group)
    assert (said.sender, said.text) == (ANNA, "大家好\n第二行")


async def test_enter_that_ends_a_chinese_input_does_not_send(visitor: Visitor, hall: Theatre):
    """While the input method composes, Enter belongs to it."""
    await visitor.composer.fill("nihao")

    await visitor.composer.dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    await expect(visitor.composer).to_have_value("nihao")


async def test_what_could_not_be_sent_is_given_back(visitor: Visitor, hall: Theatre):
    """A refusal is shown in one sentence and the words are still there."""
    await visitor.composer.fill("很要紧的一句话")
    await visitor.page.route("**/messages", lambda route: route.fulfill(status=400, json={"error": "not today"}))

    await visitor.composer.press("Enter")

    await expect(visitor.toast).to_have_text("没有发出去：not today")
    await expect(visitor.composer).to_have_value("很要紧的一句话")
    visitor.complaints.clear()  # Chromium notes the refused request


async def test_a_reply_quotes_and_leads_back(visitor: Visitor, hall: Theatre):
    """The button beside a message begins a reply to it; the quotation jumps to the original."""
    said = await hall.stage.people[HOST].says("三点开会", hall.stage.group)
    original = visitor.message(GROUP, said.id)
    await original.hover()
    await original.get_by_role("button", name="回复").click()
    await visitor.composer.fill("收到")

    await visitor.composer.press("Enter")

    reply = visitor.bubble("收到")
    await expect(reply.locator(".quoted")).to_have_text("刘伟三点开会")
    await reply.locator(".quoted").click()
    await expect(original).to_have_class("msg first last flash")


async def test_one_can_edit_what_one_wrote(visitor: Visitor, hall: Theatre):
    """Arrow up takes back the last message; the bubble changes in its place."""
    await visitor.composer.fill("三典开会")
    await visitor.composer.press("Enter")
    await expect(visitor.bubble("三典开会")).to_be_visible()

    await visitor.composer.press("ArrowUp")
    await visitor.composer.fill("三点开会")
    await visitor.composer.press("Enter")

    await expect(visitor.bubble("三点开会")).to_contain_text("已编辑")
    assert (await hall.stage.people[HOST].last(hall.stage.group)).edits == 1


async def test_the_command_menu_lists_the_bots_commands(visitor: Visitor, hall: Theatre):
    """A slash opens it, typing narrows it, the arrows and Enter choose, and the command is sent."""
    await visitor.composer.type("/")
    menu = visitor.page.get_by_role("listbox").first
    await expect(menu.get_by_role("option")).to_have_count(4)

    await visitor.composer.type("c")
    await expect(menu.get_by_role("option")).to_have_count(2)
    await visitor.composer.press("ArrowUp")
    await visitor.composer.press("ArrowUp")
    await visitor.composer.press("Enter")

    await expect(visitor.bubble("/checkin")).to_be_visible()
    await expect(menu).to_be_hidden()


async def test_photos_and_files_go_out_with_a_caption(visitor: Visitor, hall: Theatre, tmp_path: Path):
    """A photo arrives as a photo, a file as a file under its own name."""
    photo, notes = tmp_path / "笔记.png", tmp_path / "名单.csv"
    photo.write_bytes(picture())
    notes.write_text("姓名\n王芳\n", "utf-8")
    await visitor.page.get_by_test_id("pick-photo").first.set_input_files(photo)
    await visitor.composer.fill("手写笔记")
    await visitor.composer.press("Enter")
    await expect(visitor.bubble("手写笔记").get_by_test_id("photo")).to_be_visible()

    await visitor.page.get_by_test_id("pick-document").first.set_input_files(notes)
    await visitor.page.get_by_test_id("send").first.click()

    await expect(visitor.bubble("名单.csv")).to_be_visible()
    sent = await hall.stage.people[HOST].messages(hall.stage.group)
    kinds = [(one.file.kind, one.file.name, one.text) for one in sent if one.file]
    assert kinds == [("photo", "", "手写笔记"), ("document", "名单.csv", "")]


# ---- the bot's side of it ----


async def test_a_press_shows_at_once_and_ends_with_the_toast(visitor: Visitor, hall: Theatre):
    """The button is busy until the bot answers; the answer pops up for the presser."""
    await hall.bot.call("sendMessage", chat_id=GROUP, text="今日签到", reply_markup=keys((("签到", "checkin"),)))
    held = hall.bot.holds = asyncio.Event()

    await visitor.key("签到").click()
    await expect(visitor.key("签到")).to_have_attribute("aria-busy", "true")
    held.set()

    await expect(visitor.toast).to_have_text("签到成功,连续 5 天")
    await expect(visitor.key("签到")).not_to_have_attribute("aria-busy", "true")
    assert hall.bot.presses == [(ANNA, "checkin")]


async def test_what_one_pressed_is_not_shown_to_the_next_person(visitor: Visitor, hall: Theatre):
    """Whoever one becomes sees no waiting button and no toast of the one before."""
    await hall.bot.call("sendMessage", chat_id=GROUP, text="今日签到", reply_markup=keys((("签到", "checkin"),)))
    held = hall.bot.holds = asyncio.Event()
    await visitor.key("签到").click()
    await expect(visitor.key("签到")).to_have_attribute("aria-busy", "true")

    await visitor.person(SUN).click()
    await expect(visitor.person(SUN)).to_have_attribute("aria-current", "true")
    held.set()
    await hall.bot.call("sendMessage", chat_id=GROUP, text="后来的话")

    await expect(visitor.bubble("后来的话")).to_be_visible()
    await expect(visitor.key("签到")).not_to_have_attribute("aria-busy", "true")
    await expect(visitor.toast).to_have_count(0)


async def test_a_silent_bot_does_not_keep_a_button_waiting(browser: Browser, hall: Theatre):
    """After a while the button can be pressed again, and the visitor is told."""
    await hall.bot.call("sendMessage", chat_id=GROUP, text="今日签到", reply_markup=keys((("签到", "checkin"),)))
    hall.bot.holds = asyncio.Event()
    async with visiting(browser, hall.town.url) as visitor:
        await visitor.page.clock.install()
        await visitor.key("签到").click()
        await expect(visitor.key("签到")).to_have_attribute("aria-busy", "true")

        await visitor.page.clock.run_for(12_500)

        await expect(visitor.toast).to_have_text("机器人还没有回应。")
        await expect(visitor.key("签到")).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_dismissed(visitor: Visitor, hall: Theatre):
    """What the bot wants to be read comes as a dialog."""
    await hall.bot.call("sendMessage", chat_id=GROUP, text="积分", reply_markup=keys((("我的积分卡", "card"),)))

    await visitor.key("我的积分卡").click()

    box = visitor.page.get_by_test_id("alert")
    await expect(box).to_contain_text("本月 36 分")
    await visitor.page.keyboard.press("Enter")
    await expect(box).to_have_count(0)


async def test_an_edit_changes_a_message_in_its_place(visitor: Visitor, hall: Theatre):
    """The same nodes stay, nothing gets narrower, and the end of the chat stays in view."""
    sent = await hall.bot.call(
        "sendMessage", chat_id=GROUP, text="签到 0 人,还差很多人没有来", reply_markup=keys((("签到 (0)", "checkin"),))
    )
    bubble = visitor.message(GROUP, sent["message_id"])
    await bubble.wait_for()
    await bubble.evaluate("(node) => { node.mine = 1; node.querySelector('.key').mine = 1; }")
    width = (await bubble.locator(".bubble").bounding_box() or {})["width"]

    await hall.bot.call(
        "editMessageText",
        chat_id=GROUP,
        message_id=sent["message_id"],
        text="签到 9 人",
        reply_markup=keys((("签到 (9)", "checkin"),)),
    )

    await expect(bubble.get_by_test_id("text")).to_have_text("签到 9 人")
    await expect(bubble.get_by_test_id("key")).to_have_text("签到 (9)")
    await expect(bubble).to_contain_text("已编辑")
    assert await bubble.evaluate("(node) => [node.mine, node.querySelector('.key').mine]") == [1, 1]
    assert (await bubble.locator(".bubble").bounding_box() or {})["width"] >= width
    gap = "(node) => node.scrollHeight - node.clientHeight - node.scrollTop"
    assert await visitor.page.locator(".thread").first.evaluate(gap) < 2


async def test_the_bots_formatting_is_shown(visitor: Visitor, hall: Theatre):
    """Entities become elements, also after signs that take two units; only web links are links."""
    await hall.bot.call(
        "sendMessage",
        chat_id=GROUP,
        parse_mode="HTML",
        text="📚 <b>规则</b> <i>斜</i> <code>+10</code> <tg-spoiler>甲</tg-spoiler>"
        ' <a href="https://example.org/">原文</a> <a href="tg://user?id=7002">刘伟</a><blockquote>一次就够</blockquote>',
    )

    text = visitor.bubble("规则").get_by_test_id("text")
    await expect(text.locator("b")).to_have_text("规则")
    await expect(text.locator("i")).to_have_text("斜")
    await expect(text.locator("code")).to_have_text("+10")
    await expect(text.locator("blockquote")).to_have_text("一次就够")
    await expect(text.locator("a")).to_have_attribute("href", "https://example.org/")
    await text.locator(".spoiler").click()
    await expect(text.locator(".spoiler")).to_have_class("spoiler shown")


async def test_a_link_to_the_bot_leads_into_the_private_chat(visitor: Visitor, hall: Theatre):
    """A deep link works as in Telegram, from a text and from a button."""
    link = f"https://t.me/{hall.sandbox.world.bot.username}?start=SF101"
    markup = {"inline_keyboard": [[{"text": "加入学习", "url": link}]]}
    await hall.bot.call("sendMessage", chat_id=GROUP, text="请点链接", reply_markup=markup)

    await visitor.key("加入学习").click()

    await expect(visitor.pane(ANNA).get_by_test_id("text")).to_have_text("/start SF101")
    await expect(visitor.chat(ANNA)).to_have_attribute("aria-current", "true")


async def test_the_bots_reactions_stand_under_a_message(visitor: Visitor, hall: Theatre):
    """And go when it takes them back."""
    said = await hall.stage.people[HOST].says("交了作业", hall.stage.group)
    react = {"chat_id": GROUP, "message_id": said.id}
    await hall.bot.call("setMessageReaction", **react, reaction=[{"type": "emoji", "emoji": "👍"}])
    await expect(visitor.bubble("交了作业").get_by_test_id("reactions")).to_have_text("👍")

    await hall.bot.call("setMessageReaction", **react, reaction=[])

    await expect(visitor.bubble("交了作业").get_by_test_id("reactions")).to_be_hidden()


async def test_photos_open_and_files_download(visitor: Visitor, hall: Theatre):
    """A photo keeps its place while it loads and opens in full; a file comes down under its name."""
    await hall.bot.upload("sendPhoto", "photo", picture(600, 400), "desk.png", chat_id=GROUP, caption="今日材料")
    await hall.bot.upload("sendDocument", "document", "题干,答案".encode(), "题库.csv", chat_id=GROUP)
    photo = visitor.bubble("今日材料").get_by_test_id("photo")
    box = await photo.bounding_box() or {}

    await photo.click()
    await expect(visitor.page.get_by_test_id("viewer")).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_test_id("viewer")).to_have_count(0)
    async with visitor.page.expect_download() as coming:
        await visitor.page.get_by_test_id("file").click()

    download = await coming.value
    assert box["width"] / box["height"] == pytest.approx(1.5, rel=0.02)
    assert download.suggested_filename == "题库.csv"
    assert await asyncio.to_thread((await download.path()).read_text, "utf-8") == "题干,答案"


async def test_a_deleted_message_goes(visitor: Visitor, hall: Theatre):
    """It disappears for everyone who looks."""
    sent = await hall.bot.call("sendMessage", chat_id=GROUP, text="误发")
    await expect(visitor.bubble("误发")).to_be_visible()

    await hall.bot.call("deleteMessage", chat_id=GROUP, message_id=sent["message_id"])

    await expect(visitor.message(GROUP, sent["message_id"])).to_have_count(0)


async def test_html_in_names_and_texts_stays_text(browser: Browser, hall: Theatre):
    """Nothing that people or bots call themselves or write is ever read as HTML."""
    evil = '<b>甲</b>&amp;<img src=x onerror="window.hurt=1">'
    mallory = await hall.town.person(evil, id=7099)
    group = await hall.town.group(evil, [mallory, hall.stage.people[ANNA]])
    hall.sandbox.scene["people"].append({"id": 7099, "name": evil, "part": evil})
    hall.sandbox.scene["title"] = evil
    await mallory.says(evil, group)
    await hall.bot.call("sendMessage", chat_id=group.id, text=evil, reply_markup=keys(((evil[:30], "x"),)))

    async with visiting(browser, hall.town.url, chat=group.id) as visitor:
        texts = visitor.pane(group.id).get_by_test_id("text")
        await expect(texts).to_have_text([evil, evil])
        await expect(visitor.page.locator(".pane-name h2").first).to_have_text(evil)
        await expect(visitor.page.locator(".msg .from").first).to_contain_text(evil)
        await expect(visitor.person(7099)).to_contain_text(evil)
        await expect(visitor.key("<b>甲</b>")).to_be_visible()
        assert await visitor.js("window.hurt") is None
        assert await visitor.page.locator(".app img:not(.brand img)").count() == 0


async def test_a_blocked_bot_can_be_let_in_again(browser: Browser, hall: Theatre):
    """In the private chat one can stop the bot; then there is nothing to write, only to restart it."""
    await hall.stage.people[ANNA].says("/start")
    async with visiting(browser, hall.town.url, chat=ANNA) as visitor:
        await visitor.page.get_by_role("button", name="停用机器人").click()
        await expect(visitor.composer).to_be_hidden()
        refused = await hall.sandbox.api.call("sendMessage", {"chat_id": ANNA, "text": "x"}, {})

        await visitor.page.get_by_role("button", name="重新启用").click()

        await expect(visitor.composer).to_be_visible()
        assert refused.status == 403


# ---- being somebody ----


async def test_another_person_sees_with_other_eyes(visitor: Visitor, hall: Theatre):
    """What was one's own is now somebody else's, and the private chat is another one, not yet begun."""
    await visitor.composer.fill("我是王芳")
    await visitor.composer.press("Enter")
    await expect(visitor.bubble("我是王芳")).to_have_class("msg own first last")

    await visitor.person(SUN).click()

    await expect(visitor.person(SUN)).to_have_attribute("aria-current", "true")
    await expect(visitor.bubble("我是王芳")).to_have_class("msg first last")
    await expect(visitor.bubble("我是王芳").locator(".from")).to_have_text("王芳")
    await visitor.chat(SUN).click()
    await visitor.page.get_by_role("button", name="开始", exact=True).click()
    await expect(visitor.bubble("欢迎,孙浩!")).to_be_visible()


async def test_a_draft_waits_in_its_chat(visitor: Visitor, hall: Theatre):
    """What one began to write to the group is not carried into another chat or to another person."""
    await visitor.composer.fill("没写完")

    await visitor.chat(ANNA).click()
    await expect(visitor.composer).to_have_value("")
    await visitor.chat(GROUP).click()

    await expect(visitor.composer).to_have_value("没写完")


async def test_what_was_not_seen_is_counted(visitor: Visitor, hall: Theatre):
    """A chat that is not open shows how many came; opening it clears the count, for the sandbox too."""
    await hall.stage.people[ANNA].says("/start")
    badge = visitor.chat(ANNA).get_by_test_id("unread")
    await expect(badge).to_have_text("1")

    await visitor.chat(ANNA).click()

    await expect(badge).to_be_hidden()
    await expect(visitor.bubble("欢迎,王芳!")).to_be_visible()
    unread = {chat["id"]: chat["unread"] for chat in await hall.stage.people[ANNA].chats()}
    assert unread[ANNA] == 0


async def test_the_language_of_the_page_can_be_switched(visitor: Visitor, hall: Theatre):
    """Chrome and dates change, the chat does not; the choice is kept."""
    await visitor.page.get_by_role("button", name="EN").click()

    await expect(visitor.page.get_by_role("button", name="Watch a contest")).to_be_visible()
    await expect(visitor.composer).to_have_attribute("placeholder", "Write a message…")
    await visitor.page.reload()
    await expect(visitor.page.get_by_role("heading", name="I am")).to_be_visible()
    assert await visitor.js("document.documentElement.lang") == "en"


async def test_a_hint_does_its_first_step(browser: Browser, hall: Theatre):
    """It makes one the person, opens the chat and puts the words into the composer."""
    async with visiting(browser, hall.town.url, who=SUN) as visitor:
        await visitor.page.get_by_test_id("hints").locator("summary").click()

        await visitor.page.get_by_role("button", name="以王芳的身份在私聊里签到").click()

        await expect(visitor.person(ANNA)).to_have_attribute("aria-current", "true")
        await expect(visitor.pane(ANNA).get_by_test_id("composer")).to_have_value("/checkin")


# ---- the screen ----


async def test_a_phone_shows_the_list_or_one_chat(browser: Browser, hall: Theatre):
    """Two views, with a way back by button and by the browser; nothing is wider than the screen."""
    async with visiting(browser, hall.town.url, size=PHONE, chat=None) as visitor:
        await expect(visitor.composer).to_be_hidden()
        await visitor.chat(GROUP).click()
        await expect(visitor.composer).to_be_visible()
        await expect(visitor.chat(GROUP)).to_be_hidden()

        await visitor.page.get_by_role("button", name="返回聊天列表").click()
        await expect(visitor.chat(GROUP)).to_be_visible()
        await visitor.chat(GROUP).click()
        await visitor.page.go_back()

        await expect(visitor.chat(GROUP)).to_be_visible()
        assert await visitor.js("document.documentElement.scrollWidth") == PHONE[0]


async def test_a_wide_screen_shows_group_and_private_chat(browser: Browser, hall: Theatre):
    """Side by side, each with its own composer; a message goes where it is written."""
    async with visiting(browser, hall.town.url, size=SCREEN) as visitor:
        group, private = visitor.pane(GROUP), visitor.pane(ANNA)
        await expect(group).to_be_visible()
        await expect(private).to_be_visible()

        await private.get_by_test_id("composer").fill("/start")
        await private.get_by_test_id("composer").press("Enter")

        await expect(private.get_by_test_id("message").filter(has_text="欢迎,王芳!")).to_be_visible()
        await expect(group.get_by_test_id("message")).to_have_count(0)


async def test_a_reader_of_old_messages_is_not_moved(visitor: Visitor, hall: Theatre):
    """New messages are counted on a button that leads to them."""
    for number in range(30):
        await hall.bot.call("sendMessage", chat_id=GROUP, text=f"第 {number} 条")
    await expect(visitor.bubble("第 29 条")).to_be_visible()
    thread = visitor.page.locator(".thread").first
    await thread.evaluate("(node) => { node.scrollTop = 40; }")
    newest = visitor.page.get_by_role("button", name="到最新消息").first
    await expect(newest).to_be_visible()

    await hall.bot.call("sendMessage", chat_id=GROUP, text="新的一条")

    await expect(newest).to_have_text("1")
    assert await thread.evaluate("(node) => node.scrollTop") == 40
    await newest.click()
    await expect(visitor.bubble("新的一条")).to_be_in_viewport()


async def test_older_messages_come_as_one_scrolls_up(browser: Browser, hall: Theatre):
    """A long chat opens with its newest part; reading upwards brings the rest without moving what is read."""
    for number in range(130):
        await hall.bot.call("sendMessage", chat_id=GROUP, text=f"第 {number} 条")
    async with visiting(browser, hall.town.url) as visitor:
        await expect(visitor.bubble("第 129 条")).to_be_in_viewport()
        await expect(visitor.page.get_by_test_id("message")).to_have_count(80)

        top = await visitor.js(SCROLL_UP)

        await expect(visitor.page.get_by_test_id("message")).to_have_count(130)
        moved = await visitor.bubble("第 53 条").evaluate("(node, top) => node.getBoundingClientRect().top - top", top)
        assert abs(moved) < 2
        assert await visitor.page.locator(".fresh").count() == 0


SCROLL_UP = """() => {
    document.querySelector(".thread").scrollTop = 100;
    const bubble = [...document.querySelectorAll(".msg")].find((node) => node.textContent.includes("第 53 条"));
    return bubble.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("refusal", ["cut", "error page"])
async def test_a_lost_connection_is_told_and_made_good(visitor: Visitor, hall: Theatre, refusal: str):
    """While it is lost a banner says so; afterwards what was missed is there, once."""
    journal = hall.sandbox.world.journal
    await visitor.page.route(
        "**/sandbox/events*", lambda route: route.abort() if refusal == "cut" else route.fulfill(status=502, body="no")
    )
    journal.close()
    banner = visitor.page.get_by_test_id("connection")
    await expect(banner).to_have_text("连接中断，正在重新连接…")
    await hall.bot.call("sendMessage", chat_id=GROUP, text="断线时说的话")

    journal.closed = False
    await visitor.page.unroute("**/sandbox/events*")

    await expect(visitor.bubble("断线时说的话")).to_be_visible(timeout=10_000)
    await expect(banner).to_be_hidden(timeout=10_000)
    await hall.bot.call("sendMessage", chat_id=GROUP, text="又通了")
    await expect(visitor.bubble("又通了")).to_be_visible()
    await expect(visitor.page.get_by_test_id("message")).to_have_count(2)
    visitor.complaints.clear()  # Chromium notes the cuts


async def test_a_sandbox_that_does_not_answer_is_named(browser: Browser, hall: Theatre):
    """A page without its sandbox says what to look at, and offers to try again."""
    async with visiting(browser, hall.town.url) as visitor:
        await visitor.page.route("**/sandbox/scene", lambda route: route.abort())
        await visitor.page.reload()
        await expect(visitor.page.get_by_role("alert")).to_contain_text("连不上沙盒")
        await visitor.page.unroute("**/sandbox/scene")

        await visitor.page.get_by_role("button", name="再试一次").click()

        await expect(visitor.composer).to_be_visible()
        visitor.complaints.clear()  # Chromium notes the cut


@pytest.mark.parametrize("size", [PHONE, SCREEN])
async def test_everything_that_can_be_pressed_has_a_name(browser: Browser, hall: Theatre, size: tuple[int, int]):
    """Buttons, links and fields can be found by those who do not see them."""
    await hall.bot.upload("sendPhoto", "photo", picture(), "desk.png", chat_id=GROUP)
    await hall.order(action="watch", count=1)
    async with visiting(browser, hall.town.url, size=size) as visitor:
        await visitor.page.get_by_test_id("photo").wait_for()

        nameless = await visitor.js(NAMELESS)

        assert nameless == []


NAMELESS = """() => [...document.querySelectorAll("button, a, textarea, [role=button]")]
    .filter((node) => node.checkVisibility() && !(node.getAttribute("aria-label") || node.textContent.trim()))
    .map((node) => node.outerHTML)"""


# ---- the contest that plays itself ----


async def seat_of(page: Page, user_id: int) -> str | None:
    """By whom the page says that a seat is played."""
    return await page.locator(f'[data-testid="seat"][data-person-id="{user_id}"]').get_attribute("data-played-by")


async def test_a_visitor_watches_takes_a_seat_and_wins_a_question(visitor: Visitor, hall: Theatre):
    """From the one button to the standings, with a buzz and an answer of one's own in between."""
    hall.bot.questions = hall.bot.questions[:1]
    await visitor.page.get_by_role("button", name="观看一场竞赛").click()
    await expect(visitor.page.get_by_test_id("live")).to_have_text("报名中")
    await hall.play_until(lambda: len(hall.bot.teams["乙队"]) == 3)

    await visitor.page.locator(f'[data-testid="seat"][data-person-id="{SUN}"]').click()
    await expect(visitor.person(SUN)).to_have_attribute("aria-current", "true")
    await hall.play_until(lambda: hall.bot.asked == 1)
    await expect(visitor.page.get_by_test_id("live")).to_have_text("第 1/3 题")
    await visitor.key("抢答").click()
    await expect(visitor.toast).to_have_text("抢到了!请在 3 秒内作答")
    await visitor.key("A. 人民代表大会制度").click()
    await expect(visitor.toast).to_have_text("答对了,+10")
    await hall.play_until(lambda: not hall.sandbox.players.playing)

    await expect(visitor.bubble("最终成绩")).to_be_visible()
    await expect(visitor.page.get_by_test_id("contest")).to_contain_text("上一场已结束")
    assert hall.bot.scores["乙队"] >= 10


async def test_a_seat_is_given_back_from_the_bar(visitor: Visitor, hall: Theatre):
    """The bar over the composer says who plays, and changes it."""
    await visitor.page.get_by_role("button", name="观看一场竞赛").click()
    bar = visitor.page.get_by_test_id("seat-bar").first
    await expect(bar).to_contain_text("王芳 正由自动玩家操作")
    await bar.get_by_role("button", name="由我来玩").click()
    await expect(bar).to_contain_text("请先按“加入 甲队”")
    taken = await seat_of(visitor.page, ANNA)

    await bar.get_by_role("button", name="交还座位").click()

    await expect(bar).to_contain_text("王芳 正由自动玩家操作")
    assert (taken, await seat_of(visitor.page, ANNA)) == ("visitor", "player")


async def test_a_contest_that_fails_says_why(visitor: Visitor, hall: Theatre):
    """What stopped the players stands on the card, and one can try again."""
    hall.bot.refuses = "没有这个题库"
    await visitor.page.get_by_role("button", name="观看一场竞赛").click()
    await expect(visitor.page.get_by_test_id("live")).to_be_visible()

    await hall.play_until(lambda: not hall.sandbox.players.playing)

    await expect(visitor.page.get_by_test_id("contest")).to_contain_text(
        "上一场中断了：机器人没有开放报名。 它说：“没有这个题库”"
    )
    await expect(visitor.page.get_by_role("button", name="观看一场竞赛")).to_be_visible()

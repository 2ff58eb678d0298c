"""Updates by webhook: secret, order for each person, many people at once, retried until they are taken."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
import pytest
from aiohttp import web

from sandbox import Sandbox
from sandbox.people import Group, Person, Town
from tests.sandbox.talking import Api, Refusal, keyboard, until

Answer = Callable[[dict[str, Any]], Awaitable[web.Response]]


class Hook:
    """The bot's own address; what it does with a post can be set."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answer = self.takes_it

    async def takes_it(self, _: dict[str, Any]) -> web.Response:
        return web.Response()

    async def post(self, request: web.Request) -> web.Response:
        update = orjson.loads(await request.read())
        self.got.append(update)
        self.headers.append(dict(request.headers))
        return await self.answer(update)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got if "text" in update.get("message", {})]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """An address that takes every update."""
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.post)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(api: Api, anna: Person, hook: Hook, sandbox: Sandbox) -> None:
    """What waited is posted too; then all is quiet without any poll."""
    await api("setWebhook", url=hook.url, secret_token="s3cret_-")

    await anna.says("hello")
    await sandbox.settled()

    assert hook.texts() == ["/start", "hello"]
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in hook.headers} == {"s3cret_-"}
    assert {headers["Content-Type"] for headers in hook.headers} == {"application/json"}
    assert sandbox.quiet


async def test_without_a_secret_no_header_is_sent(api: Api, anna: Person, hook: Hook, sandbox: Sandbox) -> None:
    """Telegram leaves the header out."""
    await api("setWebhook", url=hook.url)
    await sandbox.settled()

    assert all("X-Telegram-Bot-Api-Secret-Token" not in headers for headers in hook.headers)


async def test_a_post_is_repeated_until_it_is_taken(
    api: Api, anna: Person, hook: Hook, sandbox: Sandbox, town: Town
) -> None:
    """Anything but 2xx comes again; what comes after it from the same person waits; the trouble is reported."""
    codes = iter([500, 404, 302])

    async def grudgingly(_: dict[str, Any]) -> web.Response:
        return web.Response(status=next(codes, 200))

    hook.answer = grudgingly
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    await anna.says("one")
    await anna.says("two")
    assert not await town.quiet()
    await sandbox.settled()

    assert hook.texts() == ["one", "one", "one", "one", "two"]
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["pending_update_count"] == 0


async def test_nobody_listens(api: Api, anna: Person, sandbox: Sandbox, hook: Hook) -> None:
    """Updates wait, and the info says why; with the right address they come."""
    await api("setWebhook", url="http://127.0.0.1:9/hook")

    async def failed() -> bool:
        return "last_error_message" in await api("getWebhookInfo")

    await until(failed)
    info = await api("getWebhookInfo")
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)

    await api("setWebhook", url=hook.url)
    await sandbox.settled()

    assert hook.texts() == ["/start"]


async def test_people_are_served_side_by_side_each_in_order(
    api: Api, group: Group, anna: Person, bo: Person, hook: Hook, sandbox: Sandbox
) -> None:
    """A slow answer to one person's press holds up that person alone, in the same chat too."""
    await api("sendMessage", chat_id=group.id, text="?", reply_markup=keyboard({"抢答": "b"}))
    release = asyncio.Event()

    async def slow_with_anna(update: dict[str, Any]) -> web.Response:
        if update["callback_query"]["from"]["id"] == anna.id:
            await release.wait()
        return web.Response()

    hook.answer = slow_with_anna
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    first = await anna.presses("抢答", chat=group)
    second = await anna.presses("抢答", chat=group)
    third = await bo.presses("抢答", chat=group)
    await until(lambda: len(hook.got) == 2)

    assert [update["update_id"] for update in hook.got] == [first.update_id, third.update_id]
    release.set()
    await sandbox.settled()
    assert hook.got[-1]["update_id"] == second.update_id


async def test_no_more_posts_at_once_than_wanted(api: Api, town: Town, hook: Hook, sandbox: Sandbox) -> None:
    """max_connections is a limit."""
    busy = most = 0

    async def counted(_: dict[str, Any]) -> web.Response:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.001)
        busy -= 1
        return web.Response()

    hook.answer = counted
    await api("setWebhook", url=hook.url, max_connections=3)
    for n in range(12):
        await (await town.person(f"P{n}")).says("x")
    await sandbox.settled()

    assert len(hook.got) == 12
    assert most <= 3


async def test_polling_and_webhook_exclude_each_other(api: Api, anna: Person, hook: Hook, sandbox: Sandbox) -> None:
    """A webhook ends the poll that waits and forbids the next; deleting it lets updates wait again."""
    await api.confirm_all()
    poll = asyncio.create_task(api.updates(timeout=50))
    await sandbox.settled()

    await api("setWebhook", url=hook.url)
    with pytest.raises(Refusal, match="Conflict: terminated by setWebhook request"):
        await poll
    with pytest.raises(Refusal, match="Conflict: can't use getUpdates method while webhook is active") as refused:
        await api.updates()
    await api("deleteWebhook")
    await anna.says("polled")

    assert refused.value.code == 409
    assert (await api("getWebhookInfo"))["url"] == ""
    assert [update["message"]["text"] for update in await api.updates()] == ["polled"]


async def test_what_was_not_taken_is_there_for_the_poll(api: Api, anna: Person, hook: Hook) -> None:
    """Nothing is lost on the way from webhook to polling, unless it is dropped on purpose."""

    async def refuses(_: dict[str, Any]) -> web.Response:
        return web.Response(status=500)

    hook.answer = refuses
    await api("setWebhook", url=hook.url)
    await anna.says("kept")
    await until(lambda: bool(hook.got))

    await api("deleteWebhook")
    assert len(await api.updates()) == 2
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api.updates() == []


async def test_an_answer_may_be_a_call(api: Api, anna: Person, hook: Hook, sandbox: Sandbox, town: Town) -> None:
    """A method in the answer to a post is acted on."""

    async def replies(update: dict[str, Any]) -> web.Response:
        chat_id = update["message"]["chat"]["id"]
        return web.json_response({"method": "sendMessage", "chat_id": chat_id, "text": "by answer"})

    hook.answer = replies
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    await anna.says("hi")
    await sandbox.settled()

    assert (await anna.last()).text == "by answer"


async def test_an_answer_may_be_anything_else(api: Api, anna: Person, hook: Hook, sandbox: Sandbox) -> None:
    """Text, broken JSON, a list: the update was taken."""
    bodies = iter(["ok", "{", "[1]", '{"method": "sendMassage"}'])

    async def babbles(_: dict[str, Any]) -> web.Response:
        return web.Response(text=next(bodies), content_type="application/json")

    hook.answer = babbles
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    for n in range(4):
        await anna.says(str(n))
    await sandbox.settled()

    assert hook.texts() == ["0", "1", "2", "3"]


async def test_a_duplicate_and_a_redelivery_are_posted_again(
    api: Api, anna: Person, hook: Hook, sandbox: Sandbox, town: Town
) -> None:
    """At least once holds for webhooks too."""
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    await town.fault("duplicate")
    first = (await anna.says("twice")).update_id
    second = (await anna.says("once")).update_id
    assert first is not None
    await sandbox.settled()
    await town.redeliver(first)
    await sandbox.settled()

    assert [update["update_id"] for update in hook.got] == [first, first, second, first]


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "ftp://bot.example"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "bot.example"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "https://bot.example", "secret_token": "not allowed!"}, "secret token contains unallowed characters"),
        ({"url": "https://bot.example", "secret_token": "x" * 257}, "secret token contains unallowed characters"),
        ({"url": "https://bot.example", "max_connections": 101}, "max_connections must be from 1 to 100"),
        ({"url": "https://bot.example", "allowed_updates": ["mesage"]}, "unknown update type"),
    ],
)
async def test_wrong_webhooks(api: Api, params: dict[str, Any], refusal: str) -> None:
    """Refused, and none is set."""
    with pytest.raises(Refusal, match=refusal):
        await api("setWebhook", **params)

    assert (await api("getWebhookInfo"))["url"] == ""

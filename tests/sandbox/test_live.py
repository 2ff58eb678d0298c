"""What people see live: the stream of events, unread counts, the list of chats, the page's own calls."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import pytest

from sandbox import Running, Sandbox
from sandbox.people import Group, Person, Refused, Town
from tests.sandbox.talking import Api, keyboard, png


class Stream:
    """A person's event stream, read event by event."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.last_id = ""

    async def next(self) -> tuple[str, Any]:
        """The next event: its kind and its data."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(5):
            async for line in self._response.content:
                text = line.decode().rstrip("\n")
                if text:
                    name, _, value = text.partition(": ")
                    fields[name] = value
                elif "event" in fields:
                    self.last_id = fields["id"]
                    return fields["event"], orjson.loads(fields["data"])
                else:
                    fields.clear()
        raise AssertionError("the stream ended")


@asynccontextmanager
async def watching(town: Town, person: Person, session: aiohttp.ClientSession, **headers: str) -> AsyncIterator[Stream]:
    """Look on as this person; what happens from here on is seen."""
    address = f"{town.url}/sandbox/events?as={person.id}"
    async with session.get(
        address, headers={name.replace("_", "-"): text for name, text in headers.items()}
    ) as response:
        assert response.content_type == "text/event-stream"
        await response.content.readuntil(b"\n\n")
        yield Stream(response)


async def test_messages_edits_deletions_as_they_happen(
    api: Api, town: Town, anna: Person, session: aiohttp.ClientSession
) -> None:
    """Each as its own event, with the message as it is then."""
    async with watching(town, anna, session) as stream:
        sent = await api("sendMessage", chat_id=anna.id, text="3")
        await api("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="2")
        await api("deleteMessage", chat_id=anna.id, message_id=sent["message_id"])

        (first, new), (second, changed), (third, gone) = [await stream.next() for _ in range(3)]

    assert (first, second, third) == ("message", "edit", "delete")
    assert (new["text"], new["edits"], changed["text"], changed["edits"]) == ("3", 0, "2", 1)
    assert gone == {"chat_id": anna.id, "message_id": sent["message_id"]}


async def test_everyone_sees_their_own(
    api: Api, town: Town, anna: Person, bo: Person, group: Group, session: aiohttp.ClientSession
) -> None:
    """A toast reaches the presser alone, a private message its person alone, a group's message its members."""
    await api("sendMessage", chat_id=group.id, text="?", reply_markup=keyboard({"Go": "g"}))
    async with watching(town, anna, session) as hers, watching(town, bo, session) as his:
        await api("sendMessage", chat_id=anna.id, text="for her")
        press = await bo.presses("Go", chat=group)
        await api("answerCallbackQuery", callback_query_id=press.id, text="抢到了", show_alert=True)
        await anna.says("well", group)

        assert [kind for kind, _ in [await hers.next(), await hers.next()]] == ["message", "message"]
        kind, toast = await his.next()
        assert (await his.next())[1]["text"] == "well"

    assert kind == "toast"
    assert toast == {
        "callback_query_id": press.id,
        "chat_id": group.id,
        "message_id": press.message_id,
        "text": "抢到了",
        "show_alert": True,
        "url": None,
    }


async def test_a_reconnect_goes_on_where_it_broke_off(
    api: Api, town: Town, anna: Person, session: aiohttp.ClientSession
) -> None:
    """Last-Event-ID: what happened meanwhile comes first, nothing comes twice."""
    async with watching(town, anna, session) as stream:
        await anna.says("seen")
        await stream.next()
    await anna.says("missed")

    async with watching(town, anna, session, Last_Event_ID=stream.last_id) as again:
        await anna.says("live")
        texts = [(await again.next())[1]["text"] for _ in range(2)]

    assert texts == ["missed", "live"]


async def test_a_number_from_another_sandbox_is_no_place_to_go_on(
    town: Town, anna: Person, session: aiohttp.ClientSession
) -> None:
    """A page that outlived the sandbox it knew sees what happens now."""
    async with watching(town, anna, session, Last_Event_ID="999999") as stream:
        await anna.says("live")
        assert (await stream.next())[1]["text"] == "live"


async def test_new_chats_and_members_are_seen(
    town: Town, anna: Person, bo: Person, session: aiohttp.ClientSession
) -> None:
    """A group appears, somebody comes, somebody goes: who leaves hears of it too."""
    async with watching(town, anna, session) as hers, watching(town, bo, session) as his:
        group = await town.group("支部", [anna])
        await group.add(bo)
        await group.remove(bo)
        kinds = [(await hers.next())[0] for _ in range(7)]
        seen_by_bo = [await his.next() for _ in range(4)]

    assert kinds[0] == "chat"
    assert kinds.count("members") == 3
    assert [kind for kind, _ in seen_by_bo] == ["message", "members", "message", "members"]
    assert [data["status"] for kind, data in seen_by_bo if kind == "members"] == ["member", "left"]


async def test_a_stopping_server_ends_the_streams(
    running: Running, anna: Person, session: aiohttp.ClientSession
) -> None:
    """Nobody who looks on keeps the port open."""
    async with watching(Town(running.url, session), anna, session) as stream:
        async with asyncio.timeout(5):
            await running.stop()

        with pytest.raises(AssertionError, match="the stream ended"):
            await stream.next()


async def test_a_stranger_sees_no_stream(town: Town) -> None:
    """One has to be somebody."""
    with pytest.raises(Refused, match="there is no user 5"):
        await town.ask("GET", "/events", params={"as": 5})


async def test_the_list_of_chats(api: Api, town: Town, anna: Person, group: Group) -> None:
    """The liveliest first, with the last message and what is unread; reading clears it."""
    quiet_group = await town.group("安静", [anna], bot=False)
    await api("sendMessage", chat_id=group.id, text="one")
    await api("sendMessage", chat_id=group.id, text="two")

    chats = {chat["id"]: chat for chat in await anna.chats()}

    assert set(chats) == {anna.id, group.id, quiet_group.id}
    assert list(chats)[-1] == quiet_group.id
    assert (chats[group.id]["last_message"]["text"], chats[group.id]["unread"]) == ("two", 2)
    assert chats[group.id]["members"] == 3
    assert (chats[quiet_group.id]["last_message"], chats[quiet_group.id]["unread"]) == (None, 0)
    await town.ask("POST", f"/chats/{group.id}/read", json={"as": anna.id})
    assert {chat["unread"] for chat in await anna.chats()} == {0}


async def test_messages_in_pages(api: Api, town: Town, anna: Person) -> None:
    """The newest by default, or those after one; deleted ones are marked, not missing."""
    for n in range(5):
        await anna.says(str(n))
    ids = [message.id for message in await anna.messages()]
    await api("deleteMessage", chat_id=anna.id, message_id=ids[-2])

    path = f"/chats/{anna.id}/messages"
    newest = await town.ask("GET", path, params={"as": anna.id, "limit": 2})
    later = await town.ask("GET", path, params={"as": anna.id, "after": ids[0], "limit": 2})

    assert [(one["text"], one["deleted"]) for one in newest] == [("3", True), ("4", False)]
    assert [one["text"] for one in later] == ["0", "1"]
    assert [one.id for one in await anna.messages(after=ids[-3])] == [ids[-1]]


async def test_buttons_by_place(api: Api, town: Town, anna: Person) -> None:
    """Row and column, both from 0."""
    sent = await api("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard({"a": "1", "b": "2"}, {"c": "3"}))
    await api.confirm_all()
    wish = {"from": anna.id, "chat_id": anna.id, "message_id": sent["message_id"]}

    await town.ask("POST", "/press", json={**wish, "row": 0, "col": 1})
    with pytest.raises(Refused, match="has no button in row 1, column 1"):
        await town.ask("POST", "/press", json={**wish, "row": 1, "col": 1})

    assert [one["callback_query"]["data"] for one in await api.updates()] == ["2"]


async def test_a_whole_label_wins_over_a_beginning(api: Api, anna: Person) -> None:
    """``A`` is the button ``A``, not ``Apple``; the newest message with such a button is meant."""
    await api("sendMessage", chat_id=anna.id, text="old", reply_markup=keyboard({"A": "old"}))
    await api("sendMessage", chat_id=anna.id, text="new", reply_markup=keyboard({"Apple": "1", "A": "2"}))
    await api("sendMessage", chat_id=anna.id, text="newest", reply_markup=keyboard({"B": "3"}))
    await api.confirm_all()

    await anna.presses("A")
    await anna.presses("Ap")

    assert [one["callback_query"]["data"] for one in await api.updates()] == ["2", "1"]


async def test_the_scene_is_what_was_set(town: Town, sandbox: Sandbox) -> None:
    """The page asks what the demo shows."""
    sandbox.scene = {"title": "示范", "people": [{"id": 1, "name": "A", "part": "host"}]}

    assert await town.ask("GET", "/scene") == sandbox.scene


async def test_the_page_and_its_parts_are_served(running: Running, session: aiohttp.ClientSession) -> None:
    """``/`` is the page; what is no part of it is not served."""
    async with session.get(f"{running.url}/") as response:
        assert (response.status, response.content_type) == (200, "text/html")
    async with session.get(f"{running.url}/static/../server.py") as response:
        assert response.status == 404


async def test_people_and_files_of_the_town(town: Town, anna: Person, bo: Person) -> None:
    """Everyone who is there, and the bytes that they sent."""
    await anna.sends(png(10, 10), "p.png", kind="photo")
    seen = await anna.last()

    assert [person.name for person in await town.people()] == ["Anna", "Bo"]
    assert seen.file is not None
    assert await town.file(seen.file) == png(10, 10)
    with pytest.raises(Refused, match="there is no file"):
        await town.file("none")

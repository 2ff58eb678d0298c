"""Chats, members, pins, and what the bot says of itself."""

from typing import Any

import pytest

from sandbox.people import Group, Person, Refused, Town
from tests.sandbox.talking import Api, Refusal


async def test_what_the_bot_can_know_of_a_group(api: Api, town: Town, group: Group, anna: Person, bo: Person) -> None:
    """Owner, administrators, count, and the part of anyone."""
    carl = await town.person("Carl")
    await group.add(bo, status="administrator")

    chat = await api("getChat", chat_id=group.id)
    administrators = await api("getChatAdministrators", chat_id=group.id)

    assert (chat["title"], chat["type"]) == ("第一支部", "supergroup")
    assert [(one["user"]["first_name"], one["status"]) for one in administrators] == [
        ("Anna", "creator"),
        ("Bo", "administrator"),
    ]
    assert await api("getChatMemberCount", chat_id=group.id) == 3
    assert (await api("getChatMember", chat_id=group.id, user_id=carl.id))["status"] == "left"
    with pytest.raises(Refusal, match="member not found"):
        await api("getChatMember", chat_id=group.id, user_id=5)
    with pytest.raises(Refusal, match="there are no administrators in the private chat"):
        await api("getChatAdministrators", chat_id=anna.id)


async def test_a_stranger_is_no_chat(api: Api, town: Town) -> None:
    """Who never wrote is not known to the bot."""
    carl = await town.person("Carl")

    with pytest.raises(Refusal, match="chat not found"):
        await api("getChat", chat_id=carl.id)


async def test_a_group_is_found_by_its_name(api: Api, town: Town, anna: Person) -> None:
    """@username of a public group."""
    raw = await town.ask("POST", "/chats", json={"title": "公开", "members": [anna.id], "username": "study_open"})

    message = await api("sendMessage", chat_id="@Study_Open", text="x")

    assert message["chat"]["id"] == raw["id"]


async def test_the_bot_leaves(api: Api, group: Group) -> None:
    """Afterwards it is no member, in the words for that."""
    await api("leaveChat", chat_id=group.id)

    with pytest.raises(Refusal, match="Forbidden: bot is not a member of the supergroup chat"):
        await api("sendMessage", chat_id=group.id, text="x")


async def test_a_group_without_the_bot_does_not_exist_for_it(api: Api, town: Town, anna: Person) -> None:
    """And it hears nothing of it."""
    await api.confirm_all()
    group = await town.group("私下", [anna], bot=False)
    await anna.says("psst", group)

    with pytest.raises(Refusal, match="chat not found"):
        await api("sendMessage", chat_id=group.id, text="x")
    assert await api.updates() == []


async def test_pinning_needs_an_administrator(api: Api, group: Group, anna: Person) -> None:
    """Then the message is held, a service message says so, and it can be let go."""
    sent = await api("sendMessage", chat_id=group.id, text="规则")
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    with pytest.raises(Refusal, match="not enough rights to manage pinned messages in the chat"):
        await api("pinChatMessage", **where)
    await group.set_bot("administrator")

    await api("pinChatMessage", **where)

    assert (await api("getChat", chat_id=group.id))["pinned_message"]["text"] == "规则"
    assert (await anna.last(group)).raw["pinned_message"]["message_id"] == sent["message_id"]
    await api("unpinChatMessage", chat_id=group.id)
    assert "pinned_message" not in await api("getChat", chat_id=group.id)
    with pytest.raises(Refusal, match="message to unpin not found"):
        await api("unpinChatMessage", **where)


async def test_who_left_says_and_sees_nothing(town: Town, group: Group, bo: Person) -> None:
    """Leaving is leaving; coming back shows the chat again."""
    await group.remove(bo)

    with pytest.raises(Refused, match="is not in chat"):
        await bo.says("hello?", group)
    with pytest.raises(Refused, match="is not in chat"):
        await bo.messages(group)
    assert group.id not in [chat["id"] for chat in await bo.chats()]
    await group.add(bo)
    assert (await bo.last(group)).raw["new_chat_members"][0]["first_name"] == "Bo"


async def test_commands_by_scope_and_language(api: Api, town: Town, anna: Person, group: Group) -> None:
    """Everyone sees the narrowest menu that there is for them, in their language if there is one."""

    async def set_to(name: str, **where: Any) -> None:
        await api("setMyCommands", commands=[{"command": name, "description": "x"}], **where)

    async def seen(chat_id: int) -> list[str]:
        found = await town.ask("GET", "/commands", params={"as": anna.id, "chat_id": chat_id})
        return [one["command"] for one in found]

    await set_to("plain")
    assert await seen(anna.id) == ["plain"]
    await set_to("chinese", language_code="zh")
    assert await seen(anna.id) == ["chinese"]
    await set_to("groups", scope={"type": "all_group_chats"})
    assert (await seen(group.id), await seen(anna.id)) == (["groups"], ["chinese"])
    await set_to("admins", scope={"type": "all_chat_administrators"})
    assert await seen(group.id) == ["admins"]
    await set_to("hers", scope={"type": "chat_member", "chat_id": group.id, "user_id": anna.id})
    assert await seen(group.id) == ["hers"]

    assert [one["command"] for one in await api("getMyCommands")] == ["plain"]
    await api("deleteMyCommands", scope={"type": "chat_member", "chat_id": group.id, "user_id": anna.id})
    assert await seen(group.id) == ["admins"]


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "签到", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": "x" * 257}]}, "command description length"),
        ({"commands": [{"command": "a", "description": " "}]}, "command description must be non-empty"),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [{"command": "a"}]}, 'field "description" of BotCommand is missing'),
        ({"commands": [], "language_code": "zh-CN"}, "invalid language_code specified"),
        ({"commands": [], "scope": {"type": "world"}}, 'unknown type "world"'),
        ({"commands": [], "scope": {"type": "chat", "chat_id": -5}}, "chat not found"),
        ({}, 'parameter "commands" is required'),
    ],
)
async def test_wrong_command_menus(api: Api, params: dict[str, Any], refusal: str) -> None:
    """Telegram refuses the whole menu for one bad line."""
    with pytest.raises(Refusal, match=refusal):
        await api("setMyCommands", **params)


async def test_names_and_descriptions_by_language(api: Api) -> None:
    """A language without its own text has the one for everyone; nothing given takes it back."""
    await api("setMyName", name="学习助手", language_code="zh")
    await api("setMyDescription", description="Study together.")
    await api("setMyShortDescription", short_description="Study.")

    assert await api("getMyName", language_code="zh") == {"name": "学习助手"}
    assert await api("getMyName", language_code="de") == {"name": "Studyhall"}
    assert await api("getMyDescription", language_code="zh") == {"description": "Study together."}
    assert await api("getMyShortDescription") == {"short_description": "Study."}
    await api("setMyName", language_code="zh")
    assert await api("getMyName", language_code="zh") == {"name": "Studyhall"}
    for method, name, limit in [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ]:
        await api(method, **{name: "x" * limit})
        with pytest.raises(Refusal, match="is too long"):
            await api(method, **{name: "x" * (limit + 1)})


async def test_the_menu_button(api: Api, anna: Person) -> None:
    """One for everyone, another for one person."""
    await api("setChatMenuButton", menu_button={"type": "commands"})
    await api("setChatMenuButton", chat_id=anna.id, menu_button={"type": "default"})

    assert await api("getChatMenuButton") == {"type": "commands"}
    assert await api("getChatMenuButton", chat_id=anna.id) == {"type": "default"}


async def test_nobody_has_a_picture(api: Api, anna: Person) -> None:
    """An empty list, not an error."""
    assert await api("getUserProfilePhotos", user_id=anna.id) == {"total_count": 0, "photos": []}
    with pytest.raises(Refusal, match="user not found"):
        await api("getUserProfilePhotos", user_id=5)


@pytest.mark.parametrize(
    ("path", "wish", "problem"),
    [
        ("/users", {}, '"first_name" is missing'),
        ("/users", {"first_name": " "}, "a person needs a first name"),
        ("/users", {"first_name": 5}, '"first_name" has to be a text'),
        ("/users", {"first_name": "A", "id": -5}, "the id of a person is positive"),
        ("/users", {"first_name": "A", "id": "five"}, '"id" has to be a whole number'),
        ("/users", {"first_name": "A", "username": "ANNA_study"}, "the username ANNA_study is taken"),
        ("/chats", {"title": "x", "members": [5]}, "there is no user 5"),
        ("/chats", {"title": "x", "members": "all"}, '"members" has to be a list'),
        ("/chats", {"title": "x", "type": "channel"}, "the type of a chat"),
        ("/chats", {"title": "x", "id": 5}, "the id of a group is negative"),
        ("/chats", {"title": " "}, "a group needs a title"),
        ("/chats/-5/upgrade", {}, "there is no chat -5"),
        ("/chats/x/upgrade", {}, "there is no x"),
        ("/block", {"user_id": 5}, "there is no user 5"),
        ("/block", {"user_id": 5, "blocked": "yes"}, '"blocked" has to be true or false'),
        ("/faults", {"kind": "flood"}, 'there is no fault "flood"'),
        ("/faults", {"kind": "lost", "often": 3}, 'a fault has no "often"'),
        ("/faults", {"kind": "lost", "seconds": -1}, '"seconds" has to be a number of seconds'),
        ("/redeliver", {"update_ids": [5]}, "there was no update 5"),
        ("/press", {"from": 1}, '"chat_id" is missing'),
    ],
)
async def test_wrong_wishes_of_people(town: Town, anna: Person, path: str, wish: dict[str, Any], problem: str) -> None:
    """One plain sentence each, and nothing happens."""
    with pytest.raises(Refused, match=problem):
        await town.ask("POST", path, json=wish)


async def test_ids_and_names_are_taken_once(town: Town, anna: Person, group: Group) -> None:
    """Neither a person nor a chat is made twice; an upgraded group is gone."""
    with pytest.raises(Refused, match="exists already"):
        await town.person("Anna", id=anna.id)
    with pytest.raises(Refused, match="exists already"):
        await town.group("x", [anna], id=group.id)
    with pytest.raises(Refused, match="only a group can become a supergroup"):
        await group.upgrade()
    small = await town.group("小组", [anna], type="group")
    await small.upgrade()
    for act in (anna.says("hm", small), small.upgrade(), small.set_bot("kicked"), small.remove(anna)):
        with pytest.raises(Refused, match="became the supergroup"):
            await act


async def test_what_a_person_may_not_write(anna: Person, bo: Person) -> None:
    """Nothing empty, nothing too long, no edit of others' words, nothing to whom they blocked."""
    for act, problem in [
        (anna.says(" "), "a message needs text"),
        (anna.says("x" * 4097), "at most 4096 characters"),
        (anna.sends(b"x", "x", caption="x" * 1025), "at most 1024 characters"),
        (anna.says("x", reply_to=999), "there is no message 999 to reply to"),
    ]:
        with pytest.raises(Refused, match=problem):
            await act
    sent = await anna.says("mine")
    with pytest.raises(Refused, match="was not written by"):
        await anna.town.ask(
            "POST", f"/chats/{anna.id}/messages/{sent.id - 1000}/edit", json={"from": anna.id, "text": "x"}
        )
    await bo.blocks()
    with pytest.raises(Refused, match="has to unblock it first"):
        await bo.says("x")

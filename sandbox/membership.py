"""Who comes, goes, blocks the bot or throws it out, and how a group becomes a supergroup."""

from __future__ import annotations

from dataclasses import replace

from sandbox import wire
from sandbox.errors import NotPossible
from sandbox.model import PRESENT, Chat, ChatType, Status
from sandbox.world import World


def begin_chat(
    world: World,
    chat_type: ChatType,
    title: str,
    members: list[int],
    *,
    chat_id: int | None = None,
    username: str = "",
    bot: Status | None = "member",
) -> Chat:
    """A group with its people, the first of them its owner, and the bot if it is wanted.

    Raises:
        NotPossible: somebody does not exist, or the id is taken.
    """
    for user_id in members:
        known_user(world, user_id)
    chat = world.add_chat(chat_type, title, chat_id=chat_id, username=username)
    for user_id in members:
        chat.set_part(user_id, "member")
    if members:
        chat.set_part(members[0], "creator")
    world.journal.write("chat", wire.chat(world, chat), chat_id=chat.id)
    if bot:
        set_bot(world, chat, bot)
    return chat


def known_user(world: World, user_id: int) -> None:
    """Make sure that there is such a person.

    Raises:
        NotPossible: there is not.
    """
    if user_id not in world.users or user_id == world.bot.id:
        raise NotPossible(f"there is no user {user_id}")


def set_member(world: World, chat: Chat, user_id: int, status: Status, *, by: int | None = None) -> None:
    """Somebody joins, leaves, or gets another part.

    Raises:
        NotPossible: there is no such person, or the chat is private or gone.
    """
    known_user(world, user_id)
    _is_group(chat)
    old = chat.members.get(user_id, "left")
    if old == status:
        return
    acting = user_id if by is None else by
    leaving = status not in PRESENT
    audience = chat.present | {user_id}
    person = wire.user(world.users[user_id])
    if leaving and old in PRESENT:
        world.post(chat, acting, service={"left_chat_member": person})
    chat.set_part(user_id, status)
    if not leaving and old not in PRESENT:
        world.post(chat, acting, service={"new_chat_members": [person]})
    world.journal.write("members", {"chat_id": chat.id, "user": person, "status": status}, only=audience)
    # Telegram tells of other people's parts only bots that are administrators and asked for it.
    if chat.members.get(world.bot.id) == "administrator":
        world.tell("chat_member", wire.member_updated(world, chat, acting, user_id, old, status), acting)


def set_bot(world: World, chat: Chat, status: Status, *, by: int | None = None) -> None:
    """The bot is added, made administrator or thrown out.

    Raises:
        NotPossible: the chat is private or gone.
    """
    _is_group(chat)
    old = chat.members.get(world.bot.id, "left")
    if old == status:
        return
    acting = by if by is not None else _somebody(world, chat)
    bot = wire.user(world.bot)
    if status not in PRESENT and old in PRESENT and acting != world.bot.id:
        world.post(chat, acting, service={"left_chat_member": bot})
    chat.set_part(world.bot.id, status)
    world.tell("my_chat_member", wire.member_updated(world, chat, acting, world.bot.id, old, status), acting)
    if status in PRESENT and old not in PRESENT:
        world.post(chat, acting, service={"new_chat_members": [bot]})
    world.journal.write("members", {"chat_id": chat.id, "user": bot, "status": status}, chat_id=chat.id)


def bot_leaves(world: World, chat: Chat) -> None:
    """The bot goes by itself."""
    old = chat.members.get(world.bot.id, "left")
    world.post(chat, world.bot.id, service={"left_chat_member": wire.user(world.bot)})
    chat.set_part(world.bot.id, "left")
    world.tell("my_chat_member", wire.member_updated(world, chat, world.bot.id, world.bot.id, old, "left"), chat.id)
    bot = wire.user(world.bot)
    world.journal.write("members", {"chat_id": chat.id, "user": bot, "status": "left"}, chat_id=chat.id)


def set_blocked(world: World, user_id: int, blocked: bool) -> None:
    """Somebody stops the bot, or lets it talk again.

    Raises:
        NotPossible: there is no such person.
    """
    known_user(world, user_id)
    chat = world.chats[user_id]
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    old: Status = "member" if blocked else "kicked"
    new: Status = "kicked" if blocked else "member"
    world.tell("my_chat_member", wire.member_updated(world, chat, user_id, world.bot.id, old, new), user_id)
    world.journal.write("chat", {**wire.chat(world, chat), "blocked": blocked}, chat_id=user_id)


def deactivate(world: World, user_id: int) -> None:
    """Somebody deletes their account: gone from every group, out of reach in private. Bots are not told.

    Raises:
        NotPossible: there is no such person.
    """
    known_user(world, user_id)
    for chat in world.chats.values():
        if chat.type != "private" and chat.migrated_to is None and chat.holds(user_id):
            chat.set_part(user_id, "left")
    world.chats[user_id].deactivated = True


def upgrade(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup: a new id, the same people, message ids from the beginning.

    Raises:
        NotPossible: it is no group, or was upgraded before.
    """
    if chat.type != "group":
        raise NotPossible("only a group can become a supergroup")
    _is_group(chat)
    acting = _somebody(world, chat)
    new = world.add_chat("supergroup", chat.title)
    for user_id, status in chat.members.items():
        new.set_part(user_id, status)
    world.post(chat, acting, service={"migrate_to_chat_id": new.id})
    chat.migrated_to = new.id
    world.journal.write("chat", {**wire.chat(world, chat), "migrated_to": new.id}, chat_id=chat.id)
    world.journal.write("chat", wire.chat(world, new), chat_id=new.id)
    world.post(new, acting, service={"migrate_from_chat_id": chat.id})
    return new


def pin(world: World, chat: Chat, message_id: int, by: int) -> None:
    """A message is held at the top, and a service message says so."""
    message = chat.messages[message_id]
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    chat.pinned.append(message_id)
    world.post(chat, by, service={"pinned_message": wire.message(world, replace(message, reply_to=None), nested=True)})


def _is_group(chat: Chat) -> None:
    if chat.type == "private":
        raise NotPossible("a private chat has no members to change")
    if chat.migrated_to is not None:
        raise NotPossible(f"the group became the supergroup {chat.migrated_to}")


def _somebody(world: World, chat: Chat) -> int:
    """Who does what nobody in particular is said to do: the owner, or whoever is there first."""
    present = [user_id for user_id in chat.members if chat.holds(user_id) and user_id != world.bot.id]
    owners = [user_id for user_id in present if chat.members[user_id] == "creator"]
    return (owners or present or [world.bot.id])[0]

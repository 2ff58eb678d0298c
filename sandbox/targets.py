"""Which chat and which message a call means, and whether the bot may go there."""

from __future__ import annotations

from typing import Any

from sandbox.asked import Asked
from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.model import ADMINISTRATORS, Chat, Message
from sandbox.params import missing
from sandbox.world import World


def known_chat(asked: Asked, name: str = "chat_id") -> Chat:
    """A chat that the bot has met.

    Raises:
        ApiError: 400, there is none, or it became a supergroup; 403, the bot was thrown out.
    """
    given = asked.get(name)
    if given is None:
        raise missing(name)
    chat = found_chat(asked.world, given)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.type != "private" and not chat.holds(asked.world.bot.id):
        raise _not_inside(asked.world, chat)
    return chat


def writable_chat(asked: Asked, name: str = "chat_id") -> Chat:
    """A chat in which the bot may speak.

    Raises:
        ApiError: as :func:`known_chat`; 403, the person never wrote, blocked the bot or deleted their account.
    """
    chat = known_chat(asked, name)
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.type == "private" and not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def found_chat(world: World, given: Any) -> Chat | None:
    """The chat with this id or this @username."""
    if isinstance(given, int):
        return world.chats.get(given)
    name = str(given).removeprefix("@").lower()
    if not str(given).startswith("@"):
        return None
    return next((one for one in world.chats.values() if one.username and one.username.lower() == name), None)


def own_message(asked: Asked, chat: Chat, words: str) -> Message:
    """The bot's own message that a call wants to change.

    Args:
        words: what is done to it, as in ``message to edit not found``.

    Raises:
        ApiError: 400, there is none or it is somebody else's.
    """
    message = some_message(asked, chat, words)
    if message.sender != asked.world.bot.id or message.service:
        raise bad_request("message can't be edited")
    return message


def some_message(asked: Asked, chat: Chat, words: str) -> Message:
    """Any message of a chat.

    Raises:
        ApiError: 400, there is none.
    """
    message_id = asked.get("message_id")
    if message_id is None:
        raise missing("message_id")
    message = chat.message(message_id)
    if message is None:
        raise bad_request(f"message to {words} not found")
    return message


def is_administrator(asked: Asked, chat: Chat) -> bool:
    """Whether the bot has an administrator's rights there; in a private chat it needs none."""
    return chat.type == "private" or chat.members.get(asked.world.bot.id) in ADMINISTRATORS


def _not_inside(world: World, chat: Chat) -> ApiError:
    match chat.members.get(world.bot.id):
        case "kicked":
            return forbidden(f"bot was kicked from the {chat.type} chat")
        case "left":
            return forbidden(f"bot is not a member of the {chat.type} chat")
        case _:
            return bad_request("chat not found")

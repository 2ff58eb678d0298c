"""What a person can do in a chat: write, edit, send a file, press a button, react."""

from __future__ import annotations

from typing import Any

from sandbox import wire
from sandbox.errors import NotPossible
from sandbox.limits import CALLBACK_DATA_BYTES, CAPTION_LENGTH, TEXT_LENGTH
from sandbox.model import Chat, Media, Message
from sandbox.queries import Query
from sandbox.text.formatted import Formatted
from sandbox.text.reading import plain
from sandbox.world import World


def writes(
    world: World, chat: Chat, user_id: int, text: str, *, reply_to: int | None = None
) -> tuple[Message, int | None]:
    """A person says something; the message and the update that tells the bot.

    Raises:
        NotPossible: not in this chat, or no text that a client would send.
    """
    may_write(world, chat, user_id, reply_to)
    said = _typed(text, TEXT_LENGTH, "message")
    if not said.text:
        raise NotPossible("a message needs text")
    return _sent(world, chat, user_id, text=said, reply_to=reply_to)


def sends_file(
    world: World, chat: Chat, user_id: int, media: Media, *, caption: str = "", reply_to: int | None = None
) -> tuple[Message, int | None]:
    """A person sends a photo, a file, a voice message.

    Raises:
        NotPossible: not in this chat, or the caption is too long.
    """
    may_write(world, chat, user_id, reply_to)
    said = _typed(caption, CAPTION_LENGTH, "caption")
    return _sent(world, chat, user_id, text=said if said.text else None, media=media, reply_to=reply_to)


def edits(world: World, chat: Chat, user_id: int, message_id: int, text: str) -> tuple[Message, int | None]:
    """A person changes what they wrote; the message and the update that tells the bot.

    Raises:
        NotPossible: it is not theirs, or the text is none.
    """
    message = _theirs(world, chat, user_id, message_id)
    limit, words = (CAPTION_LENGTH, "caption") if message.media else (TEXT_LENGTH, "message")
    said = _typed(text, limit, words)
    if not said.text and not message.media:
        raise NotPossible("a message needs text")
    edited = world.edit(message, text=said if said.text else None)
    update_id = None
    if world.bot_hears(chat, edited):
        update_id = world.tell("edited_message", wire.message(world, edited), user_id)
    return edited, update_id


def deletes(world: World, chat: Chat, user_id: int, message_id: int) -> None:
    """A person takes back what they wrote; bots are not told of it.

    Raises:
        NotPossible: it is not theirs.
    """
    world.delete(_theirs(world, chat, user_id, message_id))


def presses(world: World, chat: Chat, user_id: int, message_id: int, data: str) -> tuple[Query, int | None]:
    """A person presses a button with this data under a message of the bot.

    Raises:
        NotPossible: the message is not there, or no client could send this.
    """
    _is_there(world, chat, user_id)
    message = chat.message(message_id)
    if message is None:
        raise NotPossible(f"there is no message {message_id}")
    if message.sender != world.bot.id:
        raise NotPossible(f"message {message_id} is not the bot's, so it has no buttons")
    if not 1 <= len(data.encode("utf-8", "replace")) <= CALLBACK_DATA_BYTES:
        raise NotPossible(f"callback data has 1 to {CALLBACK_DATA_BYTES} bytes")
    query = world.queries.open(user_id, chat.id, message_id, data)
    payload = {
        "id": query.id,
        "from": wire.user(world.users[user_id]),
        "message": wire.message(world, message),
        "chat_instance": str(chat.id * 7_919 & 0x7FFF_FFFF_FFFF_FFFF),
        "data": data,
    }
    update_id = world.tell("callback_query", payload, user_id) if chat.holds(world.bot.id) else None
    return query, update_id


def button(chat: Chat, label: str, message_id: int | None) -> tuple[Message, dict[str, Any]]:
    """The button with this label, or the first whose label begins so; by default in the newest message that has one.

    Raises:
        NotPossible: there is none.
    """
    if message_id is not None:
        message = chat.message(message_id)
        if message is None:
            raise NotPossible(f"there is no message {message_id}")
        candidates = [message]
    else:
        candidates = [one for one in reversed(chat.messages.values()) if one.markup and not one.deleted]
    for message in candidates:
        for fits in (str.__eq__, str.startswith):
            for one in flat(message):
                if fits(one["text"], label):
                    return message, one
    seen = ", ".join(one["text"] for one in flat(candidates[0])) if candidates else ""
    raise NotPossible(f'there is no button "{label}"' + (f"; the newest buttons are: {seen}" if seen else ""))


def at_place(message: Message, row: int, column: int) -> dict[str, Any]:
    """The button in this row and column, both from 0.

    Raises:
        NotPossible: there is none.
    """
    rows = message.markup["inline_keyboard"] if message.markup else []
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise NotPossible(f"message {message.id} has no button in row {row}, column {column}")
    found: dict[str, Any] = rows[row][column]
    return found


def data_of(pressed: dict[str, Any]) -> str:
    """What a button sends.

    Raises:
        NotPossible: it sends nothing to the bot.
    """
    data = pressed.get("callback_data")
    if data is None:
        kinds = ", ".join(name for name in pressed if name != "text")
        raise NotPossible(f'the button "{pressed["text"]}" sends nothing to the bot: it is a {kinds} button')
    return str(data)


def flat(message: Message) -> list[dict[str, Any]]:
    """The buttons of a message, row by row."""
    return [one for row in message.markup["inline_keyboard"] for one in row] if message.markup else []


def _sent(world: World, chat: Chat, user_id: int, **content: Any) -> tuple[Message, int | None]:
    chat.started = True
    return world.post(chat, user_id, **content)


def _typed(text: str, limit: int, words: str) -> Formatted:
    said = plain(text)
    if len(said.text) > limit:
        raise NotPossible(f"a {words} has at most {limit} characters")
    return said


def _is_there(world: World, chat: Chat, user_id: int) -> None:
    if user_id not in world.users or user_id == world.bot.id:
        raise NotPossible(f"there is no user {user_id}")
    if world.chats[user_id].deactivated:
        raise NotPossible(f"user {user_id} deleted their account")
    if chat.migrated_to is not None:
        raise NotPossible(f"the group became the supergroup {chat.migrated_to}")
    if not chat.holds(user_id):
        raise NotPossible(f"user {user_id} is not in chat {chat.id}")
    if chat.blocked:
        raise NotPossible(f"user {user_id} blocked the bot and has to unblock it first")


def may_write(world: World, chat: Chat, user_id: int, reply_to: int | None) -> None:
    """Make sure that a person can write here.

    Raises:
        NotPossible: not in this chat, or there is nothing to reply to.
    """
    _is_there(world, chat, user_id)
    if reply_to is not None and chat.message(reply_to) is None:
        raise NotPossible(f"there is no message {reply_to} to reply to")


def _theirs(world: World, chat: Chat, user_id: int, message_id: int) -> Message:
    _is_there(world, chat, user_id)
    message = chat.message(message_id)
    if message is None or message.sender != user_id or message.service:
        raise NotPossible(f"message {message_id} was not written by user {user_id}")
    return message

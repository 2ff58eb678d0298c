"""Chats and who is in them; pinned messages."""

from __future__ import annotations

from typing import Any

from sandbox import membership, wire
from sandbox.asked import Asked, acts_on
from sandbox.errors import bad_request
from sandbox.model import ADMINISTRATORS, Chat
from sandbox.targets import is_administrator, known_chat, some_message, writable_chat

_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@acts_on("getChat")
def get_chat(asked: Asked) -> dict[str, Any]:
    """Everything about a chat."""
    chat = _met(asked)
    shown: dict[str, Any] = {
        **wire.chat(asked.world, chat),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    if chat.username:
        shown["active_usernames"] = [chat.username]
    if chat.pinned:
        shown["pinned_message"] = wire.message(asked.world, chat.messages[chat.pinned[-1]], nested=True)
    if chat.type != "private":
        shown["permissions"] = {"can_send_messages": True, "can_send_photos": True, "can_send_documents": True}
    return shown


@acts_on("getChatMember")
def get_chat_member(asked: Asked) -> dict[str, Any]:
    """Somebody's part in a chat."""
    chat, user_id = _met(asked), asked.params["user_id"]
    if user_id not in asked.world.users:
        raise bad_request("member not found")
    return wire.member(asked.world, user_id, chat.members.get(user_id, "left"))


@acts_on("getChatAdministrators")
def get_chat_administrators(asked: Asked) -> list[dict[str, Any]]:
    """The owner and the administrators; bots only on request."""
    chat = _met(asked)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        wire.member(asked.world, user_id, status)
        for user_id, status in chat.members.items()
        if status in ADMINISTRATORS and (asked.get("return_bots") or not asked.world.users[user_id].is_bot)
    ]


@acts_on("getChatMemberCount")
def get_chat_member_count(asked: Asked) -> int:
    """How many are in a chat, the bot included."""
    return len(_met(asked).present)


@acts_on("leaveChat")
def leave_chat(asked: Asked) -> bool:
    """Leave a group."""
    chat = known_chat(asked)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    membership.bot_leaves(asked.world, chat)
    return True


@acts_on("pinChatMessage")
def pin_chat_message(asked: Asked) -> bool:
    """Hold a message at the top."""
    chat = writable_chat(asked)
    message = some_message(asked, chat, "pin")
    _may_pin(asked, chat)
    if chat.pinned[-1:] != [message.id]:
        membership.pin(asked.world, chat, message.id, asked.world.bot.id)
    return True


@acts_on("unpinChatMessage")
def unpin_chat_message(asked: Asked) -> bool:
    """Let go of a pinned message, by default the one pinned last."""
    chat = writable_chat(asked)
    _may_pin(asked, chat)
    message_id = asked.get("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


@acts_on("getUserProfilePhotos")
def get_user_profile_photos(asked: Asked) -> dict[str, Any]:
    """The pictures of a person; nobody here has any."""
    if asked.params["user_id"] not in asked.world.users:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def _met(asked: Asked) -> Chat:
    """A chat that the bot can know of: a person who never wrote is a stranger."""
    chat = known_chat(asked)
    if chat.type == "private" and not chat.started:
        raise bad_request("chat not found")
    return chat


def _may_pin(asked: Asked, chat: Chat) -> None:
    if not is_administrator(asked, chat):
        raise bad_request("not enough rights to manage pinned messages in the chat")

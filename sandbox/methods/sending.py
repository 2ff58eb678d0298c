"""sendMessage, and what all sending methods share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox import keyboards, wire
from sandbox.asked import Asked, acts_on
from sandbox.errors import bad_request
from sandbox.model import Chat, Message
from sandbox.targets import writable_chat
from sandbox.text.reading import message_text
from sandbox.world import World


def around(asked: Asked, chat: Chat) -> dict[str, Any]:
    """The parts of a message that do not depend on what is sent: keyboard, reply, protection.

    Raises:
        ApiError: 400, the keyboard is wrong or the message to reply to is not there.
    """
    markup, keyboard = keyboards.read(asked.get("reply_markup"))
    more: dict[str, Any] = {}
    if asked.get("protect_content"):
        more["has_protected_content"] = True
    if (effect := asked.get("message_effect_id")) and chat.type == "private":
        more["effect_id"] = effect
    return {
        "markup": markup,
        "keyboard": keyboard,
        "reply_to": _reply(asked.get("reply_parameters"), chat),
        "more": more,
    }


def _reply(parameters: Mapping[str, Any] | None, chat: Chat) -> int | None:
    if parameters is None:
        return None
    if parameters.get("chat_id", chat.id) != chat.id:
        raise bad_request("the sandbox does not act on replies to another chat")
    replied: int = parameters["message_id"]
    if chat.message(replied) is not None:
        return replied
    if parameters.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def say(world: World, chat: Chat, **content: Any) -> Message:
    """The bot says something, if it is not too fast.

    Raises:
        ApiError: 429.
    """
    world.flood.charge(chat.id)
    return world.post(chat, world.bot.id, **content)[0]


@acts_on("sendMessage")
def send_message(asked: Asked) -> dict[str, Any]:
    """Send a text."""
    chat = writable_chat(asked)
    text = message_text(asked.params["text"], asked.get("parse_mode"), asked.get("entities"))
    content = around(asked, chat)
    if preview := asked.get("link_preview_options"):
        content["more"]["link_preview_options"] = preview
    return wire.message(asked.world, say(asked.world, chat, text=text, **content))

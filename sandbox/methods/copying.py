"""Send a message on: as a copy, or forwarded with its origin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox import wire
from sandbox.asked import Asked, acts_on
from sandbox.errors import bad_request
from sandbox.methods.sending import around, say
from sandbox.model import Message
from sandbox.targets import known_chat, some_message, writable_chat
from sandbox.text.reading import caption

_STAYS_BEHIND = frozenset({"media_group_id", "has_protected_content", "effect_id"})


@acts_on("copyMessage")
def copy_message(asked: Asked) -> dict[str, Any]:
    """Send the same content as a message of one's own; the caption may be another one."""
    chat = writable_chat(asked)
    original = _original(asked, "copy")
    text = original.text
    media = original.media
    if "caption" in asked.params:
        if media is None:
            raise bad_request("message to copy has no caption")
        text = caption(asked.get("caption"), asked.get("parse_mode"), asked.get("caption_entities"))
    if media is not None and asked.get("show_caption_above_media"):
        media = replace(media, options={**media.options, "show_caption_above_media": True})
    content = around(asked, chat)
    content["more"] = {**_carried(original), **content["more"]}
    return {"message_id": say(asked.world, chat, text=text, media=media, **content).id}


@acts_on("forwardMessage")
def forward_message(asked: Asked) -> dict[str, Any]:
    """Send a message on with the name of who wrote it."""
    chat = writable_chat(asked)
    original = _original(asked, "forward")
    origin = original.more.get("forward_origin") or {
        "type": "user",
        "date": original.date,
        "sender_user": wire.user(asked.world.users[original.sender]),
    }
    more = {**_carried(original), "forward_origin": origin}
    if asked.get("protect_content"):
        more["has_protected_content"] = True
    message = say(asked.world, chat, text=original.text, media=original.media, more=more)
    return wire.message(asked.world, message)


def _original(asked: Asked, words: str) -> Message:
    message = some_message(asked, known_chat(asked, "from_chat_id"), words)
    if message.service:
        raise bad_request(f"message can't be {words.replace('copy', 'copi')}ed")
    if message.more.get("has_protected_content"):
        raise bad_request(f"message can't be {words.replace('copy', 'copi')}ed")
    return message


def _carried(original: Message) -> dict[str, Any]:
    return {name: value for name, value in original.more.items() if name not in {*_STAYS_BEHIND, "forward_origin"}}

"""Change and delete messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox import keyboards, wire
from sandbox.asked import Asked, acts_on
from sandbox.errors import ApiError, bad_request
from sandbox.limits import BULK, DELETABLE_FOR
from sandbox.model import Chat, Message
from sandbox.targets import is_administrator, own_message, some_message, writable_chat
from sandbox.text.reading import caption, message_text


def changed(asked: Asked, message: Message, **changes: Any) -> dict[str, Any]:
    """Make the edit, unless nothing would be seen of it.

    Raises:
        ApiError: 400, nothing would change; 429.
    """
    markup, _ = keyboards.read(asked.get("reply_markup"))
    after = replace(message, markup=markup, **changes)
    if after == message:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    asked.world.flood.charge(message.chat_id)
    return wire.message(asked.world, asked.world.edit(message, markup=markup, **changes))


@acts_on("editMessageText")
def edit_text(asked: Asked) -> dict[str, Any]:
    """Change the text; the keyboard goes unless it is given again."""
    message = own_message(asked, writable_chat(asked), "edit")
    if asked.get("text") is None:
        raise bad_request("message text is empty")
    text = message_text(asked.params["text"], asked.get("parse_mode"), asked.get("entities"))
    if message.media:
        raise bad_request("there is no text in the message to edit")
    more = {name: value for name, value in message.more.items() if name != "link_preview_options"}
    if preview := asked.get("link_preview_options"):
        more["link_preview_options"] = preview
    return changed(asked, message, text=text, more=more)


@acts_on("editMessageCaption")
def edit_caption(asked: Asked) -> dict[str, Any]:
    """Change the caption of a photo or file."""
    message = own_message(asked, writable_chat(asked), "edit")
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    text = caption(asked.get("caption"), asked.get("parse_mode"), asked.get("caption_entities"))
    return changed(asked, message, text=text)


@acts_on("editMessageReplyMarkup")
def edit_markup(asked: Asked) -> dict[str, Any]:
    """Change the keyboard alone."""
    return changed(asked, own_message(asked, writable_chat(asked), "edit"))


@acts_on("deleteMessage")
def delete_message(asked: Asked) -> bool:
    """Delete one message."""
    chat = writable_chat(asked)
    message = some_message(asked, chat, "delete")
    refusal = _undeletable(asked, chat, message)
    if refusal:
        raise refusal
    asked.world.delete(message)
    return True


@acts_on("deleteMessages")
def delete_messages(asked: Asked) -> bool:
    """Delete up to 100 messages; those that are not there are skipped."""
    chat = writable_chat(asked)
    message_ids = asked.params["message_ids"]
    if len(message_ids) not in BULK:
        raise bad_request(
            "message identifiers are not specified" if not message_ids else "too many message identifiers specified"
        )
    messages = [message for one in message_ids if (message := chat.message(one))]
    for message in messages:
        if refusal := _undeletable(asked, chat, message):
            raise refusal
    for message in {one.id: one for one in messages}.values():
        asked.world.delete(message)
    return True


def _undeletable(asked: Asked, chat: Chat, message: Message) -> ApiError | None:
    own = message.sender == asked.world.bot.id
    if not own and not is_administrator(asked, chat):
        return bad_request("message can't be deleted")
    old = asked.world.clock.now() - message.date > DELETABLE_FOR.total_seconds()
    if old and not (chat.type != "private" and is_administrator(asked, chat)):
        return bad_request("message can't be deleted for everyone")
    return None

"""Answers to presses, and signs of life that leave no message."""

from __future__ import annotations

from typing import Any

from sandbox.asked import Asked, acts_on
from sandbox.errors import bad_request
from sandbox.limits import TOAST_LENGTH
from sandbox.targets import some_message, writable_chat

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


def bare_emoji(emoji: str) -> str:
    """An emoji without the selectors that only ask for colour; Telegram takes it with and without."""
    return emoji.replace("\ufe0f", "")


@acts_on("answerCallbackQuery")
def answer_callback_query(asked: Asked) -> bool:
    """Answer a press with a toast, an alert, or nothing."""
    text = asked.get("text") or None
    if text is not None and len(text) > TOAST_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    show_alert = bool(asked.get("show_alert"))
    url = asked.get("url")
    query = asked.world.queries.answer(asked.params["callback_query_id"], text=text, show_alert=show_alert, url=url)
    toast = {
        "callback_query_id": query.id,
        "chat_id": query.chat_id,
        "message_id": query.message_id,
        "text": text,
        "show_alert": show_alert,
        "url": url,
    }
    asked.world.journal.write("toast", toast, only=frozenset({query.user_id}))
    return True


@acts_on("sendChatAction")
def send_chat_action(asked: Asked) -> bool:
    """Show that the bot is busy."""
    chat = writable_chat(asked)
    action = asked.params["action"]
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    asked.world.journal.write("action", {"chat_id": chat.id, "action": action}, chat_id=chat.id)
    return True


@acts_on("setMessageReaction")
def set_message_reaction(asked: Asked) -> bool:
    """React to a message; an empty list takes the reaction back."""
    chat = writable_chat(asked)
    message = some_message(asked, chat, "react")
    wanted: list[dict[str, Any]] = asked.get("reaction") or []
    for one in wanted:
        if one["type"] == "emoji" and bare_emoji(one.get("emoji", "")) not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    asked.world.react(message, asked.world.bot.id, tuple(wanted))
    return True

"""What a call counts for in Telegram's limits."""

import re
from collections.abc import Mapping, Sized
from dataclasses import dataclass
from typing import Any, Final

from bot.delivery.buckets import ChatId

_COUNTED: Final = re.compile(r"send|edit|forward|copy|stopPoll|pinChatMessage")
_NOT_COUNTED: Final = frozenset({"sendChatAction"})
_SEVERAL: Final = {"sendMediaGroup": "media", "forwardMessages": "message_ids", "copyMessages": "message_ids"}


@dataclass(frozen=True, slots=True)
class Toll:
    """``cost`` messages or edits for a chat; 0 for a call that counts for no limit."""

    chat_id: ChatId | None
    is_group: bool
    cost: int


def toll_of(endpoint: str, parameters: Mapping[str, Any]) -> Toll:
    """What a call of the Bot API's method ``endpoint`` counts for.

    Messages and edits count, an album as many as it has parts. Callback answers and whatever reads or sets something
    do not. Private chats have positive ids; ``@name`` stands for a public group or channel.
    """
    chat_id = _chat_id(parameters.get("chat_id"))
    is_group = isinstance(chat_id, str) or (chat_id is not None and chat_id < 0)
    if endpoint in _NOT_COUNTED or not _COUNTED.match(endpoint):
        return Toll(chat_id, is_group, 0)
    parts = parameters.get(_SEVERAL.get(endpoint, ""))
    return Toll(chat_id, is_group, max(1, len(parts)) if isinstance(parts, Sized) else 1)


def _chat_id(given: Any) -> ChatId | None:
    if given is None or isinstance(given, int):
        return given
    text = str(given)
    try:
        return int(text)
    except ValueError:
        return text

"""What an error of Telegram means for the row that was being delivered."""

from dataclasses import dataclass
from enum import Enum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.unsent import NotSent
from storage.outbox import Action


class Fate(Enum):
    """What to do with a row after an error."""

    SENT = "sent"
    AGAIN = "again"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``error`` is a short code kept with the row; ``new_chat`` if the group has another id now."""

    fate: Fate
    error: str | None = None
    new_chat: int | None = None


_REFUSALS = (
    ("bot was blocked by the user", "blocked"),
    ("user is deactivated", "blocked"),
    ("can't initiate conversation", "never_started"),
    ("bot was kicked", "gone"),
    ("bot is not a member", "gone"),
    ("group chat was deactivated", "gone"),
    ("the group chat was deleted", "gone"),
    ("chat not found", "gone"),
    ("not enough rights", "no_rights"),
    ("have no rights", "no_rights"),
    ("message to edit not found", "message_gone"),
    ("message can't be edited", "message_gone"),
    ("message to delete not found", "message_gone"),
    ("message can't be deleted", "message_gone"),
)
"""Telegram says why in words only; these are the beginnings that its servers have used for years."""


def judge(error: TelegramError, action: Action) -> Verdict:
    """Decide what an error means.

    An edit or a deletion may be repeated without harm. A send of which nobody knows whether it arrived is left alone: a
    second copy of a question would be worse than one that is asked for again.
    """
    text = str(error).lower()
    if isinstance(error, ChatMigrated):
        return Verdict(Fate.AGAIN, new_chat=error.new_chat_id)
    if isinstance(error, RetryAfter | NotSent):
        return Verdict(Fate.AGAIN)
    if isinstance(error, BadRequest) and "message is not modified" in text:
        return Verdict(Fate.SENT)
    if isinstance(error, BadRequest | Forbidden | InvalidToken):
        for words, code in _REFUSALS:
            if words in text:
                return Verdict(Fate.REFUSED, code)
        return Verdict(Fate.REFUSED, "forbidden" if isinstance(error, Forbidden) else "bad_request")
    if isinstance(error, NetworkError):
        return Verdict(Fate.UNKNOWN if action is Action.SEND else Fate.AGAIN, "no_answer")
    return Verdict(Fate.REFUSED, "bad_request")

"""Whose limit a 429 means: Telegram does not say."""

from typing import Final

from bot.delivery.buckets import ChatId

SEVERAL: Final = 3
WITHIN: Final = 5.0
"""Seconds in which several chats must be refused to put it down to the token."""


class Blame:
    """Tells a chat that had too much from a token that had too much.

    One chat's refusal stops that chat. It is the token when several chats are refused in a row, or when several are
    refused that had hardly been written to, though others pass in between (a token that is allowed 25 calls a second
    and makes 30 is refused only now and then).
    """

    def __init__(self) -> None:
        self._in_a_row: dict[ChatId, float] = {}
        self._surprising: dict[ChatId, float] = {}

    def accepted(self) -> None:
        """A call passed."""
        self._in_a_row.clear()

    def is_on_token(self, chat_id: ChatId, now: float, *, hardly_used: bool) -> bool:
        """A call to a chat was refused at ``now`` (monotonic seconds); whether the token is to be stopped.

        ``hardly_used`` says that the chat's own limit cannot well be the reason.
        """
        groups = [self._in_a_row, self._surprising] if hardly_used else [self._in_a_row]
        for group in groups:
            group[chat_id] = now
            for other in [other for other, at in group.items() if now - at > WITHIN]:
                del group[other]
        if all(len(group) < SEVERAL for group in groups):
            return False
        self._in_a_row.clear()
        self._surprising.clear()
        return True

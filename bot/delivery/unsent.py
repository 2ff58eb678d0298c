"""Errors that say whether a call can have had an effect, in words without the token."""

import re
from typing import Final

from telegram.error import NetworkError, TimedOut

_TOKEN: Final = re.compile(r"(?<=bot)\d+(?::|%3A)[^/\s'\"<>?#]+", re.IGNORECASE)
_TOKEN_BYTES: Final = re.compile(_TOKEN.pattern.encode(), re.IGNORECASE)


class NotSent(NetworkError):
    """The call surely did not take effect: Telegram never had the whole of it. It may be repeated."""

    __slots__ = ()


class NotSentInTime(NotSent, TimedOut):
    """No connection came about in time, or the upload stalled: Telegram never had the whole call."""

    __slots__ = ()


def redacted(text: str) -> str:
    """``text`` without the bot tokens of the Bot API's URLs in it."""
    return _TOKEN.sub("<token>", text)


def redacted_bytes(content: bytes) -> bytes:
    """The same of an answer's body."""
    return _TOKEN_BYTES.sub(b"<token>", content)


def network_error(cause: Exception, *, may_have_arrived: bool) -> NetworkError:
    """What broke on the way, for whoever reads why Telegram cannot be reached: no programmer."""
    # Only what says nothing at all is called by its class.
    text = redacted(str(cause) or type(cause).__name__)
    if isinstance(cause, TimeoutError):
        return TimedOut(text) if may_have_arrived else NotSentInTime(text)
    return NetworkError(text) if may_have_arrived else NotSent(text)

"""What the sandbox answers when it refuses: Telegram's own codes and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A call of the bot was refused; nothing was changed.

    Args:
        code: the HTTP status and ``error_code`` of the answer.
        description: Telegram's words, with their prefix (``Bad Request: …``).
        parameters: what a client may act on, such as ``retry_after``.
    """

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def body(self) -> dict[str, Any]:
        """The answer as the Bot API writes it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class HungUp(Exception):
    """The connection of a call is to be closed without an answer."""


class NotPossible(Exception):
    """A person wanted to do what no client of Telegram would let them do; nothing was changed."""


def bad_request(text: str, **parameters: Any) -> ApiError:
    """400: the call does not fit what is there."""
    return ApiError(400, f"Bad Request: {text}", parameters)


def forbidden(text: str) -> ApiError:
    """403: the bot may not do this to that chat."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """429: the bot has to wait ``retry_after`` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def conflict(text: str) -> ApiError:
    """409: two ways of fetching updates exclude each other."""
    return ApiError(409, f"Conflict: {text}")

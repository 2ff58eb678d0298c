"""What people see and do, as values: messages, buttons, files, presses; and the bot's calls, as the log has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_FILE_KINDS = ("photo", "document", "audio", "voice", "video")


@dataclass(frozen=True, slots=True)
class Button:
    """One button of an inline keyboard."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A photo or file of a message."""

    id: str
    kind: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is now.

    Args:
        sender: the id of who wrote it.
        text: plain; of a photo or file its caption.
        html: the same with its formatting.
        edits: how often it was edited.
        raw: everything, as the server wrote it.
    """

    id: int
    chat_id: int
    sender: int
    date: int
    text: str = ""
    html: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    edits: int = 0
    deleted: bool = False
    reply_to: int | None = None
    file: File | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons, row by row."""
        return [button.text for row in self.buttons for button in row]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person wrote; ``update_id`` is ``None`` if the bot is not told."""

    id: int
    chat_id: int
    update_id: int | None


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button; ``update_id`` is ``None`` if the bot is not told."""

    id: str
    chat_id: int
    message_id: int
    update_id: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot, as the log has it."""

    n: int
    method: str
    params: Mapping[str, Any]
    status: int
    error: str | None
    at: float
    fault: str | None


def read_message(raw: Mapping[str, Any]) -> Message:
    """A message as the server writes it."""
    rows = (raw.get("reply_markup") or {}).get("inline_keyboard", ())
    return Message(
        id=raw["message_id"],
        chat_id=raw["chat_id"],
        sender=raw["from"]["id"],
        date=raw["date"],
        text=raw.get("text") or raw.get("caption") or "",
        html=raw["html"],
        buttons=tuple(
            tuple(Button(one["text"], one.get("callback_data"), one.get("url")) for one in row) for row in rows
        ),
        edits=raw["edits"],
        deleted=raw["deleted"],
        reply_to=(raw.get("reply_to_message") or {}).get("message_id"),
        file=_file(raw),
        raw=raw,
    )


def _file(raw: Mapping[str, Any]) -> File | None:
    for kind in _FILE_KINDS:
        if shown := raw.get(kind):
            one = shown[-1] if isinstance(shown, list) else shown
            return File(one["file_id"], kind, one.get("file_name", ""), one["file_size"])
    return None


def read_sent(raw: Mapping[str, Any]) -> Sent:
    """What a person wrote, as the server writes it."""
    return Sent(raw["message_id"], raw["chat_id"], raw["update_id"])


def read_call(raw: Mapping[str, Any]) -> Call:
    """A call of the bot, as the server writes it."""
    return Call(**{name: raw[name] for name in ("n", "method", "params", "status", "error", "at", "fault")})

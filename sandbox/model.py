"""The things of the sandbox's world: users, chats, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.text.formatted import Formatted

ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
PRESENT: frozenset[Status] = frozenset({"creator", "administrator", "member"})
ADMINISTRATORS: frozenset[Status] = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """What a message shows beside its text.

    Args:
        kind: the message's field that holds it (``photo``, ``document``, ``voice`` …).
        shown: that field as the Bot API writes it.
        options: ``has_media_spoiler`` and ``show_caption_above_media``, where they are set.
    """

    kind: str
    shown: Any
    options: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is now; an edit makes a new one.

    Args:
        text: the text, or the caption where there is media.
        service: fields of a service message (``new_chat_members`` …).
        markup: the inline keyboard, as the Bot API writes it.
        keyboard: any other reply markup; only the people see it, never the bot.
        more: rarer fields of the Bot API's message, as it writes them.
        edits: how often it was edited.
    """

    chat_id: int
    id: int
    sender: int
    date: int
    text: Formatted | None = None
    media: Media | None = None
    service: Mapping[str, Any] = field(default_factory=dict)
    markup: Mapping[str, Any] | None = None
    keyboard: Mapping[str, Any] | None = None
    reply_to: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    reactions: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)
    edit_date: int | None = None
    edits: int = 0
    deleted: bool = False


@dataclass(slots=True)
class Chat:
    """A chat and all that was said in it.

    Args:
        members: everyone who is or was in it, the bot included, in the order of joining; changed by
            :meth:`set_part` alone.
        started: a private chat in which the person wrote first; before, the bot may not.
        blocked: the person of a private chat stopped the bot.
        deactivated: the person of a private chat deleted their account.
        pinned: message ids, the newest last.
        read: the newest message that each person has seen.
        migrated_to: the supergroup that this group became.
    """

    id: int
    type: ChatType
    title: str = ""
    username: str = ""
    members: dict[int, Status] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    pinned: list[int] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)
    migrated_to: int | None = None
    _present: frozenset[int] | None = None

    def set_part(self, user_id: int, status: Status) -> None:
        """Somebody has this part from now on."""
        self.members[user_id] = status
        self._present = None

    @property
    def present(self) -> frozenset[int]:
        """Everyone who is in it now, the bot included."""
        if self._present is None:
            self._present = frozenset(user_id for user_id, status in self.members.items() if status in PRESENT)
        return self._present

    def holds(self, user_id: int) -> bool:
        """Whether this person is in the chat now."""
        return self.members.get(user_id) in PRESENT

    def message(self, message_id: int) -> Message | None:
        """A message that is there and not deleted."""
        found = self.messages.get(message_id)
        return found if found and not found.deleted else None

    def last(self) -> Message | None:
        """The newest message that is not deleted."""
        return next((one for one in reversed(self.messages.values()) if not one.deleted), None)

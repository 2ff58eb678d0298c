"""What the bot says of itself: its names, descriptions, commands, and the menu button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Scope = tuple[str, int, int]
"""Type of the scope, chat id or 0, user id or 0."""


class Profile:
    """The bot's texts by language (``""`` for everyone else) and its commands by scope and language."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, dict[str, str]] = {"name": {"": name}, "description": {}, "short_description": {}}
        self.commands: dict[tuple[Scope, str], list[dict[str, Any]]] = {}
        self.menu_buttons: dict[int, Mapping[str, Any]] = {}
        self.logged_out_until = 0.0

    def text(self, kind: str, language: str) -> str:
        """A text in a language, or the one for everyone."""
        return self.texts[kind].get(language) or self.texts[kind].get("", "")

    def commands_for(self, *, user_id: int, chat_id: int, language: str, administrator: bool) -> list[dict[str, Any]]:
        """The commands that a person sees in a chat: the narrowest scope that has any, in their language if possible.

        Source: https://core.telegram.org/bots/api#determining-list-of-commands
        """
        narrow: list[Scope]
        if chat_id > 0:
            narrow = [("chat", chat_id, 0), ("all_private_chats", 0, 0)]
        else:
            narrow = [("chat_member", chat_id, user_id)]
            if administrator:
                narrow.append(("chat_administrators", chat_id, 0))
            narrow.append(("chat", chat_id, 0))
            if administrator:
                narrow.append(("all_chat_administrators", 0, 0))
            narrow.append(("all_group_chats", 0, 0))
        for scope in (*narrow, ("default", 0, 0)):
            for spoken in (language.partition("-")[0], ""):
                if found := self.commands.get((scope, spoken)):
                    return found
        return []


def scope_of(raw: Mapping[str, Any] | None) -> Scope:
    """A ``BotCommandScope`` as a key."""
    if raw is None:
        return ("default", 0, 0)
    return (raw["type"], int(raw.get("chat_id", 0)), int(raw.get("user_id", 0)))

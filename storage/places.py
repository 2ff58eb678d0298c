"""Chats and users as Telegram knows them: where the bot is, who talks to it, in which language."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Row


class ChatState(StrEnum):
    """Whether the bot can speak in a chat."""

    ACTIVE = "active"
    GONE = "gone"


class Place(Row):
    """A group that the bot knows; ``unit_id`` once it is bound to a unit."""

    chat_id: int
    title: str
    unit_id: int | None
    language: str | None
    state: ChatState


class TelegramUser(Row):
    """Somebody who has talked to the bot; ``reachable`` is false after they blocked it or never started it."""

    user_id: int
    name: str
    username: str | None
    language: str | None
    reachable: bool


class Places:
    """Groups and users of Telegram."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def group(self, chat_id: int) -> Place | None:
        """A group by its id."""
        return Place.maybe(self._sql.group_get(self._connection, chat_id=chat_id))

    def groups(self) -> Sequence[Place]:
        """Every group in which the bot can speak, by title."""
        return Place.all(self._sql.groups_active(self._connection))

    def groups_of(self, unit_id: int) -> Sequence[Place]:
        """The active groups bound to exactly this unit."""
        return Place.all(self._sql.groups_of_unit(self._connection, unit_id=unit_id))

    def see_group(self, chat_id: int, title: str) -> None:
        """The bot is in this group, which has this title now."""
        self._sql.group_see(self._connection, chat_id=chat_id, title=title)

    def lose_group(self, chat_id: int) -> None:
        """The bot was thrown out, or the group is gone."""
        self._sql.group_lose(self._connection, chat_id=chat_id)

    def bind(self, chat_id: int, unit_id: int | None) -> None:
        """Tie a group to a unit, or (``None``) to none."""
        self._sql.group_bind(self._connection, chat_id=chat_id, unit_id=unit_id)

    def move_group(self, old: int, new: int) -> None:
        """A group became a supergroup; everything known of it goes along.

        It may be told twice. What was noted anew under the old id meanwhile is no more than a title, and gives way.
        """
        before, after = self.group(old), self.group(new)
        if after is not None and after.unit_id is not None and (before is None or before.unit_id is None):
            self._sql.group_drop(self._connection, chat_id=old)
            return
        self._sql.group_drop(self._connection, chat_id=new)
        self._sql.group_move(self._connection, old=old, new=new)

    def user(self, user_id: int) -> TelegramUser | None:
        """A user by their id."""
        return TelegramUser.maybe(self._sql.user_get(self._connection, user_id=user_id))

    def users_named(self, *, name: str = "", username: str = "") -> Sequence[TelegramUser]:
        """The users with this name, or with this user name (without the @), whatever the case."""
        rows = self._sql.users_named(self._connection, name=name or None, username=username or None)
        return TelegramUser.all(rows)

    def reachable(self) -> frozenset[int]:
        """The ids of all users in whose private chats messages arrive, as far as is known."""
        return frozenset(row["user_id"] for row in self._sql.users_reachable(self._connection))

    def see_user(self, user_id: int, name: str, username: str | None, *, private: bool, now: datetime) -> None:
        """Note what a user is called now; one who speaks in private can be reached there."""
        self._sql.user_see(
            self._connection, user_id=user_id, name=name, username=username, reachable=private, seen_at=now
        )

    def reach(self, user_id: int, reachable: bool) -> None:
        """Note whether messages arrive in a user's private chat."""
        self._sql.user_reach(self._connection, user_id=user_id, reachable=reachable)

    def speak(self, chat_id: int, language: str) -> None:
        """Set the language of a group (negative id) or of a user."""
        if chat_id < 0:
            self._sql.group_speak(self._connection, chat_id=chat_id, language=language)
        else:
            self._sql.user_speak(self._connection, user_id=chat_id, language=language)

    def language(self, chat_id: int) -> str | None:
        """The language set for a group or a user, if any."""
        language: str | None = self._sql.language_of(self._connection, chat_id=chat_id)
        return language

    def languages(self) -> dict[int, str]:
        """Every language that was set, by the id of the group (negative) or the user."""
        return {row["chat_id"]: row["language"] for row in self._sql.languages_set(self._connection)}

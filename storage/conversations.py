"""What the bot is in the middle of with a person, so that a restart does not lose it."""

import sqlite3
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


class Conversation(Row):
    """The next thing that ``user_id`` says in ``chat_id`` belongs to ``topic``; ``body`` is that topic's JSON."""

    user_id: int
    chat_id: int
    topic: str
    body: str
    updated_at: Instant


class Conversations:
    """At most one conversation a person and chat."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def get(self, user_id: int, chat_id: int) -> Conversation | None:
        """The conversation under way, if any."""
        return Conversation.maybe(self._sql.conversation_get(self._connection, user_id=user_id, chat_id=chat_id))

    def put(self, user_id: int, chat_id: int, topic: str, body: str, *, now: datetime) -> None:
        """Begin or go on with a conversation, in place of any other."""
        self._sql.conversation_put(
            self._connection, user_id=user_id, chat_id=chat_id, topic=topic, body=body, updated_at=now
        )

    def end(self, user_id: int, chat_id: int) -> bool:
        """End the conversation; says whether there was one."""
        return bool(self._sql.conversation_end(self._connection, user_id=user_id, chat_id=chat_id))

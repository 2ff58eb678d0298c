"""What the bot is in the middle of with a person."""

from datetime import datetime

from quizzes.engine.frozen import dataclass
from storage import Database, Tx


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The next thing said belongs to ``topic``; ``body`` is that topic's own JSON."""

    topic: str
    body: str


class Conversations:
    """At most one a person and chat; kept across restarts. Use cases may also write ``tx.conversations`` themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, user_id: int, chat_id: int) -> UnderWay | None:
        """What is under way, if anything."""
        found = await self._database.read(lambda tx: tx.conversations.get(user_id, chat_id))
        return None if found is None else UnderWay(found.topic, found.body)

    async def begin(self, user_id: int, chat_id: int, topic: str, body: str = "{}", *, now: datetime) -> None:
        """The next thing said belongs to ``topic``; it takes the place of anything else."""

        def work(tx: Tx) -> None:
            tx.conversations.put(user_id, chat_id, topic, body, now=now)

        await self._database.write(work)

    async def end(self, user_id: int, chat_id: int) -> UnderWay | None:
        """Leave whatever is under way, and say what it was."""

        def work(tx: Tx) -> UnderWay | None:
            found = tx.conversations.get(user_id, chat_id)
            tx.conversations.end(user_id, chat_id)
            return None if found is None else UnderWay(found.topic, found.body)

        return await self._database.write(work)

"""What the bot notices about its surroundings: who is called what, where it was let in or thrown out."""

from datetime import datetime

from storage import Database, Tx
from study.joining import say_hello


class Surroundings:
    """Users and groups as Telegram shows them. What is known already costs nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[int, int], tuple[str, str | None, str]] = {}

    async def note(
        self, user_id: int, name: str, username: str | None, *, chat_id: int, title: str, now: datetime
    ) -> None:
        """Somebody did something in a chat (``chat_id`` is their own id in private)."""
        seen = (name, username, title)
        if self._known.get((user_id, chat_id)) == seen:
            return

        def work(tx: Tx) -> None:
            tx.places.see_user(user_id, name, username, private=chat_id > 0, now=now)
            if chat_id < 0:
                tx.places.see_group(chat_id, title)

        await self._database.write(work)
        if len(self._known) > 50_000:
            self._known.clear()
        self._known[(user_id, chat_id)] = seen

    async def entered(self, chat_id: int, title: str, *, now: datetime) -> None:
        """The bot was let into a group (again); the first time it says hello."""

        def work(tx: Tx) -> None:
            tx.places.see_group(chat_id, title)
            say_hello(tx, chat_id, now=now)

        await self._database.write(work)

    async def left(self, chat_id: int) -> None:
        """The bot was thrown out of a group, or a person blocked it."""

        def work(tx: Tx) -> None:
            if chat_id < 0:
                tx.places.lose_group(chat_id)
            else:
                tx.places.reach(chat_id, False)

        self._forget(chat_id)
        await self._database.write(work)

    async def moved(self, old: int, new: int) -> int | None:
        """A group became a supergroup; everything known of it goes along. Returns the contest that was going on there."""
        self._forget(old)

        def work(tx: Tx) -> int | None:
            contest = tx.contests.live_in(old)
            tx.move_chat(old, new)
            return None if contest is None else contest.id

        return await self._database.write(work)

    def _forget(self, chat_id: int) -> None:
        for key in [key for key in self._known if chat_id in key]:
            del self._known[key]

"""Which language a person or a group reads."""

from collections.abc import Callable, Mapping
from datetime import datetime

from storage import Database, Tx


class LanguageChoices:
    """The stored choices; whoever has chosen none gets the programme's language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Mapping[int, str]:
        """Every choice that was made, by the id of the group (negative) or the user."""
        return await self._database.read(lambda tx: tx.places.languages())

    def on_move(self, tell: Callable[[int, int], None]) -> None:
        """Have ``tell`` called when a group's id changes from the first to the second."""
        self._database.movers.append(tell)

    async def choose(self, chat_id: int, language: str, *, name: str, now: datetime) -> None:
        """Store a choice; ``name`` is the user's, for one who was not seen before."""

        def work(tx: Tx) -> None:
            if chat_id > 0:
                tx.places.see_user(chat_id, name, None, private=False, now=now)
            else:
                tx.places.see_group(chat_id, name)
            tx.places.speak(chat_id, language)

        await self._database.write(work)

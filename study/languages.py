"""Which language a person or a group reads."""

from datetime import datetime

from storage import Database, Tx


class LanguageChoices:
    """The stored choices; whoever has chosen none gets the programme's language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, chat_id: int) -> str | None:
        """The language chosen for a group or by a user, if any."""
        return await self._database.read(lambda tx: tx.places.language(chat_id))

    async def choose(self, chat_id: int, language: str, *, name: str, now: datetime) -> None:
        """Store a choice; ``name`` is the user's, for one who was not seen before."""

        def work(tx: Tx) -> None:
            if chat_id > 0:
                tx.places.see_user(chat_id, name, None, private=False, now=now)
            else:
                tx.places.see_group(chat_id, name)
            tx.places.speak(chat_id, language)

        await self._database.write(work)

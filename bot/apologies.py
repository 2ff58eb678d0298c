"""What people are told at once while nothing can be stored: past the outbox, which could not be stored either.

What they sent is not lost: it waits in the inbox or with Telegram, and is dealt with once things can be stored again. So
nobody is told that it was done, and nobody has to send it twice.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.house import House
from handlers.registry import SENTENCES, WORDS
from handlers.texts import Texts
from quizzes.engine.han import heard
from storage import StorageError
from study.errors import NotStored

log = structlog.get_logger()

Answer = Callable[[str, str | None, bool, str | None], Awaitable[None]]
"""Answer a press: the query's id, the words, whether as a dialog, an address."""


class Apologies:
    """Tells each press, and each chat once, until :meth:`forget`."""

    def __init__(self, house: House, bot: ExtBot[Any], answer: Answer) -> None:
        self._house = house
        self._bot = bot
        self._answer = answer
        self._told: set[int | str] = set()

    def forget(self) -> None:
        """Things can be stored again: whoever meets the next trouble is told anew."""
        self._told.clear()

    async def tell(self, updates: Sequence[dict[str, Any]]) -> None:
        """Tell the senders of these updates, as far as they were meant for us."""
        for update in updates:
            query, message = update.get("callback_query"), update.get("message")
            if isinstance(query, dict):
                await self._tell_presser(query)
            elif isinstance(message, dict):
                await self._tell_chat(message)

    async def _tell_presser(self, query: dict[str, Any]) -> None:
        query_id, sender = query.get("id"), query.get("from")
        if isinstance(query_id, str) and isinstance(sender, dict) and self._is_new(query_id):
            await self._answer(query_id, SENTENCES.of(NotStored(), await self._words(sender.get("id"))), True, None)

    async def _tell_chat(self, message: dict[str, Any]) -> None:
        chat, text = message.get("chat"), message.get("text", "")
        if not isinstance(chat, dict) or not isinstance(chat_id := chat.get("id"), int) or not isinstance(text, str):
            return
        is_ours = chat.get("type") == "private" or text.startswith("/") or heard(text.strip()) in WORDS
        if not is_ours or not self._is_new(chat_id):
            return
        try:
            await self._bot.send_message(chat_id, SENTENCES.of(NotStored(), await self._words(chat_id)))
        except TelegramError as error:
            log.info("a chat could not be told that nothing can be stored", chat_id=chat_id, reason=str(error))

    def _is_new(self, key: int | str) -> bool:
        if key in self._told:
            return False
        self._told.add(key)
        return True

    async def _words(self, chat_id: object) -> Texts:
        if isinstance(chat_id, int):
            try:
                return await self._house.languages.of(chat_id)
            except StorageError:
                pass  # not even read: the programme's own language will do
        return self._house.languages.usual

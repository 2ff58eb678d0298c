"""The answer to a pressed button, straight from words to bytes.

Hundreds press in the same second and every one of them waits for this. python-telegram-bot's own way (a parameter object
each, two wrappers, a result made of objects) costs as much as the ruling; what is sent is the same.
"""

from typing import Any, Final

from telegram.ext import ExtBot

from bot.delivery.limiter import Limiter
from bot.delivery.request import AiohttpRequest
from quizzes.engine.events import Event, QuestionAsked
from quizzes.running import Running
from storage.contests import ContestRow

TOAST_LIMIT: Final = 200
"""telegram.constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH"""
_PRESSERS_A_LINE: Final = 8
_MOST_LINES: Final = 32
"""With 32 connections and 50 ms a call, 640 presses a second are answered without waiting."""
_METHOD: Final = "answerCallbackQuery"


class Toasts:
    """Answers presses through the request of a bot; they count for no limit, but a 429 stops them as it says."""

    def __init__(self, bot: ExtBot[Any], request: AiohttpRequest, limiter: Limiter) -> None:
        self._base = bot.base_url
        self._url = f"{bot.base_url}/{_METHOD}"
        self._request = request
        self._limiter = limiter

    async def answer(self, query_id: str, text: str | None, *, alert: bool = False, url: str | None = None) -> None:
        """Answer a press, with a note at the top of the screen, a dialog (``alert``), a link, or nothing.

        A text that is too long is cut.

        Raises:
            telegram.error.TelegramError: it was refused (``BadRequest``: the press is too old), or did not arrive.
        """
        asked: dict[str, object] = {"callback_query_id": query_id}
        if text is not None:
            asked["text"] = text if len(text) <= TOAST_LIMIT else f"{text[: TOAST_LIMIT - 1]}…"
        if alert:
            asked["show_alert"] = True
        if url is not None:
            asked["url"] = url
        await self._limiter.free(lambda: self._request.call(self._url, asked), _METHOD)

    def watch(self, running: Running) -> None:
        """Before a crowd may press, in any contest, have connections ready for what it is answered."""

        def expect(row: ContestRow, _first: int, events: tuple[Event, ...]) -> None:
            if any(isinstance(event, QuestionAsked) for event in events):
                self._request.warm(self._base, min(running.players(row.id) // _PRESSERS_A_LINE, _MOST_LINES))

        running.watchers.append(expect)

"""The words for whoever reads: in memory, since every message and every toast asks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts import Texts, texts
from study.languages import LanguageChoices


class Languages:
    """The texts for a chat or a user: their own choice, else the programme's language.

    Few choose, so all choices are read once, at the start: five hundred who press for the first time wait for no query each.
    """

    def __init__(self, choices: LanguageChoices, default: str, zone: ZoneInfo) -> None:
        self._choices = choices
        self._default = default
        self._zone = zone
        self._chosen: dict[int, str] = {}
        choices.on_move(self._move)

    async def load(self) -> None:
        """Read what was chosen; called once, before the first update."""
        self._chosen = dict(await self._choices.all())

    async def of(self, chat_id: int) -> Texts:
        """The words for a user (positive id) or a group."""
        return texts(self._chosen.get(chat_id, self._default), self._zone)

    async def choose(self, chat_id: int, language: str, *, name: str, now: datetime) -> Texts:
        """Let a user or a group read another language from now on."""
        await self._choices.choose(chat_id, language, name=name, now=now)
        self._chosen[chat_id] = language
        return texts(language, self._zone)

    def _move(self, old: int, new: int) -> None:
        language = self._chosen.get(old)
        if language is not None:
            self._chosen[new] = language

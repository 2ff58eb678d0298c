"""The words for whoever reads: remembered, since every message and every toast asks."""

from collections import OrderedDict
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts import Texts, texts
from study.languages import LanguageChoices

_REMEMBERED = 20_000


class Languages:
    """The texts for a chat or a user: their own choice, else the programme's language."""

    def __init__(self, choices: LanguageChoices, default: str, zone: ZoneInfo) -> None:
        self._choices = choices
        self._default = default
        self._zone = zone
        self._known: OrderedDict[int, str] = OrderedDict()

    @property
    def usual(self) -> Texts:
        """The words of the programme's language, for when nobody's choice can be looked up."""
        return texts(self._default, self._zone)

    async def of(self, chat_id: int) -> Texts:
        """The words for a user (positive id) or a group."""
        language = self._known.get(chat_id)
        if language is None:
            language = await self._choices.of(chat_id) or self._default
            self._remember(chat_id, language)
        return texts(language, self._zone)

    async def choose(self, chat_id: int, language: str, *, name: str, now: datetime) -> Texts:
        """Let a user or a group read another language from now on."""
        await self._choices.choose(chat_id, language, name=name, now=now)
        self._remember(chat_id, language)
        return texts(language, self._zone)

    def _remember(self, chat_id: int, language: str) -> None:
        self._known[chat_id] = language
        self._known.move_to_end(chat_id)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

"""Telegram's menu of commands, in every language."""

from typing import Any

import structlog
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from handlers.house import House
from handlers.registry import COMMANDS, is_there
from handlers.room import Where, Who
from handlers.texts import LANGUAGES, SOURCE, texts

log = structlog.get_logger()

_SCOPES = ((BotCommandScopeAllPrivateChats(), Where.GROUP), (BotCommandScopeAllGroupChats(), Where.PRIVATE))
"""In which chats, and where what is left out there belongs."""


async def fill_menu(bot: ExtBot[Any], house: House, language: str) -> None:
    """Name the commands that the programme in force has; what Telegram refuses is not worth failing a start for.

    ``language`` is the programme's own.

    Raises:
        telegram.error.InvalidToken: nothing will ever go with this token.
    """
    programme = await house.programmes.in_force()
    try:
        for code in (None, "zh", SOURCE):
            t = texts(_spoken(language, code), house.zone)
            for scope, elsewhere in _SCOPES:
                menu = [
                    BotCommand(command.name, t(command.about))
                    for command in COMMANDS
                    if command.who is Who.EVERYONE
                    and command.where is not elsewhere
                    and is_there(command, programme, off=house.switched_off)
                ]
                await bot.set_my_commands(menu, scope=scope, language_code=code)
    except InvalidToken:
        raise
    except TelegramError as error:
        log.warning("the command menu could not be set", reason=str(error))


def _spoken(own: str, code: str | None) -> str:
    """Which of our languages Telegram's menu speaks to apps in the language ``code``; None: in any other.

    Telegram knows languages by two letters (ISO 639-1), so that apps in either Chinese script get the same menu: in the
    programme's own script, if it speaks Chinese.
    """
    if code is None:
        return own
    return own if own.startswith(code) else next(one for one in LANGUAGES if one.startswith(code))

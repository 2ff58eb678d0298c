"""A bare aiogram 3 bot, as it comes: one handler that answers every press at once. ``URL TOKEN MARKS``."""

import asyncio
import json
import sys
import time
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery

marks: list[tuple[str, float]] = []
dispatcher = Dispatcher()


@dispatcher.callback_query()
async def pressed(query: CallbackQuery) -> None:
    """Its ruling: that the handler knows of the press."""
    marks.append((query.id, time.monotonic()))
    await query.answer("ok")


async def main(url: str, token: str) -> None:
    """Poll until SIGTERM."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(dict(marks)))

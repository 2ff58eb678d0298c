"""python-telegram-bot with its own ``AIORateLimiter``, as it comes. ``URL TOKEN MARKS COUNT FIRST``.

On ``/broadcast`` it writes to so many people, whose numbers begin with ``FIRST``, all calls handed over at once; anything
else that somebody writes is answered at once. A call refused with 429 is made again, up to twenty times.
"""

import asyncio
import sys

from telegram import Update
from telegram.ext import AIORateLimiter, Application, CommandHandler, ContextTypes, MessageHandler, filters

AT_ONCE = 256


def main(url: str, token: str, count: int, first: int) -> None:
    """Poll until SIGTERM."""

    async def broadcast(_update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.gather(*(context.bot.send_message(first + number, "通知") for number in range(count)))

    async def said(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("ok")

    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .rate_limiter(AIORateLimiter(max_retries=20))
        .concurrent_updates(AT_ONCE)
        .connection_pool_size(AT_ONCE)
        .pool_timeout(600)
        .build()
    )
    application.add_handler(CommandHandler("broadcast", broadcast, block=False))
    application.add_handler(MessageHandler(filters.ALL, said, block=False))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[4]), int(sys.argv[5]))

"""The way out: what leaves for Telegram, how fast, and what became of it.

``request`` is python-telegram-bot's network seam over aiohttp, ``buckets`` the arithmetic of Telegram's limits,
``lines`` the order of those who wait, ``limiter`` the gate that every call passes.
"""

import os

# python-telegram-bot 22 warns whenever a RetryAfter is made, unless lengths of time are asked for as timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")

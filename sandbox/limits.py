"""Telegram's numbers: as the Bot API documents them or as python-telegram-bot's ``telegram.constants`` collected them."""

from __future__ import annotations

from datetime import timedelta

TEXT_LENGTH = 4096
"""Characters (code points, not UTF-16 units) of a message's text after its entities were parsed."""
CAPTION_LENGTH = 1024
ENTITIES = 100
"""Formatted stretches of one message; Telegram drops what is beyond."""
TOAST_LENGTH = 200
CALLBACK_DATA_BYTES = 64
BUTTONS = 100
BUTTONS_A_ROW = 8

UPDATES_A_POLL = 100
POLL_SECONDS = 50
UPDATE_KEPT = timedelta(hours=24)
"""Telegram forgets what nobody fetched for a day."""
CALLBACK_ANSWER_WITHIN = timedelta(seconds=150)
DELETABLE_FOR = timedelta(hours=48)

MESSAGES_A_SECOND = 30
PRIVATE_MESSAGES_A_SECOND = 1
PRIVATE_BURST = 5
"""Telegram lets short bursts pass in a private chat; how long is not documented."""
GROUP_MESSAGES_A_MINUTE = 20

ALBUM = range(2, 10 + 1)
BULK = range(1, 100 + 1)
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_DIMENSIONS = 10_000
"""Width and height of a photo together."""
PHOTO_RATIO = 20
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024

COMMANDS = 100
COMMAND_LENGTH = range(1, 32 + 1)
COMMAND_DESCRIPTION_LENGTH = range(1, 256 + 1)
BOT_NAME_LENGTH = 64
BOT_DESCRIPTION_LENGTH = 512
BOT_SHORT_DESCRIPTION_LENGTH = 120

WEBHOOK_CONNECTIONS = range(1, 100 + 1)
WEBHOOK_CONNECTIONS_DEFAULT = 40
WEBHOOK_SECRET_LENGTH = range(1, 256 + 1)

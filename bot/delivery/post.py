"""A shown view on the wire: which method, with which parameters."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from handlers.present.shown import CAPTION_LIMIT, Attachment, Shown

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def _keyboard(shown: Shown) -> InlineKeyboardMarkup | None:
    if not shown.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data, url=button.url) for button in row]
            for row in shown.buttons
        ]
    )


def _is_apart(shown: Shown) -> bool:
    return shown.apart or len(shown.text) > CAPTION_LIMIT


class Post:
    """Sends, edits and deletes through a bot whose limiter lets every call pass (the pump has waited already).

    ``load`` gives the bytes of a stored attachment by its name.
    """

    def __init__(self, bot: ExtBot[Any], load: Callable[[str], Awaitable[bytes]]) -> None:
        self._bot = bot
        self._load = load

    async def send(self, chat_id: int, shown: Shown, reply_to: int | None) -> int:
        """Send a new message; returns its id.

        Raises:
            telegram.error.TelegramError: it was refused, or nobody knows.
        """
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to is not None else None
        common: dict[str, Any] = {
            "reply_markup": _keyboard(shown),
            "disable_notification": shown.silent or None,
            "protect_content": shown.protected or None,
            "reply_parameters": reply,
        }
        if shown.attachment is None:
            return await self._text(chat_id, shown.text, common)
        if _is_apart(shown):
            await self._attachment(chat_id, shown.attachment, None, {**common, "reply_markup": None})
            return await self._text(chat_id, shown.text, common)
        return await self._attachment(chat_id, shown.attachment, shown.text, common)

    async def edit(self, chat_id: int, message_id: int, shown: Shown) -> None:
        """Let a message show something else.

        Raises:
            telegram.error.TelegramError: it was refused, or nobody knows.
        """
        if shown.attachment is not None and not _is_apart(shown):
            await self._bot.edit_message_caption(
                chat_id=chat_id,
                message_id=message_id,
                caption=shown.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(shown),
            )
        else:
            await self._bot.edit_message_text(
                shown.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(shown),
                link_preview_options=_NO_PREVIEW,
            )

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Remove a message.

        Raises:
            telegram.error.TelegramError: it was refused, or nobody knows.
        """
        await self._bot.delete_message(chat_id, message_id)

    async def _text(self, chat_id: int, text: str, common: dict[str, Any]) -> int:
        message = await self._bot.send_message(
            chat_id, text, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW, **common
        )
        return message.message_id

    async def _attachment(
        self, chat_id: int, attachment: Attachment, caption: str | None, common: dict[str, Any]
    ) -> int:
        send = getattr(self._bot, f"send_{attachment.kind}")
        file = await self._file(attachment)
        message: Message = await send(
            chat_id, file, caption=caption, parse_mode=ParseMode.HTML if caption else None, **common
        )
        return message.message_id

    async def _file(self, attachment: Attachment) -> str | InputFile:
        if attachment.file_id is not None:
            return attachment.file_id
        content = attachment.content if attachment.stored is None else await self._load(attachment.stored)
        return InputFile(BytesIO(content or b""), filename=attachment.name, attach=True)

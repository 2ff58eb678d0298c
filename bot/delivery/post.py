"""A shown view on the wire: which method, with which parameters."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from handlers.present.pictures.studio import DrawingFailed
from handlers.present.shown import CAPTION_LIMIT, Attachment, Shown

log = structlog.get_logger()

_NO_CAPTION = "no caption in the message"
_NO_FILE = "wrong file identifier"
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
    return shown.apart or (not shown.caption and len(shown.text) > CAPTION_LIMIT)


class Post:
    """Sends, edits and deletes through a bot whose limiter lets every call pass (the pump has waited already).

    ``load`` gives a stored attachment by its name: the bytes, or the id under which Telegram has it already (never if
    asked for it ``fresh``). ``keep`` is told that id after the first send.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        load: Callable[[str, bool], Awaitable[bytes | str]],
        keep: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._load = load
        self._keep = keep

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
        apart = _is_apart(shown)
        try:
            if not apart:
                return await self._attachment(chat_id, shown.attachment, shown.text, common)
            await self._attachment(chat_id, shown.attachment, None, {**common, "reply_markup": None})
        except DrawingFailed:
            if not shown.text:
                raise
            # Who goes on to the next stage is news without the bracket, too.
            log.exception("a picture could not be drawn, its words go alone", chat_id=chat_id)
        return await self._text(chat_id, shown.text, common)

    async def edit(self, chat_id: int, message_id: int, shown: Shown) -> None:
        """Let a message show something else.

        Raises:
            telegram.error.TelegramError: it was refused, or nobody knows.
        """
        if shown.attachment is not None and not _is_apart(shown):
            try:
                await self._bot.edit_message_caption(
                    chat_id=chat_id,
                    message_id=message_id,
                    caption=shown.text,
                    parse_mode=ParseMode.HTML,
                    reply_markup=_keyboard(shown),
                )
            except BadRequest as error:
                if _NO_CAPTION not in error.message.lower():
                    raise
            else:
                return
        # Also for a message whose picture Telegram would not take, and which went out as a text.
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
        text = {"caption": caption, "parse_mode": ParseMode.HTML if caption else None}
        file = await self._file(attachment)
        try:
            message: Message = await send(chat_id, file, **text, **common)
        except BadRequest as error:
            if attachment.stored is None or not isinstance(file, str) or _NO_FILE not in error.message.lower():
                raise
            # An id is of use to the bot alone that sent the file: another token needs the bytes again.
            file = await self._file(attachment, fresh=True)
            message = await send(chat_id, file, **text, **common)
        if attachment.stored is not None and not isinstance(file, str):
            await self._remember(attachment.stored, message)
        return message.message_id

    async def _remember(self, stored: str, message: Message) -> None:
        sent = message.photo[-1] if message.photo else message.audio or message.voice
        if sent is not None:
            await self._keep(stored, sent.file_id)

    async def _file(self, attachment: Attachment, *, fresh: bool = False) -> str | InputFile:
        if attachment.file_id is not None:
            return attachment.file_id
        content = attachment.content if attachment.stored is None else await self._load(attachment.stored, fresh)
        if isinstance(content, str):
            return content
        return InputFile(BytesIO(content or b""), filename=attachment.name, attach=True)

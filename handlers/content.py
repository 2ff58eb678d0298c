"""What a message holds that can be sent again."""

from collections.abc import Mapping

import telegram

from handlers.texts import N_
from study.content import Content, ContentAlbum, ContentKind, ContentMissing, FileKind, fitting

ERRORS: Mapping[str, str] = {
    "content_missing": N_("There is nothing in it. Please send a text, a photo or a file."),
    "content_kind": N_(
        "I cannot pass that on. Please send a text, a photo, a file, an audio, a voice message or a video."
    ),
    "content_album": N_("One photo or file at a time, please. Send them one by one, or as one file."),
}
"""The sentences; registered once, with the room of the broadcasts."""


def content_of(message: telegram.Message, *, words: str | None = None, album: bool = False) -> Content:
    """The text or caption and the file of a message.

    ``words`` stands for the text where a command has been cut off it. One part of an album is taken only with ``album``.

    Raises:
        ContentMissing: there is nothing in it.
        ContentKind: it is of a kind that cannot be sent again.
        ContentAlbum: it is a part of an album.
        TooLong: the text is longer than one message may be.
    """
    text = fitting((message.text or message.caption or "") if words is None else words).strip()
    kind, file = _file(message)
    if kind is None or file is None:
        if not text:
            raise ContentMissing() if message.text is not None else ContentKind()
        return Content(text=text)
    if message.media_group_id is not None and not album:
        raise ContentAlbum()
    return Content(text=text, file_id=file.file_id, file_kind=kind, file_name=getattr(file, "file_name", None))


_File = telegram.PhotoSize | telegram.Document | telegram.Audio | telegram.Voice | telegram.Video


def _file(message: telegram.Message) -> tuple[FileKind | None, _File | None]:
    if message.animation is not None:
        # Telegram shows it as a document too, but does not send it again as one.
        raise ContentKind()
    if message.photo:
        return "photo", message.photo[-1]
    if message.document is not None:
        return "document", message.document
    if message.audio is not None:
        return "audio", message.audio
    if message.voice is not None:
        return "voice", message.voice
    if message.video is not None:
        return "video", message.video
    return None, None

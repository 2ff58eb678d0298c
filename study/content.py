"""What somebody wrote or sent, kept so that it can be sent again."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from study.errors import StudyError, TooLong

FileKind = Literal["photo", "document", "audio", "voice", "video"]

TEXT_LIMIT = 4096
"""The longest text of one message, counted as Telegram does: after the formatting is parsed, in UTF-16 units."""


class ContentMissing(StudyError):
    """Neither a text nor a file."""

    code = "content_missing"


class ContentKind(StudyError):
    """Something that cannot be sent again: a sticker, a poll, a place …"""

    code = "content_kind"


class ContentAlbum(StudyError):
    """Several photos or files at once, where one is wanted."""

    code = "content_album"


class Content(BaseModel):
    """A text, a file, or a file with a text. ``file_id`` is Telegram's, good for this bot only."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    text: str = ""
    file_id: str | None = None
    file_kind: FileKind | None = None
    file_name: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Content":
        if (self.file_id is None) != (self.file_kind is None):
            raise ValueError("a file has an id and a kind")
        return self


def length(text: str) -> int:
    """The length of a text as Telegram counts it: a character beyond the basic plane, such as an emoji, counts 2."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text itself, if it is short enough.

    Raises:
        TooLong: with the ``limit`` and the ``length``.
    """
    if length(text) > limit:
        raise TooLong(limit=limit, length=length(text))
    return text


def excerpt(text: str, most: int = 60) -> str:
    """The beginning of a text on one line, for a list or a card; never more than ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"

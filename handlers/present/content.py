"""How a kept file goes out again."""

from handlers.present.shown import Attachment
from study.content import Content


def attachment_of(content: Content) -> Attachment | None:
    """The file of a content, by Telegram's id; ``None`` if it is a text alone."""
    if content.file_id is None or content.file_kind is None:
        return None
    return Attachment(kind=content.file_kind, file_id=content.file_id, name=content.file_name)

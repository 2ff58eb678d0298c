"""A file that somebody sent: fetched, if it is not too large."""

import telegram

from handlers.house import House
from quizzes.files import MAX_FILE_BYTES, FileTooLarge


async def fetch_file(house: House, document: telegram.Document) -> tuple[bytes, str]:
    """The content of a file and its name, "" if it has none.

    Raises:
        FileTooLarge: it is larger than what is taken in; nothing is fetched.
    """
    if (document.file_size or 0) > MAX_FILE_BYTES:
        raise FileTooLarge(limit_mb=MAX_FILE_BYTES // 2**20)
    return await house.fetch(document.file_id), document.file_name or ""

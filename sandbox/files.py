"""Files that were sent: their bytes, their ids, and what a message showed of them."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.model import Media


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that came with a call, or from a person."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram keeps.

    Args:
        kind: what it was sent as; a file sent as a photo can only be sent again as one.
        path: under which it can be fetched by the bot.
    """

    file_id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.upload.content)


_FOLDERS = {"photo": "photos", "document": "documents", "audio": "music", "voice": "voice", "video": "videos"}
# As Telegram's ids begin for each kind; the rest of an id means nothing to a bot.
_PREFIXES = {"photo": "AgACAgUA", "document": "BQACAgUA", "audio": "CQACAgUA", "voice": "AwACAgUA", "video": "BAACAgUA"}


class Files:
    """All files of one sandbox."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._media: dict[str, Media] = {}

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """Store bytes under a new id."""
        number = len(self._by_id) + 1
        suffix = upload.name.rpartition(".")[2].lower() if "." in upload.name else ""
        dotted = f".{suffix}" if suffix.isalnum() and suffix.isascii() else ""
        stored = StoredFile(
            file_id=f"{_PREFIXES[kind]}AxkDAA{number:012d}BAAD",
            unique_id=f"AQAD{number:08d}",
            kind=kind,
            path=f"{_FOLDERS[kind]}/file_{number}{dotted}",
            upload=upload,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file at this path."""
        return self._by_path.get(path)

    def remember(self, media: Media) -> Media:
        """Keep what a message shows, so that the same file can be sent again by any of its ids."""
        shown = media.shown if isinstance(media.shown, list) else [media.shown]
        for one in shown:
            self._media[one["file_id"]] = media
        return media

    def media(self, file_id: str) -> Media | None:
        """What a message showed when this file was sent first."""
        return self._media.get(file_id)

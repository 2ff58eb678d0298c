"""Turn bytes into what a message shows: a photo in its sizes, a document, a piece of music."""

from __future__ import annotations

import mimetypes
from typing import Any

from sandbox import pictures
from sandbox.errors import bad_request
from sandbox.files import Files, StoredFile, Upload
from sandbox.limits import PHOTO_BYTES, PHOTO_DIMENSIONS, PHOTO_RATIO
from sandbox.model import Media

KINDS = ("photo", "document", "audio", "voice", "video")
_USUAL_TYPE = {
    "audio": "audio/mpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "document": "application/octet-stream",
    "photo": "image/jpeg",
}
_SIDES = (90, 320, 800, 1280)
"""The longer side of each size that Telegram makes of a photo."""


def made(files: Files, kind: str, upload: Upload, **known: Any) -> Media:
    """Store bytes and describe them as a message of this kind.

    Args:
        known: what the sender says of it: ``duration``, ``width``, ``height``, ``title``, ``performer``.

    Raises:
        ApiError: 400, they are empty or no such picture.
    """
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return files.remember(Media("photo", _sizes(files, upload)))
    return files.remember(Media(kind, _shown(files.keep(kind, upload), **known)))


def _described(stored: StoredFile) -> dict[str, Any]:
    return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}


def _shown(stored: StoredFile, **known: Any) -> dict[str, Any]:
    kind, upload = stored.kind, stored.upload
    shown: dict[str, Any] = {
        **_described(stored),
        "mime_type": mime_type(kind, upload),
        **{name: value for name, value in known.items() if value is not None},
    }
    if kind in {"audio", "voice", "video"}:
        shown.setdefault("duration", 0)
    if kind == "video":
        shown.setdefault("width", 0)
        shown.setdefault("height", 0)
    if kind != "voice":
        shown["file_name"] = upload.name
    return shown


def mime_type(kind: str, upload: Upload) -> str:
    """What kind of content a file is, as far as its sender or its name say."""
    if upload.mime_type and upload.mime_type != "application/octet-stream":
        return upload.mime_type
    return mimetypes.guess_type(upload.name)[0] or _USUAL_TYPE[kind]


def _sizes(files: Files, upload: Upload) -> list[dict[str, Any]]:
    """A photo in the sizes that Telegram makes of it, the largest last.

    The bytes are not scaled: every size serves those that came, and its ``file_size`` says so.
    """
    size = len(upload.content)
    if size > PHOTO_BYTES:
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    dimensions = pictures.dimensions(upload.content)
    if dimensions is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = dimensions
    longer, shorter = max(dimensions), min(dimensions)
    if shorter < 1 or width + height > PHOTO_DIMENSIONS or longer > PHOTO_RATIO * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    largest = min(longer, _SIDES[-1])
    sizes = []
    for side in (*(one for one in _SIDES if one < largest), largest):
        scaled = {"width": max(1, width * side // longer), "height": max(1, height * side // longer)}
        sizes.append({**_described(files.keep("photo", upload)), **scaled})
    return sizes

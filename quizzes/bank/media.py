"""Pictures and sounds of questions: what a file is by its content, what Telegram takes, which question names which."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from quizzes.bank.items import ItemError, ParsedBank, Remark

Kind = Literal["photo", "audio", "voice"]
LIMITS: Mapping[Kind, int] = {"photo": 10 * 2**20, "audio": 20 * 2**20, "voice": 20 * 2**20}
"""Bytes. Telegram takes no larger photo (Bot API, sendPhoto); a larger sound is no part of a question."""

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "photo"),
    (b"\xff\xd8\xff", "photo"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"\xff\xf3", "audio"),
    (b"\xff\xf2", "audio"),
    (b"OggS", "voice"),
)
_SOUNDS = (".mp3", ".m4a", ".ogg", ".oga", ".opus")


def kind_of(content: bytes) -> Kind | None:
    """What a file is, going by its content and never by its name; None: nothing that a question can show."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "photo"
    return "audio" if content[4:11] == b"ftypM4A" else None


def is_address(media: str) -> bool:
    """Whether a picture lies on the web, from where Telegram fetches it."""
    return media.startswith(("http://", "https://"))


def kind_of_address(address: str) -> Kind:
    """What lies at an address, as far as its end says; a picture if it says nothing."""
    path = address.partition("?")[0].lower()
    if not path.endswith(_SOUNDS):
        return "photo"
    return "audio" if path.endswith((".mp3", ".m4a")) else "voice"


def free_name(name: str, content: bytes) -> str:
    """Another name for other content: two files of a bank may have been called ``image1.png``."""
    return f"{hashlib.sha256(content).hexdigest()[:8]}-{name}"


def gathered(bank: ParsedBank, beside: Callable[[str], bytes | None]) -> ParsedBank:
    """The bank with every picture and sound that its questions name: the file's own, or those that lie beside it.

    What is missing, too large or nothing that Telegram shows is remarked on; its question is taken without it.
    """
    media: dict[str, bytes] = {}
    flawed: dict[str, tuple[Remark, dict[str, str | int]]] = {}
    items, warnings = [], list(bank.warnings)
    for item, line in zip(bank.items, bank.lines, strict=True):
        name = item.media
        if name is not None and not is_address(name):
            if name not in media and name not in flawed:
                content = bank.media.get(name) or beside(name)
                found = _flaw(name, content)
                if found is not None:
                    flawed[name] = found
                elif content is not None:
                    media[name] = content
            if name in flawed:
                remark, params = flawed[name]
                warnings.append(ItemError(line, "media", remark, params))
                item = replace(item, media=None)
        items.append(item)
    return replace(bank, items=tuple(items), media=media, warnings=tuple(warnings))


def _flaw(name: str, content: bytes | None) -> tuple[Remark, dict[str, str | int]] | None:
    shown = name[:60]
    if content is None:
        return Remark.MEDIA_MISSING, {"name": shown}
    kind = kind_of(content)
    if kind is None:
        return Remark.MEDIA_UNUSABLE, {"name": shown}
    if len(content) > LIMITS[kind]:
        return Remark.MEDIA_TOO_LARGE, {"name": shown, "limit": LIMITS[kind] // 2**20}
    return None

"""Photos, files, music, voice, video: sent alone, as an album, in place of another; and fetched again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox import mediamaking, wire
from sandbox.asked import Asked, acts_on
from sandbox.errors import bad_request
from sandbox.limits import ALBUM, DOWNLOAD_BYTES
from sandbox.methods.editing import changed
from sandbox.methods.sending import around, say
from sandbox.model import Media
from sandbox.params import missing
from sandbox.targets import own_message, writable_chat
from sandbox.text.formatted import Formatted
from sandbox.text.reading import caption

_ATTACHED = "attach://"
_NAMED = {"photo": "Photo", "document": "Document", "audio": "Audio", "voice": "VoiceNote", "video": "Video"}
_ALONE_WITH_THEIR_LIKE = ("document", "audio")
_DETAILS = ("duration", "width", "height", "title", "performer")


@acts_on("sendPhoto", "sendDocument", "sendAudio", "sendVoice", "sendVideo")
def send_media(asked: Asked) -> dict[str, Any]:
    """Send one photo or file."""
    chat = writable_chat(asked)
    kind = asked.method.removeprefix("send").lower()
    text = caption(asked.get("caption"), asked.get("parse_mode"), asked.get("caption_entities"))
    content = around(asked, chat)
    media = _media(asked, kind, asked.params[kind], asked.params)
    return wire.message(asked.world, say(asked.world, chat, text=text, media=media, **content))


@acts_on("sendMediaGroup")
def send_media_group(asked: Asked) -> list[dict[str, Any]]:
    """Send an album: photos and videos, or documents, or music."""
    chat = writable_chat(asked)
    items: list[dict[str, Any]] = asked.params["media"]
    if len(items) not in ALBUM:
        raise bad_request(f"an album has {ALBUM.start} to {ALBUM.stop - 1} items, not {len(items)}")
    kinds = {item["type"] for item in items}
    if any(kind in kinds for kind in _ALONE_WITH_THEIR_LIKE) and len(kinds) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    content = around(asked, chat)
    parts = [_part(asked, item) for item in items]
    world = asked.world
    world.flood.charge(chat.id, len(parts))
    more = {**content.pop("more"), "media_group_id": world.next_album()}
    sent = [world.post(chat, world.bot.id, text=text, media=media, more=more, **content)[0] for media, text in parts]
    return [wire.message(world, message) for message in sent]


@acts_on("editMessageMedia")
def edit_media(asked: Asked) -> dict[str, Any]:
    """Put another photo or file in the place of one."""
    message = own_message(asked, writable_chat(asked), "edit")
    media, text = _part(asked, asked.params["media"])
    if message.more.get("media_group_id") and message.media and message.media.kind != media.kind:
        raise bad_request("can't use the media of the specified type in the album")
    return changed(asked, message, media=media, text=text)


@acts_on("getFile")
def get_file(asked: Asked) -> dict[str, Any]:
    """Where the bytes of a file can be fetched."""
    stored = asked.world.files.find(asked.params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def _part(asked: Asked, item: dict[str, Any]) -> tuple[Media, Formatted | None]:
    """One ``InputMedia`` and its caption."""
    kind = item["type"]
    if kind not in _NAMED:
        raise bad_request(f"the sandbox does not act on media of type {kind}")
    text = caption(item.get("caption"), item.get("parse_mode"), item.get("caption_entities"))
    return _media(asked, kind, item["media"], item), text


def _media(asked: Asked, kind: str, given: str, details: Any) -> Media:
    """The photo or file that a call means: one that came with it, or one that was sent before.

    Raises:
        ApiError: 400, there is no such file or it is of another kind.
    """
    options = {}
    if details.get("has_spoiler") and kind != "document":
        options["has_media_spoiler"] = True
    if details.get("show_caption_above_media"):
        options["show_caption_above_media"] = True
    if given.startswith(_ATTACHED):
        upload = asked.uploads.get(given.removeprefix(_ATTACHED))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        known = {name: details.get(name) for name in _DETAILS}
        return replace(mediamaking.made(asked.world.files, kind, upload, **known), options=options)
    if given.startswith(("http://", "https://")):
        # There is no internet here; a bot that relies on an address learns it at once.
        raise bad_request("failed to get HTTP URL content")
    sent_before = asked.world.files.media(given)
    if sent_before is None:
        raise bad_request("wrong file identifier/HTTP URL specified") if given else missing(kind)
    if sent_before.kind != kind:
        raise bad_request(f"can't use file of type {_NAMED[sent_before.kind]} as {_NAMED[kind]}")
    return replace(sent_before, options=options)

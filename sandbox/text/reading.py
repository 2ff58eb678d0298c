"""Read the text of a call: its markup, its limits, and what Telegram finds in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.errors import bad_request
from sandbox.limits import CAPTION_LENGTH, TEXT_LENGTH
from sandbox.text import html
from sandbox.text.formatted import KINDS, Entity, Formatted, in_order, tidy, units
from sandbox.text.found import FOUND_BY_ITSELF, found_in
from sandbox.text.links import checked_url

_CONTROLS = {code: " " for code in range(32) if code != ord("\n")}
_MARKDOWN = frozenset({"markdown", "markdownv2"})
_NEEDS = {
    "text_link": ("url",),
    "text_mention": ("user",),
    "custom_emoji": ("custom_emoji_id",),
    "date_time": ("unix_time",),
}
_PARSERS: dict[str, Callable[[str], tuple[str, list[Entity]]]] = {"html": html.parse}


def message_text(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted:
    """The text of a message.

    Raises:
        ApiError: 400, it is empty, too long or does not parse.
    """
    formatted = _read(text, parse_mode, entities)
    if not formatted.text:
        raise bad_request("message text is empty")
    if len(formatted.text) > TEXT_LENGTH:
        raise bad_request("message is too long")
    return formatted


def caption(text: str | None, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted | None:
    """The caption of a file, ``None`` if there is none.

    Raises:
        ApiError: 400, it is too long or does not parse.
    """
    if not text:
        return None
    formatted = _read(text, parse_mode, entities)
    if len(formatted.text) > CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return formatted if formatted.text else None


def plain(text: str) -> Formatted:
    """What a person typed: no markup, but commands, mentions and links are found."""
    return _with_found(tidy(_cleaned(text), ()))


def _read(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted:
    text = _cleaned(text, keep_length=bool(entities))
    if parse_mode:
        if entities:
            raise bad_request("parse_mode and entities can't be used together")
        parse = _PARSERS.get(parse_mode.lower())
        if parse is None and parse_mode.lower() in _MARKDOWN:
            raise bad_request(f"can't parse entities: the sandbox reads HTML only, not {parse_mode}")
        if parse is None:
            raise bad_request("unsupported parse_mode")
        try:
            clean, marked = parse(text)
        except html.Unparsable as problem:
            raise bad_request(f"can't parse entities: {problem}") from None
        return _with_found(tidy(clean, marked))
    size = units(text)
    # What Telegram finds by itself it finds again; it does not take a bot's word for it.
    marked = [_entity(one, size) for one in entities or () if one["type"] not in FOUND_BY_ITSELF]
    return _with_found(tidy(text, marked))


def _cleaned(text: str, *, keep_length: bool = False) -> str:
    """Control characters become spaces and carriage returns go, as in every text that Telegram takes in."""
    if not keep_length:
        text = text.replace("\r", "")
    return text.translate(_CONTROLS)


def _entity(raw: dict[str, Any], size: int) -> Entity:
    kind, begin, length = raw["type"], raw["offset"], raw["length"]
    if kind not in KINDS:
        raise bad_request(f'can\'t parse entities: unsupported entity type "{kind}"')
    if begin < 0 or length <= 0 or begin + length > size:
        raise bad_request(f"can't parse entities: entity of length {length} at offset {begin} is outside of the text")
    more = {name: value for name, value in raw.items() if name not in {"type", "offset", "length"}}
    for name in _NEEDS.get(kind, ()):
        if name not in more:
            raise bad_request(f'can\'t parse entities: entity of type {kind} needs "{name}"')
    if kind == "text_link":
        url = checked_url(more["url"])
        if url is None:
            raise bad_request(f'can\'t parse entities: URL "{more["url"]}" is invalid')
        more["url"] = url
    return Entity(kind, begin, length, more)


def _with_found(formatted: Formatted) -> Formatted:
    """Add what Telegram finds by itself, unless it lies in code or in a link."""
    taken = [one for one in formatted.entities if one.type in {"pre", "code", "text_link", "text_mention"}]
    found = [
        one
        for one in found_in(formatted.text)
        if not any(other.offset < one.end and one.offset < other.end for other in taken)
    ]
    return Formatted(formatted.text, in_order((*formatted.entities, *found))) if found else formatted

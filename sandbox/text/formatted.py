"""A text with its formatting, and the order that Telegram brings it into.

Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.limits import ENTITIES

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
"""Stretches that may be cut in two without a change of looks; all others are kept whole."""
CODE = ("pre", "code")
QUOTES = ("blockquote", "expandable_blockquote")
KINDS = (*QUOTES, *CODE, "text_link", "text_mention", "custom_emoji", "date_time", *SPLITTABLE)
"""What a bot can mark, outer ones first."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One formatted stretch of a text.

    Args:
        more: what the type has beside its place: ``url``, ``user``, ``language``, ``custom_emoji_id``.
    """

    type: str
    offset: int
    length: int
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The first code unit after it."""
        return self.offset + self.length

    def wire(self) -> dict[str, Any]:
        """As the Bot API writes it."""
        return {"type": self.type, "offset": self.offset, "length": self.length, **self.more}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, in the order of their beginning."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """By beginning, the longer (outer) one first."""
    return tuple(
        sorted(entities, key=lambda one: (one.offset, -one.length, KINDS.index(one.type) if one.type in KINDS else 99))
    )


def tidy(text: str, entities: Iterable[Entity]) -> Formatted:
    """Trim the text and put its entities in order, as Telegram does with every message.

    White space at both ends goes; of what can't lie in each other (code, links, quotes in quotes) the outer one
    stays; bold, italic and their like end where code begins; neighbours of one kind become one; what is empty goes;
    of more than a hundred entities the rest is dropped.
    """
    leading = len(text) - len(text.lstrip())
    trimmed = text.strip()
    shift, size = units(text[:leading]), units(trimmed)
    placed = []
    for entity in entities:
        begin, end = max(entity.offset - shift, 0), min(entity.end - shift, size)
        if begin < end:
            placed.append(replace(entity, offset=begin, length=end - begin))
    whole: list[Entity] = []
    # Code first: where it meets a link, the link goes.
    for entity in sorted(in_order(placed), key=lambda one: one.type not in CODE):
        if entity.type not in SPLITTABLE and not any(_excludes(one, entity) for one in whole):
            whole.append(entity)
    code = [one for one in whole if one.type in CODE]
    looks = [piece for one in placed if one.type in SPLITTABLE for piece in _beside(one, code)]
    return Formatted(trimmed, in_order((*whole, *_joined(in_order(looks))))[:ENTITIES])


def _excludes(one: Entity, other: Entity) -> bool:
    """Whether two stretches that are kept whole can't both stay."""
    overlap = one.offset < other.end and other.offset < one.end
    if (one.type in QUOTES) != (other.type in QUOTES):
        # Inside a quote anything may stand; what only crosses its edge may not.
        inside = one.offset <= other.offset and other.end <= one.end
        outside = other.offset <= one.offset and one.end <= other.end
        return overlap and not inside and not outside
    return overlap


def _beside(entity: Entity, code: list[Entity]) -> list[Entity]:
    """What is left of a stretch beside code, which takes no other formatting."""
    pieces, begin = [], entity.offset
    for one in code:
        if one.end <= begin or one.offset >= entity.end:
            continue
        if begin < one.offset:
            pieces.append(replace(entity, offset=begin, length=one.offset - begin))
        begin = one.end
    if begin < entity.end:
        pieces.append(replace(entity, offset=begin, length=entity.end - begin))
    return pieces


def _joined(entities: Iterable[Entity]) -> list[Entity]:
    """Neighbouring or overlapping stretches of one kind as one."""
    result: list[Entity] = []
    last: dict[str, int] = {}
    for entity in entities:
        before = last.get(entity.type)
        if before is not None and entity.offset <= result[before].end:
            end = max(entity.end, result[before].end)
            result[before] = replace(result[before], length=end - result[before].offset)
            continue
        last[entity.type] = len(result)
        result.append(entity)
    return result

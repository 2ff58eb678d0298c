"""What Telegram finds by itself in every text: commands, mentions, hashtags, links, addresses."""

from __future__ import annotations

import re

from sandbox.text.formatted import Entity, units

FOUND_BY_ITSELF = frozenset(
    {"email", "url", "bot_command", "mention", "hashtag", "cashtag", "phone_number", "bank_card_number"}
)
"""Entities that a bot need not mark, because Telegram finds them."""
# One pass, the earlier alternative wins where two could begin at the same character.
_FOUND = re.compile(
    r"""
    (?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}(?![\w]))
    | (?P<url>(?<![\w@./])(?:(?:https?|ftp|tg|ton)://[^\s<>"']+|
        (?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+(?:com|org|net|cn|io|me|edu|gov|info|dev)(?::\d+)?(?:[/?#][^\s<>"']*)?(?![\w])))
    | (?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z][a-zA-Z0-9_]{2,31})?(?![\w/@]))
    | (?P<mention>(?<![\w@])@[a-zA-Z][a-zA-Z0-9_]{3,31}(?![\w@]))
    | (?P<hashtag>(?<![\w\#])\#(?=\w*[^\W\d])\w{1,256}(?![\w]))
    """,
    re.VERBOSE,
)


def found_in(text: str) -> list[Entity]:
    """The entities that nobody had to mark."""
    entities = []
    position = offset = 0
    for match in _FOUND.finditer(text):
        offset += units(text[position : match.start()])
        position = match.start()
        kind = match.lastgroup or ""
        stretch = match.group().rstrip(".,:;!?)]}'\"…，。！？、；：）") if kind == "url" else match.group()
        entities.append(Entity(kind, offset, units(stretch)))
    return entities

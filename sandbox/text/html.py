"""Telegram's HTML: a small language of its own, which refuses what a browser would forgive.

Source: https://core.telegram.org/bots/api#html-style; the words of the refusals are those that Telegram sends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sandbox.text.formatted import CODE, Entity, units
from sandbox.text.links import link_entity

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}))|([a-zA-Z]+));?")
_DATE_FORMAT = re.compile(r"r|[tTdDwW]*")
_SPECIAL = re.compile(r"[<&]")
_BARE_VALUE = re.compile(r"[a-zA-Z0-9.-]*")
_SPACE = " \t\r\n\v\f\0"


class Unparsable(Exception):
    """The markup is wrong; the text says what and at which byte of the UTF-8 text."""


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end; ``begin`` in UTF-16 code units, ``piece`` in pieces of the plain text."""

    tag: str
    attributes: dict[str, str]
    begin: int
    piece: int


@dataclass(slots=True)
class _Parse:
    """How far the reading is, and what it has found.

    Args:
        languages: of the last stretch of code that named one: its begin, its length and the language.
    """

    source: str
    position: int = 0
    plain: list[str] = field(default_factory=list)
    size: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    language: tuple[int, int, str] | None = None

    def put(self, text: str) -> None:
        self.plain.append(text)
        self.size += units(text)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def skip_space(self) -> None:
        while self.peek() and self.peek() in _SPACE:
            self.position += 1

    def until(self, stops: str) -> str:
        begin = self.position
        while self.peek() and self.peek() not in stops:
            self.position += 1
        return self.source[begin : self.position]


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text of ``source`` and its entities, not yet trimmed.

    Raises:
        Unparsable: the markup is wrong.
    """
    run = _Parse(source)
    while character := run.peek():
        if character == "&":
            decoded, run.position = _reference(source, run.position)
            run.put(decoded)
        elif character != "<":
            end = _SPECIAL.search(source, run.position)
            stop = end.start() if end else len(source)
            run.put(source[run.position : stop])
            run.position = stop
        elif source.startswith("</", run.position):
            _end_tag(run)
        else:
            _start_tag(run)
    if run.open:
        raise Unparsable(f'Can\'t find end tag corresponding to start tag "{run.open[-1].tag}"')
    return "".join(run.plain), run.entities


def _reference(source: str, position: int) -> tuple[str, int]:
    """The character that ``&…;`` stands for (or the ampersand itself) and where the text goes on."""
    found = _REFERENCE.match(source, position)
    if found:
        hexadecimal, decimal, name = found.groups()
        if name:
            if name in _NAMED:
                return _NAMED[name], found.end()
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            if 0xD800 <= code <= 0xDFFF:
                raise Unparsable(
                    "Text contains invalid Unicode characters after decoding HTML entities,"
                    " check for unmatched surrogate code units"
                )
            if 0 < code <= 0x10FFFF:
                return chr(code), found.end()
    return "&", position + 1


def _start_tag(run: _Parse) -> None:
    begin = run.position
    run.position += 1
    tag = run.until(_SPACE + ">").lower()
    if not run.peek():
        raise Unparsable(f"Unclosed start tag at byte offset {run.byte(begin)}")
    if tag not in _TAGS:
        raise Unparsable(f'Unsupported start tag "{tag}" at byte offset {run.byte(begin)}')
    attributes = _attributes(run, tag, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise Unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {run.byte(begin)}')
    run.open.append(_Open(tag, attributes, run.size, len(run.plain)))


def _attributes(run: _Parse, tag: str, begin: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        run.skip_space()
        if not run.peek():
            raise Unparsable(f'Unclosed start tag "{tag}" at byte offset {run.byte(begin)}')
        if run.peek() == ">":
            run.position += 1
            return attributes
        name = run.until(_SPACE + "=>").lower()
        if not name:
            raise Unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {run.byte(begin)}')
        run.skip_space()
        if run.peek() != "=":
            attributes.setdefault(name, "")
            continue
        run.position += 1
        run.skip_space()
        if not run.peek():
            raise Unparsable(f'Unclosed start tag "{tag}" at byte offset {run.byte(begin)}')
        attributes.setdefault(name, _value(run, begin))


def _value(run: _Parse, begin: int) -> str:
    quote = run.peek()
    if quote not in "\"'":
        start = run.position
        found = _BARE_VALUE.match(run.source, start)
        assert found is not None
        run.position = found.end()
        if run.peek() not in _SPACE + ">" or not run.peek():
            raise Unparsable(f"Unexpected end of name token at byte offset {run.byte(start)}")
        return found.group().lower()
    run.position += 1
    value: list[str] = []
    while (character := run.peek()) != quote:
        if not character:
            raise Unparsable(f"Unclosed start tag at byte offset {run.byte(begin)}")
        if character == "&":
            decoded, run.position = _reference(run.source, run.position)
            value.append(decoded)
        else:
            value.append(character)
            run.position += 1
    run.position += 1
    return "".join(value)


def _end_tag(run: _Parse) -> None:
    begin = run.position
    if not run.open:
        raise Unparsable(f"Unexpected end tag at byte offset {run.byte(begin)}")
    run.position += 2
    tag = run.until(_SPACE + ">").lower()
    run.skip_space()
    if run.peek() != ">":
        raise Unparsable(f"Unclosed end tag at byte offset {run.byte(begin)}")
    run.position += 1
    opened = run.open.pop()
    if tag and tag != opened.tag:
        raise Unparsable(
            f'Unmatched end tag at byte offset {run.byte(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
        )
    length = run.size - opened.begin
    if length:
        _close(run, opened, length)


def _close(run: _Parse, opened: _Open, length: int) -> None:
    """Note the entity of a tag that has ended and holds some text."""
    kind, begin = _TAGS[opened.tag], opened.begin
    if kind in CODE:
        _close_code(run, opened, length)
        return
    entity: Entity | None = Entity(kind, begin, length)
    if kind == "text_link":
        entity = link_entity(opened.attributes.get("href") or "".join(run.plain[opened.piece :]), begin, length)
    elif kind == "custom_emoji":
        emoji = opened.attributes.get("emoji-id", "")
        if not emoji.isdecimal():
            raise Unparsable("Invalid custom emoji identifier specified")
        entity = Entity(kind, begin, length, {"custom_emoji_id": emoji})
    elif kind == "date_time":
        entity = _date_time(opened, length)
    elif kind == "blockquote" and "expandable" in opened.attributes:
        entity = Entity("expandable_blockquote", begin, length)
    if entity:
        run.entities.append(entity)


def _close_code(run: _Parse, opened: _Open, length: int) -> None:
    """``<pre>`` and ``<code class="language-x">`` around the very same text are one entity with a language."""
    kind, begin = _TAGS[opened.tag], opened.begin
    named = opened.attributes.get("class", "") if kind == "code" else ""
    if named.startswith("language-") and named != "language-":
        run.language = (begin, length, named.removeprefix("language-"))
    inner = run.entities[-1] if run.entities else None
    both = inner and {inner.type, kind} == set(CODE) and (inner.offset, inner.length) == (begin, length)
    if both and run.language and run.language[:2] == (begin, length):
        run.entities[-1] = Entity("pre", begin, length, {"language": run.language[2]})
    else:
        run.entities.append(Entity(kind, begin, length))


def _date_time(opened: _Open, length: int) -> Entity:
    unix, shape = opened.attributes.get("unix", ""), opened.attributes.get("format", "")
    if not unix.isdecimal():
        raise Unparsable("Invalid date specified")
    if not _DATE_FORMAT.fullmatch(shape):
        raise Unparsable("Invalid date format used")
    more: dict[str, int | str] = {"unix_time": int(unix)}
    return Entity("date_time", opened.begin, length, {**more, "date_time_format": shape} if shape else more)

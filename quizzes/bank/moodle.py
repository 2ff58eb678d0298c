"""Moodle XML: what Moodle and many other platforms export.

Read: multichoice, truefalse, shortanswer, exact numerical and essay (asked aloud here), with pictures that the file holds;
every other type is named as not supported. Difficulty and media are written as tags, which Moodle keeps.
https://docs.moodle.org/en/Moodle_XML_format
"""

import binascii
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from quizzes.bank import words
from quizzes.bank.carry import refuse_what_is_lost
from quizzes.bank.collect import Collector
from quizzes.bank.items import CHOICE, Fault, Flaw, Item, Kind, ParsedBank, tidy
from quizzes.bank.markup import plain
from quizzes.files import FileBroken, UnknownFormat
from quizzes.xml_stream import XmlReader

MOODLE = "moodle"
_MAX_ELEMENTS = 2_000  # of one question
_OTHER_THAN_HTML = frozenset({"plain_text", "markdown"})
_STORED = "@@PLUGINFILE@@/"


@dataclass(slots=True)
class _Element:
    name: str
    attributes: Mapping[str, str]
    line: int
    pieces: list[str] = field(default_factory=list)
    children: list["_Element"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["_Element"]:
        return (child for child in self.children if child.name == name)

    def text_of(self, name: str) -> str:
        """What the child's own text is, or that of the ``text`` element in it."""
        for child in self.all(name):
            return child.text_of("text") or "".join(child.pieces)
        return ""


class _Questions(XmlReader):
    """Gives each question to ``take`` as it ends, so that one of them is in memory at a time."""

    def __init__(self, take: Callable[[_Element], None]) -> None:
        self._take = take
        self._open: list[_Element] = []
        self._elements = 0
        self.is_quiz = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._open and name != "question":
            self.is_quiz = self.is_quiz or name == "quiz"
            return
        element = _Element(name, attributes, self.line)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._elements = 0
        self._open.append(element)
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise FileBroken(kind=MOODLE, line=self.line)

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)

    def end(self, name: str) -> None:
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._take(element)


class _Unsupported(Exception):
    """The question is of a kind that nobody can ask in a chat."""


def read(data: bytes) -> ParsedBank:
    """Read a Moodle XML file; a question stands at the line of its ``<question>``.

    Raises:
        FileError: not well formed, not a quiz, or no question in it.
    """
    collector = Collector(MOODLE)
    media: dict[str, bytes] = {}
    category = ""

    def take(element: _Element) -> None:
        nonlocal category
        kind = element.attributes.get("type", "")
        if kind == "category":
            category = words.category_of_path(element.text_of("category"))
            return
        try:
            item, found = _item(element, kind, category)
        except _Unsupported:
            collector.refuse(element.line, "kind", Fault.UNSUPPORTED_KIND, {"kind": kind[:40]})
            return
        collector.take(element.line, _with_media(item, element, media), found)

    questions = _Questions(take)
    questions.read(io.BytesIO(data), kind=MOODLE)
    if not questions.is_quiz:
        raise UnknownFormat
    return collector.bank(media)


def _item(element: _Element, kind: str, category: str) -> tuple[Item, list[Flaw]]:
    text, media = _shown(element, "questiontext")
    tags, notes = _tags(element)
    found: list[Flaw] = []
    item = Item(
        kind=Kind.ORAL,
        text=text,
        explanation=_shown(element, "generalfeedback")[0],
        category=category or None,
        tags=tags,
        media=notes.get("media") or media,
    )
    grade = element.text_of("defaultgrade").strip()
    try:
        # Every question that Moodle writes has a grade, and 1 is what it has if nobody cared.
        points = words.points(grade)
        item = replace(item, points=None if points == 1 else points)
    except ValueError:
        found.append(("points", Fault.BAD_POINTS, {"value": grade[:40]}))
    try:
        item = replace(item, difficulty=words.difficulty(notes.get("difficulty", "")))
    except ValueError:
        found.append(("difficulty", Fault.BAD_DIFFICULTY, {"value": notes["difficulty"][:40]}))
    return _answered(item, element, kind), found


def _answered(item: Item, element: _Element, kind: str) -> Item:
    answers = list(element.all("answer"))
    texts = [_shown_in(answer)[0] for answer in answers]
    weights = [_number(answer.attributes.get("fraction", "0")) for answer in answers]
    best = [index for index, weight in enumerate(weights) if weight >= 100]
    right = best
    match kind:
        case "multichoice":
            single = element.text_of("single").strip().lower() in ("true", "1", "")
            right = best if single else [index for index, weight in enumerate(weights) if weight > 0]
            item = replace(
                item, kind=Kind.SINGLE if single else Kind.SEVERAL, options=tuple(texts), answers=tuple(right)
            )
        case "truefalse":
            said = words.truth(texts[best[0]]) if best else None
            item = replace(item, kind=Kind.TRUE_FALSE, answers=() if said is None else (0 if said else 1,))
        case "shortanswer":
            accepted = tuple(dict.fromkeys(texts[index] for index in best if texts[index] != "*"))
            item = replace(item, kind=Kind.FILL_IN, accepted=accepted)
        case "numerical":
            if any(_number(answers[index].text_of("tolerance") or "0") for index in best):
                raise _Unsupported
            item = replace(item, kind=Kind.FILL_IN, accepted=tuple(texts[index] for index in best))
        case "essay":
            reference = _shown(element, "graderinfo")[0]
            item = replace(item, accepted=(reference,) if reference else ())
        case _:
            raise _Unsupported
    if not item.explanation:
        whys = (_shown(answers[index], "feedback")[0] for index in right)
        item = replace(item, explanation="\n".join(dict.fromkeys(why for why in whys if why)))
    return item


def _shown(element: _Element, name: str) -> tuple[str, str | None]:
    return next((_shown_in(child) for child in element.all(name)), ("", None))


def _shown_in(element: _Element) -> tuple[str, str | None]:
    """The text of an element that has a format, and the picture in it."""
    text = element.text_of("text")
    if element.attributes.get("format", "html") in _OTHER_THAN_HTML:
        return tidy(text), None
    return plain(text)


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0


def _tags(element: _Element) -> tuple[tuple[str, ...], dict[str, str]]:
    """The tags of a question, and those of ours among them that stand for a field."""
    notes: dict[str, str] = {}
    tags = []
    for tag in next(element.all("tags"), _Element("tags", {}, 0)).all("tag"):
        text = tidy(tag.text_of("text"))
        name, _, value = text.partition(":")
        if name in ("difficulty", "media") and value:
            notes[name] = value
        else:
            tags.append(text)
    return words.tags("\n".join(tags)), notes


def _with_media(item: Item, element: _Element, media: dict[str, bytes]) -> Item:
    """The question with its picture taken out of the file into ``media``, under a name that is free there."""
    if item.media is None or not item.media.startswith(_STORED):
        return item
    name = item.media.removeprefix(_STORED)
    for file in next(element.all("questiontext"), element).all("file"):
        if file.attributes.get("name") == name and file.attributes.get("encoding") == "base64":
            try:
                content = binascii.a2b_base64("".join(file.pieces))
            except binascii.Error:
                break
            free = name if media.get(name, content) == content else f"{element.line}-{name}"
            media[free] = content
            return replace(item, media=free)
    return replace(item, media=name)


def to_moodle(items: Sequence[Item]) -> bytes:
    """Write the bank as Moodle XML; all but points of exactly 1 (Moodle's default) comes back with ``read``.

    Raises:
        FormatCannotCarry: a question would be read as something else.
    """
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category = ""
    for number, item in enumerate(items, 1):
        if (item.category or "") != category:
            category = item.category or ""
            path = f"$course$/top/{category}".rstrip("/")
            out.append(f'<question type="category"><category>{_text(path)}</category></question>')
        out += _written(item, number)
    data = "\n".join([*out, "</quiz>", ""]).encode("utf-8", "replace")
    refuse_what_is_lost(MOODLE, items, read, data)
    return data


_TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.SEVERAL: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.FILL_IN: "shortanswer",
    Kind.ORAL: "essay",
}


def _written(item: Item, number: int) -> Iterator[str]:
    yield f'<question type="{_TYPES[item.kind]}">'
    yield f"<name>{_text(f'{number:03d}')}</name>"
    yield f'<questiontext format="plain_text">{_text(item.text)}</questiontext>'
    if item.explanation:
        yield f'<generalfeedback format="plain_text">{_text(item.explanation)}</generalfeedback>'
    if item.points is not None:
        yield f"<defaultgrade>{item.points}</defaultgrade>"
    tags = [*item.tags]
    tags += [f"difficulty:{item.difficulty}"] * (item.difficulty is not None)
    tags += [f"media:{item.media}"] * bool(item.media)
    if tags:
        yield "<tags>" + "".join(f"<tag>{_text(tag)}</tag>" for tag in tags) + "</tags>"
    if item.kind in CHOICE:
        yield f"<single>{str(item.kind is Kind.SINGLE).lower()}</single><answernumbering>ABCD</answernumbering>"
        share = 100 / max(len(item.answers), 1)
        wrong = 0 if item.kind is Kind.SINGLE else -100
        for index, option in enumerate(item.options):
            yield _answer(f"{share:.5f}".rstrip("0").rstrip(".") if index in item.answers else str(wrong), option)
    elif item.kind is Kind.TRUE_FALSE:
        yield _answer("100" if item.answers == (0,) else "0", "true")
        yield _answer("100" if item.answers == (1,) else "0", "false")
    elif item.kind is Kind.FILL_IN:
        yield from (_answer("100", text) for text in item.accepted)
    else:
        yield from (f'<graderinfo format="plain_text">{_text(text)}</graderinfo>' for text in item.accepted)
    yield "</question>"


def _answer(fraction: str, text: str) -> str:
    return f'<answer fraction="{fraction}" format="plain_text">{_text(text)}</answer>'


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"

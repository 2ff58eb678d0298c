r"""GIFT, the text format of Moodle: ``::title:: text {=right ~wrong #why}``.

Read: single choice, several answers (by weights), true/false, short answers, exact numbers and essays (asked aloud here);
matching, ranges and descriptions are named as not supported. What GIFT has no sign for stands in a comment, which Moodle
skips: ``// [tag:…] [points:10] [difficulty:3] [media:…] [accepted:…]``.
https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from quizzes.bank import words
from quizzes.bank.carry import refuse_what_is_lost
from quizzes.bank.collect import Collector
from quizzes.bank.items import CHOICE, Fault, Flaw, Item, Kind, ParsedBank, tidy
from quizzes.bank.markup import plain
from quizzes.engine.frozen import dataclass
from quizzes.files import decode

GIFT = "gift"

# An escaped sign is kept apart as a character that no text has (a noncharacter) until the structure is found.
_SIGNS = "~=#{}:\\"
_HIDE = {sign: chr(0xFDD0 + number) for number, sign in enumerate(_SIGNS + "\n")}
_SHOW = {ord(hidden): sign for sign, hidden in _HIDE.items()}


_MOST_PIECES = 200  # of an answer in braces


class _Unsupported(Exception):
    """The question is of a kind that nobody can ask in a chat."""


class _Malformed(Exception):
    """The braces hold nothing that GIFT knows, or are not closed."""


@dataclass(slots=True)
class _Block:
    line: int
    category: str
    lines: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read(data: bytes) -> ParsedBank:
    """Read a GIFT file; a question stands at the line where its text begins.

    Raises:
        FileError: it cannot be read, or there is no question in it.
    """
    collector = Collector(GIFT)
    for block in _blocks(decode(data)):
        try:
            item, flaws = _question(block)
        except _Unsupported as kind:
            collector.refuse(block.line, "kind", Fault.UNSUPPORTED_KIND, {"kind": str(kind)})
        except _Malformed as found:
            collector.refuse(block.line, "answers", Fault.SYNTAX, {"found": str(found)[:40]})
        else:
            collector.take(block.line, item, flaws)
    return collector.bank()


def _blocks(text: str) -> Iterator[_Block]:
    category = ""
    block = _Block(0, category)
    for number, line in enumerate([*text.split("\n"), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            block.notes.extend(_notes(stripped))
        elif stripped.startswith("$CATEGORY:"):
            category = words.category_of_path(stripped.removeprefix("$CATEGORY:"))
        elif stripped:
            if not block.lines:
                block.line, block.category = number, category
            block.lines.append(stripped)
        elif block.lines:
            yield block
            block = _Block(0, category)


_NOTE = re.compile(r"\[(tag|points|difficulty|media|accepted):((?:\\.|[^\[\]\\])*)\]")


def _notes(comment: str) -> Iterator[tuple[str, str]]:
    for name, value in _NOTE.findall(comment):
        yield name, re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def _question(block: _Block) -> tuple[Item, list[Flaw]]:
    notes = dict(block.notes)
    text = re.sub(
        r"\\([~=#{}:\\n])", lambda found: _HIDE["\n" if found[1] == "n" else found[1]], "\n".join(block.lines)
    )
    text = re.sub(r"^::.*?::\s*", "", text, flags=re.DOTALL)
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 and end < 0:
        raise _Unsupported("description")
    if begin < 0 or end < begin:
        raise _Malformed(text[max(begin, 0) :].translate(_SHOW))
    before, after = text[:begin], text[end + 1 :].strip()
    stem, media = _shown(f"{before.rstrip()} ____ {after}" if after else before)
    answer, _, general = text[begin + 1 : end].partition("####")
    item = _answered(Item(Kind.ORAL, stem, media=media), answer.strip())
    found: list[Flaw] = []
    for name, reader in (("points", words.points), ("difficulty", words.difficulty)):
        try:
            item = replace(item, **{name: reader(notes.get(name, ""))})  # type: ignore[arg-type]
        except ValueError:
            fault = Fault.BAD_POINTS if name == "points" else Fault.BAD_DIFFICULTY
            found.append((name, fault, {"value": notes[name][:40]}))
    item = replace(
        item,
        explanation=_shown(general)[0] or item.explanation,
        category=block.category or None,
        tags=words.tags("\n".join(value for name, value in block.notes if name == "tag")),
        media=notes.get("media") or item.media,
    )
    if item.kind is Kind.ORAL and notes.get("accepted"):
        item = replace(item, accepted=(tidy(notes["accepted"]),))
    return item, found


def _shown(text: str) -> tuple[str, str | None]:
    """A text without its format mark and escapes, and the picture in it."""
    text = text.strip()
    mark = re.match(r"\[(html|moodle|plain|markdown)\]", text)
    body = (text[mark.end() :] if mark else text).translate(_SHOW)
    return plain(body) if mark and mark[1] == "html" else (tidy(body), None)


def _answered(item: Item, answer: str) -> Item:
    """The question with what its braces hold."""
    if not answer:
        return item
    if answer.startswith("#"):
        return replace(item, kind=Kind.FILL_IN, accepted=(_exact_number(answer[1:]),))
    word, _, feedback = answer.partition("#")
    if word.strip().upper() in ("T", "TRUE", "F", "FALSE"):
        right = word.strip().upper().startswith("T")
        return replace(
            item, kind=Kind.TRUE_FALSE, answers=(0 if right else 1,), explanation=_shown(feedback.split("#")[-1])[0]
        )
    if answer.count("~") + answer.count("=") > _MOST_PIECES:
        raise _Malformed("{" + answer.translate(_SHOW))
    pieces = [_piece(sign, body) for sign, body in re.findall(r"([=~])([^=~]*)", answer)]
    if not re.match(r"[=~]", answer) or not pieces:
        raise _Malformed("{" + answer.translate(_SHOW))
    if any("->" in piece.text for piece in pieces):
        raise _Unsupported("matching")
    surely = tuple(index for index, piece in enumerate(pieces) if piece.sign == "=" and piece.weight == 100)
    right_ones = surely or tuple(index for index, piece in enumerate(pieces) if piece.weight > 0)
    why = "\n".join(pieces[index].feedback for index in right_ones if pieces[index].feedback)
    if all(piece.sign == "=" for piece in pieces):
        accepted = tuple(pieces[index].text for index in right_ones)
        return replace(item, kind=Kind.FILL_IN, accepted=accepted, explanation=why)
    options = tuple(piece.text for piece in pieces)
    kind = Kind.SINGLE if surely else Kind.SEVERAL
    return replace(item, kind=kind, options=options, answers=right_ones, explanation=why)


@dataclass(frozen=True, slots=True)
class _Piece:
    sign: str
    weight: float
    text: str
    feedback: str


_WEIGHT = re.compile(r"\s*%(-?[0-9]+(?:\.[0-9]+)?)%")


def _piece(sign: str, body: str) -> _Piece:
    weight = 100.0 if sign == "=" else 0.0
    if stated := _WEIGHT.match(body):
        weight, body = float(stated[1]), body[stated.end() :]
    text, _, feedback = body.partition("#")
    return _Piece(sign, weight, _shown(text)[0], _shown(feedback)[0])


def _exact_number(written: str) -> str:
    """A number without tolerance: ``1990``, ``1990:0``, ``=1990``."""
    number = re.fullmatch(r"\s*=?\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(?::0(?:\.0+)?)?\s*", written.partition("#")[0])
    if not number:
        raise _Unsupported("numerical")
    return number[1]


def to_gift(items: Sequence[Item]) -> bytes:
    """Write the bank as GIFT; everything comes back with ``read``.

    Raises:
        FormatCannotCarry: a question would be read as something else.
    """
    blocks = []
    category = ""
    for number, item in enumerate(items, 1):
        lines = []
        if (item.category or "") != category:
            category = item.category or ""
            blocks.append(f"$CATEGORY: $course$/top/{category}".rstrip("/"))
        if notes := _written_notes(item):
            lines.append(f"// {notes}")
        answer = _written_answer(item) + (f"####{_safe(item.explanation)}" if item.explanation else "")
        lines.append(f"::{number}::[plain]{_safe(item.text)} {{{answer}}}")
        blocks.append("\n".join(lines))
    data = ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")
    refuse_what_is_lost(GIFT, items, read, data)
    return data


def _safe(text: str) -> str:
    return re.sub(r"[~=#{}:\\]", r"\\\g<0>", text).replace("\n", r"\n")


def _written_option(sign: str, weight: str, option: str) -> str:
    mark = "[plain]" if option.startswith("[") else ""
    weight = weight or (("%100%" if sign == "=" else "%0%") if _WEIGHT.match(option) else "")
    return f"{sign}{weight}{mark}{_safe(option)}"


def _written_answer(item: Item) -> str:
    if item.kind is Kind.TRUE_FALSE:
        return "T" if item.answers == (0,) else "F"
    if item.kind is Kind.FILL_IN:
        return " ".join(_written_option("=", "", text) for text in item.accepted)
    if item.kind not in CHOICE:
        return ""
    written = []
    for index, option in enumerate(item.options):
        right = index in item.answers
        if item.kind is Kind.SINGLE:
            written.append(_written_option("=" if right else "~", "", option))
        else:
            share = f"%{100 / len(item.answers):.5f}".rstrip("0").rstrip(".") + "%"
            written.append(_written_option("~", share if right else "%-100%", option))
    return " ".join(written)


def _written_notes(item: Item) -> str:
    notes = [("tag", tag) for tag in item.tags]
    notes += [("points", str(item.points))] * (item.points is not None)
    notes += [("difficulty", str(item.difficulty))] * (item.difficulty is not None)
    notes += [("media", item.media or "")] * bool(item.media)
    notes += [("accepted", text) for text in item.accepted if item.kind is Kind.ORAL]
    return " ".join(f"[{name}:{_safe_note(value)}]" for name, value in notes)


def _safe_note(value: str) -> str:
    return re.sub(r"[\\\[\]]", r"\\\g<0>", value).replace("\n", r"\n")

"""Finding the options in the body of a question, however they were laid out.

One a line, two a line, all in one line or behind the question; ``A.`` ``A、`` ``A)`` ``(A)`` ``Ａ．`` ``A 北京``; with spaces
between them or none. A letter at the start of a line is sure; a letter within a line is believed only where the sure ones
leave a gap or end, so that ``C、维生素D、钙`` stays one option.
"""

import re
from collections.abc import Sequence

from quizzes.bank.items import LETTERS_SEEN
from quizzes.bank.words import narrow
from quizzes.engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """The question's text, its options in order, and the letter that they skip, if they do."""

    text: str
    options: tuple[str, ...] = ()
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    letter: int
    start: int
    end: int
    style: str  # "." for letter and sign, "(" for brackets, " " for a bare letter; lower case differs from upper
    sign: str
    begins_line: bool
    spaced: bool


_MARKS = (
    (".", re.compile(r"(?<![A-Za-z0-9])([A-La-l])[ \t]*([.、:)])[ \t]*")),
    ("(", re.compile(r"[(\[【][ \t]*([A-La-l])[ \t]*([)\]】])[ \t]*[.、:]?[ \t]*")),
    (" ", re.compile(r"(?:^|(?<=\s))([A-L])([ \t]+|(?=[一-鿿《“‘\"]))", re.MULTILINE)),
)
_BARE = " "
_MOST_MARKS = 256
_LEAST_BARE = 3  # bare letters are common in texts: fewer than three in a row mean nothing


def split_options(rows: Sequence[str]) -> Body:
    """Part the lines of a question into its text and its options."""
    body = "\n".join(rows)
    shadow = narrow(body)
    for style, pattern in _MARKS:
        for small in (False, True):
            marks = _marks(shadow, style, pattern, small=small)
            chain, skipped = _chain(marks, len(rows[0]) if rows else 0)
            if len(chain) >= (_LEAST_BARE if style == _BARE else 2) or (chain and skipped and chain[0].begins_line):
                return _parted(body, chain, skipped)
    return Body(body.strip())


def _marks(shadow: str, style: str, pattern: re.Pattern[str], *, small: bool) -> list[_Mark]:
    found = []
    for match in pattern.finditer(shadow):
        if match[1].islower() is small:
            start = match.start()
            before = shadow[shadow.rfind("\n", 0, start) + 1 : start].rstrip()
            if style == "." and match[2] == ")" and before.endswith(("(", "[", "【")):
                continue  # "( B )" is an answer or an option in brackets
            begins_line = not before
            spaced = begins_line or shadow[start - 1].isspace()
            letter = LETTERS_SEEN.index(match[1].upper())
            found.append(_Mark(letter, start, match.end(), style, match[2].strip(), begins_line, spaced))
            if len(found) == _MOST_MARKS:
                break
    return found


def _chain(marks: list[_Mark], first_row: int) -> tuple[list[_Mark], str | None]:
    """The marks that are options, and the letter missing among them."""
    sure = _sure([mark for mark in marks if mark.begins_line and mark.start > first_row])
    if not sure:
        within = [_filled([first], marks) for first in marks if first.letter == 0]
        chains = [chain for chain, _ in within if len(chain) > 1]
        return max(reversed(chains), key=len, default=[]), None
    if sure[0].letter > 0:
        before = [mark for mark in marks if mark.letter == 0 and mark.start < sure[0].start]
        spaced = [mark for mark in before if mark.spaced] or before
        if not spaced:
            return ([], None) if len(sure) < 2 else (sure, LETTERS_SEEN[0])
        sure.insert(0, spaced[-1])
    return _filled(sure, marks)


def _sure(marks: list[_Mark]) -> list[_Mark]:
    """Letters that begin lines, in ascending order, from the last ``A`` on."""
    starts = [index for index, mark in enumerate(marks) if mark.letter == 0]
    chosen: list[_Mark] = []
    for mark in marks[starts[-1] if starts else 0 :]:
        if not chosen or mark.letter > chosen[-1].letter:
            chosen.append(mark)
    return chosen


def _filled(sure: list[_Mark], marks: list[_Mark]) -> tuple[list[_Mark], str | None]:
    """The sure marks with those within lines that fill their gaps and follow the last of them."""
    chain = [sure[0]]
    skipped = None
    crowded = False  # options follow each other without a space
    rest = sure[1:]
    while chain[-1].letter + 1 < len(LETTERS_SEEN):
        wanted = chain[-1].letter + 1
        if rest and rest[0].letter == wanted:
            chain.append(rest.pop(0))
            continue
        end = rest[0].start if rest else None
        between = [
            mark
            for mark in marks
            if mark.letter == wanted and mark.start >= chain[-1].end and (end is None or mark.start < end)
        ]
        spaced = [mark for mark in between if mark.spaced and not mark.begins_line]
        tight = [mark for mark in between if mark.sign == sure[0].sign and not mark.begins_line]
        if spaced:
            chain.append(spaced[0])
        elif tight and (rest or crowded or len(chain) == 1):
            chain.append(tight[0])
            crowded = True
        elif rest:
            skipped = skipped or LETTERS_SEEN[wanted]
            chain.append(rest.pop(0))
        else:
            break
    return chain, skipped


def _parted(body: str, chain: list[_Mark], skipped: str | None) -> Body:
    ends = [*(mark.start for mark in chain[1:]), len(body)]
    options = tuple(flow(body[mark.end : end]).rstrip(";； ") for mark, end in zip(chain, ends, strict=True))
    return Body(body[: chain[0].start].strip(), options, skipped)


def flow(text: str) -> str:
    """A text that was broken over lines as one line; Chinese needs no space where English does."""
    joined = ""
    for piece in (line.strip() for line in text.split("\n")):
        if joined and piece and joined[-1].isascii() and piece[0].isascii():
            joined += " "
        joined += piece
    return joined
